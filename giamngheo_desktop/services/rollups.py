"""Rollups: every measure of a year, or of a day, for every unit of the tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.area import AreaTree, Level
from giamngheo_desktop.domain.measures import MEASURES, Measure
from giamngheo_desktop.domain.measures import measure as measure_named
from giamngheo_desktop.domain.rollup import fold
from giamngheo_desktop.services.open_years import open_year
from giamngheo_desktop.services.placing import Placing
from giamngheo_desktop.services.unfinished import unfinished_in
from giamngheo_desktop.services.unit_names import unit_names
from giamngheo_desktop.storage import review_rows
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.review_rows import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollup:
    """Counts by unit and measure; units without any counted household are absent.

    Where classes are preliminary `counts` are the smallest and `most` the largest they can be.
    Households of a split village that nobody placed yet count in the units above it alone.
    `unrecorded` units hold a commune that recorded nothing, or households of the list of the year
    without a result, or, where classes are preliminary, wait for all: their count is not known. In
    `no_average` that of hộ có mức sống trung bình alone is not.
    `waiting` has by unit the households of the list without a result, in an `is_open` year.
    """

    tree: AreaTree
    names: Mapping[UUID, str]
    counts: dict[UUID, dict[str, int]]
    frozen: bool
    most: dict[UUID, dict[str, int]] = field(default_factory=dict)
    unrecorded: frozenset[UUID] = frozenset()
    no_average: frozenset[UUID] = frozenset()
    waiting: Mapping[UUID, int] = field(default_factory=dict)
    is_open: bool = False

    def count(self, unit: UUID, measure: str) -> int:
        return self.counts.get(unit, {}).get(measure, 0)

    def bounds(self, unit: UUID, measure: str) -> tuple[int, int] | None:
        """The smallest and the largest count, None where nobody recorded anything."""
        counted = measure_named(measure)
        averages = counted is not None and counted.of_average_living
        if unit in self.unrecorded or (averages and unit in self.no_average):
            return None
        low = self.count(unit, measure)
        return low, self.most.get(unit, {}).get(measure, 0) if self.most else low


def rollup(
    database: Database,
    *,
    year: int,
    standard: str,
    recognised: bool = True,
    as_of: date | None = None,
    measures: Sequence[Measure] = tuple(MEASURES.values()),
    before: Mapping[int, str] | None = None,
) -> Rollup:
    """Leaf cells grouped in SQL, added up the tree of the day in Python.

    `before` names, for a year that is the first one of the standard, the standard before it.
    """
    scope = Scope(year=year, standard=standard, recognised=recognised, as_of=as_of)
    with database.reader() as connection:
        placing = Placing(connection, scope.day, scope.day)
        frozen = review_rows.is_frozen(connection, scope)
        found = review_rows.counts(connection, scope, measures, frozen=frozen)
        known = placing.recorded(scope, found, frozen=frozen)
        leaves = placing.spread(scope, measures, found)
        names: dict[UUID, str] = {area.uid: area.name for area in placing.tree}
        for commune in placing.tree.of_level(Level.COMMUNE):
            names |= unit_names(connection, placing.tree.villages(commune.uid), scope.day)
        waits = open_year(placing, scope, (before or {}).get(year))
        widest, unheard, no_average = {}, frozenset[UUID](), frozenset[UUID]()
        if not recognised:
            unheard, no_average = _unheard(placing, scope, (before or {}).get(year))
            found = review_rows.counts(connection, scope, measures, frozen=frozen, widest=True)
            widest = placing.spread(scope, measures, found, widest=True)
    tree = placing.tree
    silent = [village.uid for village in tree.villages() if village.uid not in known]
    missing = {place: {"": count} for place, count in waits.counts.items()} if waits else {}
    waiting = {unit: sums[""] for unit, sums in fold(missing, tree).items()}
    return Rollup(
        tree=tree,
        names=names,
        counts=fold(leaves, tree),
        frozen=frozen is True,
        most=fold(widest, tree),
        unrecorded=frozenset(area.uid for uid in silent for area in tree.ancestors(uid))
        | waiting.keys()
        | unheard,
        no_average=no_average,
        waiting=waiting,
        is_open=waits is not None,
    )


def _unheard(
    placing: Placing, scope: Scope, before: str | None
) -> tuple[frozenset[UUID], frozenset[UUID]]:
    """The units of which a preliminary scope waits for households and has no result, and those in
    which a household of mức sống trung bình waits.
    """
    tree = placing.tree
    villages = frozenset(village.uid for village in tree.villages())
    known = unfinished_in(placing, scope, villages, before=before)
    parts = {area.uid: [village.uid for village in tree.villages(area.uid)] for area in tree}
    return (
        frozenset(unit for unit, inside in parts.items() if known.is_silent(inside)),
        frozenset(unit for unit, inside in parts.items() if known.lacks_average(inside)),
    )
