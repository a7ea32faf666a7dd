"""Which review takes an application, by the day it was received, and by when it is answered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import Definitions, shipped_definitions
from giamngheo_desktop.domain.applications import Slot, slot_of
from giamngheo_desktop.domain.workflow import ReviewKind

DEFINITIONS: Definitions = shipped_definitions(paths.resources() / "definitions")
DAYS = st.dates(date(2022, 1, 1), date(2030, 12, 31))


def slot(received: date, **settings: int) -> Slot:
    in_year = DEFINITIONS.workflow("in_year", received)
    return slot_of(received, in_year, DEFINITIONS.workflow("periodic", received), settings)


def test_case_39_of_the_law() -> None:
    assert slot(date(2026, 3, 10)) == Slot(ReviewKind.IN_YEAR, date(2026, 3, 15), date(2026, 3, 30))


@pytest.mark.parametrize(
    ("received", "begins", "due"),
    [
        (date(2026, 3, 14), date(2026, 3, 15), date(2026, 3, 30)),
        (date(2026, 3, 15), date(2026, 3, 15), date(2026, 3, 30)),  # it lies there as it begins
        (date(2026, 3, 16), date(2026, 4, 15), date(2026, 4, 30)),
        (date(2026, 1, 16), date(2026, 2, 15), date(2026, 3, 2)),
        (date(2028, 1, 31), date(2028, 2, 15), date(2028, 3, 1)),  # a leap year
        (date(2026, 2, 28), date(2026, 3, 15), date(2026, 3, 30)),
        (date(2025, 12, 15), date(2025, 12, 15), date(2025, 12, 30)),
        (date(2025, 12, 16), date(2026, 1, 15), date(2026, 1, 30)),
        (date(2025, 12, 31), date(2026, 1, 15), date(2026, 1, 30)),
        (date(2026, 8, 15), date(2026, 8, 15), date(2026, 8, 30)),
    ],
)
def test_boundaries_of_a_month(received: date, begins: date, due: date) -> None:
    assert slot(received) == Slot(ReviewKind.IN_YEAR, begins, due)


@pytest.mark.parametrize(("month", "day"), [(8, 16), (8, 31), (9, 1), (11, 16), (12, 14)])
def test_the_periodic_review_takes_what_comes_while_it_runs(month: int, day: int) -> None:
    found = slot(date(2026, month, day))
    assert found == Slot(ReviewKind.PERIODIC, date(2026, 9, 1), date(2026, 12, 14))


def test_the_days_to_answer_are_a_setting() -> None:
    assert slot(date(2026, 3, 10), in_year_days=21).due == date(2026, 4, 5)


@given(DAYS)
def test_no_application_waits_longer_than_a_month_for_its_review(received: date) -> None:
    found = slot(received)
    assert found.due is not None
    if found.kind is ReviewKind.IN_YEAR:
        assert timedelta(0) <= found.begins_on - received <= timedelta(days=30)
        assert found.begins_on.day == 15
        assert found.due - found.begins_on == timedelta(days=15)
    else:
        assert date(found.year, 8, 16) <= received <= date(found.year, 12, 14)


@given(DAYS, DAYS)
def test_who_comes_first_is_never_reviewed_later(one: date, other: date) -> None:
    first, second = sorted((one, other))
    assert slot(first).begins_on <= max(slot(second).begins_on, date(second.year, 9, 1))
    if slot(first).kind is slot(second).kind:
        assert slot(first).begins_on <= slot(second).begins_on
