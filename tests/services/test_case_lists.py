"""The list of a village: who stands on it, who screens whom, what a mistake leaves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.form_code import form_code
from giamngheo_desktop.domain.review_case import FormState, Ground
from giamngheo_desktop.domain.review_flow import Status
from giamngheo_desktop.services import events
from giamngheo_desktop.services.review import case_lists, reviews
from giamngheo_desktop.services.unit import write_unit
from tests.harness.register import STANDARD, Register, dump, living
from tests.harness.review import BEGUN, MET, begin


def test_the_rows_say_how_far_each_household_is(register: Register) -> None:
    review = begin(register, "An", "Bình Chi")
    review.confirm()
    review.settle("An", "near_poor")
    review.settle("Chi", None)
    review.meet(20, An=19)
    an, binh, chi = case_lists.of_review(register.database, review.uid)
    assert (an.head, an.position, an.ground, an.class_before) == ("An", 1, "poor", "poor")
    assert (an.persons, an.form, an.form_code) == (1, FormState.NONE, form_code(1))
    assert an.results == {STANDARD: "near_poor"}
    assert an.outcome is None  # 19 of 40: looked at again
    assert an.vote == (1, 19, 40, False)
    assert (binh.outcome, binh.results, binh.vote) == (None, {}, None)
    assert (chi.outcome, chi.results) == ("reviewed", {STANDARD: None})
    assert chi.vote is not None
    assert chi.vote.passed
    assert case_lists.of_review(register.database, review.uid, register.villages["B"]) == []


def test_a_household_is_named_as_on_the_day_of_the_review(register: Register) -> None:
    review = begin(register, "An")
    home = review.homes["An"]
    late = register.household("Mai", "Na", village="B", day=MET)
    case_lists.add(*review.args, review.uid, late.uid, Ground.OTHER)
    events.move_out(*review.args, household=home.uid, day=MET)
    an, mai = case_lists.of_review(register.database, review.uid)
    assert (an.head, an.persons) == ("An", 1)
    assert (mai.head, mai.persons, mai.village) == ("Mai", 2, register.villages["B"])


def test_who_left_between_beginning_and_reference_day_still_has_a_name(register: Register) -> None:
    review = begin(register, "An", reference_day=MET)
    gone = review.homes["An"].uid
    events.move_out(*review.args, household=gone, day=MET - timedelta(days=1))
    (an,) = case_lists.of_review(register.database, review.uid)
    assert (an.head, an.persons) == ("An", 1)


def test_only_applicants_are_screened_and_who_is_out_is_closed(register: Register) -> None:
    review = begin(register, "An")
    review.homes["Mai"] = register.household("Mai")
    case = case_lists.add(*review.args, review.uid, review.homes["Mai"].uid, Ground.APPLIED).value
    review.confirm()
    assert review.missing("list") == {"unscreened": 1}
    with pytest.raises(RefusedError, match="only_applicants_screened"):
        case_lists.screen(*review.args, review.case("An"), screened_in=True)
    ticks = ("car", "pension")
    case_lists.screen(*review.args, case, screened_in=False, conditions=ticks, by="Hồ Thị Na")
    row = review.row("Mai")
    assert (row["outcome"], row["screen_conditions"]) == ("screened_out", ticks)
    assert review.missing("list") == {}
    assert review.missing("collect") == {"unentered": 1}  # An alone
    case_lists.screen(*review.args, case, screened_in=True)
    assert review.row("Mai")["outcome"] is None
    review.settle("Mai")
    with pytest.raises(RefusedError, match="case_settled"):
        case_lists.screen(*review.args, case, screened_in=False)
    case_lists.screen(*review.args, case, screened_in=True, by="Hồ Thị Na")
    assert review.row("Mai")["outcome"] == "reviewed"


def test_a_mistake_is_taken_off_while_nothing_hangs_on_it(register: Register) -> None:
    review = begin(register, "An Bình Chi")
    before = living(dump(register.database))
    case_lists.take_off(*review.args, review.case("An"))
    rows = case_lists.of_review(register.database, review.uid)
    assert [(row.head, row.position) for row in rows] == [("Bình", 1), ("Chi", 2)]
    review.undo()
    assert living(dump(register.database)) == before
    review.settle("An")
    with pytest.raises(RefusedError, match="case_in_use"):
        case_lists.take_off(*review.args, review.case("An"))


def test_a_code_is_given_once_and_never_to_another(register: Register) -> None:
    review = begin(register, "An Bình Chi")
    review.confirm()
    codes = {row.head: row.form_code for row in case_lists.of_review(register.database, review.uid)}
    assert codes == {name: form_code(n) for n, name in enumerate(("An", "Bình", "Chi"), start=1)}
    case_lists.take_off(*review.args, review.case("Chi"))
    review.homes["Mai"] = register.household("Mai")
    case_lists.add(*review.args, review.uid, review.homes["Mai"].uid, Ground.SPLIT)
    review.confirm(day=MET)
    assert review.row("Mai")["form_code"] == form_code(4)
    assert review.row("An")["form_code"] == form_code(1)
    typed = form_code(4).lower()
    assert case_lists.find_form(register.database, review.uid, typed) == review.case("Mai")
    with pytest.raises(RefusedError, match="form_unknown"):
        case_lists.find_form(register.database, review.uid, form_code(3))
    with pytest.raises(RefusedError, match="form_code"):
        case_lists.find_form(register.database, review.uid, "0012")


def test_who_cannot_stand_on_the_list_is_refused(register: Register) -> None:
    review = begin(register, "An")
    add = case_lists.add
    with pytest.raises(RefusedError, match="case_there"):
        add(*review.args, review.uid, review.homes["An"].uid, Ground.APPLIED)
    register.second_commune("Ba Tơ", "Z")
    far = register.household("Xa", village="Z")
    with pytest.raises(RefusedError, match="case_elsewhere"):
        add(*review.args, review.uid, far.uid, Ground.APPLIED)
    gone = register.household("Đi")
    events.move_out(*review.args, household=gone.uid, day=date(2026, 3, 1))
    with pytest.raises(RefusedError, match="household_not_here_then"):
        add(*review.args, review.uid, gone.uid, Ground.APPLIED)
    with write_unit(*review.args, Op.CLOSE_REVIEW) as work:
        work.update(Kind.REVIEW, review.uid, closed_on=date(2026, 12, 20))
    with pytest.raises(RefusedError, match="review_closed"):
        add(*review.args, review.uid, register.household("Mai").uid, Ground.APPLIED)
    with pytest.raises(RefusedError, match="review_closed"):
        reviews.mark(*review.args, review.uid, "list", day=BEGUN)


def test_a_village_without_a_list_is_done_once_confirmed(register: Register) -> None:
    review = begin(register, "An")
    review.confirm(village="B")
    assert review.flow().state("list", register.villages["B"]).status is Status.DONE
