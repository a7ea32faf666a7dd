"""The course of a review (kỳ rà soát): begin it, put households on its lists, see where it stands.

Each household is asked once and has one result per standard of the review.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.review_flow import ReviewFacts, ReviewFlow, VillageFacts
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.domain.workflow import ReviewKind
from giamngheo_desktop.domain.working_days import Calendar
from giamngheo_desktop.services.household_view import local_standards
from giamngheo_desktop.services.placing import Placing
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import areas, records, review_rows, reviews
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.review_rows import Scope

LISTED = ("poor", "near_poor")  # the classes, and grounds of a case, in the order of the list
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
    `review_without_standard`, `review_standard_twice`, `review_month`, `year_closed`.
    """
    if not new.standards:
        raise RefusedError("review_without_standard")
    if len({item.code for item in new.standards}) < len(new.standards):
        raise RefusedError("review_standard_twice")
    if (new.kind is ReviewKind.IN_YEAR) != (new.month in range(1, 13)):
        raise RefusedError("review_month")
    workflow = definitions.workflow(new.kind.value, new.begun_on)
    with write_unit(database, context, Op.BEGIN_REVIEW, unit=commune) as work:
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
            _list_present(work, review)
    return Done(review, work.changes)


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
    scope = Scope(year=new.year, standard=new.own_standard)
    villages = {area.uid for area in areas.tree_on(connection, scope.day).villages(commune)}
    if review_rows.is_closed(review_rows.is_frozen(connection, scope), villages):
        raise RefusedError("year_closed", year=new.year)


def list_present(database: Database, context: Context, review: UUID) -> Done[int]:
    """Put those on the review's list whose class of the day it began was typed since; how many.

    Raises RefusedError `review_closed`.
    """
    with write_unit(database, context, Op.LIST_CASE) as work:
        row = refuse_closed(work, review)
        work.subject = name_of(row)
        added = _list_present(work, review)
    return Done(added, work.changes)


def _list_present(work: WriteUnit, review: UUID) -> int:
    """Everybody poor or near-poor on the day the review began, in paper order, each once.

    Under several standards the ground is the class of the movement's one, where that lists it.
    """
    row = get(work.connection, review)
    there = reviews.cases(work.connection, review)
    listed = {case["household"] for case in there}
    numbers: Counter[UUID] = Counter()
    for case in there:
        numbers[case["village"]] = max(numbers[case["village"]], case["position"] or 0)
    rows = []
    for village, code, household in _on_the_list(work.connection, row):
        if household not in listed:
            numbers[village] += 1
            rows.append(_case(review, household, village, code, numbers[village]))
    work.insert_many(Kind.CASE, rows)
    return len(rows)


def _on_the_list(connection: Connection, review: Mapping[str, Any]) -> list[tuple[UUID, str, UUID]]:
    """Village, class and household of the commune's list on the day a review began.

    Whom nobody put into a village after a split stands on the list of the old one.
    """
    day: date = review["begun_on"]
    placing = Placing(connection, day, day)
    order = [area.uid for area in placing.tree.villages(review["area"])]
    own = frozenset(order)
    found: dict[UUID, tuple[UUID, str, UUID]] = {}
    for standard in standards_in(connection, review["uid"]):
        scope = Scope(year=review["review_year"], standard=standard.code, as_of=day)
        listed = (
            row for row in review_rows.classed(connection, scope) if row.household_class in LISTED
        )
        for place, row in placing.placed(listed):
            village = place if isinstance(place, UUID) else row.village
            ours = village in own if isinstance(place, UUID) else place <= own
            if ours and row.household not in found:
                found[row.household] = village, row.household_class, row.household
    places = {village: number for number, village in enumerate(order)}
    return sorted(
        found.values(),
        key=lambda case: (places.get(case[0], len(order)), LISTED.index(case[1]), case[2]),
    )


