"""Points B2 and the two suggested boxes."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.ages import load_ages
from giamngheo_desktop.definitions.standards import load_standards
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.scoring import ScoreRange, deprivation_score
from giamngheo_desktop.domain.suggestions import Suggestion, no_labour_capacity, social_protection

DEFINITIONS = paths.resources() / "definitions"
STANDARDS = load_standards(DEFINITIONS / "standards")
RULES = load_ages(DEFINITIONS / "ages.toml")
DAY = date(2026, 10, 15)


def person(number: int, born: str | None, **facts: object) -> Member:
    birth = None if born is None else PartialDate.from_iso(born)
    uid = UUID(int=number)
    return Member(uid=uid, membership=uid, full_name="A", birth=birth, **facts)  # type: ignore[arg-type]


def home(*members: Member) -> Household:
    return Household(uid=UUID(int=99), members=members)


def test_case_35_five_indicators_are_fifty_points() -> None:
    assert deprivation_score(STANDARDS.get("2022"), 5) == ScoreRange(50, 50)
    assert deprivation_score(STANDARDS.get("2016"), 10) == ScoreRange(100, 100)


def test_unknown_indicators_make_a_range() -> None:
    assert deprivation_score(STANDARDS.get("2022"), 2, 2) == ScoreRange(20, 40)


def test_no_points_are_invented() -> None:
    assert deprivation_score(STANDARDS.get("2027"), 5) is None


CHILD = person(1, "2015")
ELDER = person(2, "1940", sex="female")
STUDENT = person(3, "2005", sex="male", job_status="student")
WORKER = person(4, "1986", sex="female", job_status="working")
UNABLE = person(5, "1986", sex="male", job_status="unable")
DISABLED = person(6, "1986", sex="male", job_status="unemployed", disability_level="severe")
UNCLEAR = person(7, "1986", sex="male")
UNDATED = person(8, None, sex="male", job_status="working")
SICK = person(9, "1986", sex="male", job_status="working", labour_capacity="unable")
LIGHT = person(10, "1986", sex="male", job_status="unemployed", disability_level="light")
YOUNG = person(11, "2011-10-16", sex="male", job_status="working")
ABLE = person(12, "1986", sex="male", labour_capacity="able", disability_level="severe")


@pytest.mark.parametrize(
    ("members", "holds", "decide"),
    [
        ([], None, []),
        ([CHILD, ELDER], True, [1, 2]),
        ([CHILD, WORKER], False, [4]),
        ([STUDENT], False, [3]),
        ([CHILD, UNABLE, DISABLED, SICK, YOUNG], True, [1, 5, 6, 9, 11]),
        ([LIGHT], False, [10]),
        ([ABLE], False, [12]),
        ([CHILD, UNCLEAR], None, [7]),
        ([CHILD, UNDATED], None, [8]),
        ([UNCLEAR, UNDATED, WORKER], False, [4]),
    ],
)
def test_no_labour_capacity(members: list[Member], holds: bool | None, decide: list[int]) -> None:
    expected = Suggestion(holds, tuple(UUID(int=number) for number in decide))
    assert no_labour_capacity(home(*members), DAY, RULES) == expected


def test_social_protection() -> None:
    drawing = person(1, "1940", social_allowance=("elderly",))
    nothing, unclear = person(2, "1990", social_allowance=()), person(3, "1990")
    assert social_protection(home(nothing, drawing)) == Suggestion(True, (drawing.uid,))
    assert social_protection(home(nothing)) == Suggestion(False)
    assert social_protection(home(nothing, unclear)) == Suggestion(None, (unclear.uid,))
    assert social_protection(home()) == Suggestion(None)
