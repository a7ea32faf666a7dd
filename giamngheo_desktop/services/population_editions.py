"""The population of villages as typed; that of a closed year stands still.

A correction of a closed year, with its reason, begins an edition: the row goes on with the new
numbers, and a copy keeps the old ones for the editions they stood in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services.closed_years import ClosedYear
from giamngheo_desktop.services.populations import to_keep
from giamngheo_desktop.services.unit import WriteUnit
from giamngheo_desktop.storage import areas, corrections, records


def save_in(
    work: WriteUnit, year: int, by_village: Mapping[UUID, Mapping[str, Any]], reason: str = ""
) -> None:
    """Type numbers of villages; columns not named stay as they are.

    Raises RefusedError `population_of_closed_year` where a closed number changes without a reason.
    """
    closed = ClosedYear(work.connection, year)
    edition = corrections.last_edition(work.connection) + 1
    for village, values in by_village.items():
        row = _counting(work, year, village)
        if not closed.holds(village):
            if row is not None:
                work.update(Kind.POPULATION, row["uid"], **values)
            else:
                work.insert(Kind.POPULATION, area=village, year=year, **values)
        elif row is None or any(row[name] != value for name, value in values.items()):
            if not reason.strip():
                raise RefusedError("population_of_closed_year", year=year)
            if row is None:  # closed by an older program
                _keep_villages(work, year, [village], closed.round_of(village))
                row = _counting(work, year, village)
            values = {**values, "edition_from": edition, "reason": reason.strip()}
            if row is None:  # so far its parts were typed
                work.insert(Kind.POPULATION, area=village, year=year, **values)
            else:
                _correct(work, row, values)


def _counting(work: WriteUnit, year: int, village: UUID) -> dict[str, Any] | None:
    """The row of a village that counts now."""
    rows = records.find(work.connection, Kind.POPULATION, area=village, year=year, edition_to=None)
    return rows[0] if rows else None


def _correct(work: WriteUnit, row: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    if row["counted_by"]:  # typed from now on, both numbers
        values = {"households": None, "persons": None, "as_of": None, "counted_by": None, **values}
    old = {name: row[name] for name in records.columns(Kind.POPULATION) if name != "removed"}
    work.update(Kind.POPULATION, row["uid"], **values)
    work.insert(Kind.POPULATION, **old | {"edition_to": values["edition_from"] - 1})


def keep(work: WriteUnit, year: int, unit: UUID, round_uid: UUID) -> None:
    """What the tables of a year that is being closed count where nothing is typed stands still."""
    tree = areas.tree_on(work.connection, date(year, 12, 31))
    villages = (village.uid for village in tree.villages(unit))
    free = [village for village in villages if _counting(work, year, village) is None]
    _keep_villages(work, year, free, round_uid)


def _keep_villages(work: WriteUnit, year: int, villages: Iterable[UUID], round_uid: UUID) -> None:
    for values in to_keep(work.connection, year, villages):
        work.insert(Kind.POPULATION, **values, counted_by=round_uid)


def release(work: WriteUnit, round_uid: UUID) -> None:
    """A year that opens again counts the register of now, unless another standard keeps it."""
    rows = records.find(work.connection, Kind.POPULATION, counted_by=round_uid, edition_to=None)
    if not rows:
        return
    closed = ClosedYear(work.connection, rows[0]["year"])
    for row in rows:
        if closed.holds(row["area"]):
            work.update(Kind.POPULATION, row["uid"], counted_by=closed.round_of(row["area"]))
        else:
            work.remove(Kind.POPULATION, row["uid"])
