"""A commune's number over its villages: exact sums, nobody loses more than he has."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.allocation import (
    Denominators,
    Forecast,
    course,
    grown,
    growth,
    spread,
)

weights = st.dictionaries(st.integers(0, 40), st.integers(0, 500), min_size=1, max_size=20)


@given(weights, st.data())
def test_a_spread_is_exact_and_takes_from_nobody_what_he_has_not(
    there: dict[int, int], data: st.DataObject
) -> None:
    whole = sum(there.values())
    total = data.draw(st.integers(0, whole))
    found = spread(total, there)
    assert sum(found.values()) == total
    assert list(found) == list(there)
    for key, number in found.items():
        assert 0 <= number <= there[key]
        if whole:
            assert abs(number - Fraction(total * there[key], whole)) < 1
    for one in there:  # who has more never gives less
        for two in there:
            assert found[one] >= found[two] or there[one] <= there[two]


def test_the_largest_remainder_decides() -> None:
    assert spread(3, {"a": 4, "b": 5, "c": 3}) == {"a": 1, "b": 1, "c": 1}
    assert spread(4, {"a": 1, "b": 2, "c": 9}) == {"a": 0, "b": 1, "c": 3}
    assert spread(1, {"a": 2, "b": 2}) == {"a": 1, "b": 0}
    assert spread(2, {"a": 1, "b": 3}) == {"a": 0, "b": 2}  # of 0,5 and 1,5 the larger weight
    assert spread(0, {"a": 0}) == {"a": 0}
    for wrong in (13, -1):
        with pytest.raises(ValueError, match=str(wrong)):
            spread(wrong, {"a": 12})


def test_a_forecast_goes_from_start_to_end() -> None:
    poor = Forecast(start=12, fall=5, again=1, new=2)
    near = Forecast(start=8, fall=3, gained=4)
    assert (poor.net, poor.end) == (2, 10)
    assert (near.net, near.end) == (-1, 9)
    assert Forecast(start=12, fall=None, new=2).end is None
    assert Forecast(start=None, fall=2).net == 2


def test_rates_are_of_the_start_or_of_what_is_expected() -> None:
    """TX Hương Trà as printed: 827 of 31.198, less 90, of 31.021."""
    forecast = Forecast(start=827, fall=90)
    shown = {each: course(forecast, 31198, 31021, each) for each in Denominators}
    assert str(shown[Denominators.OPENING].closing.percent) == "2.36"
    assert str(shown[Denominators.EXPECTED].closing.percent) == "2.38"
    points = shown[Denominators.OPENING].points
    assert points == Fraction(90 * 100, 31198)
    assert course(forecast, None, 31021, Denominators.OPENING).points is None


@given(st.integers(0, 400_000), st.integers(-2000, 2000))
def test_growth_is_rounded_half_up(households: int, percent: int) -> None:
    exact = Fraction(households * (10_000 + percent), 10_000)
    assert Fraction(-1, 2) < grown(households, percent) - exact <= Fraction(1, 2)


def test_growth_is_told_of_totals() -> None:
    assert grown(314947, 70) == 317152  # the whole province obeys the heading of its table
    found = growth(314947, 316128)
    assert found is not None
    assert round(found, 2) == Fraction(37, 100)  # the sum of its districts does not
    assert growth(0, 5) is None
