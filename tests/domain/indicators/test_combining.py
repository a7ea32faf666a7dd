"""What data tell and what is ticked, combined; gaps that are filled never turn a known state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.indicator_state import (
    IndicatorState,
    MissingField,
    Note,
    State,
)
from giamngheo_desktop.domain.indicators import Answer, codes_in, combine, derive
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.texts import INDICATOR_NOTES, INDICATOR_PROBLEMS, INDICATOR_STATES
from tests.domain.indicators.people import (
    DAY,
    NO,
    OPEN,
    RULES,
    STANDARDS,
    YES,
    person,
)


@pytest.mark.parametrize(
    ("derived", "answer", "expected", "problem", "by_hand"),
    [
        (YES, None, YES, None, False),
        (OPEN, None, OPEN, None, False),
        (OPEN, Answer(True), YES, None, True),
        (OPEN, Answer(False), NO, None, True),
        (YES, Answer(True), YES, None, False),
        (YES, Answer(False), OPEN, "answer_contradicts_data", True),
        (NO, Answer(True, "  "), OPEN, "answer_contradicts_data", True),
        (NO, Answer(True, "Nhà mới sập"), YES, None, True),
        (YES, Answer(False, "Đã mua thẻ hôm qua"), NO, None, True),
    ],
)
def test_combine(
    derived: State, answer: Answer | None, expected: State, problem: str | None, by_hand: bool
) -> None:
    answers = {} if answer is None else {"water": answer}
    found = combine({"water": IndicatorState(state=derived)}, answers)["water"]
    assert (found.state, found.problem, found.by_hand) == (expected, problem, by_hand)
    assert codes_in({"water": found}, expected) == {"water"}


def test_every_code_has_its_words() -> None:
    assert set(INDICATOR_STATES) == set(State)
    assert set(INDICATOR_NOTES) == set(Note)
    assert set(INDICATOR_PROBLEMS) == {"answer_contradicts_data"}


MAYBE = st.booleans()
CHOICES: dict[str, list[object]] = {
    "sex": ["male", "female"],
    "malnourished": [True, False],
    "attending_school": [True, False],
    "school_level": ["preschool", "primary", "lower_secondary", "short_course", "university"],
    "education": ["none", "primary", "lower_secondary", "upper_secondary"],
    "training": ["none", "elementary"],
    "trained_on_job": [True, False],
    "health_insurance": [True, False],
    "uses_internet": [True, False],
    "uses_phone": [True, False],
    "social_allowance": [(), ("elderly",), ("other",)],
    "job_status": ["working", "unemployed", "unable", "student", "retired"],
    "job_contract": ["contract", "no_contract", "not_wage"],
    "sick_untreated": [True, False],
}


HOME: dict[str, list[object]] = {
    "house_wall": ["durable", "not_durable"],
    "house_column": ["durable", "not_durable"],
    "house_roof": ["durable", "not_durable"],
    "house_grade": ["permanent", "weak"],
    "house_area": [150, 160, 400],
    "water_source": ["piped", "surface"],
    "toilet": ["septic", "none"],
    "shared_assets": [(), ("tv",)],
    "personal_assets": [(), ("smartphone",)],
    "hears_loudspeaker": [True, False],
}


@st.composite
def full_and_blanked(draw: st.DrawFn) -> tuple[Household, Household]:
    full, blank = [], []
    for number in range(draw(st.integers(1, 3))):
        born = draw(st.dates(date(1956, 1, 1), DAY))
        facts = {field: draw(st.sampled_from(values)) for field, values in CHOICES.items()}
        if not facts["attending_school"]:
            facts["school_level"] = None  # a level without a school would contradict itself
        if DAY.year - born.year < 14 and facts["education"] != "none":
            facts["education"] = "primary"  # nobody leaves lower secondary school before
        if facts["job_status"] != "working":
            facts["job_contract"] = None
        whole = person(number, born.isoformat(), **facts)
        full.append(whole)
        kept = draw(st.integers(0, 3))
        parts = (born.year, born.month, born.day)[:kept]
        gaps: dict[str, object] = {field: None for field in CHOICES if draw(MAYBE)}
        if not facts["attending_school"] or gaps.get("school_level", 0) is None:
            gaps["school_level"] = None
        if gaps.get("job_status", 0) is None:
            gaps["job_contract"] = None
        blank.append(replace(whole, birth=PartialDate(*parts) if parts else None, **gaps))  # type: ignore[arg-type]
    home = {field: draw(st.sampled_from(values)) for field, values in HOME.items()}
    whole_home = Household(uid=UUID(int=9), members=tuple(full), **home)  # type: ignore[arg-type]
    home_gaps = {field: None for field in HOME if draw(MAYBE)}
    return whole_home, replace(whole_home, members=tuple(blank), **home_gaps)  # type: ignore[arg-type]


def fill(blank: Household, full: Household, gaps: tuple[MissingField, ...]) -> Household:
    whole = {member.uid: member for member in full.members}
    members = []
    for member in blank.members:
        fields = {gap.field for gap in gaps if gap.member == member.uid}
        members.append(replace(member, **{f: getattr(whole[member.uid], f) for f in fields}))
    own = {gap.field: getattr(full, gap.field) for gap in gaps if gap.member is None}
    return replace(blank, members=tuple(members), **own)


@given(full_and_blanked(), st.sampled_from(["2016", "2022"]))
def test_filling_gaps_never_turns_a_known_state(
    homes: tuple[Household, Household], code: str
) -> None:
    full, blank = homes
    standard = STANDARDS.get(code)
    truth = derive(standard, full, DAY, RULES)
    for indicator, found in derive(standard, blank, DAY, RULES).items():
        if found.state is not OPEN:
            assert found.state is truth[indicator].state, indicator


@given(full_and_blanked(), st.sampled_from(["2016", "2022"]))
def test_filling_what_is_missing_leads_to_the_answer(
    homes: tuple[Household, Household], code: str
) -> None:
    full, blank = homes
    standard = STANDARDS.get(code)
    truth = derive(standard, full, DAY, RULES)
    for indicator, target in truth.items():
        home = blank
        found = derive(standard, home, DAY, RULES)[indicator]
        while found.missing:
            filled = fill(home, full, found.missing)
            if filled == home:  # the full household does not know it either (short course)
                break
            home = filled
            found = derive(standard, home, DAY, RULES)[indicator]
        assert found.state is target.state
        assert (found.state is OPEN) == (bool(found.missing) or found.note is not None)
