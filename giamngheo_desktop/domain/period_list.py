"""Danh sách kỳ: who is entitled in a month, quarter or school year, and what is otherwise than in
the list last issued.

Spans say which days somebody is entitled on, by which ground and in which village. A row of a list
is made of the spans of one person (or household); two lists are compared row by row, always against
what was issued.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from giamngheo_desktop.domain.standard import AVERAGE_LIVING, Certainty, Fact

DAY = timedelta(days=1)
FOREVER = date.max
Days = tuple[date, date]  # from the first day to the last one


class Length(StrEnum):
    """What a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    SCHOOL_YEAR = "school_year"


class Per(StrEnum):
    """Who stands on a line."""

    HOUSEHOLD = "household"
    PERSON = "person"


class Counts(StrEnum):
    """When a month counts."""

    ANY_DAY = "any_day"
    FIRST_DAY = "first_day"
    WHOLE = "whole"


COMPARED = ("ground", "household", "village")  # what makes a row đổi
_ALSO = ("months", "amount")  # of the same period this too


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One ground (diện): all of what is set must hold. An earlier ground comes before a later one.

    `allowance`: a member gets a social allowance; `most_kwh`: the key of the policy value that the
    household's electricity may not exceed.
    """

    code: str
    label: str
    short: str  # in a table
    household_class: str | None = None
    average_living: bool = False
    allowance: bool = False
    most_kwh: str = ""
    certainty: Certainty
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodListDef:
    """The rules of one list. `amount` is the key of the policy value a month is worth; without it
    the list has no money. `day_of_death`: it still entitles; `changed_when`: which of COMPARED
    make a row đổi. `school_levels`: only persons who attend one of them; whether those of
    `school_ages` (years) attend is asked for where it is not known.
    """

    code: str
    version: int
    label: str
    valid_from: date
    valid_to: date | None
    legal_basis: str
    title: str
    per: Per
    length: Length
    counts: Fact[str]
    day_of_death: Fact[bool]
    changed_when: Fact[tuple[str, ...]]
    grounds: tuple[Ground, ...]
    amount: str = ""
    first_month: Fact[int] | None = None  # of a school year
    months: Fact[int] | None = None
    school_levels: tuple[str, ...] = ()
    school_ages: tuple[int, int] | None = None
    notes: tuple[str, ...] = ()
    sources: Mapping[str, str]

    def ground_label(self, code: str) -> str:
        """In short; a code that the list does not have as it is."""
        return next((one.short for one in self.grounds if one.code == code), code)

    @property
    def classes(self) -> frozenset[str]:
        """The classes that entitle by themselves."""
        found = set()
        for one in self.grounds:
            if not one.allowance and not one.most_kwh:
                found.add(AVERAGE_LIVING if one.average_living else one.household_class)
        return frozenset(code for code in found if code is not None)

    def period_with(self, day: date) -> Period:
        """The month or quarter of a day, or the school year that was the last to begin by then."""
        if self.length is Length.MONTH:
            return self.period(f"{day.year:04}-{day.month:02}")
        if self.length is Length.QUARTER:
            return self.period(f"{day.year:04}-Q{(day.month + 2) // 3}")
        begun = self.period(f"{day.year:04}-{day.year + 1:04}").first
        year = day.year if begun <= day else day.year - 1
        return self.period(f"{year:04}-{year + 1:04}")

    def period(self, text: str) -> Period:
        """The period that is named so; ValueError where it is no period of this list."""
        first = self.first_month.value if self.first_month else None
        count = self.months.value if self.months else None
        return period_of(text, self.length, first_month=first or 9, months=count or 9)


@dataclass(frozen=True, slots=True)
class Period:
    """`code` as it is named (2026-11, 2026-Q4, 2026-2027) and the first days of its months."""

    code: str
    months: tuple[date, ...]

    @property
    def first(self) -> date:
        return self.months[0]

    @property
    def last(self) -> date:
        return month_end(self.months[-1])


def month_end(first: date) -> date:
    return _months_on(first, 1) - DAY


def _months_on(first: date, count: int) -> date:
    month = first.month - 1 + count
    return date(first.year + month // 12, month % 12 + 1, 1)


def months_between(first: date, last: date) -> tuple[date, ...]:
    """The first days of the months from one day to another."""
    begin = first.replace(day=1)
    count = 12 * (last.year - begin.year) + last.month - begin.month + 1
    return tuple(_months_on(begin, at) for at in range(count))


def period_of(text: str, length: Length, *, first_month: int = 9, months: int = 9) -> Period:
    """`2026-11`, `2026-Q4` or `2026-2027` by the length; ValueError for anything else."""
    patterns = {
        Length.MONTH: r"(\d{4})-(0[1-9]|1[0-2])",
        Length.QUARTER: r"(\d{4})-[Qq]([1-4])",
        Length.SCHOOL_YEAR: r"(\d{4})-(\d{4})",
    }
    found = re.fullmatch(patterns[length], text.strip(), re.ASCII)
    if found is None:
        raise ValueError(text)
    year, part = int(found[1]), int(found[2])
    if length is Length.MONTH:
        begin, count = date(year, part, 1), 1
    elif length is Length.QUARTER:
        begin, count = date(year, 3 * part - 2, 1), 3
    else:
        if part != year + 1:
            raise ValueError(text)
        begin, count = date(year, first_month, 1), months
    return Period(text.strip().upper(), tuple(_months_on(begin, at) for at in range(count)))


# --- Days -----------------------------------------------------------------------------------------


def joined(days: Iterable[Days]) -> list[Days]:
    """The same days as runs without a gap, in order."""
    found: list[Days] = []
    for first, last in sorted(one for one in days if one[0] <= one[1]):
        if found and (found[-1][1] == FOREVER or first <= found[-1][1] + DAY):
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def common(one: Iterable[Days], other: Iterable[Days]) -> list[Days]:
    """The days in both."""
    others = list(other)
    met = ((max(a, c), min(b, d)) for a, b in one for c, d in others)
    return joined((first, last) for first, last in met if first <= last)


def without(one: Iterable[Days], other: Iterable[Days]) -> list[Days]:
    """The days of the first that are none of the second."""
    rest = joined(one)
    for first, last in joined(other):
        parts: list[Days] = []
        for a, b in rest:
            if b < first or a > last:
                parts.append((a, b))
                continue
            if a < first:
                parts.append((a, first - DAY))
            if b > last:
                parts.append((last + DAY, b))
        rest = parts
    return rest


# --- Facts ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stay:
    """A person in a household, the last day FOREVER while it lasts; why it began and ended."""

    person: UUID
    first: date
    last: date
    reason: str | None = None
    end_reason: str | None = None
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A household in a village; `reason` is why it came, or why it left the register."""

    village: UUID
    first: date
    last: date
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ClassDays:
    """A recognised class, on the days it holds."""

    first: date
    last: date
    household_class: str | None
    average_living: bool = False
    number: str | None = None  # of its decision
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """What the register knows of a household through time. `grounds`: on which days each ground is
    met, before an earlier one takes precedence; `listed`: the persons a list by person may name,
    None: all.
    """

    household: UUID
    places: tuple[Place, ...] = ()
    classes: tuple[ClassDays, ...] = ()
    stays: tuple[Stay, ...] = ()
    grounds: Mapping[str, Sequence[Days]] | None = None
    listed: frozenset[UUID] | None = None