def _case(
    review: UUID,
    household: UUID,
    village: UUID,
    ground: str,
    position: int,
    application: UUID | None = None,
) -> dict[str, Any]:
    empty = dict.fromkeys(
        (
            "surveyor",
            "form_code",
            "screen_conditions",
            "screened_in",
            "screened_by",
            "issued_on",
            "collected_on",
            "returned_on",
            "returned_reason",
            "entered_on",
            "outcome",
            "outcome_note",
        )
    )
    return {
        "review": review,
        "household": household,
        "village": village,
        "ground": ground,
        "application": application,
        "position": position,
        **empty,
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
    """
    refuse_closed(work, review)
    if records.find(work.connection, Kind.CASE, review=review, household=household):
        raise RefusedError("case_there")
    last = reviews.last_position(work.connection, review, village)
    case = _case(review, household, village, ground, last + 1, application)
    return work.insert_many(Kind.CASE, [case])[0]


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

    Raises RefusedError `review_closed`.
    """
    with write_unit(database, context, Op.MARK_STEP, unit=village) as work:
        refuse_closed(work, review)
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
    return Done(None, work.changes)


def flow(database: Database, definitions: Definitions, review: UUID, today: date) -> ReviewFlow:
    """Every step of a review with its state on `today`."""
    with database.reader() as connection:
        return flow_in(connection, definitions, review, today)


def flow_in(
    connection: Connection, definitions: Definitions, review: UUID, today: date
) -> ReviewFlow:
    """`flow` within a transaction."""
    row = get(connection, review)
    workflow = definitions.workflow(row["workflow"], row["begun_on"])
    calendar = Calendar(yearly=frozenset(definitions.holidays.yearly))
    return ReviewFlow(workflow, facts_of(connection, review), today, calendar)


def get(connection: Connection, review: UUID) -> dict[str, Any]:
    """Raises RefusedError `record_missing`."""
    row = records.get(connection, Kind.REVIEW, review)
    if row is None or row["removed"]:
        raise RefusedError("record_missing")
    return row


def refuse_closed(work: WriteUnit, review: UUID) -> dict[str, Any]:
    """The row of a review in which something is about to be written.

    Raises RefusedError `review_closed`: what it found stands still.
    """
    row = get(work.connection, review)
    if row["closed_on"] is not None:
        raise RefusedError("review_closed", name=name_of(row))
    return row


def name_of(review: Mapping[str, Any]) -> str:
    """What tells a review from others of its commune: "2026", "03/2026"."""
    return _name(review["review_year"], review["month"])


def _name(year: int, month: int | None) -> str:
    return str(year) if month is None else f"{month:02d}/{year}"


def standards_in(connection: Connection, review: UUID) -> list[ReviewStandard]:
    """The standards of a review, that of the movement first."""
    rows = records.find(connection, Kind.REVIEW_STANDARD, review=review)
    return _in_order(ReviewStandard(code=row["standard"], purpose=row["purpose"]) for row in rows)


def _in_order(standards: Iterable[ReviewStandard]) -> list[ReviewStandard]:
    return sorted(standards, key=lambda item: item.purpose != MOVEMENT)


def facts_of(connection: Connection, review: UUID) -> ReviewFacts:
    """All that the flow of a review follows from."""
    row = get(connection, review)
    standards = records.find(connection, Kind.REVIEW_STANDARD, review=review)
    marks = records.find(connection, Kind.REVIEW_MARK, review=review)
    of_commune = {item["step"]: item["done_on"] for item in marks if item["village"] is None}
    return ReviewFacts(
        year=row["review_year"],
        begun_on=row["begun_on"],
        standards=tuple(item["standard"] for item in standards),
        decided=frozenset(item["standard"] for item in standards if item["decision"]),
        reported_on=of_commune.get("summarise"),
        closed_on=row["closed_on"],
        marks=of_commune,
        villages=tuple(_villages(connection, row, standards, marks)),
    )


def _villages(
    connection: Connection,
    review: Mapping[str, Any],
    standards: Iterable[Mapping[str, Any]],
    marks: Iterable[Mapping[str, Any]],
) -> Iterable[VillageFacts]:
    uid, year = review["uid"], review["review_year"]
    cases = _by_village(reviews.cases(connection, uid))
    surveyors = _by_village(records.find(connection, Kind.SURVEYOR, review=uid))
    postings = _by_village(records.find(connection, Kind.POSTING, review=uid))
    complaints = _by_village(records.find(connection, Kind.COMPLAINT, review=uid))
    meetings = Counter(row["village"] for row in records.find(connection, Kind.MEETING, review=uid))
    populations = {row["area"] for row in records.find(connection, Kind.POPULATION, year=year)}
    codes = {item["standard"] for item in standards}
    own = next((item["standard"] for item in standards if item["purpose"] == MOVEMENT), None)
    classes: dict[UUID, dict[str, str]] = defaultdict(dict)
    for result in reviews.results(connection, uid):
        if result["household_class"]:
            classes[result["review_case"]][result["standard"]] = result["household_class"]
    last_vote = {row["review_case"]: row for row in reviews.votes(connection, uid)}
    certified = reviews.certified(connection, year)
    tree = areas.tree_on(connection, review["begun_on"])
    of_day = (area.uid for area in tree.villages(review["area"]))
    # A village of the lists that is no more, or came since, has its steps as well.
    for village in dict.fromkeys((*of_day, *sorted(cases))):
        own_cases = cases[village]
        reviewed = [row for row in own_cases if row["outcome"] == "reviewed"]
        votes = [last_vote.get(row["uid"]) for row in own_cases]
        first = [row for row in postings[village] if row["subject"] == "results"]
        again = [row for row in postings[village] if row["subject"] == "recheck"]
        waiting = [row for row in complaints[village] if row["answered_on"] is None]
        changed = [row["rechecked_on"] for row in complaints[village] if row["result"] == "changed"]
        last_again = max((row["begun_on"] for row in again), default=date.min)
        found = {row["uid"]: set(classes[row["uid"]].values()) for row in reviewed}
        listed = [row for row in reviewed if classes[row["uid"]].get(own or "") in LISTED]
        yield VillageFacts(
            village=village,
            surveyors=len(surveyors[village]),
            has_population=village in populations,
            cases=len(own_cases),
            unscreened=sum(
                row["ground"] == "applied" and row["screened_in"] is None and not row["outcome"]
                for row in own_cases
            ),
            unentered=sum(row["outcome"] is None for row in own_cases),
            unsettled=sum(not codes <= classes[row["uid"]].keys() for row in reviewed),
            unvoted=sum(row["uid"] not in last_vote for row in reviewed),
            outvoted=sum(vote is not None and not agreed(vote) for vote in votes),
            meetings=meetings[village],
            posted_on=max((row["begun_on"] for row in first), default=None),
            posted_until=max((row["last_day"] for row in first), default=None),
            complained_on=min((row["received_on"] for row in waiting), default=None),
            complaints=len(waiting),
            reposted_until=max((row["last_day"] for row in again), default=None),
            unposted_rechecks=sum(day is not None and day > last_again for day in changed),
            recognisable=sum(
                row["ground"] in LISTED or not found.get(row["uid"], set()).isdisjoint(LISTED)
                for row in own_cases
            ),
            uncertified=sum(row["household"] not in certified for row in listed),
            marks={row["step"]: row["done_on"] for row in marks if row["village"] == village},
        )


def agreed(vote: Mapping[str, Any]) -> bool:
    """At least half of all who attended (QĐ 24/2021, Điều 4)."""
    return bool(2 * vote["agreed"] >= vote["attendants"])


def _by_village(rows: Iterable[dict[str, Any]]) -> defaultdict[UUID, list[dict[str, Any]]]:
    found: defaultdict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["village"]].append(row)
    return found
