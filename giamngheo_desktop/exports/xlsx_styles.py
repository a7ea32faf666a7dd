"""The looks of cells in a workbook: Times New Roman, thin borders, number formats."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.styles.cell_style import StyleArray

from giamngheo_desktop.reports.document import Align, Cell, Column, NumberFormat

FONT = "Times New Roman"
_THIN = Side(style="thin")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


class Look(NamedTuple):
    """How a cell looks; equal looks share one style in the file. A tuple, for each cell asks."""

    size: float
    bold: bool = False
    italic: bool = False
    underline: bool = False
    align: Align = Align.CENTER
    format: str = "General"
    grid: bool = False
    top: bool = False  # text at the top of the cell, not in its middle
    shrink: bool = False  # one line, in smaller letters where it must be
    quoted: bool = False  # stays text when a user edits it, though it looks like a formula


class Styles:
    """Makes each look once: setting fonts and borders cell by cell takes most of the time."""

    def __init__(self) -> None:
        self._made: dict[Look, StyleArray] = {}

    def dress(self, cell: SheetCell, look: Look) -> None:
        made = self._made.get(look)
        if made is None:
            made = self._made[look] = self._make(cell, look)
        cell._style = made  # shared: nobody changes it afterwards

    def _make(self, cell: SheetCell, look: Look) -> StyleArray:
        cell._style = StyleArray()
        cell.font = Font(
            name=FONT,
            size=look.size,
            bold=look.bold,
            italic=look.italic,
            underline="single" if look.underline else None,
        )
        cell.alignment = Alignment(
            horizontal=look.align.value,
            vertical="top" if look.top else "center",
            wrap_text=not look.shrink,
            shrink_to_fit=look.shrink,
        )
        cell.number_format = look.format
        cell.quotePrefix = look.quoted
        if look.grid:
            cell.border = _GRID
        return cell._style


def number_format(cell: Cell, column: Column) -> str:
    """The format code: every PC shows its own separators; the form's sign for nought is kept."""
    if column.format is NumberFormat.TEXT or isinstance(cell.value, str):
        return "@"
    code = "0.00" if column.format is NumberFormat.RATE else "#,##0"
    if column.format is not NumberFormat.RATE and isinstance(cell.value, Decimal):
        exponent = cell.value.as_tuple().exponent
        if isinstance(exponent, int) and exponent < 0:
            code = f"#,##0.{'0' * -exponent}"
    if not column.zero or column.zero == code:
        return code
    return f'{code};-{code};"{column.zero.replace(chr(34), "")}"'
