"""Nhập theo xấp: a pile of ten forms, typed by keyboard only, in any order and over a restart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from giamngheo_desktop.domain.review_case import FormState, Ground, Outcome
from giamngheo_desktop.gui.pages.review_page import ReviewPage
from giamngheo_desktop.gui.parts import Elided
from giamngheo_desktop.gui.review.reason_dialog import ReasonDialog
from giamngheo_desktop.services import case_lists, paper_forms, undo
from giamngheo_desktop.services.case_lists import CaseRow
from giamngheo_desktop.services.paper_forms import Way
from tests.gui import hands
from tests.gui.cases import fill_home
from tests.gui.commune import YEAR, World, add_class, add_home, context, make_world
from tests.gui.hands import Key, Modifier
from tests.gui.review import AUTUMN, BEGUN, begin, confirm, show

NAMES = ("Hồ Thị Mai", "Hồ Văn Nam", "Y Moan", "Đinh Thị Lan", "Lò Văn Sơn", "Y Nga", "Hồ Thị Ly")


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path / "data"))


@pytest.fixture
def world(tmp_path) -> Iterator[World]:
    """Ten households on the list of Thôn Đông, each with the answers of last year."""
    made = make_world(tmp_path)
    for number, name in enumerate(NAMES):
        made.homes.append(add_home(made, made.villages[0], name, 1 + number % 3))
        add_class(made, made.homes[-1], YEAR - 1, "poor")
    for home in (*made.homes[:3], *made.homes[6:]):
        fill_home(made, home)
    made.context = made.desk.context = context(AUTUMN, seed=9)
    yield made
    made.close()


@dataclass
class Pile:
    """The page with the list of Thôn Đông confirmed, on the step Thu thập."""

    page: ReviewPage
    world: World
    review: UUID

    @property
    def village(self) -> UUID:
        return self.world.villages[0]

    @property
    def pile(self):
        return self.page.piles.pile

    def rows(self) -> list[CaseRow]:
        return case_lists.of_review(self.world.database, self.review, self.village)

    def row(self, number: int) -> CaseRow:
        return self.rows()[number - 1]

    def text(self, name: str) -> str:
        found = next(p for p in self.page.findChildren(QLabel, name) if p.isVisible())
        return found.whole() if isinstance(found, Elided) else found.text()

    def button(self, name: str) -> QPushButton:
        (found,) = [b for b in self.page.findChildren(QPushButton, name) if b.isVisible()]
        assert found.isEnabled(), name
        return found

    def click(self, name: str) -> None:
        QTest.mouseClick(self.button(name), Qt.MouseButton.LeftButton)

    def field(self, name: str) -> QWidget:
        (found,) = [w for w in self.page.findChildren(QWidget, name) if w.isVisible()]
        return found

    def go_to(self, name: str) -> None:
        self.field(name).setFocus(Qt.FocusReason.TabFocusReason)

    def undo(self) -> None:
        step = undo.next_step(self.world.database)
        assert step is not None
        done = undo.undo(self.world.database, self.world.context, step.group)
        self.world.desk.bus.data_changed.emit(done.changes)


@pytest.fixture
def opened(qtbot, world) -> Pile:
    review = begin(world)
    confirm(world, review, world.villages[0])
    confirm(world, review, world.villages[1])
    return opened_again(qtbot, world, review)


def opened_again(qtbot, world: World, review: UUID) -> Pile:
    page = show(qtbot, world)
    page.open({"village": world.villages[0], "step": "collect"})
    return Pile(page, world, review)


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


# --- the book -------------------------------------------------------------------------------------


def test_a_pile_goes_out_to_its_surveyor_and_comes_back(opened):
    opened.click("show_book")
    assert opened.text("pile_book_said").startswith("Ghi cho 1 phiếu")
    opened.go_to("pile_codes")
    hands.write("1 3-5 " + opened.row(8).form_code.lower())
    assert opened.text("pile_book_said").startswith("Ghi cho 5 phiếu")
    opened.click("issue_forms")
    assert [row.form for row in opened.rows()].count(FormState.ISSUED) == 5
    (mai,) = paper_forms.surveyors(opened.world.database, opened.review, opened.village)
    assert opened.row(8).surveyor == mai.uid
    table = opened.page.panel.book.table
    persons = sum(opened.row(number).persons for number in (1, 3, 4, 5, 8))
    assert [table.rows.text(0, at) for at in (0, 2)] == ["Hồ Thị Mai", f"5 / 5 / {persons}"]
    table.go_to(mai.uid)
    opened.go_to("pile_scope")
    hands.press(Key.Key_2)
    opened.click("collect_forms")
    assert [row.form for row in opened.rows()].count(FormState.COLLECTED) == 5
    opened.click("issue_forms")
    assert "Không có phiếu nào" in opened.text("pile_book_problem")
    opened.click("return_forms")
    hands.turn_to(opened.page.findChild(ReasonDialog))
    hands.fill("thiếu trang 2")
    hands.turn_to(opened.page)
    assert [row.form for row in opened.rows()].count(FormState.RETURNED) == 5
    opened.undo()
    assert [row.form for row in opened.rows()].count(FormState.COLLECTED) == 5


def test_codes_that_are_none_are_named_and_nothing_is_written(opened):
    opened.click("show_book")
    opened.go_to("pile_codes")
    hands.write("1 77 00009")
    opened.click("issue_forms")
    assert opened.text("pile_book_problem") == (
        "Thôn này không có phiếu “77”, “00009”: xem lại trên phiếu."
    )
    assert {row.form for row in opened.rows()} == {FormState.NONE}


def test_totals_that_do_not_match_are_said_in_words(opened):
    args = (opened.world.database, opened.world.context)
    cases = [row.uid for row in opened.rows()[:3]]
    paper_forms.hand(*args, cases, Way.ISSUE, AUTUMN.date())
    paper_forms.hand(*args, cases, Way.COLLECT, AUTUMN.date())
    done = paper_forms.hand(*args, cases[:2], Way.ENTER, AUTUMN.date())
    opened.world.desk.bus.data_changed.emit(done.changes)
    opened.page.mark_stale()
    opened.click("show_book")
    opened.go_to("paper_forms")
    hands.write("3")
    opened.go_to("paper_persons")
    hands.write("12")
    persons = sum(row.persons for row in opened.rows()[:2])
    assert opened.text("paper_check") == (
        f"Xấp giấy 3 phiếu, 12 khẩu; đã nhập 2 phiếu, {persons} khẩu: máy thiếu 1 phiếu, máy thiếu "
        f"{12 - persons} khẩu. Đã thu mà chưa nhập xong: "
        f"{opened.row(3).head} ({opened.row(3).form_code})."
    )
    opened.field("paper_persons").clear()
    opened.go_to("paper_forms")
    opened.field("paper_forms").selectAll()
    hands.write("2")
    assert opened.text("paper_check") == "Khớp: 2 phiếu."


def test_the_pile_of_one_surveyor_is_only_theirs(opened):
    (mai,) = paper_forms.surveyors(opened.world.database, opened.review, opened.village)
    cases = [opened.row(2).uid, opened.row(9).uid]
    args = (opened.world.database, opened.world.context)
    paper_forms.assign(*args, cases, mai.uid)
    opened.page.mark_stale()
    opened.click("show_book")
    opened.page.panel.book.table.go_to(mai.uid)
    opened.click("begin_pile")
    assert opened.text("pile_progress") == "0/2 phiếu"
    assert opened.pile.bar.name.whole() == "Thôn Đông · Hồ Thị Mai"
    hands.fill("1")
    assert opened.text("pile_said").startswith("Phiếu chưa giao ai.")
    pile_order = opened.field("pile_order")
    pile_order.setFocus()
    hands.press(Key.Key_2)
    save_and_next = opened.pile._next
    save_and_next()
    assert opened.pile.view.case == opened.row(2).uid
