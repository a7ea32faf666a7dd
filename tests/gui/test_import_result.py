"""Gửi – nhận › Nhận danh sách of a result: its class and decision, by keyboard."""

from __future__ import annotations

from datetime import date

import openpyxl

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.services.importing.plan import Paper, Purpose
from tests.gui import hands
from tests.gui.commune import YEAR
from tests.gui.hands import Key
from tests.gui.test_import_section import HEAD, book, cells, page, press_on, rows, shown
from tests.harness.register import dump

__all__ = ["book", "page"]
PERSON = (2, "Hồ Văn Mới", "Chủ hộ", "1980", "Nam", "Thôn Đoài", None, None)
DECISION = f"(Kèm theo Quyết định số 15/QĐ-UBND ngày 02/02/{YEAR})"


def _write(book, title: str) -> None:
    made = openpyxl.Workbook()
    for row in ((title,), (DECISION,), HEAD, PERSON):
        made.active.append(row)
    made.save(book)


def test_a_class_that_nobody_says_is_chosen_and_the_decision_of_the_title_is_shown(
    qtbot, page, world, book
):
    _write(book, "DANH SÁCH HỘ")
    section = page.section
    section.file.put(Purpose.RESULT, YEAR)
    section.read_file(book)
    section.go_on.click()
    assert f"quyết định số 15/QĐ-UBND ngày 02/02/{YEAR}" in section.step.text()
    section.table.rows.setFocus()
    hands.press(Key.Key_Space)
    assert rows(section)[0][0] == "…"
    assert "chờ chọn phân loại hộ" in rows(section)[0][5]
    assert section.go_on.text() == "&Nhận 0 dòng"
    press_on(section.table.cells, "Phân loại hộ", 2, Key.Key_Space)
    assert cells(section)["Phân loại hộ"][4] == "Hộ nghèo"
    assert (rows(section)[0][0], section.go_on.text()) == ("✓", "&Nhận 1 dòng")
    before = dump(world.database)[Kind.CLASS_RECORD].keys()
    section.go_on.click()
    records = dump(world.database)[Kind.CLASS_RECORD]
    (made,) = (records[uid] for uid in records.keys() - before)
    assert (made["household_class"], made["valid_from"]) == ("poor", date(YEAR, 2, 2))


def test_a_decision_that_is_typed_stands_before_the_title_and_is_kept(qtbot, page, world, book):
    _write(book, "DANH SÁCH HỘ CẬN NGHÈO")
    section = page.section
    section.file.put(Purpose.RESULT, YEAR)
    section.file.number_edit.setFocus()
    hands.write("17/QĐ-UBND")
    section.file.signed_edit.setFocus()
    hands.write("31/13")
    section.read_file(book)
    assert section.plan is None
    assert section.warning.isVisible()
    section.file.signed_edit.clear()
    section.file.signed_edit.setFocus()
    hands.write(f"03/02/{YEAR}")
    section.read_file(book)
    world.desk.bus.leaving.emit()
    page.close()
    again = shown(qtbot, world)  # owns the section
    (sheet,) = again.section.plan.sheets
    assert (sheet.level, sheet.paper) == ("near_poor", Paper("17/QĐ-UBND", date(YEAR, 2, 3)))
    again.section.begin_anew()
    assert not any(again.section.file.typed.values())
