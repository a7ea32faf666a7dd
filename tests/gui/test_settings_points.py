"""Cài đặt › Bảng điểm B1: the template goes out, a filled one comes in, faults are said."""

from __future__ import annotations

import openpyxl
import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from giamngheo_desktop.gui import files
from giamngheo_desktop.gui.pages.settings_page import SettingsPage
from giamngheo_desktop.services.review import point_tables
from tests.exports.test_points_template import fill
from tests.gui.commune import YEAR


@pytest.fixture
def page(qtbot, world):
    made = SettingsPage(world.desk, YEAR)
    qtbot.addWidget(made)
    made.show()
    made.open("points")
    return made


def states(section):
    rows = section.list.rows
    return [rows.text(at, 2) for at in range(rows.rowCount())]


def test_a_table_goes_out_empty_and_comes_back_filled(page, world, tmp_path, monkeypatch):
    section = page.section
    path = tmp_path / "Bảng điểm.xlsx"
    monkeypatch.setattr(files, "ask_save", lambda *_: path)
    monkeypatch.setattr(files, "ask_open", lambda *_: path)
    assert states(section) == ["Chưa có: gõ tổng điểm của phiếu"]
    section.findChild(QPushButton, "points_template").click()
    section.findChild(QPushButton, "import_points").click()
    assert section.findChild(QLabel, "points_problem").text() == "Tệp chưa có dòng nào ghi điểm."
    book = openpyxl.load_workbook(path)
    fill(book)
    book.save(path)
    section.findChild(QPushButton, "import_points").click()
    assert section.findChild(QLabel, "points_problem").text() == ""
    assert states(section) == ["Đủ mọi mục: phiếu tự tính điểm"]
    assert point_tables.get(world.database, world.desk.definitions.point_form("b1")) is not None
    for row in book.active.iter_rows(min_row=6):
        row[8].value = "nhiều"
    book.save(path)
    section.findChild(QPushButton, "import_points").click()
    said = section.findChild(QLabel, "points_problem").text().splitlines()
    assert len(said) == 9
    assert said[0] == "Dòng 6: Từ, Đến dưới, Điểm phải là số."
    assert states(section) == ["Đủ mọi mục: phiếu tự tính điểm"]  # the good one stays
    assert section.findChild(QPushButton, "import_points").isEnabled()
