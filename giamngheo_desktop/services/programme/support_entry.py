"""One support typed by itself: what is known beside it, and how it is saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.entitlement import Given
from giamngheo_desktop.domain.policy import PolicyValue, on
from giamngheo_desktop.services import closed_years
from giamngheo_desktop.services.programme import entries, supports, years
from giamngheo_desktop.services.programme.entries import Values
from giamngheo_desktop.services.programme.policy_values import KnownValues
from giamngheo_desktop.services.programme.standings import standings
from giamngheo_desktop.services.programme.supports import Asked, Doubts
from giamngheo_desktop.storage.engine import Database

Said = TypeVar("Said")
_MONTHS = 1200  # more is a slip of the keys


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
        rows = years.rows(connection, Kind.SUPPORT_EVENT, unit, year)
    found = supports.of_year(database, definitions, Asked(year=year))
    doubts = supports.doubts(database, definitions, found, today)
    closings = closed_years.closings_of(database, unit)
    return Beside(values, {row["uid"]: row for row in rows}, doubts, closings)


def typed(values: Values, uid: UUID | None) -> Given | None:
    """A support as it stands half typed; None before its household, policy and day are said. What
    is not whole yet is not said.
    """
    home, policy, day = (values.get(name) for name in ("household", "policy", "supported_on"))
    if not (isinstance(home, UUID) and isinstance(policy, str) and isinstance(day, date)):
        return None
    shares = values.get("shares") or ()
    months = _said(values, "months", int)
    return Given(
        uid=uid or UUID(int=0),
        household=home,
        policy=policy,
        supported_on=day,
        person=_said(values, "person", UUID),
        content=_said(values, "content", str),
        item=_said(values, "item", str),
        period_from=_said(values, "period_from", date),
        period_to=_said(values, "period_to", date),
        months=months if months is not None and 0 <= months <= _MONTHS else None,
        value_key=_said(values, "value_key", str),
        value_used=_said(values, "value_used", str),
        class_then=_said(values, "class_then", str),
        sources=frozenset(
            source for share in shares if isinstance(source := share.get("source"), str)
        ),
    )


def _said(values: Values, name: str, kind: type[Said]) -> Said | None:
    value = values.get(name)
    return value if isinstance(value, kind) and value != "" else None


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
