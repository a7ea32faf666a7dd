"""A paper as data: its letterhead, the pieces of its body and who signs; knows no writer.

Texts may hold `{field}`, filled from the facts of the paper's subject, `{field:30}` prints 30 dots
where the fact is missing or the paper is blank; `**bold**` and `__italic__` mark letters.
`tidy` writes such a text in the one form that two equal texts share.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

_FIELD = re.compile(r"\{([a-z_][a-z0-9_.]*)(?::(\d+))?\}")
_MARK = re.compile(r"(\*\*|__)")
_DOTS = 20  # of a field that does not say how many
BY_HAND = "_"  # begins the key of a column that no fact fills


class Subject(StrEnum):
    """Whom or what a paper is about: which facts can fill it."""

    HOUSEHOLD = "household"
    APPLICATION = "application"  # giấy đề nghị, or the household that may write one
    CASE = "case"  # a household in a review
    CERTIFICATE = "certificate"
    REVIEW_VILLAGE = "review_village"  # a village in a review: its list, meeting, posting
    DECISION = "decision"  # of a review under one of its standards
    CONFIRMATION = "confirmation"  # what is confirmed of a household or a member
    CONFIRMATION_BOOK = "confirmation_book"  # sổ cấp giấy of a year


class Certainty(StrEnum):
    """What stands behind the wording of a paper."""

    CONFIRMED = "confirmed"  # read in the law or on the form itself
    TO_CONFIRM = "to_confirm"  # known in part, or second-hand: shown as *chưa đối chiếu*
    OWN = "own"  # a paper of the commune's own, for which no form exists


class Head(StrEnum):
    """What stands on top of a paper."""

    OFFICE = "office"  # issuing body, number, state and motto, place and day
    VILLAGE = "village"  # the commune with the village below it, no number
    STATE = "state"  # state and motto only: what a citizen writes
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text of one look; a field keeps its name until it is filled."""

    text: str
    field: str = ""
    dots: int = 0
    bold: bool = False
    italic: bool = False

    @property
    def written(self) -> str:
        """As it stands in a definition, without the marks of its face."""
        if not self.field:
            return self.text
        return f"{{{self.field}}}" if self.dots == _DOTS else f"{{{self.field}:{self.dots}}}"


def spans(text: str) -> tuple[Span, ...]:
    """The stretches of a text with its marks read; ValueError where a mark is not closed."""
    found: list[Span] = []
    bold = italic = False
    for part in _MARK.split(text):
        if part == "**":
            bold = not bold
        elif part == "__":
            italic = not italic
        elif part:
            found += _fields(part, bold, italic)
    if bold or italic:
        raise ValueError(text)
    return tuple(found)


def _fields(text: str, bold: bool, italic: bool) -> Iterator[Span]:
    end = 0
    for match in _FIELD.finditer(text):
        if match.start() > end:
            yield Span(text[end : match.start()], bold=bold, italic=italic)
        dots = int(match[2]) if match[2] else _DOTS
        yield Span("", match[1], dots, bold, italic)
        end = match.end()
    if end < len(text):
        yield Span(text[end:], bold=bold, italic=italic)


def marked(found: Iterable[Span]) -> str:
    """The inverse of `spans`, with marks only where the face changes."""
    parts: list[str] = []
    bold = italic = False
    for span in found:
        parts += ["**"] * (bold != span.bold) + ["__"] * (italic != span.italic)
        bold, italic = span.bold, span.italic
        parts.append(span.written)
    return "".join([*parts, *["**"] * bold, *["__"] * italic])


