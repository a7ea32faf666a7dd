"""The Word template of a paper: what it prints with its fields as `{{marks}}`, then the guide.

Written by the writer of the papers themselves, so the template looks as the paper does;
`paper_template_read` is its inverse.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.paper_text import fingerprint
from giamngheo_desktop.domain.paper import (
    BY_HAND,
    Head,
    PaperBreak,
    PaperColumn,
    PaperDef,
    PaperGrid,
    PaperPiece,
    PaperRows,
    PaperText,
    Span,
    spans,
)
from giamngheo_desktop.domain.paper_facts import KNOWN, Known
from giamngheo_desktop.exports.docx_write import render_docx_bundle
from giamngheo_desktop.reports.document import (
    Align,
    Cell,
    Column,
    Letterhead,
    NumberFormat,
    PageBreak,
    Paragraph,
    Piece,
    ReportDoc,
    Row,
    Run,
    Signature,
    Table,
    text_column,
)
from giamngheo_desktop.reports.widths import Fit

TITLE_SIZE, ROW_SIZE, SMALL = 12.0, 11.0, 11.0  # of a table's title, its row, the guide
NUMBER_WEIGHT = 4  # of the column that counts rows, as `fill` gives it


def paper_template(paper: PaperDef) -> bytes:
    """The docx of a paper's template; the same paper gives the same bytes."""
    return render_docx_bundle((_Writer(paper).marked_doc(), _guide(paper)), template=_by_weight)


def _by_weight(table: Table, width: float) -> Fit:
    """Only the weights count: they are read back from the widths."""
    weights = [leaf.weight for leaf in table.leaves]
    return Fit(ROW_SIZE, tuple(weight * width / sum(weights) for weight in weights))


class _Writer:
    """Writes each field and list by its meaning, which `paper_marks` reads as its name."""

    def __init__(self, paper: PaperDef) -> None:
        self._paper = paper
        self._known = KNOWN[paper.subject]

    def marked_doc(self) -> ReportDoc:
        paper = self._paper
        return ReportDoc(
            code=paper.code,
            title=tuple(self._plain(line) for line in paper.title),
            subtitle=tuple(self._plain(line) for line in paper.subtitle),
            letterhead=self._letterhead(),
            form_number=self._plain(paper.corner),
            landscape=paper.landscape,
            body=tuple(piece for one in paper.body for piece in self._pieces(one)),
            recipients=tuple(self._plain(line) for line in paper.recipients),
            signatures=tuple(
                Signature(
                    titles=tuple(self._plain(title) for title in signer.titles),
                    hint=signer.hint,
                    name=self._plain(signer.name),
                )
                for signer in paper.signers
            ),
        )

    def _letterhead(self) -> Letterhead | None:
        paper = self._paper
        if paper.head is Head.NONE:
            return None
        if paper.head is Head.STATE:
            return Letterhead(issuer=())
        if paper.head is Head.VILLAGE:
            left = paper.issuer or ("{office.issuer}",)
            return Letterhead(
                superior=tuple(self._plain(line) for line in left),
                issuer=(self._plain("{village.full}"),),
            )
        own = bool(paper.issuer)
        superior, issuer = (paper.superior, paper.issuer) if own else (SUPERIOR, ISSUER)
        tail = number_tail(paper)
        of_paper = f"{self._plain('{paper.number}')}/{tail}"
        number = texts.PAPER["number"].format(number=of_paper) if tail else ""
        return Letterhead(
            superior=tuple(self._plain(line) for line in superior),
            issuer=tuple(self._plain(line) for line in issuer),
            number=number,
            place_date=self._plain("{paper.place_date}"),
        )

    def _pieces(self, piece: PaperPiece) -> Iterator[Piece]:
        condition = self._condition(piece.when)
        match piece:
            case PaperBreak():
                if condition:
                    yield Paragraph(runs=(Run(condition),), align=Align.LEFT, above=0)
                yield PageBreak()
            case PaperText():
                each = f"{{{{*{self._list(piece.each)}}}}}" if piece.each else ""
                marks = (Run(condition + each),) if condition or each else ()
                yield Paragraph(
                    runs=(*marks, *self._runs(piece)),
                    align=Align(piece.align),
                    size=piece.size or self._paper.size,
                    first_line=piece.first_line,
                    left=piece.left,
                    above=piece.above,
                    with_next=piece.with_next,
                )
            case PaperRows():
                yield _title(f"{condition}{self._list_mark(piece)}{self._plain(piece.title)}")
                yield self._rows(piece)
                if piece.empty:
                    text = f"{{{{!{self._list(piece.rows)}}}}}{piece.empty}"
                    yield Paragraph(runs=(Run(text, italic=True),), align=Align.LEFT, size=SMALL)
            case PaperGrid():
                if condition or piece.title:
                    yield _title(f"{condition}{self._plain(piece.title)}")
                yield self._grid(piece)

    def _rows(self, piece: PaperRows) -> Table:
        columns = tuple(self._column(column) for column in piece.columns)
        known = self._known.rows.get(piece.rows, {})
        cells = [_field_cell(leaf, known) for leaf in piece.leaves()]
        if piece.number:
            number = text_column(piece.number, "tt", weight=NUMBER_WEIGHT, align=Align.CENTER)
            columns, cells = (number, *columns), ["1", *cells]
        return _table(columns, [cells])

    def _grid(self, piece: PaperGrid) -> Table:
        columns = tuple(self._column(column) for column in piece.columns)
        return _table(columns, [[self._plain(text) for text in line] for line in piece.lines])

    def _column(self, column: PaperColumn) -> Column:
        """Of texts, standing where the values of the paper will stand."""
        usual = Align.LEFT if column.format == "text" else Align.RIGHT
        return Column(
            self._plain(column.label),
            column.field,
            column.number,
            format=NumberFormat.TEXT,
            align=Align(column.align) if column.align else usual,
            weight=column.weight,
            columns=tuple(self._column(child) for child in column.columns),
        )

    def _list(self, name: str) -> str:
        return spoken(name, self._known.lists)

    def _list_mark(self, piece: PaperRows) -> str:
        lines = f":{piece.lines}" if piece.lines or piece.spare or piece.final else ""
        spare = f"+{piece.spare}" if piece.spare else ""
        return f"{{{{*{self._list(piece.rows)}{lines}{spare}{'!' if piece.final else ''}}}}}"

    def _condition(self, when: str) -> str:
        if not when:
            return ""
        name = when.removeprefix("!")
        return f"{{{{?{'!' if name != when else ''}{spoken(name, self._known.conditions)}}}}}"

    def _runs(self, piece: PaperText) -> tuple[Run, ...]:
        """A line for each of a list has the fields of that, too."""
        known = {**self._known.fields, **self._known.rows.get(piece.each, {})}
        return tuple(Run(_shown(span, known), span.bold, span.italic) for span in spans(piece.text))

    def _plain(self, text: str) -> str:
        return "".join(_shown(span, self._known.fields) for span in spans(text))


