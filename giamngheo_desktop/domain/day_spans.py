"""Days off as an officer lists them: from, to; and what a pasted block says of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from giamngheo_desktop.domain.dates import parse_date
from giamngheo_desktop.domain.pasted_table import Skipped
from giamngheo_desktop.domain.vietnamese import clean

LONGEST = 31  # days; a longer run is a slip of the finger
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day to the last one."""

    first: date
    last: date

    def days(self) -> Iterable[date]:
        return (self.first + _DAY * n for n in range((self.last - self.first).days + 1))


def spans_of(days: Iterable[date]) -> list[Span]:
    """The days as runs without a gap, in order."""
    found: list[Span] = []
    for day in sorted(set(days)):
        if found and found[-1].last + _DAY == day:
            found[-1] = Span(found[-1].first, day)
        else:
            found.append(Span(day, day))
    return found


def spans_in(block: Sequence[Sequence[str]]) -> tuple[list[Span], tuple[Skipped, ...]]:
    """Of each pasted line its first two days; lines without one are told."""
    found: list[Span] = []
    skipped: list[Skipped] = []
    for number, line in enumerate(block, start=1):
        days = [day for cell in line if (day := _day(cell)) is not None]
        if days:
            found.append(Span(days[0], days[1] if len(days) > 1 else days[0]))
        elif any(map(clean, line)):
            skipped.append(Skipped(number, " | ".join(filter(None, map(clean, line))), "dayless"))
    return found, tuple(skipped)


def _day(text: str) -> date | None:
    try:
        return parse_date(clean(text))
    except ValueError:
        return None
