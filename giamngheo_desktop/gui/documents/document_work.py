"""What the editor of a document reads and makes off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.documents.section_form import Offers
from giamngheo_desktop.gui.preview import paper_work
from giamngheo_desktop.gui.preview.paper_work import Bundle, Job, Pulse
from giamngheo_desktop.reports import issued as issued_papers
from giamngheo_desktop.reports import report_changes
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.many import render_all
from giamngheo_desktop.reports.report_ask import report_ask
from giamngheo_desktop.reports.written import PLAN, REPORT, data_day, written
from giamngheo_desktop.reports.written_doubts import doubts
from giamngheo_desktop.reports.written_issue import kept_of
from giamngheo_desktop.services.documents import listing, reading
from giamngheo_desktop.services.documents.doubts import DoubtedPart
from giamngheo_desktop.services.documents.reading import Document
from giamngheo_desktop.services.exchange import outside
from giamngheo_desktop.services.issuing import Issued
from giamngheo_desktop.services.programme.offers import Asked, offers
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True)
class Found:
    """A document, what its sections may be about, what is to be looked at again, how it was issued
    and how much of what other copies said stays outside of it.
    """

    document: Document
    offers: Offers
    doubts: Sequence[DoubtedPart]
    kept: Issued | None = None
    outside: int = 0


def read(database: Database, definitions: Definitions, document: UUID, day: date) -> Found:
    """RefusedError `record_missing`."""
    found = reading.read(database, definitions, document)
    parts = list(found.walk())
    chosen = {
        "body": frozenset(one.body for one in parts if one.body),
        "plan_component": frozenset(one.component for one in parts if one.component),
    }
    asked = Asked(unit=found.unit, year=found.year, day=day, chosen=chosen)
    return Found(
        document=found,
        offers=offers(database, definitions, asked, chosen),
        doubts=doubts(database, definitions, document, day) if found.is_draft else (),
        kept=None if found.is_draft else kept_of(database, found),
        outside=0 if found.is_draft else outside.count(database, document),
    )


def code_of(document: Document) -> str:
    """Of its paper."""
    return PLAN if document.type == listing.PLAN else REPORT


def make(
    database: Database, definitions: Definitions, document: UUID, today: date
) -> tuple[ReportDoc, ...]:
    """The paper with its annexes, by the data of now."""
    return written(database, definitions, document, today=today)


def kept(database: Database, row: UUID) -> tuple[ReportDoc, ...]:
    """The paper as it was issued."""
    return tuple(issued_papers.reprinted(database, row))


def maker(desk: Desk, found: Found) -> Callable[[], tuple[ReportDoc, ...]]:
    """What is printed of a document: an issued one is never made again."""
    if found.kept is not None:
        return partial(kept, desk.database, found.kept.uid)
    today = desk.context.today()
    return partial(make, desk.database, desk.definitions, found.document.uid, today)


def changes(
    database: Database, definitions: Definitions, document: Document, today: date
) -> list[str]:
    """What happened since the report before, line by line; nothing for a plan."""
    asked = report_ask(database, definitions, document, data_day(database, document, today))
    return report_changes.sentences(asked, report_changes.read(asked)) if asked else []


def job_of(desk: Desk, found: Found) -> Job:
    return partial(_bundle, maker(desk, found))


def word_file(make: Callable[[], tuple[ReportDoc, ...]]) -> bytes:
    """One file with the annexes behind it."""
    return render_all(make(), "docx")


def _bundle(make: Callable[[], tuple[ReportDoc, ...]], pulse: Pulse) -> Bundle:
    return paper_work.bundle(make(), pulse, together=True)
