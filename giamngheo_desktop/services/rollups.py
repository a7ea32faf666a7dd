"""Rollups: every measure of a year, or of a day, for every unit of the tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.area import AreaTree
from giamngheo_desktop.domain.measures import MEASURES, Measure
from giamngheo_desktop.domain.rollup import fold
from giamngheo_desktop.storage import areas, review_rows
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.review_rows import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollup:
    """Counts by unit and measure; units without any counted household are absent."""

    tree: AreaTree
    counts: dict[UUID, dict[str, int]]
    frozen: bool

    def count(self, unit: UUID, measure: str) -> int:
        return self.counts.get(unit, {}).get(measure, 0)


def rollup(
    database: Database,
    *,
    year: int,
    standard: str,
    recognised: bool = True,
    as_of: date | None = None,
    measures: Sequence[Measure] = tuple(MEASURES.values()),
) -> Rollup:
    """Leaf cells grouped in SQL, added up the tree of the day in Python."""
    scope = Scope(year=year, standard=standard, recognised=recognised, as_of=as_of)
    with database.reader() as connection:
        tree = areas.tree_on(connection, scope.day)
        frozen = review_rows.is_frozen(connection, scope)
        leaves = review_rows.counts(connection, scope, measures, frozen=frozen)
    return Rollup(tree=tree, counts=fold(leaves, tree), frozen=frozen)
