"""What was set when a review was begun, set otherwise while it runs: its days and its standards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.review_case import Outcome
from giamngheo_desktop.domain.workflow import ReviewKind
from giamngheo_desktop.services.review import case_entry, case_lists, reviews
from giamngheo_desktop.services.review.present_list import LISTED, on_the_list
from giamngheo_desktop.services.review.reviews import MOVEMENT, ReviewStandard
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage import reviews as stored
from giamngheo_desktop.storage.engine import Connection, Database

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a review is about, as it shall be."""

    begun_on: date
    reference_day: date
    standards: tuple[ReviewStandard, ...]
    note: str | None = None


class Listed(NamedTuple):
    """How many households the lists won and lost, as the first day is another one."""

    added: int = 0
    taken_off: int = 0


def change(
    database: Database, context: Context, definitions: Definitions, review: UUID, wanted: Setting
) -> Done[Listed]:
    """Set the days and standards of a running review otherwise; its lists follow its first day.

    Who is on no list of that day is taken off where nothing was done for the household. Settled
    households get their result under a standard that is added. Raises RefusedErrors
    `review_closed`, `review_without_standard`, those of a first day that cannot be (`reviews.begin`
    and `review_begins_after`), `reference_day_in_use`, and of a standard on which something hangs
    `standard_of_the_lists`, `standard_decided`, `standard_has_results`.
    """
    with write_unit(database, context, Op.CHANGE_REVIEW) as work:
        row = reviews.running(work.connection, review)
        work.subject = reviews.name_of(row)
        if not wanted.standards:
            raise RefusedError("review_without_standard")
        _refuse_reference_day(work.connection, row, wanted.reference_day)
        if wanted.begun_on != row["begun_on"]:
            reviews.refuse_day(work, wanted.begun_on, row["review_year"], row["area"])
            _refuse_after_work(work.connection, review, wanted.begun_on)
        values = {
            "begun_on": wanted.begun_on,
            "reference_day": wanted.reference_day,
            "workflow": definitions.workflow(row["kind"], wanted.begun_on).code,
            "note": wanted.note,
        }
        work.change(Kind.REVIEW, review, row, values)
        _set_standards(work, definitions, review, wanted.standards)
        moved = wanted.begun_on != row["begun_on"] and row["kind"] == ReviewKind.PERIODIC
        listed = _list_anew(work, definitions, {**row, **values}) if moved else Listed()
    return Done(listed, work.changes)


def _refuse_reference_day(connection: Connection, review: Row, day: date) -> None:
    """Answers were asked for that day and hold from it."""
    if day == review["reference_day"]:
        return
    answers = stored.of_cases(connection, Kind.CASE_ANSWERS, review["uid"])
    typed = {row["review_case"] for row in answers}
    settled = {row["uid"] for row in _settled(connection, review["uid"])}
    if typed | settled:
        raise RefusedError(
            "reference_day_in_use",
            count=len(typed | settled),
            day=format_date(review["reference_day"]),
        )


def _refuse_after_work(connection: Connection, review: UUID, day: date) -> None:
    done = min(_days_of_work(connection, review), default=None)
    if done is not None and day > done[0]:
        raise RefusedError(
            "review_begins_after", what=texts.WORKS[done[1]], day=format_date(done[0])
        )


def _days_of_work(connection: Connection, review: UUID) -> Iterator[tuple[date, str]]:
    """Each day on which something was done in the review, and what."""
    for kind, column, what in (
        (Kind.CASE, "issued_on", "handed_out"),
        (Kind.CASE, "collected_on", "handed_out"),
        (Kind.REVIEW_MARK, "done_on", "marks"),
        (Kind.MEETING, "held_on", "meetings"),
        (Kind.POSTING, "begun_on", "postings"),
        (Kind.COMPLAINT, "received_on", "complaints"),
        (Kind.APPLICATION, "answered_on", "answered"),
    ):
        for row in records.find(connection, kind, review=review):
            if row[column] is not None:
                yield row[column], what
    for standard in records.find(connection, Kind.REVIEW_STANDARD, review=review):
        paper = standard["decision"] and records.get(
            connection, Kind.DECISION, standard["decision"]
        )
        if paper and paper["signed_on"] is not None:
            yield paper["signed_on"], "decided"


def _set_standards(
    work: WriteUnit,
    definitions: Definitions,
    review: UUID,
    wanted: tuple[ReviewStandard, ...],
) -> None:
    rows = records.find(work.connection, Kind.REVIEW_STANDARD, review=review)
    codes = {item.code for item in wanted}
    for row in rows:
        if row["standard"] not in codes:
            _refuse_in_use(work.connection, definitions, row)
            _drop_results(work, review, row["standard"])
            work.remove(Kind.REVIEW_STANDARD, row["uid"])
    known = {row["standard"] for row in rows}
    for item in wanted:
        if item.code not in known:
            work.insert(
                Kind.REVIEW_STANDARD,
                review=review,
                standard=item.code,
                purpose=item.purpose,
                decision=None,
            )
            for case in _settled(work.connection, review):
                case_entry.judge_in(work, definitions, case["uid"], item.code)


def _refuse_in_use(connection: Connection, definitions: Definitions, row: Row) -> None:
    label = definitions.standards.get(row["standard"]).label
    if row["purpose"] == MOVEMENT:
        raise RefusedError("standard_of_the_lists", standard=label)
    if row["decision"] is not None:
        raise RefusedError("standard_decided", standard=label)
    settled = {case["uid"] for case in _settled(connection, row["review"])}
    judged = {
        result["review_case"]
        for result in stored.results(connection, row["review"])
        if result["standard"] == row["standard"]
    }
    if settled & judged:
        raise RefusedError("standard_has_results", standard=label, count=len(settled & judged))


def _drop_results(work: WriteUnit, review: UUID, standard: str) -> None:
    """Those of forms that are still open follow from their answers whenever they are saved."""
    for row in stored.results(work.connection, review):
        if row["standard"] == standard:
            work.remove(Kind.CASE_RESULT, row["uid"])


def _settled(connection: Connection, review: UUID) -> list[dict[str, Any]]:
    rows = stored.cases(connection, review)
    return [row for row in rows if row["outcome"] == Outcome.REVIEWED]


def _list_anew(work: WriteUnit, definitions: Definitions, review: Row) -> Listed:
    standards = [item.code for item in reviews.standards_in(work.connection, review["uid"])]
    listed = on_the_list(work.connection, definitions, review, standards)
    present = {home for _, _, home in listed}
    gone = [
        case
        for case in stored.cases(work.connection, review["uid"])
        if case["ground"] in LISTED
        and case["household"] not in present
        and case["application"] is None
        and case["outcome"] is None
        and case["issued_on"] is None
        and not records.pointing_at(work.connection, Kind.CASE, [case["uid"]])
    ]
    for case in gone:
        case_lists.take_off_in(work, case)
    return Listed(reviews.list_present_in(work, definitions, review["uid"]), len(gone))
