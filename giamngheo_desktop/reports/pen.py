"""Draws blocks on pages with reportlab, and remembers where every cell came to stand."""

from __future__ import annotations

import io
from collections.abc import Iterator

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from giamngheo_desktop import texts
from giamngheo_desktop.reports import fonts
from giamngheo_desktop.reports.blocks import LEADING, Rule, Text
from giamngheo_desktop.reports.document import Align
from giamngheo_desktop.reports.fonts import Face, text_width
from giamngheo_desktop.reports.pages import BOTTOM, TOP, Laid, Pages
from giamngheo_desktop.reports.placed import PlacedCell as PlacedCell

_LINE = 0.5
_SMALL = 9.0  # letters of the footer
rl_config.useA85 = 0  # binary streams: files a fifth smaller, and sooner written


class Pen:
    """A growing PDF, one page after the other; without `places` it forgets where cells stand."""

    def __init__(self, title: str, author: str, *, places: bool = True) -> None:
        self._places = places
        fonts.register()
        self.cells: list[PlacedCell] = []
        self._page = 0
        self._tables = 0  # of the papers drawn before
        self._buffer = io.BytesIO()
        # Without a first font of its own, reportlab names Helvetica, which it doesn't embed.
        self._canvas = Canvas(
            self._buffer,
            pagesize=A4,
            invariant=1,
            pageCompression=1,
            initialFontName=Face.REGULAR.value,
            initialFontSize=12,
            lang="vi",
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)

    @property
    def pages(self) -> int:
        return self._page

    def draw(self, paper: Pages, tables: int) -> None:
        """A whole paper with its own page numbers; `tables` is how many tables it has."""
        self._canvas.setPageSize(paper.size)
        for number, laid in enumerate(paper.pages, start=1):
            self._draw_page(paper, number, laid)
            self._page += 1
        self._tables += tables

    def finish(self) -> bytes:
        self._canvas.save()
        return self._buffer.getvalue()

    def _draw_page(self, paper: Pages, number: int, laid: list[Laid]) -> None:
        self._lines: dict[tuple[str, float], list[tuple[float, float]]] = {}
        self._out: PDFTextObject = self._canvas.beginText()
        self._font: tuple[Face, float] | None = None
        width, height = paper.size
        if number > 1:
            shown = Text(width / 2, -22, str(number), Face.REGULAR, 13, Align.CENTER)
            self._text(shown, height - TOP)
        for piece in laid:
            self._put(piece, height - TOP - piece.y)
        for shown in _footer(paper):
            self._text(shown, BOTTOM)
        self._canvas.drawText(self._out)
        self._canvas.setLineWidth(_LINE)
        self._canvas.setLineCap(2)  # square ends close the corners of the grid
        self._canvas.lines(
            [
                (at, -start, at, -end) if kind == "v" else (start, at, end, at)
                for (kind, at), drawn in self._lines.items()
                for start, end in drawn
            ]
        )
        self._canvas.showPage()

    def _put(self, laid: Laid, top: float) -> None:
        for text in laid.block.texts:
            self._text(text, top)
        for rule in laid.block.rules:
            self._rule(rule, top)
        table = self._tables + laid.table
        for at in laid.block.places if self._places else ():
            bottom = top - at.y - at.height
            right, upper = at.x + at.width, top - at.y
            self.cells.append(
                PlacedCell(self._page, at.x, bottom, right, upper, table, at.row, at.column)
            )

    def _text(self, text: Text, top: float) -> None:
        if not text.text:
            return
        if self._font != (text.face, text.size):
            self._out.setFont(text.face.value, text.size)
            self._font = (text.face, text.size)
        x = text.x
        if text.align is not Align.LEFT:
            width = text_width(text.text, text.face, text.size)
            x -= width if text.align is Align.RIGHT else width / 2
        self._out.setTextOrigin(x, top - text.y)
        self._out.textOut(text.text)

    def _rule(self, rule: Rule, top: float) -> None:
        """Rules that touch become one: a page has 17 vertical lines, not 17 for each row."""
        if rule.x0 == rule.x1:
            key, start, end = ("v", rule.x0), rule.y0 - top, rule.y1 - top
        else:
            key, start, end = ("h", top - rule.y0), rule.x0, rule.x1
        drawn = self._lines.setdefault(key, [])
        if drawn and start <= drawn[-1][1] + 0.01 and end >= drawn[-1][0] - 0.01:
            start, end = min(start, drawn[-1][0]), max(end, drawn[-1][1])
            drawn.pop()
        drawn.append((start, end))


def _footer(paper: Pages) -> Iterator[Text]:
    """One line, or two where the paper is too narrow for what its footer says."""
    foot = paper.furniture.footer
    right = paper.left + paper.width
    yield Text(paper.left, 24, foot.left, Face.ITALIC, _SMALL, Align.LEFT)
    whole = texts.PAPER["footer_between"].join(filter(None, (foot.right, foot.maker)))
    said: tuple[str, ...] = (whole,)
    if sum(text_width(text, Face.ITALIC, _SMALL) for text in (foot.left, whole)) > paper.width - 12:
        said = (foot.right, foot.maker) if foot.right else ("", foot.maker)
    for at, text in enumerate(said):
        yield Text(right, 24 + at * _SMALL * LEADING, text, Face.ITALIC, _SMALL, Align.RIGHT)
