"""What the movement of a year asks of the years before it and of the events in it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.review_sources import RECOGNISED_SOURCES
from giamngheo_desktop.storage.tables import class_record, household_place


def recognised_before(
    connection: Connection, standard: str, year: int
) -> dict[UUID, frozenset[str]]:
    """The classes each household was recognised in for review years before `year`."""
    record = class_record
    query = (
        sa.select(record.c.household, record.c.household_class)
        .distinct()
        .where(
            record.c.standard == standard,
            record.c.review_year < year,
            record.c.source.in_(RECOGNISED_SOURCES),
            record.c.household_class.is_not(None),
            record.c.removed.is_(sa.false()),
        )
    )
    found: dict[UUID, set[str]] = {}
    for home, code in connection.execute(query):
        found.setdefault(home, set()).add(code)
    return {home: frozenset(codes) for home, codes in found.items()}


def arrived(connection: Connection, first: date, last: date) -> frozenset[UUID]:
    """The households that came from another commune between two days."""
    place = household_place
    query = sa.select(place.c.household).where(
        place.c.reason == "move_in",
        place.c.valid_from.between(first, last),
        place.c.removed.is_(sa.false()),
    )
    return frozenset(connection.execute(query).scalars())
