"""The movement of a year (diễn biến): every household's steps, on one geography.

Đầu kỳ is what was recognised at the close of the year before under the same standard.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.measures import CountOf
from giamngheo_desktop.domain.movement import LISTED, Flow, Stand, Step, movement
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


def sums(connection: Connection, scope: Scope, geography: date, villages: frozenset[UUID]) -> Sums:
    """All cells of both tables; nought where nothing moved in one of `villages`."""
    found: Sums = {
        (table.value, flow.value, of): dict.fromkeys(villages, 0)
        for table in LISTED
        for flow in Flow
        for of in CountOf
    }
    for move in moved(connection, scope, geography):
        step = move.step
        for of, amount in (
            (CountOf.HOUSEHOLDS, step.households),
            (CountOf.PERSONS, step.persons),
        ):
            cells = found[step.table.value, step.flow.value, of]
            cells[step.place] = (cells.get(step.place) or 0) + amount
    return found


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
