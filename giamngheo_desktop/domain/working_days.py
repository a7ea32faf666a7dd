"""Counts days as limits of the procedure do: calendar days, or working days without holidays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """`yearly` are holidays of every year (month, day); `off` single days that the officer adds:
    Tết and other lunar holidays, days given in lieu. `working` are weekend days worked instead.
    """

    yearly: frozenset[tuple[int, int]] = frozenset()
    off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        if day in self.working:
            return True
        is_holiday = (day.month, day.day) in self.yearly or day in self.off
        return day.weekday() < _SATURDAY and not is_holiday

    def after(self, start: date, working_days: int) -> date:
        """The day on which that many working days have passed; the first day does not count
        (Bộ luật Dân sự 2015, Điều 147). Nought gives `start`.
        """
        day = start
        for _ in range(working_days):
            day += timedelta(days=1)
            while not self.is_working(day):
                day += timedelta(days=1)
        return day

    def count(self, start: date, end: date) -> int:
        """The working days after `start` up to and with `end`; nought where it is not later."""
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return sum(map(self.is_working, days))
