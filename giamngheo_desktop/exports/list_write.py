"""A list as it stands on screen, as a workbook: true numbers and dates, codes as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from giamngheo_desktop.exports.fixed_book import book_bytes, spooled
from giamngheo_desktop.exports.xlsx_styles import FONT

Value = str | int | date | None
Step = Callable[[], None]  # called now and then; may raise Cancelled

_HEADING = PatternFill("solid", fgColor="DDEBF7")
_THIN = Side(style="thin")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_A4 = 9  # its number in the file format
_OFTEN = 200  # rows between two steps


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column: its heading and width in letters."""

    heading: str
    width: float = 16


@spooled()
def list_workbook(
    title: str,
    lines: Sequence[str],
    columns: Sequence[ListColumn],
    rows: Iterable[Sequence[Value]],
    step: Step | None = None,
) -> bytes:
    """The workbook's bytes; `lines` stand below the title and say what was left out.

    Row numbers are written in front. The same list gives the same bytes.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for number, column in enumerate((ListColumn("STT", 6), *columns), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.freeze_panes = f"B{len(lines) + 3}"
    heading_row = len(lines) + 2
    sheet.print_title_rows = f"{heading_row}:{heading_row}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.append([_text(sheet, title, Font(name=FONT, size=14, bold=True))])
    for line in lines:
        sheet.append([_text(sheet, line, Font(name=FONT, size=12, italic=True))])
    headings = ["STT", *(column.heading for column in columns)]
    sheet.append([_heading(sheet, text) for text in headings])
    font = Font(name=FONT, size=12)
    for number, row in enumerate(rows, start=1):
        sheet.append([_cell(sheet, value, font) for value in (number, *row)])
        if step is not None and number % _OFTEN == 0:
            step()
    return book_bytes(book, title)


def _cell(sheet: WriteOnlyWorksheet, value: Value, font: Font) -> WriteOnlyCell | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return _text(sheet, value, font)
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = "dd/mm/yyyy" if isinstance(value, date) else "#,##0"
    cell.font = font
    return cell


def _text(sheet: WriteOnlyWorksheet, text: str, font: Font) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"  # a village called "=…" is no formula
    cell.number_format = "@"
    cell.font = font
    return cell


def _heading(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    cell = _text(sheet, text, Font(name=FONT, size=12, bold=True))
    cell.fill, cell.border = _HEADING, _GRID
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return cell
