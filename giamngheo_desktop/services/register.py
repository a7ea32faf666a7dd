"""Reading the register for screens: the household list of a day and the search for persons."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from giamngheo_desktop.services.unit_names import all_villages
from giamngheo_desktop.storage import areas, household_list, person_list, review_rows
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.household_list import CAP, HouseholdFilter, HouseholdRow
from giamngheo_desktop.storage.person_list import PersonHit
from giamngheo_desktop.storage.review_rows import Scope

__all__ = [
    "CAP",
    "HouseholdFilter",
    "HouseholdRow",
    "PersonHit",
    "find_persons",
    "households",
    "is_closed",
    "matching",
]


def households(database: Database, wanted: HouseholdFilter) -> list[HouseholdRow]:
    """The rows of the household list, filtered and sorted in SQL; at most `CAP`."""
    with database.reader() as connection:
        names = all_villages(connection, wanted.day)
        return household_list.households(connection, wanted, names)


def matching(
    database: Database, text: str, day: date, *, year: int | None = None, standard: str = ""
) -> frozenset[UUID]:
    """The households a search text finds; a page narrows the rows it already has with them.

    `year` and `standard` are those of the filter the rows were read with.
    """
    wanted = HouseholdFilter(day=day, standard=standard, year=year, text=text)
    with database.reader() as connection:
        return household_list.matching(connection, wanted)


def is_closed(
    database: Database, year: int, standard: str, unit: UUID | None = None
) -> bool | None:
    """Whether the list of a working year shows what the year was closed with; None: partly."""
    scope = Scope(year=year, standard=standard)
    with database.reader() as connection:
        frozen = review_rows.is_frozen(connection, scope)
        if isinstance(frozen, bool):
            return frozen
        villages = {village.uid for village in areas.tree_on(connection, scope.day).villages(unit)}
    if review_rows.is_closed(frozen, villages):
        return True
    return None if villages & frozen else False


def find_persons(database: Database, text: str, day: date, limit: int = 50) -> list[PersonHit]:
    """Persons of the register on `day` by name without marks or by ID number."""
    with database.reader() as connection:
        return person_list.persons(connection, text, day, limit)
