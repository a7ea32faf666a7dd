"""What a household would be: the area of its village, the day, its answers under each standard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain.classify import Measure
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.indicator_state import State
from giamngheo_desktop.domain.indicators import CONTRADICTS_DATA, Answer
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.standard import AreaType, HouseholdClass
from giamngheo_desktop.services import areas, assessment, classes, households, undo
from giamngheo_desktop.services.assessment import Assessment
from tests.harness.register import TODAY, Register, dump, groups, living
from tests.harness.tables import definitions

YES, NO = Answer(True), Answer(False)


def standard(code: str) -> Any:
    return definitions().standards.get(code)


def assess(
    register: Register, household: Household, code: str = "2022", day: date = TODAY
) -> Assessment:
    return assessment.assess(
        register.database, definitions(), household, standard=standard(code), reference_day=day
    )


def answer_all(register: Register, household: Household, code: str, deprived: int) -> None:
    """The first `deprived` indicators ticked, the others not."""
    codes = [indicator.code for indicator in standard(code).indicators]
    answers = {
        indicator: Answer(number < deprived, "theo phiếu giấy")
        for number, indicator in enumerate(codes)
    }
    assessment.save_answers(register.database, register.context, household, code, answers)


@pytest.fixture
def home(register: Register) -> Household:
    return register.household("Đinh Văn Tự", "Đinh Thị Én", income=1_600_000)


def test_the_area_of_the_village_or_else_of_the_commune_decides(
    register: Register, home: Household
) -> None:
    """1.600.000 is above the rural line and not above the urban one."""
    answer_all(register, home, "2022", 3)
    args = (register.database, register.context)
    found = assess(register, home)
    assert found.area_type is AreaType.RURAL
    assert found.classification is not None
    assert found.classification.household_class is HouseholdClass.AVERAGE
    areas.change_area(*args, register.commune, date(2026, 3, 1), area_type="urban")
    found = assess(register, home)
    assert found.area_type is AreaType.URBAN
    assert found.classification is not None
    assert found.classification.household_class is HouseholdClass.POOR
    # As it was in February, and where the village says otherwise than its commune.
    assert assess(register, home, day=date(2026, 2, 1)).area_type is AreaType.RURAL
    areas.change_area(*args, register.villages["A"], date(2026, 4, 1), area_type="rural")
    assert assess(register, home).area_type is AreaType.RURAL


def test_without_a_village_or_an_income_there_is_no_class(
    register: Register, home: Household
) -> None:
    nowhere = assess(register, replace(home, village=None))
    assert (nowhere.area_type, nowhere.classification) == (None, None)
    poor_data = assess(register, replace(home, income=None))
    assert (poor_data.area_type, poor_data.classification) == (AreaType.RURAL, None)
    assert assess(register, replace(home, village=UUID(int=1))).area_type is None
    # Nothing below the line is nought of anything: an income of 0 is an income.
    assert assess(register, replace(home, income=0)).classification is not None


@pytest.mark.parametrize(
    ("field", "least", "most"), [("income", 0, 1_000_000_000), ("score_income", 0, 1000)]
)
def test_a_value_outside_its_field_classifies_nothing(
    register: Register, home: Household, field: str, least: int, most: int
) -> None:
    def classified(value: int) -> bool:
        typed = replace(home, **{"income": None, "score_income": None, field: value})
        return assess(register, typed).classification is not None

    assert (classified(least), classified(most)) == (True, True)
    assert (classified(least - 1), classified(most + 1)) == (False, False)


def test_points_count_where_the_standard_has_the_form(register: Register, home: Household) -> None:
    pointed = replace(home, income=None, score_income=140)
    answer_all(register, home, "2022", 3)
    found = assess(register, pointed)
    assert found.classification is not None
    assert found.classification.household_class is HouseholdClass.POOR
    assert found.score is not None
    assert (found.score.low, found.score.high) == (30, 30)
    assert assess(register, pointed, "2027").classification is None
    both = replace(pointed, income=1_600_000)  # typed for the standard without a form
    by_points, by_income = assess(register, both), assess(register, both, "2027")
    assert by_points.classification is not None
    assert by_income.classification is not None
    assert by_points.classification.measure is Measure.SCORE
    assert by_points.classification.household_class is HouseholdClass.POOR
    assert by_income.classification.measure is Measure.INCOME


def test_unknown_indicators_leave_a_range(register: Register) -> None:
    empty = register.household(income=1_000_000)
    found = assess(register, empty)
    assert found.unknown == {indicator.code for indicator in standard("2022").indicators}
    assert found.classification is not None
    assert found.classification.household_class is None
    assert set(found.classification.possible) == {HouseholdClass.POOR, HouseholdClass.NEAR_POOR}
    assert found.score is not None
    assert (found.score.low, found.score.high) == (0, 120)


def test_each_standard_has_its_own_answers(register: Register, home: Household) -> None:
    args = (register.database, register.context)
    assessment.save_answers(*args, home, "2022", {"water": YES})
    assessment.save_answers(*args, home, "2027", {"water": NO})
    states = {code: assess(register, home, code).indicators["water"] for code in ("2022", "2027")}
    assert states["2022"].state is State.DEPRIVED
    assert states["2027"].state is not State.DEPRIVED
    assert assessment.answers_of(register.database, home.uid, "2016") == {}


def test_a_province_may_be_stricter(register: Register, home: Household) -> None:
    """Case 40 of the law: poor in the province, average by the nation."""
    rich = replace(home, income=1_900_000)
    for code in ("2022", "dong_nai_2022"):
        answer_all(register, home, code, 2)
    found = {
        code: assess(register, rich, code).classification for code in ("2022", "dong_nai_2022")
    }
    assert found["2022"] is not None
    assert found["dong_nai_2022"] is not None
    assert found["2022"].household_class is HouseholdClass.AVERAGE
    assert found["dong_nai_2022"].household_class is HouseholdClass.POOR


def test_the_reference_day_decides_over_ages(register: Register) -> None:
    """Insurance is asked from six years on."""
    home = register.household("Mẹ")
    child = register.member("Bé", birth=PartialDate(2020, 6, 1), health_insurance=False)
    mother = replace(home.members[0], health_insurance=True)
    saved = households.save(
        register.database,
        register.context,
        replace(home, members=(mother, child)),
        day=date(2025, 1, 1),
        base=home,
    ).value
    before = assess(register, saved, day=date(2026, 5, 31)).indicators["health_insurance"]
    after = assess(register, saved, day=date(2026, 6, 1)).indicators["health_insurance"]
    assert (before.state, after.state) == (State.NOT_DEPRIVED, State.DEPRIVED)


# --- answers -------------------------------------------------------------------------------------


def test_answers_are_stored_changed_taken_back_and_undone(
    register: Register, home: Household
) -> None:
    args = (register.database, register.context)
    before = living(dump(register.database))
    save = assessment.save_answers
    save(*args, home, "2022", {"water": YES, "toilet": Answer(False, "mới xây")})
    stored = assessment.answers_of(register.database, home.uid, "2022")
    assert stored == {"water": YES, "toilet": Answer(False, "mới xây")}
    count = len(groups(register.database))
    save(*args, home, "2022", {"water": YES})
    save(*args, home, "2022", {"telecom": None})
    assert len(groups(register.database)) == count  # nothing changed, nothing written
    save(*args, home, "2022", {"water": None, "toilet": YES})
    assert assessment.answers_of(register.database, home.uid, "2022") == {"toilet": YES}
    save(*args, home, "2022", {"water": NO})
    assert assessment.answers_of(register.database, home.uid, "2022")["water"] == NO
    for _ in range(3):  # three actions changed something
        step = undo.next_step(register.database)
        assert step is not None
        undo.undo(*args, step.group)
    assert living(dump(register.database)) == before


def test_an_answer_against_the_data_owes_a_reason(register: Register) -> None:
    home = register.household("Hộ")
    insured = replace(home, members=(replace(home.members[0], health_insurance=True),))
    args = (register.database, register.context)
    assessment.save_answers(*args, home, "2022", {"health_insurance": YES})
    found = assess(register, insured).indicators["health_insurance"]
    assert (found.state, found.problem) == (State.UNKNOWN, CONTRADICTS_DATA)
    assessment.save_answers(*args, home, "2022", {"health_insurance": Answer(True, "thẻ hết hạn")})
    found = assess(register, insured).indicators["health_insurance"]
    assert (found.state, found.problem, found.by_hand) == (State.DEPRIVED, None, True)


def test_nothing_computed_changes_a_class_record(register: Register, home: Household) -> None:
    record = register.give_class(home.uid, "poor")
    answer_all(register, home, "2022", 0)
    assess(register, home)
    rows = classes.of_household(register.database, home.uid)
    assert [(row["uid"], row["household_class"]) for row in rows] == [(record, "poor")]
