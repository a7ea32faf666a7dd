"""The table itself on a worksheet: merged headings, the row of column numbers, typed cells."""

from __future__ import annotations

import re
from collections.abc import Callable

from giamngheo_desktop import texts
from giamngheo_desktop.exports.xlsx_sheet import LINE, Sheet
from giamngheo_desktop.exports.xlsx_styles import Look, number_format
from giamngheo_desktop.reports.document import Cell, Column, Row, Table
from giamngheo_desktop.reports.layout import (
    LabelBox,
    cell_text,
    first_value,
    header_cells,
    label_boxes,
    number_labels,
    row_groups,
)
from giamngheo_desktop.reports.widths import NUMBER_ROW, heading_heights

_STEP_ROWS = 200
_ROOM = 3.0  # points above and below a row's text together


def write_header(sheet: Sheet, table: Table, size: float) -> None:
    """Heading rows and column numbers, from the sheet's present row on."""
    top = sheet.row
    look = Look(size, bold=True, grid=True)
    cells = header_cells(table)
    counts = []
    for cell in cells:
        span = (cell.left, cell.left + cell.col_span)
        sheet.merge(span, top + cell.row, cell.row_span, look)
        sheet.text(top + cell.row, cell.left, cell.column.label, look)
        counts.append((cell, sheet.line_count(cell.column.label, look, span)))
    for height in heading_heights(table, counts, size * LINE, _ROOM):
        sheet.next(height)
    numbers = number_labels(table)
    look = Look(int(size * NUMBER_ROW * 2) / 2, grid=True)
    lines = 0
    for at, number in enumerate(numbers):
        # Broken here, for Excel would break "3/1*100" anywhere.
        parts = sheet.wrapped(number, look, (at, at + 1))
        sheet.text(sheet.row, at, "\n".join(parts), look)
        lines = max(lines, len(parts))
    if numbers:
        sheet.next(lines * look.size * LINE + _ROOM)


def write_body(sheet: Sheet, table: Table, size: float, step: Callable[[], None] | None) -> None:
    """The rows, or one that says there are none."""
    top = sheet.row
    if not table.rows:
        look = Look(size, italic=True, grid=True)
        sheet.merge((0, len(table.leaves)), top, 1, look)
        sheet.text(top, 0, table.empty or texts.PAPER["no_rows"], look)
        sheet.next(size * LINE + 2 * _ROOM)
    values = _Values(sheet, table, size)
    for first, last in row_groups(table):
        lines = [1.0] * (last - first)
        boxes = label_boxes(table, first, last)
        for box in boxes:
            share = _label(sheet, table, top, size, box) / box.row_span
            for at in range(box.row - first, box.row - first + box.row_span):
                lines[at] = max(lines[at], share)
        for at in range(first, last):
            count = values.write(table.rows[at], first_value(table, boxes))
            sheet.next(max(lines[at - first], count) * size * LINE + _ROOM)
            if step and at % _STEP_ROWS == 0:
                step()


def _label(sheet: Sheet, table: Table, top: int, size: float, box: LabelBox) -> int:
    """Writes a label; how many lines it needs. A running number is a true one: Excel would
    mark each text of digits as an error."""
    align = box.align(table.leaves[box.left].alignment)
    look = Look(size, table.rows[box.row].is_bold, align=align, grid=True, format="@")
    span = (box.left, box.left + box.col_span)
    whole = box.row_span > 1 or box.col_span > 1
    numbered = box.left != table.name_at and len(table.label_leaves) > 1
    if numbered and re.fullmatch("[1-9][0-9]{0,6}", box.text):
        look = Look(size, look.bold, align=align, grid=True, format="0")
        if whole:
            sheet.merge(span, top + box.row, box.row_span, look)
        sheet.number(top + box.row, box.left, int(box.text), look)
    else:
        if whole:
            sheet.merge(span, top + box.row, box.row_span, look)
        sheet.text(top + box.row, box.left, box.text, look)
    return sheet.line_count(box.text, look, span)


class _Values:
    """Writes the values of rows; the look of a column is made once."""

    def __init__(self, sheet: Sheet, table: Table, size: float) -> None:
        self._sheet, self._size = sheet, size
        self._columns = tuple(enumerate(table.value_leaves, len(table.label_leaves)))
        self._looks: dict[tuple[int, bool, str], Look] = {}

    def write(self, row: Row, begin: int) -> int:
        """Writes a row's values from the column `begin` on; how many lines the highest needs."""
        sheet, bold, lines = self._sheet, row.is_bold, 1
        for cell, (at, column) in zip(row.cells, self._columns, strict=True):
            if at < begin:
                continue
            look = self._look(at, column, bold, number_format(cell, column))
            if _is_number(cell):
                sheet.number(sheet.row, at, cell.value, look)
                continue
            text = cell_text(cell, column)
            sheet.text(sheet.row, at, text, look)
            if text:
                lines = max(lines, sheet.line_count(text, look, (at, at + 1)))
        return lines

    def _look(self, at: int, column: Column, bold: bool, form: str) -> Look:
        key = (at, bold, form)
        if key not in self._looks:
            self._looks[key] = Look(
                self._size, bold, align=column.alignment, grid=True, format=form
            )
        return self._looks[key]


def _is_number(cell: Cell) -> bool:
    return cell.value is not None and not isinstance(cell.value, str) and cell.upper is None
