"""Households and persons of the villages in a year: what was typed, else what the register counts.

A village has one source: where one of the two numbers is typed, the other is not counted. Closing a
year keeps what the register counted then, or that nothing was known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from giamngheo_desktop.services.placing import Placing
from giamngheo_desktop.services.yearly_numbers import YearlyNumbers
from giamngheo_desktop.storage import areas, review_rows
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.review_rows import Scope

# The fact that lets a village's population be counted from the register.
COMPLETE = "register_complete"
NUMBERS = ("households", "persons")
TYPED, COUNTED = "typed", "counted"


class Populations:
    """Those of a year on the villages of the placing's geography; the register is counted on the
    day it comes from. What a closing kept counts where the table is a `yearly` one.
    """

    def __init__(
        self, placing: Placing, year: int, *, edition: int | None = None, yearly: bool = True
    ) -> None:
        self._placing, self.year = placing, year
        rows = areas.population_of(placing.connection, year, edition)
        kept = frozenset(area for area, row in rows.items() if row["counted_by"])
        self._kept = kept if yearly else frozenset[UUID]()
        rows = {area: rows[area] for area in rows if yearly or area not in kept}
        self.typed = YearlyNumbers(placing.connection, rows, year, placing.here)

    def number(self, village: UUID, name: str) -> tuple[int | None, str]:
        """Its number in a year with the source, `TYPED` or `COUNTED`."""
        numbers = {each: self.typed.value(village, each) for each in NUMBERS}
        if any(number is not None for number in numbers.values()):
            kept = self._kept and not self._kept.isdisjoint(self._placing.origins.get(village, ()))
            return numbers[name], COUNTED if kept else TYPED
        counted = self._register.get(village)
        return counted[NUMBERS.index(name)] if counted else None, COUNTED

    def is_after(self, day: date, villages: Iterable[UUID]) -> bool:
        """Whether what was typed for one of the villages was counted after a day."""
        return any(on > day for on in self.days(villages))

    def days(self, villages: Iterable[UUID]) -> set[date]:
        """On which days what was typed for the villages was counted, as far as that is said."""
        origins = self._placing.origins
        olds = {old for village in villages for old in (village, *origins.get(village, ()))}
        rows = (row for area, row in self.typed.rows.items() if area in olds)
        return {row["as_of"] for row in rows if row["as_of"] is not None}

    @cached_property
    def _register(self) -> dict[UUID, tuple[int, int]]:
        """Households and persons of the villages whose register was declared complete then."""
        placing, day = self._placing, self._placing.then
        olds = [old.uid for old in placing.old_tree.villages()]
        facts = areas.facts_on(placing.connection, day, olds)
        declared = {old for old, codes in facts.items() if codes.get(COMPLETE) == "yes"}
        declared -= self._kept
        if not declared:
            return {}
        counts = review_rows.register_counts(placing.connection, day)
        found: dict[UUID, tuple[int, int]] = {}
        for village, origins in placing.origins.items():
            whole = all(placing.village_of(old) == village for old in origins)
            if origins and origins <= declared and whole:
                homes, people = zip(*(counts.get(old, (0, 0)) for old in origins), strict=True)
                found[village] = sum(homes), sum(people)
        return found


def sources(
    connection: Connection, scope: Scope, name: str, unit: UUID | None, here: date
) -> frozenset[str]:
    """Where a population of a table comes from, of a unit of `here`: `TYPED`, `COUNTED`, or both in
    the sum of its villages; of a group of people everything is typed.
    """
    if name not in NUMBERS:
        return frozenset({TYPED})
    placing = Placing(connection, scope.day, here)
    found = Populations(placing, scope.year, edition=scope.edition, yearly=scope.is_yearly)
    numbers = [found.number(village.uid, name) for village in placing.tree.villages(unit)]
    return frozenset(source for value, source in numbers if value is not None)


def to_keep(
    connection: Connection, year: int, villages: Iterable[UUID]
) -> Iterator[Mapping[str, Any]]:
    """Of villages of the year's end where nothing is typed, what a closing keeps."""
    day = date(year, 12, 31)
    found = Populations(Placing(connection, day, day), year)
    for village in villages:
        if all(found.typed.value(village, name) is None for name in NUMBERS):
            numbers = {name: found.number(village, name)[0] for name in NUMBERS}
            yield {"area": village, "year": year, "as_of": day, **numbers}
