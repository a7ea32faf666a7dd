"""What the page Rà soát shows of a year: its reviews, and where each village stands in one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.area import Area, Level
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.review_flow import PREPARE, Missing, ReviewFlow, Status, StepState
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.domain.workflow import ReviewKind, Scope, StepDef
from giamngheo_desktop.services.review import reviews, standing
from giamngheo_desktop.services.review.reviews import ReviewStandard
from giamngheo_desktop.services.unit_names import unit_names
from giamngheo_desktop.storage import areas, records, review_rows
from giamngheo_desktop.storage import reviews as stored
from giamngheo_desktop.storage.engine import Connection, Database


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewHead:
    """A review as chosen on the page; `month` is that of an in-year one."""

    uid: UUID
    commune: UUID
    kind: ReviewKind
    year: int
    month: int | None
    begun_on: date
    reference_day: date
    closed_on: date | None
    standards: tuple[ReviewStandard, ...]
    note: str | None = None

    @property
    def own_standard(self) -> str:
        """The standard that the movement of the year is counted by."""
        own = (item.code for item in self.standards if item.purpose == "movement")
        return next(own, self.standards[0].code if self.standards else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView:
    """All of a year, and one review of it with its flow; `review` None: none was begun.

    `villages` are those of the commune in paper order, `last_surveyors` those of the newest
    review by then; `proposed` are the standards for a new one. A `closed` year is only looked at.
    """

    year: int
    today: date
    closed: bool
    communes: tuple[Area, ...]
    reviews: tuple[ReviewHead, ...] = ()
    review: ReviewHead | None = None
    flow: ReviewFlow | None = None
    villages: tuple[Area, ...] = ()
    surveyors: Mapping[UUID, tuple[str, ...]] = field(default_factory=dict)
    last_surveyors: Mapping[UUID, tuple[str, ...]] = field(default_factory=dict)
    population: Mapping[UUID, Mapping[str, Any]] = field(default_factory=dict)
    proposed: tuple[ReviewStandard, ...] = ()
    to_review: int = 0  # households in all reviews of the year

    @property
    def open(self) -> bool:
        """Whether something may still be written in the review."""
        return not self.closed and (self.review is None or self.review.closed_on is None)

    def name(self, village: UUID | None) -> str:
        return next((area.name for area in self.villages if area.uid == village), "")


def view(
    database: Database,
    definitions: Definitions,
    *,
    year: int,
    unit: UUID,
    today: date,
    review: UUID | None = None,
) -> ReviewView:
    """The year of a commune (or of a province of several); without a `review` that can be found
    the periodic one, else the newest.
    """
    day = today if today.year == year else date(year, 12, 31)
    with database.reader() as connection:
        tree = areas.tree_on(connection, day)
        own = tree.get(unit)
        communes = (
            (own,)
            if own is not None and own.level is Level.COMMUNE
            else tuple(area for area in tree.of_level(Level.COMMUNE))
        )
        known = [head for area in communes for head in _heads(connection, area.uid)]
        heads = tuple(head for head in known if head.year == year)
        chosen = next((head for head in heads if head.uid == review), None) or _first(heads)
        commune = chosen.commune if chosen else communes[0].uid if communes else unit
        villages = _named(connection, commune, chosen.begun_on if chosen else day)
        scope = review_rows.Scope(
            year=year, standard=standard_for(definitions.standards, year).code
        )
        closed = review_rows.is_closed(
            review_rows.is_frozen(connection, scope), {area.uid for area in villages}
        )
        surveyors = _surveyors(connection, chosen.uid) if chosen else {}
        before = next((head for head in known if head.year <= year), None)
        last = _surveyors(connection, before.uid) if before else {}
        population = areas.population_of(connection, year)
        through = progress(connection, [area.uid for area in communes], year)
    flow = standing.flow(database, definitions, chosen.uid, today) if chosen else None
    proposed = reviews.proposed_standards(database, definitions, commune, year)
    return ReviewView(
        year=year,
        today=today,
        closed=closed,
        communes=communes,
        reviews=heads,
        review=chosen,
        flow=flow,
        villages=villages,
        surveyors=surveyors,
        last_surveyors=last,
        population=population,
        proposed=proposed,
        to_review=to_review(through),
    )


class Paper(NamedTuple):
    """The decision of a standard."""

    number: str
    signed_on: date | None
    signer: str | None


def papers(database: Database, review: UUID) -> dict[str, Paper]:
    """The decisions of a review by standard; those not signed yet are absent."""
    with database.reader() as connection:
        rows = records.find(connection, Kind.REVIEW_STANDARD, review=review)
        known = records.get_many(
            connection, Kind.DECISION, [row["decision"] for row in rows if row["decision"]]
        )
    return {
        row["standard"]: Paper(paper["number"] or "", paper["signed_on"], paper["signer"])
        for row in rows
        if (paper := known.get(row["decision"])) is not None
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSummary:
    """A step at one place: of a village, of the commune, or of all villages together (`done` of
    `count`). `missing` has one entry per village that lacks something.
    """

    step: StepDef
    status: Status
    missing: tuple[tuple[Missing, ...], ...]
    due: date | None
    days_left: int | None
    done: int
    count: int
    begun: bool = False


def summary(flow: ReviewFlow, today: date, code: str, village: UUID | None) -> StepSummary:
    """Where a step stands in a village, or in all (None)."""
    states = [state for state in flow if state.step.code == code]
    if village is not None and states and states[0].step.scope is Scope.VILLAGE:
        states = [state for state in states if state.village == village]
    late = [state for state in states if state.missing and state.days_left(today) is not None]
    nearest = min(late, key=lambda state: state.due or date.max, default=None)
    return StepSummary(
        step=next(step for step in flow.steps if step.code == code),
        status=states[0].status if len(states) == 1 else flow.status(code),
        missing=tuple(state.missing for state in states if state.missing),
        due=nearest.due if nearest else None,
        days_left=nearest.days_left(today) if nearest else None,
        done=sum(state.status is Status.DONE for state in states),
        count=len(states),
        begun=any(state.begun for state in states),
    )


def current(flow: ReviewFlow, village: UUID | None) -> StepState | None:
    """What is to be done now: in a village the step it is at, though the commune prepares still."""
    if village is None:
        return flow.current()
    own = (state for state in flow if state.village in (village, None))
    later = (state for state in own if state.step.code != PREPARE)
    now = next((state for state in later if state.status is not Status.DONE), None)
    return now or flow.current(village)


def steps_done(flow: ReviewFlow, village: UUID) -> int:
    """How many steps a village has behind it, those of the commune included."""
    return sum(state.status is Status.DONE for state in flow if state.village in (village, None))


class VillageProgress(NamedTuple):
    """How many households of a village's list are through, of how many."""

    village: UUID
    done: int
    listed: int


