"""Fills the definition of a paper with facts; pure, so a blank paper is one without facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from giamngheo_desktop import texts
from giamngheo_desktop.domain.issued import padded
from giamngheo_desktop.domain.paper import (
    Certainty,
    Head,
    PaperBreak,
    PaperColumn,
    PaperDef,
    PaperGrid,
    PaperPiece,
    PaperRows,
    PaperSigner,
    PaperText,
    spans,
)
from giamngheo_desktop.domain.paper_facts import BLANK_FACTS, PRINTED_LATER, Facts
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
)
from giamngheo_desktop.reports.imprint import program

_DOT = "."
_ROOM = " " * 8  # for a number written by hand


def fill(paper: PaperDef, facts: Facts = BLANK_FACTS) -> ReportDoc:
    """The document of a paper; what no fact says stays dotted, to be written by hand."""
    return ReportDoc(
        code=paper.code,
        title=_lines(paper.title, facts),
        subtitle=_lines(paper.subtitle, facts),
        letterhead=_letterhead(paper, facts),
        form_number=_corner(paper, facts),
        landscape=paper.landscape,
        close=paper.close,
        body=tuple(_apart(_pieces(paper, facts))),
        notes=facts.notes,
        recipients=_lines(paper.recipients, facts),
        signatures=tuple(_signature(signer, facts) for signer in paper.signers),
        data_date=facts.data_date,
        footer=facts.text("paper.footer"),
        standard=facts.standard,
        program=program(),
        extra={"version": str(paper.version), "certainty": paper.certainty.value},
    )


def _corner(paper: PaperDef, facts: Facts) -> str:
    """What stands at the right above the title; no number of a form nobody is sure of."""
    number = paper.form_number if paper.certainty is Certainty.CONFIRMED else ""
    return "\n".join(filter(None, (number, _plain(paper.corner, facts))))


def _lines(lines: Iterable[str], facts: Facts) -> tuple[str, ...]:
    filled = (_plain(line, facts) for line in lines)
    return tuple(line for line in filled if line)


def _whole_lines(lines: Iterable[str], facts: Facts) -> tuple[str, ...]:
    """A fact of several lines stands in as many."""
    return tuple(line for text in _lines(lines, facts) for line in text.splitlines())


def _plain(text: str, facts: Facts) -> str:
    return "".join(run.text for run in _runs(text, facts.values))


def _runs(text: str, values: Mapping[str, object]) -> Iterator[Run]:
    for span in spans(text):
        known = str(values.get(span.field, "")) if span.field else span.text
        yield Run(known or _DOT * span.dots, span.bold, span.italic)


def _letterhead(paper: PaperDef, facts: Facts) -> Letterhead | None:
    if paper.head is Head.NONE:
        return None
    if paper.head is Head.STATE:
        return Letterhead(issuer=())
    issuer = _whole_lines(paper.issuer, facts) or tuple(facts.text("office.issuer").splitlines())
    if paper.head is Head.VILLAGE:
        village = facts.text("village.full").upper()
        return Letterhead(superior=issuer, issuer=(village or texts.PAPER["blank_village"],))
    superior: tuple[str, ...] = tuple(filter(None, (facts.text("office.superior"),)))
    if paper.issuer:
        superior = _whole_lines(paper.superior, facts)
    return Letterhead(
        superior=superior,
        issuer=issuer,
        number=_number(paper, facts.text("paper.number")),
        place_date=facts.text("paper.place_date") or texts.place_and_date("", None, None),
    )


def _number(paper: PaperDef, typed: str) -> str:
    """`Số: 05/QĐ-UBND`; what is typed behind the number stays, `/XN` leaves room before it."""
    tail = paper.series or (texts.PAPER["number_of"].format(kind=paper.kind) if paper.kind else "")
    if not tail:
        return ""
    number, has_sign, sign = typed.partition("/")
    whole = padded(f"{number or _ROOM}/{sign if has_sign else tail}")
    return texts.PAPER["number"].format(number=whole)


def _pieces(paper: PaperDef, facts: Facts) -> Iterator[Piece]:
    for piece in paper.body:
        if facts.has(piece.when):
            yield from _piece(piece, paper, facts)


def _apart(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """A fixed table begins a page: nothing above it moves it."""
    before: Piece | None = None
    for piece in pieces:
        if isinstance(piece, Table) and piece.fixed and not isinstance(before, PageBreak):
            yield PageBreak()
        yield piece
        before = piece


def _piece(piece: PaperPiece, paper: PaperDef, facts: Facts) -> Iterator[Piece]:
    match piece:
        case PaperBreak():
            yield PageBreak()
        case PaperRows():
            yield _table(piece, facts)
        case PaperGrid():
            yield _grid(piece, facts)
        case PaperText():
            each = facts.rows.get(piece.each, ({},)) if piece.each else ({},)
            for row in each:
                values = {**facts.values, **row}
                yield Paragraph(
                    runs=tuple(_runs(piece.text, values)),
                    align=_align(piece, values),
                    size=piece.size or paper.size,
                    first_line=piece.first_line,
                    left=piece.left,
                    above=piece.above,
                    with_next=piece.with_next,
                )


def _align(piece: PaperText, values: Mapping[str, object]) -> Align:
    """Dots are one long word: a line before them would be pulled apart to both margins."""
    dotted = any(not values.get(name) for name in piece.fields())
    align = Align(piece.align)
    return Align.LEFT if dotted and align is Align.JUSTIFY else align


def _table(piece: PaperRows, facts: Facts) -> Table:
    found = facts.rows.get(piece.rows, ())
    leaves = piece.leaves()
    told = [[row.get(leaf.field, "") for leaf in leaves] for row in found]
    columns = tuple(_column(column, facts) for column in piece.columns)
    if piece.number:
        number = Column(piece.number, "tt", format=NumberFormat.TEXT, align=Align.CENTER, weight=4)
        columns = (number, *columns)
        told = [[at, *row] for at, row in enumerate(told, start=1)]
    names = sum(1 for _ in columns[0].leaves())  # the first column names the row
    rows = [Row(tuple(map(str, row[:names])), tuple(map(Cell, row[names:]))) for row in told]
    width = len(leaves) + bool(piece.number)
    empty = Row(("",) * names, (Cell(""),) * (width - names))
    if not (piece.final and piece.rows in facts.rows):
        spare = piece.spare if found else 0
        rows += [empty] * max(piece.lines - len(rows), spare)
    return Table(
        labels=columns[:1],
        columns=columns[1:],
        rows=tuple(rows),
        title=_plain(piece.title, facts),
        empty=piece.empty,
        fixed=piece.rows in PRINTED_LATER,
    )


def _grid(piece: PaperGrid, facts: Facts) -> Table:
    columns = tuple(_column(column, facts) for column in piece.columns)
    names = sum(1 for _ in columns[0].leaves())
    filled = [[_plain(text, facts) for text in line] for line in piece.lines]
    return Table(
        labels=columns[:1],
        columns=columns[1:],
        rows=tuple(Row(tuple(line[:names]), tuple(map(Cell, line[names:]))) for line in filled),
        title=_plain(piece.title, facts),
    )


def _column(column: PaperColumn, facts: Facts) -> Column:
    return Column(
        _plain(column.label, facts),
        column.field,
        column.number,
        format=NumberFormat(column.format),
        align=Align(column.align) if column.align else None,
        weight=column.weight,
        columns=tuple(_column(child, facts) for child in column.columns),
    )


def _signature(signer: PaperSigner, facts: Facts) -> Signature:
    return Signature(
        titles=_lines(signer.titles, facts),
        hint=signer.hint,
        name="".join(
            str(facts.values.get(span.field, "")) if span.field else span.text
            for span in spans(signer.name)
        ),
    )
