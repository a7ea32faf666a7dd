"""The working years a file offers, and which of them are closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.services.areas import top_of
from giamngheo_desktop.storage import areas, records, review_rows
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.review_rows import Scope


@dataclass(frozen=True, slots=True)
class WorkingYear:
    """A review year; `closed_on` is the day it was closed, None while it is open.

    `unit` is what the file is about in that year: before a merger of communes another one.
    """

    year: int
    standard: str
    unit: UUID
    closed_on: date | None = None


def first_year(connection: Connection) -> int | None:
    """The first working year of the file; None without a commune."""
    communes = {row["uid"] for row in records.find(connection, Kind.AREA, level="commune")}
    started = min(
        (
            row["valid_from"]
            for row in records.find(connection, Kind.AREA_VERSION)
            if row["area"] in communes
        ),
        default=None,
    )
    return None if started is None else (started + timedelta(days=1)).year


def working_years(database: Database, definitions: Definitions, today: date) -> list[WorkingYear]:
    """From the first year of the file's communes to the year after `today`, newest first.

    A commune that begins on the last day of a year begins its work the day after. Years that no
    national standard covers are left out. AppError `no_unit` for a file without one today.
    """
    with database.reader() as connection:
        closed = [
            row for row in records.find(connection, Kind.ROUND) if row["closed_on"] is not None
        ]
        now = top_of(connection, areas.tree_on(connection, today), today)
        if now is None:
            raise AppError("no_unit", day=today.strftime("%d/%m/%Y"))
        first = first_year(connection) or today.year
        last = max(today.year + 1, first, *(row["review_year"] for row in closed))
        found = []
        for year in range(last, min(first, today.year) - 1, -1):
            try:
                standard = standard_for(definitions.standards, year).code
            except AppError:
                continue
            day = today if year == today.year else date(year, 12, 31)
            tree = areas.tree_on(connection, day)
            unit = top_of(connection, tree, day) or now
            days = [
                row["closed_on"]
                for row in closed
                if (row["review_year"], row["standard"]) == (year, standard)
            ]
            if days:
                frozen = review_rows.is_frozen(connection, Scope(year=year, standard=standard))
                villages = (village.uid for village in tree.villages(unit))
                days = days if review_rows.is_closed(frozen, villages) else []
            found.append(WorkingYear(year, standard, unit, max(days, default=None)))
    return found
