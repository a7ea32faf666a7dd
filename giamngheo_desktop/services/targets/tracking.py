"""Each target of the plan in force beside what is reached: today, in state, and by months.

A number is judged as it is, never rounded. It is that of the day, of a target whose last day is
over that of its last day, of a list that was closed with the year that of its end; what the program
cannot count is what was typed last.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.actual import Actual, Wanted
from giamngheo_desktop.domain.doubted import is_of_list
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.standard import NewStandard, new_standard, standard_for
from giamngheo_desktop.domain.target_state import TargetState, is_over
from giamngheo_desktop.services.closed_years import ClosedYear
from giamngheo_desktop.services.programme.within import data_day
from giamngheo_desktop.services.targets import actuals, plan_targets, results
from giamngheo_desktop.services.targets.forecast import NEAR_POOR, POOR, Forecast, Forecasts
from giamngheo_desktop.services.targets.judging import (
    NOT_BEGUN,
    STANDARDS_DIFFER,
    Baseline,
    Judge,
    Judged,
    Known,
    baseline_of,
    state_on,
)
from giamngheo_desktop.services.targets.plan_targets import PlanTarget
from giamngheo_desktop.services.targets.results import Results, TypedResult
from giamngheo_desktop.storage import areas, audit
from giamngheo_desktop.storage.engine import Connection, Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """One target as of `measured_on`. `value` is that which is judged, with its fraction (a
    decrease has none: it lies between two); it is that of `actual`, or of `typed`. `reason` says
    why there is none (`texts.ACTUAL_REASONS`).

    `assigned` and `pursued` are judged each; `state` is that of the number the plan pursues, else
    of the assigned one. Where the ends do not compare, `opening` is the beginning of the year
    under the standard of its end, if it is known.
    """

    target: PlanTarget
    measured_on: date
    actual: Actual
    state: TargetState
    typed: TypedResult | None = None
    value: Fraction | None = None
    numerator: int | None = None
    denominator: int | None = None
    baseline: Baseline | None = None
    forecast: Forecast | None = None
    assigned: Judged | None = None
    pursued: Judged | None = None
    reason: str = ""
    opening: Actual | None = None
    without_start: NewStandard | None = None
    is_over: bool = False  # its time is

    @property
    def start(self) -> Fraction | None:
        """What the same number was at the beginning of the year; a decrease had none yet."""
        is_decrease = self.target.indicator.is_decrease
        return None if is_decrease or self.baseline is None else self.baseline.value

    @property
    def is_typed(self) -> bool:
        """Whether the number is what somebody typed."""
        return self.typed is not None and self.value is not None and self.actual.value is None

    @property
    def is_closed(self) -> bool:
        """Whether the number is of a list that was closed with the year: nothing more can come."""
        return self.actual.frozen and not self.is_typed

    @property
    def share(self) -> Fraction | None:
        """Per cent of the number that the state speaks of."""
        judged = self.pursued or self.assigned
        return judged.share if judged else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracking:
    """The targets of a unit (or of one village of it) on a day, in printed order; `plan` None: the
    unit has no plan of the year. As long as the last group of the audit is still `known`, days that
    are over say the same when they are read again.
    """

    unit: UUID
    village: UUID | None
    unit_name: str
    unit_kind: str
    year: int
    day: date
    data_day: date
    plan: UUID | None
    version: int = 0
    issued_on: date | None = None
    lines: tuple[Tracked, ...] = ()
    known: int = 0

    @property
    def is_draft(self) -> bool:
        return self.plan is not None and self.issued_on is None

    @property
    def has_closed(self) -> bool:
        """Whether some numbers are of lists that were closed with the year."""
        return any(line.is_closed for line in self.lines)


@dataclass(frozen=True, slots=True)
class Point:
    """What was reached by a day; None: not known then."""

    day: date
    value: Fraction | None


def track(
    database: Database,
    definitions: Definitions,
    unit: UUID,
    year: int,
    day: date,
    *,
    village: UUID | None = None,
) -> Tracking:
    """All targets of the unit's plan in one snapshot."""
    with database.reader() as connection:
        return _Tracker(connection, definitions, unit, year, village).track(day)


