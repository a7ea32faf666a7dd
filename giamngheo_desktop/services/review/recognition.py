"""Công nhận: the decision of a review under one standard (Mẫu 02) and its four lists.

The decision turns each reviewed case's result into a class record, also of those who leave the
list. A household that was not met keeps its class by the same decision; one that moved gets none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.review_case import NOT_MET, Outcome
from giamngheo_desktop.domain.review_flow import VILLAGE_RULES, Missing
from giamngheo_desktop.domain.standard import HouseholdClass
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.services import classes
from giamngheo_desktop.services.classes import ClassEntry
from giamngheo_desktop.services.dated import lasts
from giamngheo_desktop.services.review import reviews, standing
from giamngheo_desktop.services.review.present_list import classed_on
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import case_lists as listed
from giamngheo_desktop.storage import classes as stored_classes
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage import reviews as stored
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.texts import CASE_KEPT, lacking_text

_STEPS = ("collect", "meet", "post", "recheck")  # what a decision rests on
_SET_APART = frozenset({Outcome.MOVED, Outcome.SCREENED_OUT})  # no class is asked for
_VILLAGES = frozenset({"no_meeting", "not_posted", "still_posted"})  # counted as villages


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The paper: its classes hold from `valid_from`."""

    number: str
    signed_on: date
    valid_from: date
    signer: str | None = None


class Recognised(NamedTuple):
    """What a decision did: how many cases were recognised, and of whom it says nothing."""

    decision: UUID
    reviewed: int  # by their result
    kept: int  # not met: their class goes on
    unknown: int  # no result, or no class to go on
    left: int  # moved, or no longer in the register


class _Planned(NamedTuple):
    """`stands`: recognised in the year already, by a decision of its own that goes on."""

    household: UUID
    household_class: str
    average_living: bool = False
    note: str | None = None
    stands: bool = False


def lacking(database: Database, review: UUID, standard: str, day: date) -> tuple[Missing, ...]:
    """What a decision signed on `day` would pass over, each with its number."""
    with database.reader() as connection:
        return _lacking(connection, review, standard, day)


def _lacking(connection: Connection, review: UUID, standard: str, day: date) -> tuple[Missing, ...]:
    counts: Counter[str] = Counter()
    for village in standing.facts_of(connection, review).villages:
        for step in _STEPS:
            for missing in VILLAGE_RULES[step](village, day):
                counts[missing.code] += 1 if missing.code in _VILLAGES else missing.count
    known = {
        row["review_case"]
        for row in stored.results(connection, review)
        if row["standard"] == standard and row["household_class"]
    }
    counts["unsettled"] = sum(
        row["outcome"] == Outcome.REVIEWED and row["uid"] not in known
        for row in stored.cases(connection, review)
    )
    return tuple(Missing(code, count) for code, count in counts.items() if count)


def recognise(
    database: Database,
    context: Context,
    review: UUID,
    standard: str,
    decision: Decision,
    *,
    reason: str | None = None,
) -> Done[Recognised]:
    """Record the decision of a review under one of its standards.

    Raises RefusedError `review_unfinished` with what is lacking unless a `reason` in writing says
    why it was signed all the same; `already_recognised`, `decision_without_number`,
    `before_review`, `event_in_future`, `year_closed`, `review_closed`.
    """
    reason = clean(reason or "") or None
    with write_unit(database, context, Op.RECOGNISE, reason=reason) as work:
        row = reviews.running(work.connection, review)
        of = _standard(work.connection, review, standard)
        if of["decision"] is not None:
            raise RefusedError("already_recognised")
        _check(work, row, standard, decision.number, decision.signed_on)
        # In force from the first day of the review on, the lists would not know who was on them.
        if decision.valid_from <= row["begun_on"]:
            raise RefusedError("before_review", day=format_date(row["begun_on"]))
        open_points = _lacking(work.connection, review, standard, decision.signed_on)
        if open_points and reason is None:
            raise RefusedError("review_unfinished", what=lacking_text(open_points))
        paper = _paper(work, row["area"], decision)
        done = _record(work, row, standard, decision, paper)
        work.update(Kind.REVIEW_STANDARD, of["uid"], decision=paper)
        work.subject = decision.number
    return Done(done, work.changes)


def correct_paper(
    database: Database,
    context: Context,
    review: UUID,
    standard: str,
    *,
    number: str,
    signed_on: date,
    signer: str | None,
) -> Done[None]:
    """Number, day or signer of the decision were mistyped; whom it recognises stays."""
    with write_unit(database, context, Op.RECOGNISE) as work:
        row = reviews.running(work.connection, review)
        paper = _standard(work.connection, review, standard)["decision"]
        if paper is None:
            raise RefusedError("not_recognised")
        _check(work, row, standard, number, signed_on)
        work.update(Kind.DECISION, paper, number=clean(number), signed_on=signed_on, signer=signer)
        work.subject = number
    return Done(None, work.changes)