def with_day_of_death(home: Home) -> Home:
    """The register ends a stay the day before a death; here who dies is there on that day, with
    the class of his household where it ends with him.
    """
    ended = {place.last for place in home.places if place.reason == "death"}
    return replace(
        home,
        stays=tuple(
            replace(stay, last=_day_after(stay.last)) if stay.end_reason == "death" else stay
            for stay in home.stays
        ),
        places=tuple(
            replace(place, last=_day_after(place.last)) if place.reason == "death" else place
            for place in home.places
        ),
        classes=tuple(
            replace(one, last=_day_after(one.last)) if one.last in ended else one
            for one in home.classes
        ),
    )


def _day_after(day: date) -> date:
    return day if day == FOREVER else day + DAY


@dataclass(frozen=True, slots=True)
class Span:
    """Days of one entitlement."""

    household: UUID
    person: UUID | None
    ground: str
    village: UUID
    first: date
    last: date

    @property
    def key(self) -> UUID:
        """Whom a list compares: the person, in whatever household; else the household."""
        return self.person or self.household


@dataclass(frozen=True, slots=True)
class Entitled:
    """A row of a list. `from_day` is the first day of the ground in the household, also before the
    period; `to_day` the last one, None while it goes on beyond the period. `counted` are the first
    days of the months that count.
    """

    household: UUID
    person: UUID | None
    ground: str
    village: UUID | None
    from_day: date
    to_day: date | None
    months: int | None
    amount: int | None = None
    counted: tuple[date, ...] = ()

    @property
    def key(self) -> UUID:
        return self.person or self.household


