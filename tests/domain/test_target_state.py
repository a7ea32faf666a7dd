"""What a comparator asks, at its very boundary; how much is reached; the last day."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop import texts
from giamngheo_desktop.domain.indicator_catalogue import Comparator, Good
from giamngheo_desktop.domain.target_state import (
    ABOUT,
    TargetState,
    Tone,
    holds,
    is_over,
    part_reached,
    state_of,
    tone,
)

NUMBERS = st.fractions(min_value=-1000, max_value=1000, max_denominator=10_000)
ABOVE = st.fractions(min_value=Fraction(1, 10_000), max_value=1000, max_denominator=10_000)
LEAST = Fraction(1, 10**9)  # far below anything that is printed
INFO = Good.INFO


@given(NUMBERS)
def test_a_comparator_turns_at_its_number_and_nowhere_else(target: Fraction) -> None:
    below, above = target - LEAST, target + LEAST
    said = {
        one: [holds(one, value, target, INFO) for value in (below, target, above)]
        for one in Comparator
    }
    assert said[Comparator.AT_LEAST] == [False, True, True]
    assert said[Comparator.MORE] == [False, False, True]
    assert said[Comparator.AT_MOST] == [True, True, False]
    assert said[Comparator.EQUAL] == [False, True, False]


@given(ABOVE)
def test_about_is_a_tenth_to_both_sides(target: Fraction) -> None:
    near = ABOUT * target
    for side in (near, -near):
        assert holds(Comparator.ABOUT, target + side, target, INFO)
        assert not holds(Comparator.ABOUT, target + side * (1 + LEAST), target, INFO)


@given(NUMBERS, ABOVE)
def test_the_better_side_of_equal_and_about_is_reached(target: Fraction, more: Fraction) -> None:
    for one in (Comparator.EQUAL, Comparator.ABOUT):
        assert holds(one, target + more, target, Good.HIGHER)
        assert holds(one, target - more, target, Good.LOWER)
    assert not holds(Comparator.EQUAL, target - more, target, Good.HIGHER)
    assert not holds(Comparator.EQUAL, target + more, target, Good.LOWER)


def test_two_of_about_three_are_not_enough() -> None:
    assert [holds(Comparator.ABOUT, Fraction(n), Fraction(3), Good.HIGHER) for n in (2, 3, 4)] == [
        False, True, True,
    ]  # fmt: skip


@given(NUMBERS, ABOVE)
def test_the_part_reached_is_a_hundred_exactly_at_the_target(
    value: Fraction, target: Fraction
) -> None:
    rising = part_reached(value, target, Good.HIGHER)
    assert rising is not None
    assert (rising >= 100) == (value >= target)
    falling = part_reached(value, target, Good.LOWER, target + 1)
    assert falling is not None
    assert (falling >= 100) == (value <= target)
    assert part_reached(target + 1, target, Good.LOWER, target + 1) == 0


@pytest.mark.parametrize(
    ("good", "target", "baseline"),
    [
        (Good.HIGHER, 0, None),  # of nothing there is no part
        (Good.LOWER, 2, None),
        (Good.LOWER, 2, 2),  # plan 004: the assigned rate is the one the year began with
        (Good.LOWER, 2, 1),
    ],
)
def test_without_a_way_to_go_there_is_no_part(
    good: Good, target: int, baseline: int | None
) -> None:
    start = None if baseline is None else Fraction(baseline)
    assert part_reached(Fraction(1), Fraction(target), good, start) is None


def test_the_last_day_is_in_time_unless_the_year_is_closed() -> None:
    end, spring = date(2026, 12, 31), date(2026, 6, 30)
    for due in (end, spring):
        before, after = due - timedelta(1), due + timedelta(1)
        assert [is_over(day, due, closed=False) for day in (before, due, after)] == [
            False, False, True,
        ]  # fmt: skip
        assert not is_over(before, due, closed=True)
    assert is_over(end, end, closed=True)
    assert not is_over(spring, spring, closed=True)


def test_a_state_is_told_by_what_is_reached_the_day_and_the_forecast() -> None:
    def state(met: bool, over: bool, expected: bool | None) -> TargetState:
        return state_of(met=met, over=over, expected=expected)

    for expected in (True, False, None):
        assert state(True, False, expected) is state(True, True, expected) is TargetState.REACHED
        assert state(False, True, expected) is TargetState.NOT_REACHED
    assert state(False, False, False) is TargetState.BEHIND
    assert state(False, False, True) is state(False, False, None) is TargetState.ON_WAY


def test_every_state_has_words_and_a_tone() -> None:
    assert set(texts.TARGET_STATES) == set(TargetState)
    assert tone(TargetState.NOT_REACHED) is Tone.BAD
    assert tone(TargetState.NO_NEED) is Tone.NEUTRAL
