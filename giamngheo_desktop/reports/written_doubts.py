"""What is to be looked at before a plan or report is signed: also what would print as nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.cited_dates import later_than
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.reports.document import Paragraph
from giamngheo_desktop.reports.plan_contents import pieces
from giamngheo_desktop.reports.plan_filling import Filling
from giamngheo_desktop.reports.report_ask import report_ask
from giamngheo_desktop.reports.village_targets import other_standard
from giamngheo_desktop.reports.written import data_day
from giamngheo_desktop.services.documents import doubts as documents
from giamngheo_desktop.services.documents import reading
from giamngheo_desktop.services.documents.doubts import DocumentDoubt, DoubtedPart
from giamngheo_desktop.services.documents.reading import Origin
from giamngheo_desktop.storage.engine import Database


def doubts(
    database: Database,
    definitions: Definitions,
    document: UUID,
    today: date,
    signed_on: date | None = None,
) -> tuple[DoubtedPart, ...]:
    """Those of `services/documents/doubts.py`, then the sections of which nothing comes, that
    cannot be made, or that print what is younger. RefusedError `record_missing`.
    """
    known = (database, definitions, document)
    found = documents.doubts(*known, today, signed_on)
    return (*found, *_of_fillers(*known, today, signed_on))


def _of_fillers(
    database: Database,
    definitions: Definitions,
    document: UUID,
    today: date,
    signed_on: date | None,
) -> Iterator[DoubtedPart]:
    found = reading.read(database, definitions, document)
    day = data_day(database, found, today, signed_on)
    report = report_ask(database, definitions, found, day)
    own = signed_on or found.signed_on or found.issued_on or today
    for part in found.printed():
        if part.origin is not Origin.SECTION or not part.content:
            continue
        filling = Filling(
            database=database,
            definitions=definitions,
            document=found,
            part=part,
            day=day,
            report=report,
        )
        name = documents.name_of(part)
        try:
            made = pieces(filling)
        except AppError as error:
            params = {"name": name, "why": texts.error_text(error).rstrip(".")}
            yield DoubtedPart(doubt=DocumentDoubt.NOT_MADE, section=part.uid, params=params)
            continue
        if not (made or part.text or any(one.included for one in part.parts)):
            params = {"name": name}
            yield DoubtedPart(doubt=DocumentDoubt.EMPTY, section=part.uid, params=params)
        said = " ".join(one.text for one in made if isinstance(one, Paragraph))
        if any(line in said for line in other_standard(definitions, found.year)):
            params = {"name": name, "year": str(found.year), "last": str(found.year - 1)}
            yield DoubtedPart(doubt=DocumentDoubt.OTHER_STANDARD, section=part.uid, params=params)
        for one in later_than(said, own):
            yield documents.cites_later(part.uid, one, own)
