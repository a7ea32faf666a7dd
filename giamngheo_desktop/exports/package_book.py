"""The part of a package that people read first: a cover, and documents a sheet each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from giamngheo_desktop import texts
from giamngheo_desktop.exports.fixed_book import book_bytes
from giamngheo_desktop.exports.xlsx_styles import FONT
from giamngheo_desktop.exports.xlsx_write import new_book, put_sheets
from giamngheo_desktop.reports.document import ReportDoc


def package_book(
    title: str,
    lines: Sequence[tuple[str, str]],
    docs: Sequence[ReportDoc] = (),
    *,
    unit: str,
    made: datetime,
) -> bytes:
    """The workbook's bytes; `lines` of the cover are labels and what they say."""
    book = new_book()
    sheet = book.create_sheet(texts.COVER["sheet"])
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 90
    _write(sheet, 1, 1, title).font = Font(name=FONT, size=14, bold=True)
    for number, (label, value) in enumerate(lines, start=3):
        for column, text in enumerate((label, value), 1):
            cell = _write(sheet, number, column, text)
            cell.font = Font(name=FONT, size=12, bold=column == 1)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    for doc in docs:
        put_sheets(book, doc)
    return book_bytes(book, title, unit, made)


def _write(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Past the setter, which makes "=…" a formula."""
    cell: Cell = sheet.cell(row, column)
    cell._value, cell.data_type = text, "s"
    return cell
