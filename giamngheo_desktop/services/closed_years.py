"""What of a year is closed, under whatever standard: its tables are printed and stand still."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services.placing import Placing
from giamngheo_desktop.storage import areas, classes, records, review_rows
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.review_rows import Scope
from giamngheo_desktop.storage.waiting import has_results


class ClosedYear:
    """The closings of a year."""

    def __init__(self, connection: Connection, year: int) -> None:
        rows = records.find(connection, Kind.ROUND, review_year=year)
        self._rounds: dict[UUID, UUID] = {
            row["uid"]: row["area"] for row in rows if row["closed_on"] is not None
        }
        self._days = {row["uid"]: row["closed_on"] for row in rows}
        standards = {row["standard"] for row in rows if row["closed_on"] is not None}
        scopes = (Scope(year=year, standard=standard) for standard in standards)
        self._frozen = [review_rows.is_frozen(connection, scope) for scope in scopes]
        day = date(year, 12, 31)
        self._placing = Placing(connection, day, day)

    def holds(self, village: UUID) -> bool:
        """Whether all that it is at the year's end, itself or its heirs, is closed."""
        if not self._frozen:
            return False
        heirs = self._placing.possible(village)
        return any(review_rows.is_closed(frozen, heirs) for frozen in self._frozen)

    def round_of(self, village: UUID) -> UUID:
        """A closing that holds it."""
        heirs, tree = self._placing.possible(village), self._placing.tree
        above = {area.uid for heir in heirs for area in tree.ancestors(heir)}
        found = (uid for uid, area in self._rounds.items() if area in above)
        return next(found, next(iter(self._rounds)))

    def closed_on(self, villages: Iterable[UUID]) -> date | None:
        """The last day on which one of the villages was closed; None: none of them was."""
        held = [village for village in villages if self.holds(village)]
        return max((self._days[self.round_of(village)] for village in held), default=None)

    def whole_since(self, unit: UUID) -> date | None:
        """Since when all villages of a unit at the year's end are closed; None: they are not."""
        villages = [area.uid for area in self._placing.tree.villages(unit)]
        is_whole = bool(villages) and all(map(self.holds, villages))
        return self.closed_on(villages) if is_whole else None


def whole_since(database: Database, unit: UUID, year: int) -> date | None:
    """`ClosedYear.whole_since` of a unit."""
    with database.reader() as connection:
        return ClosedYear(connection, year).whole_since(unit)


def shown_day(database: Database, unit: UUID, year: int, today: date) -> date:
    """The day on which what a unit reached in a year is shown: today, within the year. A closed
    year is shown as it was closed, though the clock of the PC may be behind.
    """
    closed_on = whole_since(database, unit, year)
    return min(max(today, closed_on or today), date(year, 12, 31))


def closed_villages(database: Database, year: int) -> frozenset[UUID]:
    """The villages of the year's end that are closed."""
    with database.reader() as connection:
        closed = ClosedYear(connection, year)
        tree = areas.tree_on(connection, date(year, 12, 31))
        return frozenset(village.uid for village in tree.villages() if closed.holds(village.uid))


def closings_of(database: Database, unit: UUID) -> dict[int, date]:
    """The years closed in a unit, each with the last day it was closed on."""
    with database.reader() as connection:
        rows = records.find(connection, Kind.ROUND)
    years = {row["review_year"] for row in rows if row["closed_on"] is not None}
    found = {year: unit_closed_on(database, year, unit) for year in sorted(years)}
    return {year: day for year, day in found.items() if day is not None}


def unit_closed_on(database: Database, year: int, unit: UUID | None) -> date | None:
    """The last day on which the year was closed in a unit (None: everywhere)."""
    with database.reader() as connection:
        tree = areas.tree_on(connection, date(year, 12, 31))
        villages = [village.uid for village in tree.villages(unit)]
        return ClosedYear(connection, year).closed_on(villages)


def is_closed_otherwise(connection: Connection, year: int, villages: Iterable[UUID]) -> bool:
    """Whether all of the villages closed the year, maybe under another standard than is asked."""
    closed, wanted = ClosedYear(connection, year), list(villages)
    return bool(wanted) and all(map(closed.holds, wanted))


def closed_on(connection: Connection, year: int) -> date | None:
    """The last day on which the year was closed anywhere, under whatever standard."""
    rows = records.find(connection, Kind.ROUND, review_year=year)
    return max((row["closed_on"] for row in rows if row["closed_on"]), default=None)


def is_recorded(database: Database, year: int) -> bool:
    """Whether some closing of the year stands in the file, whatever day it has."""
    with database.reader() as connection:
        return closed_on(connection, year) is not None


def was_reviewed(
    database: Database, year: int, standard: str, *, recognised: bool, as_of: date | None
) -> bool:
    """Whether anybody has a result of the year, or of the day, under a standard."""
    scope = Scope(year=year, standard=standard, recognised=recognised, as_of=as_of)
    with database.reader() as connection:
        return bool(review_rows.is_frozen(connection, scope)) or has_results(connection, scope)


def newest_decision(database: Database, year: int, standard: str, unit: UUID | None) -> date | None:
    """The last day that a result of the year was decided on in a unit (None: everywhere)."""
    scope = Scope(year=year, standard=standard)
    with database.reader() as connection:
        tree = areas.tree_on(connection, scope.day)
        villages = [village.uid for village in tree.villages(unit)]
        return classes.newest_decision(connection, scope, villages)


def refuse_closed_unit(connection: Connection, unit: UUID, day: date) -> None:
    """What a unit is from a day on is printed in the tables of every year since.

    Raises RefusedError `unit_of_closed_year` where one of them is closed.
    """
    rows = records.find(connection, Kind.ROUND)
    years = {row["review_year"] for row in rows if row["closed_on"] is not None}
    villages = [village.uid for village in areas.tree_on(connection, day).villages(unit)]
    for year in sorted((each for each in years if each >= day.year), reverse=True):
        closed = ClosedYear(connection, year)
        if any(map(closed.holds, villages)):
            raise RefusedError("unit_of_closed_year", year=year, next=year + 1)
