"""What stands below a table of the movement: what its columns hold that nobody would guess."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.movement import Flow
from giamngheo_desktop.domain.movement_bridge import Bridge, Passage
from giamngheo_desktop.domain.standard import HouseholdClass
from giamngheo_desktop.services.movement import movements
from giamngheo_desktop.services.movement.movement_bridge import bridges
from giamngheo_desktop.services.movement.movements import Inside, Moves, within
from giamngheo_desktop.services.placing import Placing
from giamngheo_desktop.services.unit_names import all_villages
from giamngheo_desktop.storage import corrections, names
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.names import HouseholdName
from giamngheo_desktop.storage.review_rows import Scope


@dataclass(frozen=True, slots=True)
class ByHand:
    """A household whose flow was set with a reason; `computed` is the one it would have."""

    household: HouseholdName
    computed: Flow
    flow: Flow
    reason: str


@dataclass(frozen=True, slots=True)
class Between:
    """A household that stands at both ends alike and was on the list, or off it, in between."""

    household: HouseholdName
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementNotes:
    """Of one table and unit."""

    table: HouseholdClass
    inside: Inside
    by_hand: tuple[ByHand, ...]
    between: tuple[Between, ...]
    bridge: Bridge


def movement_notes(
    placing: Placing,
    scope: Scope,
    moves: Moves,
    table: HouseholdClass,
    villages: frozenset[UUID],
    periodic_from: date | None,
) -> MovementNotes:
    """Those of the unit with these villages; `placing` leads from the scope's day to them."""
    connection = placing.connection
    if not scope.recognised:  # no decision leads to what is only computed
        inside = movements.inside(moves.steps, table, villages)
        return MovementNotes(
            table=table, inside=inside, by_hand=(), between=(), bridge=Bridge.empty()
        )
    bridged = bridges(placing, scope, moves, villages, periodic_from)[table]
    set_by_hand = {
        move.household: move
        for move in moves.steps
        if move.computed and move.step.table is table and within(move.step.place, villages)
    }
    reasons = {
        row.household: row.reason
        for row in corrections.flowed(connection, scope)
        if row.list == table
    }
    passed = {one.household: one.passages for one in bridged.passed}
    named = names_in_year(connection, {*set_by_hand, *passed}, scope.day)
    return MovementNotes(
        table=table,
        inside=movements.inside(moves.steps, table, villages),
        by_hand=tuple(
            ByHand(name, move.computed, move.step.flow, reasons[name.household])
            for name in named
            if (move := set_by_hand.get(name.household)) and move.computed
        ),
        between=tuple(
            Between(name, passed[name.household]) for name in named if name.household in passed
        ),
        bridge=bridged.bridge,
    )


def names_in_year(connection: Connection, homes: Iterable[UUID], day: date) -> list[HouseholdName]:
    """By village and head as on `day`; who left in its year as at the year's beginning."""
    wanted, begun = sorted(homes), date(day.year, 1, 1)
    if not wanted:
        return []
    found = names.households(connection, wanted, day, all_villages(connection, day))
    gone = [name.household for name in found if not name.village]
    before = names.households(connection, gone, begun, all_villages(connection, begun))
    return [*(name for name in found if name.village), *before]
