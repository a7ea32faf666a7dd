"""Rà soát: from opening a review to closing it, each village at its own step."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from giamngheo_desktop.domain.review_flow import Status
from giamngheo_desktop.gui.review.panels import PANELS
from giamngheo_desktop.gui.review.step_list import CODE
from giamngheo_desktop.services import drafts, undo
from giamngheo_desktop.services.review import case_lists, review_closing
from tests.gui import hands
from tests.gui.commune import YEAR
from tests.gui.review import AUTUMN, autumn, begin, confirm, settle, show
from tests.gui.test_narrow_window import SMALL, cut_off, outside


@pytest.fixture
def world(tmp_path):
    with autumn(tmp_path) as made:
        yield made


def press(page: QWidget, name: str) -> None:
    """Click a button that can be seen."""
    found = [b for b in page.findChildren(QPushButton, name) if b.isVisible()]
    assert len(found) == 1, name
    assert found[0].isEnabled(), name
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def type_into(page: QWidget, name: str, text: str) -> None:
    edit = next(e for e in page.findChildren(QLineEdit, name) if e.isVisible())
    edit.setFocus()
    edit.selectAll()
    hands.write(text)
    edit.editingFinished.emit()


def text_of(page: QWidget, name: str) -> str:
    return next(found.text() for found in page.findChildren(QLabel, name) if found.isVisible())


def step_text(page, code: str) -> str:
    return next(
        page.steps.item(at).data(Qt.ItemDataRole.AccessibleTextRole)
        for at in range(page.steps.count())
        if page.steps.item(at).data(CODE) == code
    )


# --- beginning ------------------------------------------------------------------------------------


def test_without_a_review_the_page_says_what_one_is_and_opens_it(qtbot, world):
    page = show(qtbot, world)
    assert "chưa mở kỳ rà soát" in text_of(page, "empty_text")
    press(page, "begin")
    assert page.begin.form.draft()["begun_on"] == AUTUMN.date()  # within the time of the law
    assert page.begin.form.draft()["standards"] == ("2022", "2027")
    type_into(page, "begun_on", "01/09/2026")
    assert page.begin.form.draft()["reference_day"] == date(YEAR, 9, 1)
    page.begin.grid.cells.put(0, "surveyors", "Hồ Thị Mai, Đinh Văn Nam")
    press(page, "begin_review")
    assert page.place.step == "prepare"
    assert page.shown.review.begun_on == date(YEAR, 9, 1)
    assert page.shown.surveyors[world.villages[0]] == ("Hồ Thị Mai", "Đinh Văn Nam")
    assert "2 thôn chưa có rà soát viên" in text_of(page, "step_missing")
    assert len(case_lists.of_review(world.database, page.shown.review.uid)) == 6 - 1


def test_a_month_and_its_day_follow_the_kind(qtbot, world):
    page = show(qtbot, world)
    press(page, "begin")
    kinds = page.begin.form.fields["kind"].segments
    kinds.setFocus()
    QTest.keyClick(kinds, Qt.Key.Key_2)
    assert page.begin.form.draft()["begun_on"] == date(YEAR, 11, 15)
    type_into(page, "month", "3")
    assert page.begin.form.draft()["begun_on"] == date(YEAR, 3, 15)
    type_into(page, "month", "13")
    press(page, "begin_review")
    assert "Tháng phải từ 1 đến 12" in text_of(page, "problem_month")
    assert page.shown.review is None


def test_what_is_typed_for_a_new_review_survives(qtbot, world):
    page = show(qtbot, world)
    press(page, "begin")
    type_into(page, "note", "theo Kế hoạch 12")
    page.begin.grid.cells.put(1, "surveyors", "Y Moan")
    assert page.may_leave()
    again = show(qtbot, world)
    press(again, "begin")
    assert again.begin.form.draft()["note"] == "theo Kế hoạch 12"
    assert again.begin.grid.cells.text(1, "surveyors") == "Y Moan"
    assert "gõ dở" in text_of(again, "draft_note_text")
    press(again, "begin_review")
    assert drafts.find(world.database.path).drafts == ()


def test_surveyors_are_typed_later_and_the_last_ones_are_proposed(qtbot, world):
    begin(world)
    page = show(qtbot, world)
    page.show_step("prepare")
    page.panel.grid.cells.put(2, "surveyors", "Hồ Thị Mai; Y Moan")
    press(page, "save_surveyors")
    assert page.shown.surveyors[world.villages[2]] == ("Hồ Thị Mai", "Y Moan")
    undo.undo(world.database, world.context, undo.next_step(world.database).group)
    page.mark_stale()
    assert page.shown.surveyors[world.villages[2]] == ("Hồ Thị Mai",)
    press(page, "begin_other")
    assert page.begin.form.draft()["kind"] == "in_year"
    assert page.begin.grid.names()[world.villages[0]] == ("Hồ Thị Mai",)
    press(page, "cancel_begin")
    assert page.place.step == "prepare"


# --- the path -------------------------------------------------------------------------------------


def test_a_village_goes_ahead_of_another(qtbot, world):
    begin(world)
    page = show(qtbot, world)
    one, other = world.villages[:2]
    page.open({"village": one})
    assert page.place.step == "list"
    assert text_of(page, "list_count").startswith("3 hộ, 11 khẩu")
    press(page, "confirm_list")
    assert page.place.step == "list"
    press(page, "next_step")
    assert page.place.step == "collect"
    assert "Còn 3 hộ chưa rà soát xong" in step_text(page, "collect")
    page.bar.villages.setCurrentIndex(2)
    page.bar.villages.activated.emit(2)
    assert page.place.village == other
    assert page.place.step == "list"
    assert "Chờ" in step_text(page, "collect")
    page.bar.villages.setCurrentIndex(0)
    page.bar.villages.activated.emit(0)
    assert page.place.step == "list"
    assert "1/3 thôn xong" in step_text(page, "list")
    table = page.panel.table
    states = [table.rows.text(row, 1) for row in range(3)]
    assert states == ["Xong", "Đang làm", "Đang làm"]
    table.go_to(other)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert page.place.village == other
    assert page.panel.objectName() == "panel_list"


def test_a_step_chosen_apart_from_the_path_stays_for_another_village(qtbot, world):
    begin(world)
    page = show(qtbot, world)
    page.show_step("meet")
    page.bar.villages.setCurrentIndex(2)
    page.bar.villages.activated.emit(2)
    assert (page.place.village, page.place.step) == (world.villages[1], "meet")


def test_who_is_behind_is_named_by_step_while_others_are_through(qtbot, world):
    review = begin(world)
    page = show(qtbot, world)
    page.open({"village": None, "step": "classify"})
    assert text_of(page, "step_missing") == (
        "Chờ Lập danh sách (Thôn Đông, Thôn Đoài, Thôn Thượng)."
    )
    one, other = world.villages[:2]
    for village in (one, other):
        confirm(world, review, village)
    settle(world.desk, review, one)
    page.mark_stale()
    assert text_of(page, "step_missing") == "Chờ Lập danh sách (Thôn Thượng); Thu thập (Thôn Đoài)."
    page.show_step("collect")
    assert text_of(page, "step_missing") == (
        "Chờ Lập danh sách (Thôn Thượng). Còn: 2 hộ chưa rà soát xong."
    )
    page.open({"village": one, "step": "classify"})
    assert text_of(page, "step_missing") == "Không còn thiếu gì."


def test_a_restart_goes_on_in_the_village_worked_on_last(qtbot, world):
    review = begin(world)
    confirm(world, review, world.villages[1])
    page = show(qtbot, world)
    page.bar.villages.setCurrentIndex(2)
    page.bar.villages.activated.emit(2)
    page.hide()
    again = show(qtbot, world)
    assert again.place.village == world.villages[1]
    assert again.place.step == "collect"


def test_an_applicant_is_added_screened_and_taken_off(qtbot, world):
    review = begin(world)
    page = show(qtbot, world)
    page.open({"village": world.villages[2], "step": "list"})
    assert page.panel.table.empty.isVisible()  # nobody poor there when it began
    home = world.homes[5]  # not poor any more
    search = page.panel.add.search
    search.setFocus()
    hands.write("giang")
    qtbot.waitUntil(lambda: bool(search.options))
    QTest.keyClick(search, Qt.Key.Key_Down)
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert search.found == home
    add = page.findChild(QPushButton, "add_case")
    QTest.mouseDClick(add, Qt.MouseButton.LeftButton)
    press(page, "add_case")  # a second click adds nothing, and no warning comes
    (new,) = case_lists.of_review(world.database, review, world.villages[2])
    assert page.panel.table.current_uid() == new.uid
    assert page.panel.screening.isVisible()
    assert "1 hộ có Giấy đề nghị chưa có kết quả Phiếu A" in text_of(page, "step_missing")
    result = page.panel.screening.result
    result.setFocus()
    QTest.keyClick(result, Qt.Key.Key_2)
    (row,) = case_lists.of_review(world.database, review, world.villages[2])
    assert (row.screened_in, row.screened_by, row.outcome) == (False, "Hồ Thị Mai", "screened_out")
    QTest.keyClick(result, Qt.Key.Key_3)
    press(page, "take_off")
    assert case_lists.of_review(world.database, review, world.villages[2]) == []


def test_an_applicant_of_no_household_is_led_to_the_applications(qtbot, world):
    begin(world)
    page = show(qtbot, world)
    page.open({"village": world.villages[0], "step": "list"})
    gone = []
    page.go_requested.connect(lambda key, payload: gone.append((key, payload)))
    search = page.panel.add.search
    search.setFocus()
    hands.write("Nông Văn Không Có")
    hands.enter()
    qtbot.waitUntil(lambda: page.panel.add.unknown.isVisible())
    assert "Không có hộ nào tên “Nông Văn Không Có”" in text_of(page, "unknown_household")
    assert hands.at() == "added_household"
    press(page, "to_applications")
    assert gone == [("review", {"applications": True})]
    search.clear()
    assert not page.panel.add.unknown.isVisible()


def test_a_form_is_opened_by_its_code_or_number_and_the_next_follows(qtbot, world):
    review = begin(world)
    village = world.villages[0]
    confirm(world, review, village)
    page = show(qtbot, world)
    page.open({"village": village, "step": "collect"})
    rows = case_lists.of_review(world.database, review, village)
    assert text_of(page, "collect_progress").startswith("Đã phát 0/3")
    type_into(page, "form_to_open", "77")
    press(page, "open_form")
    assert "không có phiếu “77”" in text_of(page, "form_problem")
    hands.enter()  # a wrong one stays in the box
    assert hands.at() == "form_to_open"
    type_into(page, "form_to_open", rows[1].form_code.lower())
    hands.enter()
    assert page.case.shows_case
    assert page.case.view.case == rows[1].uid
    page.case.view.next_requested.emit()
    assert page.case.view.case == rows[2].uid
    page.show_whole()
    assert not page.case.shows_case


def test_results_stand_side_by_side_the_undecided_first(qtbot, world):
    review = begin(world)
    village = world.villages[0]
    confirm(world, review, village)
    settle(world.desk, review, village, undecided="Lê Văn Cường")
    page = show(qtbot, world)
    page.open({"village": village, "step": "classify"})
    table = page.panel.table
    shown = [[table.rows.text(row, at) for at in (1, 3, 4)] for row in range(3)]
    assert shown == [
        ["Lê Văn Cường", "Hộ cận nghèo – Hộ nghèo", "Hộ cận nghèo – Hộ nghèo"],
        ["Nguyễn Văn An", "Hộ nghèo", "Hộ nghèo"],
        ["Trần Thị Bình", "Hộ nghèo", "Hộ nghèo"],
    ]
    reason = text_of(page, "classify_reason")
    assert "cận nghèo hoặc nghèo" in reason
    assert "Thu nhập 1.500.000 đồng" in reason
    assert "1 hộ chưa ra phân loại" in text_of(page, "classify_count")


def test_every_step_has_a_panel_and_whose_turn_it_is(qtbot, world):
    begin(world)
    page = show(qtbot, world)
    page.open({"village": world.villages[0]})
    codes = [step.code for step in page.shown.flow.steps]
    assert set(codes) <= set(PANELS)
    for code in codes:
        page.show_step(code)
        assert page.panel.objectName() == f"panel_{code}"
        assert text_of(page, "step_actor").startswith("Người làm: ")
    assert "quá hạn 5 ngày" in step_text(page, "summarise")
    assert page.shown.flow.status("close") is Status.WAITING


def test_a_closed_year_is_only_looked_at(qtbot, world):
    review = begin(world)
    act = (world.database, world.context, world.desk.definitions)
    review_closing.close(*act, review, reason="thử")
    page = show(qtbot, world)
    assert text_of(page, "review_closed") == "Năm 2026 đã khóa sổ: chỉ xem."
    assert not page.bar.begin.isVisible()
    page.open({"village": world.villages[0], "step": "list"})
    assert not page.panel.confirm_button.isEnabled()
    assert not page.panel.add.isVisible()
    page.show_year(YEAR + 1)
    assert "chưa mở kỳ rà soát" in text_of(page, "empty_text")


def test_the_rail_counts_the_households_still_to_review(qtbot, world):
    review = begin(world)
    page = show(qtbot, world)
    told = []
    page.attention_changed.connect(lambda key, count: told.append((key, count)))
    page.mark_stale()
    settle(world.desk, review, world.villages[0])
    page.mark_stale()
    assert told == [("review", 5), ("review", 2)]


@pytest.mark.parametrize("closed", [False, True])
def test_no_button_of_a_step_is_stretched_over_the_panel(qtbot, world, closed):
    review = begin(world)
    if closed:
        act = (world.database, world.context, world.desk.definitions)
        review_closing.close(*act, review, reason="thử")
    page = show(qtbot, world)
    for village in (world.villages[0], None):
        for step in page.shown.flow.steps:
            page.open({"village": village, "step": step.code})
            shown = [one for one in page.panel.findChildren(QPushButton) if one.isVisible()]
            wide = [one for one in shown if one.width() > one.sizeHint().width() + 60]
            assert [one.objectName() for one in wide] == [], step.code


@pytest.mark.parametrize("step", PANELS)
def test_every_step_fits_the_smallest_window_with_the_largest_letters(
    qtbot, qapp, look, world, step
):
    review = begin(world)
    confirm(world, review, world.villages[0])
    settle(world.desk, review, world.villages[0])
    look.apply(qapp, percent=150)
    page = show(qtbot, world, SMALL)
    page.open({"village": world.villages[0], "step": step})
    assert page.steps_box.isVisible()
    assert not page.steps.isVisible()
    assert page.minimumSizeHint().width() <= SMALL[0]
    qtbot.waitUntil(lambda: cut_off(page) == outside(page) == [])
