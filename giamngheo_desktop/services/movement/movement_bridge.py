"""The bridge from the decisions of a year to its table of movement, and whom the table leaves out.

Who entered a list and left it again, or left and came back, stands at both ends alike: the yearly
table shows nothing of it, the monthly reports counted it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.movement import LISTED
from giamngheo_desktop.domain.movement_bridge import Bridge, By, Passage, Ruling, passages
from giamngheo_desktop.domain.standard import HouseholdClass
from giamngheo_desktop.domain.workflow import ReviewKind
from giamngheo_desktop.services.movement.movements import Moves, within
from giamngheo_desktop.services.placing import Place, Placing
from giamngheo_desktop.storage import pasts, review_rows
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.pasts import Recognised
from giamngheo_desktop.storage.review_rows import Scope


@dataclass(frozen=True, slots=True)
class Passed:
    """A household that stands at both ends of the year alike, and what it passed between."""

    household: UUID
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Bridged:
    """One list of a unit: its bridge, and whom the two ends do not show."""

    bridge: Bridge
    passed: tuple[Passed, ...]


def bridges(
    placing: Placing,
    scope: Scope,
    moves: Moves,
    villages: frozenset[UUID],
    periodic_from: date | None = None,
) -> dict[HouseholdClass, Bridged]:
    """Both lists of the unit with these villages; `placing` leads from the scope's day to them.

    `periodic_from` is the first day of the review at the year's end: where no review says whose a
    decision is, a household's last one is taken for the one of that review if it holds from that
    day on, or has no paper: then nobody decided it within the year.
    """
    rulings = _rulings(placing.connection, scope, moves.arrived, periodic_from)
    lost = [home for home in rulings if home not in moves.opening and home not in moves.closing]
    gone = _last_places(placing, scope, lost)
    found = {table: (Bridge.empty(), list[Passed]()) for table in LISTED}
    for home in dict.fromkeys((*moves.opening, *moves.closing, *gone)):
        ends = moves.opening.get(home), moves.closing.get(home)
        places = [end.place for end in ends if end is not None] or [gone[home]]
        inside = [within(place, villages) for place in places]
        if not any(inside):
            continue
        # Of who moved between this unit and another one no decision explains the difference.
        known = rulings.get(home, ()) if all(inside) else ()
        for table, (bridge, passed) in found.items():
            opened, closed = (
                end is not None and end.household_class is table and within(end.place, villages)
                for end in ends
            )
            way = tuple(passages(table, opened=opened, closed=closed, rulings=known))
            bridge.add(opened=opened, closed=closed, found=way)
            if opened == closed and way:
                passed.append(Passed(home, way))
    return {table: Bridged(bridge, tuple(passed)) for table, (bridge, passed) in found.items()}


def _rulings(
    connection: Connection,
    scope: Scope,
    arrived: Collection[UUID],
    periodic_from: date | None,
) -> dict[UUID, list[Ruling]]:
    kinds = pasts.review_kinds(connection, scope)
    found = {}
    for home, rows in pasts.recognised_in(connection, scope).items():
        found[home] = [
            Ruling(
                HouseholdClass(row.household_class),
                _day(row, scope.year),
                By.OTHER
                if home in arrived and row is rows[0]  # the class it came with
                else _by(row, kinds, periodic_from, last=row is rows[-1]),
                row.number or "",
            )
            for row in rows
        ]
    return found


def _day(row: Recognised, year: int) -> date:
    """The day it holds from, as monthly reports count it; no result is older than its year."""
    return max(row.valid_from, date(year, 1, 1))


def _by(
    row: Recognised, kinds: Mapping[UUID, str], periodic_from: date | None, *, last: bool
) -> By:
    kind = kinds.get(row.decision) if row.decision else None
    if kind is not None:
        return By.PERIODIC if kind == ReviewKind.PERIODIC else By.IN_YEAR
    late = periodic_from is not None and row.valid_from >= periodic_from
    unsigned = row.decision is None
    return By.PERIODIC if last and (late or unsigned) else By.IN_YEAR


def _last_places(placing: Placing, scope: Scope, homes: Sequence[UUID]) -> dict[UUID, Place]:
    """Where households that stand at neither end lived last in the year."""
    lived = review_rows.stays(placing.connection, homes, date(scope.year, 1, 1), scope.day)
    return {
        home: placing.village_of(villages[-1]) or placing.possible(villages[-1])
        for home, villages in lived.items()
    }
