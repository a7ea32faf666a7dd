"""Units of the commune: the tree of a day, villages and population."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.area import AreaTree, Level, Succession
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.services import population_editions, settings
from giamngheo_desktop.services.closed_years import refuse_closed_unit
from giamngheo_desktop.services.dated import set_fact
from giamngheo_desktop.services.populations import COMPLETE as COMPLETE
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import areas, corrections, records
from giamngheo_desktop.storage.engine import Connection, Database

FILE_LEVEL = "file_level"  # a setting: district or province; unset: a commune's own register
POPULATION_COLUMNS = tuple(
    f"{what}{group}"
    for what in ("households", "persons")
    for group in ("", "_kinh", "_minority", "_local_minority")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVillage:
    """A village as typed or pasted: totals may be missing."""

    name: str
    kind: str = "thon"
    households: int | None = None
    persons: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCommune:
    """What *Xã mới* asks; `first_day` is the first day the register speaks of."""

    province: str
    commune: str
    kind: str = "xa"
    area_type: str = "rural"
    region: str | None = None
    district: str | None = None  # only for books that begin before 1/7/2025
    first_day: date
    year: int
    villages: Sequence[NewVillage]
    settings: Mapping[str, str]


def tree(database: Database, day: date) -> AreaTree:
    """All units as they were on `day`."""
    with database.reader() as connection:
        return areas.tree_on(connection, day)


def successions(database: Database) -> list[Succession]:
    with database.reader() as connection:
        return areas.successions(connection)


def top_unit(database: Database, day: date) -> UUID:
    """The commune of the file; the province where it holds several, or was made to collect them.

    AppError `no_unit`.
    """
    with database.reader() as connection:
        found = top_of(connection, areas.tree_on(connection, day), day)
    if found is None:
        raise AppError("no_unit", day=day.strftime("%d/%m/%Y"))
    return found


def top_of(connection: Connection, tree: AreaTree, day: date) -> UUID | None:
    """`top_unit` of the tree of `day` that was read; None for one without units."""
    level = file_level(connection, day)
    found = tree.of_level(level)
    if not found or (level is Level.COMMUNE and len(found) > 1):
        found = tree.of_level(Level.PROVINCE)
    return found[0].uid if found else None


def file_level(connection: Connection, day: date) -> Level:
    """Whose file it is, however many communes it has by now."""
    said = settings.read(connection, day).get(FILE_LEVEL)
    return Level(said) if said else Level.COMMUNE


def population(database: Database, year: int) -> dict[UUID, dict[str, Any]]:
    """Typed population by village; columns `POPULATION_COLUMNS`, `source`, `as_of`."""
    with database.reader() as connection:
        rows = areas.population_of(connection, year)
    return {village: row for village, row in rows.items() if not row["counted_by"]}


def corrected_population(database: Database, year: int) -> list[corrections.Numbered]:
    """What was typed otherwise for villages after the year was closed, oldest first."""
    with database.reader() as connection:
        return corrections.numbered(connection, year)


def facts(database: Database, day: date) -> dict[UUID, dict[str, str]]:
    """Dated attributes (khu vực, ĐBKK, NTM …) of all units in force on `day`."""
    with database.reader() as connection:
        uids = [area.uid for area in areas.tree_on(connection, day)]
        return areas.facts_on(connection, day, uids)


def new_commune(database: Database, context: Context, new: NewCommune) -> Done[UUID]:
    """Set up a commune with its villages and their totals; returns the commune's uid."""
    with write_unit(database, context, Op.NEW_COMMUNE) as work:
        work.subject = new.commune
        above = add_area(
            work, Level.PROVINCE, name=new.province, kind="tinh", valid_from=new.first_day
        )
        if new.district:
            above = add_area(
                work,
                Level.DISTRICT,
                name=new.district,
                kind="huyen",
                parent=above,
                valid_from=new.first_day,
            )
        commune = add_area(
            work,
            Level.COMMUNE,
            name=new.commune,
            kind=new.kind,
            parent=above,
            area_type=new.area_type,
            region=new.region,
            valid_from=new.first_day,
        )
        for position, village in enumerate(new.villages, start=1):
            uid = add_area(
                work,
                Level.VILLAGE,
                name=village.name,
                kind=village.kind,
                parent=commune,
                position=position,
                valid_from=new.first_day,
            )
            totals = {"households": village.households, "persons": village.persons}
            if any(value is not None for value in totals.values()):
                set_population(work, uid, new.year, totals)
        settings.save_in(work, new.settings, new.first_day)
    return Done(commune, work.changes)


