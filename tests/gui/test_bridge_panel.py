"""So với…: from a number to its steps, from a step to its names, and back, by keys alone."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from giamngheo_desktop.gui import preferences
from giamngheo_desktop.gui.pages import reports_page
from giamngheo_desktop.gui.pages.reports_page import ReportsPage
from tests.gui.commune import YEAR


@pytest.fixture
def page(qtbot, world):
    made = ReportsPage(world.desk, YEAR)
    qtbot.addWidget(made)
    made.resize(1000, 490)
    made.show()
    made.activateWindow()
    return made


def press(page, row, key):
    table = page.paper.doc.tables[0]
    at = next(at for at, one in enumerate(table.rows) if table.row_name(one) == row)
    column = [leaf.key for leaf in table.leaves].index(key)
    cells = page.paper.numbers()
    page.view.cell_pressed.emit(next(c for c in cells if (c.row, c.column) == (at, column)))


def compare(page):
    page.names._compare.setFocus()
    QTest.keyClick(page.names._compare, Qt.Key.Key_Space)
    return page.names.bridge


def lines(panel):
    return [panel.steps.item(at).text() for at in range(panel.steps.count())]


def named(page):
    return [page.names.list.rows.text(at, 0) for at in range(page.names.list.rows.rowCount())]


def said(page):
    return page.names.findChild(QLabel, "names_note").text()


def test_steps_lead_to_names_and_back_by_keys(page, world):
    press(page, "Tổng cộng", "poor_households")
    counted, width = named(page), page.names.width()
    panel = compare(page)
    assert panel.since.currentText() == "Cuối năm 2025"
    assert panel.equation.text() == "4 − 1 − 1 + 1 = 3"
    assert lines(panel) == [
        "4 cuối năm 2025",
        "− 1 thành hộ cận nghèo",
        "− 1 thoát nghèo, không còn cận nghèo",
        "+ 1 từ hộ cận nghèo",
        "= 3 hiện nay (năm 2026)",  # on 30/6, nothing is closed
    ]
    assert page.names.width() > width
    assert page.rect().contains(page.names.geometry())
    assert named(page) == ["Trần Thị Bình"]
    assert said(page).startswith("Cuối năm 2025 là hộ nghèo; hiện nay (năm 2026) là hộ cận nghèo")
    panel.steps.setFocus()
    QTest.keyClick(panel.steps, Qt.Key.Key_Down)
    assert named(page) == ["Phạm Thị Giang"]
    QTest.keyClick(panel.steps, Qt.Key.Key_Return)
    assert page.names.list.hasFocus()
    asked = []
    page.names.household_requested.connect(asked.append)
    QTest.keyClick(page.names.list, Qt.Key.Key_Return)
    assert asked == [world.homes[5]]
    QTest.keyClick(page.names.list, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert (named(page), page.names.width()) == (counted, width)
    QTest.keyClick(page.names.list, Qt.Key.Key_Escape)
    assert not page.names.isVisible()


def test_a_day_is_typed(page):
    page.open({"code": "BC1", "as_of": date(YEAR, 6, 30)})
    press(page, "Tổng cộng", "poor_households")
    panel = compare(page)
    panel.since.setCurrentIndex(panel.since.count() - 1)
    assert panel.day.isVisible()
    assert panel.day.edit.hasFocus()
    QTest.keyClicks(panel.day.edit, f"30/6/{YEAR}")
    QTest.keyClick(panel.day.edit, Qt.Key.Key_Return)
    assert "Chọn một ngày trước" in panel.equation.text()
    assert not panel.steps.isVisible()
    assert named(page) == []
    panel.day.edit.selectAll()
    QTest.keyClicks(panel.day.edit, f"1/1/{YEAR}")
    QTest.keyClick(panel.day.edit, Qt.Key.Key_Return)
    assert panel.steps.isVisible()
    assert lines(panel)[0] == f"3 ngày 01/01/{YEAR}"
    assert lines(panel)[-1].endswith(f"ngày 30/06/{YEAR}")


def test_what_has_no_bridge(page):
    press(page, "Tổng cộng", "households")  # typed
    assert not page.names._compare.isVisible()
    page.open("BC2")
    press(page, "Tổng cộng", "above")
    assert "đã là thay đổi trong năm" in compare(page).equation.text()


def test_it_is_written_and_printed(page, tmp_path, monkeypatch):
    preferences.update(export_folder=str(tmp_path))
    press(page, "Tổng cộng", "poor_household_rate")
    panel = compare(page)
    QTest.mouseClick(panel._export, Qt.MouseButton.LeftButton)
    book = openpyxl.load_workbook(page.written.path)
    values = {str(c.value) for sheet in book for row in sheet.iter_rows() for c in row}
    assert {"4 − 1 − 1 + 1 = 3", "Trần Thị Bình"} <= values
    printed = tmp_path / "printed.pdf"

    def ask(parent, title, file, pages):
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(printed))
        return printer

    monkeypatch.setattr(reports_page, "ask_printer", ask)
    QTest.mouseClick(panel._print, Qt.MouseButton.LeftButton)
    assert printed.stat().st_size > 1000


def test_an_opening_is_compared_with_the_end_before_it(page):
    page.list.setCurrentRow(page.list.row_of("BC2"))
    table = page.paper.doc.tables[0]
    opening = next(
        cell
        for cell in page.paper.numbers()
        if page.paper.cell(cell).source.measure == "movement:poor:opening:households"
    )
    press(page, table.row_name(table.rows[opening.row]), table.leaves[opening.column].key)
    panel = compare(page)
    assert panel.since.currentText() == "Cuối năm 2024"
    assert "không trước" not in panel.equation.text()


def test_the_steps_hide_neither_the_number_nor_the_list(page):
    """Whatever number was pressed, they stay on the side where its names stood."""
    page.resize(1117, 718)  # what 1366×768 leaves
    for key in ("poor_households", "near_poor_household_rate", "poor_persons"):
        press(page, "Tổng cộng", key)
        cells = page.paper.numbers()
        column = [leaf.key for leaf in page.paper.doc.tables[0].leaves].index(key)
        cell = [one for one in cells if one.column == column][-1]
        spot = page.view.place_of(cell).toRect()
        QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=spot.center())
        at_right = page.names.geometry().right() > page.width() // 2 + 200
        compare(page)
        panel = page.names.geometry()
        spot.moveTo(page.view.viewport().mapTo(page, spot.topLeft()))
        assert not panel.intersects(spot)
        assert (panel.right() > page.width() // 2 + 200) == at_right
        assert not panel.intersects(page.list.geometry().translated(page._split.pos()))
        assert panel.top() >= page.view.mapTo(page, page.view.rect().topLeft()).y()


@pytest.mark.parametrize(("percent", "size"), [(150, (925, 481)), (100, (1000, 490))])
def test_in_a_small_window_the_number_is_in_sight_too(qapp, look, page, percent, size):
    look.apply(qapp, percent=percent)
    page.setMinimumSize(1, 1)
    page.resize(*size)
    table = page.paper.doc.tables[0]
    for key in ("poor_households", "near_poor_household_rate", "poor_persons"):
        column = [leaf.key for leaf in table.leaves].index(key)
        for row in (0, len(table.rows) - 1):
            cells = page.view._cells
            at = next(n for n, c in enumerate(cells) if (c.row, c.column) == (row, column))
            page.view._set_current(at)
            page.view.cell_pressed.emit(cells[at])
            number_is_seen(page)
            counted = page.names.height()
            compare(page)
            number_is_seen(page)
            assert page.names.bridge.steps.height() >= 2 * page.fontMetrics().height()
            page.names.go_back()
            assert page.names.height() == counted


def number_is_seen(page):
    spot = page.view.place_of(page.view.marked).toRect()
    assert page.view.viewport().rect().contains(spot)
    spot.moveTo(page.view.viewport().mapTo(page, spot.topLeft()))
    assert not page.names.geometry().intersects(spot)
    assert page.rect().contains(page.names.geometry())


def test_in_a_low_panel_a_name_is_read_and_its_note_is_its_tip(page):
    page.setMinimumSize(1, 1)
    page.resize(682, 400)  # what 1366×768 leaves at 150 %, inside task bar and title bar
    table = page.paper.doc.tables[0]
    column = [leaf.key for leaf in table.leaves].index("near_poor_households")
    cells = page.view._cells
    at = next(n for n, c in enumerate(cells) if (c.row, c.column) == (0, column))
    page.view._set_current(at)
    page.view.cell_pressed.emit(cells[at])
    compare(page)
    names = page.names
    assert names.list.viewport().height() >= names.list.verticalHeader().defaultSectionSize()
    assert page.options.status.visibleRegion().boundingRect() == page.options.status.rect()
    assert not names._note.isVisible()
    assert names.list.toolTip() == names._note.text() != ""
    page.resize(1200, 700)
    assert names._note.isVisible()
    assert names.list.toolTip() == ""


def test_a_number_that_stayed_says_so(page):
    page.open({"code": "BC1", "as_of": date(YEAR, 6, 30)})
    press(page, "Tổng cộng", "poor_households")
    panel = compare(page)
    panel.since.setCurrentIndex(panel.since.count() - 1)
    QTest.keyClicks(panel.day.edit, f"1/1/{YEAR}")
    QTest.keyClick(panel.day.edit, Qt.Key.Key_Return)
    assert panel.equation.text() == "3 = 3"
    assert said(page) == "Số không đổi: không hộ, không người nào vào hay ra."


def test_until_a_day_is_typed_nothing_is_compared(page):
    press(page, "Tổng cộng", "poor_households")
    panel = compare(page)
    panel.since.setCurrentIndex(panel.since.count() - 1)
    assert panel.equation.text() == "Gõ ngày cần so rồi bấm Enter."
    assert not panel.steps.isVisible()
    assert named(page) == []
    edit = panel.day.edit
    words = edit.fontMetrics().horizontalAdvance(edit.placeholderText())
    assert words < edit.width() - 20
    panel.since.setCurrentIndex(0)
    assert panel.equation.text() == "4 − 1 − 1 + 1 = 3"
