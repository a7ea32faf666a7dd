"""The printed paper: where pages break, and what is kept together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from giamngheo_desktop.reports import page_blocks
from giamngheo_desktop.reports.blocks import Block
from giamngheo_desktop.reports.column_parts import Part, column_parts
from giamngheo_desktop.reports.document import PageBreak, Paragraph, ReportDoc, Table
from giamngheo_desktop.reports.imprint import footer
from giamngheo_desktop.reports.layout import leads
from giamngheo_desktop.reports.page_blocks import CLOSE, USUAL, Frame
from giamngheo_desktop.reports.pages import Furniture, Pages
from giamngheo_desktop.reports.paragraphs import paragraph_lines
from giamngheo_desktop.reports.pdf_table import Piece, TableBlocks
from giamngheo_desktop.reports.pen import Pen
from giamngheo_desktop.reports.placed import PdfResult as PdfResult
from giamngheo_desktop.reports.widths import Fit, fit

Step = Callable[[], None]  # called now and then; may raise Cancelled


@dataclass(frozen=True, slots=True)
class Style:
    """Largest letters of a table, room above and below them in a cell, and what is around."""

    largest: float
    pad: float
    frame: Frame = USUAL


# From the usual to the closest; nothing is smaller than 9 points to save a page.
_STYLES = (
    Style(12.0, 3.0),
    Style(12.0, 2.0),
    Style(12.0, 1.2),
    Style(11.0, 1.6),
    Style(11.0, 1.0),
    Style(11.0, 1.6, CLOSE),
    Style(11.0, 1.0, CLOSE),
    Style(10.0, 1.5, CLOSE),
    Style(10.0, 0.8, CLOSE),
    Style(9.5, 0.8, CLOSE),
    Style(9.0, 0.8, CLOSE),
    Style(9.0, 0.5, CLOSE),
)
_BETWEEN_TEXT = _STYLES[1:5]  # for tables between paragraphs: what is around them stays
_DENSE = Style(10.0, 1.5, CLOSE)
_SMALL = 120  # rows up to which it is worth trying to save a page
_STEP_ROWS = 200
_SHORT = 2  # lines of a paragraph that does not stand alone above signatures
_WITH_SIGNATURES = 2  # row groups that go along, so that no page holds signatures alone


def render_pdf(doc: ReportDoc, step: Step | None = None) -> PdfResult:
    """Draws a paper; the same document gives the same bytes. See `render_bundle`."""
    return render_bundle((doc,), step)


def render_bundle(
    docs: Iterable[ReportDoc], step: Step | None = None, *, places: bool = True
) -> PdfResult:
    """Draws papers one after the other into one file, each with its own page numbers.

    A small table is set a little closer where that saves a page, and keeps its room otherwise.
    `step` is called every 200 rows of a table; what it raises passes through. The tables of
    `PdfResult.cells` count through all papers; without `places` there are none. ValueError
    without a paper.
    """
    pen: Pen | None = None
    for doc in docs:
        if pen is None:
            first = _furniture(doc)
            pen = Pen(first.title, first.author, places=places)
        pen.draw(laid_out(doc, step), len(doc.tables))
    if pen is None:
        raise ValueError("a bundle without papers")
    return PdfResult(pen.finish(), tuple(pen.cells), pen.pages)


def laid_out(doc: ReportDoc, step: Step | None = None) -> Pages:
    """The pages of one paper before they are drawn."""
    return _tried(doc, step)[1]


def style_of(doc: ReportDoc) -> Style:
    """How close a paper is set; a long table is never tried closer."""
    return _tried(doc, None)[0] if _is_small(doc) else _usual(doc)


def _tried(doc: ReportDoc, step: Step | None) -> tuple[Style, Pages]:
    style = _usual(doc)
    paper = _set(doc, style, step)
    if len(paper.pages) > 1 and _is_small(doc):
        for closer in _closer_styles(doc, paper):
            found = _set(doc, closer, step)
            if len(found.pages) < len(paper.pages):
                return closer, found
    return style, paper


def _usual(doc: ReportDoc) -> Style:
    return _DENSE if doc.close else _STYLES[0]


def _is_small(doc: ReportDoc) -> bool:
    return sum(len(table.rows) for table in doc.tables) <= _SMALL


def _closer_styles(doc: ReportDoc, paper: Pages) -> tuple[Style, ...]:
    """The styles that may save a page; between paragraphs where little is too much for the others,
    however much of them goes along to the last.
    """
    if len(doc.tables) == len(doc.body):
        return _STYLES[1:]
    used = sum(page[-1].y + page[-1].block.height for page in paper.pages if page)
    is_little = used < (len(paper.pages) - 1 + 1 / 3) * paper.height
    return _BETWEEN_TEXT if doc.tables and is_little and not doc.close else ()


def _set(doc: ReportDoc, style: Style, step: Step | None) -> Pages:
    pen, frame = Pages(_furniture(doc), doc.landscape), style.frame
    if doc.letterhead:
        pen.put(page_blocks.letterhead(doc.letterhead, pen.left, pen.width))
        pen.skip(frame.below_letterhead)
    pen.put(page_blocks.heading(doc, pen.left, pen.width, frame))
    pen.skip(frame.below_title)
    tail = _Tail(doc, pen, frame)
    tables = 0
    for at, piece in enumerate(doc.body):
        is_fixed = isinstance(piece, Table) and piece.fixed
        kept = 0.0 if is_fixed else _kept(doc, at, tail.height, pen)
        kept = max(kept, _note_below(doc, at, pen, frame))
        match piece:
            case PageBreak():
                pen.new_page()
            case Paragraph():
                _draw_paragraph(pen, piece, kept, _ahead(doc, at, pen, style, tail.height))
            case Table():
                beside = at == 0 and page_blocks.stands_beside(doc, pen.width, frame)
                unit = "" if beside else piece.unit
                if at and isinstance(doc.body[at - 1], Paragraph):
                    pen.skip(frame.above_table)
                _draw_table(pen, piece, tables, style, kept, unit, step)
                pen.skip(frame.below_table)
                tables += 1
    tail.draw()
    return pen


def _kept(doc: ReportDoc, at: int, tail: float, pen: Pages) -> float:
    """What must stand with the last lines of a piece: below the last one the tail; a last short
    paragraph (place and day) stands with the tail, and both with what is before it.
    """
    following = doc.body[at + 1 :]
    if not following:
        return tail
    last = following[0]
    if len(following) > 1 or not tail or not isinstance(last, Paragraph):
        return 0.0
    lines = paragraph_lines(last, pen.left, pen.width)
    return tail + sum(line.height for line in lines) if len(lines) <= _SHORT else 0.0


def _note_below(doc: ReportDoc, at: int, pen: Pages, frame: Frame) -> float:
    """What of a note must stand with the last rows of the table that it is of."""
    piece, following = doc.body[at], doc.body[at + 1 : at + 2]
    if not isinstance(piece, Table) or piece.fixed or not following:
        return 0.0
    (below,) = following
    if not isinstance(below, Paragraph) or not below.is_note:
        return 0.0
    lines = paragraph_lines(below, pen.left, pen.width)
    return frame.below_table + sum(line.height for line in lines[:2])


def _furniture(doc: ReportDoc) -> Furniture:
    author = " ".join(doc.letterhead.issuer) if doc.letterhead else ""
    return Furniture(
        title=" ".join(doc.title) or doc.code,
        author=author,
        footer=footer(doc),
    )


def _ahead(doc: ReportDoc, at: int, pen: Pages, style: Style, tail: float) -> float:
    """What of the next piece a paragraph that leads to it must stand with: of a table all down to
    its first row, of text two lines, or all down to where it leads.
    """
    piece, following = doc.body[at], doc.body[at + 1 : at + 2]
    if not isinstance(piece, Paragraph) or not piece.with_next or not following:
        return 0.0
    (table,) = following
    if isinstance(table, Paragraph):
        lines = paragraph_lines(table, pen.left, pen.width)
        kept = _kept(doc, at + 1, tail, pen)
        if table.with_next:  # one of several that stay together
            ahead = max(kept, _ahead(doc, at + 1, pen, style, tail))
            return sum(line.height for line in lines) + ahead
        return sum(line.height for line in lines[:2]) + (kept if len(lines) <= 2 else 0.0)
    if not isinstance(table, Table):
        return 0.0
    (part, fitted), *others = _parts(table, pen.width, style)
    blocks = TableBlocks(part.table, fitted, pen.left, style.pad)
    title = page_blocks.table_title(part.table.title, table.unit, pen.left, pen.width)
    header = blocks.header().height
    kept = 0.0 if others else _kept(doc, at + 1, tail, pen)
    kept = max(kept, 0.0 if others else _note_below(doc, at + 1, pen, style.frame))
    _, below = _rows(blocks, part.table, pen.height - header, kept)
    return style.frame.above_table + title.height + header + below[0]


def _draw_paragraph(pen: Pages, paragraph: Paragraph, tail: float, ahead: float) -> None:
    """No line stands alone on a page; `tail` is the height of what must stand with the last two,
    `ahead` of what must stand with the last.
    """
    lines = paragraph_lines(paragraph, pen.left, pen.width)
    heights = [line.height for line in lines]
    for at, line in enumerate(lines):
        together = heights[at]
        if at >= len(lines) - 2:
            together = sum(heights[at:]) + tail
        elif at == 0:
            together = sum(heights[:2])
        if at == len(lines) - 1:
            together = max(together, heights[at] + ahead)
        pen.ensure(min(together, pen.height))
        pen.put(line)


def _draw_table(
    pen: Pages, table: Table, index: int, style: Style, tail: float, unit: str, step: Step | None
) -> None:
    """`tail` is the height of what must stand with the last rows, `unit` stands above."""
    parts = list(_parts(table, pen.width, style))
    for at, (part, fitted) in enumerate(parts, start=1):
        _draw_part(pen, part, fitted, index, style, tail if at == len(parts) else 0.0, unit, step)
        if at < len(parts):
            pen.skip(style.frame.below_table)


def _parts(table: Table, width: float, style: Style) -> Iterator[tuple[Part, Fit]]:
    fitted = fit(table, width, style.largest, low_headings=True)
    parts = column_parts(table, fitted)
    for part in parts:
        if len(parts) > 1:
            fitted = fit(part.table, width, style.largest, low_headings=True)
        yield part, fitted


def _draw_part(
    pen: Pages, part: Part, fitted: Fit, index: int, style: Style, tail: float, unit: str,
    step: Step | None,
) -> None:  # fmt: skip
    table = part.table
    blocks = TableBlocks(table, fitted, pen.left, style.pad)
    title = page_blocks.table_title(table.title, unit, pen.left, pen.width)
    header = blocks.header()
    capacity = pen.height - header.height
    pieces, below = _rows(blocks, table, capacity, tail)
    if title.height + header.height + below[0] > pen.room:
        pen.new_page()
    if table.title or unit:
        pen.put(title)
    pen.put(header)
    if not pieces:
        pen.put(blocks.empty())
    for at, piece in enumerate(pieces):
        if below[at] > pen.room:
            pen.new_page()
            pen.put(header)
        pen.put(_at_home(blocks.draw(piece), part), index)
        if step and at % _STEP_ROWS == 0:
            step()


def _rows(
    blocks: TableBlocks, table: Table, capacity: float, tail: float
) -> tuple[list[Piece], list[float]]:
    """The rows of a table, and the room the page must have for each; for none what stands there."""
    pieces = list(blocks.pieces(capacity))
    leading = [leads(table, piece.last) for piece in pieces]
    below = _heights_to_keep(pieces, leading, capacity, tail) or [max(blocks.empty().height, tail)]
    return pieces, below


def _at_home(block: Block, part: Part) -> Block:
    """Cells are remembered by their column in the whole table, labels where they stand first."""
    if not part.first:
        return block
    labels = len(part.table.label_leaves)
    places = tuple(
        replace(place, column=place.column + part.first)
        for place in block.places
        if place.column >= labels
    )
    return replace(block, places=places)


def _heights_to_keep(
    pieces: list[Piece], leading: list[bool], capacity: float, tail: float
) -> list[float]:
    """Per piece, the room the page must have: its own, that of the next one where it is a heading,
    near the end also all that follows.
    """
    heights = [piece.height for piece in pieces]
    for at in range(len(pieces) - 2, -1, -1):
        if leading[at] and heights[at] + heights[at + 1] <= capacity:
            heights[at] += heights[at + 1]
    for at in range(max(0, len(pieces) - _WITH_SIGNATURES), len(pieces)):
        following = sum(piece.height for piece in pieces[at:]) + tail
        if following <= capacity:
            heights[at] = following
    return heights


class _Tail:
    """Notes and signatures below the last table."""

    def __init__(self, doc: ReportDoc, pen: Pages, frame: Frame) -> None:
        self._pen = pen
        self._gap = frame.above_signatures
        self._notes = page_blocks.notes(doc.notes, pen.left, pen.width, frame)
        self._signatures = page_blocks.signatures(doc, pen.left, pen.width, frame)
        gaps = frame.below_table + self._gap
        self.height = gaps + sum(block.height for block in self._notes) + self._signatures.height

    def draw(self) -> None:
        """Long notes flow; the signatures stand together, with the last two lines of notes."""
        pen, signatures = self._pen, self._signatures
        for at, block in enumerate(self._notes):
            near_end = at >= len(self._notes) - 2
            following = sum(note.height for note in self._notes[at:])
            following += self._gap + signatures.height
            pen.ensure(following if near_end else block.height)
            pen.put(block)
        if signatures.height:
            pen.ensure(self._gap + signatures.height)
            pen.skip(self._gap)
            pen.put(signatures)
