"""Gửi – nhận › Nhận danh sách: what a column is, what a cell means."""

from __future__ import annotations

import openpyxl

from tests.gui import hands
from tests.gui.hands import Key
from tests.gui.test_import_section import (
    book,
    cells,
    page,
    press_on,
    read_as_new,
    rows,
    shown,
)

__all__ = ["book", "page"]  # fixtures


def understand(section, letter: str, code: str) -> None:
    """With the box below the columns."""
    press_on(section.columns.table, letter, 1, Key.Key_Return)
    box = section.columns.field
    box.setCurrentIndex(box.findData(code))
    box.activated.emit(box.currentIndex())


def test_two_columns_are_not_one_field(qtbot, page, world):
    section = page.section
    read_as_new(section)
    understand(section, "H", "full_name")
    said = section.columns.twice
    assert said.isVisible()
    assert "Cột B và H" in said.text()
    assert "“Họ và tên”" in said.text()
    assert not section.go_on.isEnabled()
    assert not section.columns.keep.isEnabled()
    world.desk.bus.leaving.emit()
    page.close()
    other = shown(qtbot, world)  # owns the section
    section = other.section
    assert section.columns.twice.isVisible()
    assert not section.go_on.isEnabled()
    understand(section, "B", "address")
    assert not section.columns.twice.isVisible()
    section.go_on.click()
    assert [line[4] for line in rows(section)] == ["Xóm Trên"]


def test_what_a_cell_means_is_said_before_and_after_it_is_chosen(page):
    section = page.section
    read_as_new(section)
    section.go_on.click()
    assert "2 dòng có ô đọc được nhiều cách" in section.warning.text()
    line = next(line for line in rows(section) if line[4] == "Hồ Văn Mới")
    assert "1 ô chưa chọn cách hiểu, không chọn thì không ghi" in line[5]
    press_on(section.table.rows, "Hồ Văn Mới", 4, Key.Key_Return)
    press_on(section.table.cells, "Ngày sinh", 2, Key.Key_Space)
    birth = cells(section)["Ngày sinh"]
    assert (birth[4], birth[5]) == ("03/04/1980", "Mới")
    assert birth[6] == "cũng đọc được là 04/03/1980: phím cách để đổi"
    line = next(line for line in rows(section) if line[4] == "Hồ Văn Mới")
    assert "cách hiểu" not in line[5]
    assert "1 dòng có ô đọc được nhiều cách" in section.warning.text()
    hands.press(Key.Key_Space)
    assert cells(section)["Ngày sinh"][4] == "04/03/1980"
    hands.press(Key.Key_Space)
    assert cells(section)["Ngày sinh"][5] == "Cần chọn"
    assert "2 dòng có ô đọc được nhiều cách" in section.warning.text()


def test_a_list_of_which_no_row_is_read_is_not_all_clear(page, book):
    made = openpyxl.Workbook()
    made.active.append(("Họ và tên", "Quan hệ với chủ hộ", "Ngày sinh", "Thôn"))
    made.active.append((None, None, None, "Thôn Đông"))
    made.save(book)
    section = page.section
    section.read_file(book)
    section.go_on.click()
    assert section.plan.rows == ()
    assert "Không đọc được dòng nào." in section.step.text()
    assert "sổ đã có đúng như vậy" not in section.warning.text()
    assert section.warning.text().startswith("Không dòng nào có họ tên để đọc")
