"""What is typed beside the forms of a pile: kept, offered again, asked about when left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from giamngheo_desktop import texts
from giamngheo_desktop.domain.review_case import Outcome
from giamngheo_desktop.gui.review import drafting
from giamngheo_desktop.services import drafts
from tests.gui import hands
from tests.gui.commune import YEAR, World
from tests.gui.hands import Key, Modifier
from tests.gui.piles import Pile, open_pile, opened_again, ten_forms


@pytest.fixture
def world(tmp_path) -> Iterator[World]:
    with ten_forms(tmp_path) as made:
        yield made


@pytest.fixture
def opened(qtbot, world) -> Pile:
    return open_pile(qtbot, world)


@pytest.fixture
def pile(opened) -> Pile:
    opened.click("begin_pile")
    return opened


def kept(pile: Pile) -> list[str]:
    """The drafts of panels; the place in the pile is another one."""
    found = drafts.find(pile.world.database.path).drafts
    return [draft.key for draft in found if draft.key.startswith(drafting.PREFIX)]


def resumed(qtbot, pile: Pile) -> Pile:
    """The page once more, without a word to the one before, as after a power cut."""
    again = opened_again(qtbot, pile.world, pile.review)
    again.click("resume_pile")
    return again


def ask_new() -> None:
    hands.press(Key.Key_N, modifier=Modifier.ControlModifier)


def test_half_a_new_form_survives_a_kill(qtbot, pile):
    ask_new()
    hands.enter()
    hands.fill("lý thị mẩy")
    pile.go_to("received_on")
    hands.focus().selectAll()
    hands.write("31/11")  # no date
    pile.go_to("others.0.full_name")
    hands.write("Lý Văn Tí")
    qtbot.waitUntil(lambda: len(kept(pile)) == 1)
    again = resumed(qtbot, pile)
    assert again.text("pile_said") == "Có phiếu mới gõ dở: bấm Phiếu mới để ghi tiếp."
    ask_new()
    assert again.text("draft_note_text").startswith("Đã lấy lại những gì gõ dở lúc ")
    typed = again.pile.newcomer.form.draft()
    assert typed["applicant"] == "Lý Thị Mẩy"
    assert [row["full_name"] for row in typed["others"]] == ["Lý Văn Tí"]
    assert again.field("received_on").text() == "31/11"
    again.go_to("received_on")
    hands.focus().selectAll()
    hands.fill("20112026")
    again.click("newcomer_save")
    assert (again.row(11).head, again.row(11).persons) == ("Lý Thị Mẩy", 2)
    assert kept(again) == []


def test_the_household_chosen_for_a_new_form_comes_back(qtbot, pile):
    form = pile.pile.newcomer
    ask_new()
    hands.write("moan")
    form.search.found = pile.world.homes[8]
    form._picked(None)
    assert pile.page.may_leave()
    again = resumed(qtbot, pile)
    ask_new()
    assert again.pile.newcomer.search.found == pile.world.homes[8]
    assert again.pile.newcomer.search.text() == "moan"


def test_a_household_wiped_out_of_the_search_is_chosen_no_more(pile):
    form = pile.pile.newcomer
    ask_new()
    hands.write("moan")
    form.search.found = pile.world.homes[8]
    form._picked(None)
    form.search.setFocus()
    hands.press(Key.Key_Escape)
    assert (form.search.text(), form.search.found) == ("", None)


def test_leaving_a_new_form_asks_and_another_form_keeps_it(pile, said):
    ask_new()
    hands.enter()
    hands.write("lý thị")
    said.will_answer("no")
    hands.press(Key.Key_Escape)
    assert pile.pile.newcomer.isVisible()
    pile.go_to("pile_code")
    hands.fill("2")  # the next form of the pile
    assert len(kept(pile)) == 1
    ask_new()
    assert pile.pile.newcomer.form.draft()["applicant"] == "Lý Thị"
    said.will_answer("yes")
    pile.click("newcomer_cancel")
    assert not pile.pile.newcomer.isVisible()
    assert kept(pile) == []
    ask_new()
    assert not pile.pile.newcomer.is_dirty


def test_half_a_reason_survives_a_kill(qtbot, pile):
    hands.fill("5")
    hands.press(Key.Key_F9)
    hands.press(Key.Key_3)
    pile.go_to("reason")
    hands.write("về quê ở")
    pile.go_to("day")
    hands.focus().selectAll()
    hands.write("01112026")
    qtbot.waitUntil(lambda: len(kept(pile)) == 1)
    again = resumed(qtbot, pile)
    assert again.text("pile_said").endswith("bấm Không gặp được để ghi tiếp.")
    hands.press(Key.Key_F9)
    typed = again.pile.unmet.form.record()
    assert (typed["outcome"], typed["reason"]) == ("moved", "về quê ở")
    assert typed["day"] == date(YEAR, 11, 1)
    again.click("unmet_save")
    assert again.row(5).outcome == Outcome.MOVED
    assert kept(again) == []


def test_a_reason_is_kept_for_its_household_alone(pile, said):
    for number in ("5", "6"):
        hands.fill(number)
        hands.press(Key.Key_F9)
        assert not pile.pile.unmet.is_dirty
        pile.go_to("reason")
        hands.write(f"lý do {number}")
        assert pile.page.may_leave()
        pile.go_to("pile_code")
    hands.fill("5")
    hands.press(Key.Key_F9)
    assert pile.pile.unmet.form.draft()["reason"] == "lý do 5"
    said.will_answer("no", "yes")
    pile.click("unmet_cancel")
    assert pile.pile.unmet.isVisible()
    pile.click("unmet_cancel")
    assert kept(pile) == [f"ra-soat-khong-gap-{pile.row(6).uid.hex}"]


def test_the_count_of_a_paper_pile_survives_a_kill(qtbot, opened):
    opened.click("show_book")
    table = opened.page.panel.book.table
    nobody = table.rows.row(0)[0]
    table.go_to(nobody)
    for name, text in (("paper_forms", "9"), ("paper_persons", "3x"), ("pile_codes", "1 3-")):
        opened.go_to(name)
        hands.write(text)
    qtbot.waitUntil(lambda: len(kept(opened)) == 1)
    assert opened.page.may_leave()
    again = opened_again(qtbot, opened.world, opened.review)
    assert again.page.panel.book.isVisible()  # nobody has to look for it
    assert again.text("draft_note_text").startswith("Số đếm và mã phiếu gõ lúc ")
    shown = [again.field(name).text() for name in ("paper_forms", "paper_persons", "pile_codes")]
    assert shown == ["9", "3x", "1 3-"]
    assert again.page.panel.book.table.current_uid() == nobody
    assert again.text("paper_check") == texts.PARSE_ERRORS["not_number"]


def test_each_village_has_its_own_count(opened, said):
    opened.click("show_book")
    opened.go_to("paper_forms")
    hands.write("9")
    opened.page.open({"village": opened.world.villages[1], "step": "collect"})
    assert opened.field("paper_forms").text() == ""
    opened.page.open({"village": opened.world.villages[0], "step": "collect"})
    assert opened.field("paper_forms").text() == "9"
    said.will_answer("yes")
    opened.click("drop_draft")
    assert opened.field("paper_forms").text() == ""
    assert kept(opened) == []


def test_a_count_wiped_out_is_not_offered_again(qtbot, opened):
    opened.click("show_book")
    opened.go_to("paper_forms")
    hands.write("9")
    opened.page.may_leave()
    hands.press(Key.Key_Backspace)
    opened.page.may_leave()
    assert kept(opened) == []
    again = opened_again(qtbot, opened.world, opened.review)
    assert not again.page.panel.book.isVisible()
