"""A review begun by mistake is taken back whole, as long as nothing was decided in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain import applications
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.review_case import Outcome
from giamngheo_desktop.services.review import case_entry, reviews
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage import reviews as stored
from giamngheo_desktop.storage.engine import Connection, Database

_OF_REVIEW = (
    Kind.SURVEYOR, Kind.REVIEW_MARK, Kind.POSTING, Kind.COMPLAINT, Kind.REVIEW_STANDARD,
)  # fmt: skip
_OF_CASES = (Kind.CASE_ANSWERS, Kind.CASE_RESULT, Kind.INCOME_SOURCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What goes with a review, by the codes of `texts.LOSSES`; `applications` wait again."""

    counts: Mapping[str, int]
    applications: int

    @property
    def is_entered(self) -> bool:
        """Whether somebody recorded anything in it: its lists are made by beginning it."""
        return any(count for code, count in self.counts.items() if code != "cases")


def look(database: Database, review: UUID) -> Loss:
    """Ask before withdrawing. Raises RefusedErrors as `withdraw` does, but for the reason."""
    with database.reader() as connection:
        _refuse_decided(connection, reviews.running(connection, review))
        return _loss(connection, review)


def withdraw(database: Database, context: Context, review: UUID, *, reason: str = "") -> Done[Loss]:
    """Take a review back with all that was recorded in it; its applications wait again.

    What was typed into the register about the households stays. Raises RefusedErrors
    `review_closed`, `review_decided`, `review_has_answers`, and `reason_missing` where something
    was recorded.
    """
    reason = reason.strip()
    with write_unit(database, context, Op.WITHDRAW_REVIEW, reason=reason or None) as work:
        row = reviews.running(work.connection, review)
        work.subject = reviews.name_of(row)
        _refuse_decided(work.connection, row)
        loss = _loss(work.connection, review)
        if loss.is_entered and not reason:
            raise RefusedError("reason_missing")
        _give_back_applications(work, review)
        _remove(work, row)
    return Done(loss, work.changes)


def _refuse_decided(connection: Connection, review: Mapping[str, Any]) -> None:
    standards = records.find(connection, Kind.REVIEW_STANDARD, review=review["uid"])
    if any(row["decision"] is not None for row in standards):
        raise RefusedError("review_decided")
    answered = [
        row
        for row in records.find(connection, Kind.APPLICATION, review=review["uid"])
        if row["outcome"] not in (None, applications.Outcome.WITHDRAWN)
    ]
    if answered:
        raise RefusedError("review_has_answers", count=len(answered))


def _loss(connection: Connection, review: UUID) -> Loss:
    cases = stored.cases(connection, review)
    answers = stored.of_cases(connection, Kind.CASE_ANSWERS, review)
    counts = {
        "cases": len(cases),
        "screened": sum(case["screened_in"] is not None for case in cases),
        "handed_out": sum(bool(case["issued_on"] or case["collected_on"]) for case in cases),
        "answers": sum(len(row["confirmed"] or ()) for row in answers),
        "settled": sum(case["outcome"] not in (None, Outcome.SCREENED_OUT) for case in cases),
    }
    for code, kind in (
        ("marks", Kind.REVIEW_MARK),
        ("meetings", Kind.MEETING),
        ("postings", Kind.POSTING),
        ("complaints", Kind.COMPLAINT),
    ):
        counts[code] = len(records.find(connection, kind, review=review))
    waiting = records.find(connection, Kind.APPLICATION, review=review, outcome=None)
    return Loss(counts=counts, applications=len(waiting))


def _give_back_applications(work: WriteUnit, review: UUID) -> None:
    for row in records.find(work.connection, Kind.APPLICATION, review=review):
        work.change(Kind.APPLICATION, row["uid"], row, {"review": None})


def _remove(work: WriteUnit, review: Mapping[str, Any]) -> None:
    connection, uid = work.connection, review["uid"]
    cases = stored.cases(connection, uid)
    for case in cases:
        if case["outcome"] == Outcome.REVIEWED:
            case_entry.drop_computed_in(work, case, review)
    meetings = records.find(connection, Kind.MEETING, review=uid)
    work.remove_many(Kind.VOTE, _uids(stored.votes(connection, uid)))
    work.remove_many(Kind.MEETING, _uids(meetings))
    for kind in _OF_CASES:
        work.remove_many(kind, _uids(stored.of_cases(connection, kind, uid)))
    for kind in _OF_REVIEW:
        work.remove_many(kind, _uids(records.find(connection, kind, review=uid)))
    work.remove_many(Kind.CASE, _uids(cases))
    work.remove(Kind.REVIEW, uid)


def _uids(rows: Iterable[Mapping[str, Any]]) -> list[UUID]:
    return [row["uid"] for row in rows]
