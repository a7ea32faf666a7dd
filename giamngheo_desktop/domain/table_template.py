"""A workbook of the unit read as a table: its headings, the rows of a unit, the total row, titles.

Knows cells and what is written in them; what a binding counts is another module's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from giamngheo_desktop.domain.binding import (
    OF_HEAD,
    OF_ROWS,
    Fact,
    Number,
    Pieces,
    pieces,
)
from giamngheo_desktop.domain.sheet_formula import Area, Place, is_formula, name_of
from giamngheo_desktop.domain.vietnamese import search_key

Content = str | int | float
NEAR = 0.75  # how alike a name must be to be proposed: one letter in four may be another


@dataclass(frozen=True, slots=True)
class Shape:
    """A sheet as plain values: texts, formulas ("=…") and numbers by cell, and merged areas.

    `odd` are codes of what a table cannot keep: names of areas, bindings on other sheets …
    """

    sheet: str
    cells: Mapping[Place, Content]
    merges: tuple[Area, ...] = ()
    odd: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell, or (empty) with the whole; `texts.TABLE_FAULTS` says it."""

    code: str
    cell: str = ""
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def stops(self) -> bool:
        """Whether the workbook cannot be taken with it."""
        passing = ("only_excel", "drawings", "no_heading", "other_value", "not_printed")
        return self.code not in passing


@dataclass(frozen=True, slots=True)
class Head:
    """A heading; a leaf stands above `column`."""

    label: str
    column: int = 0
    heads: tuple[Head, ...] = ()

    def leaves(self) -> Iterator[Head]:
        if not self.heads:
            yield self
        for head in self.heads:
            yield from head.leaves()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """What stands in a column: in the row of a unit, in the second one of a pair, in the total."""

    column: int
    number: str = ""
    formula: str = ""
    content: Content = ""
    paired: Content = ""
    total: Content = ""

    @property
    def label(self) -> Fact | None:
        """The fact of its row that it names; None: a value."""
        sole = pieces(str(self.content)).sole
        return sole if isinstance(sole, Fact) and sole in OF_ROWS else None

    @property
    def bound(self) -> Number | None:
        sole = pieces(str(self.content)).sole
        return None if isinstance(sole, Fact) else sole


@dataclass(frozen=True, slots=True, kw_only=True)
class TableTemplate:
    """`first` to `last` are the rows of a unit (two: households and persons), `total` is the first
    row of the total, 0 where there is none.

    `values` are the columns of values from the left, `names` those of row labels; `outside` are
    cells with bindings around the table, `around` those with words that are neither title nor
    note: letterhead and signatures.
    """

    shape: Shape
    first: int = 0
    last: int = 0
    total: int = 0
    total_label: str = ""
    heads: tuple[Head, ...] = ()
    names: tuple[SheetColumn, ...] = ()
    values: tuple[SheetColumn, ...] = ()
    outside: tuple[Place, ...] = ()
    title: tuple[Place, ...] = ()
    measure_unit: str = ""
    notes: tuple[Place, ...] = ()
    around: tuple[Place, ...] = ()
    has_numbers: bool = False
    faults: tuple[Fault, ...] = ()

    @property
    def pairs(self) -> bool:
        return self.last > self.first

    def text(self, place: Place) -> str:
        return str(self.shape.cells.get(place, ""))

    def heading(self, fact: Fact) -> str:
        """What stands above the column of a label of the rows."""
        column = next((one.column for one in self.names if one.label is fact), 0)
        return next((head.label for head in _leaves(self.heads) if head.column == column), "")

    def path(self, column: int) -> tuple[str, ...]:
        """The headings over a column, the outermost first."""
        return next(_paths(self.heads, column), ())


def _leaves(heads: Sequence[Head]) -> Iterator[Head]:
    for head in heads:
        yield from head.leaves()


def _paths(heads: Sequence[Head], column: int) -> Iterator[tuple[str, ...]]:
    for head in heads:
        if head.heads:
            yield from ((head.label, *rest) for rest in _paths(head.heads, column))
        elif head.column == column:
            yield (head.label,)


def read_template(shape: Shape, known: Sequence[str] = ()) -> TableTemplate:
    """The table of a sheet with everything wrong in it; `known` names help to guess a binding."""
    return _Reader(shape, known).read()


_NUMBER_CELL = re.compile(r"\(?\s*([0-9]+(?:\.[0-9]+)*|[A-Z])\s*(?:=\s*([-0-9.+*/x:() ]+?))?\s*\)?")
_Rows = tuple[int, int]  # the first and the last one
_GAP = 3  # rows between those of a unit and the total
_MOST_HEADINGS = 6
_HEAD_WORDS = {"so", "ngay"}


