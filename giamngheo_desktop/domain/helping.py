"""Who stands by a household, and whether anybody came: assignments and visits as values.

Only an assignment of a household makes a helper; who is in charge of a village, or only watches a
household (`WATCHES`), helps none by that. How often a helper has to come no source says: the views
ask once a quarter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from giamngheo_desktop.domain.new_escape import months_later

WATCHES = "watches"  # theo dõi, báo biến cố
VISIT_MONTHS = 3
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Helper:
    """A person, or a body that helps as a whole; one of both is known."""

    officer: UUID | None
    body: UUID | None

    @classmethod
    def of(cls, officer: UUID | None, body: UUID | None) -> Helper:
        """The body of a person only says where he comes from."""
        return cls(officer, None if officer else body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Of a household, or of a village where it names none; `valid_to` is the last day."""

    uid: UUID
    household: UUID | None
    village: UUID | None
    officer: UUID | None
    body: UUID | None
    role: str | None = None
    valid_from: date
    valid_to: date | None = None

    @property
    def helper(self) -> Helper:
        return Helper.of(self.officer, self.body)

    @property
    def helps(self) -> bool:
        """Whether it gives a household a helper."""
        named = self.officer is not None or self.body is not None
        return self.household is not None and named and self.role != WATCHES

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def is_visit(self, visit: Visit) -> bool:
        """Whether it was a visit of this helper to this household while it was his: his own, one
        of the body that is named, or of somebody of the body that helps as a whole.
        """
        if visit.household != self.household or not self.holds_on(visit.day):
            return False
        if self.officer is not None and visit.officer == self.officer:
            return True
        if self.body is None:
            return False
        return visit.body == self.body or (self.officer is None and visit.comes_from == self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """`body` is the one that is written; `comes_from` that of the visitor where none is."""

    household: UUID
    officer: UUID | None
    body: UUID | None
    comes_from: UUID | None = None
    day: date


@dataclass(frozen=True, slots=True)
class Stay:
    """A household in the register, from the first to the last day."""

    first: date
    last: date | None


Stays = Mapping[UUID, Iterable[Stay]]


def quarter_of(day: date) -> int:
    """1 to 4."""
    return (day.month + 2) // 3


def quarter_days(year: int, quarter: int) -> tuple[date, date]:
    """The first and the last day."""
    first = date(year, 3 * quarter - 2, 1)
    return first, months_later(first, 3) - _DAY


def helping_on(assignments: Iterable[Assignment], day: date) -> dict[UUID, tuple[Assignment, ...]]:
    """The assignments in force by household, as they were made: each gives it a helper."""
    found: dict[UUID, list[Assignment]] = {}
    for one in assignments:
        if one.household is not None and one.helps and one.holds_on(day):
            found.setdefault(one.household, []).append(one)
    return {home: tuple(ones) for home, ones in found.items()}


def had(assignment: Assignment, stays: Stays, first: date, last: date) -> bool:
    """Whether the helper had the household on some day of the span, and it was in the register."""
    if not assignment.helps or assignment.household is None:
        return False
    begins = max(first, assignment.valid_from)
    ends = last if assignment.valid_to is None else min(last, assignment.valid_to)
    return begins <= ends and any(
        stay.first <= ends and (stay.last is None or begins <= stay.last)
        for stay in stays.get(assignment.household, ())
    )


def silent(
    assignments: Iterable[Assignment],
    visits: Iterable[Visit],
    stays: Stays,
    first: date,
    last: date,
) -> dict[Helper, tuple[Assignment, ...]]:
    """The helpers who had a household between two days and came to none, with what they had."""
    had_then: dict[Helper, list[Assignment]] = {}
    for one in assignments:
        if had(one, stays, first, last):
            had_then.setdefault(one.helper, []).append(one)
    came = [visit for visit in visits if first <= visit.day <= last]
    by_home: dict[UUID, list[Visit]] = {}
    for visit in came:
        by_home.setdefault(visit.household, []).append(visit)
    return {
        helper: tuple(ones)
        for helper, ones in had_then.items()
        if not any(one.is_visit(visit) for one in ones for visit in _of(one, by_home))
    }


def last_visit(
    assignments: Iterable[Assignment], visits: Mapping[UUID, Iterable[Visit]], day: date
) -> date | None:
    """The last day up to `day` on which a helper came to a household, by all that made it his."""
    return max(
        (
            visit.day
            for one in assignments
            for visit in _of(one, visits)
            if visit.day <= day and one.is_visit(visit)
        ),
        default=None,
    )


def due_on(assignment: Assignment, came: date | None) -> date:
    """The last day for the next visit, counted from the last one, or from the assignment."""
    begins = assignment.valid_from
    return months_later(begins if came is None else max(came, begins), VISIT_MONTHS)


def _of(assignment: Assignment, visits: Mapping[UUID, Iterable[Visit]]) -> Iterable[Visit]:
    return visits.get(assignment.household, ()) if assignment.household is not None else ()
