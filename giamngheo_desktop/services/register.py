"""Reading the register for screens: the household list of a day and the search for persons."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from giamngheo_desktop.services.unit_names import all_villages
from giamngheo_desktop.storage import household_list, person_list
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.household_list import CAP, HouseholdFilter, HouseholdRow
from giamngheo_desktop.storage.person_list import PersonHit

__all__ = [
    "CAP",
    "HouseholdFilter",
    "HouseholdRow",
    "PersonHit",
    "find_persons",
    "households",
    "matching",
]


def households(database: Database, wanted: HouseholdFilter) -> list[HouseholdRow]:
    """The rows of the household list, filtered and sorted in SQL; at most `CAP`."""
    with database.reader() as connection:
        names = all_villages(connection, wanted.day)
        return household_list.households(connection, wanted, names)


def matching(database: Database, text: str, day: date) -> frozenset[UUID]:
    """The households a search text finds; a page narrows the rows it already has with them."""
    with database.reader() as connection:
        return household_list.matching(connection, text, day)


def find_persons(database: Database, text: str, day: date, limit: int = 50) -> list[PersonHit]:
    """Persons of the register on `day` by name without marks or by ID number."""
    with database.reader() as connection:
        return person_list.persons(connection, text, day, limit)
