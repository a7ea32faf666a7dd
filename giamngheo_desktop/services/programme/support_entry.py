"""One support typed by itself: what is known beside it, and how it is saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.policy import PolicyValue, on
from giamngheo_desktop.services import closed_years
from giamngheo_desktop.services.programme import entries, supports
from giamngheo_desktop.services.programme.entries import Values
from giamngheo_desktop.services.programme.policy_values import KnownValues
from giamngheo_desktop.services.programme.standings import standings
from giamngheo_desktop.services.programme.supports import Asked, Doubts
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True, slots=True)
class Beside:
    """The values of policies, the events of the unit, what is doubtful in a year's supports, and
    the years that are closed.
    """

    values: tuple[PolicyValue, ...]
    events: Mapping[UUID, Mapping[str, Any]]
    doubts: Doubts
    closings: Mapping[int, date]

    def value_on(self, key: str, day: date) -> str:
        """The value of a key that comes first on a day, with its unit; empty where none holds."""
        one = next(iter(on(self.values, key, day)), None)
        return "" if one is None else f"{one.value} {one.unit}".strip()


def beside(
    database: Database, definitions: Definitions, unit: UUID, year: int, today: date
) -> Beside:
    """What the form of a support asks of the file."""
    with database.reader() as connection:
        values = KnownValues(connection, definitions, date(year, 12, 31)).at(unit)
        rows = records.find(connection, Kind.SUPPORT_EVENT, area=unit)
    found = supports.of_year(database, definitions, Asked(year=year))
    doubts = supports.doubts(database, definitions, found, today)
    closings = closed_years.closings_of(database, unit)
    return Beside(values, {row["uid"]: row for row in rows}, doubts, closings)


def save(
    database: Database,
    context: Context,
    definitions: Definitions,
    values: Values,
    uid: UUID | None = None,
) -> Done[UUID]:
    """`entries.save` of a support; the class of the day is filled in where nobody said it."""
    form = definitions.records[Kind.SUPPORT]
    home, day = values.get("household"), values.get("supported_on")
    if not values.get("class_then") and home is not None and day is not None:
        with database.reader() as connection:
            found = standings(connection, definitions, [home], day)
        values = {**values, "class_then": found[home].state(day)}
    return entries.save(database, context, form, values, uid)
