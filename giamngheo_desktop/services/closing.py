"""What closing a year would freeze, counted before anybody is asked, and who would be left out."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.standard import lists_before
from giamngheo_desktop.services.classes import reach_of_closing, rows_to_close
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.review_rows import Scope
from giamngheo_desktop.storage.waiting import unclassed, waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """The results that would stand still, and the households of the list without one.

    `unclassed` counts the households of the register that never were recognised as anything.
    """

    results: int
    poor: int
    near_poor: int
    waiting: frozenset[UUID]
    unclassed: int = 0


def look_before_closing(
    database: Database, definitions: Definitions, *, year: int, standard: str, unit: UUID
) -> Closing:
    """Counts exactly what `classes.close_year` freezes. Raises RefusedError `year_closed`."""
    scope = Scope(year=year, standard=standard)
    before = lists_before(definitions.standards, standard, year).get(year)
    with database.reader() as connection:
        reach = reach_of_closing(connection, scope, unit)
        rows = rows_to_close(connection, scope, reach)
        listed = waiting(connection, scope, before)
        never = unclassed(connection, scope)
    codes = [row["household_class"] for row in rows]
    return Closing(
        results=len(rows),
        poor=codes.count("poor"),
        near_poor=codes.count("near_poor"),
        waiting=frozenset(one.household for one in listed if reach.takes(*one)),
        unclassed=len({one.household for one in never if reach.takes(*one)}),
    )
