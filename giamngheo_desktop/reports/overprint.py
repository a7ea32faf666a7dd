"""One row of a table printed onto a paper that was printed before: only its letters, moved."""

from __future__ import annotations

from dataclasses import replace

from reportlab.lib.units import mm

from giamngheo_desktop.reports.blocks import Block
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.pages import Furniture, Laid, Pages
from giamngheo_desktop.reports.pdf import laid_out
from giamngheo_desktop.reports.pen import Pen
from giamngheo_desktop.reports.placed import PdfResult


def render_row(
    doc: ReportDoc, row: int, *, table: int = 0, right: float = 0, down: float = 0
) -> PdfResult:
    """A page with nothing but the letters of a row, where the whole paper has them.

    `right` and `down` move them by millimetres, for printers that feed a little askew. ValueError
    without the row.
    """
    whole = laid_out(doc)
    found = next(
        (
            laid
            for page in whole.pages
            for laid in page
            if laid.table == table and any(place.row == row for place in laid.block.places)
        ),
        None,
    )
    if found is None:
        raise ValueError(row)
    letters = tuple(replace(text, x=text.x + right * mm) for text in found.block.texts)
    title = Furniture(title=whole.furniture.title, author=whole.furniture.author)
    page = Laid(found.y + down * mm, Block(found.block.height, letters), table)
    pen = Pen(title.title, title.author)
    pen.draw(Pages(title, whole.is_landscape, pages=[[page]]), len(doc.tables))
    return PdfResult(pen.finish(), (), pen.pages)
