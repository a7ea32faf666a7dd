"""Rà soát from the meeting on: typed on the page, kept as drafts, undone; to the closed year."""

from __future__ import annotations

from datetime import date

import pytest

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.gui.forms.enter_walk import go_on
from giamngheo_desktop.services import drafts, undo
from giamngheo_desktop.services.review import (
    case_lists,
    certificates,
    complaints,
    meetings,
    postings,
    recognition,
    reviews,
)
from giamngheo_desktop.services.review.complaints import Result
from giamngheo_desktop.services.unit import write_unit
from tests.gui import hands
from tests.gui.commune import YEAR
from tests.gui.review import autumn, begin, confirm, settle, show
from tests.gui.test_review_page import press, text_of, type_into


@pytest.fixture
def world(tmp_path):
    with autumn(tmp_path) as made:
        yield made


@pytest.fixture
def review(world):
    """All lists are confirmed and all forms are entered."""
    uid = begin(world)
    for village in world.villages:
        confirm(world, uid, village)
    settle(world.desk, uid)
    return uid


def open_step(qtbot, world, step):
    page = show(qtbot, world)
    page.open({"village": world.villages[0], "step": step})
    return page


def hold(page):
    type_into(page, "held_on", "05/10/2026")
    type_into(page, "attendants", "40")
    type_into(page, "others", "30")


def test_a_failed_vote_sends_the_household_back_and_is_undone(qtbot, world, review):
    page = open_step(qtbot, world, "meet")
    village = world.villages[0]
    hold(page)
    page.panel.votes.cells.put(0, "agreed", "19")
    press(page, "save_record")
    (held,) = meetings.of_village(world.database, review, village)
    assert sorted(vote.agreed for vote in held.votes.values()) == [19, 30, 30]
    assert page.place.flow.current(village).step.code == "collect"
    assert page.panel.table.rows.text(0, 3) == "1"
    assert "Chờ bước Thu thập" in text_of(page, "step_missing")
    undo.undo(world.database, world.context, undo.next_step(world.database).group)
    page.mark_stale()
    assert meetings.of_village(world.database, review, village) == []
    assert page.place.flow.current(village).step.code == "meet"


def test_the_next_meeting_does_not_overwrite_the_last_one(qtbot, world, review):
    page = open_step(qtbot, world, "meet")
    village = world.villages[0]
    hold(page)
    page.panel.votes.cells.put(0, "agreed", "19")
    press(page, "save_record")
    case = page.panel.votes.cells.tag(0)
    with write_unit(world.database, world.context, Op.SETTLE_CASE) as work:
        work.update(Kind.CASE, case, outcome="reviewed")
    page.mark_stale()  # the household has been looked at again
    assert page.panel.chosen is None
    assert page.panel.form.draft()["held_on"] is None
    assert page.panel.votes.cells.rowCount() == 1
    type_into(page, "held_on", "12/10/2026")
    type_into(page, "attendants", "41")
    page.panel.votes.cells.put(0, "agreed", "40")
    press(page, "save_record")
    held = meetings.of_village(world.database, review, village)
    assert [one.minutes.attendants for one in held] == [40, 41]
    assert [one.votes[case].agreed for one in held] == [19, 40]


def test_after_saving_the_keyboard_stays_in_the_panel(qtbot, world, review):
    page = open_step(qtbot, world, "meet")
    hold(page)
    page.panel.save_button.setFocus()
    hands.press(hands.Key.Key_Space)
    assert page.panel.isAncestorOf(hands.focus()) or page.panel is hands.focus()


def test_minutes_that_are_not_saved_are_taken_up_again(qtbot, world, review):
    page = open_step(qtbot, world, "meet")
    hold(page)
    type_into(page, "chair", "lò văn ón")
    page.panel.votes.cells.put(1, "agreed", "12")
    page.show_step("post")
    again = open_step(qtbot, world, "meet")
    assert again.panel.form.draft()["chair"] == "Lò Văn Ón"
    assert again.panel.votes.cells.text(1, "agreed") == "12"
    assert "gõ dở" in text_of(again, "draft_note_text")
    press(again, "save_record")
    assert drafts.find(world.database.path).drafts == ()


def test_the_panel_shown_again_shows_what_is_recorded_since(qtbot, world, review):
    page = open_step(qtbot, world, "meet")
    page.show_step("post")
    minutes = meetings.Minutes(held_on=date(YEAR, 10, 5), attendants=33)
    act = (world.database, world.context)
    meetings.save(*act, review, world.villages[0], minutes, {}, others=33)
    page.mark_stale()
    page.show_step("meet")
    assert page.panel.form.draft()["attendants"] == 33
    press(page, "new_record")
    page.mark_stale()
    assert page.panel.form.draft()["attendants"] is None


