"""Niêm yết by working days, complaints that keep or change a result, and the settings of both."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.review_flow import Status
from giamngheo_desktop.domain.workflow import ReviewKind
from giamngheo_desktop.services import areas, undo
from giamngheo_desktop.services.review import complaints, meetings, postings, review_settings
from giamngheo_desktop.services.review.complaints import Complaint, Result
from giamngheo_desktop.services.review.postings import Posting, Subject
from giamngheo_desktop.services.review.review_settings import ReviewSettings
from tests.harness.register import Register, dump, living
from tests.harness.review import BEGUN, MET, POSTED, SIGNED, Review, begin, shipped

FRIDAY = date(2026, 10, 9)  # three working days after POSTED, a Tuesday
MONDAY = date(2026, 10, 12)
RULES = shipped()


@pytest.fixture
def review(register: Register) -> Review:
    review = begin(register, "An Bình", "Chi")
    review.confirm()
    for name in review.homes:
        review.settle(name)
    review.meet(40)
    return review


def post(review: Review, **values: object) -> None:
    posting = Posting(**{"begun_on": POSTED, **values})
    postings.save_posting(*review.args, RULES, review.uid, [review.village], posting)


def complain(review: Review, uid: object = None, **values: object) -> object:
    typed = {
        "village": review.village,
        "complainant": "Hồ Văn Lộc",
        "received_on": FRIDAY,
        "case": review.case("An"),
        **values,
    }
    return complaints.save_complaint(*review.args, review.uid, Complaint(**typed), uid).value


def test_every_act_of_a_step_has_a_name_before_and_after_undo(review: Review) -> None:
    database = review.register.database
    name = areas.tree(database, BEGUN)[review.village].name
    acts = [
        (lambda: post(review), format_date(POSTED)),
        (lambda: review.confirm("train"), name),
        (lambda: review.confirm("train", None), "2026"),
    ]
    for act, subject in acts:
        act()
        step = undo.next_step(database)
        assert step is not None
        assert step.subject == subject
        assert undo.undo(database, review.register.context, step.group).value == step
    post(review)
    (posted,) = postings.postings(database, review.uid, review.village)
    postings.change_posting(*review.args, RULES, posted, None)
    step = undo.next_step(database)
    assert step is not None
    assert step.subject == format_date(POSTED)


def test_results_stay_posted_for_three_working_days(review: Review) -> None:
    assert review.missing("post", today=POSTED) == {"not_posted": 1}
    post(review, number="12/TB-UBND", places="Nhà văn hóa thôn")
    (posted,) = postings.postings(review.register.database, review.uid, review.village).values()
    assert (posted.last_day, posted.number) == (FRIDAY, "12/TB-UBND")
    assert review.missing("post", today=POSTED) == {"still_posted": 4}
    assert review.missing("post", today=FRIDAY) == {"still_posted": 1}
    assert review.missing("post", today=FRIDAY + timedelta(days=1)) == {}
    assert review.flow(POSTED).state("post", review.village).due == FRIDAY


@given(st.dates(date(2026, 1, 1), date(2027, 12, 1)), st.integers(1, 30))
def test_the_days_of_a_posting_are_all_there(start: date, days: int) -> None:
    own = ReviewSettings(days={"posting_days": days}, working=frozenset({date(2026, 5, 2)}))
    calendar = own.calendar(RULES)
    number = own.working_days(RULES.workflow("periodic"), "post")
    last = calendar.after(start, number)
    assert calendar.count(start, last) == number == days
    assert calendar.is_working(last)


def test_days_off_and_the_communes_own_numbers_count(review: Review) -> None:
    register = review.register
    own = ReviewSettings(
        days={"posting_days": 2, "recheck_days": 5},
        days_off=frozenset({date(2026, 10, 7)}),
        working=frozenset({date(2026, 10, 10)}),
    )
    before = living(dump(register.database))
    review_settings.save(*review.args, own, BEGUN)
    assert review_settings.get(register.database, POSTED) == own
    assert review_settings.get(register.database, BEGUN - timedelta(days=1)) == ReviewSettings()
    last = postings.last_day
    assert last(register.database, RULES, review.uid, POSTED) == FRIDAY  # 7/10 is off
    assert last(register.database, RULES, review.uid, FRIDAY) == MONDAY  # 10/10 is worked
    review.undo()
    assert living(dump(register.database)) == before
    with pytest.raises(RefusedError, match="review_days_range"):
        review_settings.save(*review.args, replace(own, days={"posting_days": 0}), BEGUN)


def test_a_setting_that_is_emptied_gives_way_to_the_rules(review: Review) -> None:
    review_settings.save(*review.args, ReviewSettings(days={"posting_days": 9}), BEGUN)
    review_settings.save(*review.args, ReviewSettings(), POSTED)
    assert review_settings.get(review.register.database, POSTED) == ReviewSettings()
    assert review_settings.get(review.register.database, BEGUN).days == {"posting_days": 9}


def test_the_step_of_the_level_above_is_switched_on(review: Review) -> None:
    codes = [step.code for step in review.flow().steps]
    assert "opinion" not in codes
    review_settings.save(*review.args, ReviewSettings(asks_opinion=True), BEGUN)
    steps = [step.code for step in review.flow().steps]
    assert steps[steps.index("opinion") - 1 :][:3] == ["summarise", "opinion", "recognise"]
    review_settings.save(
        *review.args, ReviewSettings(asks_opinion=True, days={"opinion_days": 1}), BEGUN
    )
    review.confirm("summarise", None, day=FRIDAY)
    assert review.flow().state("opinion").due == MONDAY


def test_the_days_of_an_in_year_review_are_the_communes(register: Register) -> None:
    review = begin(
        register, "An", kind=ReviewKind.IN_YEAR, month=3, begun_on=date(2026, 3, 15)
    )  # case 39 of the rules: fifteen days from the 15th
    assert review.flow().state("recognise").due == date(2026, 3, 30)
    review_settings.save(*review.args, ReviewSettings(days={"in_year_days": 20}), BEGUN)
    assert review.flow().state("recognise").due == date(2026, 4, 4)


def test_a_posting_that_cannot_be_is_refused(review: Review) -> None:
    for values, code in (
        ({"last_day": FRIDAY - timedelta(days=1)}, "posting_too_short"),
        ({"begun_on": BEGUN - timedelta(days=1)}, "before_review"),
        ({"begun_on": date(2027, 12, 6)}, "day_too_far"),
    ):
        with pytest.raises(RefusedError, match=code):
            post(review, **values)
    post(review, last_day=MONDAY)
    (uid,) = postings.postings(review.register.database, review.uid, review.village)
    args = (*review.args, RULES, uid)
    postings.change_posting(*args, Posting(begun_on=POSTED, number="7"))
    (posted,) = postings.postings(review.register.database, review.uid, review.village).values()
    assert (posted.number, posted.last_day) == ("7", FRIDAY)
    postings.change_posting(*args, None)
    assert postings.postings(review.register.database, review.uid, review.village) == {}


def test_what_was_voted_on_later_is_posted_again(review: Review) -> None:
    post(review)
    minutes = meetings.Minutes(held_on=MONDAY, attendants=40)
    meetings.save(
        *review.args, review.uid, review.village, minutes, {review.case("Chi"): meetings.Vote(40)}
    )
    assert review.missing("post") == {"unposted": 1}
    post(review, begun_on=MONDAY)
    assert review.missing("post") == {}


def test_a_complaint_that_changes_a_result_goes_the_way_again(review: Review) -> None:
    post(review)
    uid = complain(review, content="Hộ có xe")
    state = review.flow(FRIDAY).state("recheck", review.village)
    assert [item.code for item in state.missing] == ["complaints"]
    assert state.due == date(2026, 10, 14)  # three working days from the day it came
    changed = {"rechecked_on": MONDAY, "result": Result.CHANGED}
    complain(review, uid, **changed)
    assert review.row("An")["outcome"] is None
    assert review.missing("collect") == {"unentered": 1}
    again = {"subject": Subject.RECHECK, "begun_on": date(2026, 10, 13)}
    with pytest.raises(RefusedError, match="recheck_not_finished"):
        post(review, **again)
    review.settle("An", "near_poor")
    complain(review, uid, **changed, answered_on=MONDAY, answer_number="3/TL", answer="Đã xem")
    assert review.missing("recheck") == {"unposted_rechecks": 1}
    post(review, **again)
    assert review.missing("recheck", today=date(2026, 10, 16)) == {"still_posted": 1}
    assert review.missing("recheck") == review.missing("meet") == review.missing("post") == {}
    stored = complaints.complaints(review.register.database, review.uid)[uid]
    assert (stored.result, stored.answer_number) == (Result.CHANGED, "3/TL")
    assert review.flow().state("recheck", review.village).status is Status.DONE


def test_a_result_that_is_kept_only_needs_an_answer(review: Review) -> None:
    post(review)
    uid = complain(review, rechecked_on=MONDAY, result=Result.KEPT)
    assert review.missing("recheck") == {"complaints": 1}
    assert review.row("An")["outcome"] == "reviewed"
    complain(review, uid, rechecked_on=MONDAY, result=Result.KEPT, answered_on=MONDAY)
    assert review.missing("recheck") == {}


def test_a_change_that_was_none_closes_the_case_again(review: Review) -> None:
    changed = {"rechecked_on": MONDAY, "result": Result.CHANGED}
    uid = complain(review, **changed)
    complain(review, uid, rechecked_on=MONDAY, result=Result.KEPT)
    assert review.row("An")["outcome"] == "reviewed"
    first, second = complain(review, **changed), complain(review, **changed)
    complaints.remove_complaint(*review.args, first)
    assert review.row("An")["outcome"] is None  # the other one changes it still
    complaints.remove_complaint(*review.args, second)
    assert review.row("An")["outcome"] == "reviewed"
    complain(review, case=review.case("Chi"), **changed)
    assert [review.row(name)["outcome"] for name in ("An", "Chi")] == ["reviewed", None]


def test_a_complaint_that_cannot_be_is_refused(review: Review) -> None:
    before = dump(review.register.database)
    for values, code in (
        ({"received_on": BEGUN - timedelta(days=1)}, "before_review"),
        ({"received_on": date(2027, 10, 9)}, "event_in_future"),
        ({"rechecked_on": MET, "result": Result.KEPT}, "complaint_day_order"),
        ({"result": Result.KEPT}, "recheck_without_day"),
        ({"answered_on": MONDAY}, "answer_without_result"),
        ({"case": None, "rechecked_on": MONDAY, "result": Result.CHANGED}, "without_case"),
        ({"village": review.register.villages["B"]}, "case_elsewhere"),
    ):
        with pytest.raises(RefusedError, match=code):
            complain(review, **values)
    assert dump(review.register.database) == before
    complain(review, case=None, result=Result.REJECTED, answered_on=SIGNED)
    assert review.missing("recheck") == {}


def test_the_service_too_refuses_rules_out_of_range(review: Review) -> None:
    for wrong in (ReviewSettings(look_back_years=0), ReviewSettings(escape_months=121)):
        with pytest.raises(RefusedError, match="review_rule_range"):
            review_settings.save(*review.args, wrong, BEGUN)
