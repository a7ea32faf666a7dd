"""Of which unit and of which day the money of a year speaks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.area import successors
from giamngheo_desktop.services.areas import top_of
from giamngheo_desktop.storage import areas, audit
from giamngheo_desktop.storage.engine import Connection, Database

Belongs = Callable[[UUID | None, UUID | None], bool]  # commune, village


def within(connection: Connection, unit: UUID | None, day: date) -> Belongs:
    """By the units of `day`, or of the first one on which the unit stands: a village says it, else
    the commune; what went into a unit belongs to it. Without a unit, and for the one all others of
    the file are in by now, everything belongs.
    """
    now = areas.tree_on(connection, date.max)
    if unit is None or unit == top_of(connection, now, date.max):
        return lambda area, village: True
    day = max(day, areas.first_day(connection, unit) or day)
    tree = areas.tree_on(connection, day)
    mine = {area.uid for area in tree if any(up.uid == unit for up in tree.ancestors(area.uid))}
    steps = areas.successions(connection)

    def is_mine(place: UUID) -> bool:
        return successors(steps, [place], date.min, day)[place] <= mine

    return lambda area, village: (place := village or area) is not None and is_mine(place)


def data_day(connection: Connection, year: int) -> date:
    """The day that records of a year speak of: its end, or the last one anything was written."""
    return _until(connection, date(year, 12, 31))


def known_until(database: Database, day: date) -> date:
    """A day, or the last one anything was written where that is before it."""
    with database.reader() as connection:
        return _until(connection, day)


def _until(connection: Connection, day: date) -> date:
    written = audit.last_written(connection)
    return min(day, written.date()) if written else day


def unit_name(connection: Connection, unit: UUID | None, day: date) -> str:
    """What the unit that is asked for, or the file's own, is called on a day."""
    tree = areas.tree_on(connection, day)
    found = tree.get(unit or top_of(connection, tree, day))
    return found.name if found else ""
