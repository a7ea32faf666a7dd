"""Sổ giao nhận phiếu: piles that go out and come back, and whether they add up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from giamngheo_desktop.domain.review_case import FormState
from giamngheo_desktop.gui.review.reason_dialog import ReasonDialog
from giamngheo_desktop.services.review import case_lists, paper_forms
from giamngheo_desktop.services.review.paper_forms import Way
from tests.gui import hands
from tests.gui.commune import World
from tests.gui.hands import Key
from tests.gui.piles import Pile, open_pile, ten_forms
from tests.gui.review import AUTUMN


@pytest.fixture
def world(tmp_path) -> Iterator[World]:
    with ten_forms(tmp_path) as made:
        yield made


@pytest.fixture
def opened(qtbot, world) -> Pile:
    return open_pile(qtbot, world)


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
    opened.go_to("pile_order")
    hands.press(Key.Key_2)
    opened.pile.view.answering.go_on()
    hands.control(Key.Key_Return)
    assert opened.pile.view.case == opened.row(2).uid


def test_until_another_village_is_read_no_form_can_be_given_out(opened):
    opened.click("show_book")
    book = opened.page.panel.book
    book.scope.choose("whole")
    book.clear()
    assert not book.issue.isEnabled()
    assert book._targets() == ([], [])
    opened.page.open({"village": opened.world.villages[1], "step": "collect"})
    assert book.issue.isEnabled()
    opened.click("issue_forms")
    assert {row.form for row in opened.rows()} == {FormState.NONE}
    rows = case_lists.of_review(opened.world.database, opened.review, opened.world.villages[1])
    assert {row.form for row in rows} == {FormState.ISSUED}


def test_a_reason_whose_act_is_refused_need_not_be_typed_again(opened):
    opened.click("show_book")
    opened.click("return_forms")
    hands.turn_to(opened.page.findChild(ReasonDialog))
    hands.fill("thiếu trang 2")
    hands.turn_to(opened.page)
    assert "ghi thu trước" in opened.text("pile_book_problem")
    for act in ("issue_forms", "collect_forms", "return_forms"):
        opened.go_to("pile_codes")
        hands.write("1")
        opened.click(act)
    dialog = [d for d in opened.page.findChildren(ReasonDialog) if d.isVisible()][-1]
    assert dialog.reason.text() == "thiếu trang 2"
    hands.turn_to(dialog)
    hands.enter()
    hands.turn_to(opened.page)
    assert opened.row(1).form is FormState.RETURNED
    opened.click("return_forms")
    assert opened.page.findChildren(ReasonDialog)[-1].reason.text() == ""
