"""Who needs what on a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from giamngheo_desktop.storage import needs as stored
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.needs import Need as Need


def on_day(database: Database, day: date, household: UUID | None = None) -> dict[UUID, list[Need]]:
    """The needs in force by household, those of its persons among them."""
    with database.reader() as connection:
        found: dict[UUID, list[Need]] = {}
        for one in stored.needs_on(connection, day, household):
            found.setdefault(one.household, []).append(one)
    return found


def households_with(database: Database, day: date, codes: Collection[str]) -> frozenset[UUID]:
    """Those that have any of these needs."""
    with database.reader() as connection:
        found = stored.needs_on(connection, day)
    return frozenset(one.household for one in found if one.code in codes)
