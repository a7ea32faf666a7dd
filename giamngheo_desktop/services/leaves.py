"""A column of a table by place, and its sums: a total of which a part is missing is not known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from giamngheo_desktop.services.placing import Place


@dataclass(frozen=True, slots=True)
class Leaf:
    """A column by village. What is counted may also stand in a set of villages, of which one is
    meant; what is typed belongs to all of the set together."""

    values: dict[Place, int | None]
    counted: bool = False
    nameless: frozenset[Place] = frozenset()

    def _knows(self, village: UUID) -> bool:
        return self.values.get(village) is not None

    def sum(self, parts: Sequence[Place]) -> int | None:
        """None if a part is missing: a total of the rest would be a wrong number."""
        total, asked = 0, False
        sets = [part for part in parts if isinstance(part, frozenset) and part in self.values]
        together = frozenset[UUID]().union(*(() if self.counted else sets))
        for part in parts:
            if part in together:
                continue
            if isinstance(part, frozenset) and part not in self.values:
                # Nobody is left between its villages, unless nothing is known of any of them.
                asked = asked or (self.counted and any(map(self._knows, part)))
                continue
            value = self.values.get(part)
            if value is None:
                return None
            total, asked = total + value, True
        return total if asked else None


def sets_of(leaves: Iterable[Leaf]) -> list[frozenset[UUID]]:
    """The sets of villages in which something is counted, or not known."""
    found = {
        place: None
        for leaf in leaves
        for place, value in leaf.values.items()
        if isinstance(place, frozenset) and value != 0
    }
    return list(found)


def parts_of(villages: frozenset[UUID], sets: Iterable[frozenset[UUID]]) -> list[Place]:
    """What belongs to a unit: its villages, and the sets that lie in it whole."""
    return [*villages, *(place for place in sets if place <= villages)]
