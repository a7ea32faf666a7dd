"""What a plan aims at that the plan of the year before aimed at: taken over, to be gone through.

What belongs to that year stays there: who gave a number and when, starts, last days, and every
number but a share of those who should have something, which plans ask for again year after year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID, uuid5

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.indicator_catalogue import Catalogue, IndicatorType
from giamngheo_desktop.domain.target_lines import in_order
from giamngheo_desktop.domain.year_words import turned
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import plans, records
from giamngheo_desktop.storage.engine import Database

Row = Mapping[str, Any]
_SAME = (
    "indicator",
    "groups",
    "dimension",
    "basis",
    "comparator",
    "body",
    "programme",
    "component",
)
_SAID = ("content", "addition")
_LEVELS = (IndicatorType.COVERAGE, IndicatorType.NEED)


def take(
    database: Database, context: Context, definitions: Definitions, plan: UUID
) -> Done[tuple[UUID, ...]]:
    """The targets of the plan in force of the year before, behind those that the draft has; what it
    aims at already is left out. Keys are made of the plan and of theirs, so that copies of the
    register that took them have each once.

    RefusedErrors `record_missing`, `plan_stands` for an issued version, `no_targets_before`,
    `targets_taken` where all of them stand there.
    """
    with write_unit(database, context, Op.TAKE_TARGETS) as work:
        head = work.living(Kind.DOCUMENT, plan)
        if head["type"] != plans.PLAN:
            raise RefusedError("record_missing")
        if head["issued_on"] is not None:
            raise RefusedError("plan_stands", version=str(head["version"]))
        year = head["year"]
        work.subject = str(year - 1)
        source = plans.in_force(work.connection, year - 1).get(head["area"])
        before = records.find(work.connection, Kind.TARGET, document=source) if source else []
        if not before:
            raise RefusedError("no_targets_before", year=str(year - 1))
        there = records.find(work.connection, Kind.TARGET, document=plan)
        wanted = [*_wanted(before, there, definitions.indicators, year)]
        if not wanted:
            raise RefusedError("targets_taken", year=str(year - 1))
        at = max((row["position"] or 0 for row in there), default=0)
        uids = [
            work.insert(
                Kind.TARGET,
                document=plan,
                key=uuid5(plan, f"targets/{key}").hex,
                position=position,
                **values,
            )
            for position, (key, values) in enumerate(wanted, at + 1)
        ]
    return Done(tuple(uids), work.changes)


def _wanted(
    before: list[dict[str, Any]], there: list[dict[str, Any]], catalogue: Catalogue, year: int
) -> Iterator[tuple[str, dict[str, Any]]]:
    seen = {_aim(row) for row in there}
    for row in in_order(before):
        values = {name: row[name] for name in _SAME}
        values |= {name: row[name] and turned(row[name], year - 1, year) for name in _SAID}
        if row["indicator"] in catalogue and catalogue[row["indicator"]].type in _LEVELS:
            values["pursued"] = row["assigned"] if row["pursued"] is None else row["pursued"]
        if _aim(values) not in seen:
            seen.add(_aim(values))
            yield row["key"], values


def _aim(row: Row) -> tuple[Any, ...]:
    """What is aimed at, whatever the number."""
    names = ("indicator", "dimension", "programme", "component", "content")
    return (frozenset(row["groups"] or ()), *(row[name] or "" for name in names))
