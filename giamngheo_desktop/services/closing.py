"""What closing a year would freeze, counted before anybody is asked, and who would be left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.standard import lists_before
from giamngheo_desktop.services.classes import reach_of_closing, rows_kept, rows_to_close
from giamngheo_desktop.services.open_years import open_year
from giamngheo_desktop.services.placing import Placing
from giamngheo_desktop.services.review import open_months
from giamngheo_desktop.storage import areas
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.review_rows import Scope
from giamngheo_desktop.storage.waiting import unclassed, waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What would stand still, and the households of the list without a result (`waiting`). Those
    of them that are `kept` count on by their class of before, in `poor` and `near_poor` too; the
    others are gone, or were listed under the standard of before only.

    `unclassed` counts the households of the register that never were recognised as anything,
    `nameless` those that last year's list holds by number only and that have no result. `months`
    are the in-year reviews still open, which are closed with the year.
    """

    results: int
    poor: int
    near_poor: int
    waiting: frozenset[UUID]
    kept: frozenset[UUID] = frozenset()
    unclassed: int = 0
    nameless: int = 0
    months: tuple[int, ...] = ()


def look_before_closing(
    database: Database,
    definitions: Definitions,
    *,
    year: int,
    standard: str,
    unit: UUID,
    review: UUID | None = None,
) -> Closing:
    """Counts exactly what `classes.close_year` freezes. Raises RefusedError `year_closed`."""
    scope = Scope(year=year, standard=standard)
    before = lists_before(definitions.standards, standard, year).get(year)
    with database.reader() as connection:
        reach = reach_of_closing(connection, scope, unit)
        rows = rows_to_close(connection, scope, reach)
        listed = waiting(connection, scope, before)
        never = unclassed(connection, scope)
        counted = nameless_waiting(connection, definitions, scope, unit)
        kept = rows_kept(connection, scope, reach, review)
        months = [row["month"] for row in open_months.of_year(connection, unit, year)]
    codes = [row["household_class"] for row in (*rows, *kept)]
    return Closing(
        results=len(rows),
        poor=codes.count("poor"),
        near_poor=codes.count("near_poor"),
        waiting=frozenset(
            one.household for one in listed if reach.takes(one.household, one.village)
        ),
        kept=frozenset(row["household"] for row in kept),
        unclassed=len({one.household for one in never if reach.takes(one.household, one.village)}),
        nameless=counted,
        months=tuple(months),
    )


def nameless_waiting(
    connection: Connection, definitions: Definitions, scope: Scope, unit: UUID
) -> int:
    """How many households of a unit stand on last year's list by number only, without a result."""
    before = lists_before(definitions.standards, scope.standard, scope.year).get(scope.year)
    found = open_year(Placing(connection, scope.day, scope.day), scope, before)
    villages = frozenset(area.uid for area in areas.tree_on(connection, scope.day).villages(unit))
    return 0 if found is None else replace(found, waiting={}).within(villages)
