"""A plan or report as an official paper: KẾ HOẠCH, BÁO CÁO by NĐ 30/2020/NĐ-CP, Phụ lục I and III.

The paper itself comes first, then each annex with pages of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.dates import document_date, format_date
from giamngheo_desktop.domain.heading_numbers import HeadingStyle
from giamngheo_desktop.domain.issued import sign_of
from giamngheo_desktop.domain.standard import new_standard
from giamngheo_desktop.domain.vietnamese import lower, upper
from giamngheo_desktop.reports.document import (
    Align,
    Letterhead,
    Paragraph,
    Piece,
    ReportDoc,
    Run,
    Signature,
    Table,
)
from giamngheo_desktop.reports.issued_numbers import printed_number
from giamngheo_desktop.reports.issuer import letterhead
from giamngheo_desktop.reports.plan_contents import pieces_or_why
from giamngheo_desktop.reports.plan_filling import Filling
from giamngheo_desktop.reports.report_ask import ReportAsk, report_ask
from giamngheo_desktop.reports.written_text import (
    SIZE,
    is_listed,
    lines_of,
    paragraph,
    paragraphs,
)
from giamngheo_desktop.services import settings
from giamngheo_desktop.services.documents import data_days, reading
from giamngheo_desktop.services.documents.heads import words_of
from giamngheo_desktop.services.documents.reading import Document, Part
from giamngheo_desktop.storage import plans, records
from giamngheo_desktop.storage.engine import Database

PLAN, REPORT = plans.PAPERS[plans.PLAN], plans.PAPERS[plans.REPORT]
_SAID = texts.WRITTEN
_BOLD = frozenset({HeadingStyle.ROMAN, HeadingStyle.ARABIC, HeadingStyle.DOTTED, HeadingStyle.STAR})
_END = "./."
_WIDE = 9  # columns of a table that an annex lies on its side for


@dataclass(slots=True)
class _Once:
    """What several sections say below their numbers, and a paper with its annexes needs once."""

    sentence: str
    said: bool = False

    def kept(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """All, the sentence only where it was not said yet."""
        for one in pieces:
            if isinstance(one, Paragraph) and one.text == self.sentence:
                if self.said:
                    continue
                self.said = True
            yield one


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paper:
    """What the parts of one paper are made with."""

    database: Database
    definitions: Definitions
    document: Document
    day: date
    report: ReportAsk | None
    once: _Once

    def pieces(self, parts: Sequence[Part]) -> Iterator[Piece]:
        for part in parts:
            if part.included:
                yield from self.part(part)

    def part(self, part: Part) -> Iterator[Piece]:
        """Its heading, its text, what it fills in, then what stands in it."""
        lines = lines_of(part.text)
        runs_in = len(lines) == 1 and _takes_text(part) and not is_listed(lines[0])
        if part.number or part.title:
            yield _heading(part, lines[0] if runs_in else "")
        if not runs_in:
            yield from paragraphs(part.text)
        filling = Filling(
            database=self.database,
            definitions=self.definitions,
            document=self.document,
            part=part,
            day=self.day,
            report=self.report,
        )
        yield from self.once.kept(pieces_or_why(filling))
        yield from self.pieces(part.parts)


def written(
    database: Database,
    definitions: Definitions,
    document: UUID,
    *,
    today: date,
    number: str | None = None,
    signed_on: date | None = None,
) -> tuple[ReportDoc, ...]:
    """The paper and its annexes by the data of now; a number and day that are given stand in place
    of those of its head. RefusedError `record_missing`.
    """
    found = reading.read(database, definitions, document)
    if number is not None:
        found = replace(found, head={**found.head, "number": number})
    signed = signed_on or found.signed_on
    day = data_day(database, found, today, signed_on)
    values = settings.get(database, signed or day)
    change = new_standard(definitions.standards, found.year)
    paper = _Paper(
        database=database,
        definitions=definitions,
        document=found,
        day=day,
        report=report_ask(database, definitions, found, day),
        once=_Once(texts.changed_text(*change.said) if change else ""),
    )
    head = _letterhead(found, letterhead(values), signed)
    main = ReportDoc(
        code=PLAN if found.type == plans.PLAN else REPORT,
        title=(found.head["title"], *lines_of(found.head["summary"])),
        subtitle=_told_until(paper),
        body=_body(paper, _before(database, found)),
        letterhead=head,
        landscape=False,
        rule=True,
        recipients=_recipients(found),
        signatures=(_signature(found),),
        extra={"year": str(found.year)},
    )
    with database.reader() as connection:
        unit = words_of(connection, found.unit, found.year, day)["unit"]
    attached = _attached(found, head, signed, unit)
    annexes = [one for one in found.annexes if one.included]
    return (main, *(_annex(paper, one, attached) for one in annexes))


def data_day(
    database: Database, document: Document, today: date, signed_on: date | None = None
) -> date:
    """Of a report the day on which its period is cut, of a plan the last of its year; never behind
    today or the day on which it is signed.
    """
    if document.type == plans.PLAN:
        last = date(document.year, 12, 31)
    else:
        with database.reader() as connection:
            asked = (document.unit, document.year, document.period or "Y")
            last = data_days.span(connection, *asked)[1]
    signed = signed_on or document.issued_on or document.signed_on
    return min(today, last, signed or last)


def _told_until(paper: _Paper) -> tuple[str, ...]:
    """Of a report, the day of its numbers."""
    if paper.report is None:
        return ()
    return (_SAID["told_until"].format(day=format_date(paper.report.last)),)


def _letterhead(document: Document, head: Letterhead, signed: date | None) -> Letterhead:
    """With a number, place and day, or the room for them."""
    kind = "plan_number" if document.type == plans.PLAN else "report_number"
    line = _SAID[kind].format(number=_SAID["blank"])
    typed = document.head["number"]
    if typed:
        line = texts.PAPER["number"].format(number=printed_number(line, typed))
    place = document.head["place"]
    year = None if signed else document.year
    return replace(head, number=line, place_date=texts.place_and_date(place, signed, year))


def _body(paper: _Paper, before: str) -> tuple[Piece, ...]:
    document = paper.document
    head = document.head
    pieces: list[Piece] = [
        *_addressee(head["addressee"]),
        *_grounds(head["grounds"]),
        *paragraphs(head["opening"]),
        *paper.pieces(document.parts),
    ]
    pieces += paragraphs(_annexes_named(document, pieces))
    pieces += [*paragraphs(before), *paragraphs(head["closing"])]
    return tuple(_ended(pieces)) or (paragraph(Run("")),)


def _addressee(text: str) -> Iterator[Piece]:
    lines = [line.rstrip(" ;.") for line in lines_of(text)]
    if len(lines) == 1:
        said = _SAID["addressee"].format(name=lines[0])
        yield paragraph(Run(said), align=Align.CENTER)
    elif lines:
        yield paragraph(Run(_SAID["addressees"]), align=Align.CENTER)
        for at, line in enumerate(lines, 1):
            end = "." if at == len(lines) else ";"
            yield replace(paragraph(Run(f"- {line.lstrip('- ')}{end}")), left=40, first_line=0)


def _grounds(text: str) -> Iterator[Piece]:
    """Căn cứ: one a line, in italics, with ";" and at last "."."""
    lines = [line.rstrip(" ;.,") for line in lines_of(text)]
    for at, line in enumerate(lines, 1):
        end = "." if at == len(lines) else ";"
        yield paragraph(Run(f"{line}{end}", italic=True))


def _takes_text(part: Part) -> bool:
    """Whether a text goes on behind its heading."""
    return part.style is not HeadingStyle.ROMAN and (part.title.endswith(":") or not part.title)


def _heading(part: Part, text: str) -> Paragraph:
    """`I. MỤC TIÊU`, `1. Mục tiêu chung`, `a) …`; a text that goes on behind it is not bold."""
    title = upper(part.title) if part.style is HeadingStyle.ROMAN else part.title
    bold = part.style in _BOLD and bool(title)
    said = " ".join(filter(None, (part.number, title)))
    runs = [Run(said, bold=bold)]
    if text:
        runs.append(Run(f" {text}"))
    return paragraph(*runs, with_next=not text)


def _ended(pieces: list[Piece]) -> list[Piece]:
    """The text ends with "./."."""
    if pieces and isinstance(pieces[-1], Paragraph):
        last = pieces[-1]
        *first, run = last.runs
        text = run.text.rstrip(" .;/")
        pieces[-1] = replace(last, runs=(*first, replace(run, text=f"{text}{_END}")))
    return pieces


def _before(database: Database, document: Document) -> str:
    """That it replaces or adjusts an earlier one, and which."""
    if document.before is None or document.change not in ("replaces", "adjusts"):
        return ""
    with database.reader() as connection:
        row = records.get(connection, Kind.DOCUMENT, document.before)
    if row is None:
        return ""
    day = row["signed_on"] or row["issued_on"]
    line = _SAID["plan_number"].format(number=_SAID["unnumbered"])
    number = printed_number(line, row["number"]) if row["number"] else line.partition(" ")[2]
    said = document_date(day) if day else _SAID["blank_day"].format(year=row["year"])
    return _SAID[document.change].format(number=number, day=said)


def _annexes_named(document: Document, pieces: Iterable[Piece]) -> str:
    """Where the text leads to none of its annexes, that they are there (NĐ 30/2020/NĐ-CP)."""
    names = [one.number for one in document.annexes if one.included]
    texts_said = (one.text for one in pieces if isinstance(one, Paragraph))
    if not names or any(lower(texts.DOCUMENT["annex"]) in lower(text) for text in texts_said):
        return ""
    word = _SAID["plan_word" if document.type == plans.PLAN else "report_word"]
    return _SAID["annexes"].format(word=word, annexes=", ".join(names))


def _recipients(document: Document) -> tuple[str, ...]:
    lines = [line.lstrip("-– ").rstrip(" ;.") for line in lines_of(document.head["recipients"])]
    ends = [";"] * (len(lines) - 1) + ["."]
    return tuple(f"- {line}{end}" for line, end in zip(lines, ends, strict=False))


def _signature(document: Document) -> Signature:
    titles = (*lines_of(document.head["authority"]), *lines_of(document.head["signer_title"]))
    return Signature(titles=titles, name=document.head["signer_name"])


def _attached(document: Document, head: Letterhead, signed: date | None, unit: str) -> str:
    """ "(Kèm theo Kế hoạch số … ngày … của …)"."""
    word = _SAID["plan_word" if document.type == plans.PLAN else "report_word"]
    number = head.number.partition(":")[2].strip()
    if number.startswith("/"):
        number = f"{_SAID['unnumbered']}/{sign_of(number)}"
    day = document_date(signed) if signed else _SAID["blank_day"].format(year=document.year)
    return _SAID["attached"].format(word=word, number=number, day=day, unit=unit)


def _annex(paper: _Paper, part: Part, attached: str) -> ReportDoc:
    pieces = [
        Paragraph(runs=(Run(attached, italic=True),), align=Align.CENTER, size=SIZE, above=0),
        *paper.part(replace(part, number="", title="")),
    ]
    tables = (one for one in pieces if isinstance(one, Table))
    return ReportDoc(
        code=f"{PLAN if paper.document.type == plans.PLAN else REPORT}_annex",
        title=(part.number, upper(part.title)),
        body=tuple(pieces),
        landscape=any(len(table.leaves) >= _WIDE for table in tables),
    )
