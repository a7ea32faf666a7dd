"""Hộ mới thoát nghèo: for so many months from the recognition that a household left the poor list.

36 months (QĐ 90/QĐ-TTg 2022, by the author's knowledge, to be confirmed). Whether who became a
near-poor household counts as well is in no source found: a setting, by default it does not, as in
the rule for credit. It ends earlier where the household is poor or near-poor again.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from giamngheo_desktop.domain.standard import HouseholdClass

MONTHS = 36


@dataclass(frozen=True, slots=True)
class Recognition:
    """A recognised class: since which decision, and under which standard."""

    standard: str
    household_class: str
    day: date


@dataclass(frozen=True, slots=True)
class Escape:
    """From the day of the recognition to the day before `until`."""

    since: date
    until: date

    @property
    def last(self) -> date:
        """The last day it holds."""
        return self.until - timedelta(days=1)

    def holds_on(self, day: date) -> bool:
        return self.since <= day < self.until


def escape(
    recognised: Iterable[Recognition], *, months: int = MONTHS, near_poor: bool = False
) -> Escape | None:
    """What the last of a household's recognitions, given in order, leave of an escape.

    Only under one standard a household leaves its list; being poor or near-poor under any ends it.
    """
    since: date | None = None
    last: dict[str, str] = {}
    newest: str | None = None
    for one in recognised:
        before, now = last.get(one.standard), one.household_class
        if now == HouseholdClass.POOR:
            since = None
        elif now == HouseholdClass.NEAR_POOR:
            if before == HouseholdClass.POOR and near_poor:
                since = one.day
            elif newest != HouseholdClass.NEAR_POOR:
                since = None
        elif before == HouseholdClass.POOR:
            since = one.day
        last[one.standard] = newest = now
    return None if since is None else Escape(since, months_later(since, months))


def months_later(day: date, months: int) -> date:
    """The same day of a later month; the last one of it where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