def spans(
    homes: Iterable[Home], definition: PeriodListDef, villages: frozenset[UUID]
) -> dict[UUID, list[Span]]:
    """By whom a list compares, in order: the days each is entitled in these villages."""
    found: dict[UUID, list[Span]] = {}
    force = [(definition.valid_from, definition.valid_to or FOREVER)]
    for home in homes:
        taken: list[Days] = []
        for ground in definition.grounds:
            met = (home.grounds or {}).get(ground.code, ())
            days = common(without(met, taken), force)
            taken = joined([*taken, *met])
            for span in _spans(home, definition.per, ground.code, days, villages):
                found.setdefault(span.key, []).append(span)
    for own in found.values():
        own.sort(key=lambda span: (span.first, span.last, str(span.household), span.ground))
    return found


def _spans(
    home: Home, per: Per, ground: str, days: Sequence[Days], villages: frozenset[UUID]
) -> Iterable[Span]:
    if not days:
        return
    by_person: dict[UUID | None, list[Days]] = {}
    if per is Per.HOUSEHOLD:
        by_person[None] = [(date.min, FOREVER)]
    else:
        for stay in home.stays:
            if home.listed is None or stay.person in home.listed:
                by_person.setdefault(stay.person, []).append((stay.first, stay.last))
    for place in home.places:
        if place.village in villages:
            here = common(days, [(place.first, place.last)])
            for person, stays in by_person.items():
                for first, last in common(here, joined(stays)):
                    yield Span(home.household, person, ground, place.village, first, last)


# --- Rows -----------------------------------------------------------------------------------------


def counted_months(own: Iterable[Span], period: Period, counts: Counts) -> tuple[date, ...]:
    """The first days of the months of the period that count."""
    days = joined((span.first, span.last) for span in own)
    found = []
    for first in period.months:
        last = month_end(first)
        if counts is Counts.FIRST_DAY:
            last = first
        met = common(days, [(first, last)])
        if met and (counts is not Counts.WHOLE or met == [(first, last)]):
            found.append(first)
    return tuple(found)


def rows_of(
    found: Mapping[UUID, Sequence[Span]], period: Period, counts: Counts
) -> dict[UUID, Entitled]:
    """The list of a period: who has a month in it that counts, as the last day of it says."""
    rows = {}
    for key, own in found.items():
        months = counted_months(own, period, counts)
        if months:
            rows[key] = _row(own, period, months)
    return rows


def _row(own: Sequence[Span], period: Period, months: tuple[date, ...]) -> Entitled:
    here = [span for span in own if span.first <= period.last and span.last >= period.first]
    # Of two at once, which only a damaged file holds, the later begun one.
    last = max(here, key=lambda span: (min(span.last, period.last), span.first))
    same = joined(
        (span.first, span.last)
        for span in own
        if (span.household, span.ground) == (last.household, last.ground)
    )
    shown = min(last.last, period.last)
    first, end = next((a, b) for a, b in same if a <= shown <= b)
    return Entitled(
        last.household,
        last.person,
        last.ground,
        last.village,
        first,
        end if end <= period.last else None,
        len(months),
        counted=months,
    )


# --- Comparing ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """Who stands on both lists otherwise; `what`: ground, household, village, months, amount."""

    then: Entitled
    now: Entitled
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Tăng, giảm, đổi, giữ nguyên: issued + added − removed are those listed now."""

    added: tuple[Entitled, ...]
    removed: tuple[Entitled, ...]  # as they were issued
    changed: tuple[Change, ...]
    kept: tuple[Entitled, ...]

    @property
    def is_same(self) -> bool:
        return not (self.added or self.removed or self.changed)


def compare(
    now: Mapping[UUID, Entitled],
    issued: Mapping[UUID, Entitled],
    *,
    same_period: bool = False,
    changed_when: Sequence[str] = COMPARED,
) -> Comparison:
    """The list of now against the rows issued; of the same period months and amount too."""
    names = (*changed_when, *_ALSO) if same_period else tuple(changed_when)
    changed, kept = [], []
    for key, row in now.items():
        if key in issued:
            then = issued[key]
            what = tuple(name for name in names if getattr(row, name) != getattr(then, name))
            if what:
                changed.append(Change(then, row, what))
            else:
                kept.append(row)
    return Comparison(
        tuple(row for key, row in now.items() if key not in issued),
        tuple(row for key, row in issued.items() if key not in now),
        tuple(changed),
        tuple(kept),
    )
