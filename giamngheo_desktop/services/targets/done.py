"""Indicators of what the commune did: models, groups, courses of officers, inspections, money."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.actual import (
    Actual,
    Amount,
    State,
    Wanted,
    both,
    counted,
    covered,
    either,
    percent,
)
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.budgeting import Line, Stage
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.services.programme import budget
from giamngheo_desktop.services.programme.within import within
from giamngheo_desktop.services.targets.world import HELD, World
from giamngheo_desktop.storage import areas, records

Values = Mapping[str, Any]
_COOPERATIVES = ("collaborative", "cooperative")  # of list group_kinds
REPLICATES = "replicates"  # asked of a model: whether it takes over an earlier one
_ABOUT = "about_information"  # asked of a course
_ABOVE = ("district", "province", "central")  # of list supervision_levels


def begun_models(world: World, wanted: Wanted) -> Actual:
    """Models that began in the year, those taken over among them, which is said."""
    models = dict(_of_kind(world, wanted, "model"))
    began = {uid: _began(world, model) for uid, model in models.items()}
    sure, maybe = _split(began)
    found = counted(world.begun(wanted), Kind.ACTIVITY, sure, maybe)
    is_mixed = any(models[uid].get(REPLICATES) for uid in sure)
    return found.remarked("with_replicated") if is_mixed else found


def replicated_models(world: World, wanted: Wanted) -> Actual:
    """Models that began in the year and are said to take over an earlier one; one of which nobody
    says it may be one.
    """
    known: dict[UUID, bool | None] = {}
    for uid, model in _of_kind(world, wanted, "model"):
        known[uid] = both(_began(world, model), model.get(REPLICATES))
    found = counted(world.begun(wanted), Kind.ACTIVITY, *_split(known))
    return found if found.unknown is None else found.missing("replicates_unsaid")


def _began(world: World, activity: Values) -> bool | None:
    """Whether it began in the year by the day; of one of the year without a first day nobody
    knows.
    """
    first = activity["starts_on"]
    if activity["state"] not in HELD:
        return False
    if first is None:
        return None if activity["year"] == world.year else False
    return bool(world.first <= first <= world.day)


def _split(known: Mapping[UUID, bool | None]) -> tuple[frozenset[UUID], frozenset[UUID]]:
    """Those of which it holds, and those of which nobody knows."""
    sure = frozenset(uid for uid, holds in known.items() if holds)
    return sure, frozenset(uid for uid, holds in known.items() if holds is None)


def cooperatives(world: World, wanted: Wanted) -> Actual:
    """Tổ hợp tác, hợp tác xã that work was done with in the year."""
    held = {
        uid: activity.get("model_form")
        for uid, activity in _of_kind(world, wanted, "producer_group")
        if world.was_held(activity)
    }
    sure = frozenset(uid for uid, form in held.items() if form in _COOPERATIVES)
    maybe = frozenset(uid for uid, form in held.items() if form is None)
    return counted(world.begun(wanted), Kind.ACTIVITY, sure, maybe)


def _of_kind(world: World, wanted: Wanted, kind: str) -> Iterator[tuple[UUID, Values]]:
    village = wanted.village
    for uid, activity in world.activities.items():
        is_here = village is None or activity["village"] == village
        if activity["kind"] == kind and is_here and world.is_of(activity, wanted.component):
            yield uid, activity


def trained_officers(world: World, wanted: Wanted) -> Actual:
    """Of the officers of poverty work on the day those who attended a course in the year."""
    asked, _ = _trained(world, wanted, "poverty_officer", lambda course: True)
    return covered(world.begun(wanted), Kind.OFFICER, asked)


def trained_informers(world: World, wanted: Wanted) -> Actual:
    """Of those who work in information those who attended a course about that."""
    asked, unsaid = _trained(
        world, wanted, "information_officer", lambda course: course.get(_ABOUT)
    )
    found = covered(world.begun(wanted), Kind.OFFICER, asked)
    if not asked:
        return found.missing("no_information_officers")
    return found.remarked("information_unsaid") if unsaid else found


def _trained(
    world: World, wanted: Wanted, work: str, counts: Callable[[Values], bool | None]
) -> tuple[dict[UUID, bool | None], bool]:
    """Whether each officer of a work on the day attended a course in the year that counts; whether
    of others nobody says if they do that work.
    """
    belongs = within(world.connection, wanted.village or world.unit, date(world.year, 12, 31))
    rows = records.find(world.connection, Kind.OFFICER)
    officers = {
        row["uid"]: row[work]
        for row in rows
        if belongs(row["area"], row["village"])
        and row["valid_from"] <= world.day
        and (row["valid_to"] is None or row["valid_to"] >= world.day)
    }
    asked: dict[UUID, bool | None] = {uid: False for uid, does in officers.items() if does}
    for course, row in world.participants("staff_training"):
        if (one := row["officer"]) in asked:
            asked[one] = either(asked[one], both(row["attended"], counts(course)))
    return asked, None in officers.values()


def inspected_itself(world: World, wanted: Wanted) -> Actual:
    """Whether the commune held an inspection of its own in the year."""
    return _inspected(world, wanted, lambda one: one.get("supervision_kind") == "self")


def inspected_from_above(world: World, wanted: Wanted) -> Actual:
    return _inspected(world, wanted, lambda one: one.get("supervision_level") in _ABOVE)


def _inspected(world: World, wanted: Wanted, counts: Any) -> Actual:
    """The one commune of the unit, or nobody: what other communes did is not in the file."""
    tree = areas.tree_on(world.connection, world.day)
    unit = tree.get(world.unit)
    begun = world.begun(wanted)
    if wanted.village is not None or unit is None or unit.level is not Level.COMMUNE:
        return replace(begun, state=State.TYPED, reason="typed_above")
    held = [
        uid
        for uid, activity in _of_kind(world, wanted, "supervision")
        if world.was_held(activity) and counts(activity)
    ]
    return covered(begun, Kind.AREA, {world.unit: bool(held)})


def disbursed(world: World, wanted: Wanted) -> Actual:
    """Đồng disbursed by the day of those assigned by it, of all or of a component."""
    place = (world.year, wanted.village or world.unit)
    found = budget.booked(world.connection, world.definitions, *place, world.day)
    lines = [line for line in found if _is_at(world, line, wanted.component)]
    begun = world.begun(wanted)
    if world.day < date(world.year, 12, 31) and any(line.booked_on is None for line in lines):
        begun = begun.remarked("money_without_day")
    assigned, spent = _sum(lines, Stage.ASSIGNED), _sum(lines, Stage.DISBURSED)
    begun = replace(begun, numerator=spent, denominator=assigned)
    if not assigned.number or assigned.number < 0:
        return begun.missing("nothing_assigned")
    if spent.number is None:
        return begun.missing("nothing_disbursed")
    return replace(begun, value=percent(spent.number, assigned.number))


def _is_at(world: World, line: Line, component: str | None) -> bool:
    if component is None:
        return True
    for key in world.components.above(line.node):
        if component in (key, key.partition("/")[2]):
            return True
    return False


def _sum(lines: list[Line], stage: Stage) -> Amount:
    """Đồng of a stage with its lines; None where nothing is booked, which is not nought."""
    of_stage = [line for line in lines if line.stage is stage]
    ids = frozenset(line.uid for line in of_stage if line.uid is not None)
    number = sum(line.amount for line in of_stage) if of_stage else None
    return Amount(number, Kind.BUDGET_LINE, ids)
