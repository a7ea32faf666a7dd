"""Niêm yết: what is posted in a village from when to when, by working days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services.review import review_settings, reviews
from giamngheo_desktop.services.review.complaints import Result
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage import reviews as stored
from giamngheo_desktop.storage.engine import Connection, Database


class Subject(StrEnum):
    """What is posted."""

    RESULTS = "results"
    RECHECK = "recheck"


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A notice as typed; `last_day` None: as many working days as the rules ask for."""

    subject: Subject = Subject.RESULTS
    begun_on: date
    last_day: date | None = None
    number: str | None = None
    places: str | None = None
    note: str | None = None


def postings(database: Database, review: UUID, village: UUID) -> dict[UUID, Posting]:
    """The postings of a village by uid, the first one first."""
    with database.reader() as connection:
        rows = records.find(connection, Kind.POSTING, review=review, village=village)
    names = [item.name for item in fields(Posting)]
    return {
        row["uid"]: Posting(
            **{**{name: row[name] for name in names}, "subject": Subject(row["subject"])}
        )
        for row in sorted(rows, key=lambda row: (row["begun_on"], row["uid"]))
    }


def last_day(database: Database, definitions: Definitions, review: UUID, begun_on: date) -> date:
    """Until when results posted on a day stay posted: its working days, that day not counted."""
    with database.reader() as connection:
        return _last_day(connection, definitions, reviews.get(connection, review), begun_on)


def save_posting(
    database: Database,
    context: Context,
    definitions: Definitions,
    review: UUID,
    villages: Sequence[UUID],
    posting: Posting,
) -> Done[list[UUID]]:
    """The same notice is posted in some villages.

    Raises RefusedError `before_review`, `day_too_far`, `posting_too_short`,
    `recheck_not_finished` where a result that a complaint changed is not there yet.
    """
    with write_unit(database, context, Op.SAVE_POSTING) as work:
        row = reviews.running(work.connection, review)
        values = _posting_values(work, definitions, row, posting)
        for village in villages:
            _must_be_finished(work, review, village, posting)
        rows = [{"review": review, "village": village, **values} for village in villages]
        found = work.insert_many(Kind.POSTING, rows)
    return Done(found, work.changes)


def change_posting(
    database: Database,
    context: Context,
    definitions: Definitions,
    uid: UUID,
    posting: Posting | None,
) -> Done[None]:
    """Correct a posting; None takes away what was typed by mistake. Raises as `save_posting`."""
    with write_unit(database, context, Op.SAVE_POSTING) as work:
        stored_row = work.living(Kind.POSTING, uid)
        row = reviews.running(work.connection, stored_row["review"])
        if posting is None:
            work.subject = format_date(stored_row["begun_on"])
            work.remove(Kind.POSTING, uid)
        else:
            values = _posting_values(work, definitions, row, posting)
            work.change(Kind.POSTING, uid, stored_row, values)
    return Done(None, work.changes)


def _posting_values(
    work: WriteUnit, definitions: Definitions, review: Mapping[str, Any], posting: Posting
) -> dict[str, Any]:
    begun_on = posting.begun_on
    if begun_on < review["begun_on"]:
        raise RefusedError("before_review", day=format_date(review["begun_on"]))
    reviews.refuse_far(work.context, begun_on)
    least = _last_day(work.connection, definitions, review, begun_on)
    if posting.last_day is not None and posting.last_day < least:
        raise RefusedError("posting_too_short", day=format_date(least))
    work.subject = format_date(begun_on)
    return {
        **asdict(posting),
        "subject": posting.subject.value,
        "last_day": posting.last_day or least,
    }


def _last_day(
    connection: Connection, definitions: Definitions, review: Mapping[str, Any], begun_on: date
) -> date:
    own = review_settings.read(connection, begun_on)
    workflow = definitions.workflow(review["workflow"], review["begun_on"])
    return own.calendar(definitions).after(begun_on, own.working_days(workflow, "post"))


def _must_be_finished(work: WriteUnit, review: UUID, village: UUID, posting: Posting) -> None:
    if posting.subject is not Subject.RECHECK:
        return
    changed = records.find(
        work.connection, Kind.COMPLAINT, review=review, village=village, result=Result.CHANGED.value
    )
    concerned = {row["review_case"] for row in changed}
    rows = stored.cases(work.connection, review, village)
    count = sum(row["uid"] in concerned and row["outcome"] is None for row in rows)
    if count:
        raise RefusedError("recheck_not_finished", count=count)
