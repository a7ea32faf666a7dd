"""Values of policies: as printed, as numbers, and what holds on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import Definitions, shipped_definitions
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.policy import PolicyValue, Scope, on
from giamngheo_desktop.domain.standard import Certainty


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return shipped_definitions(paths.resources() / "definitions")


@pytest.mark.parametrize(
    ("key", "day", "number"),
    [
        ("ls_hn", date(2025, 11, 30), Fraction("6.6")),
        ("ls_hn", date(2025, 12, 1), Fraction("6.24")),
        ("tgxh_chuan", date(2024, 6, 30), Fraction(360_000)),
        ("tgxh_chuan", date(2024, 7, 1), Fraction(500_000)),
        ("vay_hn_max", date(2026, 1, 1), Fraction(100_000_000)),
        ("bhyt_hcn_hue2021_tw", date(2022, 5, 1), Fraction(70)),
    ],
)
def test_the_value_of_a_day(
    definitions: Definitions, key: str, day: date, number: Fraction
) -> None:
    assert on(definitions.policy_values, key, day)[0].number == number


def test_what_no_source_gives_is_not_there(definitions: Definitions) -> None:
    """The rate for near-poor households since 01/12/2025 would be inferred; the price too."""
    assert on(definitions.policy_values, "ls_hcn", date(2026, 1, 1)) == ()
    assert (
        on(definitions.policy_values, "dien_dong", date(2014, 3, 1))[0].holds_on(date(2014, 3, 1))
        is None
    )


def test_words_and_spans_are_no_numbers(definitions: Definitions) -> None:
    by_key = {one.key: one for one in definitions.policy_values}
    assert by_key["tgpl_hn"].number is None
    assert by_key["tgxh_heso"].number is None
    assert all(one.source and one.basis for one in definitions.policy_values)


_BASE = PolicyValue(
    key="k",
    group="g",
    label="l",
    value="1",
    unit="u",
    valid_from=None,
    valid_to=None,
    scope=Scope.CENTRAL,
    basis="b",
    certainty=Certainty.CONFIRMED,
    source="s",
)


@given(
    st.dates(date(2010, 1, 1), date(2030, 12, 31)),
    st.integers(0, 2),
    st.integers(-800, 800),
)
def test_a_coarse_bound_never_says_more_than_a_full_one(
    start: date, parts: int, offset: int
) -> None:
    day = start + timedelta(days=offset)
    whole = PartialDate(start.year, start.month, start.day)
    coarse = (whole, PartialDate(start.year, start.month), PartialDate(start.year))[parts]
    for name in ("valid_from", "valid_to"):
        exact = replace(_BASE, **{name: whole}).holds_on(day)
        rough = replace(_BASE, **{name: coarse}).holds_on(day)
        assert exact is (day >= start if name == "valid_from" else day <= start)
        assert rough in (exact, None)


def test_the_commune_comes_before_the_province_and_the_state() -> None:
    values = [
        replace(_BASE, scope=scope) for scope in (Scope.CENTRAL, Scope.COMMUNE, Scope.PROVINCE)
    ]
    found = on(values, "k", date(2026, 1, 1))
    assert [one.scope for one in found] == [Scope.COMMUNE, Scope.PROVINCE, Scope.CENTRAL]
