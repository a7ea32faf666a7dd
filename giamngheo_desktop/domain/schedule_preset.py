"""Chế độ báo cáo as known plans print it: what a commune may begin with, and has to confirm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from giamngheo_desktop.domain.report_calendar import Direction, Rule, Senders
from giamngheo_desktop.domain.report_periods import PeriodType, month_end
from giamngheo_desktop.domain.standard import Certainty, Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class PresetSchedule:
    """One report of a preset; of one that comes `once` day and month are of the plan's year.

    A fact without a value is one that its plan does not print: the commune is asked for it.
    """

    direction: Direction
    period: Fact[str]  # a PeriodType
    content: str
    senders: Senders
    sender: str
    via: Fact[str] | None
    recipient: Fact[str] | None  # None: the unit itself
    due_day: Fact[int]
    due_month: Fact[int] | None  # None: the last month of the period
    before: bool
    cutoff_day: Fact[int] | None
    certainty: Certainty
    source: str

    @property
    def period_type(self) -> PeriodType:
        return PeriodType(self.period.value or "")

    def rule(self, year: int) -> Rule:
        """When it comes in a plan of the year."""
        period, day = self.period_type, self.due_day.value
        month = self.due_month.value if self.due_month else None
        due_on = None
        if period is PeriodType.ONCE and day and month:
            due_on = min(date(year, month, 1) + timedelta(days=day - 1), month_end(year, month))
            day = month = None
        return Rule(
            period=period,
            due_day=day,
            due_month=month,
            due_on=due_on,
            before=self.before,
            cutoff_day=self.cutoff_day.value if self.cutoff_day else None,
        )

    @property
    def facts(self) -> tuple[Fact[str] | Fact[int], ...]:
        said = (
            self.period,
            self.due_day,
            self.due_month,
            self.cutoff_day,
            self.via,
            self.recipient,
        )
        return tuple(one for one in said if one is not None)

    @property
    def notes(self) -> tuple[str, ...]:
        """What its commune has to look at, each once."""
        unsure = (one.note for one in self.facts if one.certainty is not Certainty.CONFIRMED)
        return tuple(dict.fromkeys(note for note in unsure if note))


@dataclass(frozen=True, slots=True, kw_only=True)
class SchedulePreset:
    """The reports that one plan asks for."""

    code: str
    version: int
    label: str
    valid_from: date
    valid_to: date | None
    legal_basis: str
    schedules: tuple[PresetSchedule, ...]
    sources: Mapping[str, str]
