"""The dry run of a list: its room on the page, and what stands before the button that takes it."""

from __future__ import annotations

import openpyxl
import pytest

from giamngheo_desktop.gui.exchange.import_section import ImportSection
from giamngheo_desktop.gui.pages.exchange_page import ExchangePage
from giamngheo_desktop.gui.pictures import settle
from giamngheo_desktop.services.importing.plan import Purpose
from tests.gui import hands
from tests.gui.commune import YEAR
from tests.gui.hands import Key

HEAD = ("Họ và tên", "Quan hệ với chủ hộ", "Ngày sinh", "Giới tính", "Thôn")


@pytest.fixture
def page(qtbot, world) -> ExchangePage:
    return shown(qtbot, world)


def shown(qtbot, world) -> ExchangePage:
    made = ExchangePage(world.desk, YEAR)
    qtbot.addWidget(made)
    made.resize(900, 540)
    made.show()
    made.open("import")
    hands.turn_to(made)
    return made


@pytest.fixture
def section(page, tmp_path) -> ImportSection:
    """Two new homes were read, their columns are shown."""
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    for name in ("Hồ Văn Mới", "Bùi Thị Lạ"):
        book.active.append((name, "Chủ hộ", "1970", "Nam", "Thôn Đoài"))
    path = tmp_path / "Danh sách.xlsx"
    book.save(path)
    made = page.section
    made.file.put(Purpose.NEW, YEAR)
    made.read_file(path)
    return made


def test_the_dry_run_has_the_width_of_a_narrow_page(page, section):
    table = section.table
    page.resize(864, 565)  # beside the rail and below the bar, at 125 %
    section.go_on.click()
    settle()
    assert page.box.isVisible()
    assert page.box.currentText() == section.heading.text()  # which is not said twice
    assert (page.list.isVisible(), section.heading.isVisible()) == (False, False)
    lines = table.cells.viewport().height() // table.cells.rowHeight(0)
    assert lines >= 3
    page.resize(1140, 565)
    assert page.list.isVisible()
    page.resize(864, 565)
    section.back.click()
    section.back.click()
    assert page.list.isVisible()  # with little to show it stands at the side again


def test_with_the_largest_letters_rows_and_cells_are_scrolled_to(qapp, look, page, section):
    table = section.table
    page.resize(788, 487)  # of the smallest window
    look.apply(qapp, percent=150)
    section.go_on.click()
    settle()
    for view in (table.rows, table.cells):
        assert view.viewport().height() >= 2 * view.rowHeight(0)
    assert table.rows.visibleRegion().boundingRect().height() >= 2 * table.rows.rowHeight(0)
    table.rows.setFocus()
    hands.press(Key.Key_Return)
    assert hands.at() == "import_cells"
    assert table.cells.visibleRegion().boundingRect().height() >= 2 * table.cells.rowHeight(0)


def test_a_list_of_another_commune_and_year_is_confirmed_first(qtbot, world, page, tmp_path):
    made = openpyxl.Workbook()
    person = ("Hồ Văn Mới", "Chủ hộ", "1980", "Nam", "Thôn Đoài")
    for row in (("UBND xã Hương Khê",), ("Danh sách hộ nghèo năm 2019",), HEAD, person):
        made.active.append(row)
    book = tmp_path / "Danh sách.xlsx"
    made.save(book)
    section = page.section
    section.file.put(Purpose.RESULT, YEAR)
    section.read_file(book)
    section.go_on.click()
    assert section.table.rows.rows.text(0, 0) == "✓"
    table = section.table
    assert (section.go_on.text(), section.go_on.isEnabled()) == ("&Nhận 1 dòng", False)
    assert table.why.text() == "Muốn nhận thì đánh dấu:"  # what to tick follows, then the button
    foot = [part.geometry() for part in (table.why, table.confirm, section.go_on)]
    assert foot[0].right() < foot[1].left() < foot[1].right() < foot[2].left()
    assert foot[0].intersects(foot[2].adjusted(-999, 0, 0, 0))  # on one line
    assert section.warning.text().startswith("Tệp ghi xã là “Hương Khê”")
    assert "Tệp ghi năm 2019" in section.warning.text()
    table.confirm.setFocus()
    hands.press(Key.Key_Space)
    assert (section.go_on.text(), section.go_on.isEnabled()) == ("&Nhận 1 dòng", True)
    assert not table.why.isVisible()
    table.leave_shown.click()
    assert (section.go_on.text(), section.go_on.isEnabled()) == ("&Nhận 0 dòng", False)
    assert table.why.text() == "Chưa dòng nào được đánh dấu nhận."
    table.take_shown.click()
    section.draft.keep()
    later = shown(qtbot, world)  # the word is kept with the rest
    again = later.section
    assert (again.table.confirm.isChecked(), again.go_on.isEnabled()) == (True, True)
    again.go_on.click()
    assert "1 dòng được ghi" in again.done_text.text()
