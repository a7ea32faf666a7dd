"""The table that spreads what a commune shall reach over its villages: read, proposed, saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.allocation import (
    AT_END,
    BACK,
    COLUMNS,
    EXPECTED,
    NEAR_POOR,
    NETS,
    POOR,
    AllocationRow,
    AllocationTable,
    Denominators,
    Forecast,
    Registered,
    Way,
    course,
    grown,
    spread,
)
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.linked_targets import Start
from giamngheo_desktop.domain.report import (
    Counted,
    Population,
    ReportColumn,
    ReportDef,
    Target,
    ValueSpec,
)
from giamngheo_desktop.domain.standard import (
    NewStandard,
    Standards,
    lists_before,
    new_standard,
    standard_for,
)
from giamngheo_desktop.domain.target_bounds import People
from giamngheo_desktop.services.behind import behind
from giamngheo_desktop.services.report_rows import Request, UnitRow, table_data
from giamngheo_desktop.services.row_units import villages_of
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.services.unit_names import all_villages
from giamngheo_desktop.storage import areas, names, plans, records
from giamngheo_desktop.storage.engine import Connection, Database

TABLE = "THON"  # the printed form of what is shown here
_LISTS = {POOR: "poor_households", NEAR_POOR: "near_poor_households"}
_UNLIKE = {POOR: "allocation_unlike_poor", NEAR_POOR: "allocation_unlike_near_poor"}
_LAST, _THIS = "households_before", "households"


def table(
    database: Database,
    definitions: Definitions,
    unit: UUID | None,
    year: int,
    plan: UUID | None = None,
    *,
    denominators: Denominators | None = None,
    day: date | None = None,
) -> AllocationTable:
    """The table of a version, of the newest one if None. `day` is whose villages make the rows,
    the end of the year if None.

    Without `denominators` the rates at the end are of the expected households as soon as any are
    typed. Raises AppError `no_standard`.
    """
    request = _request(database, definitions, unit, year, plan, day)
    data = table_data(database, request)
    with database.reader() as connection:
        known = _registered(connection, request)
        tree = areas.tree_on(connection, request.day)
        held = request.plan and records.get(connection, Kind.DOCUMENT, request.plan)
    whole = {key for key in (_LAST, _THIS) if data.total.values[key] is not None}
    base = _THIS if whole == {_THIS} else _LAST
    if denominators is None:
        said = any(row.values[EXPECTED] is not None for row in data.rows)
        denominators = Denominators.EXPECTED if said else Denominators.OPENING
    below = [villages_of(tree, row.unit) if row.unit else frozenset() for row in data.rows]
    return AllocationTable(
        unit=unit,
        year=year,
        plan=request.plan,
        stands=bool(held and held["issued_on"]),
        denominators=denominators,
        base_year=year if base == _THIS else year - 1,
        level=data.row_level,
        rows=tuple(
            _row(row, base, denominators, [one for one in known if one.village in part])
            for row, part in zip(data.rows, below, strict=True)
        ),
        total=_row(data.total, base, denominators, known),
    )


def proposed(
    found: AllocationTable, way: Way, *, poor: int | None = None, near_poor: int | None = None
) -> dict[UUID, dict[str, int | None]]:
    """What may be typed for the villages of a table: as it stands, the commune's decreases `poor`
    and `near_poor` in proportion to who is listed there, or the households registered to leave.

    Raises RefusedErrors `allocation_unlike_poor`, `allocation_unlike_near_poor` where a decrease
    is more than there are or below nought, `allocation_start_unknown` where it is not known how
    many a village has.
    """
    rows = {row.unit: row for row in found.rows if row.unit is not None}
    if way is Way.TYPED:
        return {unit: dict(row.typed) for unit, row in rows.items()}
    if way is Way.NAMED:
        return {unit: _named(row.registered) for unit, row in rows.items()}
    values: dict[UUID, dict[str, int | None]] = {unit: {} for unit in rows}
    for listed, total in ((POOR, poor), (NEAR_POOR, near_poor)):
        if total is None:
            continue
        starts = {unit: row.course(listed).forecast.start for unit, row in rows.items()}
        lacking = [rows[unit].name for unit, start in starts.items() if start is None]
        if lacking:
            raise RefusedError("allocation_start_unknown", villages=", ".join(lacking))
        weights = {unit: start or 0 for unit, start in starts.items()}
        try:
            shares = spread(total, weights)
        except ValueError as error:
            there = str(sum(weights.values()))
            raise RefusedError(_UNLIKE[listed], wanted=str(total), there=there) from error
        for unit, number in shares.items():
            values[unit][f"{listed}_decrease"] = number
    return values


def grown_by(found: AllocationTable, growth: int) -> dict[UUID, dict[str, int | None]]:
    """The households each village is expected to have, all growing by hundredths of a percent."""
    return {
        row.unit: {EXPECTED: grown(row.households, growth)}
        for row in found.rows
        if row.unit is not None and row.households is not None
    }


def starts(found: AllocationTable) -> dict[str, Start]:
    """What rates, points and households of targets are measured from, by list."""
    total, expects = found.total, found.denominators is Denominators.EXPECTED
    return {
        listed: Start(
            listed=total.course(listed).forecast.start,
            households=total.households,
            expected=total.expected if expects else None,
        )
        for listed in _LISTS
    }


def without_start(found: AllocationTable, standards: Standards) -> NewStandard | None:
    """The standard that begins with the year, while a list of its start is not known under it."""
    unknown = None in (found.total.course(listed).forecast.start for listed in _LISTS)
    return new_standard(standards, found.year) if unknown else None


def people(found: AllocationTable) -> People:
    """Whom targets may count at the most, by the households and persons that the year begins with;
    a list is not known to begin with nobody where it is not known at all.
    """
    total = found.total
    return People(
        year=found.base_year,
        everybody={"household": total.households, "person": total.persons},
        listed={
            "household": {one: total.course(one).forecast.start for one in _LISTS},
            "person": {POOR: total.poor_persons, NEAR_POOR: total.near_poor_persons},
        },
    )


def save(
    database: Database, context: Context, year: int, by_village: Mapping[UUID, Mapping[str, Any]]
) -> Done[None]:
    """What villages were given, into the newest version of the plan they belong to, or into the
    year without one; one undo step. Columns not named stay. A province gives its communes or
    districts in the same way.

    Raises RefusedError `plan_stands` where that version is issued.
    """
    with write_unit(database, context, Op.SAVE_ALLOCATION) as work:
        work.subject = str(year)
        for area, plan in _plans(work.connection, year, by_village).items():
            if plan and plan["issued_on"] is not None:
                raise RefusedError("plan_stands", version=str(plan["version"]))
            _write(work, year, area, plan["uid"] if plan else None, by_village[area])
    return Done(None, work.changes)


def _write(
    work: WriteUnit, year: int, area: UUID, plan: UUID | None, values: Mapping[str, Any]
) -> None:
    place = {"area": area, "year": year, "document": plan}
    rows = records.find(work.connection, Kind.VILLAGE_TARGET, **place)
    if rows:
        work.change(Kind.VILLAGE_TARGET, rows[0]["uid"], rows[0], values)
    else:
        work.insert(Kind.VILLAGE_TARGET, **place, **values)


def _plans(
    connection: Connection, year: int, villages: Mapping[UUID, Any]
) -> dict[UUID, dict[str, Any] | None]:
    """The newest version of the nearest unit above each village that has a plan."""
    newest = {row["area"]: row for row in plans.versions(connection, year)}
    trees = [areas.tree_on(connection, date(year, *day)) for day in ((12, 31), (1, 1))]
    found: dict[UUID, dict[str, Any] | None] = {}
    for village in villages:
        # one that ended within the year stood below its commune at the beginning
        tree = next((tree for tree in trees if tree.get(village)), trees[0])
        above = (newest.get(area.uid) for area in tree.ancestors(village) if area.uid != village)
        found[village] = next(filter(None, above), None)
    return found


def _request(
    database: Database,
    definitions: Definitions,
    unit: UUID | None,
    year: int,
    plan: UUID | None,
    day: date | None,
) -> Request:
    standard = standard_for(definitions.standards, year).code
    if plan is None and unit is not None:
        with database.reader() as connection:
            newest = plans.in_hand(connection, year, unit)
        plan = newest["uid"] if newest else None
    return Request(
        report=_report(definitions.report(TABLE, date(year, 12, 31))),
        year=year,
        standard=standard,
        unit=unit,
        geography=day,
        before=lists_before(definitions.standards, standard, year),
        plan=plan,
    )


def _report(printed: ReportDef) -> ReportDef:
    """The columns read here, with the rows of the printed table."""
    values: dict[str, ValueSpec] = {
        _LAST: Population("households", -1),
        _THIS: Population("households"),
        _persons(_LAST): Population("persons", -1),
        _persons(_THIS): Population("persons"),
        AT_END: Target(AT_END),
        "poor_persons": Counted("poor_persons", -1),
        "near_poor_persons": Counted("near_poor_persons", -1),
        **{listed: Counted(measure, -1) for listed, measure in _LISTS.items()},
        **{column: Target(column) for column in (*COLUMNS, *BACK)},
    }
    columns = tuple(ReportColumn(label="", key=key, value=value) for key, value in values.items())
    return replace(printed, columns=columns)


def _persons(base: str) -> str:
    return f"{base}/persons"


def _row(
    row: UnitRow, base: str, denominators: Denominators, registered: Sequence[Registered]
) -> AllocationRow:
    values = row.values
    households, expected = values[base], values[AT_END]
    courses = {
        listed: course(_forecast(values, listed), households, expected, denominators)
        for listed in _LISTS
    }
    return AllocationRow(
        unit=row.unit,
        name=row.name,
        households=households,
        expected=expected,
        persons=values[_persons(base)],
        poor_persons=values["poor_persons"],
        near_poor_persons=values["near_poor_persons"],
        typed={column: values[column] for column in COLUMNS},
        poor=courses[POOR],
        near_poor=courses[NEAR_POOR],
        registered=tuple(registered),
    )


def _forecast(values: Mapping[str, int | None], listed: str) -> Forecast:
    fall, back = NETS[f"{listed}_net"]
    again, new, *gained = (values[f"{column}_or_none"] for column in back)
    return Forecast(
        start=values[listed],
        fall=values[fall],
        again=again,
        new=new,
        gained=gained[0] if gained else None,
    )


def _named(registered: Sequence[Registered]) -> dict[str, int | None]:
    poor = [one for one in registered if one.listed == POOR]
    return {
        "poor_decrease": len(poor),
        "poor_to_near_poor": sum(one.expected == NEAR_POOR for one in poor),
        "near_poor_decrease": len(registered) - len(poor),
    }


def _registered(connection: Connection, request: Request) -> tuple[Registered, ...]:
    """Who registered to leave the list of the start, by village, then head."""
    wanted: dict[UUID, str | None] = {
        row["household"]: row["expected"]
        for row in records.find(connection, Kind.HOUSEHOLD_PLAN, year=request.year)
        if row["registered"]
    }
    found = dict(_listed(connection, request)) if wanted else {}
    day = request.day
    homes = sorted(wanted.keys() & found.keys())
    named = names.households(connection, homes, day, all_villages(connection, day))
    return tuple(
        Registered(
            household=one.household,
            head=one.head,
            village=found[one.household][0],
            listed=found[one.household][1],
            expected=wanted[one.household],
        )
        for one in named
    )


def _listed(
    connection: Connection, request: Request
) -> Iterator[tuple[UUID, tuple[UUID | None, str]]]:
    """The households that the table counts at the start, with their village and list."""
    for listed, measure in _LISTS.items():
        homes = behind(
            connection, request.scope(-1), measure, unit=request.unit, geography=request.day
        )
        for home, place in homes:
            yield home, (place if isinstance(place, UUID) else None, listed)
