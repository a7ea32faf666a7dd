"""Programme trees: dự án, tiểu dự án, hợp phần, nội dung thành phần, to any depth.

A programme, a poverty standard and the year of a plan are three things: 2026 has two live
programmes and the standard of 2022.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from giamngheo_desktop.domain.standard import Certainty, Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One part of a programme; `code` is ours, what a plan prints for it is the plan's own."""

    code: str
    parent: str = ""  # "": stands at the top
    name: str
    lead: Fact[str]  # cơ quan chủ trì
    certainty: Certainty
    source: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Programme:
    """One programme as data; `used_until` is the last day of money or plans after its end."""

    code: str
    version: int
    label: str
    valid_from: date
    valid_to: date | None
    legal_basis: str
    used_until: Fact[date] | None
    components: tuple[Component, ...]  # parents before their parts, in official order
    sources: Mapping[str, str]

    @cached_property
    def by_code(self) -> Mapping[str, Component]:
        return {one.code: one for one in self.components}

    @cached_property
    def _parts(self) -> Mapping[str, tuple[Component, ...]]:
        parents = {one.parent for one in self.components}
        return {
            code: tuple(one for one in self.components if one.parent == code) for code in parents
        }

    def parts(self, code: str = "") -> tuple[Component, ...]:
        """What stands right below a component, or at the top."""
        return self._parts.get(code, ())

    def path(self, code: str) -> tuple[Component, ...]:
        """From the top down to the component. Raises KeyError."""
        found: list[Component] = []
        while code:
            found.insert(0, self.by_code[code])
            code = found[0].parent
        return tuple(found)

    def depth(self, code: str) -> int:
        """0 at the top."""
        return len(self.path(code)) - 1

    def within(self, code: str) -> frozenset[str]:
        """The codes of a component and of everything below it."""
        return frozenset({code}).union(*(self.within(one.code) for one in self.parts(code)))

    def walk(self) -> Iterator[Component]:
        """Each component before its parts."""
        waiting = [*reversed(self.parts())]
        while waiting:
            one = waiting.pop()
            yield one
            waiting += reversed(self.parts(one.code))

    @property
    def last_day(self) -> date | None:
        """The last day it is used on; None while nothing ends it."""
        return (self.used_until and self.used_until.value) or self.valid_to

    def is_live(self, year: int) -> bool:
        """Whether a plan of that year may name it."""
        last = self.last_day
        return self.valid_from <= date(year, 12, 31) and (last is None or date(year, 1, 1) <= last)