def test_a_refusal_is_told_and_what_is_typed_stays(qtbot, world, review):
    page = open_step(qtbot, world, "meet")
    press(page, "save_record")
    assert "Chưa ghi: Ngày họp" in text_of(page, "problem_held_on")
    hold(page)
    type_into(page, "others", "41")
    press(page, "save_record")
    assert "41" in text_of(page, "refusal")
    assert page.panel.form.draft()["others"] == 41
    assert meetings.of_village(world.database, review, world.villages[0]) == []


def test_a_meeting_without_any_vote_is_not_saved(qtbot, world, review):
    page = open_step(qtbot, world, "meet")
    village = world.villages[0]
    type_into(page, "held_on", "05/10/2026")
    type_into(page, "attendants", "40")
    press(page, "save_record")
    assert "Chưa ghi số người đồng ý" in text_of(page, "problem_others")
    assert meetings.of_village(world.database, review, village) == []
    page.panel.votes.cells.put(0, "remark", "Nhà đã sửa")
    page.panel.votes.cells.put(1, "agreed", "19")
    press(page, "save_record")  # the remark would go with no vote to stand at
    assert "Chưa ghi số người đồng ý" in text_of(page, "problem_others")
    type_into(page, "others", "30")
    press(page, "save_record")
    (held,) = meetings.of_village(world.database, review, village)
    assert set(held.votes.values()) == {(19, None), (30, None), (30, "Nhà đã sửa")}
    assert page.panel.form.draft()["others"] == 30
    own = [page.panel.votes.cells.text(row, "agreed") for row in range(3)]
    assert own == ["", "19", ""]
    assert page.panel.votes.cells.text(0, "remark") == "Nhà đã sửa"
    type_into(page, "chair", "Hồ Thị Mai")
    press(page, "save_record")  # what is shown again is what was saved
    (again,) = meetings.of_village(world.database, review, village)
    assert again.votes == held.votes


def test_where_nobody_is_voted_on_no_number_is_asked(qtbot, world, review):
    page = open_step(qtbot, world, "meet")
    others = page.panel.form.fields["others"]
    assert others.isEnabled()
    assert "Chỉ ghi hộ" in text_of(page, "votes_hint")
    hold(page)
    press(page, "save_record")
    press(page, "new_record")
    others = page.panel.form.fields["others"]
    assert not others.isEnabled()
    assert "không có hộ nào để biểu quyết" in text_of(page, "votes_hint")
    page.panel.form.focus_field("attendants")
    hands.press(hands.Key.Key_Return)
    assert hands.at() == "place"


def test_a_wrong_vote_names_its_household_below_the_table(qtbot, world, review):
    page = open_step(qtbot, world, "meet")
    hold(page)
    head = page.panel.votes.cells.text(1, "head")
    for typed in ("nhiều", "41"):
        page.panel.votes.cells.put(1, "agreed", typed)
        press(page, "save_record")
        assert text_of(page, "refusal").startswith(f"{head}: ")
        assert page.panel.refusal.isVisible()
        assert meetings.of_village(world.database, review, world.villages[0]) == []


def test_the_posting_is_reckoned_in_working_days_and_corrected(qtbot, world, review):
    page = open_step(qtbot, world, "post")
    type_into(page, "begun_on", "06/10/2026")
    press(page, "save_record")
    (posting,) = postings.postings(world.database, review, world.villages[0]).values()
    assert posting.last_day == date(YEAR, 10, 9)
    type_into(page, "number", "15/TB")
    press(page, "save_record")
    (posting,) = postings.postings(world.database, review, world.villages[0]).values()
    assert posting.number == "15/TB"
    press(page, "remove_record")
    assert postings.postings(world.database, review, world.villages[0]) == {}


def test_a_complaint_is_recorded_and_answered_later(qtbot, world, review):
    page = open_step(qtbot, world, "recheck")
    type_into(page, "received_on", "07/10/2026")
    type_into(page, "complainant", "trần thị bình")
    press(page, "save_record")
    (uid,) = complaints.complaints(world.database, review)
    page.panel.table.go_to(uid)
    page.panel.table.row_opened.emit(uid)
    type_into(page, "rechecked_on", "08/10/2026")
    page.panel.form.set_draft({"result": "kept"})
    type_into(page, "answered_on", "09/10/2026")
    press(page, "save_record")
    (found,) = complaints.complaints(world.database, review).values()
    assert found.complainant == "Trần Thị Bình"
    assert (found.result, found.answered_on) == (Result.KEPT, date(YEAR, 10, 9))
    press(page, "new_record")
    assert page.panel.form.draft()["complainant"] is None


def to_the_decision(world, review):
    for village in world.villages:
        minutes = meetings.Minutes(held_on=date(YEAR, 10, 5), attendants=40)
        act = (world.database, world.context)
        meetings.save(*act, review, village, minutes, {}, others=40)
        posting = postings.Posting(begun_on=date(YEAR, 10, 6))
        postings.save_posting(*act, world.desk.definitions, review, [village], posting)


