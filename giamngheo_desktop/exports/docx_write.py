"""A paper as a Word document, to go on writing in; the same paper the PDF shows."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time
from functools import partial
from itertools import pairwise
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from giamngheo_desktop import texts
from giamngheo_desktop.domain.lengths import whole_length
from giamngheo_desktop.exports.docx_table import Block, Line, Step, closing_spans, table_xml
from giamngheo_desktop.exports.fixed_zip import repacked
from giamngheo_desktop.exports.xlsx_styles import FONT
from giamngheo_desktop.reports.column_parts import column_parts
from giamngheo_desktop.reports.document import (
    Align,
    Letterhead,
    PageBreak,
    Paragraph,
    ReportDoc,
    Run,
    Signature,
    Table,
)
from giamngheo_desktop.reports.fonts import Face, balanced, printable, text_width
from giamngheo_desktop.reports.imprint import footer
from giamngheo_desktop.reports.page_blocks import RULE, Frame, stands_beside
from giamngheo_desktop.reports.paragraphs import leader_lines
from giamngheo_desktop.reports.pdf import Style, style_of
from giamngheo_desktop.reports.widths import Fit, fit

_ALIGN = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    Align.JUSTIFY: WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_EARLIEST = datetime(2000, 1, 1)  # noqa: DTZ001 - the file format knows no zone
_WITH_SIGNATURES = 2  # groups of rows, notes: no page holds signatures alone
_NOTES_IN_TABLE = 4  # notes at most that stand with the last row of the table and the signatures
_NAME = 13.0
_RULE_SIZE = 7.0  # letters of a line made of them
_HIGH = 1.15  # a line against its letters, in Word
_TEMPLATE = Style(12.0, 1.25)
_MARGINS = {"left_margin": 30, "right_margin": 15, "top_margin": 20, "bottom_margin": 20}
_A4 = (210, 297)
_BODY = "word/document.xml"
_HOLE = b"<w:tbl/>"
_CELL_ROOM = 14.0  # points: Word's own margins in a cell, and a little
Fitting = Callable[[Table, float], Fit]  # how the columns of a table share a width


def render_docx(doc: ReportDoc, step: Step | None = None) -> bytes:
    """The document's bytes; the same paper gives the same bytes. See `render_docx_bundle`."""
    return render_docx_bundle((doc,), step)


def render_docx_bundle(
    docs: Sequence[ReportDoc], step: Step | None = None, *, template: Fitting | None = None
) -> bytes:
    """Papers one after the other, each a section with its own page numbers.

    A `template` shares widths in its own way, and keeps together only what the paper says.
    `step` is called every 200 rows; what it raises passes through. ValueError without a paper.
    """
    if not docs:
        raise ValueError("a bundle without papers")
    word = Document()
    word.styles["Normal"].font.name, word.styles["Normal"].font.size = FONT, Pt(13)
    # Word takes the font of letters beyond Latin from here.
    word.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    word.styles["Normal"].paragraph_format.space_after = Pt(0)
    word.styles["Normal"].paragraph_format.line_spacing = 1.0  # python-docx begins with 1.15
    tables: list[str] = []
    for number, doc in enumerate(docs):
        section = word.sections[0] if number == 0 else word.add_section(WD_SECTION.NEW_PAGE)
        if number:
            _flat(word.paragraphs[-1])
        _page(section, doc, number)
        style = _TEMPLATE if template else style_of(doc)
        _Paper(word, section, tables, step, style, template).write(doc)
    return _saved(word, docs[0], tables)


