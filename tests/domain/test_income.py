"""The real income of 12 months and its bands; what is unknown stays unknown."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import shipped_definitions
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.income import (
    Band,
    IncomeSource,
    band,
    income_per_person,
    is_low_income,
    printed,
)
from giamngheo_desktop.domain.standard import AreaType, Certainty

STANDARDS = shipped_definitions(paths.resources() / "definitions").standards
NOW, NEXT = STANDARDS.get("2022"), STANDARDS.get("2027")
RURAL, URBAN = AreaType.RURAL, AreaType.URBAN
MONEY = st.integers(0, 10**9)


@pytest.mark.parametrize(
    ("area", "income", "expected"),
    [
        (RURAL, 1_500_000, Band.UP_TO_LINE),
        (RURAL, 1_500_001, Band.AVERAGE),  # case 13
        (RURAL, 2_250_000, Band.AVERAGE),  # case 14
        (RURAL, 2_250_001, Band.ABOVE),  # case 15
        (URBAN, 2_000_000, Band.UP_TO_LINE),
        (URBAN, 2_000_001, Band.AVERAGE),
        (URBAN, 3_000_000, Band.AVERAGE),
        (URBAN, 3_000_001, Band.ABOVE),
    ],
)
def test_the_band_of_2022(area: AreaType, income: int, expected: Band) -> None:
    assert band(NOW, area, Fraction(income)) is expected


def test_the_twelfth_of_a_dong_decides() -> None:
    over = income_per_person([IncomeSource("agriculture", 27_000_001, 0)], 1)
    assert over == Fraction(27_000_001, 12)
    assert printed(over) == 2_250_000
    assert band(NOW, RURAL, over) is Band.ABOVE
    assert not is_low_income(NOW, RURAL, over)
    just = income_per_person([IncomeSource("agriculture", 18_000_001, 0)], 1)
    assert just is not None
    assert band(NOW, RURAL, just) is Band.AVERAGE


def test_a_standard_without_the_line_refuses_to_compute() -> None:
    with pytest.raises(AppError, match="average_line_missing"):
        band(NEXT, RURAL, Fraction(2_300_000))
    with pytest.raises(AppError, match="low_income_line_missing"):
        is_low_income(NEXT, RURAL, Fraction(1))


def test_the_line_of_low_income_workers_is_a_sourced_fact() -> None:
    assert is_low_income(NOW, RURAL, Fraction(2_250_000))
    assert is_low_income(NOW, URBAN, Fraction(3_000_000))
    assert not is_low_income(NOW, URBAN, Fraction(3_000_001))
    assert NOW.low_income_from is not None
    assert NOW.low_income_from.certainty is Certainty.TO_CONFIRM


@pytest.mark.parametrize(
    ("sources", "members"),
    [
        ([], 4),
        ([IncomeSource("agriculture", 10, None)], 4),
        ([IncomeSource("agriculture", None, 10)], 4),
        ([IncomeSource("agriculture", 10, 11)], 4),
        ([IncomeSource("agriculture", 10, 0)], 0),
        ([IncomeSource("state_allowance", 10, 0)], 4),
        ([IncomeSource("agriculture", 10, 0), IncomeSource("wage", -1, 0)], 4),
    ],
)
def test_what_is_unknown_is_never_nought(sources: list[IncomeSource], members: int) -> None:
    assert income_per_person(sources, members) is None


@given(st.lists(st.tuples(MONEY, MONEY), min_size=1, max_size=6), st.integers(1, 20), MONEY)
def test_allowances_and_the_order_of_sources_change_nothing(
    amounts: list[tuple[int, int]], members: int, allowance: int
) -> None:
    sources = [IncomeSource("agriculture", revenue, cost) for revenue, cost in amounts]
    total = sum(revenue - cost for revenue, cost in amounts)
    expected = None if total < 0 else Fraction(total, 12 * members)
    assert income_per_person(sources, members) == expected
    more = [IncomeSource("state_allowance", allowance, None), *reversed(sources)]
    assert income_per_person(more, members) == expected