def take_back(
    database: Database, context: Context, review: UUID, standard: str, *, reason: str
) -> Done[None]:
    """The decision was recorded by mistake: every class it gave goes, the one before holds on.

    Raises RefusedError `not_recognised`, `reason_missing`, `decision_in_use` where certificates
    rest on it, `year_closed`.
    """
    if not reason.strip():
        raise RefusedError("reason_missing")
    with write_unit(database, context, Op.RECOGNISE, reason=clean(reason)) as work:
        row = reviews.running(work.connection, review)
        reviews.refuse_closed_year(work.connection, row["area"], row["review_year"], standard)
        of = _standard(work.connection, review, standard)
        paper = of["decision"]
        if paper is None:
            raise RefusedError("not_recognised")
        lines = records.find(work.connection, Kind.CERTIFICATE_YEAR, decision=paper)
        if lines:
            raise RefusedError("decision_in_use", count=len(lines))
        work.subject = work.living(Kind.DECISION, paper)["number"]
        for record in stored.recognised(work.connection, paper, standard):
            classes.remove_in(work, record["uid"])
        work.update(Kind.REVIEW_STANDARD, of["uid"], decision=None)
        if not records.pointing_at(work.connection, Kind.DECISION, [paper]):
            work.remove(Kind.DECISION, paper)
    return Done(None, work.changes)


def _standard(connection: Connection, review: UUID, standard: str) -> dict[str, Any]:
    found = records.find(connection, Kind.REVIEW_STANDARD, review=review, standard=standard)
    if not found:
        raise RefusedError("record_missing")
    return found[0]


def _check(
    work: WriteUnit, review: Mapping[str, Any], standard: str, number: str, signed_on: date
) -> None:
    reviews.refuse_closed_year(work.connection, review["area"], review["review_year"], standard)
    if not clean(number):
        raise RefusedError("decision_without_number")
    if signed_on > work.context.today():
        raise RefusedError("event_in_future", day=format_date(signed_on))
    if signed_on < review["begun_on"]:
        raise RefusedError("before_review", day=format_date(review["begun_on"]))


def _paper(work: WriteUnit, commune: UUID, decision: Decision) -> UUID:
    number = clean(decision.number)
    same = records.find(
        work.connection, Kind.DECISION, area=commune, number=number, signed_on=decision.signed_on
    )
    if same:
        uid = UUID(str(same[0]["uid"]))
        work.update(Kind.DECISION, uid, signer=decision.signer or same[0]["signer"])
        return uid
    return work.insert(
        Kind.DECISION,
        area=commune,
        number=number,
        signed_on=decision.signed_on,
        signer=decision.signer,
        note=None,
    )


def _record(
    work: WriteUnit, review: Mapping[str, Any], standard: str, decision: Decision, paper: UUID
) -> Recognised:
    reviewed = kept = left = 0
    cases = stored.cases(work.connection, review["uid"])
    for planned in _plan(work.connection, review, standard):
        if not _is_here(work.connection, planned.household, decision.valid_from):
            left += 1
            continue
        if planned.stands:
            reviewed += 1
            continue
        entry = ClassEntry(
            household=planned.household,
            standard=standard,
            review_year=review["review_year"],
            household_class=planned.household_class,
            average_living=planned.average_living,
            source="decision",
            valid_from=decision.valid_from,
            decision_number=clean(decision.number),
            decision_on=decision.signed_on,
            note=planned.note,
        )
        classes.record_in(work, entry, review["area"])
        if planned.note is None:
            reviewed += 1
        else:
            kept += 1
    moved = sum(case["outcome"] == Outcome.MOVED for case in cases)
    screened = sum(case["outcome"] == Outcome.SCREENED_OUT for case in cases)
    unknown = len(cases) - reviewed - kept - left - moved - screened
    return Recognised(paper, reviewed, kept, unknown, left + moved)


def _plan(connection: Connection, review: Mapping[str, Any], standard: str) -> Iterator[_Planned]:
    """What the decision says of each case, in the order of the lists."""
    results = {
        row["review_case"]: row
        for row in stored.results(connection, review["uid"])
        if row["standard"] == standard and row["household_class"]
    }
    for case in stored.cases(connection, review["uid"]):
        result = results.get(case["uid"])
        household = case["household"]
        if case["outcome"] == Outcome.REVIEWED and result is not None:
            name = result["household_class"]
            if name == HouseholdClass.AVERAGE:  # the income band is no recognised class
                name = HouseholdClass.NOT_POOR.value
            stands = name == HouseholdClass.NOT_POOR and _is_average(
                connection, household, standard, review
            )
            yield _Planned(household, name, stands=stands)
        elif case["outcome"] in NOT_MET:
            before = _last_class(connection, household, standard, review["begun_on"])
            if before is not None:
                note = CASE_KEPT[case["outcome"]]
                household_class, average = before["household_class"], before["average_living"]
                yield _Planned(household, household_class, average, note)


