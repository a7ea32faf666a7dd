"""Reading the register for screens: the household list of a day and the search for persons."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.standard import NEW_ESCAPE
from giamngheo_desktop.services.movement.new_escape import escapes
from giamngheo_desktop.services.placing import Place, Placing
from giamngheo_desktop.services.unit_names import all_villages, villages
from giamngheo_desktop.storage import areas, household_list, person_list, review_rows
from giamngheo_desktop.storage.engine import Connection, Database
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
    "unclassed",
    "villages_of_list",
]


def households(database: Database, wanted: HouseholdFilter) -> list[HouseholdRow]:
    """The rows of the household list, filtered and sorted in SQL; at most `CAP`."""
    with database.reader() as connection:
        names = all_villages(connection, wanted.day)
        if NEW_ESCAPE in wanted.classes:
            wanted = replace(wanted, escaped=frozenset(escapes(connection, wanted.day)))
        return household_list.households(connection, wanted, names, _moved(connection, wanted))


def unclassed(connection: Connection, wanted: HouseholdFilter, villages: Collection[UUID]) -> int:
    """How many households of the villages stand in the list of the filter's day without a class:
    as many as its filter finds.
    """
    return household_list.count_unclassed(connection, wanted, _moved(connection, wanted), villages)


def villages_of_list(
    database: Database, wanted: HouseholdFilter, unit: UUID | None
) -> list[tuple[UUID, str]]:
    """What the list can be filtered by: the villages of its day in paper order, then the divided
    ones that still hold who was frozen in them and never put into one of their parts by name.
    """
    found = [(area.uid, area.name) for area in villages(database, wanted.day, unit)]
    with database.reader() as connection:
        moved = _moved(connection, wanted)
        divided = [old for old, place in moved.items() if not isinstance(place, UUID)]
        if divided:
            left = household_list.lived_in(connection, wanted, moved, divided)
            names = all_villages(connection, wanted.day)
            found += sorted(((old, names[old]) for old in left), key=lambda one: one[1])
    return found


def _moved(connection: Connection, wanted: HouseholdFilter) -> Mapping[UUID, Place]:
    """Where the frozen villages went that are others on the day of the list, as in its tables."""
    if wanted.year is None:
        return {}
    scope = Scope(year=wanted.year, standard=wanted.standard)
    if not review_rows.closed_units(connection, scope):
        return {}
    placing = Placing(connection, scope.day, wanted.day)
    return placing.moved(review_rows.frozen_villages(connection, scope))


def matching(
    database: Database, text: str, day: date, *, year: int | None = None, standard: str = ""
) -> frozenset[UUID]:
    """The households a search text finds; a page narrows the rows it already has with them.

    `year` and `standard` are those of the filter the rows were read with.
    """
    wanted = HouseholdFilter(day=day, standard=standard, year=year, text=text)
    with database.reader() as connection:
        return household_list.matching(connection, wanted, _moved(connection, wanted))


def is_closed(
    database: Database, year: int, standard: str, unit: UUID | None = None
) -> bool | None:
    """Whether the list of a working year shows what the year was closed with; None: partly."""
    scope = Scope(year=year, standard=standard)
    with database.reader() as connection:
        frozen = review_rows.is_frozen(connection, scope)
        if isinstance(frozen, bool):
            return frozen
        whole = {village.uid for village in areas.tree_on(connection, scope.day).villages(unit)}
    if review_rows.is_closed(frozen, whole):
        return True
    return None if whole & frozen else False


def find_persons(database: Database, text: str, day: date, limit: int = 50) -> list[PersonHit]:
    """Persons of the register on `day` by name without marks or by ID number."""
    with database.reader() as connection:
        return person_list.persons(connection, text, day, limit)
