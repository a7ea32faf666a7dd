"""Chuẩn bị: what a running review is about changed, and a review begun by mistake withdrawn."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton

from giamngheo_desktop.domain.applications import Outcome
from giamngheo_desktop.gui.pages.households_page import HouseholdsPage
from giamngheo_desktop.services import drafts, undo
from giamngheo_desktop.services.review import answering, applications, review_closing, reviews
from giamngheo_desktop.services.review.answering import Answer
from tests.gui import hands
from tests.gui.commune import YEAR
from tests.gui.hands import Key
from tests.gui.review import autumn, begin, confirm, settle, show
from tests.gui.test_applications_panel import apply
from tests.gui.test_narrow_window import SMALL, cut_off, outside
from tests.gui.test_review_page import press, text_of, type_into


@pytest.fixture
def world(tmp_path):
    with autumn(tmp_path) as made:
        yield made


def undo_last(world, page):
    undo.undo(world.database, world.context, undo.next_step(world.database).group)
    page.mark_stale()


def at_prepare(qtbot, world, size=(1200, 700)):
    page = show(qtbot, world, size)
    page.show_step("prepare")
    press(page, "set_review")
    return page


# --- set otherwise --------------------------------------------------------------------------------


def test_days_standards_and_note_are_typed_anew(qtbot, world):
    begin(world)
    page = at_prepare(qtbot, world)
    assert hands.at() == "begun_on"
    assert not page.panel.grid.isVisible()
    type_into(page, "begun_on", "10/09/2026")
    type_into(page, "reference_day", "15/09/2026")
    type_into(page, "note", "theo Kế hoạch 12")
    page.panel.paper.form.set_draft({"standards": ("2022",)})
    press(page, "set_review_save")
    head = page.shown.review
    assert (head.begun_on, head.reference_day) == (date(YEAR, 9, 10), date(YEAR, 9, 15))
    assert [item.code for item in head.standards] == ["2022"]
    assert not page.panel.paper.isVisible()
    facts = text_of(page, "review_facts")
    assert facts.startswith("Bắt đầu ngày 10/09/2026; tuổi và số khẩu tính đến ngày 15/09/2026.")
    assert facts.endswith("Ghi chú: theo Kế hoạch 12")
    undo_last(world, page)
    assert [item.code for item in page.shown.review.standards] == ["2022", "2027"]


def test_a_first_day_outside_the_time_of_the_law_is_told_and_can_be_saved(qtbot, world):
    page = show(qtbot, world)
    press(page, "begin")
    type_into(page, "begun_on", "15/12/2026")
    said = text_of(page, "begin_outside")
    assert "từ 01/09/2026 đến 14/12/2026" in said
    type_into(page, "begun_on", "14/12/2026")
    assert not page.begin.outside.isVisible()
    begin(world)
    page = at_prepare(qtbot, world)
    paper = page.panel.paper
    assert not paper.outside.isVisible()
    type_into(page, "begun_on", "31/08/2026")
    assert text_of(page, "set_review_outside") == said
    press(page, "set_review_save")
    assert page.shown.review.begun_on == date(YEAR, 8, 31)


def test_what_hangs_on_it_is_said_above_the_buttons(qtbot, world):
    review = begin(world)
    settle(world.desk, review, world.villages[0])
    page = at_prepare(qtbot, world)
    form = page.panel.paper.form
    form.set_draft({"standards": ()})
    press(page, "set_review_save")
    assert text_of(page, "problem_standards") == "Chưa ghi: Bộ chuẩn."
    form.set_draft({"standards": ("2022",)})
    press(page, "set_review_save")
    assert "3 hộ đã kết thúc rà soát có kết quả theo" in text_of(page, "set_review_refusal")
    form.set_draft({"standards": ("2027",)})
    press(page, "set_review_save")
    assert "bộ chuẩn của diễn biến năm" in text_of(page, "set_review_refusal")
    form.set_draft({"standards": ("2022", "2027")})
    type_into(page, "begun_on", "01/09/2025")
    press(page, "set_review_save")
    assert "Ngày phải trong năm 2026" in text_of(page, "problem_begun_on")
    assert page.shown.review.begun_on == date(YEAR, 9, 1)


def test_what_is_typed_there_survives(qtbot, world):
    begin(world)
    page = at_prepare(qtbot, world)
    type_into(page, "note", "gõ dở")
    assert page.may_leave()
    again = at_prepare(qtbot, world)
    assert again.panel.paper.form.draft()["note"] == "gõ dở"
    press(again, "set_review_save")
    assert drafts.find(world.database.path).drafts == ()
    assert again.shown.review.note == "gõ dở"


def test_enter_walks_the_form_and_thoi_comes_back(qtbot, world):
    begin(world)
    page = at_prepare(qtbot, world)
    hands.turn_to(page)
    page.panel.paper.form.focus_field("begun_on")
    met = [hands.at()]
    while hands.at() != "set_review_save":
        hands.press(Key.Key_Return)
        met.append(hands.at())
        assert len(met) < 20, met
    assert list(dict.fromkeys(met))[:2] == ["begun_on", "reference_day"]
    press(page, "set_review_cancel")
    assert page.panel.grid.isVisible()
    assert hands.at() == "set_review"


def test_the_limits_are_settings(qtbot, world):
    begin(world)
    page = at_prepare(qtbot, world)
    gone = []
    page.go_requested.connect(lambda key, payload: gone.append((key, payload)))
    press(page, "open_days")
    assert gone == [("settings", "review")]


@pytest.mark.parametrize("percent", [100, 150])
def test_the_form_fits_the_smallest_window(qtbot, qapp, look, world, percent):
    begin(world)
    look.apply(qapp, percent=percent)
    page = at_prepare(qtbot, world, SMALL)
    assert page.minimumSizeHint().width() <= SMALL[0]
    qtbot.waitUntil(lambda: cut_off(page) == outside(page) == [])


# --- withdrawn ------------------------------------------------------------------------------------


def test_an_untouched_review_is_withdrawn_after_a_question(qtbot, world, said):
    begin(world)
    page = at_prepare(qtbot, world)
    said.will_answer("no")
    press(page, "set_review_remove")
    assert said.texts == ["Rút kỳ rà soát Định kỳ 2026?"]
    assert "Sẽ bỏ 5 hộ trong danh sách; chưa nhập gì." in said.shown[0].more
    assert page.shown.review is not None
    said.will_answer("yes")
    press(page, "set_review_remove")
    assert page.shown.review is None
    assert "chưa mở kỳ rà soát" in text_of(page, "empty_text")
    undo_last(world, page)
    assert page.shown.review.begun_on == date(YEAR, 9, 1)


def test_what_was_entered_goes_only_with_a_reason(qtbot, world):
    review = begin(world)
    confirm(world, review, world.villages[0])
    settle(world.desk, review, world.villages[0])
    page = at_prepare(qtbot, world)
    press(page, "set_review_remove")
    dialog = page.findChild(QDialog, "reason_dialog")
    words = " ".join(label.text() for label in dialog.findChildren(type(page.panel._facts)))
    assert "5 hộ trong danh sách; 1 lần xác nhận bước; 3 hộ đã kết thúc rà soát" in words
    press(dialog, "give_reason")
    assert page.shown.review is not None
    dialog.findChild(QLineEdit, "reason").setText("mở nhầm năm")
    press(dialog, "give_reason")
    assert page.shown.review is None
    undo_last(world, page)
    assert sum(village.unentered for village in page.shown.flow.facts.villages) == 2


def test_a_review_that_decided_is_not_withdrawn(qtbot, world):
    home = world.homes[5]
    paper = apply(world, "Phạm Thị Giang", household=home, village=world.villages[2])
    page = show(qtbot, world)
    press(page, "begin")
    in_june(page)
    press(page, "begin_review")
    answer = Answer(
        application=paper, outcome=Outcome.REFUSED, day=date(YEAR, 6, 28), number="1", reasons="x"
    )
    act = (world.database, world.context, world.desk.definitions)
    answering.answer(*act, answer, commune=world.commune)
    page.mark_stale()
    page.show_step("prepare")
    press(page, "set_review")
    press(page, "set_review_remove")
    assert "đã trả lời 1 giấy đề nghị" in text_of(page, "set_review_refusal")


# --- months ---------------------------------------------------------------------------------------


def in_june(page):
    page.begin.form.set_draft({"kind": "in_year"})
    page.begin.form.changed.emit("kind")
    type_into(page, "month", "6")


def test_a_month_is_begun_with_the_applications_that_wait(qtbot, world):
    apply(world, "Hồ Thị Mới")
    apply(world, "Y Sau", day=date(YEAR, 6, 16))  # of July
    page = show(qtbot, world)
    press(page, "begin")
    in_june(page)
    assert page.begin.form.draft()["standards"] == ("2022",)  # 2027 has no list to enter yet
    assert text_of(page, "applications_taken") == "1 giấy đề nghị đang chờ được đưa vào đợt này."
    type_into(page, "month", "5")
    assert "Không có giấy đề nghị nào chờ" in text_of(page, "applications_taken")
    type_into(page, "month", "6")
    press(page, "begin_review")
    review = page.shown.review
    assert (review.month, review.begun_on) == (6, date(YEAR, 6, 15))
    taken = applications.of_review(world.database, review.uid)
    assert [row["applicant"] for row in taken] == ["Hồ Thị Mới"]
    undo_last(world, page)
    assert reviews.all_of(world.database) == []
    assert applications.of_review(world.database, review.uid) == []


def test_closing_names_the_months_that_wait_and_leads_to_their_applications(qtbot, world):
    paper = apply(world, "Hồ Thị Mới")
    page = show(qtbot, world)
    press(page, "begin")
    in_june(page)
    press(page, "begin_review")
    begin(world)
    page.open({"review": None, "step": "close"})
    gone = []
    page.go_requested.connect(lambda key, payload: gone.append((key, payload)))
    assert "đợt tháng 6/2026 còn 1 giấy đề nghị chưa trả lời" in text_of(page, "closing_months")
    assert not page.panel.close_button.isEnabled()
    press(page, "see_applications")
    assert gone == [("review", {"applications": True})]
    answer = Answer(
        application=paper, outcome=Outcome.REFUSED, day=date(YEAR, 6, 28), number="1", reasons="x"
    )
    act = (world.database, world.context, world.desk.definitions)
    answering.answer(*act, answer, commune=world.commune)
    page.mark_stale()
    said = text_of(page, "closing_results")
    assert "Đợt tháng 6/2026 còn mở, được khóa cùng lúc; chưa xong: " in said
    assert page.panel.close_button.isEnabled()


# --- after closing --------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["close", "recognise"])
def test_a_closed_review_leads_to_the_correction_of_a_household(qtbot, world, step):
    review = begin(world)
    page = show(qtbot, world)
    page.open({"step": step})
    assert not [b for b in page.findChildren(QPushButton, "correct_one") if b.isVisible()]
    act = (world.database, world.context, world.desk.definitions)
    review_closing.close(*act, review, reason="thử")
    page.mark_stale()
    page.open({"step": step})
    gone = []
    page.go_requested.connect(lambda key, payload: gone.append((key, payload)))
    press(page, "correct_one")
    assert gone == [("households", {"correct": True})]


def test_the_household_opened_next_is_corrected(qtbot, world):
    review = begin(world)
    act = (world.database, world.context, world.desk.definitions)
    review_closing.close(*act, review, reason="thử")
    page = HouseholdsPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.show()
    told = []
    page.notice_requested.connect(lambda text, undoable: told.append(text))
    page.open({"correct": True})
    assert told == ["Tìm rồi mở hộ cần đính chính: hộp Đính chính hiện ra ngay."]
    page.show_household(world.homes[0])
    qtbot.waitUntil(lambda: page.view.events.dialog is not None)
    dialog = page.view.events.dialog
    assert dialog.windowTitle() == "Đính chính kết quả của năm đã khóa sổ"
    assert dialog.form.record()["year"] == f"{YEAR} 2022"
    dialog.reject()
    page.view.events.dialog = None
    page.show_household(world.homes[1])  # once only
    QApplication.processEvents()
    assert page.view.events.dialog is None


def test_a_place_that_is_gone_corrects_nobody(qtbot, world):
    page = HouseholdsPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.open({"correct": True})
    page.open({"text": "An"})
    page.show_household(world.homes[0])
    QApplication.processEvents()
    assert page.view.events.dialog is None