def add_area(work: WriteUnit, level: Level, *, valid_from: date, **values: Any) -> UUID:
    """A new unit with its first version; `values` are columns of area_version."""
    uid = work.insert(Kind.AREA, level=level.value)
    blank = dict.fromkeys(("parent", "code", "position", "area_type", "region"))
    columns = {**blank, **values, "area": uid, "valid_from": valid_from, "valid_to": None}
    work.insert(Kind.AREA_VERSION, **columns)
    return uid


def add_village(
    database: Database, context: Context, commune: UUID, village: NewVillage, day: date
) -> Done[UUID]:
    """One more village from `day` on, at the end of the list.

    Raises RefusedError `unit_not_there_then`, `unit_of_closed_year`.
    """
    with write_unit(database, context, Op.SAVE_UNIT, unit=commune) as work:
        work.subject = village.name
        refuse_closed_unit(work.connection, commune, day)
        uid = add_village_in(work, commune, village, day)
    return Done(uid, work.changes)


def add_village_in(work: WriteUnit, commune: UUID, village: NewVillage, day: date) -> UUID:
    """`add_village` inside an open unit of work, also in a closed year."""
    tree = areas.tree_on(work.connection, day)
    if tree.get(commune) is None:
        raise RefusedError("unit_not_there_then")
    # after a split or a merger the stored order has gaps
    taken = [each.position or 0 for each in tree.villages(commune)]
    position = max(len(taken), *taken, 0) + 1
    uid = add_area(
        work,
        Level.VILLAGE,
        name=village.name,
        kind=village.kind,
        parent=commune,
        position=position,
        valid_from=day,
    )
    totals = {"households": village.households, "persons": village.persons}
    if any(value is not None for value in totals.values()):
        set_population(work, uid, day.year, totals)
    return uid


def change_area(
    database: Database, context: Context, area: UUID, day: date, **values: Any
) -> Done[UUID]:
    """From `day` on the unit has other columns of area_version (name, parent, region …)."""
    with write_unit(database, context, Op.SAVE_UNIT, unit=area) as work:
        change_area_in(work, area, day, **values)
    return Done(area, work.changes)


def change_area_in(work: WriteUnit, area: UUID, day: date, **values: Any) -> None:
    """`change_area` inside an open unit of work.

    Raises RefusedError `unit_not_there_then`, `unit_of_closed_year`.
    """
    refuse_closed_unit(work.connection, area, day)
    rows = records.find_on(work.connection, Kind.AREA_VERSION, day, "area", [area])
    if not rows:
        raise RefusedError("unit_not_there_then")
    work.subject = work.subject or str(values.get("name") or rows[0]["name"])
    work.succeed(Kind.AREA_VERSION, rows[0], day, **values)


def set_area_fact(
    database: Database, context: Context, area: UUID, code: str, value: str | None, day: date
) -> Done[UUID]:
    """From `day` on the unit has the attribute; None ends it."""
    with write_unit(database, context, Op.SAVE_UNIT, unit=area) as work:
        set_fact(work, Kind.AREA_FACT, "area", area, code, value, day)
    return Done(area, work.changes)


def set_population(
    work: WriteUnit, area: UUID, year: int, values: Mapping[str, Any], source: str | None = None
) -> None:
    """Type the population of a village and year; columns not named stay as they are."""
    named = dict(values) if source is None else {**values, "source": source}
    population_editions.save_in(work, year, {area: named})


def save_population(
    database: Database,
    context: Context,
    year: int,
    by_village: Mapping[UUID, Mapping[str, Any]],
    source: str | None = None,
    *,
    reason: str = "",
) -> Done[None]:
    """The population table of a year as typed or pasted; one undo step.

    What changes a closed year begins an edition of its tables. Raises RefusedError
    `population_of_closed_year` where that has no reason.
    """
    named = {} if source is None else {"source": source}
    rows = {area: {**values, **named} for area, values in by_village.items()}
    op = Op.CORRECT_POPULATION if reason.strip() else Op.SAVE_POPULATION
    with write_unit(database, context, op, reason=reason.strip() or None) as work:
        work.subject = str(year)
        population_editions.save_in(work, year, rows, reason)
    return Done(None, work.changes)
