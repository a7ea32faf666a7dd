"""The procedure of a review as data: its steps, who does them, and by when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from giamngheo_desktop.domain.standard import Certainty
from giamngheo_desktop.domain.working_days import Calendar


class ReviewKind(StrEnum):
    """Rà soát định kỳ or thường xuyên."""

    PERIODIC = "periodic"
    IN_YEAR = "in_year"


class Scope(StrEnum):
    """For whom a step has a state of its own."""

    COMMUNE = "commune"
    VILLAGE = "village"


class Anchor(StrEnum):
    """What a number of days is counted from."""

    BEGUN = "begun"  # the review
    POSTED = "posted"
    COMPLAINED = "complained"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """By when something must be done: a day of the year, or so many days after something.

    Of `month` with `day`, `days`, `working_days` and `next_month_day` one is given. `setting` names
    the number in Cài đặt that a commune or its province may set otherwise. With `months` (first,
    last) the limit runs only where its last day lies in one of these. `source` is in words.
    """

    month: int | None = None
    day: int | None = None
    days: int | None = None
    working_days: int | None = None
    next_month_day: int | None = None
    after: Anchor = Anchor.BEGUN
    months: tuple[int, int] | None = None
    setting: str = ""
    certainty: Certainty = Certainty.TO_CONFIRM
    source: str = ""

    def due(
        self,
        year: int,
        anchors: Mapping[Anchor, date],
        calendar: Calendar,
        settings: Mapping[str, int],
    ) -> date | None:
        """The last day; None while what it is counted from has not happened, or for a day outside
        `months`.
        """
        found = self._day(year, anchors, calendar, settings)
        if found is not None and self.months is not None:
            first, last = self.months
            return found if first <= found.month <= last else None
        return found

    def _day(
        self,
        year: int,
        anchors: Mapping[Anchor, date],
        calendar: Calendar,
        settings: Mapping[str, int],
    ) -> date | None:
        if self.month is not None and self.day is not None:
            return date(year, self.month, self.day)
        start = anchors.get(self.after)
        if start is None:
            return None
        if self.working_days is not None:
            return calendar.after(start, settings.get(self.setting, self.working_days))
        if self.days is not None:
            return start + timedelta(days=settings.get(self.setting, self.days))
        if self.next_month_day is not None:
            following = start.replace(day=1) + timedelta(days=31)
            return following.replace(day=self.next_month_day)
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDef:
    """One step: `actor` does it; `optional` steps count only where they are switched on."""

    code: str
    label: str
    scope: Scope
    actor: str
    help: str = ""
    optional: bool = False
    limit: Limit | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """The steps of a kind of review, in their order, with the days they are in force."""

    code: str
    version: int
    label: str
    kind: ReviewKind
    valid_from: date
    valid_to: date | None
    legal_basis: str
    steps: tuple[StepDef, ...]
    window: tuple[tuple[int, int], tuple[int, int]] | None = None  # month, day: first and last
    starts_on: int | None = None  # day of the month an in-year review begins on

    def first_day(self, year: int, month: int | None = None) -> date:
        """The day from which such a review may begin: of the year, or of the month."""
        if self.starts_on is not None and month is not None:
            return date(year, month, self.starts_on)
        first, _ = self.window or ((1, 1), (12, 31))
        return date(year, *first)

    def limit_of(self, setting: str) -> Limit | None:
        """The limit whose number of days a setting may change."""
        limits = (step.limit for step in self.steps if step.limit is not None)
        return next((limit for limit in limits if limit.setting == setting), None)

    def step(self, code: str) -> StepDef:
        return next(step for step in self.steps if step.code == code)

    def __contains__(self, code: str) -> bool:
        return any(step.code == code for step in self.steps)
