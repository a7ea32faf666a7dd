"""Who surveys whom, and the ways of the paper forms with their control totals."""

from __future__ import annotations

from datetime import date

import pytest

from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.review_case import FormState
from giamngheo_desktop.services.review import case_lists, paper_forms
from giamngheo_desktop.services.review.paper_forms import Surveyor, Way
from tests.harness.register import Register, dump, living
from tests.harness.review import Review, begin

DAY = date(2026, 9, 10)
LATER = date(2026, 9, 20)


@pytest.fixture
def review(register: Register) -> Review:
    review = begin(register, "An Bình Chi")
    review.confirm()
    return review


def hand(review: Review, way: Way, day: date | None, *names: str, **values: str) -> None:
    cases = [review.case(name) for name in names]
    paper_forms.hand(*review.args, cases, way, day, **values)


def states(review: Review) -> list[FormState]:
    return [row.form for row in case_lists.of_review(review.register.database, review.uid)]


def test_a_pile_goes_out_comes_back_and_is_entered(review: Review) -> None:
    hand(review, Way.ISSUE, DAY, "An", "Bình", "Chi")
    hand(review, Way.COLLECT, LATER, "An", "Bình")
    hand(review, Way.ENTER, LATER, "An")
    hand(review, Way.RETURN, LATER, "Bình", reason="thiếu trang 2")
    assert states(review) == [FormState.ENTERED, FormState.RETURNED, FormState.ISSUED]
    assert review.row("Bình")["returned_reason"] == "thiếu trang 2"
    hand(review, Way.COLLECT, LATER, "Bình")
    assert states(review)[1] is FormState.COLLECTED
    hand(review, Way.ISSUE, None, "An", "Bình")
    assert states(review) == [FormState.NONE, FormState.NONE, FormState.ISSUED]
    review.undo()
    assert states(review) == [FormState.ENTERED, FormState.COLLECTED, FormState.ISSUED]


def test_the_ways_of_a_form_keep_their_order(review: Review) -> None:
    with pytest.raises(RefusedError) as refused:
        hand(review, Way.COLLECT, DAY, "An", "Bình")
    assert (refused.value.code, refused.value.params) == ("forms_not_issued", {"count": 2})
    hand(review, Way.ISSUE, LATER, "An")
    with pytest.raises(RefusedError, match="forms_day_order"):
        hand(review, Way.COLLECT, DAY, "An")
    with pytest.raises(RefusedError, match="forms_not_collected"):
        hand(review, Way.ENTER, LATER, "An")
    with pytest.raises(RefusedError, match="event_in_future"):
        hand(review, Way.ISSUE, date(2027, 9, 10), "An")
    hand(review, Way.COLLECT, LATER, "An")
    with pytest.raises(RefusedError, match="reason_missing"):
        hand(review, Way.RETURN, LATER, "An", reason=" ")


def test_a_form_without_a_code_goes_nowhere(register: Register) -> None:
    review = begin(register, "An")
    with pytest.raises(RefusedError, match="forms_without_code"):
        hand(review, Way.ISSUE, DAY, "An")


def test_the_control_totals_are_those_of_the_piles(register: Register) -> None:
    review = begin(register, "An Bình Chi")
    big = register.household("Mai", "Na", "Út")
    register.give_class(big.uid, "poor", year=2025)
    review.homes["Mai"] = big
    case_lists.add(*review.args, review.uid, big.uid, case_lists.Ground.OTHER)
    review.confirm()
    village = review.village
    paper_forms.save_surveyors(
        *review.args, review.uid, village, [Surveyor(name="Hồ  Thị Na"), Surveyor(name="Lý Mẩy")]
    )
    na, may = paper_forms.surveyors(register.database, review.uid, village)
    assert na.name == "Hồ Thị Na"
    paper_forms.assign(*review.args, [review.case(n) for n in ("An", "Mai")], na.uid)
    hand(review, Way.ISSUE, DAY, "An", "Mai", "Bình")
    hand(review, Way.COLLECT, DAY, "An", "Mai")
    hand(review, Way.RETURN, DAY, "Mai", reason="thiếu")
    hand(review, Way.ENTER, DAY, "An")
    mine, nobody = paper_forms.totals(register.database, review.uid)
    assert (mine.surveyor, nobody.surveyor) == (na.uid, None)
    assert (mine.listed, mine.issued) == ((2, 2, 4), (2, 2, 4))
    assert (mine.collected, mine.entered, mine.returned) == ((1, 1, 1), (1, 1, 1), (1, 1, 3))
    assert (mine.still_out, nobody.still_out) == (1, 1)
    assert (nobody.listed, nobody.issued) == ((2, 2, 2), (1, 1, 1))
    with pytest.raises(RefusedError) as refused:
        paper_forms.save_surveyors(*review.args, review.uid, village, [may])
    assert (refused.value.code, refused.value.params["count"]) == ("surveyor_in_use", 2)


def test_a_surveyor_has_the_cases_of_one_village(review: Review) -> None:
    other = review.register.villages["B"]
    before = living(dump(review.register.database))
    paper_forms.save_surveyors(*review.args, review.uid, other, [Surveyor(name="Lý Mẩy")])
    (may,) = paper_forms.surveyors(review.register.database, review.uid)
    with pytest.raises(RefusedError, match="surveyor_elsewhere"):
        paper_forms.assign(*review.args, [review.case("An")], may.uid)
    new = Surveyor(uid=may.uid, name="Lý Thị Mẩy", phone="0912345678")
    paper_forms.save_surveyors(*review.args, review.uid, other, [new])
    assert paper_forms.surveyors(review.register.database, review.uid) == [new]
    review.undo()
    review.undo()
    assert living(dump(review.register.database)) == before
