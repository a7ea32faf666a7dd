"""What the movement of the year says of a household on a list: nghèo cũ, nghèo mới, tái nghèo …

The word of a list is one of its three ticks, the status one of the words of the whole movement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.measures import MEASURES
from giamngheo_desktop.domain.movement import LISTED, Cause, Flow
from giamngheo_desktop.domain.standard import HouseholdClass
from giamngheo_desktop.services.movement.movements import Moved, Moves
from giamngheo_desktop.services.placing import Place, Placing
from giamngheo_desktop.services.review.opening_counts import nameless
from giamngheo_desktop.storage import review_rows
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.review_rows import Scope

_TICKS = {
    Flow.AGAIN: "again",
    Flow.NEW: "new",
    Flow.FROM_OTHER: "new",  # from the other list: no tick of its own
    Flow.OTHER_INCREASE: "stays",  # recognised before, elsewhere
    Flow.OPENING: "stays",
}
# Codes of the list `movements`.
_STATUS = {
    (HouseholdClass.POOR, Flow.FROM_OTHER): "near_poor_to_poor",
    (HouseholdClass.POOR, Flow.TO_OTHER): "poor_to_near_poor",
    (HouseholdClass.POOR, Flow.ABOVE): "poor_to_not_poor",
    (HouseholdClass.NEAR_POOR, Flow.FROM_OTHER): "poor_to_near_poor",
    (HouseholdClass.NEAR_POOR, Flow.TO_OTHER): "near_poor_to_poor",
    (HouseholdClass.NEAR_POOR, Flow.ABOVE): "near_poor_to_not_poor",
}


@dataclass(frozen=True, slots=True)
class Word:
    """`tick` is a code of the list `movements`, empty for who left; `status` another one."""

    tick: str
    status: str


@dataclass(frozen=True, slots=True)
class Words:
    """By household; `unknown` are the villages without a list of the year before."""

    words: Mapping[UUID, Word]
    before: Mapping[UUID, str]  # the class at the opening
    unknown: frozenset[UUID] = frozenset()


def movement_words(
    connection: Connection, opening: Scope, day: date, moves: Moves, villages: frozenset[UUID]
) -> Words:
    unknown = villages - _known(connection, opening, day)
    steps: dict[UUID, list[Moved]] = {}
    for move in moves.steps:
        if move.step.households:
            steps.setdefault(move.household, []).append(move)
    words = {
        home: word
        for home, found in steps.items()
        if (word := _word(found)) and not _touches(found[0].step.place, unknown)
    }
    before = {home: stand.household_class.value for home, stand in moves.opening.items()}
    return Words(words, before, unknown)


def _touches(place: Place, unknown: frozenset[UUID]) -> bool:
    return place in unknown if isinstance(place, UUID) else not place.isdisjoint(unknown)


def _known(connection: Connection, opening: Scope, day: date) -> frozenset[UUID]:
    """The villages whose list of the year before is known by name."""
    placing = Placing(connection, opening.day, day)
    frozen = review_rows.is_frozen(connection, opening)
    any_class = (MEASURES["poor_households"],)
    counts = review_rows.counts(connection, opening, any_class, frozen=frozen)
    counted = nameless(placing, opening)
    moving = {
        village
        for place in counted.moving
        for village in (place if isinstance(place, frozenset) else (place,))
    }
    return placing.recorded(opening, counted.named(counts), frozen=frozen) - moving


def _word(found: list[Moved]) -> Word | None:
    """The word for the list the household stands on at the end, else for the one it left."""
    for table in LISTED:
        flows = {move.step.flow: move.step.cause for move in found if move.step.table is table}
        if Flow.CLOSING in flows:
            return _staying(table, flows)
    for table in LISTED:
        for move in found:
            step = move.step
            if step.table is table and step.flow in (Flow.TO_OTHER, Flow.ABOVE):
                return Word("", _STATUS[table, step.flow])
            if step.table is table and step.flow is Flow.OTHER_DECREASE:
                return Word("", "other_decrease")
    return None


def _staying(table: HouseholdClass, flows: Mapping[Flow, Cause]) -> Word:
    way = next((flow for flow in _TICKS if flow in flows), Flow.OPENING)
    tick = f"{table.value}_{_TICKS[way]}"
    if way is Flow.OTHER_INCREASE:
        return Word(tick, "other_increase")
    return Word(tick, _STATUS.get((table, way), tick))
