"""What stands in a workbook that a village head sends back, found by headings and keys alone.

Rows may be sorted, filtered, inserted; columns moved or lost. Of what is not there nothing is
said: an empty cell never erases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from giamngheo_desktop.domain.vietnamese import clean, search_key
from giamngheo_desktop.domain.village_sheet import KEY, OF_HOUSEHOLD

CLEAR = "xoa"  # the search key of the word that empties a field
_LEAST = 3  # headings a row of headings has at least
Value = str | int | float | bool | None
Headings = Mapping[str, Mapping[str, str]]  # form → heading as written → column


class Row(Protocol):
    """A row of a workbook as it was read."""

    @property
    def sheet(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def cells(self) -> Sequence[Value]: ...
    @property
    def marks(self) -> Mapping[str, str]: ...


def text_of(value: Value) -> str:
    """A cell as a reader sees it: 94,4 is not 94.4, and 48.0 is 48, whichever program saved it."""
    text = str(value)
    return clean(text.removesuffix(".0").replace(".", ",") if isinstance(value, float) else text)


@dataclass(frozen=True, slots=True)
class SaidCell:
    """A cell that is not empty; `letter` is its column in Excel. One with a `mark` (an error, a
    formula without a value) should say something and does not.
    """

    column: str
    letter: str
    raw: Value
    mark: str = ""

    @property
    def text(self) -> str:
        return text_of(self.raw)

    @property
    def clears(self) -> bool:
        return search_key(self.text) == CLEAR


@dataclass(frozen=True, slots=True)
class SaidRow:
    """A row that says something, with its place in the workbook."""

    form: str
    sheet: str
    number: int
    cells: Mapping[str, SaidCell] = field(default_factory=dict)

    def text(self, column: str) -> str:
        return self.cells[column].text if column in self.cells else ""

    @property
    def texts(self) -> frozenset[tuple[str, str]]:
        return frozenset((column, cell.text) for column, cell in self.cells.items())


@dataclass(frozen=True, slots=True)
class Said:
    """`lost` are headings that no longer stand in a sheet, by form; `absent` forms without any;
    `keyless` the headings of sheets without keys, each with how many rows were not read; `marked`
    the cells without a value, which no row has.
    """

    rows: tuple[SaidRow, ...]
    lost: tuple[tuple[str, str], ...] = ()
    absent: tuple[str, ...] = ()
    keyless: tuple[tuple[SaidRow, int], ...] = ()
    marked: tuple[tuple[SaidRow, SaidCell], ...] = ()


def read_back(rows: Iterable[Row], headings: Headings) -> Said:
    """Everything said in the sheets whose headings are known; other sheets are left alone.

    Of a sheet that was copied beside itself the rows that say the same are said once.
    """
    by_sheet: dict[str, list[Row]] = {}
    for row in rows:
        by_sheet.setdefault(row.sheet, []).append(row)
    keys = {
        form: {_key(heading): column for heading, column in of.items()}
        for form, of in headings.items()
    }
    said: dict[str, list[SaidRow]] = {}
    lost: list[tuple[str, str]] = []
    keyless: list[tuple[SaidRow, int]] = []
    marked: list[tuple[SaidRow, SaidCell]] = []
    for found in by_sheet.values():
        head = _heading_row(found, keys)
        if head is None:
            continue
        form, row = head
        columns = _columns(row, keys[form])
        more = list(_said(found, row, form, columns))
        if KEY not in columns.values():
            keyless += [(SaidRow(form, row.sheet, row.number), len(more))] if more else []
            continue
        marked += _marked(found, row, form, columns)
        if form not in said:
            gone = (name for name, of in headings[form].items() if of not in columns.values())
            lost += [(form, name) for name in gone]
        above = {one.texts for one in said.get(form, ())}
        said.setdefault(form, []).extend(one for one in more if one.texts not in above)
    absent = {*headings} - {*said} - {row.form for row, _ in keyless}
    return Said(
        tuple(row for found in said.values() for row in found),
        tuple(lost),
        tuple(form for form in headings if form in absent),
        tuple(keyless),
        tuple(marked),
    )


def _key(value: Value) -> str:
    return "".join(search_key(str(value)).split()) if value is not None else ""


def _heading_row(
    rows: Sequence[Row], keys: Mapping[str, Mapping[str, str]]
) -> tuple[str, Row] | None:
    """The first row with headings enough, and the form that most of them are of."""
    for row in rows:
        texts = {_key(cell) for cell in row.cells}
        counts = {form: len(texts & set(of)) for form, of in keys.items()}
        form = max(counts, key=lambda name: (counts[name], OF_HOUSEHOLD in keys[name].values()))
        if counts[form] >= _LEAST:
            return form, row
    return None


def _columns(row: Row, keys: Mapping[str, str]) -> dict[int, str]:
    """The columns by their place; of a heading that stands twice the first."""
    found: dict[int, str] = {}
    for at, cell in enumerate(row.cells):
        column = keys.get(_key(cell))
        if column is not None and column not in found.values():
            found[at] = column
    return found


def _said(
    rows: Sequence[Row], heading: Row, form: str, columns: Mapping[int, str]
) -> Iterator[SaidRow]:
    titles = [_key(cell) for cell in heading.cells]
    for row in rows:
        if row.number <= heading.number or [_key(cell) for cell in row.cells] == titles:
            continue  # headings are repeated where somebody copied pages together
        cells = {
            column: SaidCell(column, letter_of(at), row.cells[at])
            for at, column in columns.items()
            if at < len(row.cells) and row.cells[at] is not None and text_of(row.cells[at])
        }
        if set(cells) - {KEY, OF_HOUSEHOLD}:
            yield SaidRow(form, row.sheet, row.number, cells)


def _marked(
    rows: Sequence[Row], heading: Row, form: str, columns: Mapping[int, str]
) -> Iterator[tuple[SaidRow, SaidCell]]:
    for row in rows:
        for at, column in columns.items() if row.number > heading.number and row.marks else ():
            if mark := row.marks.get(letter_of(at)):
                cell = SaidCell(column, letter_of(at), None, mark)
                yield SaidRow(form, row.sheet, row.number), cell


def letter_of(at: int) -> str:
    """The name of a column (from 0) in Excel: A … Z, AA …"""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
