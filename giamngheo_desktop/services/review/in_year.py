"""The in-year review (rà soát thường xuyên): a month's review takes the applications that wait."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.applications import Purpose, Slot, State, month_start
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.domain.workflow import ReviewKind
from giamngheo_desktop.services import households
from giamngheo_desktop.services.review import reviews
from giamngheo_desktop.services.review.applications import Filed, Slots, of_commune
from giamngheo_desktop.services.review.present_list import classed_on
from giamngheo_desktop.services.review.reviews import LISTED, NewReview, ReviewStandard
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage import reviews as stored
from giamngheo_desktop.storage.engine import Connection, Database

Row = Mapping[str, Any]


def open_month(
    database: Database,
    context: Context,
    definitions: Definitions,
    *,
    commune: UUID,
    year: int,
    month: int,
) -> Done[UUID]:
    """Begin the review of a month with all that waits for it, and for an earlier one.

    It begins on the day the law says, however late the button is pressed: limits run from there.
    Raises RefusedErrors `in_year_too_early`, `in_year_during_periodic`, `no_applications` (such a
    month needs no review), and those of `reviews.begin`.
    """
    first = date(year, month, 1)
    begins = month_start(first, definitions.workflow("in_year", first))
    if context.today() < begins:
        raise RefusedError("in_year_too_early", day=begins.strftime("%d/%m/%Y"))
    window = definitions.workflow("periodic", begins).window
    if window and date(year, *window[0]) <= begins <= date(year, *window[1]):
        raise RefusedError("in_year_during_periodic", year=year)
    standard = standard_for(definitions.standards, year).code
    new = NewReview(
        kind=ReviewKind.IN_YEAR,
        year=year,
        month=month,
        begun_on=begins,
        reference_day=begins,
        standards=(ReviewStandard(code=standard, purpose="movement"),),
    )
    with write_unit(database, context, Op.BEGIN_REVIEW, unit=commune) as work:
        review = reviews.begin_in(work, definitions, new, commune)
        _take(work, definitions, review)
    return Done(review, work.changes)


def begin(
    database: Database, context: Context, definitions: Definitions, new: NewReview, *, commune: UUID
) -> Done[UUID]:
    """`reviews.begin`; an in-year review takes in the same step what waits for it."""
    with write_unit(database, context, Op.BEGIN_REVIEW, unit=commune) as work:
        review = reviews.begin_in(work, definitions, new, commune)
        row = reviews.get(work.connection, review)
        in_year = new.kind is ReviewKind.IN_YEAR
        if in_year and waiting_for(work.connection, definitions, row, context.today()):
            _take(work, definitions, review)
    return Done(review, work.changes)


def to_take(
    database: Database, definitions: Definitions, *, commune: UUID, begun_on: date, today: date
) -> int:
    """How many applications an in-year review that begins on a day would take."""
    as_begun = {"area": commune, "kind": ReviewKind.IN_YEAR.value, "begun_on": begun_on}
    with database.reader() as connection:
        return len(waiting_for(connection, definitions, as_begun, today))


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What to do with the applications that wait: `review` takes them, or one of `month` begins.

    `month` None: the periodic review, which is begun elsewhere. It can be done from `day` on.
    """

    month: int | None
    review: UUID | None
    count: int
    day: date


def next_step(
    database: Database, lines: Sequence[Filed], *, commune: UUID, year: int
) -> NextStep | None:
    """The first of them in time; None where nothing waits. `lines` is the book of the year."""
    waiting = [line.slot for line in lines if line.state is State.WAITING]
    if not waiting:
        return None
    slot = min(waiting, key=lambda one: one.begins_on)
    month = slot.begins_on.month if slot.kind is ReviewKind.IN_YEAR else None
    with database.reader() as connection:
        found = records.find(
            connection, Kind.REVIEW, area=commune, review_year=year, kind=slot.kind.value,
            month=month, closed_on=None,
        )  # fmt: skip
    review = found[0]["uid"] if found else None
    return NextStep(month=month, review=review, count=waiting.count(slot), day=slot.begins_on)


def take_in(
    database: Database, context: Context, definitions: Definitions, review: UUID
) -> Done[int]:
    """Put what was typed late into a review that runs, an in-year or a periodic one; returns how
    many. Raises RefusedErrors `no_applications`, `review_closed`.
    """
    with write_unit(database, context, Op.LIST_CASE) as work:
        count = _take(work, definitions, review)
    return Done(count, work.changes)


def waiting_for(
    connection: Connection, definitions: Definitions, review: Row, today: date
) -> list[dict[str, Any]]:
    """The applications a review takes: of its own slot, or left over from an earlier month."""
    slots = Slots(connection, definitions, today)
    return [
        row
        for row in of_commune(connection, review["area"])
        if not row["outcome"] and row["review"] is None and _belongs(slots.of(row), review)
    ]


def _belongs(slot: Slot, review: Row) -> bool:
    begun: date = review["begun_on"]
    if review["kind"] == ReviewKind.PERIODIC.value:  # with whatever is still open then
        return slot.begins_on <= begun or (
            slot.kind is ReviewKind.PERIODIC and slot.year == review["review_year"]
        )
    return slot.kind is ReviewKind.IN_YEAR and slot.begins_on <= begun


def _take(work: WriteUnit, definitions: Definitions, review: UUID) -> int:
    row = reviews.running(work.connection, review)
    found = waiting_for(work.connection, definitions, row, work.context.today())
    if not found:
        raise RefusedError("no_applications")
    work.subject = work.subject or ", ".join(one["applicant"] for one in found[:2])
    standard = reviews.movement_standard(work.connection, review)
    now = {
        one.household: one.household_class
        for one in classed_on(work.connection, definitions, standard, row["begun_on"])
    }
    cases = {case["household"]: case for case in stored.cases(work.connection, review)}
    for application in found:
        household = application["household"]
        if household is None and application["purpose"] != Purpose.LOW_INCOME:
            household = _enrol(work, application)
        work.change(
            Kind.APPLICATION,
            application["uid"],
            application,
            {"review": review, "household": household},
        )
        if household is None or application["purpose"] == Purpose.LOW_INCOME:
            continue  # of a person, not of a household: no form, no vote
        if household in cases:
            case = cases[household]
            if case["application"] is None:
                work.change(Kind.CASE, case["uid"], case, {"application": application["uid"]})
            continue
        village = _village(work, household, row["begun_on"]) or application["village"]
        ground = _ground(application, now.get(household))
        uid = reviews.add_case_in(work, review, household, village, ground, application["uid"])
        cases[household] = {"uid": uid, "application": application["uid"]}
    return len(found)


def _enrol(work: WriteUnit, application: Row) -> UUID:
    """The household of an applicant who is not in the register, as far as the paper is typed."""
    head = households.new_member(
        work.context, full_name=application["applicant"], is_head=True, relation="head"
    )
    home = Household(uid=work.context.new_id(), village=application["village"], members=(head,))
    return households.save_in(work, home, day=application["received_on"]).uid


def _ground(application: Row, household_class: str | None) -> str:
    if application["purpose"] == Purpose.AVERAGE_LIVING:
        return "other"  # by real income: no Phiếu A
    leaves = application["purpose"] == Purpose.LEAVE
    return household_class if leaves and household_class in LISTED else "applied"


def _village(work: WriteUnit, household: UUID, day: date) -> UUID | None:
    places: Iterable[Row] = records.find_on(
        work.connection, Kind.PLACE, day, "household", [household]
    )
    return next((place["village"] for place in places), None)
