"""Working age by year and sex, levels by school year: the roadmap typed by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.ages import ages_from, load_ages
from giamngheo_desktop.definitions.loader import DefinitionError, parse_toml
from giamngheo_desktop.domain.age_rules import add_months
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.standard import Certainty
from giamngheo_desktop.texts import error_text

FILE = paths.resources() / "definitions" / "ages.toml"
RULES = load_ages(FILE)
WORK, SCHOOL = RULES.working_age, RULES.school


def test_the_roadmap_of_the_decree() -> None:
    found = {rule.year: (rule.months["male"], rule.months["female"]) for rule in WORK.retirement}
    expected = {2020: (60 * 12, 55 * 12)}
    for year in range(2021, 2036):
        male = min(60 * 12 + 3 * (year - 2020), 62 * 12)
        female = min(55 * 12 + 4 * (year - 2020), 60 * 12)
        expected[year] = (male, female)
    assert found == expected
    assert WORK.certainty is WORK.min_age.certainty is SCHOOL.certainty is Certainty.TO_CONFIRM


@pytest.mark.parametrize(
    ("born", "sex", "retires"),
    [
        (date(1960, 12, 31), "male", date(2020, 12, 31)),
        (date(1961, 1, 1), "male", date(2021, 4, 1)),
        (date(1961, 9, 30), "male", date(2021, 12, 30)),
        (date(1961, 10, 1), "male", date(2022, 4, 1)),
        (date(1964, 9, 30), "male", date(2025, 12, 30)),
        (date(1964, 10, 1), "male", date(2026, 4, 1)),
        (date(1966, 4, 1), "male", date(2028, 4, 1)),
        (date(1990, 1, 1), "male", date(2052, 1, 1)),
        (date(1966, 1, 1), "female", date(2021, 5, 1)),
        (date(1975, 12, 31), "female", date(2035, 12, 31)),
        (date(1990, 1, 1), "female", date(2050, 1, 1)),
    ],
)
def test_the_day_of_the_retirement_age(born: date, sex: str, retires: date) -> None:
    assert WORK.ends_on(born, sex) == retires
    birth = PartialDate(born.year, born.month, born.day)
    assert WORK.includes(birth, sex, retires - timedelta(days=1)) == (True, frozenset())
    assert WORK.includes(birth, sex, retires) == (False, frozenset())


@given(st.dates(date(1940, 1, 1), date(2012, 1, 1)), st.sampled_from(["male", "female"]))
def test_who_is_born_later_does_not_retire_earlier(born: date, sex: str) -> None:
    assert WORK.ends_on(born, sex) <= WORK.ends_on(born + timedelta(days=1), sex)


DAY = date(2026, 9, 15)


@pytest.mark.parametrize(
    ("birth", "sex", "expected"),
    [
        ("2011-09-15", "male", (True, set())),
        ("2011-09-16", "male", (False, set())),
        ("2011", "male", (None, {"birth"})),
        ("2011-10", "male", (False, set())),
        ("1990", None, (True, set())),
        ("1968", None, (None, {"sex"})),  # a man still, a woman no longer
        ("2011", None, (None, {"birth"})),
        ("1965", None, (None, {"birth", "sex"})),  # a man perhaps, a woman no longer
        ("1930", None, (False, set())),
        (None, "male", (None, {"birth"})),
        ("2026-12", "male", (None, {"birth"})),  # not born yet: the date must be wrong
    ],
)
def test_partial_births(
    birth: str | None, sex: str | None, expected: tuple[bool | None, set[str]]
) -> None:
    born = None if birth is None else PartialDate.from_iso(birth)
    assert WORK.includes(born, sex, DAY) == expected


@given(
    st.integers(1955, 2013), st.sampled_from([None, 1, 6, 12]), st.sampled_from(["male", "female"])
)
def test_a_partial_birth_is_certain_only_where_every_day_agrees(
    year: int, month: int | None, sex: str
) -> None:
    birth = PartialDate(year, month)
    days = (birth.latest - birth.earliest).days + 1
    born = (birth.earliest + timedelta(days=step) for step in range(days))
    answers = {WORK.includes(PartialDate(d.year, d.month, d.day), sex, DAY)[0] for d in born}
    expected = answers.pop() if len(answers) == 1 else None
    assert WORK.includes(birth, sex, DAY)[0] is expected


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 8, 31), 2025), (date(2026, 9, 1), 2026), (date(2026, 1, 1), 2025)],
)
def test_the_school_year_of_a_day(day: date, year: int) -> None:
    assert SCHOOL.school_year(day) == year


def test_levels_by_both_readings() -> None:
    names = {"preschool": "M", "primary": "T", "lower_secondary": "C", None: "-"}
    by_year = "".join(names[SCHOOL.asked_by_school_year(age)] for age in range(17))
    by_age = "".join(names[SCHOOL.asked_by_exact_age(age)] for age in range(17))
    assert by_year == "---MMMTTTTTCCCC--"
    assert by_age == "---MMMTTTTTTCCCCC"


def test_levels_rise() -> None:
    order = ["none", *(level.code for level in SCHOOL.levels)]
    assert [SCHOOL.rank(code) for code in order] == list(range(len(order)))
    assert SCHOOL.rank("short_course") is None
    assert SCHOOL.rank(None) is None


def test_months_end_where_the_month_ends() -> None:
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2024, 10, 31), 4) == date(2025, 2, 28)
    assert add_months(date(9990, 1, 1), 720) == date.max


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("male = [60, 3]", "male = [60]", "definition_not_pair", "working_age.retirement[2].male"),
        ("{ year = 2035,", "{ year = 2034,", "definition_lines_order", "working_age.retirement"),
        ('leaving_level = "lower', 'leaving_level = "low', "definition_value",
         "school.leaving_level"),
        ("first_month = 9\n", "", "definition_missing_key", "school.first_month"),
        ("first_month = 9\n", "first_month = 9\nlast_month = 5\n", "definition_unknown_key",
         "school.last_month"),
        ('source = "nd135"', 'source = "nd136"', "definition_value", "working_age.source"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_its_place(old: str, new: str, code: str, where: str) -> None:
    text = FILE.read_text("utf-8")
    assert old in text
    with pytest.raises(DefinitionError) as caught:
        ages_from(parse_toml(text.replace(old, new, 1), "ages.toml"))
    assert (caught.value.code, caught.value.params["where"]) == (code, where)
    assert "ages.toml" in error_text(caught.value)
