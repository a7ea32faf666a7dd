"""The values of policies that a unit works with: its own before the program's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.area import AreaTree, Succession, successors
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.policy import PolicyValue, Scope
from giamngheo_desktop.domain.standard import Certainty
from giamngheo_desktop.storage import areas, records
from giamngheo_desktop.storage.engine import Connection

Values = tuple[PolicyValue, ...]


class KnownValues:
    """What is known in a file, by the place it is asked for, as the units of a day stand: a commune
    knows what it, or what merged into it, typed and what the units above it did, no other's.
    """

    def __init__(self, connection: Connection, definitions: Definitions, day: date) -> None:
        self._connection, self._day = connection, day
        self._program = definitions.policy_values
        self._rows = records.find(connection, Kind.POLICY_VALUE)
        self._at: dict[UUID | None, Values] = {}

    def at(self, place: UUID | None) -> Values:
        """All of them at a village or unit, those typed first; where the place is not known, those
        of everybody.
        """
        if place not in self._at:
            own = (_value(row) for row in self._rows if place is None or self._reaches(row, place))
            self._at[place] = (*own, *self._program)
        return self._at[place]

    def _reaches(self, row: Mapping[str, Any], place: UUID) -> bool:
        now = successors(self._steps, [row["area"], place], date.min, self._day)
        above = {up.uid for uid in now[place] for up in self._tree.ancestors(uid)}
        return bool(now[row["area"]] & above)

    @cached_property
    def _tree(self) -> AreaTree:
        return areas.tree_on(self._connection, self._day)

    @cached_property
    def _steps(self) -> list[Succession]:
        return list(areas.successions(self._connection))


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
