"""The form of a household in a review: what is grey, what is yellow, what may be settled."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain.answers import AnswerState
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import RefusedError, StaleRecordError
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.services import households, undo
from giamngheo_desktop.services.review import case_entry, recognition, reviews
from giamngheo_desktop.services.review.case_entry import CaseSheet
from giamngheo_desktop.services.review.recognition import Decision
from giamngheo_desktop.services.review.reviews import NewReview, ReviewStandard
from giamngheo_desktop.services.rollups import rollup
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage import reviews as stored
from tests.harness.register import STANDARD, TODAY, Register, dump, groups, living
from tests.harness.tables import definitions

DAY = date(2026, 9, 1)
BOTH = (
    ReviewStandard(code=STANDARD, purpose="movement"),
    ReviewStandard(code="2027", purpose="next_opening"),
)
HOUSE = {
    "house_wall": "not_durable",
    "house_column": "not_durable",
    "house_roof": "durable",
    "house_area": 300,
    "electricity_source": "grid",
    "electricity_kwh": 60,
    "water_source": "surface",
    "toilet": "none",
    "shared_assets": ("tv",),
    "personal_assets": (),
    "score_income": 120,
    "income": 1_000_000,
    "causes": (),
    "policies_received": (),
    "support_needs": (),
    "surveyor": "Hồ Thị Mai",
    "surveyed_on": date(2025, 9, 20),
}
PERSON = {
    "id_kind": "none",
    "health_insurance": True,
    "serious_illness": False,
    "social_allowance": (),
    "uses_internet": True,
    "job_status": "unable",
    "pension": (),
}


def make_case(
    register: Register, *births: PartialDate, standards: Any = BOTH, **values: Any
) -> UUID:
    """A poor household that was there last year, with all answers given; the case of its review."""
    home = register.household("Hồ Văn Ba", *(f"Hồ Văn Con {n}" for n, _ in enumerate(births)))
    members = [replace(home.members[0], **PERSON)]
    for member, birth in zip(home.members[1:], births, strict=True):
        members.append(replace(member, birth=birth, **PERSON))
    full = replace(home, members=tuple(members), **{**HOUSE, **values})
    households.save(register.database, register.context, full, day=date(2025, 1, 1))
    register.give_class(home.uid, "poor", year=2025)
    return begin(register, standards)


def begin(register: Register, standards: Any = BOTH) -> UUID:
    new = NewReview(year=2026, begun_on=DAY, reference_day=DAY, standards=standards)
    args = (register.database, register.context, definitions(), new)
    review = reviews.begin(*args, commune=register.commune).value
    with register.database.reader() as connection:
        return UUID(str(stored.cases(connection, review)[0]["uid"]))


def open_case(register: Register, case: UUID) -> CaseSheet:
    return case_entry.open_case(register.database, definitions(), case, TODAY)


def save(register: Register, sheet: CaseSheet) -> CaseSheet:
    return case_entry.save_case(
        register.database,
        register.context,
        definitions(),
        sheet,
        sheet.household,
        sheet.answers,
        day=DAY,
        ticks=sheet.ticks,
    ).value


def settle(register: Register, case: UUID, outcome: str = "reviewed", **values: Any) -> None:
    args = (register.database, register.context, definitions(), case)
    case_entry.settle(*args, outcome=outcome, **values)


def typed(sheet: CaseSheet, field: str, value: Any, record: UUID | None = None) -> CaseSheet:
    """What the window does after each answer."""
    home = sheet.household
    uid = record or home.uid
    if uid == home.uid:
        home = replace(home, **{field: value})
    else:
        members = [replace(m, **{field: value}) if m.uid == uid else m for m in home.members]
        home = replace(home, members=tuple(members))
    answers = sheet.answers.typed((uid, field), is_empty=value is None)
    return case_entry.recompute(definitions(), sheet, home, answers)


def accept_everything(sheet: CaseSheet) -> CaseSheet:
    answers = sheet.answers
    for key in answers:
        answers = answers.accept(key)
    return case_entry.recompute(definitions(), sheet, sheet.household, answers)


def in_state(sheet: CaseSheet, state: AnswerState) -> set[str]:
    return {key[1] for key in sheet.answers if sheet.answers.state(key) is state}


def rows(register: Register, kind: Kind, **equals: object) -> list[dict[str, Any]]:
    with register.database.reader() as connection:
        return records.find(connection, kind, **equals)


def test_last_years_answers_stand_grey_and_only_what_is_asked_anew_is_yellow(
    register: Register,
) -> None:
    sheet = open_case(register, make_case(register))
    assert in_state(sheet, AnswerState.TOUCHED) == {
        "score_income",
        "income",
        "surveyor",
        "surveyed_on",
    }
    assert {"house_wall", "health_insurance", "relation"} <= in_state(sheet, AnswerState.CARRIED)
    assert "house_grade" not in in_state(sheet, AnswerState.CARRIED)  # no standard here reads it
    assert in_state(sheet, AnswerState.CONFIRMED) == set()
    by_code = {item.standard.code: case_entry.decided_class(item) for item in sheet.assessments}
    assert by_code == {"2022": "poor", "2027": None}


def test_a_confirmed_form_is_settled_with_a_computed_class_that_undo_takes_back(
    register: Register,
) -> None:
    case = make_case(register)
    with pytest.raises(RefusedError, match="case_open") as refused:
        settle(register, case)
    assert refused.value.params["yellow"] == 4
    assert refused.value.params["grey"] > 10
    sheet = save(register, accept_everything(open_case(register, case)))
    assert sheet.blockers().counts == dict.fromkeys(sheet.blockers().counts, 0)
    settle(register, case)
    row = rows(register, Kind.CASE, uid=case)[0]
    assert (row["outcome"], row["entered_on"]) == ("reviewed", DAY)
    computed = {r["standard"]: r for r in rows(register, Kind.CLASS_RECORD, source="computed")}
    assert computed["2022"]["household_class"] == "poor"
    assert computed["2027"]["household_class"] is None
    assert computed["2027"]["possible"] == ("poor", "near_poor")
    result = {r["standard"]: r for r in rows(register, Kind.CASE_RESULT)}["2022"]
    assert (result["household_class"], result["score_income"]) == ("poor", 120)
    # việc làm … chất lượng nhà ở (7), nguồn nước (9), nhà tiêu (10) of twelve
    assert result["deprived_bits"] == (1 << 6) | (1 << 8) | (1 << 9)
    with pytest.raises(RefusedError, match="case_settled"):
        settle(register, case)
    with pytest.raises(RefusedError, match="case_settled"):
        save(register, open_case(register, case))
    step = undo.next_step(register.database)
    assert step is not None
    undo.undo(register.database, register.context, step.group)
    assert rows(register, Kind.CLASS_RECORD, source="computed") == []
    assert rows(register, Kind.CASE, uid=case)[0]["outcome"] is None


def test_an_income_between_the_lines_is_no_average_living(register: Register) -> None:
    """That is recognised on application: neither table counts it, before and after the decision."""
    case = make_case(register, score_income=None, income=2_000_000, standards=BOTH[:1])
    sheet = save(register, accept_everything(open_case(register, case)))
    settle(register, case)
    (result,) = rows(register, Kind.CASE_RESULT)
    assert (result["household_class"], result["average_living"]) == ("not_poor", False)
    paper = Decision(number="31/QĐ-UBND", signed_on=DAY, valid_from=DAY + timedelta(days=1))
    args = (register.database, register.context, sheet.review["uid"], STANDARD, paper)
    recognition.recognise(*args, reason="xong")
    for recognised in (False, True):
        found = rollup(register.database, year=2026, standard=STANDARD, recognised=recognised)
        assert found.bounds(register.commune, "average_living_households") == (0, 0)


def test_saving_twice_changes_nothing_and_undo_brings_the_states_back(register: Register) -> None:
    case = make_case(register)
    sheet = open_case(register, case)
    before = living(dump(register.database))
    first = save(register, typed(sheet, "house_area", 500))
    assert first.answers.state((sheet.household.uid, "house_area")) is AnswerState.CONFIRMED
    count = len(groups(register.database))
    again = save(register, first)
    assert len(groups(register.database)) == count
    assert again.answers == first.answers
    with pytest.raises(StaleRecordError):  # the sheet opened before
        save(register, sheet)
    step = undo.next_step(register.database)
    assert step is not None
    undo.undo(register.database, register.context, step.group)
    assert living(dump(register.database)) == before
    assert open_case(register, case).answers == sheet.answers


def test_other_outcomes_need_a_reason_and_leave_no_result(register: Register) -> None:
    case = make_case(register)
    save(register, open_case(register, case))
    with pytest.raises(RefusedError, match="reason_missing"):
        settle(register, case, "absent", note=" ")
    settle(register, case, "absent", note="Cả hộ đi làm xa")
    assert rows(register, Kind.CASE_RESULT) == []
    assert rows(register, Kind.CLASS_RECORD, source="computed") == []
    case_entry.reopen(register.database, register.context, case, reason="Đã về")
    assert rows(register, Kind.CASE, uid=case)[0]["outcome"] is None
    save(register, open_case(register, case))
    assert len(rows(register, Kind.CASE_RESULT)) == 2


def test_a_reopened_case_is_settled_again_with_the_new_class(register: Register) -> None:
    case = make_case(register)
    save(register, accept_everything(open_case(register, case)))
    settle(register, case)
    with pytest.raises(RefusedError, match="reason_missing"):
        case_entry.reopen(register.database, register.context, case, reason="")
    case_entry.reopen(register.database, register.context, case, reason="Họp dân không đạt")
    assert rows(register, Kind.CLASS_RECORD, source="computed") == []
    with pytest.raises(RefusedError, match="case_not_settled"):
        case_entry.reopen(register.database, register.context, case, reason="x")
    sheet = open_case(register, case)
    assert in_state(sheet, AnswerState.CARRIED) == set()  # what was confirmed stays confirmed
    save(register, typed(sheet, "score_income", 150))
    settle(register, case)
    found = rows(register, Kind.CLASS_RECORD, source="computed", standard="2022")
    assert [row["household_class"] for row in found] == ["not_poor"]


def test_what_nobody_knows_does_not_count_and_blocks(register: Register) -> None:
    case = make_case(register)
    sheet = accept_everything(open_case(register, case))
    key = (sheet.household.uid, "toilet")
    sheet = case_entry.recompute(definitions(), sheet, sheet.household, sheet.answers.unknown(key))
    assert sheet.answered.toilet is None
    assert sheet.household.toilet == "none"  # what the register knows is not wiped out
    assert case_entry.decided_class(sheet.assessments[0]) is None
    saved = save(register, sheet)
    assert saved.answers.state(key) is AnswerState.UNKNOWN
    assert (saved.blockers().unknown, saved.blockers().undecided) == (1, 1)
    with pytest.raises(RefusedError, match="case_open"):
        settle(register, case)


def test_only_questions_that_are_asked_wait_for_an_answer(register: Register) -> None:
    sheet = open_case(register, make_case(register))
    head = sheet.household.members[0].uid
    assert sheet.blockers().empty == 0
    works = typed(sheet, "job_status", "working", head)
    assert works.answers.state((head, "job_contract")) is AnswerState.EMPTY
    assert works.blockers().empty == 1
    rests = typed(works, "job_status", "unable", head)  # then its contract is not asked
    assert (head, "job_contract") not in rests.answers
    assert rests.blockers().empty == 0


def test_a_new_member_is_typed_and_makes_what_is_shared_doubtful(register: Register) -> None:
    case = make_case(register)
    sheet = accept_everything(open_case(register, case))
    new = households.new_member(
        register.context, full_name="Hồ Thị Bé", relation="child", birth=PartialDate(2026, 8, 2)
    )
    home = replace(sheet.household, members=(*sheet.household.members, new))
    sheet = case_entry.recompute(definitions(), sheet, home, sheet.answers)
    assert sheet.answers.state((new.uid, "full_name")) is AnswerState.CONFIRMED
    assert sheet.answers.state((new.uid, "sex")) is AnswerState.EMPTY
    assert {"house_area", "score_income"} <= in_state(sheet, AnswerState.TOUCHED)
    saved = save(register, sheet)
    assert [member.full_name for member in saved.household.members] == ["Hồ Văn Ba", "Hồ Thị Bé"]
    assert saved.answers.state((new.uid, "full_name")) is AnswerState.CONFIRMED
    assert "house_area" in in_state(saved, AnswerState.TOUCHED)


def test_leftovers_of_questions_that_do_not_apply_go_when_the_case_is_settled(
    register: Register,
) -> None:
    case = make_case(register, PartialDate(1990, 1, 1))
    sheet = open_case(register, case)
    child = sheet.household.members[1].uid
    for field, value in (("job_status", "working"), ("job_contract", "no_contract")):
        sheet = typed(sheet, field, value, child)
    assert "employment" in {
        code for code, item in sheet.assessments[0].indicators.items() if item.state == "deprived"
    }
    sheet = save(register, typed(sheet, "job_kind", "other", child))
    sheet = save(register, typed(sheet, "job_status", "unable", child))
    assert sheet.household.members[1].job_contract == "no_contract"
    assert (child, "job_contract") not in sheet.answers.states
    save(register, accept_everything(sheet))
    settle(register, case)
    left = register.get(sheet.household.uid)
    assert left.members[1].job_contract is None
    assert left.members[1].job_kind is None


def test_an_error_may_stay_with_a_reason(register: Register) -> None:
    """The paper says so: the reason goes into the history."""
    case = make_case(register, PartialDate(2019, 5, 5))
    sheet = open_case(register, case)
    child = sheet.household.members[1].uid
    sheet = typed(sheet, "malnourished", False, child)
    for field, value in (("attending_school", True), ("school_level", "university")):
        sheet = typed(sheet, field, value, child)
    sheet = save(register, accept_everything(sheet))
    assert {item.code for item in sheet.problems if item.severity == "error"} == {"level_too_high"}
    assert sheet.blockers().errors == 1
    with pytest.raises(RefusedError, match="case_open"):
        settle(register, case, overrides={"level_too_high": " "})
    settle(register, case, overrides={"level_too_high": "Giấy tờ ghi sai"})
    assert groups(register.database)[-1]["reason"] == "Giấy tờ ghi sai"


def test_a_grey_answer_that_contradicts_another_is_yellow_until_they_agree(
    register: Register,
) -> None:
    case = make_case(register, PartialDate(1990, 1, 1))
    sheet = open_case(register, case)
    child = sheet.household.members[1].uid
    key = (child, "labour_capacity")
    sheet = typed(sheet, "labour_capacity", "able", child)  # and the work says: unable
    assert "able_and_unable" in {item.code for item in sheet.problems}
    assert sheet.answers.state(key) is AnswerState.CONFIRMED
    sheet = open_case(register, UUID(str(save(register, sheet).case["uid"])))
    home = replace(sheet.household)
    carried = case_entry.recompute(definitions(), sheet, home, sheet.answers.__class__())
    assert carried.answers.state(key) is AnswerState.TOUCHED
    agreed = typed(carried, "job_status", "retired", child)
    assert agreed.answers.state(key) is AnswerState.CARRIED


def test_a_closed_review_takes_no_answers(register: Register) -> None:
    case = make_case(register)
    sheet = accept_everything(open_case(register, case))
    with write_unit(register.database, register.context, Op.CLOSE_REVIEW) as work:
        work.update(Kind.REVIEW, sheet.review["uid"], closed_on=TODAY)
    for act in (
        lambda: save(register, sheet),
        lambda: settle(register, case),
    ):
        with pytest.raises(RefusedError, match="review_closed"):
            act()


def test_who_came_after_the_reference_day_is_reviewed_as_on_the_day_it_came(
    register: Register,
) -> None:
    make_case(register)
    late = register.household("Hồ Thị Sau", day=date(2026, 10, 5), score_income=100)
    review = rows(register, Kind.REVIEW)[0]["uid"]
    with write_unit(register.database, register.context, Op.LIST_CASE) as work:
        case = reviews.add_case_in(work, review, late.uid, register.villages["A"], "other")
    sheet = open_case(register, case)
    assert sheet.day == date(2026, 10, 5)
    assert sheet.household.size == 1
    assert sheet.area_type == "rural"


@pytest.mark.parametrize("seed", range(6))
def test_nothing_grey_or_yellow_reaches_a_class(register: Register, seed: int) -> None:
    """Whatever is left unconfirmed, one answer suffices to refuse."""
    case = make_case(register, PartialDate(2012, 1, 1))
    sheet = open_case(register, case)
    keys = [key for key in sheet.answers if sheet.value(key) is not None]
    left = random.Random(seed).choice(keys)
    answers = sheet.answers
    for key in keys:
        answers = answers if key == left else answers.accept(key)
    sheet = case_entry.recompute(definitions(), sheet, sheet.household, answers)
    sheet = save(register, sheet)
    assert sheet.blockers().grey + sheet.blockers().yellow == 1
    with pytest.raises(RefusedError, match="case_open"):
        settle(register, case)
    assert rows(register, Kind.CLASS_RECORD, source="computed") == []
    assert rows(register, Kind.CASE, uid=case)[0]["entered_on"] is None
