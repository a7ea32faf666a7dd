"""Where what counted on one day stands on the units of another: mergers, splits, renamings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TypeVar
from uuid import UUID

from giamngheo_desktop.domain.area import AreaTree, Level, predecessors, successors
from giamngheo_desktop.domain.measures import Measure
from giamngheo_desktop.storage import areas, review_rows
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.review_rows import Frozen, Named, Scope, Stood
from giamngheo_desktop.storage.waiting import Waiting

# A village, or the villages of which one is meant: nobody said which.
Place = UUID | frozenset[UUID]
Row = TypeVar("Row", Named, Stood, Waiting)


class Placing:
    """Moves what villages of the day `then` hold to the villages of the day `here`.

    `here` may be the earlier day. Nothing is lost: what no village of `here` can be told for
    stands in a set of villages, in the whole tree if need be.
    """

    def __init__(self, connection: Connection, then: date, here: date) -> None:
        self.connection = connection
        self.then, self.here = then, here
        self.tree = areas.tree_on(connection, here)
        self.old_tree = self.tree if then == here else areas.tree_on(connection, then)
        self.steps = areas.successions(connection)
        self._possible: dict[UUID, frozenset[UUID]] = {}

    def village_of(self, old: UUID) -> UUID | None:
        """The one village of `here` that holds all of an old one; None: households are asked."""
        if self.then == self.here and self.tree.get(old) is not None:
            return old
        found, gone = self._ways(old)
        return next(iter(found)) if len(found) == 1 and not gone else None

    def moved(self, olds: Iterable[UUID]) -> dict[UUID, Place]:
        """Those of the villages of `then` that are not just themselves in `here`."""
        places = {old: self.village_of(old) or self.possible(old) for old in olds}
        return {old: place for old, place in places.items() if place != old}

    def possible(self, old: UUID) -> frozenset[UUID]:
        """The villages of `here` in which households of a village of `then` may stand."""
        if old not in self._possible and (village := self.village_of(old)) is not None:
            self._possible[old] = frozenset({village})
        if old not in self._possible:
            found, gone = self._ways(old)
            for unit in gone if found else gone or {old}:
                found |= self._around(unit)
            self._possible[old] = found
        return self._possible[old]

    def spread(
        self,
        scope: Scope,
        measures: Sequence[Measure],
        counts: Mapping[UUID, Mapping[str, int]],
        *,
        widest: bool = False,
    ) -> dict[Place, dict[str, int]]:
        """The counts of `review_rows.counts` by place of `here`; their sums stay what they were."""
        found: dict[Place, dict[str, int]] = {}
        for old, values in counts.items():
            village = self.village_of(old)
            if village is not None:
                _add(found, village, values)
                continue
            for measure in measures:
                named = review_rows.households(
                    self.connection, scope, measure, [old], widest=widest
                )
                for place, row in self.by_name(old, named):
                    _add(found, place, {measure.code: row.amount})
        return found

    def households(self, scope: Scope, measure: Measure) -> Iterator[tuple[Place, Named]]:
        """Every household a measure counts, with its place of `here`."""
        return self.placed(review_rows.households(self.connection, scope, measure))

    def placed(self, rows: Iterable[Row]) -> Iterator[tuple[Place, Row]]:
        """Households of villages of `then`, each with its place of `here`."""
        by_village: dict[UUID, list[Row]] = {}
        for row in rows:
            by_village.setdefault(row.village, []).append(row)
        for old, found in by_village.items():
            village = self.village_of(old)
            if village is None:
                yield from self.by_name(old, found)
            else:
                yield from ((village, row) for row in found)

    def by_name(self, old: UUID, rows: Iterable[Row]) -> Iterator[tuple[Place, Row]]:
        """Households of a village without one heir: each stands where it was put by name."""
        rows = list(rows)
        news = self.possible(old)
        first, last = min(self.then, self.here), max(self.then, self.here)
        lived = review_rows.stays(self.connection, [row.household for row in rows], first, last)
        for row in rows:
            villages = lived.get(row.household, [])
            # On the way on the first one counts, on the way back the last one before.
            ordered = villages if self.then <= self.here else villages[::-1]
            yield next((village for village in ordered if village in news), news), row

    def is_closed(self, scope: Scope, villages: frozenset[UUID]) -> bool:
        """Whether the year of a scope is closed in all that went into these villages."""
        frozen = review_rows.is_frozen(self.connection, scope)
        if isinstance(frozen, bool):
            return frozen
        return review_rows.is_closed(frozen, self.olds(villages))

    def olds(self, villages: frozenset[UUID]) -> list[UUID]:
        """The villages of `then` that went, whole or in part, into these."""
        olds = (village.uid for village in self.old_tree.villages())
        return [old for old in olds if self.possible(old) & villages]

    @cached_property
    def origins(self) -> Mapping[UUID, frozenset[UUID]]:
        """The villages of `then` that went, whole or in part, into each village of `here`."""
        found: dict[UUID, set[UUID]] = {village.uid: set() for village in self.tree.villages()}
        for old in self.old_tree.villages():
            for village in self.possible(old.uid):
                found.setdefault(village, set()).add(old.uid)
        return {village: frozenset(olds) for village, olds in found.items()}

    def recorded(
        self, scope: Scope, counts: Mapping[UUID, object], *, frozen: Frozen
    ) -> frozenset[UUID]:
        """The villages of `here` whose commune recorded anything in the scope, or closed it.

        Elsewhere nothing is no nought. `counts` are those of the scope by village of `then`.
        """
        loose = [old for old in counts if self.old_tree.get(old) is None]
        parents = areas.last_parents(self.connection, loose, self.then) if loose else {}
        communes = {_commune(self.old_tree, old) or parents.get(old) for old in counts}
        closed = review_rows.closed_units(self.connection, scope) if frozen else frozenset()
        for commune in self.old_tree.of_level(Level.COMMUNE) if closed else ():
            if any(above.uid in closed for above in self.old_tree.ancestors(commune.uid)):
                communes.add(commune.uid)
        found = set()
        for village, olds in self.origins.items():
            meant = {_commune(self.old_tree, old) for old in olds}
            if (meant or {_commune(self.tree, village)}) <= communes:
                found.add(village)
        return frozenset(found)

    def _ways(self, old: UUID) -> tuple[frozenset[UUID], frozenset[UUID]]:
        """The villages of `here` that successions name, and what they name that is not there."""
        if self.here < self.then:
            found = predecessors(self.steps, [old], self.then, self.here)[old]
            return frozenset(filter(self._is_village, found)), frozenset()
        # A village that had ended by then still has its heirs.
        since = self.then if self.old_tree.get(old) else date.min
        found = successors(self.steps, [old], since, self.here)[old]
        villages = frozenset(filter(self._is_village, found))
        return villages, found - villages

    def _is_village(self, uid: UUID) -> bool:
        area = self.tree.get(uid)
        return area is not None and area.level is Level.VILLAGE

    def _around(self, old: UUID) -> frozenset[UUID]:
        """The villages of the nearest unit above that is still there, or what it went into."""
        unit: UUID | None = old
        for _ in Level:
            unit = (
                areas.last_parents(self.connection, [unit], self.then).get(unit) if unit else None
            )
            if unit is None:
                break
            ways = successors(self.steps, [unit], date.min, self.here)[unit]
            if self.tree.get(unit):
                ways |= {unit}
            found = {village.uid for way in ways for village in self.tree.villages(way)}
            if found:
                return frozenset(found)
        return frozenset(village.uid for village in self.tree.villages())


def _commune(tree: AreaTree, village: UUID) -> UUID | None:
    return next((area.uid for area in tree.ancestors(village) if area.level is Level.COMMUNE), None)


def _add(found: dict[Place, dict[str, int]], place: Place, values: Mapping[str, int]) -> None:
    sums = found.setdefault(place, {})
    for code, value in values.items():
        sums[code] = sums.get(code, 0) + value
