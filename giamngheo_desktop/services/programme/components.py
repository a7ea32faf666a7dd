"""The tree that a year's money and work stand in: live programmes, and what plans add of their own.

A record names a component, a part of the year's plan, a programme or nothing; each is one node.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.budgeting import ROOT, Node
from giamngheo_desktop.domain.programme import Programme

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A node with what it is called: `number` as the plan prints it, else our code."""

    node: Node
    number: str
    name: str

    @property
    def label(self) -> str:
        """Its number and its name."""
        return f"{self.number} {self.name}".strip()


class Components:
    """The nodes of a year; `plans` are the parts of all plans by uid (`storage.budgets`), `printed`
    those of the unit.
    """

    def __init__(
        self,
        definitions: Definitions,
        year: int,
        plans: Mapping[UUID, Row],
        printed: Iterable[Row],
    ) -> None:
        self._plans = plans
        self._live = {one.code: one for one in definitions.live_programmes(year)}
        self._programmes: dict[str, Programme] = {
            **self._live,
            **{code: versions[-1] for code, versions in definitions.programmes.items()},
        }
        self._printed = self._as_printed(year, printed)
        self._parts: dict[str, Part] = {}

    def key(self, row: Row) -> str:
        """The node of a record with `programme`, `component` and, if it may, `plan_component`."""
        programme, component = row["programme"] or "", row["component"] or ""
        uid = row.get("plan_component")
        part = self._plans.get(uid) if uid else None
        if part is not None and not component:
            if not part["component"]:
                return f"plan:{uid}"
            programme, component = part["programme"] or programme, part["component"]
        if not component:
            return programme
        if not programme:  # only one of those live has it
            having = [code for code, one in self._live.items() if component in one.by_code]
            programme = having[0] if len(having) == 1 else ""
        return f"{programme}/{component}"

    def above(self, key: str) -> Iterator[str]:
        """A node, then those it stands in."""
        while key != ROOT:
            yield key
            key = self._made(key).node.parent

    def is_within(self, row: Row, component: str, programme: str | None = None) -> bool:
        """Whether a record stands at or below a component of a programme, or of any; `component` is
        its code, or the key of a node.
        """
        for key in self.above(self.key(row)):
            code, _, part = key.partition("/")
            if component == key or (component == part and programme in (None, code)):
                return True
        return False

    def parts(self, used: Iterable[str]) -> tuple[Part, ...]:
        """The parts of the live programmes, and whatever else stands above or at a node used;
        each before its own.
        """
        for code, programme in self._live.items():
            self._part(code)
            for one in programme.walk():
                self._part(f"{code}/{one.code}")
        for key in dict.fromkeys(used):
            if key != ROOT:
                self._part(key)
        below: dict[str, list[Part]] = {}
        for part in self._parts.values():
            below.setdefault(part.node.parent, []).append(part)
        ordered: list[Part] = []
        waiting = below.get(ROOT, [])[::-1]
        while waiting:
            ordered.append(waiting.pop())
            waiting += below.get(ordered[-1].node.key, [])[::-1]
        return tuple(ordered)

    def _part(self, key: str) -> None:
        """Adds a node, and before it those above."""
        if key in self._parts:
            return
        part = self._made(key)
        if part.node.parent != ROOT:
            self._part(part.node.parent)
        self._parts[key] = part

    def _made(self, key: str) -> Part:
        if key.startswith("plan:"):
            row = self._plans[UUID(key.removeprefix("plan:"))]
            return Part(
                Node(key, self._above(row)), row["printed_number"] or "", row["printed_name"]
            )
        code, slash, component = key.partition("/")
        programme, is_live = self._programmes.get(code), code in self._live
        if not slash:
            return Part(Node(key, ROOT, is_live), "", programme.label if programme else code)
        known = programme.by_code.get(component) if programme else None
        above = f"{code}/{known.parent}" if known and known.parent else code
        number, name = (component, known.name) if known else ("", component)
        if key in self._printed:
            row = self._printed[key]
            number, name = row["printed_number"] or component, row["printed_name"]
        return Part(Node(key, above, is_live and known is not None), number, name)

    def _above(self, row: Row) -> str:
        """Where a plan's own part stands; one that would stand below itself stands at the top."""
        seen, parent = {row["uid"]}, self._plans.get(row["parent"])
        first = parent
        while parent is not None:
            if parent["uid"] in seen:
                return ROOT
            seen.add(parent["uid"])
            parent = self._plans.get(parent["parent"])
        if first is None:
            return row["programme"] or ROOT
        return self.key({"programme": "", "component": "", "plan_component": first["uid"]})

    def _as_printed(self, year: int, plans: Iterable[Row]) -> dict[str, Row]:
        """What the one plan of the year calls a component; where plans differ it has our name."""
        found: dict[str, list[Row]] = {}
        for row in plans:
            if row["year"] == year and row["component"] and not row["removed"]:
                found.setdefault(self.key(row), []).append(row)
        return {key: rows[0] for key, rows in found.items() if len(rows) == 1}
