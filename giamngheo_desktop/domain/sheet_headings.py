"""Finds the head of a list in a sheet and says which field each column is, by its heading path.

The head may be several rows, merged, with a row of numbers `(1)(2)(3)` or `A B C 1 2` below it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from giamngheo_desktop.domain.sheet_table import Sheet, column_at, letter
from giamngheo_desktop.domain.standard import Certainty
from giamngheo_desktop.domain.vietnamese import compare_key, nfc, search_key

NAMES = ("full_name", "head_name", "name.last")
_SEARCHED = 60  # rows from the top in which a head begins
_MOST_HEAD = 6
_LEAST = 3  # columns that must be known
_NUMBER = re.compile(r"\(?\s*([A-Za-z]{1,2}|[0-9]{1,3})\s*\)?(?:\s*=.*)?")
_BRACKETS = re.compile(r"\(.*?\)")


@dataclass(frozen=True, slots=True)
class HeadedField:
    """A field and the headings it goes by; with `under`, only below one of these."""

    code: str
    headings: tuple[str, ...]
    under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """A list that comes in the same columns everywhere; `first_row` 0: anywhere."""

    code: str
    label: str
    first_row: int
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TemplateGroup:
    """Columns of the program's own template that stand together; `purposes` empty: of any import
    (a code of `services.importing.plan.Purpose`)."""

    label: str
    fields: tuple[str, ...]
    purposes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Headings:
    """The headings of lists as data."""

    code: str
    version: int
    label: str
    valid_from: date
    valid_to: date | None
    legal_basis: str
    certainty: Certainty
    fields: tuple[HeadedField, ...]
    layouts: tuple[Layout, ...]
    template: tuple[TemplateGroup, ...] = ()

    @cached_property
    def by_key(self) -> Mapping[str, tuple[HeadedField, ...]]:
        """Fields by each key of their headings, with marks and without."""
        found: dict[str, tuple[HeadedField, ...]] = {}
        for field in self.fields:
            for key in {key for text in field.headings for key in (_exact(text), _plain(text))}:
                found[key] = (*found.get(key, ()), field)
        return found

    @cached_property
    def groups(self) -> frozenset[str]:
        """The keys of what stands above other headings."""
        return frozenset(_exact(text) for field in self.fields for text in field.under)

    def field_of(self, path: tuple[str, ...]) -> str:
        """The field of a heading path; "" for none."""
        if not path:
            return ""
        fitting = self._fitting(path[-1])
        above = {_exact(text) for text in path[:-1]}
        below = [f for f in fitting if f.under and above & {_exact(text) for text in f.under}]
        free = [field for field in fitting if not field.under]
        found = below or free
        return found[0].code if found else ""

    def knows(self, text: str) -> bool:
        return bool(self._fitting(text)) or _exact(text) in self.groups

    def _fitting(self, text: str) -> tuple[HeadedField, ...]:
        key = _exact(text)
        return self.by_key.get(key, ()) if key else ()


def _exact(text: str) -> str:
    return compare_key(_BRACKETS.sub(" ", nfc(text))).replace(" ", "")


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, search_key(_BRACKETS.sub(" ", text))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where the head stands, the path of each column, and the field of those that are known.

    `name_parts` are columns under the very heading of the name, right of it: họ đệm | tên.
    """

    rows: tuple[int, ...]
    numbers: tuple[int, ...]
    paths: Mapping[int, tuple[str, ...]]
    fields: Mapping[int, str]
    layout: str = ""
    placed: frozenset[int] = frozenset()  # columns known by their place in the layout alone
    name_parts: tuple[int, ...] = ()

    @property
    def last(self) -> int:
        return max((*self.rows, *self.numbers))

    @property
    def names(self) -> list[int]:
        """The columns in which names of persons stand."""
        return [*self.columns(*NAMES, "name.first"), *self.name_parts]

    def columns(self, *codes: str) -> list[int]:
        return [at for at, code in self.fields.items() if code in codes]

    def has(self, *codes: str) -> bool:
        return any(code in codes for code in self.fields.values())

    def heading(self, column: int) -> str:
        return " › ".join(self.paths.get(column, ()))

    @property
    def headings(self) -> dict[str, str]:
        """By letter; without the columns that are read as a part of the name."""
        columns = (at for at in sorted(self.paths) if at not in self.name_parts)
        return {letter(at): self.heading(at) for at in columns}


def find_head(
    sheet: Sheet, headings: Headings, mapping: Mapping[str, str] | None = None
) -> Head | None:
    """The head of the list in a sheet, None where it has none.

    `mapping` is the field by letter as an officer corrected it ("" for nobody's).
    """
    rows = sorted(sheet.rows)[:_SEARCHED]
    spread = _Spread(sheet)
    for row in rows:
        texts = spread.row(row)
        if len(_known(texts, headings)) < _LEAST or is_number_row(sheet.filled(row)):
            continue
        head = _head_at(sheet, spread, headings, row, mapping)
        if len(set(head.fields.values())) >= _LEAST and head.has(*NAMES):
            return head
    return None


def guessed_head(
    sheet: Sheet, headings: Headings, mapping: Mapping[str, str] | None = None
) -> Head | None:
    """Where the head may be in a sheet that has none by its words: the first row of words above a
    row that is as long. An officer says what its columns are.
    """
    spread = _Spread(sheet)
    for row in sorted(sheet.rows)[:_SEARCHED]:
        texts = sheet.filled(row)
        below = sheet.filled(row + 1)
        is_words = all(any(map(str.isalpha, text)) for text in texts.values())
        if min(len(texts), len(below)) >= _LEAST and is_words and not is_number_row(texts):
            return _head_at(sheet, spread, headings, row, mapping)
    return None


