"""The figures a register says of itself in a package, to be compared where it is taken in."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from giamngheo_desktop.domain import measures
from giamngheo_desktop.services import rollups
from giamngheo_desktop.services.placing import Placing
from giamngheo_desktop.services.row_units import households_within
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.review_rows import Scope

MEASURES = (
    "poor_households",
    "near_poor_households",
    "average_living_households",
    "poor_persons",
    "near_poor_persons",
)
_FACT = "figure_"


def figures(database: Database, unit: UUID, year: int, standard: str) -> dict[str, int]:
    """The recognised counts of a unit in a year; what is not known whole is absent."""
    found = rollups.rollup(database, year=year, standard=standard)
    bounds = {name: found.bounds(unit, name) for name in MEASURES if found.tree.get(unit)}
    return {name: ends[0] for name, ends in bounds.items() if ends and ends[0] == ends[1]}


def by_household(
    database: Database, unit: UUID, year: int, standard: str
) -> dict[str, dict[UUID, int]]:
    """By measure what each household adds to the recognised count of a unit in a year."""
    scope = Scope(year=year, standard=standard)
    found: dict[str, dict[UUID, int]] = {}
    with database.reader() as connection:
        placing = Placing(connection, scope.day, scope.day)
        for name in MEASURES:
            rows = list(placing.households(scope, measures.MEASURES[name]))
            adds = {row.household: row.amount for _, row in rows}
            placed = ((place, row.household) for place, row in rows)
            inside = households_within(placing.tree, placed, unit, unplaced=False)
            found[name] = {household: adds[household] for household, _ in inside}
    return found


def as_facts(known: Mapping[str, int]) -> dict[str, str]:
    return {f"{_FACT}{name}": str(count) for name, count in known.items()}


def from_facts(facts: Mapping[str, str]) -> dict[str, int]:
    """Raises ValueError for a figure that is no number."""
    return {name: int(facts[_FACT + name]) for name in MEASURES if _FACT + name in facts}
