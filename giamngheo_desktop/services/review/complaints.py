"""Khiếu nại and phúc tra, with their results and answers in writing.

A complaint that changes a result opens its case again; the new result is posted once more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services.review import reopening, reviews
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage import reviews as stored
from giamngheo_desktop.storage.engine import Database


class Result(StrEnum):
    """What a recheck (phúc tra) came to."""

    KEPT = "kept"
    CHANGED = "changed"
    REJECTED = "rejected"  # not a matter for a recheck


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A complaint with its recheck and the answer in writing, as far as they have happened."""

    village: UUID
    complainant: str
    received_on: date
    case: UUID | None = None
    content: str | None = None
    rechecked_on: date | None = None
    result: Result | None = None
    answered_on: date | None = None
    answer_number: str | None = None
    answer: str | None = None


def complaints(
    database: Database, review: UUID, village: UUID | None = None
) -> dict[UUID, Complaint]:
    """The complaints of a review (of one village) by uid, the first one first."""
    wanted = {"review": review} | ({} if village is None else {"village": village})
    with database.reader() as connection:
        rows = records.find(connection, Kind.COMPLAINT, **wanted)
    names = [item.name for item in fields(Complaint) if item.name not in ("case", "result")]
    return {
        row["uid"]: Complaint(
            **{name: row[name] for name in names},
            case=row["review_case"],
            result=Result(row["result"]) if row["result"] else None,
        )
        for row in sorted(rows, key=lambda row: (row["received_on"], row["uid"]))
    }


def save_complaint(
    database: Database,
    context: Context,
    review: UUID,
    complaint: Complaint,
    uid: UUID | None = None,
) -> Done[UUID]:
    """Save a new complaint, or what `uid` is now said to be.

    One that changes a result opens its case; one that does not after all closes it again.
    Raises RefusedError for days out of order and results without what they need.
    """
    with write_unit(database, context, Op.SAVE_COMPLAINT, unit=complaint.village) as work:
        row = reviews.running(work.connection, review)
        _check(work, row, complaint)
        work.subject = complaint.complainant
        values = asdict(complaint)
        values["review_case"] = values.pop("case")
        values["result"] = complaint.result.value if complaint.result else None
        before = None
        if uid is None:
            uid = work.insert(Kind.COMPLAINT, review=review, **values)
        else:
            known = work.living(Kind.COMPLAINT, uid)
            before = _changes(known)
            work.change(Kind.COMPLAINT, uid, known, values)
        _follow(work, before, _changes(values))
    return Done(uid, work.changes)


def remove_complaint(database: Database, context: Context, uid: UUID) -> Done[None]:
    """A complaint that was typed by mistake: what it opened stands as before."""
    with write_unit(database, context, Op.SAVE_COMPLAINT) as work:
        row = work.living(Kind.COMPLAINT, uid)
        reviews.running(work.connection, row["review"])
        work.subject = row["complainant"]
        work.remove(Kind.COMPLAINT, uid)
        _follow(work, _changes(row), None)
    return Done(None, work.changes)


def _changes(row: Mapping[str, Any]) -> UUID | None:
    """The case whose result the complaint changes."""
    found: UUID | None = row["review_case"]
    return found if row["result"] == Result.CHANGED else None


def _follow(work: WriteUnit, before: UUID | None, after: UUID | None) -> None:
    if before == after:
        return
    if before is not None and not records.find(
        work.connection, Kind.COMPLAINT, review_case=before, result=Result.CHANGED.value
    ):
        reopening.close_again(work, before)
    if after is not None:
        reopening.reopen(work, after)


def _check(work: WriteUnit, review: Mapping[str, Any], complaint: Complaint) -> None:
    days = [complaint.received_on, complaint.rechecked_on, complaint.answered_on]
    known = [day for day in days if day is not None]
    if complaint.received_on < review["begun_on"]:
        raise RefusedError("before_review", day=format_date(review["begun_on"]))
    if max(known) > work.context.today():
        raise RefusedError("event_in_future", day=format_date(max(known)))
    if known != sorted(known):
        raise RefusedError("complaint_day_order")
    if complaint.result in (Result.KEPT, Result.CHANGED) and complaint.rechecked_on is None:
        raise RefusedError("recheck_without_day")
    if complaint.answered_on is not None and complaint.result is None:
        raise RefusedError("answer_without_result")
    if complaint.case is None:
        if complaint.result is Result.CHANGED:
            raise RefusedError("complaint_without_case")
        return
    cases = stored.cases(work.connection, review["uid"], complaint.village)
    if all(row["uid"] != complaint.case for row in cases):
        raise RefusedError("case_elsewhere")
