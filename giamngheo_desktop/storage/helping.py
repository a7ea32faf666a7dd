"""Reads what happened in a span of days: assignments and needs in force, visits, incidents …"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.tables import (
    TABLES,
    area_version,
    household_place,
)


def between(
    connection: Connection, kind: Kind, column: str, first: date, last: date
) -> list[dict[str, Any]]:
    """Records whose day lies in the span, the oldest first."""
    table = TABLES[kind]
    query = (
        sa.select(table)
        .where(table.c.removed.is_(sa.false()), table.c[column].between(first, last))
        .order_by(table.c[column], table.c.uid)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def overlapping(
    connection: Connection, kind: Kind, first: date, last: date
) -> list[dict[str, Any]]:
    """Dated records in force on some day of the span, in the order they began."""
    table = TABLES[kind]
    query = (
        sa.select(table)
        .where(
            table.c.removed.is_(sa.false()),
            table.c.valid_from <= last,
            sa.or_(table.c.valid_to.is_(None), table.c.valid_to >= first),
        )
        .order_by(table.c.valid_from, table.c.uid)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def first_days(connection: Connection, kind: Kind, column: str) -> dict[UUID, date]:
    """Of each household that records of the kind name, the first day."""
    table = TABLES[kind]
    query = (
        sa.select(table.c.household, sa.func.min(table.c[column]).label("first"))
        .where(table.c.removed.is_(sa.false()), table.c.household.is_not(None))
        .group_by(table.c.household)
    )
    return {row.household: row.first for row in connection.execute(query)}


def first_stays(connection: Connection) -> dict[UUID, tuple[UUID, date]]:
    """Where and since when each household was first in the register."""
    place = household_place
    query = (
        sa.select(place.c.household, place.c.village, place.c.valid_from)
        .where(
            place.c.removed.is_(sa.false()),
            sa.or_(place.c.valid_to.is_(None), place.c.valid_to >= place.c.valid_from),
        )
        .order_by(place.c.valid_from.desc(), place.c.uid.desc())
    )
    return {uid: (village, day) for uid, village, day in connection.execute(query)}


def first_parents(connection: Connection) -> dict[UUID, UUID | None]:
    """The unit that each unit first lay in: of a village its commune before any merger."""
    version = area_version
    query = (
        sa.select(version.c.area, version.c.parent)
        .where(version.c.removed.is_(sa.false()))
        .order_by(version.c.valid_from.desc(), version.c.uid.desc())
    )
    return {row.area: row.parent for row in connection.execute(query)}
