"""Each doubt of a typed result by itself, and at its boundaries."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop import texts
from giamngheo_desktop.domain.doubted import Doubted, DoubtLevel
from giamngheo_desktop.domain.result_doubts import counts_for, doubts, says_nothing
from tests.harness.plan_targets import target_row
from tests.harness.review import shipped

YEAR, TODAY = 2026, date(2026, 11, 29)
DAY = date(2026, 6, 1)
COVERAGE, COUNT, POINTS = "YT-VITA", "HN-BTXH", "HN-GIAM-DIEM"


def result(**values: Any) -> dict[str, Any]:
    columns = ("numerator", "denominator", "value", "reached")
    return {"measured_on": DAY, **dict.fromkeys(columns), **values}


def found(indicator: str, *, pursued: int | None = 9800, **values: Any) -> tuple[Doubted, ...]:
    target = target_row(key="one", indicator=indicator, pursued=pursued)
    told = doubts(result(**values), target, shipped().indicators[indicator], YEAR, TODAY)
    for one in told:
        assert one.key == "one"
        assert "{" not in texts.target_doubt_text(one)
    return told


def codes(indicator: str, **values: Any) -> list[str]:
    return [one.code for one in found(indicator, **values)]


@pytest.mark.parametrize(
    ("indicator", "values", "told"),
    [
        (COVERAGE, {"numerator": 5, "denominator": 3}, ["result_parts"]),
        (COVERAGE, {"numerator": 5, "denominator": 0}, ["result_parts"]),
        (COVERAGE, {"numerator": 3, "denominator": 3}, []),
        (COVERAGE, {"denominator": 0}, []),  # nobody in need
        (COVERAGE, {"value": 25_000}, ["result_over_whole"]),
        (COVERAGE, {"value": 10_001}, ["result_over_whole"]),
        (COVERAGE, {"value": 10_000}, []),
        (COVERAGE, {"value": -1}, ["result_negative"]),
        (COVERAGE, {"numerator": 49, "denominator": 50, "value": 9800}, []),
        (COVERAGE, {"numerator": 2, "denominator": 3, "value": 6700}, []),  # rounded
        (COVERAGE, {"numerator": 2, "denominator": 3, "value": 6600}, ["result_apart"]),
        (COVERAGE, {"numerator": 49, "denominator": 50, "value": 9000}, ["result_apart"]),
        (COVERAGE, {"numerator": 49}, ["result_denominator"]),
        (COVERAGE, {"denominator": 50}, ["result_numerator"]),
        (COVERAGE, {"reached": True}, ["result_word_alone"]),
        (COVERAGE, {}, ["result_empty"]),
        (COUNT, {"numerator": 50, "denominator": 40}, []),  # more than had to be
        (COUNT, {"numerator": 50}, []),
        (COUNT, {"denominator": 40}, ["result_numerator"]),
        (COUNT, {"value": 50_000}, []),
        (COUNT, {"value": 350}, ["result_not_whole"]),
        (COUNT, {"numerator": 5, "value": 700}, ["result_apart"]),
        (POINTS, {"value": -150}, []),  # the list has grown
        (POINTS, {"value": -10_001}, ["result_over_whole"]),
    ],
)
def test_numbers(indicator: str, values: dict[str, Any], told: list[str]) -> None:
    assert codes(indicator, **values) == told


def test_a_target_in_words_asks_a_word() -> None:
    assert codes("MH-MOI", pursued=None, reached=False) == []
    assert codes("MH-MOI", pursued=None, value=300) == ["result_unsaid"]
    assert codes("MH-MOI", pursued=None) == ["result_empty"]


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2025, 12, 31), ["result_before"]),
        (date(2026, 1, 1), []),
        (TODAY, []),
        (TODAY + timedelta(1), ["result_ahead"]),
        (date(2026, 12, 31), ["result_ahead"]),
        (date(2027, 1, 1), ["result_after", "result_ahead"]),
    ],
)
def test_days(day: date, told: list[str]) -> None:
    assert codes(COVERAGE, value=9800, measured_on=day) == told


def test_what_is_told() -> None:
    (one,) = found("NS-XA", numerator=5, denominator=3)
    assert one.level is DoubtLevel.ERROR
    assert texts.target_doubt_text(one).endswith("kết quả ngày 01/06/2026 ghi 5 trong tổng số 3.")
    (one,) = found("NS-XA", value=9800, measured_on=date(2025, 6, 1))
    assert texts.target_doubt_text(one).endswith(
        "kết quả tính đến 01/06/2025 là trước năm 2026, không tính cho năm 2026."
    )


numbers = st.none() | st.integers(0, 60)


@given(
    st.sampled_from((COVERAGE, COUNT, POINTS, "HN-TL", "MH-MOI")),
    st.sampled_from((None, 9800)),
    numbers,
    numbers,
    st.none() | st.integers(-20_000, 20_000),
    st.none() | st.booleans(),
    st.dates(date(2025, 12, 29), date(2027, 1, 3)),
)
def test_every_result_is_told_of_what_it_lacks_and_exceeds(
    indicator: str,
    pursued: int | None,
    above: int | None,
    below: int | None,
    value: int | None,
    reached: bool | None,
    day: date,
) -> None:
    values = {"numerator": above, "denominator": below, "value": value, "reached": reached}
    told = set(codes(indicator, pursued=pursued, measured_on=day, **values))
    assert ("result_empty" in told) == says_nothing(values)
    assert says_nothing(values) == (values == dict.fromkeys(values))
    assert ("result_before" in told) == (day.year < YEAR) == (not counts_for(YEAR, day))
    assert ("result_after" in told) == (day.year > YEAR)
    assert ("result_ahead" in told) == (day > TODAY)
    share = indicator not in (COUNT, "MH-MOI")
    both = above is not None and below is not None
    assert ("result_parts" in told) == (share and both and (above or 0) > (below or 0))
    assert ("result_over_whole" in told) == (share and abs(value or 0) > 10_000)