class _Paper:
    """Writes one paper at the end of a document; where a table belongs stands `_HOLE`, and the
    table itself goes into `tables`: the tree of a long one would take as long as all the rest.
    """

    def __init__(
        self,
        word: Any,
        section: Any,
        tables: list[str],
        step: Step | None,
        style: Style,
        template: Fitting | None,
    ) -> None:
        self._word, self._tables, self._step = word, tables, step
        self._style, self._frame = style, style.frame
        self._is_template = template is not None
        self._kept = 0 if template else _WITH_SIGNATURES
        self._fitting = template or partial(fit, largest=style.largest, low_headings=True)
        self._width = (section.page_width - section.left_margin - section.right_margin) / 12700

    def write(self, doc: ReportDoc) -> None:
        if doc.letterhead:
            self._letterhead(doc.letterhead)
            self._gap(self._frame.below_letterhead)
        if doc.form_number:
            self._line(doc.form_number, Align.RIGHT, 12, bold=True)
        for line in doc.title:
            self._heading(line, Face.BOLD, self._frame.title)
        if doc.rule and doc.title:
            self._rule(doc.title[-1])
        beside = stands_beside(doc, self._width, self._frame)
        for line in doc.subtitle[:-1] if beside else doc.subtitle:
            self._heading(line, Face.REGULAR, self._frame.subtitle)
        if beside:
            doc = self._unit_beside(doc)
        self._gap(self._frame.below_title)
        blocks, followed, notes = _closing(doc, self._frame), True, doc.notes
        for at, (before, piece) in enumerate(pairwise((None, *doc.body)), start=1):
            near_end = bool(blocks) and at > len(doc.body) - self._kept
            if isinstance(piece, Table) and isinstance(before, Paragraph) and not self._is_template:
                self._gap(self._frame.above_table, with_next=before.with_next or near_end)
            match piece:
                case Paragraph():
                    self._paragraph(replace(piece, with_next=piece.with_next or near_end))
                case PageBreak():
                    self._word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
                case Table() if at == len(doc.body) and len(notes) <= _NOTES_IN_TABLE:
                    kept = self._kept if near_end else 0
                    followed = not self._table(piece, kept=kept, notes=notes, closing=blocks)
                    if not followed:
                        notes = ()
                    elif notes:
                        self._below_table(with_next=near_end)
                case Table():
                    self._table(piece, kept=self._kept if near_end else 0)
                    self._below_table(with_next=near_end)
        for left, note in zip(range(len(notes), 0, -1), notes, strict=True):
            kept = bool(doc.signatures) and left <= self._kept
            self._line(note, Align.LEFT, self._frame.note, italic=True, with_next=kept)
        if blocks and followed:
            self._gap(self._frame.above_signatures, with_next=True)
            self._side_by_side([blocks], [1 / len(blocks)] * len(blocks))
        if blocks or isinstance(doc.body[-1], Table):
            _flat(self._word.add_paragraph())

    def _heading(self, line: str, face: Face, size: float) -> None:
        """In lines of about the same length; the marks of a template stand in one."""
        if not self._is_template:
            line = "\n".join(balanced(printable(line), face, size, self._width))
        self._line(line, Align.CENTER, size, bold=face is Face.BOLD)

    def _rule(self, title: str) -> None:
        """A short line below the last line of the title."""
        last = balanced(printable(title), Face.BOLD, self._frame.title, self._width)[-1]
        wide = text_width(last, Face.BOLD, self._frame.title) * RULE
        self._line(_rule(wide), Align.CENTER, _RULE_SIZE)

    def _unit_beside(self, doc: ReportDoc) -> ReportDoc:
        """Writes the subtitle's last line with the unit of the first table, which has none then."""
        table, *others = doc.body
        assert isinstance(table, Table)  # stands_beside has looked
        written, size = self._word.add_paragraph(), self._frame.subtitle
        stops = written.paragraph_format.tab_stops
        stops.add_tab_stop(Pt(self._width / 2), WD_TAB_ALIGNMENT.CENTER)
        stops.add_tab_stop(Pt(self._width), WD_TAB_ALIGNMENT.RIGHT)
        for run in (Run(doc.subtitle[-1]), Run(table.unit, italic=True)):
            written.add_run().add_tab()
            _run(written, run, size)
        return replace(doc, body=(replace(table, unit=""), *others))

    def _line(
        self,
        text: str,
        align: Align,
        size: float,
        *,
        bold: bool = False,
        italic: bool = False,
        with_next: bool = False,
    ) -> None:
        runs = (Run(text, bold, italic),)
        self._paragraph(Paragraph(runs=runs, align=align, size=size, above=0, with_next=with_next))

    def _gap(self, height: float, *, with_next: bool = False) -> None:
        self._line("", Align.LEFT, height / _HIGH, with_next=with_next)

    def _below_table(self, *, with_next: bool = False) -> None:
        self._gap(self._frame.below_table, with_next=with_next)

    def _paragraph(self, paragraph: Paragraph, into: Any = None) -> None:
        """Dots that go on to the next line are tabs with a leader: as dots they were one long word,
        for which the words before it are parted. A template keeps them, to be read back.
        """
        dots = 0 if into is not None or self._is_template else leader_lines(paragraph, self._width)
        if dots > 1:
            runs = tuple(_before_leader(paragraph))
            paragraph = replace(paragraph, runs=runs, align=Align.LEFT)
        written = (into or self._word).add_paragraph()
        written.alignment = _ALIGN[paragraph.align]
        form = written.paragraph_format
        form.space_before = Pt(paragraph.above)
        form.first_line_indent, form.left_indent = Mm(paragraph.first_line), Mm(paragraph.left)
        form.keep_with_next = paragraph.with_next
        for run in paragraph.runs:
            _run(written, run, paragraph.size)
        if dots > 1:
            _leaders(written, dots, self._width, paragraph.size)
        elif not paragraph.text:
            _mark_size(written, paragraph.size)

    def _table(
        self,
        whole: Table,
        *,
        kept: int,
        notes: Sequence[str] = (),
        closing: Sequence[Block] = (),
    ) -> bool:
        """Whether its last row holds what closes the paper."""
        *parts, last = column_parts(whole, self._fitting(whole, self._width))
        for part in parts:
            self._part(part.table, kept=0)
            self._below_table()
        return self._part(last.table, kept=kept, notes=notes, closing=closing)

    def _part(
        self,
        table: Table,
        *,
        kept: int,
        notes: Sequence[str] = (),
        closing: Sequence[Block] = (),
    ) -> bool:
        if table.title:
            self._line(table.title, Align.LEFT, 12, bold=True, with_next=True)
        if table.unit:
            self._line(table.unit, Align.RIGHT, 12, italic=True, with_next=True)
        fitted = self._fitting(table, self._width)
        if not (self._kept and closing and closing_spans(fitted.widths, len(closing))):
            closing = ()
        body = self._word.element.body
        body.insert(len(body) - 1, OxmlElement("w:tbl"))  # before the section's properties
        said = [(note, self._frame.note, False, True) for note in notes]
        self._tables.append(
            table_xml(
                table, fitted, self._step,
                pad=self._style.pad, kept=kept, notes=said, closing=closing,
                above_closing=self._frame.above_signatures,
            )
        )  # fmt: skip
        return bool(closing)

    def _letterhead(self, head: Letterhead) -> None:
        """Issuer and state side by side, as cells without lines, number and date in a row below, so
        that both stand on one line; a citizen's letter has no left. The line below the motto is as
        long as it, that of the issuer half of its last line.
        """
        motto = texts.PAPER["motto"]
        nation: list[Line] = [
            (texts.PAPER["nation"], 12, True, False),
            (motto, 13, True, False),
            (_rule(text_width(motto, Face.BOLD, 13)), _RULE_SIZE, False, False),
        ]
        if head.is_citizens:
            for text, size, bold, italic in nation:
                self._line(text, Align.CENTER, size, bold=bold, italic=italic)
            return
        issuer: list[Line] = [(line, 12, False, False) for line in head.superior]
        issuer += [(line, 12, True, False) for line in head.issuer]
        if head.issuer:
            issued_by = text_width(printable(head.issuer[-1]), Face.BOLD, 12)
            issuer.append((_rule(issued_by / 2), _RULE_SIZE, False, False))
        rows: list[list[Block]] = [[(Align.CENTER, issuer), (Align.CENTER, nation)]]
        if head.number or head.place_date:
            number: Line = (head.number, 13, False, False)
            dated: Line = (head.place_date, 13, False, True)
            rows.append([(Align.CENTER, [number]), (Align.CENTER, [dated])])
        wide = text_width(texts.PAPER["nation"], Face.BOLD, 12) + _CELL_ROOM
        share = max(0.45, wide / self._width)
        self._side_by_side(rows, (1 - share, share))

    def _side_by_side(self, rows: Sequence[Sequence[Block]], shares: Sequence[float]) -> None:
        table = self._word.add_table(rows=len(rows), cols=len(shares))
        table.autofit = False
        for row, blocks in zip(table.rows, rows, strict=True):
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            cells = zip(row.cells, table.columns, blocks, shares, strict=True)
            for cell, column, (align, lines), share in cells:
                cell.width = column.width = Pt(self._width * share)
                cell._tc.remove(cell.paragraphs[0]._p)  # a cell begins with an empty paragraph
                for text, size, bold, italic in lines or [("", 12, False, False)]:
                    runs = (Run(text, bold, italic),)
                    said = Paragraph(runs=runs, align=align, size=size, above=0)
                    self._paragraph(said, cell)


