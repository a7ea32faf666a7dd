"""A review begun by mistake is withdrawn whole, and comes back whole."""

from __future__ import annotations

from datetime import date

import pytest

from giamngheo_desktop import texts
from giamngheo_desktop.domain.applications import Outcome
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services.review import (
    complaints,
    postings,
    recognition,
    reviews,
    surveyors,
    withdrawing,
)
from giamngheo_desktop.services.review.complaints import Complaint
from giamngheo_desktop.services.review.postings import Posting
from giamngheo_desktop.services.review.recognition import Decision
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import Register, dump, groups, living
from tests.harness.review import IN_FORCE, MET, POSTED, SIGNED, Review, begin
from tests.services import test_case_entry as forms
from tests.services.test_applications import apply, book
from tests.services.test_in_year import answer, open_month
from tests.services.test_preparing import stored_review

LIVING = (
    Kind.REVIEW, Kind.REVIEW_STANDARD, Kind.SURVEYOR, Kind.REVIEW_MARK, Kind.CASE,
    Kind.CASE_ANSWERS, Kind.CASE_RESULT, Kind.MEETING, Kind.VOTE, Kind.POSTING, Kind.COMPLAINT,
)  # fmt: skip


def left(database: Database) -> dict[Kind, int]:
    """How many records of a review still live."""
    found = living(dump(database))
    return {kind: len(found[kind]) for kind in LIVING if found.get(kind)}


@pytest.fixture
def worked(register: Register) -> Review:
    """A review in which something of everything was recorded, and nothing decided."""
    review = begin(register, poor="An Bình")
    surveyors.set_surveyors(*review.args, review.uid, {review.village: ("Hồ Thị Mai",)})
    review.confirm()
    review.settle("An")
    review.end("Bình", "absent")
    review.meet(30)
    postings.save_posting(
        *review.args,
        forms.definitions(),
        review.uid,
        [review.village],
        Posting(begun_on=POSTED, last_day=date(2026, 10, 12)),
    )
    complaints.save_complaint(
        *review.args,
        review.uid,
        Complaint(village=review.village, complainant="Y Moan", received_on=date(2026, 10, 8)),
    )
    return review


def test_all_of_it_goes_and_one_undo_brings_all_of_it_back(worked: Review) -> None:
    database = worked.register.database
    before = living(dump(database))
    assert set(left(database)) == set(LIVING) - {Kind.CASE_ANSWERS}
    found = withdrawing.look(database, worked.uid)
    assert found.is_entered
    assert texts.loss_text(found.counts) == (
        "2 hộ trong danh sách; 1 lần xác nhận bước; 2 hộ đã kết thúc rà soát; 1 cuộc họp dân; "
        "1 lần niêm yết; 1 khiếu nại"
    )
    with pytest.raises(RefusedError, match="reason_missing"):
        withdrawing.withdraw(*worked.args, worked.uid, reason=" ")
    assert living(dump(database)) == before
    done = withdrawing.withdraw(*worked.args, worked.uid, reason="mở nhầm năm")
    assert done.value == found
    assert left(database) == {}
    assert reviews.all_of(database) == []
    last = groups(database)[-1]
    assert (last["op"], last["subject"], last["reason"]) == (
        Op.WITHDRAW_REVIEW,
        "2026",
        "mở nhầm năm",
    )
    worked.undo()
    assert living(dump(database)) == before


def test_a_review_in_which_nothing_was_entered_needs_no_reason(register: Register) -> None:
    review = begin(register)
    found = withdrawing.look(register.database, review.uid)
    assert (found.is_entered, texts.loss_text(found.counts)) == (False, "2 hộ trong danh sách")
    withdrawing.withdraw(*review.args, review.uid)
    assert left(register.database) == {}
    again = begin(register, poor="Chín")  # its place is free
    assert [row["uid"] for row in reviews.all_of(register.database)] == [again.uid]


def test_what_a_form_said_of_the_household_stays_but_its_computed_class_goes(
    register: Register,
) -> None:
    case = forms.make_case(register)
    review = stored_review(register)
    sheet = forms.typed(forms.open_case(register, case), "house_area", 350)
    forms.save(register, forms.accept_everything(sheet))
    forms.settle(register, case)
    assert len(forms.rows(register, Kind.CLASS_RECORD, source="computed")) == 2
    before = living(dump(register.database))
    found = withdrawing.look(register.database, review)
    confirmed = forms.rows(register, Kind.CASE_ANSWERS)
    assert found.counts["answers"] == sum(len(row["confirmed"]) for row in confirmed) > 20
    args = (register.database, register.context)
    withdrawing.withdraw(*args, review, reason="mở nhầm")
    assert left(register.database) == {}
    assert forms.rows(register, Kind.CLASS_RECORD, source="computed") == []
    home = sheet.household.uid
    assert register.get(home).house_area == 350
    forms.undo.undo(*args, forms.undo.next_step(register.database).group)  # type: ignore[union-attr]
    assert living(dump(register.database)) == before


def test_applications_wait_again(register: Register) -> None:
    paper = apply(register, household=register.household("Y Mới").uid)
    review = open_month(register)
    found = withdrawing.look(register.database, review)
    assert (found.applications, found.is_entered) == (1, False)
    withdrawing.withdraw(register.database, register.context, review)
    (line,) = book(register, MET)
    assert (line.uid, line.review, line.state.value) == (paper, None, "waiting")
    assert open_month(register) != review


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_month_that_answered_is_not_withdrawn(register: Register, outcome: Outcome) -> None:
    """But a paper that the household took back itself is no answer."""
    paper = apply(register, household=register.household("Y Mới").uid)
    review = open_month(register)
    values = {"household_class": "poor"} if outcome is Outcome.ACCEPTED else {"reasons": "x"}
    answer(register, paper, outcome, **values)
    args = (register.database, register.context, review)
    if outcome is Outcome.WITHDRAWN:
        withdrawing.withdraw(*args, reason="mở nhầm")
        assert left(register.database) == {}
        return
    code = "review_decided" if outcome is Outcome.ACCEPTED else "review_has_answers"
    for act in (
        lambda: withdrawing.look(register.database, review),
        lambda: withdrawing.withdraw(*args, reason="mở nhầm"),
    ):
        with pytest.raises(RefusedError, match=code):
            act()


def test_a_review_that_recognised_or_is_closed_is_not_withdrawn(worked: Review) -> None:
    paper = Decision(number="12/QĐ-UBND", signed_on=SIGNED, valid_from=IN_FORCE)
    recognition.recognise(*worked.args, worked.uid, "2022", paper, reason="thử")
    with pytest.raises(RefusedError, match="review_decided"):
        withdrawing.withdraw(*worked.args, worked.uid, reason="mở nhầm")
    worked.undo()
    with write_unit(*worked.args, Op.CLOSE_REVIEW) as work:
        work.update(Kind.REVIEW, worked.uid, closed_on=SIGNED)
    with pytest.raises(RefusedError, match="review_closed"):
        withdrawing.withdraw(*worked.args, worked.uid, reason="mở nhầm")
