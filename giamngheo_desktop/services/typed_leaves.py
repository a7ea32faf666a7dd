"""Columns of typed numbers by village: targets, population (or the register, where complete)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, reduce
from typing import Any, Protocol
from uuid import UUID

from giamngheo_desktop.domain.allocation import AT_END, BACK, EXPECTED, NETS
from giamngheo_desktop.domain.area import Area, AreaTree, Level
from giamngheo_desktop.services.leaves import Leaf
from giamngheo_desktop.services.placing import Place, Placing
from giamngheo_desktop.services.populations import NUMBERS, TYPED, Populations
from giamngheo_desktop.services.yearly_numbers import YearlyNumbers
from giamngheo_desktop.storage import areas
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.review_rows import Scope


class Asked(Protocol):
    """What is asked of a request."""

    @property
    def year(self) -> int: ...
    @property
    def day(self) -> date: ...
    @property
    def plan(self) -> UUID | None: ...
    def scope(self) -> Scope: ...


class TypedLeaves:
    """`typed` villages took their population from typed rows, `counted` ones from the register;
    `units` have the rows of the table.
    """

    def __init__(
        self,
        connection: Connection,
        tree: AreaTree,
        request: Asked,
        placing: Callable[[date], Placing],
    ) -> None:
        self.connection, self.tree, self.request = connection, tree, request
        self._placing = placing
        self.units: Sequence[Area] = ()
        self.typed: dict[UUID, None] = {}
        self.counted: dict[UUID, None] = {}
        self._asked = False
        self._told: dict[Place, int] = {}  # whose households the plan expects

    @property
    def empty(self) -> list[UUID]:
        """The villages without a population that was asked for."""
        if not self._asked:
            return []
        villages = (village.uid for village in self.tree.villages())
        known = (self.typed, self.counted, self._told)
        return [uid for uid in villages if not any(uid in those for those in known)]

    def population(self, name: str) -> Leaf:
        """The number of everybody, or of a group, which only typed rows tell."""
        self._asked = True
        found: dict[Place, int | None] = {}
        for village in self.tree.villages():
            if name in NUMBERS:
                value, source = self._populations.number(village.uid, name)
            else:
                value, source = self._populations.typed.value(village.uid, name), TYPED
            found[village.uid] = value
            if value is not None:
                (self.typed if source == TYPED else self.counted)[village.uid] = None
        return Leaf(self._with_shared(self._populations.typed, name, found))

    def targets(self, name: str) -> Leaf:
        """A typed number of the plan, or one that is made of several."""
        if name == AT_END:
            return self._expected()
        if name in BACK:
            return self._target(BACK[name], self._completed)
        if name not in NETS:
            return self._target(name, self._targets)
        fall, back = NETS[name]
        values = [self._target(one, self._completed).values for one in (fall, *back)]
        return Leaf(reduce(_less, values))

    def _target(self, name: str, rows: Mapping[UUID, Mapping[str, Any]]) -> Leaf:
        typed = self._numbers(rows)
        found: dict[Place, int | None] = {
            village.uid: typed.value(village.uid, name) for village in self.tree.villages()
        }
        for unit in self.units:
            found.update(self._given(unit, typed, name))
        return Leaf(self._with_shared(typed, name, found))

    def _given(self, unit: Area, typed: YearlyNumbers, name: str) -> Iterator[tuple[Place, int]]:
        """What was given to a unit above villages stands for all of these together; a commune of
        which no village is known yet is a place of its own.
        """
        if unit.level is Level.VILLAGE:
            return
        value = typed.value(unit.uid, name)
        villages = frozenset(village.uid for village in self.tree.villages(unit.uid))
        if value is not None and (villages or unit.level is Level.COMMUNE):
            yield villages or frozenset({unit.uid}), value
        else:
            for below in self.tree.children(unit.uid):
                yield from self._given(below, typed, name)

    def _expected(self) -> Leaf:
        """What the plan expects; of whom it says nothing, the households of the year."""
        said, known = (
            self._target(EXPECTED, self._targets).values,
            self.population("households").values,
        )
        told = {place: value for place, value in said.items() if value is not None}
        self._told.update(told)
        return Leaf({**known, **told})

    @cached_property
    def _targets(self) -> dict[UUID, dict[str, Any]]:
        return areas.targets_of(self.connection, self.request.year, self.request.plan)

    @cached_property
    def _completed(self) -> dict[UUID, dict[str, Any]]:
        """Beside a fall that was typed, what nobody expects to come back is none."""
        rows = {area: dict(row) for area, row in self._targets.items()}
        for row in rows.values():
            for fall, back in NETS.values():
                if row[fall] is not None:
                    row.update({name: row[name] or 0 for name in back})
        return rows

    def _numbers(self, rows: Mapping[UUID, Mapping[str, Any]]) -> YearlyNumbers:
        return YearlyNumbers(self.connection, rows, self.request.year, self.request.day)

    def _with_shared(
        self, typed: YearlyNumbers, name: str, found: dict[Place, int | None]
    ) -> dict[Place, int | None]:
        """With the numbers that villages share after a split, where none of them has its own."""
        villages = [village.uid for village in self.tree.villages()]
        for place, value in typed.shared(villages, name).items():
            if all(found.get(village) is None for village in place):
                found[place] = value
        return found

    @cached_property
    def _populations(self) -> Populations:
        scope = self.request.scope()
        placing = self._placing(scope.day)
        edition, yearly = scope.edition, scope.is_yearly
        return Populations(placing, scope.year, edition=edition, yearly=yearly)


def _less(
    first: dict[Place, int | None], second: dict[Place, int | None]
) -> dict[Place, int | None]:
    """What is left of a fall; where nobody typed the second number there is nothing to take."""
    return {
        place: None if value is None else value - (second.get(place) or 0)
        for place, value in first.items()
    }
