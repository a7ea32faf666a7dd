"""The working years a file offers, and which of them are closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True, slots=True)
class WorkingYear:
    """A review year; `closed_on` is the day it was closed, None while it is open."""

    year: int
    standard: str
    closed_on: date | None = None


def working_years(
    database: Database, definitions: Definitions, commune: UUID, today: date
) -> list[WorkingYear]:
    """From the first year of the commune to the year after `today`, newest first.

    A commune that begins on the last day of a year begins its work the day after. Years that no
    national standard covers are left out.
    """
    with database.reader() as connection:
        versions = records.find(connection, Kind.AREA_VERSION, area=commune)
        rounds = records.find(connection, Kind.ROUND)
    closed = {
        (row["review_year"], row["standard"]): row["closed_on"]
        for row in rounds
        if row["closed_on"] is not None
    }
    started = min((row["valid_from"] for row in versions), default=today)
    first = (started + timedelta(days=1)).year
    last = max(today.year + 1, first, *(year for year, _ in closed))
    found = []
    for year in range(last, min(first, today.year) - 1, -1):
        try:
            standard = standard_for(definitions.standards, year).code
        except AppError:
            continue
        found.append(WorkingYear(year, standard, closed.get((year, standard))))
    return found
