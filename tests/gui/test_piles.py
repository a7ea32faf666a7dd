"""Nhập theo xấp: a pile of ten forms, typed by keyboard only, in any order and over a restart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from random import Random

import pytest

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.review_case import FormState, Ground, Outcome
from giamngheo_desktop.gui.bus import Bus
from giamngheo_desktop.gui.jobs import JobRunner
from giamngheo_desktop.services import undo
from giamngheo_desktop.services.review import case_lists, paper_forms
from giamngheo_desktop.services.review.paper_forms import Way
from giamngheo_desktop.services.unit import write_unit
from tests.gui import hands
from tests.gui.cases import fill_home
from tests.gui.commune import World, context, make_world
from tests.gui.hands import Key, Modifier
from tests.gui.piles import Pile, open_pile, opened_again, ten_forms
from tests.gui.review import AUTUMN, BEGUN, begin, confirm, show
from tests.gui.test_narrow_window import SMALL, cut_off, outside


@pytest.fixture
def world(tmp_path) -> Iterator[World]:
    with ten_forms(tmp_path) as made:
        yield made


@pytest.fixture
def opened(qtbot, world) -> Pile:
    return open_pile(qtbot, world)


@pytest.fixture
def pile(opened: Pile) -> Pile:
    opened.go_to("begin_pile")
    hands.press(Key.Key_Space)
    assert hands.at() == "pile_code"
    return opened


def save_and_next() -> None:
    hands.control(Key.Key_Return)


def take_all() -> None:
    """Every grey answer as last year, whether it was on screen or not."""
    hands.press(Key.Key_Space, modifier=Modifier.ControlModifier | Modifier.ShiftModifier)


# --- in any order ---------------------------------------------------------------------------------


def test_ten_forms_are_typed_in_any_order_by_keyboard_only(pile):
    assert pile.text("pile_progress") == "0/10 phiếu"
    order = list(range(1, 11))
    Random(5).shuffle(order)
    for done, number in enumerate(order, start=1):
        row = pile.row(number)
        hands.write(row.form_code if number % 2 else str(number))
        hands.enter()
        assert pile.pile.view.case == row.uid
        assert pile.pile.view.isAncestorOf(hands.focus())  # on its first open question
        hands.press(Key.Key_Space)  # as last year
        save_and_next()
        assert hands.at() == "pile_code"
        assert not pile.pile.view.isVisible()
        said = f"{done}/10 phiếu, còn {done} hộ chưa xong"
        assert pile.text("pile_progress") == said
    assert {row.form for row in pile.rows()} == {FormState.COLLECTED}
    hands.press(Key.Key_Escape)
    assert pile.page.panel is not None
    assert pile.page.panel.isVisible()


def test_a_form_not_collected_yet_is_collected_by_saving_it_and_that_is_said(pile):
    hands.fill("3")
    assert pile.text("pile_said") == "Phiếu chưa ghi thu: lưu phiếu thì ghi thu hôm nay."
    assert pile.row(3).form is FormState.NONE
    hands.press(Key.Key_Space)
    hands.control(Key.Key_S)
    assert pile.row(3).form is FormState.COLLECTED
    assert pile.text("pile_said") == "Phiếu chưa ghi thu: đã ghi thu hôm nay."
    pile.undo()
    assert pile.row(3).form is FormState.NONE


def test_keys_typed_at_once_after_the_form_are_the_next_code(pile):
    hands.fill("1")
    hands.press(Key.Key_Space)
    save_and_next()
    hands.fill("2")
    assert pile.pile.view.case == pile.row(2).uid


# --- in list order --------------------------------------------------------------------------------


def test_in_list_order_the_next_form_opens_at_once(pile):
    paper_forms.hand(
        pile.world.database,
        pile.world.context,
        [row.uid for row in pile.rows()],
        Way.ISSUE,
        AUTUMN.date(),
    )
    pile.go_to("pile_order")
    hands.press(Key.Key_2)
    assert pile.pile.view.case == pile.row(1).uid
    for number in range(2, 11):
        save_and_next()
        assert pile.pile.view.case == pile.row(number).uid
        assert pile.pile.view.isAncestorOf(hands.focus())
    save_and_next()
    assert pile.text("pile_said") == "Đã đến cuối danh sách của xấp."
    assert hands.at() == "pile_code"


# --- mistakes -------------------------------------------------------------------------------------


def test_a_mistyped_code_is_caught_by_its_check_character(pile):
    code = pile.row(2).form_code
    wrong = ("1" if code[0] == "0" else "0") + code[1:]
    hands.fill(wrong)
    assert pile.text("pile_problem") == f"Mã phiếu “{wrong}” gõ sai: xem lại trên phiếu."
    assert not pile.pile.shows_form
    hands.fill("11")
    assert "không có STT 11" in pile.text("pile_problem")
    hands.fill(code)  # the wrong one stood selected
    assert pile.pile.view.case == pile.row(2).uid


def test_a_form_of_another_village_asks(pile, said):
    other = case_lists.of_review(pile.world.database, pile.review, pile.world.villages[1])[0]
    said.will_answer("no")
    hands.fill(other.form_code)
    assert "là của Thôn Đoài; xấp này là của Thôn Đông" in said.texts[-1]
    assert not pile.pile.shows_form
    assert hands.at() == "pile_code"
    said.will_answer("yes")
    hands.fill(other.form_code)
    assert pile.pile.view.case == other.uid


# --- restart --------------------------------------------------------------------------------------


@pytest.mark.parametrize("left", ["open form", "between two forms"])
def test_the_place_in_the_pile_survives_a_restart(qtbot, pile, left):
    world, review = pile.world, pile.review
    for number in (4, 2):
        hands.fill(str(number))
        hands.press(Key.Key_Space)
        save_and_next()
    if left == "open form":
        hands.fill("7")
        hands.press(Key.Key_Space)  # not saved
        assert pile.page.may_leave()
    pile.page.close()  # without another word, as a power cut would
    again = opened_again(qtbot, world, review)
    assert again.text("pile_offer_text").startswith("Đang nhập dở xấp phiếu: Thôn Đông: ")
    again.go_to("resume_pile")
    hands.press(Key.Key_Space)
    assert again.text("pile_progress") == "2/10 phiếu, còn 2 hộ chưa xong"
    if left == "open form":
        assert again.pile.view.case == again.row(7).uid
        assert again.pile.view.is_dirty
    else:
        assert hands.at() == "pile_code"
        assert again.pile.place.last == again.row(2).uid


def test_a_pile_is_offered_with_its_numbers_of_now_until_nothing_is_left(pile):
    hands.press(Key.Key_Escape)
    offer = pile.page.piles.offer
    assert "0/10 phiếu" in pile.text("pile_offer_text")
    rows = case_lists.of_review(pile.world.database, pile.review, pile.world.villages[0])

    def settle(some) -> None:
        with write_unit(pile.world.database, pile.world.context, Op.SETTLE_CASE) as work:
            for row in some:
                work.update(Kind.CASE, row.uid, outcome="reviewed")
        pile.page.mark_stale()

    settle(rows[:1])
    assert "1/10 phiếu" in pile.text("pile_offer_text")
    settle(rows[1:])
    assert not offer.isVisible()


def test_the_pile_of_an_empty_village_is_not_offered(pile):
    hands.press(Key.Key_Escape)
    assert pile.page.piles.offer.isVisible()
    with write_unit(pile.world.database, pile.world.context, Op.SETTLE_CASE) as work:
        for row in pile.rows():
            work.remove(Kind.CASE, row.uid)
    pile.page.mark_stale()
    assert not pile.page.piles.offer.isVisible()


def test_a_pile_of_a_closed_review_is_not_offered(pile):
    hands.press(Key.Key_Escape)
    assert pile.page.piles.offer.isVisible()
    with write_unit(pile.world.database, pile.world.context, Op.CLOSE_REVIEW) as work:
        work.update(Kind.REVIEW, pile.review, closed_on=pile.world.context.today())
    pile.page.mark_stale()
    assert not pile.page.piles.offer.isVisible()


def test_a_pile_that_is_not_wanted_is_not_offered_again(pile):
    hands.press(Key.Key_Escape)
    assert pile.page.piles.offer.isVisible()
    pile.click("drop_pile")
    assert not pile.page.piles.offer.isVisible()


# --- newcomers ------------------------------------------------------------------------------------


def test_an_applicant_in_the_pile_gets_household_paper_and_form(pile):
    hands.press(Key.Key_N, modifier=Modifier.ControlModifier)
    assert hands.at() == "newcomer_household"
    hands.enter()
    assert hands.at() == "applicant"
    hands.fill("lý thị mẩy", "20112026")
    pile.go_to("others.0.full_name")
    hands.write("Lý Văn Tí")
    pile.click("newcomer_save")
    row = pile.row(11)
    assert (row.head, row.persons, row.ground) == ("Lý Thị Mẩy", 2, Ground.APPLIED)
    assert (row.form, row.screened_in) == (FormState.COLLECTED, True)
    assert pile.pile.view.case == row.uid
    assert pile.text("pile_said").startswith(f"Mã phiếu mới: {row.form_code}, STT 11.")
    assert pile.text("pile_progress").startswith("0/11")
    pile.undo()
    assert len(pile.rows()) == 10


def test_who_split_off_comes_with_a_form_of_their_own(pile):
    pile.pile.ask_new("split")
    form = pile.pile.newcomer
    form.search.found = pile.world.homes[0]  # four members
    form._picked(None)
    dialog = form.dialog
    leaving = [member.uid.hex for member in dialog.household.members[1:3]]
    dialog.form.set_draft({"persons": tuple(leaving), "head": leaving[0], "day": BEGUN})
    dialog.record()
    row = pile.row(11)
    assert (row.persons, row.ground) == (2, Ground.SPLIT)
    assert pile.pile.view.case == row.uid
    pile.undo()
    assert [len(pile.rows()), pile.row(1).persons] == [10, 4]


# --- not met --------------------------------------------------------------------------------------


def test_one_key_says_that_a_household_was_absent(pile):
    hands.fill("5")
    hands.press(Key.Key_F9)
    assert hands.at() == "outcome"
    hands.press(Key.Key_1)
    hands.enter()
    assert hands.at() == "reason"
    hands.fill("làm ăn xa")
    assert hands.at() == "unmet_save"
    hands.enter()
    row = pile.row(5)
    assert (row.outcome, row.form) == (Outcome.ABSENT, FormState.NONE)
    assert hands.at() == "pile_code"
    assert pile.text("pile_progress") == "1/10 phiếu"
    hands.press(Key.Key_Escape)
    pile.click("show_book")
    assert "đi vắng, không gặp được – làm ăn xa." in pile.text("pile_not_met")


def test_without_a_form_there_is_nobody_to_be_absent(pile):
    hands.press(Key.Key_F9)
    assert pile.text("pile_problem").startswith("Mở phiếu của hộ trước")


def test_a_household_that_moved_leaves_the_register_at_once(pile):
    hands.fill("6")
    hands.press(Key.Key_F9)
    hands.press(Key.Key_3)
    pile.go_to("reason")
    hands.fill("về quê")
    assert hands.at() == "event"
    hands.enter()
    assert hands.at() == "day"
    hands.fill("01112026")
    hands.enter()
    assert pile.row(6).outcome == Outcome.MOVED
    step = undo.next_step(pile.world.database)
    assert step.op == "settle_case"
    pile.undo()
    assert pile.row(6).outcome is None


# --- the window and the lanes ---------------------------------------------------------------------


def test_nothing_is_cut_off_with_large_letters(qtbot, qapp, look, opened):
    look.apply(qapp, percent=150)
    opened.page.resize(*SMALL)
    opened.click("show_book")
    qtbot.waitUntil(lambda: cut_off(opened.page) == outside(opened.page) == [])
    opened.go_to("begin_pile")
    hands.press(Key.Key_Space)
    qtbot.waitUntil(lambda: cut_off(opened.pile) == outside(opened.pile) == [])
    for kind in ("applicant", "split"):
        opened.pile.ask_new(kind)
        qtbot.waitUntil(lambda: cut_off(opened.pile) == outside(opened.pile) == [])
    hands.press(Key.Key_Escape)
    hands.fill("1")
    hands.press(Key.Key_F9)
    qtbot.waitUntil(lambda: cut_off(opened.pile) == outside(opened.pile) == [])


@pytest.fixture
def slow(tmp_path) -> Iterator[World]:
    """Real threads: what is read and written comes later."""
    bus = Bus()
    made = make_world(tmp_path, runner=JobRunner(bus))
    made.desk = replace(made.desk, bus=bus)
    for home in made.homes[:3]:
        fill_home(made, home)
    made.context = made.desk.context = context(AUTUMN, seed=9)
    yield made
    made.close()


def test_with_real_threads_every_form_of_the_list_is_saved_and_collected(qtbot, slow):
    review = begin(slow)
    confirm(slow, review, slow.villages[0])
    page = show(qtbot, slow)
    idle = partial(qtbot.waitUntil, lambda: not slow.desk.runner.busy)
    idle()
    page.open({"village": slow.villages[0], "step": "collect"})
    idle()
    page.panel.pile_button.click()
    idle()
    page.piles.pile.bar.order.setFocus()
    hands.press(Key.Key_2)
    idle()
    rows = case_lists.of_review(slow.database, review, slow.villages[0])
    for row in rows:
        assert page.piles.pile.view.case == row.uid
        hands.press(Key.Key_Space)
        save_and_next()
        idle()
    assert hands.at() == "pile_code"
    after = case_lists.of_review(slow.database, review, slow.villages[0])
    assert [row.form for row in after] == [FormState.COLLECTED] * 3
    assert all(row.results for row in after)


def test_with_real_threads_the_next_code_is_typed_while_the_form_is_saved(qtbot, slow):
    review = begin(slow)
    confirm(slow, review, slow.villages[0])
    page = show(qtbot, slow)
    idle = partial(qtbot.waitUntil, lambda: not slow.desk.runner.busy)
    idle()
    page.open({"village": slow.villages[0], "step": "collect"})
    idle()
    page.panel.pile_button.click()
    idle()
    rows = case_lists.of_review(slow.database, review, slow.villages[0])
    hands.fill("1")
    idle()
    hands.press(Key.Key_Space)
    save_and_next()
    hands.fill("3")  # at once
    idle()
    assert page.piles.pile.view.case == rows[2].uid
    assert case_lists.of_review(slow.database, review, slow.villages[0])[0].results
