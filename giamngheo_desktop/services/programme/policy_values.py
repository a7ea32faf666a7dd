"""The values of policies that a unit works with: its own before the program's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.policy import PolicyValue, Scope
from giamngheo_desktop.domain.standard import Certainty
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Connection


def known(connection: Connection, definitions: Definitions) -> tuple[PolicyValue, ...]:
    """All of them, those typed here first."""
    own = records.find(connection, Kind.POLICY_VALUE)
    return (*map(_value, own), *definitions.policy_values)


def _value(row: Mapping[str, Any]) -> PolicyValue:
    return PolicyValue(
        key=row["key"] or row["uid"].hex,
        group=row["group"],
        label=row["label"],
        value=row["value"],
        unit=row["unit"] or "",
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        scope=Scope(row["scope"]),
        basis=row["basis"] or "",
        certainty=Certainty.CONFIRMED,
        source="",
        note=row["note"] or "",
    )


def _day(value: date | None) -> PartialDate | None:
    return None if value is None else PartialDate(value.year, value.month, value.day)
