"""Birth dates as papers give them: full, month and year, or year only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_STORED = re.compile(r"\d{4}(-\d\d){0,2}")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day of which the day, or day and month, may be unknown (None).

    Raises ValueError for a day without a month and for days the calendar does not have.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day needs its month")
        month = 1 if self.month is None else self.month
        date(self.year, month, 1 if self.day is None else self.day)

    @property
    def earliest(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        if self.day is not None:
            return self.earliest
        month = self.month or 12
        following = date(self.year + month // 12, month % 12 + 1, 1)
        return following - timedelta(days=1)

    @property
    def is_full(self) -> bool:
        return self.day is not None

    def iso(self) -> str:
        """`1987`, `1987-03` or `1987-03-05`: the stored form, which sorts as text."""
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @classmethod
    def from_iso(cls, text: str) -> PartialDate:
        """Raises ValueError for what is no such day."""
        try:
            return cls(*(int(part) for part in text.split("-")))
        except (TypeError, OverflowError) as error:
            raise ValueError(text) from error

    def ages_on(self, day: date) -> tuple[int, int]:
        """Youngest and oldest completed age (years) that this birth date allows on `day`."""
        return _age(self.latest, day), _age(self.earliest, day)


def is_coarser(one: str | None, other: str | None) -> bool:
    """Whether one stored form says less of the very day that another says: 1987 of 1987-03-05."""
    if one is None or other is None or not other.startswith(f"{one}-"):
        return False
    return all(_STORED.fullmatch(text) for text in (one, other))


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
