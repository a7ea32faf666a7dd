"""The decision of a review: whom it recognises, its four lists, what it waits for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services import classes, events
from giamngheo_desktop.services.review import case_lists, postings, recognition
from giamngheo_desktop.services.review.case_lists import Ground
from giamngheo_desktop.services.review.postings import Posting
from giamngheo_desktop.services.review.recognition import Decision, FourLists, Listed
from giamngheo_desktop.services.review.reviews import ReviewStandard
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records
from tests.harness.register import STANDARD, Register, dump, groups, living
from tests.harness.review import BEGUN, IN_FORCE, POSTED, SIGNED, Review, begin, shipped

PAPER = Decision(number="31/QĐ-UBND", signed_on=SIGNED, valid_from=IN_FORCE, signer="Đinh Văn Tự")
RESULTS = {
    "An": "poor",
    "Bình": "near_poor",
    "Chi": "not_poor",
    "Dung": "poor",
    "Em": "average",
    "Giang": "near_poor",
}


@pytest.fixture
def review(register: Register) -> Review:
    """Three poor, three near-poor households and an applicant, voted on and posted."""
    review = begin(register, "An Bình Chi", "Dung Em Giang")
    review.homes["Hoa"] = register.household("Hoa")
    case_lists.add(*review.args, review.uid, review.homes["Hoa"].uid, Ground.APPLIED)
    for village in register.villages:
        review.confirm(village=village)
    for name, result in (RESULTS | {"Hoa": "not_poor"}).items():
        review.settle(name, result)
    review.meet(40)
    post(review)
    return review


def post(review: Review) -> None:
    posting = Posting(begun_on=POSTED)
    postings.save_posting(*review.args, shipped(), review.uid, [review.village], posting)


def recognise(review: Review, **values: object) -> recognition.Recognised:
    args = (*review.args, review.uid, STANDARD, PAPER)
    return recognition.recognise(*args, **values).value


def lists(review: Review) -> FourLists:
    return recognition.lists(review.register.database, shipped(), review.uid, STANDARD)


def names(rows: Iterable[Listed]) -> list[str]:
    return [row.head for row in rows]


def newest(review: Review, name: str) -> dict[str, object]:
    return classes.of_household(review.register.database, review.homes[name].uid)[0]


def test_every_reviewed_household_has_its_class_by_one_decision(review: Review) -> None:
    before = lists(review)
    done = recognise(review)
    assert (done.reviewed, done.kept, done.unknown, done.left) == (7, 0, 0, 0)
    for name, result in (RESULTS | {"Em": "not_poor", "Hoa": "not_poor"}).items():
        row = newest(review, name)
        assert (row["household_class"], row["source"]) == (result, "decision"), name
        assert (row["number"], row["signed_on"]) == (PAPER.number, SIGNED)
        assert (row["review_year"], row["valid_from"]) == (2026, IN_FORCE)
    with review.register.database.reader() as connection:
        (paper,) = records.find(connection, Kind.DECISION)
    assert (paper["uid"], paper["signer"]) == (done.decision, "Đinh Văn Tự")
    assert lists(review) == before
    flow = review.flow()
    assert flow.state("recognise").missing == ()
    assert flow.state("certify", review.village).missing[0].count == 4


def test_average_living_is_neither_given_nor_ended_by_the_decision_of_a_review(
    review: Review,
) -> None:
    """It is recognised on application, by a decision of its own."""
    with write_unit(*review.args, Op.SETTLE_CASE) as work:  # as an older file has it
        (row,) = records.find(work.connection, Kind.CASE_RESULT, review_case=review.case("Em"))
        work.update(Kind.CASE_RESULT, row["uid"], average_living=True)
    own = {"decision_number": "9/QĐ-UBND", "decision_on": date(2026, 11, 2)}
    home = review.homes["Hoa"].uid
    review.register.give_class(
        home, "not_poor", year=2026, valid_from=date(2026, 11, 2), source="decision",
        average_living=True, **own,
    )  # fmt: skip
    done = recognise(review)
    assert (done.reviewed, done.unknown) == (7, 0)
    assert newest(review, "Em")["average_living"] is False
    granted = newest(review, "Hoa")
    assert (granted["average_living"], granted["number"]) == (True, "9/QĐ-UBND")
    assert recognition.unclassed(review.register.database, review.uid, STANDARD) == []


def test_the_four_lists_are_those_of_the_paper(review: Review) -> None:
    recognise(review)
    found = lists(review)
    assert names(found.poor) == ["An", "Dung"]
    assert names(found.near_poor) == ["Bình", "Giang"]
    assert names(found.left_poor) == ["Bình", "Chi"]
    assert names(found.left_near_poor) == ["Em"]
    chi = found.left_poor[1]
    assert (chi.class_before, chi.class_after, chi.persons) == ("poor", "not_poor", 1)


def test_who_was_not_met_keeps_a_class_and_who_moved_has_none(review: Review) -> None:
    review.end("An", "absent")
    review.end("Dung", "refused")
    review.end("Hoa", "absent")  # has no class to keep
    review.end("Bình", "moved")
    silent = recognition.unclassed(review.register.database, review.uid, STANDARD)
    assert [(one.head, one.village) for one in silent] == [("Hoa", review.village)]
    done = recognise(review)
    assert recognition.unclassed(review.register.database, review.uid, STANDARD) == silent
    assert len(silent) == done.unknown
    assert (done.reviewed, done.kept, done.unknown, done.left) == (3, 2, 1, 1)
    for name, kept in (("An", "poor"), ("Dung", "near_poor")):
        row = newest(review, name)
        assert (row["household_class"], row["number"]) == (kept, PAPER.number)
        assert "giữ kết quả đã công nhận" in str(row["note"])
    assert newest(review, "Bình")["review_year"] == 2025
    assert names(lists(review).poor) == ["An"]
    assert names(lists(review).near_poor) == ["Dung", "Giang"]
    assert lists(review).left_poor[0].head == "Chi"


def test_a_household_that_left_the_register_is_passed_over(review: Review) -> None:
    events.move_out(*review.args, household=review.homes["An"].uid, day=date(2026, 11, 1))
    done = recognise(review)
    assert (done.reviewed, done.left) == (6, 1)
    assert newest(review, "An")["review_year"] == 2025


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda r: r.settle("An", None), "1 hộ chưa có kết quả phân loại"),
        (lambda r: r.meet(40, day=SIGNED - timedelta(days=1), An=0), "1 hộ chưa rà soát xong"),
        (lambda r: (r.undo(), r.undo()), "1 thôn chưa họp dân"),
        (lambda r: r.undo(), "1 thôn chưa niêm yết"),
    ],
)
def test_a_review_that_is_not_through_is_not_recognised(
    review: Review, spoil: object, said: str
) -> None:
    spoil(review)
    with pytest.raises(RefusedError, match="review_unfinished") as refused:
        recognise(review)
    assert said in str(refused.value.params["what"])
    with pytest.raises(RefusedError, match="review_unfinished"):
        recognise(review, reason="  ")
    recognise(review, reason="Chủ tịch đã ký ngày 01/12")
    assert groups(review.register.database)[-1]["reason"] == "Chủ tịch đã ký ngày 01/12"
    assert review.flow().state("recognise").missing == ()


def test_the_decision_waits_for_the_last_day_of_the_posting(review: Review) -> None:
    def lacks(day: date) -> list[str]:
        found = recognition.lacking(review.register.database, review.uid, STANDARD, day)
        return [item.code for item in found]

    assert lacks(date(2026, 10, 9)) == ["still_posted"]
    assert lacks(date(2026, 10, 10)) == []


def test_each_standard_has_its_own_decision(register: Register) -> None:
    both = (
        ReviewStandard(code=STANDARD, purpose="movement"),
        ReviewStandard(code="2027", purpose="next_opening"),
    )
    review = begin(register, "An", standards=both)
    review.settle("An", "near_poor")
    assert review.missing("classify") == {}  # that of 2027 may stay open
    review.meet(40)
    post(review)
    recognise(review)
    codes = {item.code for item in review.flow().state("recognise").missing}
    assert codes == {"undecided"}
    with pytest.raises(RefusedError, match="review_unfinished"):
        recognition.recognise(*review.args, review.uid, "2027", PAPER)
    review.settle("An", "poor", standard="2027")
    recognition.recognise(*review.args, review.uid, "2027", PAPER)
    rows = classes.of_household(register.database, review.homes["An"].uid)
    found = {(row["standard"], row["household_class"], row["review_year"]) for row in rows}
    assert found == {("2027", "poor", 2026), ("2022", "near_poor", 2026), ("2022", "poor", 2025)}
    other = recognition.lists(register.database, shipped(), review.uid, "2027")
    assert (names(other.poor), names(other.left_poor)) == (["An"], [])
    assert review.flow().state("recognise").missing == ()


def test_a_decision_that_cannot_be_is_refused(review: Review) -> None:
    def paper(**values: object) -> Decision:
        return Decision(**{"number": "1", "signed_on": SIGNED, "valid_from": IN_FORCE, **values})

    before = dump(review.register.database)
    for decision, code in (
        (paper(number=" "), "decision_without_number"),
        (paper(signed_on=BEGUN - timedelta(days=1)), "before_review"),
        (paper(valid_from=BEGUN), "before_review"),
        (paper(signed_on=date(2027, 1, 1)), "event_in_future"),
    ):
        with pytest.raises(RefusedError, match=code):
            recognition.recognise(*review.args, review.uid, STANDARD, decision)
    assert dump(review.register.database) == before
    recognise(review)
    with pytest.raises(RefusedError, match="already_recognised"):
        recognise(review)


def test_a_decision_is_corrected_taken_back_and_undone(review: Review) -> None:
    before = living(dump(review.register.database))
    args = (*review.args, review.uid, STANDARD)
    with pytest.raises(RefusedError, match="not_recognised"):
        recognition.take_back(*args, reason="nhầm")
    recognise(review)
    done = living(dump(review.register.database))
    recognition.correct_paper(*args, number="32/QĐ", signed_on=SIGNED, signer=None)
    assert newest(review, "An")["number"] == "32/QĐ"
    review.undo()
    assert living(dump(review.register.database)) == done
    recognition.take_back(*args, reason="nhầm")
    assert living(dump(review.register.database)) == before
    review.undo()
    assert living(dump(review.register.database)) == done
    review.undo()
    assert living(dump(review.register.database)) == before
