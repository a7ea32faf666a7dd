"""Draws blocks on pages with reportlab, and remembers where every cell came to stand."""

from __future__ import annotations

import io
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from giamngheo_desktop.reports import fonts
from giamngheo_desktop.reports.blocks import Block, Rule, Text
from giamngheo_desktop.reports.document import Align
from giamngheo_desktop.reports.fonts import Face, text_width
from giamngheo_desktop.reports.placed import PlacedCell as PlacedCell

LEFT, RIGHT, TOP, BOTTOM = 30 * mm, 15 * mm, 20 * mm, 20 * mm  # NĐ 30/2020: 30–35, 15–20, 20–25
_LINE = 0.5


@dataclass(frozen=True, slots=True)
class Furniture:
    """What every page carries in its margins, and the facts in the file's properties."""

    title: str
    author: str
    footer_left: str = ""
    footer_right: str = ""


class Pen:
    """A growing PDF. `y` is the room used on the present page; blocks are put below it."""

    def __init__(self, furniture: Furniture, *, is_landscape: bool) -> None:
        fonts.register()
        self._page_width: float
        self._page_height: float
        self._page_width, self._page_height = landscape(A4) if is_landscape else A4
        self.left = LEFT
        self.width = self._page_width - LEFT - RIGHT
        self.height: float = self._page_height - TOP - BOTTOM
        self.y = 0.0
        self.page = 0
        self.cells: list[PlacedCell] = []
        self._furniture = furniture
        self._buffer = io.BytesIO()
        # Without a first font of its own, reportlab names Helvetica, which it doesn't embed.
        self._canvas = Canvas(
            self._buffer,
            pagesize=(self._page_width, self._page_height),
            invariant=1,
            pageCompression=1,
            initialFontName=Face.REGULAR.value,
            initialFontSize=12,
            lang="vi",
        )
        self._canvas.setTitle(furniture.title)
        self._canvas.setAuthor(furniture.author)
        self._begin()

    @property
    def room(self) -> float:
        """Height that is left on the present page."""
        return self.height - self.y

    def put(self, block: Block, table: int = 0) -> None:
        """Draws a block below the last one; the caller has asked for `room`."""
        top = self._page_height - TOP - self.y
        for text in block.texts:
            self._text(text, top)
        for rule in block.rules:
            self._rule(rule, top)
        for at in block.places:
            bottom = top - at.y - at.height
            self.cells.append(
                PlacedCell(
                    self.page, at.x, bottom, at.x + at.width, top - at.y, table, at.row, at.column
                )
            )
        self.y += block.height

    def skip(self, height: float) -> None:
        """Leaves room below the last block, none at the top of a page."""
        if self.y:
            self.y += height

    def new_page(self) -> None:
        self._end()
        self._canvas.showPage()
        self.page += 1
        self.y = 0.0
        self._begin()

    def finish(self) -> bytes:
        self._end()
        self._canvas.showPage()
        self._canvas.save()
        return self._buffer.getvalue()

    def _begin(self) -> None:
        self._lines: dict[tuple[str, float], list[tuple[float, float]]] = {}
        self._out: PDFTextObject = self._canvas.beginText()
        self._font: tuple[Face, float] | None = None
        if self.page:
            number = Text(
                self._page_width / 2, -22, str(self.page + 1), Face.REGULAR, 13, Align.CENTER
            )
            self._text(number, self._page_height - TOP)

    def _end(self) -> None:
        foot = self._furniture
        for text, x, align in (
            (foot.footer_left, self.left, Align.LEFT),
            (foot.footer_right, self.left + self.width, Align.RIGHT),
        ):
            self._text(Text(x, 24, text, Face.ITALIC, 9, align), BOTTOM)
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
