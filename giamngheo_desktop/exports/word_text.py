"""What a Word document says, as plain values: lines with their look, tables with their cells.

Looks follow the styles as Word resolves them; what has no place in a paper is named in `warnings`
(keys of `texts.TEMPLATE_WARNINGS`).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from giamngheo_desktop.domain.lengths import whole_length
from giamngheo_desktop.exports.word_looks import Looks, on, twips

_TWIPS_PER_MM = 56.6929
_PAGE = "\f"  # stands in the text of a run for a page break
_SYMBOL = "☐"  # what a letter of a symbol font nearly always is in a form


@dataclass(frozen=True, slots=True)
class Stretch:
    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph; sizes and rooms in points, indents in mm. `breaks`: a new page begins here."""

    stretches: tuple[Stretch, ...] = ()
    align: str = "left"
    size: float = 0
    first_line: int = 0
    left: int = 0
    above: int = 0
    below: int = 0
    with_next: bool = False
    breaks: bool = False

    @property
    def text(self) -> str:
        return "".join(stretch.text for stretch in self.stretches)

    @property
    def is_empty(self) -> bool:
        return not self.text.strip()

    def all_are(self, face: str) -> bool:
        told = [one for one in self.stretches if one.text.strip()]
        return bool(told) and all(getattr(one, face) for one in told)


@dataclass(frozen=True, slots=True)
class WordCell:
    """`left` is its first grid column, `span` how many it covers; `joined` to the one above."""

    lines: tuple[Line, ...]
    left: int
    span: int = 1
    joined: bool = False

    @property
    def text(self) -> str:
        return "\n".join(line.text.strip() for line in self.lines).strip()


@dataclass(frozen=True, slots=True)
class WordTable:
    rows: tuple[tuple[WordCell, ...], ...]
    heads: int  # rows that repeat on every page
    widths: tuple[int, ...]  # twips
    bordered: bool


Block = Line | WordTable


@dataclass(slots=True)
class WordFile:
    blocks: list[Block] = field(default_factory=list)
    landscape: bool = False
    warnings: dict[str, None] = field(default_factory=dict)


def read_word(data: bytes) -> WordFile:
    """Any error of python-docx and its XML reader may come out: call it where that is expected."""
    word = Document(io.BytesIO(data))
    reader = _Reader(Looks(word))
    reader.read(word.element.body)
    sections = word.sections
    width, height = sections[0].page_width, sections[0].page_height
    reader.found.landscape = width is not None and height is not None and width > height
    for section in sections:
        for part in (section.header, section.footer, section.first_page_header,
                     section.first_page_footer):  # fmt: skip
            if not part.is_linked_to_previous and _says(part._element):
                reader.warn("page_text")
    return reader.found


def _says(part: Any) -> bool:
    """Whether a header or footer holds more than a page number."""
    return any((text.text or "").strip(" -–/0123456789") for text in part.iter(qn("w:t")))


