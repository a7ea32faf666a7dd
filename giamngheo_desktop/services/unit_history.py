"""What units were and are: every dated version and attribute of a unit, oldest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.services import settings
from giamngheo_desktop.services.dated import lasts
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A unit from `valid_from` to `valid_to` (its last day, None while it holds)."""

    name: str
    kind: str
    position: int | None
    area_type: str | None
    region: str | None
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedValue:
    """A dated attribute of a unit, or a setting: its code, value and days."""

    code: str
    value: str
    valid_from: date
    valid_to: date | None


def versions(database: Database, area: UUID) -> list[Version]:
    """Every version of a unit that ever held."""
    with database.reader() as connection:
        rows = records.find(connection, Kind.AREA_VERSION, area=area)
    found = [
        Version(
            name=row["name"],
            kind=row["kind"],
            position=row["position"],
            area_type=row["area_type"],
            region=row["region"],
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
        )
        for row in rows
        if lasts(row, row["valid_from"])
    ]
    return sorted(found, key=lambda version: version.valid_from)


def facts(database: Database, area: UUID) -> list[DatedValue]:
    """Every dated attribute of a unit."""
    with database.reader() as connection:
        rows = records.find(connection, Kind.AREA_FACT, area=area)
    return _dated(rows)


def settings_of_all_days(
    database: Database, codes: Iterable[str] = settings.CODES
) -> list[DatedValue]:
    """Every value each of these settings had, by code, oldest first."""
    found: list[DatedValue] = []
    for code in codes:
        found += _dated(settings.history(database, code))
    return found


def _dated(rows: list[dict[str, object]] | list[Mapping[str, object]]) -> list[DatedValue]:
    found = [
        DatedValue(
            code=str(row["code"]),
            value=str(row["value"]),
            valid_from=_day(row["valid_from"]),
            valid_to=None if row["valid_to"] is None else _day(row["valid_to"]),
        )
        for row in rows
        if lasts(row, _day(row["valid_from"]))
    ]
    return sorted(found, key=lambda value: value.valid_from)


def _day(value: object) -> date:
    assert isinstance(value, date)
    return value
