"""The part of a package that people read first: a cover, and documents a sheet each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from giamngheo_desktop import texts
from giamngheo_desktop.exports.fixed_book import book_bytes
from giamngheo_desktop.exports.xlsx_sheet import Sheet
from giamngheo_desktop.exports.xlsx_styles import Look
from giamngheo_desktop.exports.xlsx_write import new_book, put_sheets
from giamngheo_desktop.reports.document import Align, ReportDoc

_WIDTHS = (215.0, 680.0)  # points
_SAID = Look(12, align=Align.LEFT, top=True)
_LABEL = _SAID._replace(bold=True)
_TITLE = Look(14, bold=True, align=Align.LEFT)


def package_book(
    title: str,
    lines: Sequence[tuple[str, str]],
    docs: Sequence[ReportDoc] = (),
    *,
    unit: str,
    made: datetime,
) -> bytes:
    """The workbook's bytes; `lines` of the cover are labels and what they say. A label that goes on
    is written once.
    """
    book = new_book()
    sheet = book.create_sheet(texts.COVER["sheet"])
    cover = Sheet(sheet, _WIDTHS)
    cover.line(title, _TITLE)
    cover.next(_SAID.size)
    before = ""
    for label, value in lines:
        shown = "" if label == before else label
        heights = [
            cover.put(text, look, (column, column + 1))
            for column, (text, look) in enumerate(((shown, _LABEL), (value, _SAID)))
        ]
        cover.next(max(heights))
        before = label
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    for doc in docs:
        put_sheets(book, doc)
    return book_bytes(book, title, unit, made)
