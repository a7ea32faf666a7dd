"""Thresholds of the indicators, case by case, and ways not to know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.indicator_state import (
    IndicatorState,
    Note,
    State,
)
from giamngheo_desktop.domain.indicators import derive
from giamngheo_desktop.domain.standard import PovertyStandard
from tests.domain.indicators.people import (
    DAY,
    NO,
    OPEN,
    RULES,
    STANDARDS,
    YES,
    person,
)


def state(
    code: str, *members: Member, standard: str = "2022", day: date = DAY, **facts: object
) -> IndicatorState:
    home = Household(uid=UUID(int=99), members=members, **facts)  # type: ignore[arg-type]
    return derive(STANDARDS.get(standard), home, day, RULES)[code]


def missing(found: IndicatorState) -> set[tuple[str, int | None]]:
    return {(item.field, item.member.int if item.member else None) for item in found.missing}


def causes(found: IndicatorState) -> list[int]:
    return [uid.int for uid in found.members]


def test_case_28_half_is_not_more_than_half() -> None:
    adults = [person(n, social_allowance=()) for n in (1, 2)]
    children = [person(n, "2015-01-01") for n in (3, 4)]
    assert state("dependents", *adults, *children).state is NO


def test_case_29_three_of_five() -> None:
    adults = [person(n, social_allowance=()) for n in (1, 2)]
    children = [person(n, "2015-01-01") for n in (3, 4, 5)]
    found = state("dependents", *adults, *children)
    assert (found.state, causes(found)) == (YES, [3, 4, 5])


def test_case_30_an_elder_counts_only_with_an_allowance() -> None:
    adult, child = person(1, social_allowance=()), person(3, "2016-06-01")
    elder = person(2, "1944-01-01", social_allowance=())
    assert state("dependents", adult, elder, child).state is NO
    drawing = replace(elder, social_allowance=("elderly",))
    found = state("dependents", adult, drawing, child)
    assert (found.state, causes(found)) == (YES, [2, 3])
    orphaned = replace(elder, social_allowance=("other",))
    assert state("dependents", adult, orphaned, child).state is NO


def test_case_31_insurance_is_asked_from_six() -> None:
    parent = person(1, health_insurance=True)
    child = person(2, "2021-10-14", health_insurance=False)
    assert state("health_insurance", parent, child).state is NO


def test_case_32_one_part_of_three() -> None:
    wall = {"house_wall": "not_durable", "house_column": "durable", "house_roof": "durable"}
    assert state("housing_quality", person(), **wall).state is NO
    assert state("housing_quality", person(), **wall | {"house_roof": "not_durable"}).state is YES


def test_case_33_exactly_eight_square_metres() -> None:
    four = [person(n) for n in range(1, 5)]
    assert state("housing_area", *four, house_area=320).state is NO
    assert state("housing_area", *four, house_area=319).state is YES


def test_case_34_wage_work_without_a_contract() -> None:
    worker = person(1, job_status="working", job_contract="no_contract")
    found = state("employment", worker, person(2, job_status="retired"))
    assert (found.state, causes(found)) == (YES, [1])


ROWS: list[tuple[str, list[Member], dict[str, object], State, set[tuple[str, int | None]]]] = [
    # 1 việc làm
    ("employment", [person(1, job_status="unemployed", sex="male")], {}, YES, set()),
    ("employment", [person(1, job_status="unwilling")], {}, NO, set()),
    ("employment", [person(1, job_status="unable")], {}, NO, set()),
    ("employment", [person(1, "1960-01-01", job_status="unemployed", sex="male")], {}, NO, set()),
    ("employment", [person(1, "2012", job_status="unemployed", sex="male")], {}, NO, set()),
    ("employment", [person(1, "2011", job_status="unemployed", sex="male")], {}, OPEN,
     {("birth", 1)}),
    ("employment", [person(1, "1967", job_status="unemployed")], {}, OPEN, {("sex", 1)}),
    ("employment", [person(1, None, job_status="unemployed", sex="male")], {}, OPEN,
     {("birth", 1)}),
    ("employment", [person(1, job_status="unemployed", labour_capacity="unable", sex="male")], {},
     NO, set()),
    ("employment", [person(1, job_status="working", job_contract="contract")], {}, NO, set()),
    ("employment", [person(1, job_status="working", job_contract="not_wage")], {}, NO, set()),
    ("employment", [person(1, job_status="working")], {}, OPEN, {("job_contract", 1)}),
    ("employment", [person(1, job_contract="no_contract")], {}, YES, set()),
    ("employment", [person(1, "1950-01-01", job_status="working", job_contract="no_contract")], {},
     YES, set()),
    ("employment", [person(1, "2011-10-16", job_status="working", job_contract="no_contract")], {},
     NO, set()),
    ("employment", [person(1, "2011-10-15", job_status="working", job_contract="no_contract")], {},
     YES, set()),
    ("employment", [person(1, job_status="student", job_contract="no_contract")], {}, NO, set()),
    ("employment", [person(1)], {}, OPEN, {("job_status", 1)}),
    ("employment", [person(1, attending_school=True)], {}, OPEN, {("job_status", 1)}),
    ("employment", [person(1, labour_capacity="unable")], {}, NO, set()),
    ("employment", [person(1, "2020")], {}, NO, set()),
    ("employment", [person(1, None)], {}, OPEN, {("birth", 1), ("job_status", 1)}),
    ("employment", [person(1), person(2, job_status="working", job_contract="no_contract")], {},
     YES, set()),
    # 2 người phụ thuộc
    ("dependents", [person(1), person(2, "2015")], {}, OPEN, {("social_allowance", 1)}),
    ("dependents", [person(1, social_allowance=()), person(2, "2010")], {}, NO, set()),
    ("dependents", [person(1, "2010", social_allowance=())], {}, OPEN, {("birth", 1)}),
    ("dependents", [person(1, None, social_allowance=("disabled",))], {}, YES, set()),
    ("dependents", [person(1, "2010-10-15", social_allowance=())], {}, NO, set()),
    ("dependents", [person(1, "2010-10-16", social_allowance=())], {}, YES, set()),
    # 3 dinh dưỡng
    ("nutrition", [person(1, "2020", malnourished=True)], {}, YES, set()),
    ("nutrition", [person(1, "2020", malnourished=False), person(2)], {}, NO, set()),
    ("nutrition", [person(1, "2020")], {}, OPEN, {("malnourished", 1)}),
    ("nutrition", [person(1, "2010", malnourished=True)], {}, OPEN, {("birth", 1)}),
    ("nutrition", [person(1, "2010-10-15", malnourished=True)], {}, NO, set()),
    # 4 bảo hiểm y tế
    ("health_insurance", [person(1)], {}, OPEN, {("health_insurance", 1)}),
    ("health_insurance", [person(1), person(2, health_insurance=False)], {}, YES, set()),
    ("health_insurance", [person(1, "2020-10-15", health_insurance=False)], {}, YES, set()),
    ("health_insurance", [person(1, "2020-10-16", health_insurance=False)], {}, NO, set()),
    ("health_insurance", [person(1, "2020-10", health_insurance=False)], {}, OPEN, {("birth", 1)}),
    ("health_insurance", [person(1, "2020", health_insurance=True)], {}, NO, set()),
    ("health_insurance", [person(1, "2020")], {}, OPEN, {("birth", 1), ("health_insurance", 1)}),
    # 5 trình độ giáo dục của người lớn
    ("adult_education", [person(1, "1995-10-15")], {}, NO, set()),  # 31
    ("adult_education", [person(1, "1995-10-16", education="upper_secondary")], {}, NO, set()),
    ("adult_education", [person(1, "1995-10-16", education="lower_secondary", training="none",
     attending_school=False, trained_on_job=False)], {}, YES, set()),
    ("adult_education", [person(1, "1995-10-16", education="lower_secondary", training="elementary",
     attending_school=False, trained_on_job=False)], {}, NO, set()),
    ("adult_education", [person(1, "2000", education="none", training="none",
     attending_school=False, trained_on_job=True)], {}, NO, set()),
    ("adult_education", [person(1, "2000", education="none", training="none",
     attending_school=False)], {}, OPEN, {("trained_on_job", 1)}),
    ("adult_education", [person(1, "2000", education="none", training="none", trained_on_job=False,
     attending_school=True, school_level="short_course")], {}, NO, set()),
    ("adult_education", [person(1, "2000", education="primary", training="none",
     trained_on_job=False, attending_school=True, school_level="lower_secondary")], {}, YES, set()),
    ("adult_education", [person(1, "2009-10-15", education="primary", training="none",
     trained_on_job=False, attending_school=True, school_level="lower_secondary")], {}, NO, set()),
    ("adult_education", [person(1, "2008", education="primary", training="none",
     trained_on_job=False, attending_school=True, school_level="lower_secondary")], {}, OPEN,
     {("birth", 1)}),
    ("adult_education", [person(1, "2008", education="none", training="none",
     trained_on_job=False, attending_school=False)], {}, YES, set()),  # at 17 as at 18
    ("adult_education", [person(1, "2010-10-16")], {}, NO, set()),  # 15
    # 6 tình trạng đi học của trẻ em
    ("school_attendance", [person(1)], {}, NO, set()),
    ("school_attendance", [person(1, "2023-10-15", attending_school=False)], {}, YES, set()),
    ("school_attendance", [person(1, "2023-10-16", attending_school=False)], {}, YES, set()),
    ("school_attendance", [person(1, "2023", attending_school=False)], {}, YES, set()),
    ("school_attendance", [person(1, "2024", attending_school=False)], {}, NO, set()),
    ("school_attendance", [person(1, "2016")], {}, OPEN, {("attending_school", 1)}),
    ("school_attendance", [person(1, "2016", attending_school=True)], {}, OPEN,
     {("school_level", 1)}),
    ("school_attendance", [person(1, "2016", school_level="primary")], {}, NO, set()),
    ("school_attendance", [person(1, "2013", attending_school=False)], {}, YES, set()),
    ("school_attendance", [person(1, "2012", attending_school=False)], {}, OPEN,
     {("education", 1)}),
    ("school_attendance", [person(1, "2016", school_level="preschool")], {}, YES, set()),
    ("school_attendance", [person(1, "2016", school_level="lower_secondary")], {}, NO, set()),
    ("school_attendance", [person(1, "2012", school_level="short_course")], {}, OPEN,
     {("education", 1), ("school_level", 1)}),
    ("school_attendance", [person(1, "2012", attending_school=False, education="primary")], {},
     YES, set()),
    ("school_attendance", [person(1, "2012", attending_school=False,
     education="lower_secondary")], {}, NO, set()),
    ("school_attendance", [person(1, "2011", attending_school=False)], {}, NO, set()),
    ("school_attendance", [person(1, None, attending_school=True, school_level="university")], {},
     NO, set()),
    # 7–10 nhà ở, nước, nhà tiêu
    ("housing_quality", [person()], {"house_wall": "not_durable"}, OPEN,
     {("house_column", None), ("house_roof", None)}),
    ("housing_quality", [person()], {"house_wall": "durable", "house_column": "durable"}, NO,
     set()),
    ("housing_quality", [person()], {"house_wall": "not_durable", "house_column": "not_durable"},
     YES, set()),
    ("housing_area", [person()], {}, OPEN, {("house_area", None)}),
    ("housing_area", [person()], {"house_area": 79}, YES, set()),
    ("water", [person()], {"water_source": "rain"}, NO, set()),
    ("water", [person()], {"water_source": "surface"}, YES, set()),
    ("water", [person()], {}, OPEN, {("water_source", None)}),
    ("toilet", [person()], {"toilet": "double_vault"}, NO, set()),
    ("toilet", [person()], {"toilet": "none"}, YES, set()),
    ("toilet", [person()], {}, OPEN, {("toilet", None)}),
    # 11–12 thông tin
    ("telecom", [person(1, uses_internet=False), person(2, uses_internet=True)], {}, NO, set()),
    ("telecom", [person(1), person(2, uses_internet=True)], {}, NO, set()),
    ("telecom", [person(1), person(2, uses_internet=False)], {}, OPEN, {("uses_internet", 1)}),
    ("telecom", [person(1, uses_internet=False)], {}, YES, set()),
    ("information_assets", [person()], {"shared_assets": ("tv",)}, NO, set()),
    ("information_assets", [person()], {"shared_assets": (), "personal_assets": ()}, YES, set()),
    ("information_assets", [person()], {"shared_assets": ()}, OPEN, {("personal_assets", None)}),
    ("information_assets", [person()], {}, OPEN,
     {("shared_assets", None), ("personal_assets", None)}),
    ("information_assets", [person()], {"shared_assets": (), "personal_assets": ("smartphone",)},
     NO, set()),
]  # fmt: skip


@pytest.mark.parametrize(("code", "members", "facts", "expected", "fields"), ROWS)
def test_2022(
    code: str,
    members: list[Member],
    facts: dict[str, object],
    expected: State,
    fields: set[tuple[str, int | None]],
) -> None:
    found = state(code, *members, **facts)
    assert found.state is expected
    assert missing(found) == fields


OLD_ROWS: list[tuple[str, list[Member], dict[str, object], State]] = [
    ("medical_care", [person(1, sick_untreated=True), person(2)], {}, YES),
    ("medical_care", [person(1, sick_untreated=False)], {}, NO),
    ("medical_care", [person(1)], {}, OPEN),
    ("adult_education", [person(1, "1985", education="none", attending_school=False)], {}, NO),
    ("adult_education", [person(1, "1986", education="primary", attending_school=False)], {}, YES),
    ("adult_education", [person(1, "1986", education="primary", attending_school=True)], {}, NO),
    ("adult_education", [person(1, "1986", education="lower_secondary")], {}, NO),
    ("adult_education", [person(1, "1986", education="primary")], {}, OPEN),
    ("adult_education", [person(1, None, education="none", attending_school=False)], {}, OPEN),
    ("school_attendance", [person(1, "2015-10-15", attending_school=False)], {}, YES),  # 5
    ("school_attendance", [person(1, "2015-10-16", attending_school=False)], {}, NO),
    ("school_attendance", [person(1, "2005-10-16", attending_school=False)], {}, YES),  # 14
    ("school_attendance", [person(1, "2005-10-15", attending_school=False)], {}, NO),
    ("school_attendance", [person(1, "2010", school_level="preschool")], {}, NO),
    ("housing_quality", [person()], {"house_grade": "weak"}, YES),
    ("housing_quality", [person()], {"house_grade": "semi_permanent"}, NO),
    ("housing_quality", [person()], {}, OPEN),
    ("telecom", [person(1, uses_phone=True)], {}, NO),
    ("telecom", [person(1, uses_phone=False, uses_internet=False)], {}, YES),
    ("telecom", [person(1, uses_phone=False)], {}, OPEN),
    ("information_assets", [person()], {"shared_assets": (), "personal_assets": ("smartphone",),
     "hears_loudspeaker": False}, YES),
    ("information_assets", [person()], {"shared_assets": (), "personal_assets": (),
     "hears_loudspeaker": True}, NO),
    ("information_assets", [person()], {"shared_assets": (), "personal_assets": ()}, OPEN),
]  # fmt: skip


@pytest.mark.parametrize(("code", "members", "facts", "expected"), OLD_ROWS)
def test_2016(code: str, members: list[Member], facts: dict[str, object], expected: State) -> None:
    day = date(2020, 10, 15)
    assert state(code, *members, standard="2016", day=day, **facts).state is expected


@pytest.mark.parametrize("code", ["water", "toilet"])
def test_a_list_that_no_source_gives_is_not_invented(code: str) -> None:
    found = state(code, person(), standard="2016", water_source="surface", toilet="none")
    assert (found.state, found.note) == (OPEN, Note.NO_TEST)


def test_a_known_cause_outweighs_an_unknown_member() -> None:
    found = state("health_insurance", person(1), person(2, health_insurance=False), person(3))
    assert (found.state, causes(found), found.missing) == (YES, [2], ())


def test_a_standard_may_leave_out_wage_work_after_retirement() -> None:
    standard = STANDARDS.get("2022")
    first = standard.indicators[0]
    assert first.test is not None
    test = replace(first.test, params={"wage_work_after_retirement": False})
    own = replace(standard, indicators=(replace(first, test=test), *standard.indicators[1:]))
    worker = person(1, "1950-01-01", sex="male", job_status="working", job_contract="no_contract")
    home = Household(uid=UUID(int=1), members=(worker,))
    assert derive(standard, home, DAY, RULES)["employment"].state is YES
    assert derive(own, home, DAY, RULES)["employment"].state is NO


@pytest.mark.parametrize(
    ("day", "born", "level", "by_year", "by_age"),
    [
        # begins school in September although five years old until December
        (date(2026, 10, 15), "2020-12-01", "primary", NO, NO),
        (date(2026, 10, 15), "2020-12-01", "preschool", YES, NO),
        # eleven by school year, still ten: secondary school is asked for by year only
        (date(2026, 10, 15), "2015-12-01", "primary", YES, NO),
        # twelve in spring, last in primary school by none of the readings
        (date(2026, 5, 1), "2014-03-01", "primary", YES, YES),
        # eleven in summer: still the school year 2025, where primary school is right
        (date(2026, 8, 31), "2015-01-01", "primary", NO, NO),
        (date(2026, 9, 1), "2015-01-01", "primary", YES, NO),
        # three by school year, still two until December
        (date(2026, 10, 15), "2023-12-01", None, YES, NO),
        (date(2026, 10, 15), "2023-12-01", "preschool", NO, NO),
        (date(2026, 10, 15), "2023-10-15", None, YES, YES),
        (date(2026, 8, 31), "2023-12-01", None, NO, NO),  # still the school year 2025
        # fourteen by school year is the last that asks; fifteen is asked by completed age only
        (date(2026, 10, 15), "2012-01-01", None, YES, YES),
        (date(2026, 10, 15), "2011-12-31", None, NO, YES),
        (date(2026, 10, 15), "2011-01-01", None, NO, YES),
        (date(2026, 10, 15), "2010-10-16", None, NO, YES),
        (date(2026, 10, 15), "2010-10-15", None, NO, NO),
        # three in spring, no level for the school year that began when it was two
        (date(2026, 5, 1), "2023-03-01", None, NO, YES),
    ],
)
def test_the_exact_age_is_shown_where_it_differs(
    day: date, born: str, level: str | None, by_year: State, by_age: State
) -> None:
    child = person(
        1, born, attending_school=level is not None, school_level=level, education="primary"
    )
    found = state("school_attendance", child, day=day)
    assert found.state is by_year
    assert found.age_reading_differs == (by_year is not by_age)
    assert (found.exact_age.state if found.exact_age else found.state) is by_age


def test_the_reference_day_is_an_argument() -> None:
    child = person(1, "2020-10-16", health_insurance=False)
    assert state("health_insurance", child, day=date(2026, 10, 15)).state is NO
    assert state("health_insurance", child, day=date(2026, 10, 16)).state is YES


@pytest.mark.parametrize("standard", STANDARDS.items, ids=lambda item: item.code)
def test_a_household_without_members_knows_nothing(standard: PovertyStandard) -> None:
    home = Household(uid=UUID(int=1), house_area=10, toilet="none")
    found = derive(standard, home, DAY, RULES)
    assert tuple(found) == standard.codes
    assert {(item.state, item.note) for item in found.values()} == {(OPEN, Note.NO_MEMBERS)}


def test_thresholds_that_are_not_known_leave_2027_open() -> None:
    home = Household(uid=UUID(int=1), members=(person(1, malnourished=True),), toilet="none")
    found = derive(STANDARDS.get("2027"), home, DAY, RULES)
    notes = {code: item.note for code, item in found.items()}
    assert notes == dict.fromkeys(("employment", "dependents", "nutrition")) | dict.fromkeys(
        list(found)[3:], Note.THRESHOLD_MISSING
    )
    assert {item.state for item in list(found.values())[3:]} == {OPEN}