def _rule(wide: float) -> str:
    """A line about as wide as that, made of letters."""
    marks = whole_length(wide / text_width("_", Face.REGULAR, _RULE_SIZE))
    return "_" * max(1, marks)


def _closing(doc: ReportDoc, frame: Frame) -> list[Block]:
    """Recipients and signers, side by side from the left."""
    room = frame.signing_room
    if not any(one.name for one in doc.signatures):
        room -= _NAME * _HIGH  # a name that is missing has its line, too
    signers: list[Block] = [
        (Align.CENTER, _signature(one, frame.hint, room)) for one in doc.signatures
    ]
    if doc.recipients:
        listed: list[Line] = [(line, 11.0, False, False) for line in doc.recipients]
        heading: Line = (texts.PAPER["recipients"], 12.0, True, True)
        return [(Align.LEFT, [heading, *listed]), *signers]
    if len(signers) == 1:  # a single signer stands at the right, as on a letter
        signers.insert(0, (Align.CENTER, ()))
    return signers


def _signature(signer: Signature, hint: float, room: float) -> list[Line]:
    """`hint` is the size of its letters, `room` a height."""
    lines: list[Line] = [(signer.place_date, 13.0, False, True)] if signer.place_date else []
    lines += [(title, 13.0, True, False) for title in signer.titles]
    if signer.hint:
        lines.append((signer.hint, hint, False, True))
    lines.append(("", room / _HIGH, False, False))
    lines.append((signer.name, _NAME, True, False))
    return lines


