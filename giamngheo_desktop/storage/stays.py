"""Where households lived on the days of what they got or were told."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.records import in_force
from giamngheo_desktop.storage.review_sources import newest
from giamngheo_desktop.storage.tables import household_place as place


def village_on(
    household: sa.ColumnElement[Any], day: sa.ColumnElement[Any]
) -> sa.ScalarSelect[UUID | None]:
    """The village of a household on a day, as a column; NULL where the register does not say."""
    return (
        sa.select(place.c.village)
        .where(place.c.household == household, in_force(place, day))
        .order_by(*newest(place))
        .limit(1)
        .scalar_subquery()
    )


class Stays:
    """The stays of all households, read at once where many days are asked for, once one is."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @cached_property
    def _stays(self) -> dict[UUID, list[tuple[date, date, UUID]]]:
        query = (
            sa.select(place.c.household, place.c.village, place.c.valid_from, place.c.valid_to)
            .where(place.c.removed.is_(sa.false()))
            .order_by(*newest(place))
        )
        found: dict[UUID, list[tuple[date, date, UUID]]] = {}
        for household, village, first, last in self._connection.execute(query):
            found.setdefault(household, []).append((first, last or date.max, village))
        return found

    def village_on(self, household: UUID, day: date) -> UUID | None:
        """The village of a household on a day; None where it is in none."""
        stays = self._stays.get(household, ())
        return next((village for first, last, village in stays if first <= day <= last), None)
