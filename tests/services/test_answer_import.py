"""Answers by name: read as typed, saved as the window saves, in any order with the same result."""

from __future__ import annotations

import tempfile
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giamngheo_desktop import texts
from giamngheo_desktop.domain.answers import AnswerState
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.services import undo
from giamngheo_desktop.services.review import answer_import
from giamngheo_desktop.services.review.case_entry import CaseSheet
from tests.harness.examples import examples
from tests.harness.register import Register, empty_database, groups, make_register
from tests.harness.tables import definitions
from tests.services.test_case_entry import in_state, make_case, open_case, rows, settle

# Two answers to one question are no permutation of each other: each question stands once.
GIVEN: dict[str, object] = {
    "house_wall": "Bền chắc",
    "house_area": "24,5",
    "water_source": "Nước máy",
    "toilet": "?",
    "shared_assets": "không có",
    "score_income": 95,
    "income": "1,5tr",
    "1.job_status": "có việc làm",
    "1.job_contract": "không có hợp đồng",
    "1.health_insurance": False,
    "2.attending_school": "Có",
    "2.school_level": "THCS",
    "2.birth": "3/2014",
    "2027.waste_treatment": True,
    "2027.water": "Không",
}


def take_in(register: Register, case: UUID, answers: dict[str, object]) -> CaseSheet:
    return answer_import.import_answers(
        register.database, register.context, definitions(), case, answers
    ).value


def results(register: Register) -> dict[str, dict[str, Any]]:
    found = rows(register, Kind.CASE_RESULT)
    return {
        row["standard"]: {k: v for k, v in row.items() if k not in ("uid", "review_case")}
        for row in found
    }


def test_answers_are_read_like_those_of_the_form(register: Register) -> None:
    case = make_case(register, PartialDate(2015, 3, 1))
    sheet = take_in(register, case, GIVEN)
    home = sheet.household
    assert (home.house_wall, home.house_area, home.income) == ("durable", 245, 1_500_000)
    assert home.shared_assets == ()
    assert home.members[0].health_insurance is False
    assert home.members[1].birth == PartialDate(2014, 3)
    assert home.members[1].school_level == "lower_secondary"
    assert sheet.answers.state((home.uid, "toilet")) is AnswerState.UNKNOWN
    confirmed = in_state(sheet, AnswerState.CONFIRMED)
    assert {
        "house_wall",
        "2027.waste_treatment",
        "2027.water",
        "job_contract",
        "school_level",
    } <= confirmed
    assert "house_roof" in in_state(sheet, AnswerState.CARRIED)
    by_hand = sheet.assessments[1].indicators
    assert (by_hand["waste_treatment"].state, by_hand["water"].state) == (
        "deprived",
        "not_deprived",
    )
    assert groups(register.database)[-1]["op"] == Op.IMPORT_ANSWERS
    count = len(groups(register.database))
    take_in(register, case, GIVEN)
    assert len(groups(register.database)) == count


def test_a_whole_form_by_two_signs_is_settled(register: Register) -> None:
    case = make_case(register)
    sheet = open_case(register, case)
    home = sheet.household.uid
    same = {
        code if record == home else f"1.{code}": "="
        for record, code in sheet.answers
        if sheet.value((record, code)) is not None
    }
    sheet = take_in(register, case, same)
    assert not sheet.blockers()
    settle(register, case)
    step = undo.next_step(register.database)
    assert step is not None
    assert step.op is Op.SETTLE_CASE


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"house_size": 3}, "import_field"),
        ({"village": "Thôn A"}, "import_field"),
        ({"1.is_head": True}, "import_field"),
        ({"2022.water": True}, "import_not_by_hand"),  # the answer tells
        ({"2027.toys": True}, "import_indicator"),
        ({"2016.water": True}, "import_indicator"),  # the review does not go by it
        ({"7.sex": True}, "import_person"),
        ({"7.sex": "nam"}, "import_person"),
        ({"house_area": "24,55"}, "import_value"),
        ({"house_area": Decimal("24.55")}, "import_value"),
        ({"house_wall": "bằng vàng"}, "import_value"),
        ({"house_wall": True}, "import_value"),
        ({"shared_assets": ["tv", "xe"]}, "import_value"),
        ({"score_income": Decimal("9.5")}, "import_value"),
        ({"score_income": True}, "import_value"),
        ({"score_income": {"x": 1}}, "import_value"),
    ],
)
def test_a_bad_answer_leaves_the_whole_form_as_it_was(
    register: Register, answers: dict[str, object], code: str
) -> None:
    case = make_case(register)
    before = len(groups(register.database))
    with pytest.raises(AppError, match=code):
        take_in(register, case, {"house_wall": "durable", **answers})
    assert len(groups(register.database)) == before


