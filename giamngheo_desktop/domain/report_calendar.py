"""When the reports of a year are due, and how a report stands on a day.

`trước ngày 20` is strictly before: the 19th is the last day in time. A day that a month does not
have is its last one. A day nobody works is told, not moved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from giamngheo_desktop.domain.report_periods import (
    CODES,
    PeriodType,
    last_month,
    month_end,
    span,
)

SOON_DAYS = 7  # that many days before the last one a report is due soon
# More than one of them in a year: no single month of the year is theirs.
_OF_MANY = (PeriodType.MONTH, PeriodType.QUARTER)


class Direction(StrEnum):
    """The values are those of `lists/report_directions`."""

    OUTGOING = "outgoing"
    INCOMING = "incoming"


class Senders(StrEnum):
    """Who hands in; the values are those of `lists/report_senders`."""

    UNIT = "unit"
    VILLAGE_HEADS = "village_heads"
    COMMITTEE = "committee"
    BODIES = "bodies"
    ONE = "one"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When a report comes: the columns of a schedule. Of many periods in a year (months, quarters)
    a month of the year says nothing, so theirs is always the last one of the period.
    """

    period: PeriodType
    due_day: int | None = None
    due_month: int | None = None
    due_on: date | None = None  # of one that comes once
    before: bool = False
    cutoff_day: int | None = None
    cutoff_month: int | None = None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Rule:
        """Of a schedule as it is stored."""
        asked = ("due_day", "due_month", "due_on", "cutoff_day", "cutoff_month")
        period, before = PeriodType(row["period"]), bool(row["before"])
        return cls(period=period, before=before, **{name: row[name] for name in asked})

    @property
    def has_due(self) -> bool:
        return (self.due_on if self.period is PeriodType.ONCE else self.due_day) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """A report of one period: `due` is the last day in time, None where nobody said one; the data
    are those up to the end of `cutoff`.
    """

    period: str  # a code of `domain/report_periods.py`
    first: date
    last: date
    due: date | None
    cutoff: date

    @property
    def day(self) -> date:
        """The day whose senders are meant: the last one in time, else that of the period."""
        return self.due or self.last


def occurrences(rule: Rule, year: int) -> tuple[Occurrence, ...]:
    """The reports of a year, in the order of their periods."""
    found = []
    for code in CODES[rule.period]:
        first, last = span(code, year)
        month = last_month(code)
        found.append(
            Occurrence(
                period=code,
                first=first,
                last=last,
                due=_due(rule, year, month),
                cutoff=_cutoff(rule, year, month),
            )
        )
    return tuple(found)


def _due(rule: Rule, year: int, month: int) -> date | None:
    if rule.period is PeriodType.ONCE:
        return rule.due_on and rule.due_on - timedelta(days=rule.before)
    if rule.due_day is None:
        return None
    month = _month_of(rule, rule.due_month, month)
    day = date(year, month, 1) + timedelta(days=rule.due_day - 1 - rule.before)
    return min(day, month_end(year, month))


def _cutoff(rule: Rule, year: int, month: int) -> date:
    month = _month_of(rule, rule.cutoff_month, month)
    end = month_end(year, month)
    return end if rule.cutoff_day is None else end.replace(day=min(rule.cutoff_day, end.day))


def _month_of(rule: Rule, said: int | None, last: int) -> int:
    return last if said is None or rule.period in _OF_MANY else said


class RuleDoubt(StrEnum):
    """What looks wrong in a schedule; told, never mended."""

    NO_DUE = "no_due"  # no day is given
    MONTH_UNUSED = "month_unused"  # a month of the year for one that comes each month or quarter
    DUE_BEFORE_PERIOD = "due_before_period"
    DUE_OTHER_YEAR = "due_other_year"
    CUTOFF_AFTER_DUE = "cutoff_after_due"
    CUTOFF_OPEN = "cutoff_open"  # none is given, and the report is due before its period ends


def doubts(rule: Rule, year: int) -> tuple[RuleDoubt, ...]:
    """What looks wrong in the reports of a year."""
    found = [] if rule.has_due else [RuleDoubt.NO_DUE]
    if rule.period in _OF_MANY and (rule.due_month or rule.cutoff_month):
        found.append(RuleDoubt.MONTH_UNUSED)
    if rule.period is PeriodType.ONCE:
        if rule.due_on is not None and rule.due_on.year != year:
            found.append(RuleDoubt.DUE_OTHER_YEAR)
        return tuple(found)
    dated = [(one, one.due) for one in occurrences(rule, year) if one.due is not None]
    if any(due < one.first for one, due in dated):
        found.append(RuleDoubt.DUE_BEFORE_PERIOD)
    if any(due < one.cutoff for one, due in dated):
        is_said = rule.cutoff_day is not None or rule.cutoff_month is not None
        found.append(RuleDoubt.CUTOFF_AFTER_DUE if is_said else RuleDoubt.CUTOFF_OPEN)
    return tuple(found)


class State(StrEnum):
    """How a report stands on a day."""

    NOT_DUE = "not_due"
    SOON = "soon"
    LATE = "late"
    DONE = "done"
    DONE_LATE = "done_late"
    UNDATED = "undated"  # not handed in, and no last day is known


_OPEN = (State.NOT_DUE, State.SOON, State.LATE, State.UNDATED)


@dataclass(frozen=True, slots=True)
class Standing:
    """`days` are those that are left (0: today is the last one), or those it is or was late."""

    state: State
    days: int | None = None

    @property
    def is_open(self) -> bool:
        return self.state in _OPEN


def standing(due: date | None, submitted: date | None, day: date) -> Standing:
    """How a report stands at the end of `day`; what was handed in later is not there yet."""
    if submitted is not None and submitted <= day:
        late = 0 if due is None else (submitted - due).days
        return Standing(State.DONE_LATE, late) if late > 0 else Standing(State.DONE)
    if due is None:
        return Standing(State.UNDATED)
    left = (due - day).days
    if left < 0:
        return Standing(State.LATE, -left)
    return Standing(State.SOON if left <= SOON_DAYS else State.NOT_DUE, left)
