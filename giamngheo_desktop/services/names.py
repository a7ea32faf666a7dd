"""Names behind the ids that a number counts, as people look for them: by village, then name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from giamngheo_desktop.domain.vietnamese import sort_key
from giamngheo_desktop.services.unit_names import all_villages
from giamngheo_desktop.storage import areas, names
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.names import HouseholdName, PersonName

__all__ = ["HouseholdName", "PersonName", "Villages", "of_households", "of_persons"]


Row = TypeVar("Row", HouseholdName, PersonName)


@dataclass(frozen=True, slots=True)
class Villages:
    """The villages in which a table on the geography of `day` counts households."""

    day: date
    of_household: Mapping[UUID, UUID]


def of_households(
    database: Database, uids: Sequence[UUID], day: date, stand: Villages | None = None
) -> list[HouseholdName]:
    """The households by head and village as they were on `day`; `stand`: villages of a table."""
    with database.reader() as connection:
        found = names.households(connection, uids, day, all_villages(connection, day))
        return _placed(connection, found, stand)


def of_persons(
    database: Database, uids: Sequence[UUID], day: date, stand: Villages | None = None
) -> list[PersonName]:
    """The persons with their household of `day`; `stand`: villages of a table."""
    with database.reader() as connection:
        found = names.persons(connection, uids, day, all_villages(connection, day))
        return _placed(connection, found, stand)


def _placed(connection: Connection, rows: list[Row], stand: Villages | None) -> list[Row]:
    """Each in the village a table counts it in, again by village, then name."""
    if stand is None or not stand.of_household:
        return rows
    shown = all_villages(connection, stand.day)
    order = {
        village.uid: at
        for at, village in enumerate(areas.tree_on(connection, stand.day).villages())
    }
    found = []
    for row in rows:
        village = stand.of_household.get(row.household)
        name = row.head if isinstance(row, HouseholdName) else row.full_name
        at = len(order) if village is None else order.get(village, len(order))
        moved = row if village is None else row._replace(village=shown.get(village, row.village))
        found.append(((at, sort_key(name)), moved))
    return [row for _, row in sorted(found, key=lambda one: one[0])]
