"""What turns yellow by itself: at each birthday the law names, one day before and one after."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giamngheo_desktop.domain.age_rules import add_months
from giamngheo_desktop.domain.ages import years_between
from giamngheo_desktop.domain.asked import Asking, asked
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.indicator_state import Case
from giamngheo_desktop.domain.indicator_tests import TESTS
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.touched import touched, touched_by_typing
from tests.harness.examples import examples
from tests.harness.tables import definitions

ONE_DAY = timedelta(days=1)
HOME, HEAD, CHILD = UUID(int=1), UUID(int=2), UUID(int=3)
BIRTHS = st.dates(date(1920, 1, 1), date(2026, 8, 31))
DAYS = st.dates(date(2022, 1, 1), date(2027, 12, 31))


def asking(*codes: str) -> Asking:
    found = definitions()
    return Asking(
        household_form=found.household,
        member_form=found.member,
        standards=tuple(found.standards.get(code) for code in codes or ("2022",)),
        rules=found.ages,
    )


ASKING = asking()


def person(uid: UUID, born: date | PartialDate, **values: Any) -> Member:
    birth = born if isinstance(born, PartialDate) else PartialDate(born.year, born.month, born.day)
    return Member(
        uid=uid, membership=uid, full_name="Hồ Thị Mai", **{"birth": birth, "sex": "male", **values}
    )


def home(*members: Member) -> Household:
    return Household(uid=HOME, members=members)


def moved(member: Member, then: date, now: date, with_: Asking = ASKING) -> set[str]:
    house = home(member)
    return {code for _, code in touched(house, house, then, now, with_)}


@settings(max_examples=examples(30, 100))
@given(born=BIRTHS, day=DAYS, sex=st.sampled_from(["male", "female", None]))
def test_nothing_moves_on_one_day(born: date, day: date, sex: str | None) -> None:
    assert moved(person(HEAD, born, sex=sex), day, day) == set()


@pytest.mark.parametrize(
    ("age", "field"), [(6, "health_insurance"), (16, "social_allowance"), (16, "malnourished")]
)
@settings(max_examples=examples(30, 100))
@given(born=st.dates(date(2005, 1, 1), date(2020, 12, 31)), shift=st.integers(-2, 2))
def test_a_birthday_touches_what_it_decides_and_no_other_day_does(
    age: int, field: str, born: date, shift: int
) -> None:
    birthday = add_months(born, 12 * age)
    now = birthday + shift * ONE_DAY
    crossed = years_between(born, now - ONE_DAY) < age <= years_between(born, now)
    assert (field in moved(person(CHILD, born), now - ONE_DAY, now)) == crossed


@settings(max_examples=examples(30, 100))
@given(born=BIRTHS, then=DAYS, days=st.integers(0, 800))
def test_each_field_is_touched_exactly_where_its_age_is_crossed(
    born: date, then: date, days: int
) -> None:
    now = then + days * ONE_DAY
    if born > then:
        return
    found = moved(person(HEAD, born, attending_school=True, school_level="university"), then, now)
    ages = years_between(born, then), years_between(born, now)
    working = [
        definitions().ages.working_age.includes(PartialDate(born.year, born.month, born.day), *at)
        for at in (("male", then), ("male", now))
    ]

    def crossed(age: int) -> bool:
        return ages[0] < age <= ages[1]

    assert ("health_insurance" in found) == crossed(6)
    assert ("social_allowance" in found) == crossed(16)
    assert ("malnourished" in found) == crossed(16)
    left_and_joined = working[0] != working[1]
    assert ("job_status" in found) == (left_and_joined or crossed(15))
    schooling = {"education", "attending_school", "school_level", "training", "trained_on_job"}
    rules = definitions().ages.school
    years = [rules.school_year(day) - born.year for day in (then, now)]
    asks = [(rules.asked_by_school_year(y), y >= rules.last_year) for y in years]
    if not (asks[0] != asks[1] or crossed(16) or crossed(18) or crossed(31)):
        assert not found & schooling
    assert (
        not found
        - schooling
        - {
            "health_insurance",
            "social_allowance",
            "malnourished",
            "job_status",
            "job_contract",
            "labour_capacity",
        }
    )


@pytest.mark.parametrize("sex", ["male", "female"])
@settings(max_examples=examples(30, 100))
@given(born=st.dates(date(1962, 1, 1), date(1972, 12, 31)), shift=st.integers(-1, 1))
def test_the_working_age_of_the_year_and_sex_touches_the_work(
    sex: str, born: date, shift: int
) -> None:
    last = definitions().ages.working_age.ends_on(born, sex)
    now = last + shift * ONE_DAY
    found = moved(person(HEAD, born, sex=sex, job_status="unemployed"), now - ONE_DAY, now)
    assert ("job_status" in found) == (shift == 0)
    assert ("labour_capacity" in found) == (shift == 0)  # it would have excused him


@pytest.mark.parametrize(
    ("years", "level"), [(3, None), (6, "preschool"), (11, "primary"), (15, "lower_secondary")]
)
@settings(max_examples=examples(30, 100))
@given(month=st.integers(1, 12), day=st.integers(1, 28))
def test_the_school_year_touches_the_school_on_the_first_of_september(
    years: int, level: str | None, month: int, day: int
) -> None:
    """By the year of birth: the month does not count. From 15 on no level is asked for."""
    child = person(
        CHILD,
        date(2026 - years, month, day),
        attending_school=level is not None,
        school_level=level,
        education="none",
    )
    first = date(2026, 9, 1)
    by_age = {"education", "attending_school", "school_level", "training", "trained_on_job"}
    assert moved(child, first - 2 * ONE_DAY, first - ONE_DAY) & by_age == set()
    assert "attending_school" in moved(child, first - ONE_DAY, first)
    assert moved(child, first, first + ONE_DAY) & by_age == set()


@pytest.mark.parametrize("age", [16, 18, 31])
@settings(max_examples=examples(30, 100))
@given(born=st.dates(date(1990, 9, 2), date(2010, 8, 30)), shift=st.integers(-1, 1))
def test_the_ages_of_adult_education_touch_schooling(age: int, born: date, shift: int) -> None:
    """Somebody who left school after the primary one."""
    young = person(
        HEAD,
        born,
        attending_school=False,
        education="lower_secondary" if age == 18 else "primary",
        training="none",
        trained_on_job=False,
    )
    now = add_months(born, 12 * age) + shift * ONE_DAY
    found = moved(young, now - ONE_DAY, now)
    assert ("training" in found) == (shift == 0)
    assert ("attending_school" in found) == (shift == 0)


@settings(max_examples=examples(30, 100))
@given(year=st.integers(1930, 2025), then=DAYS)
def test_a_birth_of_which_only_the_year_is_known_moves_too(year: int, then: date) -> None:
    now = add_months(then, 12)
    found = moved(person(HEAD, PartialDate(year)), then, now)
    youngest = then.year - 1 - year, now.year - year
    if youngest[1] < 6 or youngest[0] > 6:
        assert "health_insurance" not in found
    if then.year - year == 5:
        assert "health_insurance" in found


@pytest.mark.parametrize("years", [3, 6, 11, 15])
def test_a_child_kept_from_school_is_asked_again_at_each_level(years: int) -> None:
    child = person(CHILD, date(2026 - years, 5, 1), attending_school=False, education="none")
    found = moved(child, date(2025, 9, 1), date(2026, 9, 1))
    assert "attending_school" in found
    assert "attending_school" not in moved(child, date(2026, 8, 30), date(2026, 8, 31))


def test_who_joined_is_asked_whole_and_who_is_left_is_asked_what_all_share() -> None:
    mother, child = person(HEAD, date(1980, 5, 1)), person(CHILD, date(2018, 1, 1))
    day = date(2026, 9, 1)
    found = touched(home(mother), home(mother, child), day, day, asking("2022", "2027"))
    assert {code for record, code in found if record == CHILD} >= {"full_name", "birth", "relation"}
    shared = {(HOME, "house_area"), (HOME, "score_income"), (HOME, "income")}
    assert {key for key in found if key[0] != CHILD} == shared
    assert touched(home(mother, child), home(mother), day, day, ASKING) == shared
    assert touched(home(), home(mother, child), day, day, ASKING) == frozenset()


def test_a_new_head_touches_every_relation_and_a_new_relation_its_own() -> None:
    day = date(2026, 9, 1)
    mother = person(HEAD, date(1960, 5, 1), relation="head", is_head=True)
    son = person(CHILD, date(1985, 1, 1), relation="child")
    after = home(
        replace(mother, relation="mother", is_head=False),
        replace(son, relation="head", is_head=True),
    )
    assert touched(home(mother, son), after, day, day, ASKING) == {
        (HEAD, "relation"),
        (CHILD, "relation"),
        (HOME, "minority"),
    }
    kin = replace(son, relation="grandchild")
    assert touched(home(mother, son), home(mother, kin), day, day, ASKING) == {(CHILD, "relation")}


def test_a_corrected_birth_date_makes_answers_doubtful_and_other_answers_do_not() -> None:
    day = date(2026, 9, 1)
    baby, child = person(CHILD, date(2022, 1, 1)), person(CHILD, date(2017, 1, 1))
    found = {code for _, code in touched_by_typing(home(baby), home(child), day, ASKING)}
    assert {"health_insurance", "attending_school"} <= found
    assert (
        touched_by_typing(home(child), home(replace(child, health_insurance=True)), day, ASKING)
        == frozenset()
    )


def test_questions_are_asked_at_the_ages_that_an_indicator_reads_them() -> None:
    def of(born: date, *codes: str, **values: Any) -> set[str]:
        house = home(person(CHILD, born, **values))
        return {c for r, c in asked(house, date(2026, 9, 1), asking(*codes)) if r == CHILD}

    baby, pupil, adult = date(2026, 1, 1), date(2016, 1, 1), date(1980, 1, 1)
    assert "attending_school" not in of(baby)
    assert {"attending_school", "malnourished", "height"} <= of(pupil)
    assert "job_status" not in of(pupil)
    assert {"job_status", "pension"} <= of(adult)
    assert not {"malnourished", "height", "attending_school", "sick_untreated"} & of(adult)
    assert "sick_untreated" in of(adult, "2016")
    assert "school_level" in of(pupil, attending_school=True)
    assert "education" in of(adult, education="primary")
    assert "job_contract" not in of(adult, job_status="retired")


class _Watched:
    """A member or household that notes which of its fields are read."""

    def __init__(self, item: object, read: set[str]) -> None:
        self._item, self._read = item, read

    def __getattr__(self, name: str) -> Any:
        self._read.add(name)
        value = getattr(self._item, name)
        return [_Watched(one, self._read) for one in value] if name == "members" else value


@settings(max_examples=examples(30, 100))
@given(seed=st.integers(0, 10_000))
def test_a_test_reads_no_answer_that_it_does_not_name(seed: int) -> None:
    """Else an answer would move the class and never turn yellow."""
    chance = random.Random(seed)
    member_form, found = definitions().member, definitions()
    values: dict[str, Any] = {}
    for field in member_form:
        if field.choices and field.kind != "choices":
            codes = [None, *(choice.code for choice in field.choices)]
            pick = chance.choice(codes)
            values[field.code] = (
                {"yes": True, "no": False}.get(pick or "") if (field.kind == "yes_no") else pick
            )
    values |= {"full_name": "x", "uid": CHILD, "membership": CHILD, "is_head": True}
    values["birth"] = PartialDate(chance.randint(1940, 2026), 1, 1)
    house = Household(uid=HOME, members=(Member(**values),))
    allowed = {item.name for item in fields(Member)} & {"uid", "birth", "sex"} | {"members", "size"}
    for standard in found.standards:
        for indicator in standard.indicators:
            if indicator.test is None:
                continue
            read: set[str] = set()
            watched: Any = _Watched(house, read)
            case = Case(watched, date(2026, 9, 1), found.ages)
            derivation = TESTS[indicator.test.kind]
            derivation.run(case, **indicator.test.params)
            assert read - allowed <= set(derivation.reads), indicator.code