def progress(connection: Connection, communes: Iterable[UUID], year: int) -> list[VillageProgress]:
    """The villages of the year's reviews that are not closed, in the order of their lists."""
    found: dict[UUID, tuple[int, int]] = {}
    for commune in communes:
        for row in records.find(connection, Kind.REVIEW, area=commune, review_year=year):
            for case in stored.cases(connection, row["uid"]) if row["closed_on"] is None else ():
                done, listed = found.get(case["village"], (0, 0))
                found[case["village"]] = done + (case["outcome"] is not None), listed + 1
    return [VillageProgress(village, *numbers) for village, numbers in found.items()]


def to_review(found: Iterable[VillageProgress]) -> int:
    """How many households are still to be reviewed: on a list, neither entered nor closed."""
    return sum(one.listed - one.done for one in found)


def _first(heads: tuple[ReviewHead, ...]) -> ReviewHead | None:
    periodic = (head for head in heads if head.kind is ReviewKind.PERIODIC)
    return next(periodic, None) or max(heads, key=lambda head: head.begun_on, default=None)


def _heads(connection: Connection, commune: UUID) -> list[ReviewHead]:
    """The reviews of a commune, the newest first."""
    rows = records.find(connection, Kind.REVIEW, area=commune)
    standards = records.find(connection, Kind.REVIEW_STANDARD)
    heads = [
        ReviewHead(
            uid=row["uid"],
            commune=commune,
            kind=ReviewKind(row["kind"]),
            year=row["review_year"],
            month=row["month"],
            begun_on=row["begun_on"],
            reference_day=row["reference_day"],
            closed_on=row["closed_on"],
            standards=tuple(
                ReviewStandard(code=item["standard"], purpose=item["purpose"])
                for item in standards
                if item["review"] == row["uid"]
            ),
            note=row["note"],
        )
        for row in rows
    ]
    return sorted(heads, key=lambda head: (head.begun_on, head.uid), reverse=True)


def _named(connection: Connection, commune: UUID, day: date) -> tuple[Area, ...]:
    found = areas.tree_on(connection, day).villages(commune)
    names = unit_names(connection, found, day)
    return tuple(replace(area, name=names[area.uid]) for area in found)


def _surveyors(connection: Connection, review: UUID) -> dict[UUID, tuple[str, ...]]:
    found: dict[UUID, tuple[str, ...]] = {}
    for row in records.find(connection, Kind.SURVEYOR, review=review):
        found[row["village"]] = (*found.get(row["village"], ()), row["name"])
    return found