def history(
    database: Database,
    definitions: Definitions,
    unit: UUID,
    year: int,
    day: date,
    *,
    village: UUID | None = None,
) -> Mapping[str, tuple[Point, ...]]:
    """By the key of each target with a number: what was reached at the end of each month of the
    year up to `day`, and on `day`.
    """
    with database.reader() as connection:
        return _Tracker(connection, definitions, unit, year, village).history(day)


def reached(
    database: Database,
    definitions: Definitions,
    unit: UUID,
    year: int,
    day: date,
    *,
    village: UUID | None = None,
) -> Mapping[str, Fraction | None]:
    """One day of the `history`: what was reached, by the key of each target with a number."""
    with database.reader() as connection:
        return _Tracker(connection, definitions, unit, year, village).reached(day)


def month_ends(year: int, day: date) -> tuple[date, ...]:
    """The last days of the months of a year that are over by `day`, and `day` itself within it."""
    ends = [date(year + month // 12, month % 12 + 1, 1) - timedelta(1) for month in range(1, 13)]
    last = min(day, ends[-1])
    if last.year != year:
        return ()
    return (*(end for end in ends if end < last), last)


@dataclass(slots=True)
class _Read:
    """The actuals of one day, the two rates of the list with them."""

    of: Mapping[int, Actual]
    poor: Actual | None = None
    near_poor: Actual | None = None

    def known(self, at: int, target: PlanTarget, typed: TypedResult | None) -> Known:
        rate = self.near_poor if target.indicator.code.startswith("HCN-") else self.poor
        return Known.of(target, self.of[at], typed, rate)


class _Tracker:
    """Reads the plan and what was typed once, what was reached once for each day asked for."""

    def __init__(
        self,
        connection: Connection,
        definitions: Definitions,
        unit: UUID,
        year: int,
        village: UUID | None,
    ) -> None:
        self.connection, self.definitions = connection, definitions
        self.unit, self.year, self.village = unit, year, village
        self.first, self.end = date(year, 1, 1), date(year, 12, 31)
        self.tree = areas.tree_on(connection, self.end)
        self.plan = plan_targets.read(connection, definitions, unit, year, village)
        self.results = results.read(connection, unit, year) if village is None else Results()

    def track(self, day: date) -> Tracking:
        targets = self.plan.targets
        days = [max(self.first, min(day, target.due, self.end)) for target in targets]
        reads = {each: self._actuals(each) for each in sorted(set(days))}
        forecasts = {each: self._forecasts(each) for each in reads}
        lines = (
            self._line(target, day, at, reads[on], forecasts[on])
            for at, (target, on) in enumerate(zip(targets, days, strict=True))
        )
        area = self.tree.get(self.village or self.unit)
        return Tracking(
            unit=self.unit,
            village=self.village,
            unit_name=area.name if area else "",
            unit_kind=area.kind if area else "",
            year=self.year,
            day=day,
            data_day=min(day, data_day(self.connection, self.year)),
            plan=self.plan.plan,
            version=self.plan.version,
            issued_on=self.plan.issued_on,
            lines=tuple(lines),
            known=audit.last_group(self.connection)[0],
        )

    def history(self, day: date) -> dict[str, tuple[Point, ...]]:
        keys = [target.key for target in self.plan.targets if not target.is_qualitative]
        found: dict[str, list[Point]] = {key: [] for key in keys}
        for each in month_ends(self.year, day) if keys else ():
            for key, value in self.reached(each).items():
                found[key].append(Point(each, value))
        return {key: tuple(points) for key, points in found.items()}

    def reached(self, day: date) -> dict[str, Fraction | None]:
        read = self._actuals(day)
        return {
            one.key: read.known(at, one, self.results.newest(one.key, day)).value
            for at, one in enumerate(self.plan.targets)
            if not one.is_qualitative
        }

    def _actuals(self, day: date) -> _Read:
        wanted = [self._wanted(target) for target in self.plan.targets]
        codes = {one.code for one in wanted}
        listed = any(code.startswith(("HN-", "HCN-")) for code in codes)
        rates = [Wanted(code=code, village=self.village) for code in (POOR, NEAR_POOR)]
        asked = [*wanted, *(rates if listed else ())]
        if not asked:
            return _Read({})
        found = actuals.read(self.connection, self.definitions, self.unit, self.year, asked, day)
        own = dict(enumerate(found[: len(wanted)]))
        return _Read(own, *found[len(wanted) :])

    def _wanted(self, target: PlanTarget) -> Wanted:
        return Wanted(
            code=target.indicator.code,
            groups=target.groups,
            village=self.village,
            dimension=target.dimension,
            component=target.node or None,
        )

    def _forecasts(self, day: date) -> Forecasts:
        unit = self.village or self.unit
        return Forecasts(self.connection, unit, self.year, day, self.tree)

    def _line(
        self, target: PlanTarget, day: date, at: int, read: _Read, forecasts: Forecasts
    ) -> Tracked:
        actual, typed = read.of[at], self.results.newest(target.key, day)
        known, baseline = read.known(at, target, typed), baseline_of(target, actual)
        lacking = self._without_start(target, baseline)
        if baseline is not None and not self._same_standard(target, baseline, actual):
            known = Known(reason=STANDARDS_DIFFER)
        elif day < self.first:
            known = Known(reason=NOT_BEGUN)
        measured_on, over = forecasts.day, is_over(day, target.due, closed=self._is_closed)
        if actual.frozen:
            measured_on, over = actual.day, True
        forecast = None
        is_counted = known.value is not None and known.typed is None
        if is_counted and not over and forecasts.day < self.end and not target.node:
            code = target.indicator.code
            forecast = forecasts.of(code, actual, read.poor, read.near_poor)
        expected = forecast.value if forecast else None
        judge = Judge(target, known, baseline, expected, over)
        assigned, pursued = judge(target.assigned), judge(target.pursued)
        return Tracked(
            target=target,
            measured_on=known.typed.measured_on if known.typed else measured_on,
            actual=actual,
            typed=typed,
            value=known.value,
            numerator=known.numerator,
            denominator=known.denominator,
            baseline=baseline,
            forecast=forecast,
            assigned=assigned,
            pursued=pursued,
            reason=known.reason,
            is_over=over,
            opening=_offered(actual) if known.reason == STANDARDS_DIFFER else None,
            without_start=lacking,
            state=TargetState.NOT_COMPARABLE
            if lacking and known.value is None
            else state_on(target, actual, typed, known, pursued or assigned),
        )

    @cached_property
    def _is_closed(self) -> bool:
        return ClosedYear(self.connection, self.year).whole_since(self.unit) is not None

    @cached_property
    def _change(self) -> NewStandard | None:
        return new_standard(self.definitions.standards, self.year)

    def _without_start(self, target: PlanTarget, baseline: Baseline | None) -> NewStandard | None:
        """The new standard, of a number of a list that has no start under it."""
        change = self._change
        if change is None or target.is_qualitative or not is_of_list(target.indicator.code):
            return None
        own = baseline.standard if baseline is not None else ""
        has_start = baseline is not None and baseline.has_number and own == change.now.code
        return None if has_start else change

    def _same_standard(self, target: PlanTarget, baseline: Baseline, actual: Actual) -> bool:
        """Whether what was typed as the beginning is of the standard that the end is counted by;
        where the plan does not say it, it is that of the year before.
        """
        if not baseline.typed or not actual.standard:
            return True
        own = target.baseline_standard
        if own is None:
            try:
                own = standard_for(self.definitions.standards, self.year - 1).code
            except AppError:
                return True
        return own == actual.standard


def _offered(actual: Actual) -> Actual | None:
    """The beginning under the standard of the end, where it is known."""
    opening = actual.opening
    if opening is None or opening.standard != actual.standard or opening.value is None:
        return None
    return opening