def _is_average(
    connection: Connection, household: UUID, standard: str, review: Mapping[str, Any]
) -> bool:
    """Whether mức sống trung bình was granted in the year: on application, so that the decision of
    a review neither gives nor ends it.
    """
    row = _last_class(connection, household, standard, review["begun_on"])
    if row is None or row["review_year"] != review["review_year"]:
        return False
    return bool(row["average_living"])


def _last_class(
    connection: Connection, household: UUID, standard: str, since: date
) -> dict[str, Any] | None:
    """The newest recognised class that still held as the review began, or was given since."""
    return next(
        (
            row
            for row in stored_classes.of_household(connection, household)
            if row["standard"] == standard and row["source"] != "computed" and lasts(row, since)
        ),
        None,
    )


def _is_here(connection: Connection, household: UUID, day: date) -> bool:
    places = records.find(connection, Kind.PLACE, household=household)
    return any(lasts(row, day) for row in places)


class Unclassed(NamedTuple):
    """A household of whom a decision says nothing."""

    household: UUID
    head: str
    village: UUID


def unclassed(database: Database, review: UUID, standard: str) -> list[Unclassed]:
    """Whom the decision under a standard says nothing of: no result, and no class to go on with.

    Those who moved or were screened out are none of them.
    """
    with database.reader() as connection:
        row = reviews.get(connection, review)
        planned = {plan.household for plan in _plan(connection, row, standard)}
        names = listed.who(connection, row)
        villages = reviews.villages_of(connection, row)
        found = [
            Unclassed(case["household"], names[case["household"]][0], case["village"])
            for case in stored.cases(connection, review)
            if case["household"] not in planned and case["outcome"] not in _SET_APART
        ]
    order = {village: place for place, village in enumerate(villages)}
    return sorted(found, key=lambda one: order.get(one.village, len(order)))


class Listed(NamedTuple):
    """One line of a list of Mẫu 02."""

    household: UUID
    village: UUID
    head: str
    sort_key: str
    persons: int
    class_before: str | None
    class_after: str
    note: str | None


@dataclass(frozen=True, slots=True)
class FourLists:
    """The lists of a decision: who is poor, near-poor, and who left either list.

    Who was poor and is near-poor stands in two of them: it left the list of the poor.
    """

    poor: tuple[Listed, ...]
    near_poor: tuple[Listed, ...]
    left_poor: tuple[Listed, ...]
    left_near_poor: tuple[Listed, ...]


def lists(database: Database, definitions: Definitions, review: UUID, standard: str) -> FourLists:
    """What the decision recognised; before it, what it would by the results so far."""
    with database.reader() as connection:
        return lists_in(connection, definitions, review, standard)


def lists_in(
    connection: Connection, definitions: Definitions, review: UUID, standard: str
) -> FourLists:
    """`lists` within a connection that is open."""
    row = reviews.get(connection, review)
    paper = _standard(connection, review, standard)["decision"]
    listed_by = classed_on(connection, definitions, standard, row["begun_on"])
    before = {one.household: one.household_class for one in listed_by}
    names = listed.who(connection, row)
    cases = stored.cases(connection, review)
    after = {
        plan.household: (plan.household_class, plan.note)
        for plan in _plan(connection, row, standard)
    }
    villages = reviews.villages_of(connection, row)
    if paper is not None:
        after = {
            record["household"]: (record["household_class"], record["note"])
            for record in stored.recognised(connection, paper, standard)
        }
    order = {village: place for place, village in enumerate(villages)}
    rows = [
        Listed(
            case["household"],
            case["village"],
            *names[case["household"]],
            before.get(case["household"]),
            *after[case["household"]],
        )
        for case in sorted(cases, key=lambda case: order.get(case["village"], len(order)))
        if case["household"] in after
    ]
    poor, near = HouseholdClass.POOR, HouseholdClass.NEAR_POOR
    return FourLists(
        poor=tuple(row for row in rows if row.class_after == poor),
        near_poor=tuple(row for row in rows if row.class_after == near),
        left_poor=tuple(row for row in rows if row.class_before == poor != row.class_after),
        left_near_poor=tuple(
            row for row in rows if row.class_before == near and row.class_after not in (poor, near)
        ),
    )
