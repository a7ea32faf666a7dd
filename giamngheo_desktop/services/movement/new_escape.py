"""Which households are hộ mới thoát nghèo on a day, by the settings of that day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.new_escape import MONTHS, Escape, Recognition, escape
from giamngheo_desktop.services import settings
from giamngheo_desktop.storage import pasts
from giamngheo_desktop.storage.engine import Connection


def escapes(connection: Connection, day: date, household: UUID | None = None) -> dict[UUID, Escape]:
    """Those for whom it holds on `day`; of all households, or of one."""
    left = last_escapes(connection, day, None if household is None else [household])
    return {home: one for home, one in left.items() if one.holds_on(day)}


def last_escapes(
    connection: Connection, day: date, households: Sequence[UUID] | None = None
) -> dict[UUID, Escape]:
    """What `day` knows of escapes, those that are over included."""
    months = settings.number(connection, "new_escape_months", day, MONTHS) or MONTHS
    near_poor = settings.read(connection, day).get("new_escape_near_poor") == "yes"
    found = {}
    for home, rows in pasts.of_once_poor(connection, day, households).items():
        known = [
            Recognition(row.standard, row.household_class, row.signed_on or row.valid_from)
            for row in rows
        ]
        left = escape(known, months=months, near_poor=near_poor)
        if left is not None:
            found[home] = left
    return found
