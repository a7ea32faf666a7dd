"""Nhập theo xấp: the form that was typed, newcomers in the pile, households that were not met."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop import texts
from giamngheo_desktop.domain.applications import Purpose
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.form_code import form_code
from giamngheo_desktop.domain.review_case import FormState, Ground, Outcome
from giamngheo_desktop.services import households, undo
from giamngheo_desktop.services.events import Parting
from giamngheo_desktop.services.review import (
    case_entry,
    case_lists,
    newcomers,
    paper_forms,
    piles,
    reviews,
)
from giamngheo_desktop.services.review.applications import Application
from giamngheo_desktop.services.review.case_lists import CaseRow
from giamngheo_desktop.services.review.paper_forms import Surveyor, Way
from giamngheo_desktop.storage import records
from tests.harness.register import Register, dump, living
from tests.harness.review import Review, begin, shipped
from tests.harness.tables import definitions
from tests.services.test_case_entry import accept_everything, make_case, open_case, save

DAY = date(2026, 9, 10)


@pytest.fixture
def review(register: Register) -> Review:
    review = begin(register, "An Bình Chi")
    review.confirm()
    return review


def rows(review: Review) -> list[CaseRow]:
    return case_lists.of_review(review.register.database, review.uid, review.village)


def find(review: Review, typed: str, village: str = "A") -> str:
    """The head of the household whose form that is."""
    at = review.register.villages[village]
    hit = piles.find(review.register.database, review.uid, at, typed)
    return next(row.head for row in rows(review) if row.uid == hit.case)


def surveyor(review: Review) -> Surveyor:
    args = (*review.args, review.uid, review.village)
    paper_forms.save_surveyors(*args, [Surveyor(name="Lý Mẩy")])
    return paper_forms.surveyors(review.register.database, review.uid)[0]


def paper(review: Review, **values: object) -> Application:
    known = Application(
        village=review.village, applicant="Hồ  Thị Na", purpose=Purpose.ENTER, received_on=DAY
    )
    return replace(known, **values)  # type: ignore[arg-type]


# --- what was typed -------------------------------------------------------------------------------


def test_a_form_is_found_by_code_in_every_village_and_by_number_in_its_own(review: Review) -> None:
    code = rows(review)[1].form_code
    assert code is not None
    assert find(review, "3") == "Chi"
    assert find(review, code) == find(review, code.lower(), "B") == "Bình"
    with pytest.raises(RefusedError, match="form_position"):
        find(review, "4")
    with pytest.raises(RefusedError, match="form_position"):
        find(review, "1", "B")
    with pytest.raises(RefusedError, match="form_unknown"):
        find(review, form_code(4))
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    with pytest.raises(RefusedError, match="form_code"):
        find(review, wrong)


def test_a_form_that_is_typed_is_here(review: Review) -> None:
    case = review.case("An")
    assert piles.arrive(*review.args, case).value
    assert [row.form for row in rows(review)] == [FormState.COLLECTED, *[FormState.NONE] * 2]
    assert not piles.arrive(*review.args, case).value
    review.undo()
    assert rows(review)[0].form is FormState.NONE


def test_a_form_given_out_before_keeps_its_day_and_a_returned_one_is_back(review: Review) -> None:
    case = review.case("An")
    paper_forms.hand(*review.args, [case], Way.ISSUE, DAY)
    paper_forms.hand(*review.args, [case], Way.COLLECT, DAY)
    paper_forms.hand(*review.args, [case], Way.RETURN, DAY, reason="thiếu trang 2")
    assert piles.arrive(*review.args, case).value
    assert review.row("An")["issued_on"] == DAY
    assert rows(review)[0].form is FormState.COLLECTED


def test_who_was_not_met_has_no_form_here(review: Review) -> None:
    review.end("An", "absent")
    assert not piles.arrive(*review.args, review.case("An")).value


def test_progress_counts_what_was_typed_and_what_of_it_is_open(review: Review) -> None:
    assert piles.progress(rows(review)) == (3, 0, 0)
    review.settle("An")
    review.end("Bình", "absent")
    assert piles.progress(rows(review)) == (3, 2, 0)
    review.settle("Chi")
    case_entry.reopen(*review.args, review.case("Chi"), reason="họp lại")
    assert piles.progress(rows(review)) == (3, 3, 1)
    assert [piles.is_done(row) for row in rows(review)] == [True, True, False]


def test_issuing_may_name_who_gets_the_forms(review: Review) -> None:
    may = surveyor(review)
    cases = [review.case("An"), review.case("Chi")]
    paper_forms.hand(*review.args, cases, Way.ISSUE, DAY, surveyor=may.uid)
    assert [row.surveyor for row in rows(review)] == [may.uid, None, may.uid]
    review.undo()
    assert {(row.surveyor, row.form) for row in rows(review)} == {(None, FormState.NONE)}


# --- newcomers ------------------------------------------------------------------------------------


def test_an_applicant_comes_with_household_paper_and_form_at_once(review: Review) -> None:
    before = living(dump(review.register.database))
    may = surveyor(review)
    child = households.new_member(review.register.context, full_name="Hồ Văn Tí", relation="child")
    done = newcomers.applicant(
        *review.args, review.uid, paper(review), others=[child], surveyor=may.uid, screened=True
    )
    row = rows(review)[-1]
    assert (row.uid, row.head, row.persons) == (done.value, "Hồ Thị Na", 2)
    assert (row.ground, row.position, row.surveyor) == (Ground.APPLIED, 4, may.uid)
    assert (row.form, row.form_code, row.screened_in) == (FormState.COLLECTED, form_code(4), True)
    with review.register.database.reader() as connection:
        (application,) = records.find(connection, Kind.APPLICATION)
    assert (application["review"], application["household"]) == (review.uid, row.household)
    review.undo()
    review.undo()
    assert living(dump(review.register.database)) == before


def test_an_applicant_in_the_register_stays_the_same_household(review: Review) -> None:
    home = review.register.household("Na", village="B")
    newcomers.applicant(*review.args, review.uid, paper(review, household=home.uid))
    there = case_lists.of_review(review.register.database, review.uid)
    (row,) = [row for row in there if row.household == home.uid]
    assert row.village == review.register.villages["B"]
    assert row.screened_in is None
    with pytest.raises(RefusedError, match="application_pending"):
        newcomers.applicant(*review.args, review.uid, paper(review, household=home.uid))
    an = review.homes["An"].uid
    with pytest.raises(RefusedError, match="case_there"):
        newcomers.applicant(*review.args, review.uid, paper(review, household=an))


def test_who_split_off_has_a_case_and_the_others_stay(register: Register) -> None:
    big = register.household("Mai", "Na", "Út", village="A")
    register.give_class(big.uid, "poor", year=2025)
    review = begin(register, "An")
    review.confirm()
    before = living(dump(register.database))
    na, ut = big.members[1:]
    parting = Parting(big.uid, (na.uid, ut.uid), na.uid, {ut.uid: "child"}, None, DAY)
    done = newcomers.split_off(*review.args, review.uid, parting)
    new = next(row for row in rows(review) if row.uid == done.value)
    assert (new.head, new.persons, new.ground) == ("Na", 2, Ground.SPLIT)
    assert new.form is FormState.COLLECTED
    home = households.get(register.database, new.household, DAY)
    assert [member.relation for member in home.members] == ["head", "child"]
    assert households.get(register.database, big.uid, DAY).size == 1
    review.undo()
    assert living(dump(register.database)) == before


def test_a_newcomer_on_a_list_that_is_not_confirmed_has_no_code_yet(register: Register) -> None:
    review = begin(register, "An")
    done = newcomers.applicant(*review.args, review.uid, paper(review))
    row = next(row for row in rows(review) if row.uid == done.value)
    assert (row.form_code, row.form) == (None, FormState.NONE)
    assert not piles.arrive(*review.args, done.value).value


# --- not met --------------------------------------------------------------------------------------


def test_a_household_that_moved_away_leaves_register_and_list_in_one_step(review: Review) -> None:
    before = living(dump(review.register.database))
    home = review.homes["Bình"].uid
    args = (*review.args, shipped(), review.case("Bình"))
    piles.moved_away(*args, note="về quê ở Nghệ An", day=DAY)
    assert review.row("Bình")["outcome"] == Outcome.MOVED
    with review.register.database.reader() as connection:
        (place,) = records.find(connection, Kind.PLACE, household=home)
    assert (place["valid_to"], place["reason"]) == (date(2026, 9, 9), "move_out")
    with pytest.raises(RefusedError, match="case_settled"):
        piles.moved_away(*args, note="về quê", day=DAY)
    review.undo()
    assert living(dump(review.register.database)) == before
    with pytest.raises(RefusedError, match="event_in_future"):
        piles.moved_away(*args, note="về quê", day=date(2027, 9, 9))
    assert living(dump(review.register.database)) == before  # the case was not closed either


def test_the_minutes_name_who_was_not_met(review: Review) -> None:
    database, context = review.args
    args = (database, context, shipped())
    case_entry.settle(*args, review.case("Chi"), outcome="refused", note="không hợp tác")
    case_entry.settle(*args, review.case("An"), outcome="absent", note="làm ăn xa.")
    review.settle("Bình")
    found = piles.not_met(review.register.database, review.uid, review.village)
    assert [(one.head, one.outcome, one.note) for one in found] == [
        ("An", "absent", "làm ăn xa."),
        ("Chi", "refused", "không hợp tác"),
    ]
    lines = [
        texts.not_met_text(number, one.head, one.persons, one.outcome, one.note)
        for number, one in enumerate(found, start=1)
    ]
    assert lines == [
        "1. An, 1 khẩu: đi vắng, không gặp được – làm ăn xa.",
        "2. Chi, 1 khẩu: từ chối rà soát – không hợp tác.",
    ]


# --- sentences ------------------------------------------------------------------------------------


def test_how_far_a_pile_is_in_words() -> None:
    assert texts.progress_text(42, 17, 3) == "17/42 phiếu, còn 3 hộ chưa xong"
    assert texts.progress_text(42, 0, 0) == "0/42 phiếu"
    assert texts.progress_text(42, 42, 0) == "42/42 phiếu, cả xấp đã xong"
    assert texts.progress_text(0, 0, 0) == "0/0 phiếu"


def test_control_totals_are_compared_in_words() -> None:
    assert texts.compare_text((42, 170), (42, 170)) == "Khớp: 42 phiếu, 170 khẩu."
    assert texts.compare_text((42, 170), (40, 171), ["Na (0015)"]) == (
        "Xấp giấy 42 phiếu, 170 khẩu; đã nhập 40 phiếu, 171 khẩu: máy thiếu 2 phiếu, máy thừa 1 "
        "khẩu. Đã thu mà chưa nhập xong: Na (0015)."
    )
    assert texts.compare_text((None, 170), (40, 169)) == (
        "Xấp giấy 170 khẩu; đã nhập 169 khẩu: máy thiếu 1 khẩu."
    )
    assert texts.compare_text((None, None), (40, 169)) == ""
    many = [f"P{number}" for number in range(8)]
    assert texts.compare_text((1, None), (0, 0), many).endswith("P4 và 3 phiếu khác.")


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
def test_a_pile_adds_up_exactly_where_both_numbers_are_equal(
    forms: int, persons: int, typed_forms: int, typed_persons: int
) -> None:
    said = texts.compare_text((forms, persons), (typed_forms, typed_persons))
    equal = (forms, persons) == (typed_forms, typed_persons)
    assert said.startswith("Khớp") is equal
    assert said.count("máy thiếu") == (forms > typed_forms) + (persons > typed_persons)
    assert said.count("máy thừa") == (forms < typed_forms) + (persons < typed_persons)


def test_complete_households_are_closed_together_and_the_others_stay(register: Register) -> None:
    whole = make_case(register)
    half = register.household("Hồ Thị Dở", score_income=100)
    register.give_class(half.uid, "poor", year=2025)
    review = case_row(register, whole)["review"]
    reviews.list_present(register.database, register.context, definitions(), review)
    (other,) = (row["uid"] for row in living_cases(register) if row["uid"] != whole)
    save(register, accept_everything(open_case(register, whole)))
    done = piles.close_complete(register.database, register.context, definitions(), [whole, other])
    assert done.value == (1, 1)
    assert texts.closed_text(*done.value) == "Đã kết thúc 1 hộ; 1 hộ còn câu chờ: mở phiếu xem."
    outcomes = {row["uid"]: row["outcome"] for row in living_cases(register)}
    assert outcomes == {whole: "reviewed", other: None}
    step = undo.next_step(register.database)
    assert step is not None
    assert (step.op, step.subject) == (Op.SETTLE_CASE, "Hồ Văn Ba")
    undo.undo(register.database, register.context, step.group)
    assert {row["outcome"] for row in living_cases(register)} == {None}


def living_cases(register: Register) -> list[dict[str, Any]]:
    with register.database.reader() as connection:
        return records.find(connection, Kind.CASE)


def case_row(register: Register, case: UUID) -> dict[str, Any]:
    return next(row for row in living_cases(register) if row["uid"] == case)
