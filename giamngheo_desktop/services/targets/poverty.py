"""The poverty numbers of a year behind its targets: both ends, as the official tables count them.

They are cells of a table that is never printed, read by `report_rows` like those that are; so a
target says what BC1 and the table of villages say. Of a closed year the frozen rows count, of an
open one the classes in force on the day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.actual import Actual, Amount, State, percent
from giamngheo_desktop.domain.area import AreaTree
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.measures import INDICATORS, measure
from giamngheo_desktop.domain.movement import Flow
from giamngheo_desktop.domain.report import (
    Counted,
    Movement,
    Population,
    ValueSpec,
    cells,
)
from giamngheo_desktop.domain.standard import PovertyStandard, lists_before, standard_for
from giamngheo_desktop.services import report_rows
from giamngheo_desktop.services.closed_years import ClosedYear
from giamngheo_desktop.services.movement import movements
from giamngheo_desktop.services.placing import Place, Placing
from giamngheo_desktop.services.report_rows import Request, TableData, UnitRow
from giamngheo_desktop.services.row_units import households_within, villages_of
from giamngheo_desktop.storage import areas, review_rows
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.review_facts import UNKNOWN_BITS
from giamngheo_desktop.storage.review_rows import Scope

TABLES = ("poor", "near_poor")
BTXH = "poor_social_protection"
_BEFORE = -1


def _opening(name: str) -> str:
    return f"{name}@opening"


def _flow(table: str, flow: str) -> str:
    return f"{table}:{flow}"


_ENDS: dict[str, ValueSpec] = {
    "households": Population("households"),
    _opening("households"): Population("households", _BEFORE),
    **{name: Counted(f"{name}_households") for name in (*TABLES, BTXH)},
    **{_opening(name): Counted(f"{name}_households", _BEFORE) for name in (*TABLES, BTXH)},
}
_FLOWS: dict[str, ValueSpec] = {
    _flow(table, flow): Movement(table, flow) for table in TABLES for flow in Flow
}


class Poverty:
    """The numbers of a unit as of `day`; AppError `no_standard` of a year without one."""

    def __init__(
        self, connection: Connection, definitions: Definitions, unit: UUID, year: int, day: date
    ) -> None:
        self.connection, self.unit, self.year = connection, unit, year
        self.standards = definitions.standards
        self.standard: PovertyStandard = standard_for(self.standards, year)
        end = date(year, 12, 31)
        closed_on = ClosedYear(connection, year).whole_since(unit)
        self.frozen = closed_on is not None and day >= min(closed_on, end)
        self.day = min(day, end)
        as_of = None if self.frozen or day >= end else day
        self.scope = Scope(year=year, standard=self.standard.code, as_of=as_of)
        self._tables: dict[tuple[str, bool, UUID], TableData] = {}
        self._named: dict[tuple[Scope, str], list[tuple[Place, UUID]]] = {}
        self._listed: dict[Scope, dict[UUID, dict[str, Any]]] = {}

    # -- actuals --------------------------------------------------------------------------------

    def left(self, code: str, table: str, village: UUID | None) -> Actual:
        """Tỷ lệ hộ nghèo, hộ cận nghèo at the end, with that of the beginning."""
        row = self._row(village)
        found = self._rate(code, row, table, self.scope, village)
        return replace(found, opening=self.opening_under(self.standard.code, code, table, village))

    def fallen(
        self, code: str, table: str, village: UUID | None, *, points: bool = False
    ) -> Actual:
        """Households, or percentage points, by which the list became shorter."""
        closing = self.left(code, table, village)
        opening = closing.opening
        assert opening is not None
        found = replace(closing, value=None, share=None, reason="", state=State.KNOWN)
        if not points:
            moved = self.moved(table, village)
            found = replace(found, denominator=None, remarks=(), moved=moved)
        if opening.numerator is None or opening.numerator.number is None:
            return self._without_opening(found, code, table, village)
        ends = [end.value if points else _number(end.numerator) for end in (opening, closing)]
        if ends[0] is None or ends[1] is None:
            reason = (opening if ends[0] is None else closing).reason
            return found.missing(reason)
        return replace(found, value=Fraction(ends[0] - ends[1]))

    def opening_under(
        self, standard: str, code: str, table: str, village: UUID | None = None
    ) -> Actual:
        """The rate at the end of the year before, of the classes recognised under a standard."""
        scope = Scope(year=self.year + _BEFORE, standard=standard)
        row = self._row(village, standard)
        found = self._rate(code, row, _opening(table), scope, village)
        return replace(found, reason="no_opening") if found.reason == "no_result" else found

    def of_protection(self, code: str, village: UUID | None, *, others: bool = False) -> Actual:
        """Poor households under chính sách bảo trợ xã hội, or (`others`) those that are not."""
        row = self._row(village)
        poor, protected = row.values["poor"], row.values[BTXH]
        every = self.households(self.scope, "poor_households", village)
        own = self.households(self.scope, f"{BTXH}_households", village)
        found = self.begun(code)
        if poor is None or protected is None:
            return found.missing(self._reason(row, "poor"))
        if others:
            number = Amount(poor - protected, Kind.HOUSEHOLD, every - own)
            of = Amount(row.values["households"], Kind.HOUSEHOLD)
        else:
            number = Amount(protected, Kind.HOUSEHOLD, own)
            of = Amount(poor, Kind.HOUSEHOLD, every)
        assert number.number is not None
        share = percent(number.number, of.number) if of.number else None
        return replace(
            found,
            numerator=number,
            denominator=of,
            value=Fraction(number.number),
            share=share,
        )

    def deprived(
        self, scope: Scope, groups: Collection[str], places: Iterable[int], village: UUID | None
    ) -> dict[UUID, bool | None]:
        """Whether each household of the groups lacks one of the indicators, by their places in the
        standard; None where it may. Within a year it is as at the last review.
        """
        mask = sum(1 << place for place in places)
        found = {}
        for group in groups:
            for home in self.households(scope, f"{group}_households", village):
                found[home] = self._lacks(scope, home, mask)
                if found[home] is None and scope.as_of is not None:
                    found[home] = self._lacks(self.before, home, mask)
        return found

    def _lacks(self, scope: Scope, home: UUID, mask: int) -> bool | None:
        if scope not in self._listed:
            self._listed[scope] = review_rows.listed(self.connection, scope)
        row = self._listed[scope].get(home)
        if row is None or row[INDICATORS] is None:
            return None
        if row[INDICATORS] & mask:
            return True
        return None if (row[UNKNOWN_BITS] or 0) & mask else False

    def lacks(self, groups: Collection[str], village: UUID | None) -> str | None:
        """Why the lists of the groups are not known; None where they are."""
        row = self._row(village)
        return next((self._reason(row, one) for one in groups if row.values[one] is None), None)

    @property
    def before(self) -> Scope:
        """The end of the year before."""
        return Scope(year=self.year + _BEFORE, standard=self.standard.code)

    def moved(self, table: str, village: UUID | None) -> dict[str, int]:
        """The flows of the year's movement that are known; who moved between villages of the unit
        neither left it nor came.
        """
        values = self._row(village, flows=True).values
        found = {flow.value: values[_flow(table, flow)] for flow in Flow}
        known = {flow: number for flow, number in found.items() if number is not None}
        homes, _ = (0, 0) if village else self._inside.get(table, (0, 0))
        for flow in (Flow.OTHER_DECREASE, Flow.OTHER_INCREASE):
            if flow in known:
                known[flow] -= homes
        return known

    @cached_property
    def _inside(self) -> dict[str, tuple[int, int]]:
        steps = movements.moves(self.connection, self.scope, self.scope.day).steps
        return movements.within_unit(steps, villages_of(self._tree, self.unit))

    def households(self, scope: Scope, counted: str, village: UUID | None) -> frozenset[UUID]:
        """Those behind a measure in a scope, of the unit or one of its villages."""
        key = (scope, counted)
        if key not in self._named:
            wanted = measure(counted)
            assert wanted is not None, counted
            found = Placing(self.connection, scope.day, self.scope.day).households(scope, wanted)
            self._named[key] = [(place, row.household) for place, row in found]
        unit = village or self.unit
        placed = households_within(self._tree, self._named[key], unit, unplaced=False)
        return frozenset(home for home, _ in placed)

    # -- reading --------------------------------------------------------------------------------

    @cached_property
    def _tree(self) -> AreaTree:
        return areas.tree_on(self.connection, self.scope.day)

    def begun(self, code: str) -> Actual:
        return Actual(
            code=code, day=self.scope.day, standard=self.standard.code, frozen=self.frozen
        )

    def _rate(
        self, code: str, row: UnitRow, column: str, scope: Scope, village: UUID | None
    ) -> Actual:
        table, _, before = column.partition("@")
        count = row.values[column]
        of = row.values[_opening("households") if before else "households"]
        ids = self.households(scope, f"{table}_households", village)
        found = replace(
            self.begun(code),
            day=scope.day,
            standard=scope.standard,
            numerator=Amount(count, Kind.HOUSEHOLD, ids if count is not None else frozenset()),
            denominator=Amount(of, Kind.HOUSEHOLD),
        )
        if count is None:
            return found.missing(self._reason(row, column))
        if not of or of < count:
            none = "no_households" if of is None else "nobody"
            return found.missing("small_denominator" if of is not None and of < count else none)
        found = replace(found, value=percent(count, of))
        asked, told = self._table(scope.standard, False, self.unit), scope is self.scope
        is_older = told and asked.population is not None and asked.population[0] < self.year
        return found.remarked("households_before") if is_older else found

    def _without_opening(
        self, found: Actual, code: str, table: str, village: UUID | None
    ) -> Actual:
        """Under another standard the year before may be known: then the ends do not compare."""
        before = lists_before(self.standards, self.standard.code, self.year).get(self.year)
        if before is not None:
            opening = self.opening_under(before, code, table, village)
            if opening.numerator is not None and opening.numerator.number is not None:
                reason = "standards_differ"
                return replace(found, state=State.NOT_COMPARABLE, reason=reason, opening=opening)
        assert found.opening is not None
        return found.missing(found.opening.reason)

    def _reason(self, row: UnitRow, column: str) -> str:
        """Why a count has no number: what the table says, or that households wait for a result."""
        is_open = column in (*TABLES, BTXH) and self.scope.is_yearly and not self.frozen
        waits = is_open and any(
            year.year == self.year and year.waiting
            for year in self._table(self.standard.code, False, self.unit).open_years
        )
        return row.reasons.get(column, "waiting" if waits else "no_result")

    def _row(
        self, village: UUID | None, standard: str | None = None, *, flows: bool = False
    ) -> UnitRow:
        code = standard or self.standard.code
        table = self._table(code, flows, self.unit)
        if village is None:
            return table.total
        found = (row for row in table.rows if row.unit == village)
        return next(found, None) or self._table(code, flows, village).total

    def _table(self, standard: str, flows: bool, unit: UUID) -> TableData:
        key = (standard, flows, unit)
        if key not in self._tables:
            request = Request(
                report=cells(_FLOWS if flows else _ENDS),
                year=self.year,
                standard=standard,
                unit=unit,
                as_of=self.scope.as_of,
                known_by_day=True,
                before=lists_before(self.standards, standard, self.year),
            )
            self._tables[key] = report_rows.read(self.connection, request)
        return self._tables[key]


def _number(amount: Amount | None) -> int | None:
    return None if amount is None else amount.number
