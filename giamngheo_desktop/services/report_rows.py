"""The numbers of a table by unit: population, counted measures and targets, on one geography.

Leaf values are taken by village and moved to the villages of the geography day, then added up;
differences and shares are computed last, from the sums.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.area import Area, Level, successors
from giamngheo_desktop.domain.measures import MEASURES, Measure
from giamngheo_desktop.domain.report import (
    Counted,
    Difference,
    Population,
    ReportDef,
    Target,
)
from giamngheo_desktop.services.areas import COMPLETE
from giamngheo_desktop.storage import areas, audit, review_rows
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.review_rows import Scope

Leaf = dict[UUID | None, int | None]  # by village; None where the village can't be told


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Which table: `geography` is the day whose villages make the rows, the data's day if None."""

    report: ReportDef
    year: int
    standard: str
    standard_label: str = ""
    unit: UUID | None = None
    recognised: bool = True
    as_of: date | None = None
    geography: date | None = None

    def scope(self, year_offset: int = 0) -> Scope:
        return Scope(
            year=self.year + year_offset,
            standard=self.standard,
            recognised=self.recognised or year_offset < 0,
            as_of=None if year_offset else self.as_of,
        )

    @property
    def day(self) -> date:
        return self.geography or self.scope().day


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One row: values by column key, None where a part of the number is missing.

    `uppers` has the largest values a preliminary table may end with; empty where none can differ.
    """

    unit: UUID | None
    name: str
    values: Mapping[str, int | None]
    uppers: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableData:
    """All rows with their total, and what the paper must say about them.

    `counted_villages` took their population from the register, `typed_villages` from a typed row,
    `empty_villages` have none. `data_day` is the day the data speak of: in an open year the last
    day anything was written. `unfinished` households have no computed class yet.
    """

    rows: tuple[UnitRow, ...]
    total: UnitRow
    frozen: bool
    data_day: date
    unit_name: str
    typed_villages: tuple[str, ...] = ()
    counted_villages: tuple[str, ...] = ()
    empty_villages: tuple[str, ...] = ()
    unfinished: int | None = None


def table_data(database: Database, request: Request) -> TableData:
    """Read everything a table needs in one snapshot."""
    with database.reader() as connection:
        return _Reader(connection, request).read()


class _Reader:
    """Collects the leaf values of one request."""

    def __init__(self, connection: Connection, request: Request) -> None:
        self.connection = connection
        self.request = request
        self.tree = areas.tree_on(connection, request.day)
        self.steps = areas.successions(connection)
        self.sources: dict[str, list[UUID]] = {"typed": [], "counted": [], "empty": []}

    def read(self) -> TableData:
        request = self.request
        villages = self.tree.villages(request.unit)
        wanted = {village.uid for village in villages}
        leaves = self._leaves()
        widest = {} if request.recognised else self._leaves(widest=True)
        lost = any(None in leaf for leaf in (*leaves.values(), *widest.values()))
        groups: list[tuple[UUID | None, str, list[UUID | None]]] = [
            (area.uid, area.name, self._below(area.uid)) for area in self._row_units()
        ]
        if lost:
            groups.append((None, "", [None]))
        rows = tuple(
            UnitRow(uid, name, self._sums(leaves, parts), self._sums(widest, parts))
            for uid, name, parts in groups
        )
        everything: list[UUID | None] = [village.uid for village in villages]
        if lost:
            everything.append(None)
        unit = self.tree.get(request.unit)
        frozen = review_rows.is_frozen(self.connection, request.scope())
        return TableData(
            rows=rows,
            total=UnitRow(
                request.unit, "", self._sums(leaves, everything), self._sums(widest, everything)
            ),
            frozen=frozen,
            data_day=request.scope().day if frozen else self._last_day(),
            unit_name=unit.name if unit else "",
            typed_villages=self._names("typed", wanted),
            counted_villages=self._names("counted", wanted),
            empty_villages=self._names("empty", wanted),
            unfinished=self._unfinished(wanted),
        )

    def _row_units(self) -> Sequence[Area]:
        unit = self.tree.get(self.request.unit)
        if unit is None or unit.level in {Level.COMMUNE, Level.VILLAGE}:
            return self.tree.villages(self.request.unit)
        below = self.tree.of_level(Level.COMMUNE)
        return [a for a in below if any(up.uid == unit.uid for up in self.tree.ancestors(a.uid))]

    def _below(self, uid: UUID) -> list[UUID | None]:
        return [village.uid for village in self.tree.villages(uid)]

    def _villages(self) -> list[UUID | None]:
        return [village.uid for village in self.tree.villages()]

    def _last_day(self) -> date:
        day = self.request.scope().day
        written = audit.last_written(self.connection)
        return day if written is None else min(day, written.date())

    def _names(self, source: str, wanted: Iterable[UUID]) -> tuple[str, ...]:
        chosen = set(wanted)
        return tuple(self.tree[uid].name for uid in self.sources[source] if uid in chosen)

    def _unfinished(self, wanted: Iterable[UUID]) -> int | None:
        if self.request.recognised:
            return None
        scope = self.request.scope()
        return review_rows.without_computed_class(self.connection, scope, list(wanted))

    def _leaves(self, *, widest: bool = False) -> dict[str, Leaf]:
        leaves: dict[str, Leaf] = {}
        by_offset: dict[int, dict[str, Measure]] = {}
        for column in self.request.report.leaves():
            match column.value:
                case Population(name) if not widest:
                    leaves[column.key] = self._population(name)
                case Target(name) if not widest:
                    leaves[column.key] = self._targets(name)
                case Counted(measure, offset):
                    by_offset.setdefault(offset, {})[column.key] = MEASURES[measure]
        for offset, measures in by_offset.items():
            leaves |= self._counted(offset, measures, widest)
        return leaves

    def _counted(
        self, offset: int, measures: Mapping[str, Measure], widest: bool
    ) -> dict[str, Leaf]:
        scope = self.request.scope(offset)
        frozen = review_rows.is_frozen(self.connection, scope)
        counts = review_rows.counts(
            self.connection, scope, list(measures.values()), frozen=frozen, widest=widest
        )
        if not counts and not frozen:
            # Nobody recorded anything: that is no data, not nought.
            return {key: dict.fromkeys(self._villages(), None) for key in measures}
        here = successors(self.steps, counts, scope.day, self.request.day)
        found: dict[str, Leaf] = {
            key: {village.uid: 0 for village in self.tree.villages()} for key in measures
        }
        for old, values in counts.items():
            for key, measure in measures.items():
                for village, value in self._moved(scope, measure, old, here[old], values).items():
                    # A village that is gone without a successor must not lose its households.
                    place = village if self.tree.get(village) else None
                    if value or place:
                        found[key][place] = (found[key].get(place) or 0) + value
        return found

    def _moved(
        self,
        scope: Scope,
        measure: Measure,
        old: UUID,
        news: frozenset[UUID],
        values: Mapping[str, int],
    ) -> dict[UUID | None, int]:
        """Where the count of a village of the scope's day stands on the geography day."""
        if len(news) == 1:
            return {next(iter(news)): values[measure.code]}
        # A split village: every household stands where it lives on the geography day.
        moved: dict[UUID | None, int] = {}
        named = review_rows.households(self.connection, scope, measure, [old])
        places = review_rows.villages_on(
            self.connection, [row.household for row in named], self.request.day
        )
        for row in named:
            village = places.get(row.household)
            place = village if village in news else None
            moved[place] = moved.get(place, 0) + measure.amount(row.persons)
        return moved

    def _population(self, name: str) -> Leaf:
        year = self.request.year
        typed = areas.population_of(self.connection, year)
        declared = areas.facts_on(
            self.connection, self.request.day, [village.uid for village in self.tree.villages()]
        )
        counted = review_rows.register_counts(self.connection, self.request.day)
        place = ("households", "persons").index(name)
        found: Leaf = {}
        for village in self.tree.villages():
            row = typed.get(village.uid)
            value = row[name] if row else None
            source = "typed"
            if value is None:
                value = self._from_parts(typed, village.uid, name)
            if value is None and declared.get(village.uid, {}).get(COMPLETE) == "yes":
                value, source = counted.get(village.uid, (0, 0))[place], "counted"
            found[village.uid] = value
            kept = self.sources["empty" if value is None else source]
            if name == "households":
                kept.append(village.uid)
        return found

    def _from_parts(
        self, typed: Mapping[UUID, Mapping[str, Any]], village: UUID, name: str
    ) -> int | None:
        """The population of a merged village is the sum of its parts, if all were typed."""
        start = date(self.request.year, 1, 1)
        olds = {step.old for step in self.steps}
        here = successors(self.steps, olds, start, self.request.day)
        parts = [old for old, news in here.items() if news == frozenset({village})]
        values: list[int | None] = [typed.get(part, {}).get(name) for part in parts]
        if not parts or any(value is None for value in values):
            return None
        return sum(value for value in values if value is not None)

    def _targets(self, name: str) -> Leaf:
        typed = areas.targets_of(self.connection, self.request.year)
        found: Leaf = {}
        for village in self.tree.villages():
            found[village.uid] = typed.get(village.uid, {}).get(name)
        return found

    def _sums(
        self, leaves: Mapping[str, Leaf], parts: Sequence[UUID | None]
    ) -> dict[str, int | None]:
        values: dict[str, int | None] = {}
        for column in self.request.report.leaves():
            if column.key in leaves:
                values[column.key] = _sum(leaves[column.key].get(part, 0) for part in parts)
        for column in self.request.report.leaves():
            if isinstance(column.value, Difference):
                minuend, subtrahend = column.value.minuend, column.value.subtrahend
                if not {minuend, subtrahend} <= values.keys():
                    continue
                first, second = values[minuend], values[subtrahend]
                known = first is not None and second is not None
                values[column.key] = first - second if known else None  # type: ignore[operator]
        return values


def _sum(values: Iterable[int | None]) -> int | None:
    """The sum, None if a part is missing: a total of the rest would be a wrong number."""
    total = 0
    for value in values:
        if value is None:
            return None
        total += value
    return total
