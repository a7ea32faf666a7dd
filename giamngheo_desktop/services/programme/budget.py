"""The money of a year: what is booked, what supports add up to beside it, and what looks wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.budgeting import (
    Amounts,
    Branch,
    BudgetWarning,
    Line,
    Stage,
    Sums,
    branches,
    by_source,
    grouped,
    warnings,
)
from giamngheo_desktop.services import unit_names
from giamngheo_desktop.services.programme.components import Components, Part
from giamngheo_desktop.services.programme.supports import support_node
from giamngheo_desktop.services.programme.within import Belongs, data_day, unit_name, within
from giamngheo_desktop.storage import areas, budgets, supports
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.supports import Support

Found = TypeVar("Found")
SOURCES, CAPITALS, STAGES = "funding_sources", "capital_kinds", "budget_stages"  # lists


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The year's money of a unit. `branches` begin with the root, the sum of all; `parts` name the
    other nodes. Groups are in paper order; None or "" is what nobody said, and stands last.
    """

    year: int
    unit: UUID | None
    unit_name: str
    day: date  # of the data
    lines: tuple[Line, ...]
    supported: tuple[Line, ...]  # never part of what is booked
    branches: tuple[Branch, ...]
    warnings: tuple[BudgetWarning, ...]
    parts: Mapping[str, Part]
    by_source: Sums
    by_capital: Mapping[str, Sums]
    by_village: Mapping[UUID | None, Sums]
    by_body: Mapping[UUID | None, Sums]
    villages: Mapping[UUID, str]
    bodies: Mapping[UUID, str]
    activities: Mapping[UUID, str]

    @property
    def total(self) -> Amounts:
        return self.branches[0].total


def budget(
    database: Database,
    definitions: Definitions,
    *,
    year: int,
    unit: UUID | None = None,
    until: date | None = None,
) -> Budget:
    """The money booked for a year, in one snapshot; `unit` None is the whole file. With `until`
    only what was booked by the end of that day, and what nobody dated.
    """
    with database.reader() as connection:
        return read(connection, definitions, year, unit, until=until)


def read(
    connection: Connection,
    definitions: Definitions,
    year: int,
    unit: UUID | None = None,
    *,
    until: date | None = None,
) -> Budget:
    """`budget` of a connection."""
    day = date(year, 12, 31)
    belongs = within(connection, unit, day)
    tree = _tree(connection, definitions, year, belongs)
    lines = _booked(connection, tree, year, belongs, until)
    paid = supports.find(connection, *supports.within(year=year, until=until))
    supported = tuple(line for row in paid if belongs(None, row.near) for line in _paid(tree, row))
    everything = (*lines, *supported)
    parts = {part.node.key: part for part in tree.parts(one.node for one in everything)}
    found = branches([part.node for part in parts.values()], everything)
    villages = unit_names.all_villages(connection, day)
    placed = [area.uid for area in areas.tree_on(connection, day).villages()]
    bodies = budgets.bodies(connection)
    sources, capitals = (definitions.choice_list(code) for code in (SOURCES, CAPITALS))
    return Budget(
        year=year,
        unit=unit,
        unit_name=unit_name(connection, unit, day),
        day=data_day(connection, year),
        lines=lines,
        supported=supported,
        branches=found,
        warnings=warnings(found, lines, year),
        parts=parts,
        by_source=_ordered(by_source(everything), sources.codes),
        by_capital=_ordered(grouped(everything, lambda one: one.capital), capitals.codes),
        by_village=_ordered(grouped(everything, lambda one: one.village), (*placed, *villages)),
        by_body=_ordered(grouped(everything, lambda one: one.body), bodies),
        villages=villages,
        bodies=bodies,
        activities=budgets.activities(connection, year),
    )


def booked(
    connection: Connection, definitions: Definitions, year: int, unit: UUID, until: date
) -> tuple[Line, ...]:
    """The `lines` of `read`, without what supports add up to."""
    belongs = within(connection, unit, date(year, 12, 31))
    tree = _tree(connection, definitions, year, belongs)
    return _booked(connection, tree, year, belongs, until)


def _tree(
    connection: Connection, definitions: Definitions, year: int, belongs: Belongs
) -> Components:
    plans = budgets.plan_components(connection)
    printed = [row for row in plans.values() if belongs(row["area"], None)]
    return Components(definitions, year, plans, printed)


def _booked(
    connection: Connection, tree: Components, year: int, belongs: Belongs, until: date | None
) -> tuple[Line, ...]:
    return tuple(
        _line(tree, row)
        for row in budgets.lines(connection, year)
        if until is None or row["booked_on"] is None or row["booked_on"] <= until
        if belongs(row["area"], row["village"])
    )


def _line(tree: Components, row: Mapping[str, Any]) -> Line:
    return Line(
        node=tree.key(row),
        source=row["source"],
        stage=Stage(row["stage"]),
        amount=row["amount"],
        capital=row["capital"] or "",
        village=row["village"],
        body=row["body"],
        activity=row["activity"],
        booked_on=row["booked_on"],
        document=row["document"] or "",
        note=row["note"] or "",
        uid=row["uid"],
    )


def _paid(tree: Components, support: Support) -> Iterator[Line]:
    node = tree.key(support_node(support))
    for source, amount in support.shares.items():
        yield Line(
            node=node,
            source=source,
            stage=Stage.SUPPORTED,
            amount=amount,
            village=support.village,
            body=support.body,
        )


def _ordered(found: Mapping[Any, Found], order: Iterable[Any]) -> dict[Any, Found]:
    """As `order` stands; what it does not have comes after it, what nobody said last."""
    said = [one for one in dict.fromkeys((*order, *found)) if one in found and one]
    return {one: found[one] for one in (*said, *(one for one in found if not one))}
