"""Đính chính on the household page, and the lần of a table on the report page."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel

from giamngheo_desktop.gui.household.correction_dialog import CorrectionDialog
from giamngheo_desktop.gui.household.record import CLASS_FIELDS
from giamngheo_desktop.gui.pages.households_page import HouseholdsPage
from giamngheo_desktop.gui.pages.reports_page import ReportsPage
from giamngheo_desktop.gui.preview.report_work import look_behind
from giamngheo_desktop.services import classes, undo
from giamngheo_desktop.services.movement import corrections
from tests.gui import hands
from tests.gui.commune import YEAR, World, add_class

LAST = YEAR - 1


@pytest.fixture
def page(qtbot, world) -> HouseholdsPage:
    page = HouseholdsPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.resize(1100, 620)
    page.show()
    page.activateWindow()
    return page


def close(world: World, year: int = LAST, standard: str = "2022") -> None:
    classes.close_year(
        world.database,
        world.context,
        year=year,
        standard=standard,
        definition="0" * 64,
        commune=world.commune,
    )


def opened(page: HouseholdsPage, world: World, home: int = 0) -> CorrectionDialog:
    page.open(world.homes[home])
    timeline = page.view.sheet.review.timeline
    assert not timeline.correct.isHidden()
    timeline.correct.click()
    dialog = page.view.events.dialog
    assert isinstance(dialog, CorrectionDialog)
    hands.turn_to(dialog)
    return dialog


def shown(page: HouseholdsPage) -> list[tuple[str, ...]]:
    table = page.view.sheet.review.timeline.table
    model = table.model()
    return [
        tuple(str(model.index(row, column).data()) for column in range(5))
        for row in range(model.rowCount())
    ]


def answer(dialog: CorrectionDialog, **values: object) -> None:
    dialog.form.set_draft(values)
    dialog.accept_button.click()


def test_nothing_is_to_correct_while_no_year_is_closed(world, page):
    page.open(world.homes[0])
    assert page.view.sheet.review.timeline.correct.isHidden()


def test_a_correction_is_typed_and_stands_in_the_time_line(world, page):
    close(world)
    dialog = opened(page, world)
    assert dialog.form.record()["year"] == f"{LAST} 2022"
    answer(dialog, **{"class": "near_poor"})
    assert dialog.form.fields["reason"].problem == "Chưa ghi: Lý do đính chính."
    answer(dialog, signed_on=date(YEAR + 1, 1, 1), reason="Cộng nhầm điểm")
    assert "chưa đến" in dialog.form.fields["signed_on"].problem
    answer(dialog, signed_on=date(YEAR, 2, 3), document="12/QĐ-UBND")
    assert not dialog.isVisible()
    (made,) = corrections.of_household(world.database, world.homes[0])
    assert (made.class_before, made.class_after) == ("poor", "near_poor")
    assert (made.reason, made.document) == ("Cộng nhầm điểm", "12/QĐ-UBND")
    rows = [row for row in shown(page) if row[0] == str(LAST)]
    assert ("Hộ cận nghèo", "Đính chính: Cộng nhầm điểm") in {row[1:3] for row in rows}
    assert {row[4] for row in rows if row[1] == "Hộ nghèo"} == {"bị thay"}
    step = undo.next_step(world.database)
    undo.undo(world.database, world.context, step.group)
    page.open(world.homes[0])
    assert not any("Đính chính" in row[2] for row in shown(page))


def test_the_dialog_says_whose_result_and_begins_with_the_standard_of_the_year(world, page):
    for standard in ("2022", "2027"):
        close(world, standard=standard)
    dialog = opened(page, world)
    assert dialog.form.record()["year"] == f"{LAST} 2022"
    said = dialog.present.text()
    assert said.startswith("Nguyễn Văn An. ")
    assert said.endswith(f"Kết quả hiện nay của năm {LAST}: Hộ nghèo")
    dialog.form.focus_field("year")
    hands.fill("1")  # the standards of a year, the newest first
    assert dialog.form.record()["year"] == f"{LAST} 2027"
    assert "Không có kết quả" in dialog.present.text()


def test_leaving_a_typed_correction_asks(world, page, said):
    close(world)
    dialog = opened(page, world)
    hands.press(hands.Key.Key_Escape)
    assert not dialog.isVisible()  # nothing was typed
    dialog = opened(page, world)
    dialog.form.focus_field("reason")
    hands.write("Cộng nhầm")
    said.will_answer("no", "yes")
    hands.press(hands.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.form.record()["reason"] == "Cộng nhầm"
    hands.press(hands.Key.Key_Escape)
    assert not dialog.isVisible()


def test_who_belongs_on_no_list_is_told_in_the_time_line(world, page):
    close(world)
    dialog = opened(page, world, 5)
    answer(dialog, **{"class": "off_list", "reason": "Đã chuyển đi năm trước"})
    assert not dialog.isVisible()
    rows = [row for row in shown(page) if row[0] == str(LAST)]
    assert "Không thuộc danh sách" in {row[1] for row in rows}


def test_what_changes_nothing_is_said_in_the_dialog(world, page):
    close(world)
    dialog = opened(page, world)
    answer(dialog, **{"class": "poor", "reason": "Thử"})
    assert dialog.isVisible()
    assert "không có gì để đính chính" in dialog.refusal.text()


def poor(page: ReportsPage) -> object:
    (table,) = page.paper.doc.tables
    at = next(at for at, row in enumerate(table.rows) if table.row_name(row) == "Tổng cộng")
    return table.cell(at, "poor_households").value


def test_the_report_page_offers_the_editions(qtbot, world):
    close(world)
    page = ReportsPage(world.desk, LAST)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    box = page.options.edition
    assert box.isHidden()
    assert "lần 1" in page.paper.doc.subtitle[0]
    first, count = page.paper.data, poor(page)
    wanted = corrections.Correction(
        household=world.homes[0],
        standard="2022",
        year=LAST,
        household_class="not_poor",
        reason="Cộng nhầm điểm",
    )
    corrections.correct(world.database, world.context, wanted, commune=world.commune)
    page.mark_stale()
    assert not box.isHidden()
    assert [box.itemText(at) for at in range(box.count())] == [
        "Lần 2 (mới nhất)",
        "Lần 1 (khi khóa sổ)",
    ]
    assert poor(page) == count - 1
    box.setCurrentIndex(1)
    assert page.paper.data == first
    placed = next(
        one
        for one in page.paper.numbers()
        if page.paper.doc.tables[0].leaves[one.column].key == "poor_households"
        and page.paper.cell(one).value == count
    )
    behind = look_behind(world.database, world.desk.definitions, page.paper, placed)
    assert behind.count == count
    page.show_year(YEAR)
    assert box.isHidden()
    page.show_year(LAST)
    assert box.currentIndex() == 0  # of another table first the newest


def test_a_household_that_escaped_lately_says_so(world, page):
    uid = world.homes[5]  # poor last year, not poor this year
    page.open(uid)
    chip = page.view.header.escape
    assert not chip.isHidden()
    assert chip.text == "Mới thoát nghèo"
    assert chip.toolTip() == "Hộ mới thoát nghèo từ ngày 01/01/2026 đến hết ngày 31/12/2028"
    add_class(world, uid, YEAR, "poor")
    page.open(uid)
    assert chip.isHidden()


def test_the_list_is_filtered_by_who_escaped_lately(world, page):
    page.list.filters.set_filter(classes=("new_escape",))
    page.list.load()
    model = page.list.table.rows
    assert [model.row(at).head for at in range(model.rowCount())] == ["Phạm Thị Giang"]


def test_behind_a_number_of_the_movement_stands_why(qtbot, world):
    close(world)
    page = ReportsPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.open("BC2")
    placed = next(
        one
        for one in page.paper.numbers()
        if page.paper.cell(one).source.measure == "movement:poor:above:households"
        and page.paper.cell(one).value == 1
    )
    page.view.cell_pressed.emit(placed)
    note = page.names.findChild(QLabel, "names_note")
    assert page.names.homes.current_uid() == world.homes[5]
    assert not note.isHidden()
    assert note.text() == (
        "Cuối năm 2025 là hộ nghèo; được công nhận từ ngày 01/01/2026 là hộ không nghèo."
    )


def test_a_correction_is_typed_by_keyboard(world, page):
    close(world)
    dialog = opened(page, world)
    assert hands.at() == "class"
    hands.write("cn")
    hands.enter()
    assert hands.at() == "reason"
    hands.fill("Tính nhầm điểm B1")
    assert hands.at() == "document"
    hands.fill("12/QĐ-UBND")
    assert hands.at() == "signed_on"
    hands.fill("3/2/2026")
    assert hands.focus() is dialog.accept_button
    hands.press(hands.Key.Key_Space)
    (made,) = corrections.of_household(world.database, world.homes[0])
    assert (made.class_after, made.reason) == ("near_poor", "Tính nhầm điểm B1")
    assert (made.document, made.signed_on) == ("12/QĐ-UBND", date(2026, 2, 3))


def fields_of_class(page: HouseholdsPage) -> list[bool]:
    return [page.view.sheet.info.fields[code].isEnabled() for code in CLASS_FIELDS]


@pytest.mark.parametrize("closed", [LAST, YEAR])
def test_the_class_of_a_closed_year_is_shown_and_only_corrected(world, page, closed):
    """Also that of a year before it: the closed one began with it."""
    close(world, closed)
    page.open(world.homes[0])
    page.view.change_year(LAST)
    assert page.view.around.year == LAST
    view = page.view.sheet
    assert not any(fields_of_class(page))
    assert view.info.fields["class"].value() == "poor"
    assert view.info.fields["code"].isEnabled()
    heading = view.info.findChild(QLabel, "section_class_of_year")
    assert f"năm {closed} đã khóa sổ" in heading.text()
    assert "Đính chính" in heading.text()
    assert view.review.timeline.add.isHidden()
    assert not view.review.timeline.correct.isHidden()


def test_the_class_of_an_open_year_after_a_closed_one_is_typed(world, page):
    close(world)
    page.open(world.homes[0])
    assert all(fields_of_class(page))
    assert not page.view.sheet.review.timeline.add.isHidden()
    heading = page.view.sheet.info.findChild(QLabel, "section_class_of_year")
    assert "khóa sổ" not in heading.text()


def test_a_class_typed_before_the_closing_does_not_stop_the_rest(world, page):
    """It was kept as a draft; the year was closed since."""
    page.open(world.homes[0])
    page.view.change_year(LAST)
    for code, value in (("class", "near_poor"), ("address", "Xóm Mới")):
        field = page.view.sheet.info.fields[code]
        field.set_value(value)
        field.changed.emit()
    page.view.go_back()
    close(world)
    page.open(world.homes[0])
    page.view.change_year(LAST)
    info = page.view.sheet.info
    assert (info.fields["class"].value(), info.fields["address"].value()) == ("poor", "Xóm Mới")
    page.view.save()
    assert not page.view.is_dirty
