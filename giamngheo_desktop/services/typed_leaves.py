"""Columns of typed numbers by village: targets, population (or the register, where complete)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Protocol
from uuid import UUID

from giamngheo_desktop.domain.area import AreaTree
from giamngheo_desktop.services.areas import COMPLETE
from giamngheo_desktop.services.leaves import Leaf
from giamngheo_desktop.services.placing import Place, Placing
from giamngheo_desktop.services.yearly_numbers import YearlyNumbers
from giamngheo_desktop.storage import areas, review_rows
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.review_rows import Scope

_WHOLE = ("households", "persons")  # of everybody: what the register can be counted for


class Asked(Protocol):
    """What is asked of a request."""

    @property
    def year(self) -> int: ...
    @property
    def day(self) -> date: ...
    def scope(self) -> Scope: ...


class TypedLeaves:
    """`typed` villages took their population from typed rows, `counted` ones from the register."""

    def __init__(
        self,
        connection: Connection,
        tree: AreaTree,
        request: Asked,
        placing: Callable[[date], Placing],
    ) -> None:
        self.connection, self.tree, self.request = connection, tree, request
        self._placing = placing
        self.typed: dict[UUID, None] = {}
        self.counted: dict[UUID, None] = {}
        self._asked = False

    @property
    def empty(self) -> list[UUID]:
        """The villages without a population that was asked for."""
        if not self._asked:
            return []
        villages = (village.uid for village in self.tree.villages())
        return [uid for uid in villages if uid not in self.typed and uid not in self.counted]

    def population(self, name: str) -> Leaf:
        """From one source a village: where one of the two is typed, the other is not counted."""
        self._asked = True
        typed = self._numbers(areas.population_of(self.connection, self.request.year))
        found: dict[Place, int | None] = {}
        for village in self.tree.villages():
            value, source = typed.value(village.uid, name), self.typed
            untyped = all(typed.value(village.uid, each) is None for each in _WHOLE)
            if untyped and name in _WHOLE and village.uid in self._register:
                source = self.counted
                value = self._register[village.uid][_WHOLE.index(name)]
            found[village.uid] = value
            if value is not None:
                source[village.uid] = None
        return Leaf(self._with_shared(typed, name, found))

    def targets(self, name: str) -> Leaf:
        typed = self._numbers(areas.targets_of(self.connection, self.request.year))
        found: dict[Place, int | None] = {
            village.uid: typed.value(village.uid, name) for village in self.tree.villages()
        }
        return Leaf(self._with_shared(typed, name, found))

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
    def _register(self) -> dict[UUID, tuple[int, int]]:
        """Households and persons of the villages whose register was declared complete then."""
        scope = self.request.scope()
        placing = self._placing(scope.day)
        facts = areas.facts_on(
            self.connection, scope.day, [old.uid for old in placing.old_tree.villages()]
        )
        declared = {old for old, codes in facts.items() if codes.get(COMPLETE) == "yes"}
        if not declared:
            return {}
        counts = review_rows.register_counts(self.connection, scope.day)
        found: dict[UUID, tuple[int, int]] = {}
        for village, olds in placing.origins.items():
            whole = all(placing.village_of(old) == village for old in olds)
            if olds and olds <= declared and whole:
                homes, people = zip(*(counts.get(old, (0, 0)) for old in olds), strict=True)
                found[village] = sum(homes), sum(people)
        return found
