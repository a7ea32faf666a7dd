"""Họp dân: half of those who came must agree, and what fails is looked at again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services import households
from giamngheo_desktop.services.review import case_lists, meetings
from giamngheo_desktop.services.review.meetings import Minutes, Vote
from tests.harness.register import Register, dump, living
from tests.harness.review import BEGUN, MET, Review, begin

LATER = MET + timedelta(days=7)


@pytest.fixture
def review(register: Register) -> Review:
    review = begin(register, "An Bình Chi")
    review.confirm()
    for name in review.homes:
        review.settle(name)
    return review


def outcomes(review: Review) -> list[str | None]:
    return [row.outcome for row in case_lists.of_review(review.register.database, review.uid)]


def stored(review: Review) -> list[meetings.Meeting]:
    return meetings.of_village(review.register.database, review.uid, review.village)


def due(review: Review, meeting: object = None) -> list[object]:
    return meetings.due(review.register.database, review.uid, review.village, meeting)


@given(st.integers(1, 10_000), st.data())
def test_half_of_the_attendants_is_enough(attendants: int, data: st.DataObject) -> None:
    agreed = data.draw(st.integers(0, attendants))
    assert meetings.passed(agreed, attendants) == (agreed >= attendants - agreed)
    half = (attendants + 1) // 2
    assert meetings.passed(half, attendants)
    assert not meetings.passed(half - 1, attendants)


def test_twenty_of_forty_pass_and_nineteen_do_not(review: Review) -> None:
    meeting = review.meet(20, 40, An=19)
    (held,) = stored(review)
    assert [held.passed(review.case(name)) for name in review.homes] == [False, True, True]
    assert outcomes(review) == [None, "reviewed", "reviewed"]
    assert review.missing("meet") == {"outvoted": 1}
    assert review.missing("collect") == {"unentered": 1}
    assert due(review) == []  # An has first to be surveyed again
    review.settle("An", "near_poor")
    assert due(review) == [review.case("An")]
    assert due(review, meeting) == [review.case(name) for name in review.homes]
    review.meet(40, 40, LATER)
    first, second = stored(review)
    assert (first.number, second.number) == (1, 2)
    assert second.votes == {review.case("An"): Vote(40)}
    assert review.missing("meet") == {}
    assert outcomes(review) == ["reviewed"] * 3


def test_a_second_vote_that_fails_sends_back_once_more(review: Review) -> None:
    review.meet(20, 40, An=19)
    review.settle("An")
    review.meet(0, 40, LATER)
    assert outcomes(review)[0] is None
    review.settle("An")
    minutes = replace(stored(review)[1].minutes, place="Nhà văn hóa")
    second = stored(review)[1]
    meetings.save(
        *review.args, review.uid, review.village, minutes, second.votes, meeting=second.uid
    )
    assert outcomes(review)[0] == "reviewed"  # a new word in the minutes sends nobody back


def test_a_mistyped_number_is_mended_as_if_it_had_never_been(review: Review) -> None:
    before = outcomes(review)
    meeting = review.meet(40, 400)
    assert outcomes(review) == [None] * 3
    right = Minutes(held_on=MET, attendants=40)
    args = (*review.args, review.uid, review.village, right, {})
    meetings.save(*args, others=40, meeting=meeting)
    assert outcomes(review) == before
    assert review.missing("meet") == {}


def test_what_was_worked_on_since_stays_open(review: Review) -> None:
    meeting = review.meet(0)
    home = households.get(review.register.database, review.homes["An"].uid, BEGUN)
    households.save(*review.args, replace(home, electricity_kwh=30), day=BEGUN, base=home)
    meetings.remove(*review.args, meeting)
    assert outcomes(review) == [None, "reviewed", "reviewed"]
    assert review.missing("meet") == {"no_meeting": 1}


def test_the_minutes_say_how_many_households_were_represented(review: Review) -> None:
    minutes = Minutes(
        held_on=MET,
        attendants=40,
        place="Nhà văn hóa thôn A",
        chair="Đinh Văn Tự",
        chair_title="Trưởng thôn",
        secretary="Hồ Thị Na",
        committee=2,
        organisations=5,
        front=1,
        surveyors=2,
        households_present=2,
        note="Trời mưa",
    )
    meetings.save(*review.args, review.uid, review.village, minutes, {})
    (held,) = stored(review)
    assert held.minutes == minutes
    assert held.represented.percent == Decimal("66.67")
    assert review.missing("meet") == {"unvoted": 3}


def test_meetings_count_in_the_order_they_were_held(review: Review) -> None:
    late = review.meet(40, day=LATER, An=0)
    early = review.meet(40, day=MET)
    assert [(held.number, held.uid) for held in stored(review)] == [(1, early), (2, late)]
    assert review.missing("meet") == {"outvoted": 1}
    moved = Minutes(held_on=LATER + timedelta(days=1), attendants=40)
    votes = {review.case("Bình"): Vote(40), review.case("Chi"): Vote(40)}
    meetings.save(*review.args, review.uid, review.village, moved, votes, meeting=early)
    assert [held.uid for held in stored(review)] == [late, early]


def test_what_cannot_be_is_refused(review: Review) -> None:
    good = Minutes(held_on=MET, attendants=40)
    an, far = review.case("An"), review.register.household("Xa", village="B")
    review.homes["Xa"] = far
    case_lists.add(*review.args, review.uid, far.uid, case_lists.Ground.OTHER)
    before = dump(review.register.database)
    for minutes, votes, code in (
        (good, {an: Vote(41)}, "more_agreed_than_attended"),
        (good, {an: Vote(-1)}, "more_agreed_than_attended"),
        (replace(good, attendants=0), {}, "nobody_attended"),
        (replace(good, front=-1), {}, "negative_count"),
        (replace(good, households_present=4), {}, "more_present_than_listed"),
        (replace(good, held_on=date(2027, 1, 1)), {}, "event_in_future"),
        (replace(good, held_on=BEGUN - timedelta(days=1)), {}, "before_review"),
        (good, {review.case("Xa"): Vote(1)}, "case_elsewhere"),
    ):
        with pytest.raises(RefusedError, match=code):
            meetings.save(*review.args, review.uid, review.village, minutes, votes)
    with pytest.raises(RefusedError, match="vote_without_result"):
        meetings.save(
            *review.args, review.uid, review.register.villages["B"], good,
            {review.case("Xa"): Vote(1)},
        )  # fmt: skip
    assert dump(review.register.database) == before


def test_a_meeting_is_taken_back_whole(review: Review) -> None:
    before = living(dump(review.register.database))
    meeting = review.meet(20, An=3)
    removed = living(dump(review.register.database))
    meetings.remove(*review.args, meeting)
    assert living(dump(review.register.database)) == before
    review.undo()
    assert living(dump(review.register.database)) == removed
    review.undo()
    assert living(dump(review.register.database)) == before


def test_who_was_not_met_needs_no_vote(review: Review) -> None:
    review.meet(40, An=0)
    review.end("An", "absent")
    assert review.missing("meet") == {}
    assert review.missing("collect") == {}
