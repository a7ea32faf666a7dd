"""Where households lived on the days of what they got."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.tables import household_place


class Homes:
    """The stays of all households, read at once."""

    def __init__(self, connection: Connection) -> None:
        place = household_place
        query = sa.select(
            place.c.household, place.c.village, place.c.valid_from, place.c.valid_to
        ).where(place.c.removed.is_(sa.false()))
        self._stays: dict[UUID, list[tuple[date, date, UUID]]] = {}
        for household, village, first, last in connection.execute(query):
            self._stays.setdefault(household, []).append((first, last or date.max, village))

    def village_on(self, household: UUID, day: date) -> UUID | None:
        """The village of a household on a day; None where it is in none."""
        stays = self._stays.get(household, ())
        return next((village for first, last, village in stays if first <= day <= last), None)
