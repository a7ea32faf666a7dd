"""What differs between two editions (lần) of a table, and the households behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from giamngheo_desktop.domain.report import (
    Counted,
    Difference,
    Movement,
    Population,
    ReportColumn,
)
from giamngheo_desktop.services.behind import behind
from giamngheo_desktop.services.movement.editions import with_edition
from giamngheo_desktop.services.report_rows import Request, UnitRow, persons_key, table_data
from giamngheo_desktop.storage.engine import Connection, Database


@dataclass(frozen=True, slots=True, kw_only=True)
class CellDiff:
    """A number that is another one in the later edition.

    `row` is the unit's name, empty for the total; `households` are those that one of the two
    editions counts and the other does not, none behind a population.
    """

    unit: UUID | None
    row: str
    key: str
    persons: bool
    before: int | None
    after: int | None
    households: tuple[UUID, ...]


def edition_diff(database: Database, request: Request, first: int, second: int) -> list[CellDiff]:
    """From one edition of a closed year's table to another; AppError `edition_missing`."""
    old, new = (with_edition(database, request, number) for number in (first, second))
    then, now = table_data(database, old), table_data(database, new)
    found: list[CellDiff] = []
    with database.reader() as connection:
        was = {row.unit: row for row in (*then.rows, then.total)}
        for row in (*now.rows, now.total):
            found += _differences(connection, (old, new), was.get(row.unit), row)
    return found


def _differences(
    connection: Connection, requests: tuple[Request, Request], was: UnitRow | None, row: UnitRow
) -> Iterator[CellDiff]:
    for column in requests[0].report.leaves():
        if not isinstance(column.value, Counted | Movement | Difference | Population):
            continue
        for persons in (False, True) if requests[0].report.pairs else (False,):
            key = persons_key(column.key) if persons else column.key
            before, after = was.values.get(key) if was else None, row.values.get(key)
            if before != after:
                yield CellDiff(
                    unit=row.unit,
                    row=row.name,
                    key=column.key,
                    persons=persons,
                    before=before,
                    after=after,
                    households=_households(connection, requests, column, row, persons=persons),
                )


def _households(
    connection: Connection,
    requests: tuple[Request, Request],
    column: ReportColumn,
    row: UnitRow,
    *,
    persons: bool,
) -> tuple[UUID, ...]:
    measure, offset = "", 0
    match column.value:
        case Counted(name, year_offset):
            measure, offset = name, year_offset
        case Movement():
            measure = replace(column.value, persons=persons).measure
    one, other = (
        {
            home
            for home, _ in behind(
                connection,
                request.scope(offset),
                measure,
                unit=row.unit or request.unit,
                geography=request.day,
                unplaced=row.unit is None,
            )
        }
        for request in requests
    )
    return tuple(sorted(one ^ other))