class _Reader:
    def __init__(self, looks: Looks) -> None:
        self.found = WordFile()
        self._looks = looks
        self._counts: dict[tuple[str, str], int] = {}

    def warn(self, what: str) -> None:
        self.found.warnings[what] = None

    def read(self, body: Any) -> None:
        for block in self._blocks(body):
            self.found.blocks.append(block)

    def _blocks(self, parent: Any) -> Iterator[Block]:
        for element in parent:
            tag = element.tag
            if tag == qn("w:p"):
                yield from self._lines(element)
            elif tag == qn("w:tbl"):
                yield self._table(element)
            elif tag == qn("w:sdt"):
                for content in element.iterchildren(qn("w:sdtContent")):
                    yield from self._blocks(content)
            elif tag in (qn("w:ins"), qn("w:moveTo"), qn("w:smartTag"), qn("w:customXml")):
                yield from self._blocks(element)

    # -- paragraphs -----------------------------------------------------------------------------

    def _lines(self, p: Any) -> Iterator[Line]:
        look = self._looks.paragraph(p)
        runs = [(run, self._looks.run(run, p)) for run in _runs(p)]
        stretches = [
            Stretch(self._text(run, caps=shape.caps), shape.bold, shape.italic)
            for run, shape in runs
            if not shape.hidden
        ]
        sizes = [shape.size for run, shape in runs if _has_text(run)]
        if any(shape.coloured for run, shape in runs if _has_text(run)):
            self.warn("colour")
        if numbered := self._number(p):
            stretches.insert(0, Stretch(numbered))
        line = Line(
            stretches=tuple(self._tabbed(stretches, look.stops, sizes[0] if sizes else 13)),
            align=look.align,
            size=sizes[0] if sizes else self._looks.mark_size(p),
            first_line=_mm(look.first_line),
            left=_mm(look.left),
            above=whole_length(look.above / 20),
            below=whole_length(look.below / 20),
            with_next=look.with_next,
            breaks=look.new_page,
        )
        yield from _at_breaks(line)
        if p.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
            yield Line(breaks=True)

    def _text(self, run: Any, *, caps: bool) -> str:
        parts = []
        for child in run:
            tag = child.tag
            if tag == qn("w:t"):
                parts.append(child.text or "")
            elif tag == qn("w:tab"):
                parts.append("\t")
            elif tag == qn("w:br"):
                parts.append(_PAGE if child.get(qn("w:type")) == "page" else "\n")
            elif tag == qn("w:cr"):
                parts.append("\n")
            elif tag == qn("w:noBreakHyphen"):
                parts.append("-")
            elif tag == qn("w:sym"):
                parts.append(_SYMBOL)
            elif tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
                self.warn("note")
            elif tag in (qn("w:drawing"), qn("w:pict"), qn("w:object")) or tag.endswith(
                "}AlternateContent"
            ):
                self.warn("picture")
        text = "".join(parts)
        return text.upper() if caps else text

    def _tabbed(
        self, stretches: list[Stretch], stops: tuple[tuple[int, bool], ...], size: float
    ) -> Iterator[Stretch]:
        """Tabs as dots up to a stop with a leader, else as a wide blank."""
        at = 0.0  # twips, as far as letters of usual width reach
        for stretch in stretches:
            parts = []
            for letter in stretch.text:
                if letter != "\t":
                    parts.append(letter)
                    at = 0.0 if letter == "\n" else at + size * 10
                    continue
                self.warn("tab")
                stop, leads = next((one for one in stops if one[0] > at + 100), (0, False))
                parts.append("." * max(8, int((stop - at) / (size * 5))) if leads else "\u2003")
                at = max(at + size * 10, float(stop))
            yield replace(stretch, text="".join(parts))

    def _number(self, p: Any) -> str:
        """The number or dash Word would print before a paragraph of a list."""
        level = self._looks.numbering(p)
        if level is None:
            return ""
        if level.bullet:
            return "– "
        self.warn("numbering")
        key = (level.number, level.depth)
        self._counts[key] = self._counts.get(key, level.start - 1) + 1
        return level.shown(self._counts[key])

    # -- tables ---------------------------------------------------------------------------------

    def _table(self, tbl: Any) -> WordTable:
        rows: list[tuple[WordCell, ...]] = []
        heads = 0
        for row in _children(tbl, "w:tr"):
            properties = row.find(qn("w:trPr"))
            head = None if properties is None else properties.find(qn("w:tblHeader"))
            if head is not None and on(head) and heads == len(rows):
                heads += 1
            rows.append(tuple(self._cells(row)))
        grid = tbl.find(qn("w:tblGrid"))
        found = [] if grid is None else grid.findall(qn("w:gridCol"))
        widths = tuple(twips(one, "w:w") for one in found)
        return WordTable(tuple(rows), heads, widths, self._looks.is_bordered(tbl))

    def _cells(self, row: Any) -> Iterator[WordCell]:
        before = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
        left = 0 if before is None else int(before.get(qn("w:val"), 0))
        for cell in _children(row, "w:tc"):
            properties = cell.find(qn("w:tcPr"))
            span, joined = 1, False
            if properties is not None:
                wide, merge = properties.find(qn("w:gridSpan")), properties.find(qn("w:vMerge"))
                span = 1 if wide is None else int(wide.get(qn("w:val"), 1))
                joined = merge is not None and merge.get(qn("w:val")) != "restart"
            lines: list[Line] = []
            for block in self._blocks(cell):
                if isinstance(block, WordTable):
                    self.warn("nested")
                    lines += [line for row in block.rows for one in row for line in one.lines]
                else:
                    lines.append(block)
            yield WordCell(tuple(lines), left, span, joined)
            left += span


def _children(parent: Any, tag: str) -> Iterator[Any]:
    """Also those Word put into a content control or an insertion."""
    for child in parent:
        if child.tag == qn(tag):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
            yield from _children(child, tag)


_WRAPS = tuple(
    qn(f"w:{name}")
    for name in ("ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple",
                 "customXml", "dir", "bdo")
)  # fmt: skip


def _runs(parent: Any) -> Iterator[Any]:
    """The runs that are printed: not what a tracked change has deleted."""
    for child in parent:
        if child.tag == qn("w:r"):
            yield child
        elif child.tag in _WRAPS:
            yield from _runs(child)


def _has_text(run: Any) -> bool:
    return any((text.text or "").strip() for text in run.findall(qn("w:t")))


def _at_breaks(line: Line) -> Iterator[Line]:
    """A paragraph parted where a page break stands in it."""
    if not any(_PAGE in one.text for one in line.stretches):
        yield line
        return
    part: list[Stretch] = []
    breaks = line.breaks
    for stretch in line.stretches:
        first, *rest = stretch.text.split(_PAGE)
        part.append(replace(stretch, text=first))
        for text in rest:
            if any(one.text.strip() for one in part):
                yield replace(line, stretches=tuple(part), breaks=breaks)
                breaks = False
            elif breaks:
                yield Line(breaks=True)
            part, breaks = [replace(stretch, text=text)], True
    if any(one.text.strip() for one in part):
        yield replace(line, stretches=tuple(part), breaks=breaks)
    else:
        yield Line(breaks=True)


def _mm(length: int) -> int:
    return whole_length(length / _TWIPS_PER_MM)