def spoken(name: str, known: Mapping[str, str]) -> str:
    """A field or list as an officer reads it: its meaning."""
    return known.get(name, name)


def _shown(span: Span, known: Mapping[str, str]) -> str:
    if not span.field:
        return span.text
    written = span.written[1:-1].removeprefix(span.field)  # how many dots, where it is told
    return f"{{{{{spoken(span.field, known)}{written}}}}}"


def _field_cell(leaf: PaperColumn, known: Mapping[str, str]) -> str:
    if leaf.field.startswith(BY_HAND):
        return ""
    shape = "" if leaf.format == "text" else f":{texts.TEMPLATE_FORMATS[leaf.format]}"
    return f"{{{{{spoken(leaf.field, known)}{shape}}}}}"


SUPERIOR, ISSUER = ("{office.superior}",), ("{office.issuer}",)


def number_tail(paper: PaperDef) -> str:
    """What follows the number of a paper: `QĐ-UBND`."""
    of_kind = texts.PAPER["number_of"].format(kind=paper.kind) if paper.kind else ""
    return paper.series or of_kind


def _title(text: str) -> Paragraph:
    return Paragraph(
        runs=(Run(text, bold=True),), align=Align.LEFT, size=TITLE_SIZE, above=0, with_next=True
    )


def _table(columns: tuple[Column, ...], lines: list[list[str]]) -> Table:
    names = sum(1 for _ in columns[0].leaves())
    rows = (Row(tuple(line[:names]), tuple(Cell(text) for text in line[names:])) for line in lines)
    return Table(labels=columns[:1], columns=columns[1:], rows=tuple(rows))


def _guide(paper: PaperDef) -> ReportDoc:
    known = KNOWN[paper.subject]
    body: list[Piece] = [
        Paragraph(runs=(Run(line),), align=Align.LEFT, size=SMALL) for line in texts.TEMPLATE_GUIDE
    ]
    body += _catalogue(known)
    origin = texts.PAPER_TEMPLATE["origin"].format(mark=fingerprint(paper))
    body.append(Paragraph(runs=(Run(origin, italic=True),), align=Align.LEFT, size=SMALL, above=6))
    return ReportDoc(
        code=paper.code,
        title=(texts.TEMPLATE_GUIDE_TITLE,),
        body=tuple(body),
        landscape=False,
    )


def _catalogue(known: Known) -> Iterator[Table]:
    yield _named(texts.PAPER_TEMPLATE["fields"], known.fields)
    for name, fields in known.rows.items():
        yield _named(texts.PAPER_TEMPLATE["rows"].format(name=known.lists[name]), fields)


def _named(title: str, fields: Mapping[str, str]) -> Table:
    """The marks to copy, two in a line."""
    marks = [f"{{{{{label}}}}}" for label in fields.values()]
    lines = zip_longest(marks[::2], marks[1::2], fillvalue="")
    heading = texts.PAPER_TEMPLATE["field"]
    return Table(
        labels=(text_column(heading, "left", weight=50),),
        columns=(text_column(heading, "right", weight=50),),
        rows=tuple(Row((left,), (Cell(right),)) for left, right in lines),
        title=title,
    )
