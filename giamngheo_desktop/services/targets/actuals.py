"""What has been reached of the indicators of the catalogue, as of a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.actual import Actual, State, Wanted
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.indicator_catalogue import Group
from giamngheo_desktop.services.targets import done, given, living
from giamngheo_desktop.services.targets.world import World
from giamngheo_desktop.storage.engine import Connection, Database

__all__ = ["Actual", "State", "Wanted", "actual", "actuals", "opening_under", "read"]

Count = Callable[[World, Wanted], Actual]


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
) -> Actual:
    """One of them, read alone."""
    wanted = Wanted(
        code=code,
        groups=groups,
        village=village,
        dimension=dimension,
        component=component,
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
        return replace(world.begun(wanted), state=State.TYPED, reason="typed")
    if wanted.code in _OF_HOUSEHOLDS and world.day < world.begun_on:
        return world.begun(wanted).missing("before_register")
    try:
        found = count(world, wanted)
        return _without_low_income(found) if _lacks_low_income(world, wanted) else found
    except AppError as error:  # a year that no standard covers
        return world.begun(wanted).missing(error.code)


def _lacks_low_income(world: World, wanted: Wanted) -> bool:
    """Whether người lao động có thu nhập thấp are asked for and not known: they are persons, and
    recognised since a day.
    """
    if Group.LOW_INCOME not in wanted.groups:
        return False
    of_homes = world.definitions.indicators[wanted.code].per == "household"
    return of_homes or not world.knows_low_income


def _without_low_income(found: Actual) -> Actual:
    """Of a count the others are what is reached at least."""
    low = found.low if found.value is None else found.value
    is_count = found.denominator is None
    return replace(found, low=low if is_count else None, high=None).missing("low_income")


_OF_LISTS: Mapping[str, Count] = {
    "HN-TL": lambda world, asked: world.poverty.left(asked.code, "poor", asked.village),
    "HCN-TL": lambda world, asked: world.poverty.left(asked.code, "near_poor", asked.village),
    "HN-GIAM-HO": lambda world, asked: world.poverty.fallen(asked.code, "poor", asked.village),
    "HCN-GIAM-HO": lambda world, asked: world.poverty.fallen(
        asked.code, "near_poor", asked.village
    ),
    "HN-GIAM-DIEM": lambda world, asked: world.poverty.fallen(
        asked.code, "poor", asked.village, points=True
    ),
    "HCN-GIAM-DIEM": lambda world, asked: world.poverty.fallen(
        asked.code, "near_poor", asked.village, points=True
    ),
    "HN-BTXH": lambda world, asked: world.poverty.of_protection(asked.code, asked.village),
    "HN-NTM": lambda world, asked: world.poverty.of_protection(
        asked.code, asked.village, others=True
    ),
    "TH-CHISO": living.deprived,
}
_OF_HOUSEHOLDS: Mapping[str, Count] = {
    "VL-TUVAN": given.in_need,
    "VL-KETNOI": given.hired,
    "VL-HO-1": living.has_work,
    "YT-BHYT": living.insured,
    "YT-BHYT-MSTB": living.insured,
    "YT-VICHAT": living.supplemented,
    "YT-SDD": living.malnourished,
    "GD-DUNGTUOI": living.at_school,
    "DT-NHUCAU": given.in_need,
    "DT-NGHE": given.trained,
    "XKLD": given.sent_abroad,
    "NO-HOTRO": given.housed,
    "NS-HVS": living.lives_without("water"),
    "VS-NHATIEU": living.lives_without("toilet"),
    "TT-DVVT": given.in_need,
    "TD-VAY": given.in_need,
    "PL-TGPL": given.in_need,
    "BTXH-HUONG": living.assisted,
    "SX-HO": given.produced,
}
_OF_WORK: Mapping[str, Count] = {
    "MH-MOI": done.begun_models,
    "MH-NHANRONG": done.replicated_models,
    "MH-THT-HTX": done.cooperatives,
    "CB-TAPHUAN": done.trained_officers,
    "CB-TTTT": done.trained_informers,
    "GS-TUKT": done.inspected_itself,
    "GS-CAPTREN": done.inspected_from_above,
    "KP-GIAINGAN": done.disbursed,
}
_COUNTED = {**_OF_LISTS, **_OF_HOUSEHOLDS, **_OF_WORK}