class _Reader:
    def __init__(self, shape: Shape, known: Sequence[str]) -> None:
        self.shape = shape
        self.known = {search_key(name): name for name in known}
        self.pieces = {
            place: pieces(text)
            for place, text in shape.cells.items()
            if isinstance(text, str) and ("{{" in text or "}}" in text)
        }
        self.merged = {place: area for area in shape.merges for place in _places(area)}
        self.faults = [Fault(code) for code in shape.odd]

    def read(self) -> TableTemplate:
        self._check_braces()
        block = self._block()
        if block is None:
            return TableTemplate(shape=self.shape, faults=tuple(self.faults))
        first, last = block
        total = self._total(first, last)
        top = min(first, total or first)
        numbers = self._number_row(top - 1)
        head_top = self._head_top(numbers or top)
        columns = self._columns(head_top, top, first, last)
        table = [self._column(at, first, last, total, numbers) for at in columns]
        values = tuple(one for one in table if one.label is None and not self._is_kind(one, block))
        names = tuple(one for one in table if one not in values)
        heads = self._heads(columns, head_top, self._head_bottom(numbers or top))
        bottom = max(last, total + last - first if total else last)
        self._check_columns(values, block, total)
        self._check_merges(first, last)
        self._check_heads(heads, values, head_top)
        title, unit = self._title(head_top, columns)
        notes = tuple(self._notes(bottom))
        inside = {(row, at) for row in range(head_top, bottom + 1) for at in columns}
        said = {at for at in self.shape.cells if any(map(str.isalpha, str(self._content(*at))))}
        formulas = {at for at in said if is_formula(self._content(*at))}
        units = {at for at in said if str(self._content(*at)) == unit}
        return TableTemplate(
            shape=self.shape,
            first=first,
            last=last,
            total=total,
            total_label=self._total_label(total, names),
            heads=heads,
            names=names,
            values=values,
            outside=tuple(sorted(self.pieces.keys() - inside)),
            title=title,
            measure_unit=unit,
            notes=notes,
            around=tuple(sorted(said - inside - formulas - units - {*title, *notes})),
            has_numbers=bool(numbers),
            faults=tuple(self.faults),
        )

    # -- cells ----------------------------------------------------------------------------------

    def _fault(self, code: str, place: Place, **params: str) -> None:
        self.faults.append(Fault(code, name_of(place), params))

    def _content(self, row: int, column: int) -> Content:
        found = self.shape.cells.get((row, column), "")
        return found.strip() if isinstance(found, str) else found

    def _area(self, place: Place) -> Area:
        return self.merged.get(place, (place, place))

    def _said(self, row: int) -> list[tuple[Area, str]]:
        """The areas of a row that say something, from the left."""
        found: dict[Area, str] = {}
        width = max((column for _, column in self.shape.cells), default=0)
        for column in range(1, width + 1):
            area = self._area((row, column))
            text = str(self._content(*area[0]))
            if text:
                found[area] = text
        return list(found.items())

    def _check_braces(self) -> None:
        if not self.pieces:
            self.faults.append(Fault("no_binding"))
        for place, cut in self.pieces.items():
            if cut.open:
                self._fault("braces_open", place)
            for text in cut.unread:
                near = get_close_matches(search_key(text), self.known, 1, NEAR)
                guess = self.known[near[0]] if near else ""
                self._fault("guess" if guess else "unknown", place, text=text, guess=guess)
            if self._area(place)[0] != place:
                self._fault("in_merged", place, first=name_of(self._area(place)[0]))

    # -- rows -----------------------------------------------------------------------------------

    def _block(self) -> _Rows | None:
        """The first and the last row of a unit."""
        named = [at for at, cut in self.pieces.items() if Fact.UNIT in cut.bindings]
        rows = sorted({row for row, _ in named})
        if not rows:
            self.faults.append(Fault("no_unit_row"))
            return None
        if len(rows) > 1:
            for place in sorted(named)[1:]:
                self._fault("two_unit_rows", place, first=name_of(min(named)))
            return None
        (first, _), (last, _) = self._area(min(named))
        if last > first + 1:
            self._fault("tall_block", min(named))
            return None
        return first, last

    def _counts(self, row: int) -> bool:
        """Whether a row holds numbers: bindings of numbers, or formulas."""
        for (at, _), text in self.shape.cells.items():
            if at == row and is_formula(text):
                return True
        return any(
            not isinstance(one, Fact)
            for (at, _), cut in self.pieces.items()
            if at == row and cut.sole is not None
            for one in cut.bindings
        )

    def _total(self, first: int, last: int) -> int:
        """The first row of the total, 0 where there is none."""
        height = last - first + 1
        below = next((row for row in range(last + 1, last + 1 + _GAP) if self._counts(row)), 0)
        above = first - height if first > height and self._counts(first - height) else 0
        if above and below:
            self._fault("two_total_rows", (below, 1), first=str(above))
        further = below + height
        if below and self._counts(further) and len(self._said(further)) > 2:
            self._fault("two_total_rows", (further, 1), first=str(below))
        return below or above

    def _total_label(self, total: int, names: Sequence[SheetColumn]) -> str:
        for one in names:
            text = str(one.total)
            if text and not is_formula(text):
                return text
        return ""

    def _number_row(self, row: int) -> int:
        texts = [text for _, text in self._said(row)] if row > 0 else []
        is_numbers = len(texts) > 1 and all(map(_NUMBER_CELL.fullmatch, texts))
        return row if is_numbers and any(char.isdigit() for char in "".join(texts)) else 0

    def _head_top(self, below: int) -> int:
        """The first row of headings: rows that say two things or more."""
        top = below = self._head_bottom(below) + 1
        while top > max(1, below - _MOST_HEADINGS) and len(self._said(top - 1)) > 1:
            top -= 1
        return top

    def _head_bottom(self, below: int) -> int:
        """The last row of headings; one empty row may follow it."""
        return below - 1 if below < 3 or self._said(below - 1) else below - 2

    # -- columns --------------------------------------------------------------------------------

    def _columns(self, head_top: int, top: int, first: int, last: int) -> list[int]:
        found = {
            column
            for row, column in self.shape.cells
            if first <= row <= last and self._content(row, column) != ""
        }
        for row in range(head_top, top):
            for (start, end), _ in self._said(row):
                found |= set(range(start[1], end[1] + 1))
        return sorted(found)

    def _column(self, column: int, first: int, last: int, total: int, numbers: int) -> SheetColumn:
        printed = _NUMBER_CELL.fullmatch(str(self._content(numbers, column))) if numbers else None
        return SheetColumn(
            column=column,
            number=printed[1] if printed else "",
            formula=(printed[2] or "").replace(" ", "") if printed else "",
            content=self._content(first, column),
            paired=self._content(last, column) if last > first else "",
            total=self._content(total, column) if total else "",
        )

    def _is_kind(self, one: SheetColumn, block: _Rows) -> bool:
        """The column that says Hộ and Nhân khẩu of a pair."""
        plain = not is_formula(one.content) and "{{" not in f"{one.content}{one.paired}"
        return block[1] > block[0] and plain and bool(one.content) and bool(one.paired)

    def _check_columns(self, values: Sequence[SheetColumn], block: _Rows, total: int) -> None:
        first, last = block
        for one in values:
            place = (first, one.column)
            cut = self.pieces.get(place)
            if cut and (cut.bindings or cut.unread) and cut.sole is None and not cut.unread:
                self._fault("mixed", place)
            elif cut and isinstance(cut.sole, Fact):
                self._fault("fact_in_row", place, text=cut.sole.value)
            if last > first:
                self._check_pair(one, (last, one.column))
            if total:
                self._check_total(one, total)

    def _check_pair(self, one: SheetColumn, place: Place) -> None:
        second = pieces(str(one.paired)).sole
        if one.bound is None:
            if is_formula(one.content) != is_formula(one.paired) or second is not None:
                self._fault("pair", place)
        elif second is None or isinstance(second, Fact) or not _is_pair(one.bound, second):
            self._fault("pair", place)

    def _check_total(self, one: SheetColumn, total: int) -> None:
        place = (total, one.column)
        cut = self.pieces.get(place)
        if cut is None or cut.unread or (one.bound is None and "{{" in str(one.content)):
            return  # wrong already, or compared with what is
        if cut.sole is None or cut.sole != one.bound:
            self._fault("other_in_total", place, own=str(one.content))

    def _check_merges(self, first: int, last: int) -> None:
        for start, end in self.shape.merges:
            touches = start[0] <= last and end[0] >= first
            if touches and not (first <= start[0] and end[0] <= last):
                self._fault("merge_over_block", start)

    # -- headings and texts ---------------------------------------------------------------------

    def _heads(self, columns: Sequence[int], top: int, bottom: int) -> tuple[Head, ...]:
        if top > bottom:
            return tuple(Head("", column) for column in columns)
        found: list[Head] = []
        at = 0
        while at < len(columns):
            area = self._area((top, columns[at]))
            members = [column for column in columns[at:] if self._area((top, column)) == area]
            label = " ".join(str(self._content(*area[0])).split())
            below = self._heads(members, max(area[1][0], top) + 1, bottom)
            found += _joined(label, members, below)
            at += len(members)
        return tuple(found)

    def _check_heads(self, heads: Sequence[Head], values: Sequence[SheetColumn], top: int) -> None:
        for one in values:
            if not "".join(next(_paths(heads, one.column), ())):
                self._fault("no_heading", (top, one.column))
        named = {Fact.YEAR, Fact.LAST_YEAR}
        columns = {head.column for head in _leaves(heads)}
        for place, cut in self.pieces.items():
            in_heads = top <= place[0] and place[1] in columns and self._is_above(place)
            if in_heads and not named.issuperset(cut.bindings):
                self._fault("not_in_heading", place)

    def _is_above(self, place: Place) -> bool:
        rows = [row for row, _ in self.pieces if self._counts(row)]
        rows += [row for (row, _), cut in self.pieces.items() if Fact.UNIT in cut.bindings]
        return place[0] < min(rows, default=0)

    def _title(self, head_top: int, columns: Sequence[int]) -> tuple[tuple[Place, ...], str]:
        """The lines of the title, and the unit of measure above the table.

        They stand alone in their rows, below the letterhead.
        """
        lines: list[Place] = []
        unit = ""
        middle = (columns[0] + columns[-1]) / 2
        for row in range(1, head_top):
            said = self._said(row)
            if len(said) > 1:
                lines = []  # that was the letterhead
                continue
            for (start, end), text in said:
                if start[0] != row:
                    continue
                if search_key(text).startswith(("dvt", "don vi tinh")):
                    unit = text
                elif not self._is_head_fact(start) and self._is_title(
                    text, abs((start[1] + end[1]) / 2 - middle), start, columns
                ):
                    lines.append(start)
        return tuple(lines), unit

    def _is_head_fact(self, place: Place) -> bool:
        """Whether a cell says only what the head or the end of a paper says anyway."""
        cut = self.pieces.get(place)
        if cut is None or not cut.bindings or not OF_HEAD.issuperset(cut.bindings):
            return False
        words = " ".join(search_key(part) for part in cut.parts if type(part) is str)
        return set(re.findall(r"[a-z]+", words)) <= _HEAD_WORDS

    @staticmethod
    def _is_title(text: str, off: float, start: Place, columns: Sequence[int]) -> bool:
        """In the middle (`off`: columns from it), or typed at the left; no number or day of a
        paper.
        """
        is_middle = off <= (columns[-1] - columns[0]) / 6
        key = search_key(text)
        dated = re.match(r"[^,]*, *ngay\b.*\bthang\b.*\bnam\b", key)
        said = any(map(str.isalpha, text)) and not key.startswith("so:") and not dated
        return said and (is_middle or start[1] <= columns[0] + 1)

    def _notes(self, bottom: int) -> Iterator[Place]:
        """Lines below the table, down to the signatures."""
        for row in range(bottom + 1, max(row for row, _ in self.shape.cells) + 1):
            said = self._said(row)
            if len(said) > 1:
                return
            for (start, _), _text in said:
                if start[0] == row and start[1] <= 2:
                    yield start


def _joined(label: str, members: Sequence[int], below: Sequence[Head]) -> list[Head]:
    """A heading over others; one without a name of its own is none."""
    if len(members) == 1 and below:
        inner = below[0]
        if not label or not inner.label:
            return [Head(label or inner.label, inner.column, inner.heads)]
    if not label and below:
        return list(below)
    if len(members) == 1 and not below:
        return [Head(label, members[0])]
    return [Head(label, heads=tuple(below) or tuple(Head("", one) for one in members))]


def _is_pair(first: Number, second: Number) -> bool:
    """Whether the second row counts the persons of the first."""
    return (
        str(first).replace(" hộ", "") == str(second).replace(" khẩu", "")
        and " khẩu" in str(second)
        and " khẩu" not in str(first)
    )


def _places(area: Area) -> Iterator[Place]:
    for row in range(area[0][0], area[1][0] + 1):
        for column in range(area[0][1], area[1][1] + 1):
            yield row, column


def cut(shape: Shape, place: Place) -> Pieces:
    """The text of a cell, at its bindings."""
    return pieces(str(shape.cells.get(place, "")))
