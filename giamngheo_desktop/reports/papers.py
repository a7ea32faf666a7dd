"""A paper from the file to the document: its definition, the facts of its subject, what is
attached."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.paper import PaperDef, PaperRows
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.fill import fill
from giamngheo_desktop.reports.overprint import render_row
from giamngheo_desktop.reports.paper_templates import in_use
from giamngheo_desktop.reports.pdf import render_bundle
from giamngheo_desktop.reports.placed import PdfResult
from giamngheo_desktop.services import settings
from giamngheo_desktop.services.papers.about import About as About
from giamngheo_desktop.services.papers.read import paper_facts
from giamngheo_desktop.services.review.certificates import refuse_replaced
from giamngheo_desktop.storage.engine import Database

BLANK = About()
CERTIFICATE = "giay_chung_nhan"


def make_paper(
    database: Database, definitions: Definitions, code: str, about: About = BLANK, *, today: date
) -> tuple[ReportDoc, ...]:
    """The paper with those attached to it, for `render_bundle`; blank where `about` says nobody.

    Raises AppErrors `unknown_paper`, `paper_template_broken`, RefusedErrors `record_missing` and
    `paper_unsettled` (a paper of results would name a household without one), `event_in_future`.
    """
    if about.day is not None and about.day > today:
        raise RefusedError("event_in_future", day=format_date(about.day))
    definitions = in_use(database, definitions)
    paper = definitions.paper(code, about.day or today)
    return tuple(
        fill(one, paper_facts(database, definitions, one, about, today))
        for one in with_attached(definitions, paper)
    )


def blank_paper(
    database: Database, definitions: Definitions, paper: PaperDef, today: date
) -> ReportDoc:
    """A definition that is in no file, unfilled."""
    return fill(paper, paper_facts(database, definitions, paper, BLANK, today))


def with_attached(definitions: Definitions, paper: PaperDef) -> tuple[PaperDef, ...]:
    """A paper, then those its definition names behind it."""
    return (paper, *(definitions.paper(code) for code in paper.attached))


def write_paper(docs: Sequence[ReportDoc], form: str, path: Path) -> list[Path]:
    """Write a paper with its attachments: one PDF, or a file each: `X.docx`, `X-2.docx` …

    AppErrors of `exports.safe_file`.
    """
    if form == "pdf":
        from giamngheo_desktop.exports.safe_file import write_bytes

        write_bytes(path, render_bundle(docs).data)
        return [path]
    paths = [path, *(path.with_stem(f"{path.stem}-{at}") for at in range(2, len(docs) + 1))]
    return [make.write(doc, form, target) for doc, target in zip(docs, paths, strict=True)]


def certificate_line(
    database: Database, definitions: Definitions, certificate: UUID, year: int, *, today: date
) -> PdfResult:
    """Only the line of a year, to be printed onto the paper the household holds; the two settings
    of `settings.PRINTING` move it.

    Of several lines of a year it is the newest. Raises RefusedErrors `record_missing`,
    `certificate_replaced`, `certificate_without_year`, `certificate_full` where the paper has no
    line left to print on.
    """
    definitions = in_use(database, definitions)
    paper = definitions.paper(CERTIFICATE)
    facts = paper_facts(database, definitions, paper, About(certificate=certificate), today)
    with database.reader() as connection:
        refuse_replaced(connection, certificate)
    years = [str(row["year"]) for row in facts.rows["certificate_years"]]
    if str(year) not in years:
        raise RefusedError("certificate_without_year", year=year)
    row = max(at for at, one in enumerate(years) if one == str(year))
    if row >= (lines := _lines(paper)):
        raise RefusedError("certificate_full", year=year, lines=lines)
    values = settings.get(database, today)
    return render_row(
        fill(paper, facts),
        row,
        right=settings.millimetres(values, settings.CERTIFICATE_RIGHT),
        down=settings.millimetres(values, settings.CERTIFICATE_DOWN),
    )


def _lines(paper: PaperDef) -> int:
    """How many lines of years every print of the certificate has."""
    return next(
        (
            piece.lines
            for piece in paper.body
            if isinstance(piece, PaperRows) and piece.rows == "certificate_years"
        ),
        0,
    )


def papers_on(definitions: Definitions, day: date) -> dict[str, PaperDef]:
    """Every paper in force on a day, by code."""
    return {code: definitions.paper(code, day) for code in definitions.papers}
