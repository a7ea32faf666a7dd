"""The list at the beginning of a year and on a day of it, and how it moved, for a written report.

All numbers are cells of tables that are never printed, so that a report says what the official
tables say: of a closed year those of its closing, of an open one the classes in force on the day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.actual import Actual
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.movement import LISTED, Cause, Flow
from giamngheo_desktop.domain.report import Counted, Movement, Population, ValueSpec, cells
from giamngheo_desktop.domain.standard import HouseholdClass, PovertyStandard, lists_before
from giamngheo_desktop.domain.workflow import ReviewKind
from giamngheo_desktop.services import report_rows
from giamngheo_desktop.services.movement import movements
from giamngheo_desktop.services.report_rows import Request, TableData, UnitRow
from giamngheo_desktop.services.targets.poverty import Poverty
from giamngheo_desktop.storage import areas, pasts, records
from giamngheo_desktop.storage.engine import Connection, Database

POOR, NEAR_POOR = (one.value for one in LISTED)
FACTS = ("minority", "female_head", "social_protection")
_RATES = {POOR: "HN", NEAR_POOR: "HCN"}  # what the indicators of a list begin with
_MOVED_AWAY = "move_out"  # why a household left the register


def opening(key: str) -> str:
    """The cell of the same at the close of the year before."""
    return f"{key}@opening"


def persons(key: str) -> str:
    """The cell of the persons of these households."""
    return f"{key}/persons"


def of_fact(table: str, fact: str) -> str:
    """The cell of the households of a list of which a fact of `FACTS` holds."""
    return f"{table}/{fact}"


def of_indicator(table: str, at: int) -> str:
    """The cell of those deprived in the indicator at that place of the standard."""
    return f"{table}/deprived={at}"


def flow(table: str, name: str) -> str:
    """The cell of a flow of the movement of a list."""
    return f"{table}:{name}"


_ENDS: dict[str, ValueSpec] = {
    "households": Population("households"),
    "persons": Population("persons"),
    opening("households"): Population("households", -1),
    opening("persons"): Population("persons", -1),
}
for _table in (POOR, NEAR_POOR):
    for _of, _key in (("households", _table), ("persons", persons(_table))):
        _ENDS[_key] = Counted(f"{_table}_{_of}")
        _ENDS[opening(_key)] = Counted(f"{_table}_{_of}", -1)
_FLOWS: dict[str, ValueSpec] = {
    key: Movement(table, one, persons=of_persons)
    for table in (POOR, NEAR_POOR)
    for one in Flow
    for key, of_persons in (
        (flow(table, one), False),
        (persons(flow(table, one)), True),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How a list fell since the beginning of the year: each with its state, and why it is unknown
    (`texts.ACTUAL_REASONS`). A negative value is a rise.
    """

    rate: Actual
    households: Actual
    points: Actual


@dataclass(frozen=True, slots=True)
class Decided:
    """What the decision of the review at the year's end recognised, signed behind the day."""

    number: str
    signed_on: date
    row: UnitRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A unit on `day` beside the beginning of its year.

    `ends` has the cells of households, persons, lists and their opening, for the unit and its
    villages; `details` those of `FACTS` and of the indicators of the standard, `flows` the
    movement from the beginning to the day. `away` and `arrived` are the households of each list
    behind the other flows that moved to or came from elsewhere, `inside` the households and
    persons that a move between two villages of the unit counts as leaving and as coming, which is
    neither for the unit. `preliminary` are the results of
    an open year that nobody recognised yet, where every household of the list has one; `decided`
    those that were recognised since.
    """

    unit: UUID
    unit_name: str
    unit_kind: str
    year: int
    day: date
    standard: PovertyStandard
    frozen: bool
    ends: TableData
    details: TableData
    flows: TableData
    changes: Mapping[str, Change]
    away: Mapping[str, int] = field(default_factory=dict)
    arrived: Mapping[str, int] = field(default_factory=dict)
    inside: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    preliminary: UnitRow | None = None
    decided: Decided | None = None

    @property
    def total(self) -> UnitRow:
        return self.ends.total

    def moved(self, table: str, one: Flow, *, of_persons: bool = False) -> int | None:
        """A flow of the unit as one whole."""
        key = flow(table, one)
        count = self.flows.total.values[persons(key) if of_persons else key]
        if count is None or one not in (Flow.OTHER_DECREASE, Flow.OTHER_INCREASE):
            return count
        return count - self.inside.get(table, (0, 0))[of_persons]

    @property
    def waiting(self) -> int:
        """How many households of the list have no result of the year, where that is asked."""
        own = (one for one in self.ends.open_years if one.year == self.year)
        return sum(count for one in own for _, count in one.waiting)

    @property
    def is_yearly(self) -> bool:
        """Whether it counts what was recognised at the end of the year, not what holds on a day."""
        return self.frozen or self.day == date(self.year, 12, 31)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known of households; a known nought is something."""
        return all(value is None for value in self.total.values.values())


