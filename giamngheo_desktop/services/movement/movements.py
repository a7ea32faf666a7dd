"""The movement of a year (diễn biến): every household's steps, on one geography.

Đầu kỳ is what was recognised at the close of the year before under the same standard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.measures import CountOf
from giamngheo_desktop.domain.movement import LISTED, Cause, Flow, Stand, Step, movement
from giamngheo_desktop.domain.movement_edit import edited
from giamngheo_desktop.domain.report import Movement
from giamngheo_desktop.domain.standard import HouseholdClass
from giamngheo_desktop.services import settings
from giamngheo_desktop.services.placing import Place, Placing
from giamngheo_desktop.storage import corrections, pasts, review_rows
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.review_rows import Scope, Stood

# By table, flow and what is counted: the sum of each place.
Sums = dict[tuple[str, str, CountOf], dict[Place, int | None]]


@dataclass(frozen=True, slots=True)
class Moved:
    """One household's step in a table; `computed` is its flow where another was set by hand."""

    household: UUID
    step: Step[Place]
    computed: Flow | None = None


Stands = Mapping[UUID, Stand[Place]]


@dataclass(frozen=True, slots=True)
class Moves:
    """All households that had a class at either end of a year, and the steps of those on a list.

    `arrived` has those that came from another commune with a class of a list, and the day.
    """

    opening: Stands
    closing: Stands
    arrived: Mapping[UUID, date]
    steps: tuple[Moved, ...]


def moves(connection: Connection, scope: Scope, geography: date) -> Moves:
    """The movement of the scope's year on the units of a day."""
    before = replace(scope, year=scope.year - 1, as_of=None, recognised=True)
    opening = _stands(connection, before, geography)
    closing = _stands(connection, scope, geography)
    came = pasts.arrived_listed(connection, scope, date(scope.year, 1, 1), scope.day)
    past = earlier(connection, scope)
    by_hand: dict[UUID, dict[HouseholdClass, Flow]] = {}
    for row in corrections.flowed(connection, scope) if scope.recognised else ():
        by_hand.setdefault(row.household, {})[HouseholdClass(row.list)] = Flow(row.flow)
    steps = []
    for home in dict.fromkeys((*opening, *closing)):
        known = frozenset(code for code in LISTED if code in past.get(home, ()))
        found = movement(opening.get(home), closing.get(home), earlier=known, arrived=home in came)
        steps += [Moved(home, *step) for step in edited(found, by_hand.get(home, {}))]
    return Moves(opening, closing, came, tuple(steps))


def earlier(connection: Connection, scope: Scope) -> dict[UUID, dict[str, int]]:
    """What makes an entry tái nghèo: classes of the years before that the settings look back on."""
    years = settings.number(connection, "movement_look_back_years", scope.day)
    return pasts.recognised_before(connection, scope, years)


def within(place: Place, villages: frozenset[UUID]) -> bool:
    """Whether a household surely stands in a unit with these villages."""
    return place in villages if isinstance(place, UUID) else place <= villages


def sums(steps: Iterable[Moved], villages: frozenset[UUID]) -> Sums:
    """All cells of both tables; nought where nothing moved in one of `villages`."""
    found: Sums = {
        (table.value, flow.value, of): dict.fromkeys(villages, 0)
        for table in LISTED
        for flow in Flow
        for of in (CountOf.HOUSEHOLDS, CountOf.PERSONS)
    }
    for step in (move.step for move in steps):
        for of, amount in (
            (CountOf.HOUSEHOLDS, step.households),
            (CountOf.PERSONS, step.persons),
        ):
            cells = found[step.table.value, step.flow.value, of]
            cells[step.place] = (cells.get(step.place) or 0) + amount
    return found


@dataclass(frozen=True, slots=True)
class Inside:
    """What columns 4 and 8 hold of households that did not leave the list.

    `households` moved between villages of the table; `more` and `fewer` persons are those of
    households that stayed where they were.
    """

    households: int = 0
    more: int = 0
    fewer: int = 0


def inside(steps: Iterable[Moved], table: str, villages: frozenset[UUID]) -> Inside:
    """The same of one table, within the villages of its unit."""
    households = more = fewer = 0
    for step in (move.step for move in steps if move.step.table == table):
        if within(step.place, villages):
            households += step.cause is Cause.VILLAGE and step.flow is Flow.OTHER_DECREASE
            if step.cause is Cause.SIZE:
                more += step.persons if step.flow is Flow.OTHER_INCREASE else 0
                fewer += step.persons if step.flow is Flow.OTHER_DECREASE else 0
    return Inside(households, more, fewer)


def within_unit(steps: Iterable[Moved], villages: frozenset[UUID]) -> dict[str, tuple[int, int]]:
    """By list the households, and their persons, that the steps count as leaving one of the
    villages and as coming to another: for all of these together they did neither.
    """
    ends: dict[tuple[str, UUID], list[int]] = {}
    for move in steps:
        step = move.step
        if step.cause is Cause.VILLAGE and within(step.place, villages):
            ends.setdefault((step.table.value, move.household), []).append(step.persons)
    found: dict[str, tuple[int, int]] = {}
    for (table, _), people in ends.items():
        if len(people) > 1:
            homes, persons = found.get(table, (0, 0))
            found[table] = homes + 1, persons + min(people)
    return found


def placed(
    connection: Connection, scope: Scope, geography: date, column: Movement
) -> Iterator[tuple[Place, UUID]]:
    """The households behind a column with their places."""
    for move in moves(connection, scope, geography).steps:
        step = move.step
        amount = step.persons if column.persons else step.households
        if amount and (step.table.value, step.flow.value) == (column.table, column.flow):
            yield step.place, move.household


def _stands(connection: Connection, scope: Scope, geography: date) -> Stands:
    placing = Placing(connection, scope.day, geography)
    rows: Iterator[tuple[Place, Stood]] = placing.placed(review_rows.classed(connection, scope))
    return {
        row.household: Stand(place, HouseholdClass(row.household_class), row.persons)
        for place, row in rows
    }
