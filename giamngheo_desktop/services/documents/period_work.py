"""What was done for the programme in a span of days: by component, by policy, what waits next.

A thing is of a span that one of its days lies in; what nobody dated is of the year alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.budgeting import ROOT
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.services.programme import years
from giamngheo_desktop.services.programme.components import Components, Part
from giamngheo_desktop.services.programme.supports import Sum, support_node, total
from giamngheo_desktop.services.programme.within import within
from giamngheo_desktop.storage import budgets, record_names, supports
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.supports import Support

Values = Mapping[str, Any]
DROPPED, PLANNED, RUNNING, DONE = "dropped", "planned", "running", "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A record with its values, as its form has them, and the component it stands in."""

    uid: UUID
    values: Values
    node: str = ROOT

    @property
    def first(self) -> date | None:
        return self._day("starts_on") or self._day("ends_on")

    @property
    def last(self) -> date | None:
        return self._day("ends_on") or self._day("starts_on")

    def lies_in(self, first: date, last: date) -> bool:
        """Whether one of its days does."""
        begins, ends = self.first, self.last
        return begins is not None and ends is not None and begins <= last and ends >= first

    def _day(self, name: str) -> date | None:
        day: date | None = self.values.get(name)
        return day


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentWork:
    """A component that something was done in: `own` right at it, not in its parts."""

    part: Part | None  # None: no component is said
    depth: int
    activities: tuple[Recorded, ...] = ()
    supports: Sum | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodWork:
    """The work of a unit from `first` to `last`; `undated` are the activities of the year that no
    day says anything of, which `components` has only where the span is the year from its start.
    `given` are the supports of the span, `since_january` all up to its last day.
    """

    first: date
    last: date
    components: tuple[ComponentWork, ...]
    activities: tuple[Recorded, ...]
    undated: tuple[Recorded, ...]
    given: tuple[Support, ...]
    since_january: tuple[Support, ...]
    names: Mapping[UUID, str]


def period_work(
    database: Database,
    definitions: Definitions,
    unit: UUID,
    year: int,
    first: date,
    last: date,
    *,
    undated: bool,
) -> PeriodWork:
    """Of a unit in one snapshot; with `undated` what has no day counts as of the span."""
    with database.reader() as connection:
        tree = components(connection, definitions, unit, year)
        every = activities(connection, definitions, unit, year, tree)
        dated = [one for one in every if one.lies_in(first, last)]
        without = [one for one in every if one.first is None]
        shown = [*dated, *(without if undated else ())]
        belongs = within(connection, unit, date(year, 12, 31))
        year_start = date(year, 1, 1)
        found = supports.find(connection, *supports.within(since=year_start, until=last))
        paid = [row for row in found if belongs(None, row.near)]
        given = [row for row in paid if row.supported_on >= first]
        nodes = {one.uid: tree.key(support_node(one)) for one in given}
        names = record_names.names_of(connection, _named(every), date(year, 12, 31))
    return PeriodWork(
        first=first,
        last=last,
        components=tuple(_components(tree, shown, given, nodes)),
        activities=tuple(shown),
        undated=tuple(without),
        given=tuple(given),
        since_january=tuple(paid),
        names=names,
    )


def year_activities(
    database: Database, definitions: Definitions, unit: UUID, year: int
) -> tuple[list[Recorded], Mapping[UUID, str]]:
    """All of a year that nobody dropped, with the names of their bodies and villages."""
    with database.reader() as connection:
        tree = components(connection, definitions, unit, year)
        found = activities(connection, definitions, unit, year, tree)
        return found, record_names.names_of(connection, _named(found), date(year, 12, 31))


def components(
    connection: Connection, definitions: Definitions, unit: UUID, year: int
) -> Components:
    """The tree of a year with the numbers that the unit's plan prints."""
    belongs = within(connection, unit, date(year, 12, 31))
    plans = budgets.plan_components(connection)
    printed = [row for row in plans.values() if belongs(row["area"], None)]
    return Components(definitions, year, plans, printed)


def activities(
    connection: Connection, definitions: Definitions, unit: UUID, year: int, tree: Components
) -> list[Recorded]:
    """Those of a year that nobody dropped, by day, undated ones last."""
    form = definitions.records[Kind.ACTIVITY]
    found = [
        Recorded(uid=uid, values=values, node=tree.key(values))
        for uid, values in years.read(connection, form, unit, year).items()
        if values["state"] != DROPPED
    ]
    return sorted(found, key=lambda one: (one.first or date.max, one.uid))


def _named(found: Iterable[Recorded]) -> Iterator[UUID]:
    for one in found:
        yield from filter(None, (one.values["body"], one.values["village"]))
        for row in one.values["items"]:
            yield from filter(None, (row["body"],))


def _components(
    tree: Components,
    shown: Iterable[Recorded],
    given: Iterable[Support],
    nodes: Mapping[UUID, str],
) -> Iterator[ComponentWork]:
    work: dict[str, list[Recorded]] = {}
    for one in shown:
        work.setdefault(one.node, []).append(one)
    paid: dict[str, list[Support]] = {}
    for row in given:
        paid.setdefault(nodes[row.uid], []).append(row)
    used = {*work, *paid}
    above = {up for key in used for up in tree.above(key)}
    parts = {part.node.key: part for part in tree.parts(used)}

    def made(key: str, part: Part | None) -> ComponentWork:
        return ComponentWork(
            part=part,
            depth=len([*tree.above(key)]),
            activities=tuple(work.get(key, ())),
            supports=total(paid[key]) if key in paid else None,
        )

    for key, part in parts.items():
        if key in above:
            yield made(key, part)
    if ROOT in used:
        yield made(ROOT, None)
