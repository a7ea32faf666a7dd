"""What has been reached of the indicators of the catalogue, as of a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.actual import Actual, State, Wanted
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.services.targets.world import World
from giamngheo_desktop.storage.engine import Connection, Database

__all__ = ["Actual", "State", "Wanted", "actual", "actuals", "opening_under"]


def actual(
    database: Database,
    definitions: Definitions,
    unit: UUID,
    year: int,
    code: str,
    groups: frozenset[str],
    day: date,
    *,
    village: UUID | None = None,
    dimension: str | None = None,
    component: str | None = None,
    key: str = "",
) -> Actual:
    """One of them, read alone."""
    wanted = Wanted(
        code=code,
        groups=groups,
        village=village,
        dimension=dimension,
        component=component,
        key=key,
    )
    return actuals(database, definitions, unit, year, [wanted], day)[0]


def actuals(
    database: Database,
    definitions: Definitions,
    unit: UUID,
    year: int,
    wanted: Sequence[Wanted],
    day: date,
) -> list[Actual]:
    """Of each that is wanted, in their order, in one snapshot."""
    with database.reader() as connection:
        return read(connection, definitions, unit, year, wanted, day)


def read(
    connection: Connection,
    definitions: Definitions,
    unit: UUID,
    year: int,
    wanted: Sequence[Wanted],
    day: date,
) -> list[Actual]:
    """`actuals` of a connection."""
    world = World(connection, definitions, unit, year, day)
    return [_one(world, each) for each in wanted]


def opening_under(
    database: Database,
    definitions: Definitions,
    unit: UUID,
    year: int,
    standard: str,
    code: str,
    *,
    village: UUID | None = None,
) -> Actual:
    """The rate at the end of the year before by the classes of a standard: of HN-… or HCN-…."""
    table = "near_poor" if code.startswith("HCN") else "poor"
    with database.reader() as connection:
        world = World(connection, definitions, unit, year, date(year, 12, 31))
        return world.poverty.opening_under(standard, code, table, village)


def _one(world: World, wanted: Wanted) -> Actual:
    count = _COUNTED.get(wanted.code)
    if count is None:
        return Actual(code=wanted.code, day=world.day, state=State.TYPED, reason="typed")
    try:
        return replace(count(world, wanted), code=wanted.code)
    except AppError as error:  # a year that no standard covers
        return Actual(code=wanted.code, day=world.day, state=State.MISSING, reason=error.code)


_COUNTED: Mapping[str, Callable[[World, Wanted], Actual]] = {
    "HN-TL": lambda world, asked: world.poverty.left(asked.code, "poor", asked.village),
    "HCN-TL": lambda world, asked: world.poverty.left(asked.code, "near_poor", asked.village),
    "HN-GIAM-HO": lambda world, asked: world.poverty.fallen(
        asked.code, "poor", asked.village, points=False
    ),
    "HCN-GIAM-HO": lambda world, asked: world.poverty.fallen(
        asked.code, "near_poor", asked.village, points=False
    ),
    "HN-GIAM-DIEM": lambda world, asked: world.poverty.fallen(
        asked.code, "poor", asked.village, points=True
    ),
    "HCN-GIAM-DIEM": lambda world, asked: world.poverty.fallen(
        asked.code, "near_poor", asked.village, points=True
    ),
    "HN-BTXH": lambda world, asked: world.poverty.of_protection(
        asked.code, asked.village, others=False
    ),
    "HN-NTM": lambda world, asked: world.poverty.of_protection(
        asked.code, asked.village, others=True
    ),
}
