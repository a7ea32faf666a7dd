"""Which standards and which geography a table of a year can be asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.services.household_view import local_standards
from giamngheo_desktop.services.unit_names import villages
from giamngheo_desktop.storage import areas, review_rows
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Standards as (code, label), the national one of the year first; `geography` is today's day
    where the units of today are others than those of the data's day.
    """

    standards: tuple[tuple[str, str], ...] = ()
    geography: date | None = None


def choices(
    database: Database,
    definitions: Definitions,
    *,
    year: int,
    day: date,
    unit: UUID,
    today: date,
    unit_today: UUID,
) -> Choices:
    """`unit` is the whole the table of `day` is about, `unit_today` that of the units of today."""
    with database.reader() as connection:
        used = review_rows.standards_of_year(connection, year)
        used |= {
            standard.code
            for standard in local_standards(definitions, areas.tree_on(connection, day), unit, year)
        }
    try:
        national = standard_for(definitions.standards, year).code
    except AppError:
        national = ""
    offered = [item for item in definitions.standards if item.code in used | {national}]
    offered.sort(key=lambda item: item.code != national)
    then, now = (
        [(area.uid, area.name) for area in villages(database, asked, whole)]
        for asked, whole in ((day, unit), (today, unit_today))
    )
    return Choices(
        standards=tuple((item.code, item.label) for item in offered),
        geography=today if now and then != now else None,
    )
