"""Names behind the ids that a number counts, as people look for them: by village, then name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from giamngheo_desktop.services.unit_names import all_villages
from giamngheo_desktop.storage import names
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.names import HouseholdName, PersonName

__all__ = ["HouseholdName", "PersonName", "of_households", "of_persons"]


def of_households(database: Database, uids: Sequence[UUID], day: date) -> list[HouseholdName]:
    """The households by head and village as they were on `day`."""
    with database.reader() as connection:
        return names.households(connection, uids, day, all_villages(connection, day))


def of_persons(database: Database, uids: Sequence[UUID], day: date) -> list[PersonName]:
    """The persons with their household of `day`."""
    with database.reader() as connection:
        return names.persons(connection, uids, day, all_villages(connection, day))
