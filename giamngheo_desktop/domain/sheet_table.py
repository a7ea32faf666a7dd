"""A sheet of a foreign workbook as values: rows as Excel counts them, columns from 0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from giamngheo_desktop.domain.vietnamese import clean

Cell = str | int | float | bool | date | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """`merged` are (top, left, bottom, right), ends included; `marks` what a cell shows beside its
    value, by address (`exports.xlsx_marks`)."""

    name: str
    rows: Mapping[int, Row]
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)

    def at(self, row: int, column: int) -> Cell:
        cells = self.rows.get(row, ())
        return cells[column] if column < len(cells) else None

    def text(self, row: int, column: int) -> str:
        return text_of(self.at(row, column))

    def filled(self, row: int) -> dict[int, str]:
        """The texts of a row by column, without the empty ones."""
        cells = enumerate(self.rows.get(row, ()))
        return {at: text for at, cell in cells if (text := text_of(cell))}

    @property
    def width(self) -> int:
        return max(map(len, self.rows.values()), default=0)


def text_of(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "1" if cell else "0"
        case date():
            return f"{cell:%d/%m/}{cell.year:04d}"
    return clean(str(cell))


CELL_ERROR = "cell_error"
NO_VALUE = (CELL_ERROR, "formula_without_value")  # marks of a cell that should say something
_ERRORS = frozenset(
    ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")
)


def errors_marked(sheet: Sheet) -> Sheet:
    """The words of an error are marks, as in a workbook: nobody is called #N/A."""
    marks = {
        f"{letter(at)}{row}": CELL_ERROR
        for row, cells in sheet.rows.items()
        for at, cell in enumerate(cells)
        if isinstance(cell, str) and cell.startswith("#") and cell.strip().upper() in _ERRORS
    }
    if not marks:
        return sheet
    rows = {
        row: tuple(None if f"{letter(at)}{row}" in marks else cell for at, cell in enumerate(cells))
        for row, cells in sheet.rows.items()
    }
    return replace(sheet, rows=rows, marks={**sheet.marks, **marks})


def letter(column: int) -> str:
    """0 → A, 26 → AA."""
    name, at = "", column + 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_at(name: str) -> int:
    """A → 0, AA → 26."""
    at = 0
    for each in name.upper():
        at = at * 26 + ord(each) - 64
    return at - 1
