"""What is written of a year: the versions of its plan, and its narrative reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain import report_periods
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.plan_layout import Layout, in_order
from giamngheo_desktop.services.documents import heads
from giamngheo_desktop.storage import plans, records
from giamngheo_desktop.storage.engine import Connection, Database

PLAN, REPORT = plans.PLAN, plans.REPORT


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A document without its sections; `holds`: the plan that is in force, `has_sections`: it was
    begun from a layout.
    """

    uid: UUID
    type: str
    period: str
    version: int
    change: str
    issued_on: date | None
    number: str
    summary: str
    has_sections: bool
    holds: bool = False

    @property
    def is_draft(self) -> bool:
        return self.issued_on is None


def plans_of(database: Database, unit: UUID, year: int) -> tuple[Listed, ...]:
    """The versions of a year's plan, the oldest first."""
    with database.reader() as connection:
        holding = plans.in_force(connection, year).get(unit)
        rows = plans.versions(connection, year, unit)
        return tuple(_listed(connection, row, row["uid"] == holding) for row in rows)


def reports_of(database: Database, unit: UUID, year: int) -> tuple[Listed, ...]:
    """The narrative reports of a year by the end of their period, the oldest first."""
    with database.reader() as connection:
        place = {"area": unit, "year": year, "type": plans.REPORT}
        rows = records.find(connection, Kind.DOCUMENT, **place)
        found = [_listed(connection, row) for row in rows]
    order = {code: at for at, code in enumerate(report_periods.ALL)}
    return tuple(
        sorted(
            found,
            key=lambda one: (
                report_periods.last_month(one.period),
                order[one.period],
                one.version,
                one.uid,
            ),
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A layout in the words of a unit, and what it says that no longer holds in the year."""

    layout: Layout
    outdated: tuple[str, ...]


def layouts_of(
    database: Database,
    definitions: Definitions,
    unit: UUID,
    year: int,
    day: date,
    type_: str,
    period: str = "",
) -> list[Offered]:
    """The layouts of plans, or of reports of a period, that are for a unit; the recommended one
    first, those of old plans last.
    """
    with database.reader() as connection:
        words = heads.words_of(connection, unit, year, day, period)
        area = heads.area_of(connection, unit, day)
    level, kind = (area.level, area.kind) if area is not None else (None, "")
    periods = {type_.value for type_, codes in report_periods.CODES.items() if period in codes}
    newest = (versions[-1] for versions in definitions.layouts.values())
    return [
        Offered(
            layout=replace(one, sections=one.told(words, kind)),
            outdated=one.outdated(year, definitions.outdated),
        )
        for one in in_order(newest, year)
        if one.type == type_ and one.suits(level, kind) and periods <= {*one.periods}
    ]


def _listed(connection: Connection, row: Mapping[str, Any], holds: bool = False) -> Listed:
    sections = records.find(connection, Kind.DOCUMENT_SECTION, document=row["uid"])
    return Listed(
        uid=row["uid"],
        type=row["type"],
        period=row["period"] or "",
        version=row["version"],
        change=row["change"] or "",
        issued_on=row["issued_on"],
        number=row["number"] or "",
        summary=row["summary"] or "",
        has_sections=bool(sections),
        holds=holds,
    )
