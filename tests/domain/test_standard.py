"""Which standard holds for a review year, and what a standard says about itself."""

from __future__ import annotations

import pytest

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.standards import load_standards
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.standard import standard_for

STANDARDS = load_standards(paths.resources() / "definitions" / "standards")


@pytest.mark.parametrize(
    ("code", "years"),
    [("2016", range(2016, 2022)), ("2022", range(2022, 2027)), ("2027", range(2027, 2031))],
)
def test_the_national_standard_of_each_review_year(code: str, years: range) -> None:
    assert {standard_for(STANDARDS, year).code for year in years} == {code}


@pytest.mark.parametrize("year", [2015, 2031])
def test_a_year_without_a_standard(year: int) -> None:
    with pytest.raises(AppError) as caught:
        standard_for(STANDARDS, year)
    assert (caught.value.code, caught.value.params) == ("no_standard", {"year": year})


def test_provincial_standards_stand_beside_the_national_one() -> None:
    found = {
        year: [item.code for item in STANDARDS.provincial_for(year)] for year in (2021, 2025, 2026)
    }
    assert found == {2021: [], 2025: ["dong_nai_2022"], 2026: []}


def test_an_unknown_code_names_the_known_ones() -> None:
    with pytest.raises(AppError) as caught:
        STANDARDS.get("2020")
    assert caught.value.params == {"asked": "2020", "known": "2016, 2022, dong_nai_2022, 2027"}


def test_codes_stand_in_official_order_whatever_is_asked() -> None:
    standard = STANDARDS.get("2022")
    assert standard.in_order({"water", "employment", "toilet"}) == ("employment", "water", "toilet")
