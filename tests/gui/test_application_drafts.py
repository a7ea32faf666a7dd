"""What is typed into the book of applications and not saved: kept, offered again, asked about."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from giamngheo_desktop.services import drafts
from tests.gui import hands
from tests.gui.hands import Key
from tests.gui.test_applications_panel import TODAY, apply, book, fill, open_panel, press


@pytest.fixture
def panel(qtbot, world):
    return open_panel(qtbot, world)


def kept(world) -> int:
    return len(drafts.find(world.database.path).drafts)


def taken_up(form) -> bool:
    (note,) = form.draft.findChildren(QLabel, "draft_note_text")
    return note.isVisible() and note.text().startswith("Đã lấy lại những gì gõ dở lúc ")


def correct(panel):
    panel.load()
    panel.list.row_opened.emit(panel.list.current_uid())
    hands.turn_to(panel)
    return panel.application


def reply(panel):
    panel.load()
    press(panel, "reply_application")
    hands.turn_to(panel)
    return panel.reply


def test_a_new_paper_survives_a_kill(qtbot, world, panel):
    press(panel, "new_application")
    hands.turn_to(panel)
    panel.application.form.focus_field("applicant")
    hands.fill("gõ dở")
    income = ({"source": "fishery", "revenue": 7, "cost": 2},)
    fill(panel.application.form, purpose="average_living", income=income)
    panel.application._take_household(world.homes[3])
    qtbot.waitUntil(lambda: kept(world) == 1)  # nobody asked for it
    panel.may_leave()
    again = open_panel(qtbot, world)  # another window of the same file, nothing was closed
    press(again, "new_application")
    form = again.application
    record = form.form.record()
    assert (record["applicant"], record["income"]) == ("Gõ Dở", income)
    assert "3 khẩu" in form._chosen.text()
    assert taken_up(form)
    fill(form.form, village=world.villages[0], received_on=TODAY)
    press(again, "application_save")
    assert book(world)[0].paper.household == world.homes[3]
    assert kept(world) == 0


def test_corrections_of_a_stored_paper_survive_a_kill(qtbot, world, panel):
    apply(world, "Sai Tên")
    form = correct(panel)
    assert not taken_up(form)
    hands.focus().selectAll()
    hands.write("đúng tên")
    form.form.focus_field("received_on")
    hands.focus().selectAll()
    hands.write("31/2")
    assert kept(world) == 1  # the field before was left
    qtbot.waitUntil(lambda: "31/2" in str(drafts.find(world.database.path).drafts))
    again = open_panel(qtbot, world)
    form = correct(again)
    assert taken_up(form)
    assert form.form.record()["applicant"] == "Đúng Tên"
    assert form.form.fields["received_on"].input().text() == "31/2"
    hands.press(Key.Key_Tab)
    form.form.focus_field("received_on")
    hands.focus().selectAll()
    hands.write("10/6/2026")
    press(again, "application_save")
    assert [line.paper.applicant for line in book(world)] == ["Đúng Tên"]
    assert kept(world) == 0


def test_half_an_answer_survives_a_kill(qtbot, world, panel):
    apply(world, "Hồ Thị Mới")
    panel.load()
    press(panel, "open_month")
    form = reply(panel)
    fill(form.form, outcome="refused")
    form.form.focus_field("reasons")
    hands.write("điểm B1 quá ngưỡng")
    qtbot.waitUntil(lambda: kept(world) == 1)
    again = open_panel(qtbot, world)
    form = reply(again)
    assert taken_up(form)
    record = form.form.record()
    assert (record["outcome"], record["reasons"]) == ("refused", "điểm B1 quá ngưỡng")
    fill(form.form, number="12/UBND")
    press(again, "reply_save")
    assert book(world)[0].answer_number == "12/UBND"
    assert kept(world) == 0


def test_a_household_wiped_out_of_the_search_is_chosen_no_more(world, panel):
    press(panel, "new_application")
    hands.turn_to(panel)
    form = panel.application
    hands.write("dao")
    form._take_household(world.homes[3])
    hands.press(Key.Key_Escape)
    assert form._household is None
    assert form._chosen.text().startswith("Để trống nếu hộ chưa có trong sổ")


@pytest.mark.parametrize(("way", "name"), [(correct, "applicant"), (reply, "number")])
def test_leaving_the_page_keeps_it_at_once(qtbot, world, panel, way, name):
    apply(world, "Sai Tên")
    form = way(panel)
    fill(form.form, outcome="refused")
    form.form.focus_field(name)
    hands.write("x")
    assert panel.may_leave()
    assert kept(world) == 1
    form = way(open_panel(qtbot, world))
    assert str(form.form.draft()[name]).lower().endswith("x")


@pytest.mark.parametrize(
    ("way", "name", "typed"),
    [(correct, "application", "applicant"), (reply, "reply", "day")],
)
def test_leaving_the_form_asks(world, panel, said, way, name, typed):
    apply(world, "Sai Tên")
    way(panel)
    hands.press(Key.Key_Escape)
    assert panel.stack.currentIndex() == 0  # nothing was typed
    form = way(panel)
    form.form.focus_field(typed)
    hands.write("1")
    said.will_answer("no", "yes")
    press(panel, f"{name}_cancel")
    assert panel.stack.currentWidget() is form
    form.keep()
    assert kept(world) == 1
    press(panel, f"{name}_cancel")
    assert panel.stack.currentIndex() == 0
    assert kept(world) == 0
    assert not way(panel).is_dirty


def test_a_draft_that_is_not_wanted_gives_way_to_what_is_stored(qtbot, world, panel, said):
    apply(world, "Tên Trong Sổ", household=world.homes[3])
    form = correct(panel)
    fill(form.form, applicant="Gõ Nhầm")
    form._take_household(world.homes[0])
    form.keep()
    again = open_panel(qtbot, world)  # named: nothing else keeps it
    form = correct(again)
    said.will_answer("yes")
    drop = form.draft.findChild(QPushButton, "drop_draft")
    qtbot.waitUntil(drop.isVisible)
    drop.click()
    assert form.form.record()["applicant"] == "Tên Trong Sổ"
    assert "3 khẩu" in form._chosen.text()
    assert not form.is_dirty
    assert kept(world) == 0