def _known(texts: Mapping[int, str], headings: Headings) -> list[int]:
    return [at for at, text in texts.items() if headings.knows(text)]


def _head_at(
    sheet: Sheet,
    spread: _Spread,
    headings: Headings,
    row: int,
    mapping: Mapping[str, str] | None,
) -> Head:
    rows = [row]
    while len(rows) < _MOST_HEAD and _belongs(sheet, spread, headings, rows[0] - 1):
        rows.insert(0, rows[0] - 1)
    while len(rows) < _MOST_HEAD:
        below = rows[-1] + 1
        if _belongs(sheet, spread, headings, below) or spread.reaches(below, rows):
            rows.append(below)
        elif not sheet.filled(below) and _belongs(sheet, spread, headings, below + 1):
            rows += [below, below + 1]
        else:
            break
    after = rows[-1] + 1
    numbers = tuple(each for each in (after, after + 1) if is_number_row(sheet.filled(each)))[:1]
    paths = _paths(spread, rows, sheet.width)
    fields = _fields(paths, headings)
    layout, placed = _layout_of(fields, headings, max((*rows, *numbers)))
    fields |= placed
    for name, code in (mapping or {}).items():
        at = column_at(name)
        fields = {where: each for where, each in fields.items() if where == at or each != code}
        fields.pop(at, None)
        if code:
            fields[at] = code
    kept = tuple(each for each in rows if sheet.filled(each) or spread.reaches(each, rows))
    said = {*fields, *map(column_at, mapping or ())}
    return Head(
        rows=kept,
        numbers=numbers,
        paths=paths,
        fields=dict(sorted(fields.items())),
        layout=layout,
        placed=frozenset(placed),
        name_parts=tuple(_name_parts(spread, rows, paths, fields, said)),
    )


def _name_parts(
    spread: _Spread,
    rows: list[int],
    paths: Mapping[int, tuple[str, ...]],
    fields: Mapping[int, str],
    said: Container[int],
) -> Iterator[int]:
    """The columns that are nobody else's under the heading that is merged over the name's, too."""
    name = next((at for code in NAMES for at, each in fields.items() if each == code), None)
    if name is None:
        return
    for at in spread.beside(name, rows):
        if at in said or paths.get(at) != paths.get(name):
            return
        yield at


def _belongs(sheet: Sheet, spread: _Spread, headings: Headings, row: int) -> bool:
    """Whether a row next to the head is of it: it says headings and nothing else."""
    own = sheet.filled(row)
    if not own or is_number_row(own):
        return False
    known = [headings.knows(text) for text in own.values()]
    return all(known) or (sum(known) * 2 > len(known) and len(known) > 3)


class _Spread:
    """The texts of head rows with each merged text in every cell of its area."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._merged = [
            area for area in sheet.merged if area[2] - area[0] < _MOST_HEAD and area[0] < 200
        ]

    def row(self, row: int) -> dict[int, str]:
        found = self._sheet.filled(row)
        for top, left, bottom, right in self._merged:
            if top <= row <= bottom and (text := self._sheet.text(top, left)):
                for at in range(left, min(right, 400) + 1):
                    found.setdefault(at, text)
        return found

    def beside(self, column: int, rows: list[int]) -> range:
        """The columns right of one over which an area of the head that begins there goes."""
        ends = [
            right
            for top, left, _bottom, right in self._merged
            if left == column and top in rows and self._sheet.text(top, left)
        ]
        return range(column + 1, max(ends, default=column) + 1)

    def reaches(self, row: int, rows: list[int]) -> bool:
        """Whether an area of the head goes down to a row that says nothing itself."""
        if self._sheet.filled(row):
            return False
        return any(
            top in rows and top < row <= bottom for top, _left, bottom, _right in self._merged
        )


def _paths(spread: _Spread, rows: list[int], width: int) -> dict[int, tuple[str, ...]]:
    texts = [spread.row(row) for row in rows]
    for at, above in enumerate(texts[:-1]):
        below = texts[at + 1 :]
        for column in range(1, width):
            left = above.get(column - 1)
            # without merged areas an empty cell right of a group belongs to it
            if (
                column not in above
                and left
                and any(column in each for each in below)
                and any(column - 1 in each and each[column - 1] != left for each in below)
                and not any(column in each for each in texts[:at])
            ):
                above[column] = left
    found: dict[int, tuple[str, ...]] = {}
    for column in range(width):
        path = tuple(dict.fromkeys(each[column] for each in texts if column in each))
        if path:
            found[column] = path
    return found


def _fields(paths: Mapping[int, tuple[str, ...]], headings: Headings) -> dict[int, str]:
    found: dict[int, str] = {}
    for column, path in paths.items():
        code = headings.field_of(path)
        if code and code not in found.values():
            found[column] = code
    return found


def _layout_of(
    fields: Mapping[int, str], headings: Headings, last: int
) -> tuple[str, dict[int, str]]:
    """The layout that the columns known by heading are those of, and what its place adds."""
    for layout in headings.layouts:
        columns = {column_at(name): code for name, code in layout.columns.items()}
        same = sum(columns.get(at) == code for at, code in fields.items())
        if same >= 8 and same * 10 >= 8 * len(columns):
            missing = {
                at: code
                for at, code in columns.items()
                if at not in fields and code not in fields.values()
            }
            return layout.code, missing
    return "", {}


def is_number_row(texts: Mapping[int, str]) -> bool:
    """`(1) (2) (3)`, `A B C 1 2 3`: the numbers of the columns, in order."""
    if len(texts) < _LEAST:
        return False
    found = [_NUMBER.fullmatch(text) for text in texts.values()]
    if not all(found):
        return False
    numbers = [int(one[1]) for one in found if one and one[1].isdigit()]
    return len(numbers) >= 2 and all(a < b for a, b in pairwise(numbers))
