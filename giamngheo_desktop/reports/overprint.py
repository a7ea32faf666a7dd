"""A row of a fixed table printed onto a paper that was printed before: only its letters, moved."""

from __future__ import annotations

from dataclasses import replace

from reportlab.lib.units import mm

from giamngheo_desktop.reports.blocks import Block
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.pages import Furniture, Laid, Pages
from giamngheo_desktop.reports.pdf import laid_out
from giamngheo_desktop.reports.pen import Pen
from giamngheo_desktop.reports.placed import PdfResult


def render_row(doc: ReportDoc, row: int, *, right: float = 0, down: float = 0) -> PdfResult:
    """A page with nothing but the letters of a row of the fixed table, where the paper has them.

    `right` and `down` move them by millimetres, for printers that feed a little askew; `cells` are
    where the letters are meant to stand. ValueError without the row.
    """
    table = next((at for at, one in enumerate(doc.tables) if one.fixed), None)
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
    places = tuple(replace(place, x=place.x + right * mm) for place in found.block.places)
    title = Furniture(title=whole.furniture.title, author=whole.furniture.author)
    block = Block(found.block.height, letters, places=places)
    page = Laid(found.y + down * mm, block, found.table)
    pen = Pen(title.title, title.author)
    pen.draw(Pages(title, whole.is_landscape, pages=[[page]]), len(doc.tables))
    return PdfResult(pen.finish(), tuple(pen.cells), pen.pages)