def _before_leader(paragraph: Paragraph) -> Iterator[Run]:
    """Its runs without the dots at the end."""
    left = len(paragraph.text.rstrip().rstrip("."))
    for run in paragraph.runs:
        if left > 0:
            yield replace(run, text=run.text[:left])
        left -= len(run.text)


def _leaders(paragraph: Any, count: int, width: float, size: float) -> None:
    """Dots up to the right margin, on `count` lines; what is typed before them takes their room."""
    form = paragraph.paragraph_format
    form.keep_together = True
    form.tab_stops.add_tab_stop(Pt(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    for number in range(count):
        run = paragraph.add_run()
        run.font.size = Pt(size)
        if number:
            run.add_break()
        run.add_tab()


def _mark_size(paragraph: Any, size: float) -> None:
    """An empty paragraph is as high as its mark, not as the run that has no letters."""
    look, height = OxmlElement("w:rPr"), OxmlElement("w:sz")
    height.set(qn("w:val"), str(max(2, whole_length(size * 2))))
    look.append(height)
    paragraph._p.get_or_add_pPr().append(look)


def _flat(paragraph: Any) -> None:
    """Word ends a section with a paragraph: no height, else it may begin a page of its own."""
    form = paragraph.paragraph_format
    form.space_before, form.line_spacing = Pt(0), Pt(1)
    _mark_size(paragraph, 1)


def _run(paragraph: Any, run: Run, size: float) -> None:
    written = paragraph.add_run()
    for number, line in enumerate(printable(run.text).split("\n")):
        if number:
            written.add_break()
        written.add_text(line)
    written.bold, written.italic, written.font.size = run.bold or None, run.italic or None, Pt(size)


def _page(section: Any, doc: ReportDoc, number: int) -> None:
    """Paper, margins, the page number above from the second page, the data's date below."""
    short, long = _A4
    section.page_width, section.page_height = Mm(short), Mm(long)
    section.orientation = WD_ORIENT.PORTRAIT
    if doc.landscape:
        section.page_width, section.page_height = Mm(long), Mm(short)
        section.orientation = WD_ORIENT.LANDSCAPE
    for side, length in _MARGINS.items():
        setattr(section, side, Mm(length))
    section.different_first_page_header_footer = True
    restart = OxmlElement("w:pgNumType")
    restart.set(qn("w:start"), "1")
    section._sectPr.find(qn("w:cols")).addprevious(restart)  # Word wants its order
    if number == 0:
        header = section.header.paragraphs[0]
        header.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _page_number(header)
    shown = "    ".join(footer(doc).texts)
    for place in (section.footer, section.first_page_footer):
        place.is_linked_to_previous = False
        run = place.paragraphs[0].add_run(printable(shown))
        run.italic, run.font.size = True, Pt(9)


def _page_number(paragraph: Any) -> None:
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(13)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = text
        run._r.append(mark)


def _saved(word: Any, doc: ReportDoc, tables: Sequence[str]) -> bytes:
    made = datetime.combine(doc.data_date, time()) if doc.data_date else _EARLIEST
    properties = word.core_properties
    properties.title = printable(" ".join(doc.title) or doc.code)[:255]  # the format's limit
    author = " ".join(doc.letterhead.issuer) if doc.letterhead else ""
    properties.author = printable(author)[:255]
    properties.comments, properties.last_modified_by = "", ""
    properties.created = properties.modified = made
    target = io.BytesIO()
    word.save(target)
    with zipfile.ZipFile(target) as archive:
        first, *others = archive.read(_BODY).split(_HOLE)
    parts = [first]
    for table, rest in zip(tables, others, strict=True):
        parts += (table.encode(), rest)
    return repacked(target.getvalue(), {_BODY: b"".join(parts)})