def test_from_the_summary_to_the_closed_year(qtbot, world, review, said):
    to_the_decision(world, review)
    page = open_step(qtbot, world, "summarise")
    gone = []
    page.go_requested.connect(lambda key, payload: gone.append((key, payload)))
    press(page, "open_BC1")
    assert gone == [("reports", {"code": "BC1", "recognised": False})]
    press(page, "mark_step")
    assert text_of(page, "mark_said") == "Đã xác nhận ngày 20/11/2026."
    press(page, "next_step")
    assert page.place.step == "recognise"
    for number in ("12/QĐ-UBND", "13/QĐ-UBND"):
        type_into(page, "number", number)
        type_into(page, "signed_on", "19/11/2026")
        type_into(page, "valid_from", "19/11/2026")
        press(page, "save_record")
    assert len(recognition.lists(world.database, world.desk.definitions, review, "2022").poor) == 5
    assert text_of(page, "decision_counts").startswith("5 hộ nghèo")
    for village in world.villages:
        page.show_village(village)
        page.show_step("certify")
        if certificates.of_review(world.database, review, village):
            press(page, "sign_lines")
    assert len(certificates.of_review(world.database, review)) == 5
    page.show_step("report")
    press(page, "mark_step")
    press(page, "next_step")
    assert page.place.step == "close"
    assert "5 hộ nghèo" in text_of(page, "closing_results")
    said.will_answer("yes")
    press(page, "close_review")
    assert reviews.all_of(world.database)[0]["closed_on"] == date(YEAR, 11, 20)
    assert page.shown.closed
    assert "đã khóa sổ" in text_of(page, "review_closed")
    page.show_step("meet")
    assert not page.panel.save_button.isEnabled()


def test_who_has_no_class_under_a_standard_is_named(qtbot, world, review):
    """Absent, a household keeps the class of this standard and has none under the next one."""
    (row, *_) = case_lists.of_review(world.database, review, world.villages[0])
    with write_unit(world.database, world.context, Op.SETTLE_CASE) as work:
        work.update(Kind.CASE, row.uid, outcome="absent")
    page = open_step(qtbot, world, "recognise")
    second = page.place.review.standards[1]
    assert not page.panel.unclassed.isVisible()
    page.panel.table.go_to(page.panel._uid(second.code))
    page.panel._clicked()
    label = world.desk.definitions.standards.get(second.code).label
    said = f"1 hộ chưa có kết quả theo {label}: {row.head} (Thôn Đông)."
    assert text_of(page, "decision_unclassed") == said
    page.show_step("close")
    assert said in text_of(page, "closing_results")
    assert text_of(page, "closing_results").count("chưa có kết quả theo") == 1


def test_closing_before_all_is_done_asks_for_a_reason(qtbot, world, review):
    page = open_step(qtbot, world, "close")
    assert "Chưa xong" in text_of(page, "closing_unfinished")
    press(page, "close_review")
    assert "lý do" in text_of(page, "problem_reason")
    assert reviews.all_of(world.database)[0]["closed_on"] is None


# what Enter visits in the panel of a step, and where it ends
WALKS = {
    "prepare": (["surveyors"], "save_surveyors"),
    "list": (["review_list", "added_household", "added_ground"], "confirm_list"),
    "collect": (["form_to_open"], "open_form"),
    "meet": (["held_on", "attendants", "others", "place", "chair", "note", "votes"], "save_record"),
    "post": (["subject", "begun_on", "last_day", "number", "places", "note"], "save_record"),
    "recheck": (["received_on", "complainant", "case", "content", "answer"], "save_record"),
    "summarise": (["done_on", "note"], "mark_step"),
    "recognise": (["number", "signed_on", "valid_from", "signer", "reason"], "save_record"),
    "report": (["done_on", "note"], "mark_step"),
    "close": (["reason"], "close_review"),
}


@pytest.mark.parametrize("step", WALKS)
def test_enter_walks_the_panel_to_its_main_button(qtbot, world, step):
    review = begin(world)
    if step in ("meet", "post", "recheck"):
        confirm(world, review, world.villages[0])
        settle(world.desk, review, world.villages[0])
    page = open_step(qtbot, world, step)
    if step == "prepare":
        page.panel.grid.cells.put(0, "surveyors", "Y Moan")
    page.panel.start()
    asked, last = WALKS[step]
    names = [hands.at()]
    while names[-1] != last and len(names) < 60:
        if names[-1] == "review_list":
            go_on(page.panel.stops())  # Enter in the list opens the line
        else:
            hands.enter()
        names.append(hands.at())
    assert [name for name in dict.fromkeys(names) if name in asked] == asked
    assert names[-1] == last
