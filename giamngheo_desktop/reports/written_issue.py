"""Ban hành: a plan or report is kept as it is signed, and stands from then on."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.reports import issued
from giamngheo_desktop.reports.asked import Stamp
from giamngheo_desktop.reports.programme_papers import ProgrammeAsked
from giamngheo_desktop.reports.written import PLAN, REPORT, written
from giamngheo_desktop.services import issuing
from giamngheo_desktop.services.documents import versions
from giamngheo_desktop.services.documents.reading import Document
from giamngheo_desktop.services.issuing import Issued
from giamngheo_desktop.storage import plans, records
from giamngheo_desktop.storage.engine import Database


def issue(
    database: Database,
    definitions: Definitions,
    context: Context,
    document: UUID,
    stamp: Stamp,
) -> Done[UUID]:
    """The paper as it is signed, with its annexes, into the book of what was issued; with it, in
    one action, the version stands. Returns the uid of what was issued.

    Raises RefusedErrors `record_missing`, those of `versions.issue` and `issued.issue`.
    """
    asked = asked_of(database, document)
    number = stamp.number or None
    docs = written(
        database,
        definitions,
        document,
        today=context.today(),
        number=number,
        signed_on=stamp.issued_on,
    )
    paper = issued.prepared(database, definitions, context, docs, asked, stamp)
    head: dict[str, date | str] = {"signed_on": stamp.issued_on}
    if number:
        head["number"] = number
    return versions.issue_paper(database, context, document, paper, **head)


def kept_of(database: Database, document: Document) -> Issued | None:
    """How an issued document stands in the book: where copies issued it each, of the issue that
    stands, the first one on its day.
    """
    code = PLAN if document.type == plans.PLAN else REPORT
    rows = [row for row in issuing.issued(database, code=code) if row.replaced_by is None]
    for row in sorted(rows, key=lambda row: (row.issued_on != document.issued_on, row.uid)):
        if row.year == document.year:
            asked, _ = issued.asked_of(database, row.uid)
            if isinstance(asked, ProgrammeAsked) and asked.about == document.uid:
                return row
    return None


def issue_numbered(
    database: Database,
    definitions: Definitions,
    context: Context,
    document: UUID,
    signed_on: date,
    number: str,
) -> Done[UUID]:
    """`issue` by what stands on the paper alone."""
    stamp = Stamp(number=number, issued_on=signed_on)
    return issue(database, definitions, context, document, stamp)


def asked_of(database: Database, document: UUID) -> ProgrammeAsked:
    """How the paper of a draft is asked for. RefusedErrors `record_missing` and those
    of `versions.issue`.
    """
    with database.reader() as connection:
        row = records.get(connection, Kind.DOCUMENT, document)
    if row is None or row["removed"]:
        raise RefusedError("record_missing")
    versions.refuse_issued_again(row)
    code = PLAN if row["type"] == plans.PLAN else REPORT
    return ProgrammeAsked(code=code, year=row["year"], unit=row["area"], about=document)
