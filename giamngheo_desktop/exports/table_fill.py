"""A workbook of the unit filled with the numbers of its table; what it looks like stays."""

from __future__ import annotations

import io
from copy import copy
from math import ceil
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.pagebreak import Break, RowBreak
from openpyxl.worksheet.worksheet import Worksheet

from giamngheo_desktop.domain.sheet_formula import Growth, is_formula, place_of
from giamngheo_desktop.exports.fixed_book import document_bytes
from giamngheo_desktop.exports.xlsx_sheet import put_footer
from giamngheo_desktop.exports.xlsx_styles import FONT
from giamngheo_desktop.reports.document import Cell, Form, ReportDoc
from giamngheo_desktop.reports.fonts import printable
from giamngheo_desktop.reports.imprint import footer

_NOTE_SIZE = 11
_LETTER = 1.1  # letters of a note to a unit of column width
_LINE = 15.0  # points


def filled(doc: ReportDoc, form: Form) -> bytes:
    """The workbook's bytes; the same document gives the same bytes."""
    book = load_workbook(io.BytesIO(form.data))
    sheet = book[form.sheet]
    growth = Growth(form.first, form.last, form.count)
    _grow(sheet, growth)
    for name, cell in form.cells.items():
        _write(sheet, name, cell)
    _notes(sheet, form.below)
    own = (sheet.oddFooter.left, sheet.oddFooter.center, sheet.oddFooter.right)
    if not any(part.text for part in own):  # else the unit wants its own
        put_footer(sheet, footer(doc))
    return document_bytes(book, doc)


def _write(sheet: Worksheet, name: str, cell: Cell) -> None:
    row, column = place_of(name)
    target = sheet.cell(row, column)
    if isinstance(target, MergedCell):
        return
    if isinstance(cell.value, str):
        # Past the setter, which makes "=…" a formula.
        target.value = None
        text = printable(cell.value)
        if text:
            target._value, target.data_type = text, "s"
        if cell.missing:
            target.alignment = _with(target.alignment, horizontal="right")
        else:
            _make_room(sheet, target, text)
    else:
        target.value = cell.value


def _make_room(sheet: Worksheet, cell: Any, text: str) -> None:
    """A text of more lines than its row has room for."""
    area = next((a for a in sheet.merged_cells.ranges if cell.coordinate in a), None)
    last = area.max_col if area else cell.column
    if "\n" not in text and not cell.alignment.wrap_text:
        return
    needed = _height(text, _room(sheet, cell.column, last))
    rows = range(cell.row, (area.max_row if area else cell.row) + 1)
    lacking = needed - sum(sheet.row_dimensions[row].height or _LINE for row in rows)
    if lacking > 0:
        end = sheet.row_dimensions[rows[-1]]
        end.height = (end.height or _LINE) + lacking
        cell.alignment = _with(cell.alignment, wrap_text=True)


def _room(sheet: Worksheet, first: int, last: int) -> float:
    """How many letters stand side by side over some columns."""
    widths = sheet.column_dimensions
    columns = map(get_column_letter, range(first, last + 1))
    return sum(widths[name].width or 9 for name in columns) * _LETTER


def _height(text: str, room: float) -> float:
    return sum(max(1, ceil(len(line) / room)) for line in text.split("\n")) * _LINE


def _with(alignment: Any, **changed: Any) -> Alignment:
    found = copy(alignment)
    for name, value in changed.items():
        setattr(found, name, value)
    return found


# --- Rows that are added -------------------------------------------------------------------------


def _grow(sheet: Worksheet, growth: Growth) -> None:
    """The rows of a unit as often as there are units; what lies below moves down, formulas and
    merged areas with it."""
    merges = [copy(area) for area in sheet.merged_cells.ranges]
    for area in merges:
        sheet.unmerge_cells(area.coord)
    block = {
        (cell.row, cell.column): (cell.value, copy(cell._style))
        for row in sheet.iter_rows(min_row=growth.first, max_row=growth.last)
        for cell in row
    }
    width, bottom = sheet.max_column, sheet.max_row
    heights = {row: copy(found) for row, found in sheet.row_dimensions.items()}
    if growth.added and bottom > growth.last:
        below = f"A{growth.last + 1}:{get_column_letter(width)}{bottom}"
        sheet.move_range(below, rows=growth.added)
    for row in sheet.iter_rows():
        for cell in row:
            inside = growth.first <= cell.row <= growth.last + growth.added
            if is_formula(cell.value) and not inside:
                cell.value = growth.formula(cell.value)
    for number in range(max(growth.count, 1)):
        for (row, column), (value, style) in block.items():
            cell = sheet.cell(growth.row(row, number), column)
            cell._style = copy(style)
            cell.value = growth.formula(value, number) if is_formula(value) else value
    _heights(sheet, growth, heights)
    for area in merges:
        for moved in _moved(growth, area):
            sheet.merge_cells(moved)
    _around(sheet, growth)


def _moved(growth: Growth, area: CellRange) -> list[str]:
    """Where a merged area stands then: once per unit, where it lies in its rows."""
    inside = growth.first <= area.min_row <= growth.last
    return [
        CellRange(
            min_col=area.min_col,
            max_col=area.max_col,
            min_row=growth.row(area.min_row, number),
            max_row=growth.row(area.max_row, number),
        ).coord
        for number in range(max(growth.count, 1) if inside else 1)
    ]


def _heights(sheet: Worksheet, growth: Growth, heights: dict[int, Any]) -> None:
    sheet.row_dimensions.clear()
    for row, found in heights.items():
        inside = growth.first <= row <= growth.last
        for number in range(max(growth.count, 1) if inside else 1):
            target = sheet.row_dimensions[growth.row(row, number)]
            target.height, target.hidden = found.height, found.hidden


def _around(sheet: Worksheet, growth: Growth) -> None:
    """What a sheet says of its cells by their names: printing, colours, what may be typed."""
    formats = ConditionalFormattingList()
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            rule.formula = [growth.formula(f"={text}")[1:] for text in rule.formula]
            formats.add(growth.formula(str(area.sqref)), rule)
    sheet.conditional_formatting = formats
    for check in sheet.data_validations.dataValidation:
        check.sqref = type(check.sqref)(growth.formula(str(check.sqref)))
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = growth.formula(sheet.auto_filter.ref)
    if sheet.print_area:
        area = sheet.print_area.split("!")[-1].replace("$", "")
        sheet.print_area = growth.formula(area)
    breaks = [growth.row(one.id) for one in sheet.row_breaks.brk]
    sheet.row_breaks = RowBreak()
    for row in breaks:
        sheet.row_breaks.append(Break(id=row))


# --- What the workbook itself does not say -------------------------------------------------------


def _notes(sheet: Worksheet, lines: tuple[str, ...]) -> None:
    """Below everything, over the width of the sheet."""
    if not lines:
        return
    used = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    last = max((cell.column for cell in used), default=1)
    row = max((cell.row for cell in used), default=0) + 2
    room = _room(sheet, 1, last)
    for line in lines:
        cell = sheet.cell(row, 1)
        cell._value, cell.data_type = printable(line), "s"
        cell.font = Font(name=FONT, size=_NOTE_SIZE, italic=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if last > 1:
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=last)
        sheet.row_dimensions[row].height = _height(line, room)
        row += 1
    if sheet.print_area:
        area = CellRange(sheet.print_area.split("!")[-1].replace("$", "").split(",")[0])
        area.expand(down=max(0, row - 1 - area.max_row))
        sheet.print_area = area.coord