def test_a_bad_answer_is_named_as_it_was_given(register: Register) -> None:
    case = make_case(register)
    with pytest.raises(AppError) as raised:
        take_in(register, case, {"1.sex": "không rõ"})
    assert raised.value.params["name"] == "1.sex"


def test_of_a_number_with_decimals_it_is_said_how_they_are_typed(register: Register) -> None:
    case = make_case(register)
    for name, example in (("house_area", "32,5"), ("score_income", "1.234")):
        with pytest.raises(AppError, match="import_value") as raised:
            take_in(register, case, {name: "rộng"})
        assert example in texts.error_text(raised.value)


def test_as_last_year_takes_back_that_nobody_knew(register: Register) -> None:
    case = make_case(register)
    key = (open_case(register, case).household.uid, "toilet")
    for asked in ({"toilet": "="}, {"toilet": "?"}, {"toilet": "="}):
        sheet = take_in(register, case, dict(asked))
        unknown = asked["toilet"] == "?"
        state = AnswerState.UNKNOWN if unknown else AnswerState.CONFIRMED
        assert sheet.answers.state(key) is state
        assert open_case(register, case).answers.state(key) is state
        found = "unknown" if unknown else "deprived"
        assert sheet.assessments[0].indicators["toilet"].state == found
    step = undo.next_step(register.database)
    assert step is not None
    undo.undo(register.database, register.context, step.group)
    assert open_case(register, case).answers.state(key) is AnswerState.UNKNOWN


def test_as_last_year_is_open_where_last_year_knew_nothing(register: Register) -> None:
    case = make_case(register)
    tick = "2027.waste_treatment"
    key = (open_case(register, case).household.uid, tick)
    for sign, state in (("=", AnswerState.EMPTY), ("?", AnswerState.UNKNOWN),
                        ("=", AnswerState.EMPTY)):  # fmt: skip
        assert take_in(register, case, {tick: sign}).answers.state(key) is state
        assert open_case(register, case).answers.state(key) is state


def test_a_form_is_found_by_three_names(register: Register) -> None:
    case = make_case(register, code="H-7")
    home = rows(register, Kind.CASE)[0]
    find = answer_import.find_case
    assert find(register.database, "2026", "H-7") == case
    assert find(register.database, str(home["review"]), str(home["household"])) == case
    with pytest.raises(AppError, match="import_review"):
        find(register.database, "2025", "H-7")
    with pytest.raises(AppError, match="import_household"):
        find(register.database, "2026", "H-8")


ORDERS = st.permutations(sorted(GIVEN)).flatmap(
    lambda keys: st.lists(st.integers(1, 4), min_size=4, max_size=15).map(
        lambda sizes: _parts(keys, sizes)
    )
)


def _parts(keys: list[str], sizes: list[int]) -> list[list[str]]:
    """The keys in this order, in saves of these sizes, the rest in one."""
    parts, start = [], 0
    for size in sizes:
        parts.append(keys[start : start + size])
        start += size
    return [part for part in (*parts, keys[start:]) if part]


def _after(saves: list[list[str]]) -> tuple[object, object]:
    with tempfile.TemporaryDirectory() as folder, empty_database(Path(folder) / "a.db") as database:
        register = make_register(database)
        case = make_case(register, PartialDate(2015, 3, 1))
        for part in saves:
            sheet = take_in(register, case, {key: GIVEN[key] for key in part})
        values = [sheet.value(key) for key in sheet.answers]
        return results(register), values


@cache
def _all_at_once() -> tuple[object, object]:
    return _after([sorted(GIVEN)])


@given(saves=ORDERS)
@settings(max_examples=examples(4, 20), deadline=None)
def test_the_class_depends_on_the_answers_and_not_on_the_order_of_typing(
    saves: list[list[str]],
) -> None:
    assert _after(saves) == _all_at_once()


def test_the_surveyed_day_of_last_year_is_no_day_of_this_review(register: Register) -> None:
    sheet = open_case(register, make_case(register))
    assert "surveyed_on" in in_state(sheet, AnswerState.TOUCHED)
    case = sheet.case["uid"]
    assert take_in(register, case, {"surveyed_on": "5/9/2026"}).household.surveyed_on == date(
        2026, 9, 5
    )
