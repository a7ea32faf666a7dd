"""What is written of a year: the versions of its plan, and its narrative reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain import report_periods
from giamngheo_desktop.domain.changes import Kind
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


def words(database: Database, unit: UUID, year: int, day: date, period: str = "") -> dict[str, str]:
    """What the placeholders of a layout stand for (`heads.words_of`)."""
    with database.reader() as connection:
        return heads.words_of(connection, unit, year, day, period)


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
