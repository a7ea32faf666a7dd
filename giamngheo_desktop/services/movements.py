"""The movement of a year (diễn biến): every household's steps, on one geography.

Đầu kỳ is what was recognised at the close of the year before under the same standard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.measures import CountOf
from giamngheo_desktop.domain.movement import LISTED, Cause, Flow, Stand, Step, movement
from giamngheo_desktop.domain.report import Movement
from giamngheo_desktop.domain.standard import HouseholdClass
from giamngheo_desktop.services.placing import Place, Placing
from giamngheo_desktop.storage import pasts, review_rows
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.review_rows import Scope, Stood

# By table, flow and what is counted: the sum of each place.
Sums = dict[tuple[str, str, CountOf], dict[Place, int | None]]


@dataclass(frozen=True, slots=True)
class Moved:
    """One household's step in a table."""

    household: UUID
    step: Step[Place]


def moved(connection: Connection, scope: Scope, geography: date) -> Iterator[Moved]:
    """The steps of all households that stood on the list at either end of the scope's year."""
    before = replace(scope, year=scope.year - 1, recognised=True)
    opening = _stands(connection, before, geography)
    closing = _stands(connection, scope, geography)
    earlier = pasts.recognised_before(connection, scope.standard, scope.year)
    came = pasts.arrived(connection, date(scope.year, 1, 1), scope.day)
    for home in dict.fromkeys((*opening, *closing)):
        known = frozenset(code for code in LISTED if code in earlier.get(home, ()))
        for step in movement(
            opening.get(home), closing.get(home), earlier=known, arrived=home in came
        ):
            yield Moved(home, step)


def sums(moves: Iterable[Moved], villages: frozenset[UUID]) -> Sums:
    """All cells of both tables; nought where nothing moved in one of `villages`."""
    found: Sums = {
        (table.value, flow.value, of): dict.fromkeys(villages, 0)
        for table in LISTED
        for flow in Flow
        for of in CountOf
    }
    for move in moves:
        step = move.step
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


def inside(moves: Iterable[Moved], table: str, villages: frozenset[UUID]) -> Inside:
    """The same of one table, within the villages of its unit."""
    households = more = fewer = 0
    for step in (move.step for move in moves if move.step.table == table):
        place = step.place
        if place in villages if isinstance(place, UUID) else place <= villages:
            households += step.cause is Cause.VILLAGE and step.flow is Flow.OTHER_DECREASE
            if step.cause is Cause.SIZE:
                more += step.persons if step.flow is Flow.OTHER_INCREASE else 0
                fewer += step.persons if step.flow is Flow.OTHER_DECREASE else 0
    return Inside(households, more, fewer)


def placed(
    connection: Connection, scope: Scope, geography: date, column: Movement
) -> Iterator[tuple[Place, UUID]]:
    """The households behind a column with their places."""
    for move in moved(connection, scope, geography):
        step = move.step
        amount = step.persons if column.persons else step.households
        if amount and (step.table.value, step.flow.value) == (column.table, column.flow):
            yield step.place, move.household


def _stands(connection: Connection, scope: Scope, geography: date) -> dict[UUID, Stand[Place]]:
    placing = Placing(connection, scope.day, geography)
    rows: Iterator[tuple[Place, Stood]] = placing.placed(review_rows.classed(connection, scope))
    return {
        row.household: Stand(place, HouseholdClass(row.household_class), row.persons)
        for place, row in rows
    }
