"""What is to be looked at in the targets of a plan before it is issued. Nothing is blocked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain import allocation_doubts, target_doubts
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.doubted import Doubted, DoubtLevel, PlanFacts
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.standard import Standards, standard_for
from giamngheo_desktop.domain.target_lines import in_order
from giamngheo_desktop.services.targets import allocation, result_doubts
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """About the target `key` (and those of `also`), a village, or what all of them add up to."""

    code: str
    severity: DoubtLevel
    key: str
    also: frozenset[str]
    village: UUID | None
    sentence: str


def doubts(
    database: Database,
    definitions: Definitions,
    unit: UUID,
    year: int,
    plan: UUID | None = None,
    *,
    signed_on: date | None = None,
    today: date | None = None,
) -> tuple[Doubt, ...]:
    """Of a version of the plan, of the newest one if None: its targets, what was typed as reached,
    then its villages; against the day of its head, if not another is given, and while it has none
    against `today`.

    Raises AppError `no_standard`.
    """
    table = allocation.table(database, definitions, unit, year, plan)
    rows: list[dict[str, Any]] = []
    head: dict[str, Any] = {}
    typed: dict[UUID, tuple[Doubted, ...]] = {}
    if table.plan is not None:
        with database.reader() as connection:
            head = records.get(connection, Kind.DOCUMENT, table.plan) or {}
            rows = records.find(connection, Kind.TARGET, document=table.plan)
            asked = (connection, definitions.indicators, unit, year, rows, today)
            typed = result_doubts.read(*asked)
    facts = PlanFacts(
        year=year,
        day=signed_on or head.get("signed_on") or head.get("issued_on"),
        today=today,
        standard=_standard(definitions.standards, year),
        before=_standard(definitions.standards, year - 1),
        labels={one.code: one.label for one in definitions.standards},
        starts=allocation.starts(table),
        people=allocation.people(table),
    )
    found = (
        *target_doubts.doubts(in_order(rows), definitions.indicators, facts),
        *chain.from_iterable(typed.values()),
        *allocation_doubts.doubts(table, rows, definitions.indicators),
    )
    return tuple(
        Doubt(
            code=one.code,
            severity=one.level,
            key=one.key,
            also=one.also,
            village=one.village,
            sentence=texts.target_doubt_text(one),
        )
        for one in found
    )


def _standard(standards: Standards, year: int) -> tuple[str, str]:
    try:
        found = standard_for(standards, year)
    except AppError:  # the year before the first one that is known
        return "", ""
    return found.code, found.label
