"""Which days a report tells of: from the last cut-off to its own, as the calendar of the plan says.

A report that is signed earlier knows what was known on that day, and no more.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from giamngheo_desktop.domain import report_periods
from giamngheo_desktop.domain.report_calendar import Direction, Rule, occurrences
from giamngheo_desktop.services.reporting import schedules
from giamngheo_desktop.storage import plans
from giamngheo_desktop.storage.engine import Connection


def cutoffs(connection: Connection, unit: UUID, year: int) -> dict[str, date]:
    """By period, the ngày chốt of what the unit sends itself; where two are said the first holds,
    where none is said there is none.
    """
    found: dict[str, date] = {}
    plan = plans.in_force(connection, year).get(unit)
    for row in schedules.of_plan(connection, plan) if plan else ():
        rule = Rule.of(row)
        if row["direction"] == Direction.OUTGOING and rule.cutoff_day is not None:
            for one in occurrences(rule, year):
                found.setdefault(one.period, one.cutoff)
    return found


def span(connection: Connection, unit: UUID, year: int, period: str) -> tuple[date, date]:
    """The days of a period: a month or quarter goes on where the one before it was cut."""
    first, last = report_periods.span(period, year)
    cut = cutoffs(connection, unit, year)
    ended = cut.get(report_periods.before(period))
    return ended + timedelta(days=1) if ended else first, cut.get(period, last)
