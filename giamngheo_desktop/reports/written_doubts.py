"""What is to be looked at before a plan or report is signed: also what would print as nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.cited_dates import later_than, no_days
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.plan_content import Content
from giamngheo_desktop.domain.standard import new_standard
from giamngheo_desktop.reports.document import Paragraph, Piece, Table
from giamngheo_desktop.reports.plan_contents import pieces
from giamngheo_desktop.reports.plan_filling import Filling
from giamngheo_desktop.reports.report_ask import report_ask
from giamngheo_desktop.reports.written import data_day
from giamngheo_desktop.services.documents import doubts as documents
from giamngheo_desktop.services.documents import reading
from giamngheo_desktop.services.documents.doubts import DocumentDoubt, DoubtedPart
from giamngheo_desktop.services.documents.reading import Origin, Part
from giamngheo_desktop.storage.engine import Database

_OF_VILLAGES = (Content.VILLAGE_TABLE, Content.BY_VILLAGE)


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
    change = new_standard(definitions.standards, found.year)
    changed = texts.changed_text(*change.said) if change else ""
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
        lines = [one.text for one in made if isinstance(one, Paragraph)]
        said = " ".join(lines)
        yield from _unknown(part, name, lines)
        yield from _missing(part, name, made)
        if changed and changed in said and part.content != Content.TARGETS:  # a doubt of its own
            params = {
                "name": name,
                "year": str(found.year),
                "last": str(found.year - 1),
                "offer": texts.offer_short(found.year),
            }
            yield DoubtedPart(
                doubt=DocumentDoubt.OTHER_STANDARD,
                section=part.uid,
                params=params,
                asks_opening=True,
            )
        for one in later_than(said, own):
            yield documents.cites_later(part.uid, one, own)
        for written in no_days(said):
            yield documents.no_such_day(part.uid, written)


def _unknown(part: Part, name: str, lines: Iterable[str]) -> Iterator[DoubtedPart]:
    for text in filter(texts.says_unknown, lines):
        params = {"name": name, "text": text}
        yield DoubtedPart(doubt=DocumentDoubt.UNKNOWN, section=part.uid, params=params)


def _missing(part: Part, name: str, made: Iterable[Piece]) -> Iterator[DoubtedPart]:
    """Of a table of villages; in others a cell is empty where there is nothing."""
    if part.content not in _OF_VILLAGES:
        return
    cells = (
        cell for one in made if isinstance(one, Table) for row in one.rows for cell in row.cells
    )
    count = sum(bool(cell.missing) for cell in cells)
    if count:
        params = {"name": name, "count": format_integer(count)}
        yield DoubtedPart(doubt=DocumentDoubt.CELLS_MISSING, section=part.uid, params=params)