def situation(
    database: Database, definitions: Definitions, unit: UUID, year: int, day: date
) -> Situation:
    """Of a unit on a day of the year. AppError `no_standard`."""
    with database.reader() as connection:
        return read(connection, definitions, unit, year, day)


def read(
    connection: Connection, definitions: Definitions, unit: UUID, year: int, day: date
) -> Situation:
    """`situation` of a connection."""
    poverty = Poverty(connection, definitions, unit, year, day)
    standard, scope = poverty.standard, poverty.scope

    end = date(year, 12, 31)

    def table(
        columns: Mapping[str, ValueSpec],
        *,
        recognised: bool = True,
        as_of: date | None = scope.as_of,
    ) -> TableData:
        request = Request(
            report=cells(columns),
            year=year,
            standard=standard.code,
            unit=unit,
            recognised=recognised,
            as_of=as_of if recognised else None,
            known_by_day=True,
            before=lists_before(definitions.standards, standard.code, year),
        )
        return report_rows.read(connection, request)

    area = areas.tree_on(connection, scope.day).get(unit)
    ends = table(_ENDS)
    decision = None if poverty.frozen else _decision(connection, unit, year, standard.code)
    later = decision is not None and decision["signed_on"] > scope.day
    sooner = None if poverty.frozen or decision else table(_ENDS, recognised=False)
    away, arrived, inside = _moved(connection, poverty, unit)
    return Situation(
        unit=unit,
        unit_name=area.name if area else ends.unit_name,
        unit_kind=area.kind or "" if area else "",
        year=year,
        day=scope.day,
        standard=standard,
        frozen=poverty.frozen,
        ends=ends,
        details=table(_details(standard)),
        flows=table(_FLOWS),
        changes={code: _change(poverty, code) for code in (POOR, NEAR_POOR)},
        away=away,
        arrived=arrived,
        inside=inside,
        preliminary=_preliminary(sooner) if sooner else None,
        decided=(
            Decided(decision["number"], decision["signed_on"], table(_ENDS, as_of=end).total)
            if decision and later
            else None
        ),
    )


def _decision(
    connection: Connection, unit: UUID, year: int, standard: str
) -> Mapping[str, Any] | None:
    """That of the review at the end of the year under its standard."""
    asked = {"area": unit, "review_year": year, "kind": ReviewKind.PERIODIC.value}
    for review in records.find(connection, Kind.REVIEW, **asked):
        of = {"review": review["uid"], "standard": standard}
        for row in records.find(connection, Kind.REVIEW_STANDARD, **of):
            if row["decision"] is not None:
                return records.get(connection, Kind.DECISION, row["decision"])
    return None


def _details(standard: PovertyStandard) -> dict[str, ValueSpec]:
    found: dict[str, ValueSpec] = {}
    for code in (POOR, NEAR_POOR):
        for fact in FACTS:
            found[of_fact(code, fact)] = Counted(f"{code}_households/{fact}")
        for at in range(len(standard.indicators)):
            found[of_indicator(code, at)] = Counted(f"{code}_households/deprived={at}")
    return found


def _change(poverty: Poverty, table: str) -> Change:
    prefix = _RATES[table]
    return Change(
        rate=poverty.left(f"{prefix}-TL", table, None),
        households=poverty.fallen(f"{prefix}-GIAM-HO", table, None, points=False),
        points=poverty.fallen(f"{prefix}-GIAM-DIEM", table, None, points=True),
    )


def _preliminary(table: TableData) -> UnitRow | None:
    row = table.total
    waits = table.unfinished or table.unlisted or table.lost
    vague = any(row.uppers.get(key, value) != value for key, value in row.values.items())
    return None if waits or vague or row.values[POOR] is None else row


def _moved(
    connection: Connection, poverty: Poverty, unit: UUID
) -> tuple[dict[str, int], dict[str, int], dict[str, tuple[int, int]]]:
    """The households of each list that moved away, those that came with a class, and with their
    persons those that went to another village of the unit.
    """
    scope = poverty.scope
    villages = frozenset(area.uid for area in areas.tree_on(connection, scope.day).villages(unit))
    left = pasts.left(connection, date(scope.year, 1, 1), scope.day)
    away, arrived = Counter[str](), Counter[str]()
    steps = movements.moves(connection, scope, scope.day).steps
    for move in steps:
        step = move.step
        if not movements.within(step.place, villages) or not step.households:
            continue
        if step.cause is Cause.LEFT and left.get(move.household, (None, ""))[1] == _MOVED_AWAY:
            away[HouseholdClass(step.table).value] += 1
        if step.cause is Cause.ARRIVED:
            arrived[HouseholdClass(step.table).value] += 1
    return dict(away), dict(arrived), movements.within_unit(steps, villages)
