"""Days, months and periods of a danh sách kỳ, against plain sets of days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giamngheo_desktop.domain.period_list import (
    Counts,
    Days,
    Length,
    Span,
    common,
    compare,
    joined,
    month_end,
    period_of,
    rows_of,
    without,
)

FIRST = date(2026, 1, 1)
HOMES = [UUID(int=number) for number in (1, 2)]
VILLAGE, PERSON = UUID(int=9), UUID(int=5)

days = st.integers(0, 120).map(lambda number: FIRST + timedelta(days=number))
runs = st.lists(st.tuples(days, days).map(lambda pair: (min(pair), max(pair))), max_size=5)


def each(found: Iterable[Days]) -> set[date]:
    return {
        first + timedelta(days=number)
        for first, last in found
        for number in range((last - first).days + 1)
    }


@settings(max_examples=60)
@given(one=runs, other=runs)
def test_runs_are_sets_of_days(one: list[Days], other: list[Days]) -> None:
    assert each(joined(one)) == each(one)
    assert each(common(one, other)) == each(one) & each(other)
    assert each(without(one, other)) == each(one) - each(other)
    whole = joined(one)
    assert all(a[1] + timedelta(days=1) < b[0] for a, b in pairwise(whole))


@pytest.mark.parametrize(
    ("text", "length", "first", "last", "months"),
    [
        ("2026-11", Length.MONTH, date(2026, 11, 1), date(2026, 11, 30), 1),
        ("2026-12", Length.MONTH, date(2026, 12, 1), date(2026, 12, 31), 1),
        ("2028-Q1", Length.QUARTER, date(2028, 1, 1), date(2028, 3, 31), 3),
        ("2026-q4", Length.QUARTER, date(2026, 10, 1), date(2026, 12, 31), 3),
        ("2026-2027", Length.SCHOOL_YEAR, date(2026, 9, 1), date(2027, 5, 31), 9),
    ],
)
def test_periods(text: str, length: Length, first: date, last: date, months: int) -> None:
    found = period_of(text, length)
    assert (found.first, found.last, len(found.months)) == (first, last, months)
    assert found.code == text.upper()


@pytest.mark.parametrize(
    "text", ["2026", "2026-0", "2026-13", "26-11", "2026-2028", "2026-Q0", "x"]
)
@pytest.mark.parametrize("length", list(Length))
def test_what_is_no_period(text: str, length: Length) -> None:
    with pytest.raises(ValueError, match=text):
        period_of(text, length)


@settings(max_examples=60)
@given(homes=st.lists(runs, min_size=2, max_size=2), counts=st.sampled_from(list(Counts)))
def test_months_are_counted_by_days(homes: list[list[Days]], counts: Counts) -> None:
    """One person, by turns in two households: never in both on one day."""
    first_home = joined(homes[0])
    lives = [first_home, without(homes[1], first_home)]
    grounds = ("poor", "near_poor")
    own = [
        Span(HOMES[at], PERSON, grounds[at], VILLAGE, first, last)
        for at, found in enumerate(lives)
        for first, last in found
    ]
    period = period_of("2026-Q1", Length.QUARTER)
    entitled = each(first_home) | each(lives[1])
    counted = []
    for first in period.months:
        month = each([(first, month_end(first))])
        held = {
            Counts.ANY_DAY: bool(month & entitled),
            Counts.FIRST_DAY: first in entitled,
            Counts.WHOLE: month <= entitled,
        }[counts]
        counted += [first] if held else []
    rows = rows_of({PERSON: own}, period, counts)
    assert bool(rows) == bool(counted)
    if not rows:
        return
    row = rows[PERSON]
    assert (row.months, list(row.counted)) == (len(counted), counted)
    last = max(entitled & each([(period.first, period.last)]))
    at = 0 if last in each(first_home) else 1
    assert (row.household, row.ground) == (HOMES[at], grounds[at])
    begin = last
    while begin - timedelta(days=1) in each(lives[at]):
        begin -= timedelta(days=1)
    assert row.from_day == begin
    goes_on = last == period.last and last + timedelta(days=1) in each(lives[at])
    assert row.to_day == (None if goes_on else last)
    same = compare(rows, rows, same_period=True)
    assert same.is_same
    assert same.kept == (row,)
