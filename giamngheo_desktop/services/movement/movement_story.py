"""Why each household of the movement tables stands in its flow: classes, papers, events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.movement import LISTED, Cause, Flow, Step
from giamngheo_desktop.domain.report import Movement
from giamngheo_desktop.domain.standard import HouseholdClass
from giamngheo_desktop.services.movement import movements
from giamngheo_desktop.services.movement.movement_notes import (
    MovementNotes,
    movement_notes,
    names_in_year,
)
from giamngheo_desktop.services.movement.movements import Moved, within
from giamngheo_desktop.services.placing import Place, Placing
from giamngheo_desktop.storage import corrections, pasts
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.names import HouseholdName
from giamngheo_desktop.storage.pasts import Recognised
from giamngheo_desktop.storage.review_rows import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One step of a household and what it rests on.

    `ruling` is its last decision of the year; `event_day` the day it came or left, `event` why it
    left; `earlier` the last year before in which it was on the same list; `computed` and `reason`
    stand where the flow was set by hand.
    """

    household: HouseholdName
    step: Step[Place]
    year: int
    opening: HouseholdClass | None
    closing: HouseholdClass | None
    ruling: Recognised | None = None
    event_day: date | None = None
    event: str = ""
    earlier: int | None = None
    computed: Flow | None = None
    reason: str = ""
    recognised: bool = True


@dataclass(frozen=True, slots=True)
class Story:
    """One table: its households in the order of the flows, and what stands below it."""

    told: tuple[Told, ...]
    notes: MovementNotes


def story(
    database: Database,
    *,
    year: int,
    standard: str,
    unit: UUID | None = None,
    periodic_from: date | None = None,
) -> dict[HouseholdClass, Story]:
    """Both tables of a year, of the unit or of the whole file."""
    return _stories(database, Scope(year=year, standard=standard), unit, periodic_from)


def _stories(
    database: Database,
    scope: Scope,
    unit: UUID | None = None,
    periodic_from: date | None = None,
) -> dict[HouseholdClass, Story]:
    year = scope.year
    with database.reader() as connection:
        placing = Placing(connection, scope.day, scope.day)
        moves = movements.moves(connection, scope, scope.day)
        villages = frozenset(area.uid for area in placing.tree.villages(unit))
        inside = [move for move in moves.steps if within(move.step.place, villages)]
        named = names_in_year(connection, {move.household for move in inside}, scope.day)
        reader = _Reader(
            year=year,
            recognised=scope.recognised,
            names={name.household: name for name in named},
            order={name.household: at for at, name in enumerate(named)},
            moves=moves,
            rulings=pasts.recognised_in(connection, scope) if scope.recognised else {},
            earlier=pasts.recognised_before(connection, scope),
            left=pasts.left(connection, date(year, 1, 1), scope.day),
            reasons={
                (row.household, row.list): row.reason
                for row in corrections.flowed(connection, scope)
            },
        )
        return {
            table: Story(
                tuple(reader.tell(move) for move in reader.sorted(inside, table)),
                movement_notes(placing, scope, moves, table, villages, periodic_from),
            )
            for table in LISTED
        }


def reasons(database: Database, scope: Scope, column: Movement) -> dict[UUID, str]:
    """Why each household counts in one column of the scope's year; of two steps both."""
    found: dict[UUID, list[str]] = {}
    for told in _stories(database, scope)[HouseholdClass(column.table)].told:
        if told.step.flow == column.flow:
            found.setdefault(told.household.household, []).append(why(told))
    return {home: " ".join(said) for home, said in found.items()}


def sizes(database: Database, scope: Scope, column: Movement) -> dict[UUID, int]:
    """The persons each household adds to the persons of a column."""
    found: dict[UUID, int] = {}
    with database.reader() as connection:
        for move in movements.moves(connection, scope, scope.day).steps:
            if (move.step.table.value, move.step.flow.value) == (column.table, column.flow):
                found[move.household] = found.get(move.household, 0) + move.step.persons
    return found


def why(told: Told) -> str:
    """The sentence behind one household of a column."""
    ruling = told.ruling
    arrived = told.step.flow not in _STAYS and told.event_day is not None and told.event == ""
    return texts.story_text(
        year=told.year,
        table=told.step.table,
        flow=told.step.flow,
        cause=told.step.cause,
        persons=told.step.persons,
        was=told.opening,
        now=told.closing,
        ruling=texts.ruling_text(
            ruling.number if ruling else None,
            ruling.signed_on if ruling else None,
            ruling.valid_from if ruling else None,
            recognised=told.recognised,
        ),
        event=texts.event_text(told.event, told.event_day, told.year, arrived=arrived),
        earlier=told.earlier,
        computed=told.computed,
        reason=told.reason,
    )


_STAYS = (Flow.OPENING, Flow.CLOSING)
_ORDER = {flow: at for at, flow in enumerate(Flow)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    year: int
    recognised: bool
    names: Mapping[UUID, HouseholdName]
    order: Mapping[UUID, int]
    moves: movements.Moves
    rulings: Mapping[UUID, list[Recognised]]
    earlier: Mapping[UUID, Mapping[str, int]]
    left: Mapping[UUID, tuple[date, str]]
    reasons: Mapping[tuple[UUID, str], str]

    def sorted(self, found: list[Moved], table: HouseholdClass) -> list[Moved]:
        meant = [move for move in found if move.step.table is table]
        return sorted(meant, key=lambda m: (_ORDER[m.step.flow], self.order[m.household]))

    def tell(self, move: Moved) -> Told:
        home, step = move.household, move.step
        ends = self.moves.opening.get(home), self.moves.closing.get(home)
        opening, closing = (end.household_class if end else None for end in ends)
        event_day, event = self.moves.arrived.get(home), ""
        if closing is None and home in self.left:
            event_day, event = self.left[home]
        rulings = self.rulings.get(home)
        by_hand = step.cause is Cause.BY_HAND
        return Told(
            household=self.names[home],
            step=step,
            year=self.year,
            opening=opening,
            closing=closing,
            ruling=rulings[-1] if rulings else None,
            event_day=event_day,
            event=event,
            earlier=self.earlier.get(home, {}).get(step.table),
            computed=move.computed,
            reason=self.reasons[home, step.table] if by_hand else "",
            recognised=self.recognised,
        )
