"""Cài đặt › Biểu của đơn vị: a workbook is checked, mended, taken, and stands in Báo cáo."""

from __future__ import annotations

import openpyxl
import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from giamngheo_desktop.gui import files
from giamngheo_desktop.gui.pages.reports_page import ReportsPage
from giamngheo_desktop.gui.pages.settings_page import SettingsPage
from giamngheo_desktop.gui.pictures import settle
from giamngheo_desktop.services import table_templates, undo
from tests.gui.commune import YEAR
from tests.harness.own_tables import workbook


@pytest.fixture
def page(qtbot, world):
    made = SettingsPage(world.desk, YEAR)
    qtbot.addWidget(made)
    made.show()
    made.open("own_tables")
    return made


def lines(section):
    rows = section.bindings.rows
    return [[rows.text(at, column) for column in range(4)] for at in range(rows.rowCount())]


def told(section):
    return section.findChild(QLabel, "own_table_said").text()


def advice(section):
    return section.findChild(QLabel, "binding_said").text()


def test_a_workbook_is_mended_taken_shown_and_taken_away(qtbot, page, world, tmp_path, monkeypatch):
    section, path = page.section, tmp_path / "Biểu_tỉnh.xlsx"
    monkeypatch.setattr(files, "ask_open", lambda *_: path)
    monkeypatch.setattr(files, "ask_save", lambda *_: tmp_path / "ra.xlsx")
    workbook(path, {"D8": "{{BC1.33}}", "D9": None})
    section.add.click()
    first = lines(section)[0]
    assert (first[0], first[1]) == ("D8", "{{BC1.33}}")
    assert first[2].startswith("Không có cột “BC1.33”")
    assert told(section) == (
        "Tệp “Biểu_tỉnh.xlsx”: 1 chỗ cần sửa. Sửa trong Excel, lưu, rồi chọn lại tệp."
    )
    assert not section.take.isEnabled()
    workbook(path)
    section.add.click()
    assert section.take.isEnabled()
    section.take.click()
    assert table_templates.labels(world.database) == (("BR1", "Biểu tỉnh"),)
    assert section.list.hasFocus()  # the line that was taken: there the officer goes on
    assert told(section).startswith("Biểu BR1 · Biểu tỉnh: ")
    assert ["D8", "{{BC1.3}}", "", "3"] in lines(section)
    for row in (0, 1):
        section.bindings.setCurrentIndex(section.bindings.rows.index(row, 0))
    assert advice(section).startswith("H9: Công thức ở hàng tổng")

    gone = []
    page.go_requested.connect(lambda *to: gone.append(to))
    section.show_table.trigger()
    assert gone == [("reports", "BR1")]
    reports = ReportsPage(world.desk, YEAR)
    qtbot.addWidget(reports)
    reports.show()
    reports.open("BR1")
    assert reports.list.currentItem().text() == "BR1 · Biểu tỉnh"
    assert reports.paper.wish.code == "BR1"
    assert reports.options.isVisible()
    numbered = [place for place in reports.paper.numbers() if place.column == 3]
    reports.view.cell_pressed.emit(numbered[0])
    assert reports.names.isVisible()

    section.out.trigger()
    assert (tmp_path / "ra.xlsx").read_bytes() == path.read_bytes()
    section.remove.trigger()
    assert table_templates.labels(world.database) == ()
    assert lines(section) == []
    reports.mark_stale()
    assert reports.list.row_of("BR1") == -1
    assert reports.paper.wish.code == "BC1"
    step = undo.next_step(world.database)
    undo.undo(world.database, world.desk.context, step.group)
    section.load()
    assert section.list.rows.text(0, 1) == "Biểu tỉnh"


def test_every_fault_is_told_at_once_and_can_be_read_in_a_small_window(qapp, look, page, tmp_path):
    changed = {"B8": "Thôn", "E9": "{{BC22.2}}", "G8": "{{BC2.19 hộ}}"}
    path = workbook(tmp_path / "Biểu.xlsx", changed)
    section = page.section
    look.apply(qapp, percent=150)
    page.setMinimumSize(1, 1)
    page.resize(788, 487)
    section.check_file(path)
    wrong = {line[0]: line[2] for line in lines(section) if line[2]}
    assert {"", "E9", "G8"} <= wrong.keys()  # the row of a unit, and what counts nothing
    assert advice(section).endswith(wrong[lines(section)[0][0]])
    section.bindings.setCurrentIndex(section.bindings.rows.index(1, 0))
    assert advice(section) == f"{lines(section)[1][0]}: {lines(section)[1][2]}"
    rows, view = section.bindings.verticalHeader(), section.bindings.viewport()
    assert view.height() >= 4 * rows.defaultSectionSize()
    settle()
    seen = view.visibleRegion().boundingRect()  # what the scrolling left of it
    assert seen.height() >= 2 * rows.defaultSectionSize()
    assert section.advice.visibleRegion().boundingRect().height() == section.advice.height()


def test_an_example_to_start_from(page, tmp_path, monkeypatch):
    path = tmp_path / "Mẫu.xlsx"
    monkeypatch.setattr(files, "ask_save", lambda *_: path)
    page.section.write_example("BC2")
    texts = {cell.value for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row}
    assert {"{{thôn}}", "{{BC2.9 khẩu}}", "{{căn cứ}}"} <= texts
    assert page.section.written.isVisible()  # a notice with the way to the file, no question
    assert page.section.written.path == path
    assert page.section.written.findChild(QPushButton, "open_written").isVisible()
    page.section.check_file(path)
    assert not page.section.written.isVisible()  # it told of another file
    assert not page.section.list.isVisible()  # it is empty: the bindings have its room


def test_a_file_that_cannot_be_read_is_told(page, said, tmp_path):
    path = tmp_path / "Hỏng.xlsx"
    path.write_bytes(b"khong phai")
    page.section.check_file(path)
    assert "Hỏng.xlsx" in said.texts[0]
    assert not page.section.take.isEnabled()
