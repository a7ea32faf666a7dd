"""The course of a review (kỳ rà soát): begin it, put households on its lists, see where it stands.

Each household is asked once and has one result per standard of the review.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.form_code import form_code, form_number
from giamngheo_desktop.domain.review_case import FOLLOWS
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.domain.workflow import ReviewKind
from giamngheo_desktop.services.household_view import local_standards
from giamngheo_desktop.services.review.present_list import LISTED as LISTED
from giamngheo_desktop.services.review.present_list import on_the_list
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import areas, records, review_rows, reviews
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.review_rows import Scope

_FURTHEST = timedelta(days=31)  # a paper is written before its day, but not long before
_NAMED = 2  # villages that the name of an act spells out
MOVEMENT, NEXT_OPENING, LOCAL = "movement", "next_opening", "local"  # why a standard is applied


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewStandard:
    """A standard of a review and why: movement, next_opening or local."""

    code: str
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReview:
    """What beginning a review asks. `month` is that of an in-year review."""

    kind: ReviewKind = ReviewKind.PERIODIC
    year: int
    month: int | None = None
    begun_on: date
    reference_day: date
    standards: tuple[ReviewStandard, ...]
    surveyors: Mapping[UUID, tuple[str, ...]] = field(default_factory=dict)  # by village
    note: str | None = None

    @property
    def own_standard(self) -> str:
        """That of the movement, whose year this is."""
        return _in_order(self.standards)[0].code


def proposed_standards(
    database: Database, definitions: Definitions, commune: UUID, year: int
) -> tuple[ReviewStandard, ...]:
    """The national standard of the year, the next one in its last year, those of the province."""
    with database.reader() as connection:
        tree = areas.tree_on(connection, date(year, 12, 31))
    own = standard_for(definitions.standards, year).code
    found = [ReviewStandard(code=own, purpose=MOVEMENT)]
    try:
        following = standard_for(definitions.standards, year + 1).code
    except AppError:
        following = own
    if following != own:
        found.append(ReviewStandard(code=following, purpose=NEXT_OPENING))
    local = local_standards(definitions, tree, commune, year)
    found += [ReviewStandard(code=item.code, purpose=LOCAL) for item in local]
    return tuple(found)


def begin(
    database: Database,
    context: Context,
    definitions: Definitions,
    new: NewReview,
    *,
    commune: UUID,
) -> Done[UUID]:
    """Begin a review; a periodic one puts everybody on the present list onto its own.

    Raises RefusedError `review_running` where one of the same kind and time is there,
    `review_without_standard`, `review_standard_twice`, `review_month`, `year_closed`, and those of
    a day that cannot be: `review_day_outside_year`, `day_too_far`, `unit_not_there_then`.
    """
    with write_unit(database, context, Op.BEGIN_REVIEW, unit=commune) as work:
        review = begin_in(work, definitions, new, commune)
    return Done(review, work.changes)


def begin_in(work: WriteUnit, definitions: Definitions, new: NewReview, commune: UUID) -> UUID:
    """`begin` inside an open unit of work."""
    if not new.standards:
        raise RefusedError("review_without_standard")
    if len({item.code for item in new.standards}) < len(new.standards):
        raise RefusedError("review_standard_twice")
    if (new.kind is ReviewKind.IN_YEAR) != (new.month in range(1, 13)):
        raise RefusedError("review_month")
    refuse_day(work, new.begun_on, new.year, commune)
    workflow = definitions.workflow(new.kind.value, new.begun_on)
    work.subject = _name(new.year, new.month)
    _refuse_second(work.connection, new, commune)
    review = work.insert(
        Kind.REVIEW,
        area=commune,
        kind=new.kind.value,
        review_year=new.year,
        month=new.month,
        workflow=workflow.code,
        begun_on=new.begun_on,
        reference_day=new.reference_day,
        closed_on=None,
        note=new.note,
    )
    work.insert_many(
        Kind.REVIEW_STANDARD,
        [
            {"review": review, "standard": item.code, "purpose": item.purpose, "decision": None}
            for item in new.standards
        ],
    )
    work.insert_many(
        Kind.SURVEYOR,
        [
            {"review": review, "village": village, "name": name, "phone": None}
            for village, names in new.surveyors.items()
            for name in names
        ],
    )
    if new.kind is ReviewKind.PERIODIC:
        list_present_in(work, definitions, review)
    return review


def refuse_day(work: WriteUnit, day: date, year: int, commune: UUID) -> None:
    """The window of the law is advice (a review may begin late), the year is not."""
    if day.year != year:
        raise RefusedError("review_day_outside_year", year=year, day=format_date(day))
    refuse_far(work.context, day)
    if areas.tree_on(work.connection, day).get(commune) is None:
        raise RefusedError("unit_not_there_then")


def refuse_far(context: Context, day: date) -> None:
    """Raises RefusedError `day_too_far`, which says from when the day can be written."""
    if day > context.today() + _FURTHEST:
        first = format_date(day - _FURTHEST)
        raise RefusedError("day_too_far", day=format_date(day), first=first)


def _refuse_second(connection: Connection, new: NewReview, commune: UUID) -> None:
    same = records.find(
        connection,
        Kind.REVIEW,
        area=commune,
        kind=new.kind.value,
        review_year=new.year,
        month=new.month,
    )
    if same:
        raise RefusedError("review_running", year=new.year)
    refuse_closed_year(connection, commune, new.year, new.own_standard)


def refuse_closed_year(connection: Connection, commune: UUID, year: int, standard: str) -> None:
    """Raises RefusedError `year_closed`: the tables of the year would not show what is written."""
    scope = Scope(year=year, standard=standard)
    villages = {area.uid for area in areas.tree_on(connection, scope.day).villages(commune)}
    if review_rows.is_closed(review_rows.is_frozen(connection, scope), villages):
        raise RefusedError("year_closed", year=year)


def list_present(
    database: Database, context: Context, definitions: Definitions, review: UUID
) -> Done[int]:
    """Put those on the review's list whose class of the day it began was typed since; how many.

    Raises RefusedError `review_closed`.
    """
    with write_unit(database, context, Op.LIST_CASE) as work:
        row = running(work.connection, review)
        work.subject = name_of(row)
        added = list_present_in(work, definitions, review)
    return Done(added, work.changes)


def list_present_in(work: WriteUnit, definitions: Definitions, review: UUID) -> int:
    """`list_present` inside an open unit of work: everybody poor or near-poor on the day the review
    began, in paper order, each once.

    Under several standards the ground is the class of the movement's one, where that lists it.
    """
    row = get(work.connection, review)
    there = reviews.cases(work.connection, review)
    listed = {case["household"] for case in there}
    numbers: Counter[UUID] = Counter()
    for case in there:
        numbers[case["village"]] = max(numbers[case["village"]], case["position"] or 0)
    rows = []
    standards = [item.code for item in standards_in(work.connection, review)]
    for village, code, household in on_the_list(work.connection, definitions, row, standards):
        if household not in listed:
            numbers[village] += 1
            rows.append(_case(review, household, village, code, numbers[village]))
    work.insert_many(Kind.CASE, rows)
    return len(rows)


def _case(
    review: UUID,
    household: UUID,
    village: UUID,
    ground: str,
    position: int,
    application: UUID | None = None,
) -> dict[str, Any]:
    return {
        "review": review,
        "household": household,
        "village": village,
        "ground": ground,
        "application": application,
        "position": position,
        **dict.fromkeys(FOLLOWS),
    }


def add_case_in(
    work: WriteUnit,
    review: UUID,
    household: UUID,
    village: UUID,
    ground: str,
    application: UUID | None = None,
) -> UUID:
    """Put a household at the end of its village's list. Raises RefusedError `case_there`,
    `review_closed`.

    On a list that is confirmed its form has a code at once.
    """
    running(work.connection, review)
    if records.find(work.connection, Kind.CASE, review=review, household=household):
        raise RefusedError("case_there")
    last = reviews.last_position(work.connection, review, village)
    case = _case(review, household, village, ground, last + 1, application)
    if records.find(work.connection, Kind.REVIEW_MARK, review=review, village=village, step="list"):
        case["form_code"] = form_code(_last_form(work.connection, review) + 1)
    return work.insert_many(Kind.CASE, [case])[0]


def _give_codes(work: WriteUnit, review: UUID, village: UUID | None) -> None:
    """Each form of a confirmed list has its code once and for all."""
    new = [row for row in reviews.cases(work.connection, review, village) if not row["form_code"]]
    work.read_ahead([row["uid"] for row in new])
    for number, row in enumerate(new, start=_last_form(work.connection, review) + 1):
        work.change(Kind.CASE, row["uid"], row, {"form_code": form_code(number)})


def _last_form(connection: Connection, review: UUID) -> int:
    return max(map(form_number, reviews.form_codes(connection, review)), default=0)


def all_of(database: Database, commune: UUID | None = None) -> list[dict[str, Any]]:
    """The reviews (of a commune), the newest first, each with its `standards`."""
    with database.reader() as connection:
        equals = {} if commune is None else {"area": commune}
        rows = records.find(connection, Kind.REVIEW, **equals)
        standards = records.find(connection, Kind.REVIEW_STANDARD)
    for row in rows:
        row["standards"] = [item for item in standards if item["review"] == row["uid"]]
    return sorted(rows, key=lambda row: (row["begun_on"], row["uid"]), reverse=True)


def mark(
    database: Database,
    context: Context,
    review: UUID,
    step: str,
    *,
    village: UUID | None = None,
    day: date | None = None,
    note: str | None = None,
) -> Done[None]:
    """Say that a step is done which no other record tells; `day` None takes it back.

    Confirming a list gives its forms their codes. Raises RefusedError `review_closed`.
    """
    with write_unit(database, context, Op.MARK_STEP, unit=village) as work:
        here = [village] if village else []
        work.subject = name_at(work.connection, running(work.connection, review), here)
        found = records.find(
            work.connection, Kind.REVIEW_MARK, review=review, village=village, step=step
        )
        for row in found[1:] if day else found:
            work.remove(Kind.REVIEW_MARK, row["uid"])
        if day and found:
            work.update(Kind.REVIEW_MARK, found[0]["uid"], done_on=day, note=note)
        elif day:
            work.insert(
                Kind.REVIEW_MARK, review=review, village=village, step=step, done_on=day, note=note
            )
        if day and step == "list":
            _give_codes(work, review, village)
    return Done(None, work.changes)


def movement_standard(connection: Connection, review: UUID) -> str:
    """The standard whose lists the review moves; in-year decisions are recognised under it."""
    rows = records.find(connection, Kind.REVIEW_STANDARD, review=review)
    return next((str(row["standard"]) for row in rows if row["purpose"] == "movement"), "")


def get(connection: Connection, review: UUID) -> dict[str, Any]:
    """Raises RefusedError `record_missing`."""
    row = records.get(connection, Kind.REVIEW, review)
    if row is None or row["removed"]:
        raise RefusedError("record_missing")
    return row


def running(connection: Connection, review: UUID) -> dict[str, Any]:
    """The row of a review that is written to: the one guard of all services.

    Raises RefusedErrors `record_missing`, `review_closed`: what it found stands still.
    """
    row = get(connection, review)
    if row["closed_on"] is not None:
        raise RefusedError("review_closed")
    return row


def name_of(review: Mapping[str, Any]) -> str:
    """What tells a review from others of its commune: "2026", "03/2026"."""
    return _name(review["review_year"], review["month"])


def name_at(connection: Connection, review: Mapping[str, Any], villages: Sequence[UUID]) -> str:
    """Where in a review something was done: its villages, or its own name; for the history."""
    tree = areas.tree_on(connection, review["begun_on"])
    names = [area.name for village in villages if (area := tree.get(village))]
    more = "…" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more or name_of(review)


def _name(year: int, month: int | None) -> str:
    return str(year) if month is None else f"{month:02d}/{year}"


def standards_in(connection: Connection, review: UUID) -> list[ReviewStandard]:
    """The standards of a review, that of the movement first."""
    rows = records.find(connection, Kind.REVIEW_STANDARD, review=review)
    return _in_order(ReviewStandard(code=row["standard"], purpose=row["purpose"]) for row in rows)


def _in_order(standards: Iterable[ReviewStandard]) -> list[ReviewStandard]:
    return sorted(standards, key=lambda item: item.purpose != MOVEMENT)


def villages_of(connection: Connection, review: Mapping[str, Any]) -> list[UUID]:
    """The villages of the commune as the review began, in their order; then those of its lists
    that were no more, or came since.
    """
    tree = areas.tree_on(connection, review["begun_on"])
    of_day = [area.uid for area in tree.villages(review["area"])]
    return list(dict.fromkeys((*of_day, *reviews.villages_of_cases(connection, review["uid"]))))


def main_standard(standards: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The one whose lists are managed in the year: that of the movement, else the first."""
    rows = list(standards)
    return next((row for row in rows if row["purpose"] == MOVEMENT), rows[0] if rows else None)