def tidy(text: str) -> str:
    return marked(spans(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperText:
    """A paragraph, or one for each row of `each`; `when` names the facts it is printed with.

    `when` may begin with `!`: printed where the fact is missing. `first_line` and `left` are
    indents in mm, `above` points of room, `size` 0 the size of the paper.
    """

    text: str
    align: str = "justify"  # left center right justify
    size: float = 0
    first_line: float = 0
    left: float = 0
    above: float = 3
    each: str = ""
    when: str = ""
    with_next: bool = False

    def fields(self) -> Iterator[str]:
        yield from (span.field for span in spans(self.text) if span.field)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperColumn:
    """A column of a table of rows: a group of `columns`, or a leaf with the field it prints.

    `format` is that of its values: text, count, rate or money.
    """

    label: str
    field: str = ""
    format: str = "text"
    weight: int = 10
    align: str = ""  # empty: texts left, numbers right
    number: str = ""
    columns: tuple[PaperColumn, ...] = ()

    def leaves(self) -> Iterator[PaperColumn]:
        if not self.columns:
            yield self
        for column in self.columns:
            yield from column.leaves()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRows:
    """A table with a line for each row of the facts `rows`, and at least `lines` lines.

    A blank paper has `lines` empty ones, `spare` follow the rows of a filled one; a filled one
    that is `final` has none at all, so that nothing is written into it. Without rows and lines
    `empty` is printed. Labels of columns may hold fields. `number` heads the column that counts the
    rows, empty: there is none. A column whose key begins with `BY_HAND` stays empty.
    """

    rows: str
    columns: tuple[PaperColumn, ...]
    lines: int = 0
    spare: int = 0
    final: bool = False
    title: str = ""
    empty: str = ""
    number: str = "TT"
    when: str = ""

    def leaves(self) -> tuple[PaperColumn, ...]:
        return tuple(leaf for column in self.columns for leaf in column.leaves())


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperGrid:
    """A table of standing texts, which may hold fields: a row has a text for each leaf."""

    columns: tuple[PaperColumn, ...]
    lines: tuple[tuple[str, ...], ...]
    title: str = ""
    when: str = ""

    def leaves(self) -> tuple[PaperColumn, ...]:
        return tuple(leaf for column in self.columns for leaf in column.leaves())

    def texts(self) -> Iterator[str]:
        yield self.title
        for column in self.columns:
            yield from _labels(column)
        for line in self.lines:
            yield from line


def _labels(column: PaperColumn) -> Iterator[str]:
    yield column.label
    for child in column.columns:
        yield from _labels(child)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperBreak:
    """The rest begins on a new page."""

    when: str = ""


PaperPiece = PaperText | PaperRows | PaperGrid | PaperBreak


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSigner:
    """Who signs: titles, the hint below them, the field or text of the name."""

    titles: tuple[str, ...]
    hint: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDef:
    """One kind of paper. `form_number` ("Mẫu số 04") is printed only where `certainty` allows it.

    `kind` is the abbreviation of NĐ 30/2020 in its number ("QĐ", "TB", "GM"), empty where the
    paper has none; `series` is what follows the number of a paper numbered otherwise. `superior`
    and `issuer` are the lines at the left of the head where they are not those of the office.
    `corner`
    stands at the right above the title. `copies` is how many are signed; the papers named in
    `attached` are printed behind it.
    """

    code: str
    version: int
    label: str
    valid_from: date
    valid_to: date | None
    legal_basis: str
    certainty: Certainty
    subject: Subject
    head: Head
    title: tuple[str, ...]
    subtitle: tuple[str, ...] = ()
    kind: str = ""
    series: str = ""
    superior: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    form_number: str = ""
    corner: str = ""
    landscape: bool = False
    size: float = 13
    copies: int = 1
    close: bool = False  # in small letters: a form of many questions
    results: bool = False  # tells results: nobody without one may stand in it
    body: tuple[PaperPiece, ...]
    signers: tuple[PaperSigner, ...] = ()
    recipients: tuple[str, ...] = ()
    attached: tuple[str, ...] = ()

    def fields(self) -> Iterator[str]:
        """Every field it prints that is not one of a row, in paper order; some more than once."""
        heads = (*self.superior, *self.issuer, self.corner, *self.title, *self.subtitle)
        for line in (*heads, *self.recipients):
            yield from (span.field for span in spans(line) if span.field)
        for piece in self.body:
            if isinstance(piece, PaperText) and not piece.each:
                yield from piece.fields()
            elif isinstance(piece, PaperRows):
                for line in (piece.title, *(column.label for column in piece.columns)):
                    yield from (span.field for span in spans(line) if span.field)
            elif isinstance(piece, PaperGrid):
                for line in piece.texts():
                    yield from (span.field for span in spans(line) if span.field)
            if piece.when:
                yield piece.when.removeprefix("!")
        for signer in self.signers:
            for line in (*signer.titles, signer.name):
                yield from (span.field for span in spans(line) if span.field)


def canonical(paper: PaperDef) -> PaperDef:
    """The same paper with every text and every default written in the one way."""
    return replace(
        paper,
        superior=_tidied(paper.superior),
        issuer=_tidied(paper.issuer),
        corner=tidy(paper.corner),
        title=_tidied(paper.title),
        subtitle=_tidied(paper.subtitle),
        recipients=_tidied(paper.recipients),
        body=tuple(_tidy_piece(piece, paper.size) for piece in paper.body),
        signers=tuple(
            replace(signer, titles=_tidied(signer.titles), name=tidy(signer.name))
            for signer in paper.signers
        ),
    )


def _tidied(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(tidy(line) for line in lines)


def _tidy_piece(piece: PaperPiece, size: float) -> PaperPiece:
    match piece:
        case PaperText():
            own = 0 if piece.size == size else piece.size
            return replace(piece, text=tidy(piece.text), size=own)
        case PaperRows():
            columns = tuple(_tidy_column(column) for column in piece.columns)
            return replace(piece, title=tidy(piece.title), columns=columns)
        case PaperGrid():
            columns = tuple(_tidy_column(column) for column in piece.columns)
            lines = tuple(_tidied(line) for line in piece.lines)
            return replace(piece, title=tidy(piece.title), columns=columns, lines=lines)
    return piece


def _tidy_column(column: PaperColumn) -> PaperColumn:
    usual = "left" if column.format == "text" else "right"
    return replace(
        column,
        label=tidy(column.label),
        align="" if column.align == usual or column.columns else column.align,
        columns=tuple(_tidy_column(child) for child in column.columns),
    )
