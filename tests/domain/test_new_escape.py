"""Hộ mới thoát nghèo: 36 months from the recognition, case 37, and what ends it earlier."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.new_escape import Recognition, escape, months_later

P, N, K = "poor", "near_poor", "not_poor"
FIRST, SECOND, THIRD = date(2022, 12, 15), date(2023, 12, 15), date(2024, 12, 15)
DAY = timedelta(days=1)


def seen(*classes: str, standard: str = "2022") -> list[Recognition]:
    return [
        Recognition(standard, code, day)
        for code, day in zip(classes, (FIRST, SECOND, THIRD), strict=False)
    ]


def test_case_37():
    found = escape(seen(P, K))
    assert found.holds_on(date(2026, 12, 14))
    assert not found.holds_on(date(2026, 12, 15))
    assert found.holds_on(SECOND)
    assert not found.holds_on(SECOND - DAY)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 1, 31), 36, date(2027, 1, 31)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 12, 31), 2, date(2025, 2, 28)),
        (date(2024, 12, 15), 12, date(2025, 12, 15)),
        (date(2024, 12, 15), 1, date(2025, 1, 15)),
    ],
)
def test_months_end_where_the_month_does(day, months, expected):
    assert months_later(day, months) == expected


@pytest.mark.parametrize(
    ("classes", "near_poor", "since"),
    [
        ((P, K), False, SECOND),
        ((P, "average"), False, SECOND),
        ((P, P), False, None),
        ((K, K), False, None),
        ((N, K), False, None),  # thoát cận nghèo
        ((P, K, P), False, None),
        ((P, K, N), False, None),
        ((P, K, N), True, None),  # near-poor again
        ((P, K, K), False, SECOND),
        ((P, N), False, None),
        ((P, N), True, SECOND),
        ((P, N, K), True, SECOND),
        ((P, N, N), True, SECOND),
        ((P, N, P), True, None),
        ((P, N, K), False, None),
        ((P, P, K), False, THIRD),
    ],
)
def test_what_begins_and_what_ends_it(classes, near_poor, since):
    found = escape(seen(*classes), near_poor=near_poor)
    assert (found.since if found else None) == since


def test_another_standard_makes_no_escape_but_ends_one():
    old = Recognition("2016", P, FIRST)
    assert escape([old, Recognition("2022", K, SECOND)]) is None
    left = Recognition("2016", K, SECOND)
    assert escape([old, left, Recognition("2022", K, SECOND)]).since == SECOND
    assert escape([old, left, Recognition("2022", N, SECOND)]) is None


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 120))
def test_months_never_shrink_a_period(day, months):
    later = months_later(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day
    assert later.day == day.day or (later + DAY).day == 1
