"""A running review set otherwise: its days and standards, as far as nothing hangs on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services.review import preparing, reviews
from giamngheo_desktop.services.review.preparing import Listed, Setting
from giamngheo_desktop.services.review.reviews import ReviewStandard
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage import reviews as stored
from tests.harness.register import FIRST_DAY, STANDARD, Register, dump, groups, living
from tests.harness.review import BEGUN, MET, Review, begin, shipped
from tests.services import test_case_entry as forms

OWN = ReviewStandard(code=STANDARD, purpose="movement")
NEXT = ReviewStandard(code="2027", purpose="next_opening")
AS_BEGUN = Setting(begun_on=BEGUN, reference_day=BEGUN, standards=(OWN,))


def change(register: Register, review: UUID, **values: Any) -> Listed:
    wanted = replace(AS_BEGUN, **values)
    return preparing.change(*_args(register), review, wanted).value


def refused(register: Register, review: UUID, **values: Any) -> RefusedError:
    before = dump(register.database)
    with pytest.raises(RefusedError) as caught:
        change(register, review, **values)
    assert dump(register.database) == before
    return caught.value


def _args(register: Register) -> Any:
    return register.database, register.context, shipped()


def row_of(review: Review) -> dict[str, Any]:
    with review.register.database.reader() as connection:
        return reviews.get(connection, review.uid)


def codes(review: Review) -> list[str]:
    with review.register.database.reader() as connection:
        return [item.code for item in reviews.standards_in(connection, review.uid)]


def test_days_standards_and_note_are_one_step_of_undo(register: Register) -> None:
    review = begin(register)
    before = living(dump(register.database))
    day = date(2026, 9, 10)
    change(
        register,
        review.uid,
        begun_on=day,
        reference_day=day,
        standards=(OWN, NEXT),
        note="theo Kế hoạch 12",
    )
    row = row_of(review)
    assert (row["begun_on"], row["reference_day"], row["note"]) == (day, day, "theo Kế hoạch 12")
    assert codes(review) == [STANDARD, "2027"]
    last = groups(register.database)[-1]
    assert (last["op"], last["subject"]) == (Op.CHANGE_REVIEW, "2026")
    review.undo()
    assert living(dump(register.database)) == before


def test_setting_what_is_set_already_writes_nothing(register: Register) -> None:
    review = begin(register)
    count = len(groups(register.database))
    assert change(register, review.uid) == Listed()
    assert len(groups(register.database)) == count


def test_the_lists_follow_the_first_day(register: Register) -> None:
    review = begin(register, poor="An Bình")
    late = register.household("Sau")
    register.give_class(late.uid, "poor", year=2026, valid_from=date(2026, 9, 5))
    gone = review.homes["An"].uid
    register.give_class(
        gone,
        "not_poor",
        year=2026,
        valid_from=date(2026, 9, 5),
        source="decision",
        decision_number="1",
        decision_on=date(2026, 9, 5),
    )
    assert change(register, review.uid, begun_on=date(2026, 9, 10)) == Listed(1, 1)
    with register.database.reader() as connection:
        rows = stored.cases(connection, review.uid)
    assert [(row["household"], row["position"]) for row in rows] == [
        (review.homes["Bình"].uid, 1),
        (late.uid, 2),
    ]
    assert change(register, review.uid) == Listed(1, 1)  # and back again
    review.undo()
    review.undo()
    with register.database.reader() as connection:
        rows = stored.cases(connection, review.uid)
    assert {row["household"] for row in rows} == {home.uid for home in review.homes.values()}


def test_who_has_been_worked_on_stays_on_the_list(register: Register) -> None:
    review = begin(register, poor="An Bình Chín")
    for home in review.homes.values():
        register.give_class(home.uid, "not_poor", year=2026, valid_from=date(2026, 9, 5))
    review.settle("An")
    with write_unit(*review.args, Op.HAND_OUT_FORMS) as work:
        work.update(Kind.CASE, review.case("Bình"), issued_on=date(2026, 9, 20))
    assert change(register, review.uid, begun_on=date(2026, 9, 10)) == Listed(0, 1)
    with register.database.reader() as connection:
        left = {row["household"] for row in stored.cases(connection, review.uid)}
    assert left == {review.homes["An"].uid, review.homes["Bình"].uid}


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(offset=st.integers(-40, 40))
def test_a_review_begins_no_later_than_the_first_thing_done_in_it(
    register: Register, offset: int
) -> None:
    """The boundary itself is allowed."""
    with register.database.reader() as connection:
        there = records.find(connection, Kind.REVIEW)
    if there:
        uid = there[0]["uid"]
    else:
        review = begin(register, poor="An")
        review.settle("An")
        review.meet(30)
        uid = review.uid
    day = MET + timedelta(days=offset)
    if day > MET:
        found = refused(register, uid, begun_on=day)
        assert found.code == "review_begins_after"
        assert found.params == {"what": "họp dân", "day": "05/10/2026"}
    else:
        change(register, uid, begun_on=day)
        with register.database.reader() as connection:
            assert reviews.get(connection, uid)["begun_on"] == day


@pytest.mark.parametrize("what", ["giao nhận phiếu", "xác nhận bước", "ký quyết định công nhận"])
def test_each_thing_done_holds_the_first_day(register: Register, what: str) -> None:
    review = begin(register, poor="An")
    day = date(2026, 9, 20)
    with write_unit(*review.args, Op.MARK_STEP) as work:
        if what == "giao nhận phiếu":
            work.update(Kind.CASE, review.case("An"), collected_on=day)
        elif what == "xác nhận bước":
            work.insert(Kind.REVIEW_MARK, review=review.uid, step="list", done_on=day)
        else:
            paper = work.insert(Kind.DECISION, area=register.commune, number="1", signed_on=day)
            (row,) = records.find(work.connection, Kind.REVIEW_STANDARD, review=review.uid)
            work.update(Kind.REVIEW_STANDARD, row["uid"], decision=paper)
    change(register, review.uid, begun_on=day)
    found = refused(register, review.uid, begun_on=day + timedelta(days=1))
    assert found.code == "review_begins_after"
    assert found.params == {"what": what, "day": "20/09/2026"}


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2025, 12, 31), "review_day_outside_year"),
        (date(2027, 1, 1), "review_day_outside_year"),
    ],
)
def test_the_first_day_stays_in_its_year(register: Register, day: date, code: str) -> None:
    assert refused(register, begin(register).uid, begun_on=day).code == code


def test_the_day_of_reference_stands_once_a_form_is_typed(register: Register) -> None:
    case = forms.make_case(register, standards=(OWN,))
    review = stored_review(register)
    other = date(2026, 9, 15)
    change(register, review, reference_day=other)
    change(register, review)
    forms.save(register, forms.accept_everything(forms.open_case(register, case)))
    found = refused(register, review, reference_day=other)
    assert (found.code, found.params) == (
        "reference_day_in_use",
        {"count": 1, "day": "01/09/2026"},
    )


def stored_review(register: Register) -> UUID:
    (row,) = forms.rows(register, Kind.REVIEW)
    return UUID(str(row["uid"]))


def test_a_standard_that_is_added_judges_who_was_settled_before(register: Register) -> None:
    case = forms.make_case(register, standards=(OWN,))
    review = stored_review(register)
    forms.save(register, forms.accept_everything(forms.open_case(register, case)))
    forms.settle(register, case)
    change(register, review, standards=(OWN, NEXT))
    results = {row["standard"]: row for row in forms.rows(register, Kind.CASE_RESULT)}
    assert results.keys() == {STANDARD, "2027"}
    assert results["2027"]["possible"] or results["2027"]["household_class"]
    computed = forms.rows(register, Kind.CLASS_RECORD, source="computed")
    assert {row["standard"] for row in computed} == {STANDARD, "2027"}
    found = refused(register, review)
    assert (found.code, found.params["count"]) == ("standard_has_results", 1)


def test_a_standard_goes_with_what_forms_still_open_came_to(register: Register) -> None:
    case = forms.make_case(register)
    review = stored_review(register)
    forms.save(register, forms.accept_everything(forms.open_case(register, case)))
    assert len(forms.rows(register, Kind.CASE_RESULT)) == 2
    change(register, review)
    assert [row["standard"] for row in forms.rows(register, Kind.CASE_RESULT)] == [STANDARD]
    assert [row["standard"] for row in forms.rows(register, Kind.REVIEW_STANDARD)] == [STANDARD]


def test_a_standard_on_which_something_hangs_stays(register: Register) -> None:
    review = begin(register, standards=(OWN, NEXT))
    assert refused(register, review.uid, standards=(NEXT,)).code == "standard_of_the_lists"
    assert refused(register, review.uid, standards=()).code == "review_without_standard"
    with write_unit(*review.args, Op.RECOGNISE) as work:
        paper = work.insert(Kind.DECISION, area=register.commune, number="1", signed_on=FIRST_DAY)
        (row,) = records.find(
            work.connection, Kind.REVIEW_STANDARD, review=review.uid, standard="2027"
        )
        work.update(Kind.REVIEW_STANDARD, row["uid"], decision=paper)
    assert refused(register, review.uid).code == "standard_decided"


def test_a_closed_review_is_not_set_otherwise(register: Register) -> None:
    review = begin(register)
    with write_unit(*review.args, Op.CLOSE_REVIEW) as work:
        work.update(Kind.REVIEW, review.uid, closed_on=MET)
    assert refused(register, review.uid, note="muộn").code == "review_closed"
