"""Gửi – nhận › Nhận danh sách: what a column is, what a cell means."""

from __future__ import annotations

import openpyxl

from giamngheo_desktop.gui import undoing
from giamngheo_desktop.services import undo
from giamngheo_desktop.services.importing.plan import Purpose
from tests.gui import hands
from tests.gui.commune import YEAR
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


def test_back_to_the_first_step_nothing_is_lost(qtbot, page, world, said):
    section = page.section
    read_as_new(section)
    understand(section, "H", "address")
    section.go_on.click()
    press_on(section.table.rows, "Nguyễn Văn An", 4, Key.Key_Space)
    for _ in range(2):
        section.back.setFocus()
        hands.press(Key.Key_Return)
    assert section.file.isVisible()
    assert not said.texts
    section.file.purpose.setCurrentIndex(section.file.purpose.findData(Purpose.UPDATE))
    section.file.day_edit.setFocus()
    hands.write("02/02/2026")
    world.desk.bus.leaving.emit()
    section.go_on.setFocus()
    hands.press(Key.Key_Return)
    assert section.columns.mappings == {"Hộ": {"H": "address"}}
    section.go_on.click()
    assert (section.plan.purpose, f"{section.plan.day:%d/%m/%Y}") == (Purpose.UPDATE, "02/02/2026")
    assert [line[0] for line in rows(section) if line[4] == "Nguyễn Văn An"] == ["✓"]
    page.close()
    other = shown(qtbot, world)  # owns the section
    assert other.section.columns.mappings == {"Hộ": {"H": "address"}}


def test_of_an_edited_file_what_still_stands_there_stays_settled(qtbot, page, world, book):
    made = openpyxl.load_workbook(book)
    made.active.append((4, "Lò Thị Hai", "Chủ hộ", "1981", "Nữ", "Thôn Đoài", None, None))
    made.save(book)
    section = page.section
    read_as_new(section)
    understand(section, "H", "address")
    section.go_on.click()
    press_on(section.table.rows, "Nguyễn Văn An", 4, Key.Key_Shift)
    section.table.who.setFocus()
    hands.press(Key.Key_Down)
    who = section.plan.rows[0].person
    press_on(section.table.rows, "Hồ Văn Mới", 4, Key.Key_Return)
    press_on(section.table.cells, "Ngày sinh", 2, Key.Key_Space)
    press_on(section.table.rows, "Lò Thị Hai", 4, Key.Key_Space)
    assert [line[0] for line in rows(section)] == ["✓", "✓", "", "", ""]
    world.desk.bus.leaving.emit()
    page.close()
    made = openpyxl.load_workbook(book)
    sheet = made.active
    sheet.insert_rows(4)
    for column, value in enumerate((1, "Lò Văn Đầu", "Chủ hộ", "1990", "Nam", "Thôn Đoài"), 1):
        sheet.cell(4, column, value)
    sheet.cell(5, 1, 2)
    sheet.cell(9, 4, "1985")  # somebody whom the officer did not take is said otherwise
    made.save(book)
    other = shown(qtbot, world)  # owns the section
    section = other.section
    assert section.warning.text().startswith("Tệp đã sửa từ lần trước")
    assert "bỏ ở 1 chỗ đã khác" in section.warning.text()
    assert section.columns.mappings == {"Hộ": {"H": "address"}}
    lines = {line[4]: line[:2] for line in rows(section)}
    assert lines["Nguyễn Văn An"] == ["✓", "Thay đổi"]
    assert lines["Hồ Văn Mới"][0] == "✓"
    assert lines["Lò Thị Hai"] == ["✓", "Mới"]  # as any new row: it is another now
    assert {row.name: row.person for row in section.plan.rows}["Nguyễn Văn An"] == who
    assert section._read.wanted.persons == {("Hộ", 5): who}
    press_on(section.table.rows, "Hồ Văn Mới", 4, Key.Key_Shift)
    assert cells(section)["Ngày sinh"][4] == "03/04/1980"
    page.close()
    other.close()
    made.active.cell(3, 8, "Đầu cột khác")
    made.save(book)
    third = shown(qtbot, world)  # owns the section
    section = third.section
    assert (section.columns.mappings, section._read.wanted.persons) == ({}, {})
    assert "bỏ ở" in section.warning.text()


def test_the_next_list_with_the_same_head_is_read_as_the_last(qtbot, page, world, book):
    section = page.section
    read_as_new(section)
    understand(section, "H", "address")
    whose = section.columns.whose
    assert whose.text() == "Danh sách thôn"  # of several villages
    whose.setFocus()
    whose.selectAll()
    hands.write("Trưởng thôn Đông")
    section.columns.keep.click()
    assert undoing.said(undo.next_step(world.database)) == (
        "Đã nhớ cách đọc danh sách: Trưởng thôn Đông."
    )
    made = openpyxl.load_workbook(book)
    made.active.title = "Tháng 11"
    made.active.cell(4, 8, "Xóm Dưới")
    later = book.with_name("Thôn Đông - tháng 11.xlsx")
    made.save(later)
    section.read_file(later)
    assert section.columns.before.text() == "Đọc như lần trước: Trưởng thôn Đông."
    assert section.columns.before.isVisible()
    assert section.columns.mappings == {"Tháng 11": {"H": "address"}}
    assert whose.text() == "Trưởng thôn Đông"
    assert section.columns.table.rows.text(7, 4) == "Địa chỉ, số nhà"
    understand(section, "H", "note")
    section.go_on.click()
    section.back.click()
    assert not section.columns.before.isVisible()
    made.active.cell(3, 8, "Cột khác")  # another head
    made.save(later)
    section.begin_anew()
    section.read_file(later)
    assert section.columns.mappings == {}
    assert whose.text() == "Thôn Đông"
    assert not section.columns.before.isVisible()
    section.columns.kept.setFocus()
    hands.press(Key.Key_Down)  # what was kept of a sheet of another name
    assert section.columns.mappings == {"Tháng 11": {"H": "address"}}


def test_rows_that_name_no_village_are_put_into_the_one_that_is_chosen(qtbot, page, world, book):
    made = openpyxl.Workbook()
    made.active.append(("Họ và tên", "Quan hệ với chủ hộ", "Ngày sinh", "Giới tính"))
    made.active.append(("Hồ Văn Mới", "Chủ hộ", "1980", "Nam"))
    made.save(book)
    section = page.section
    section.file.put(Purpose.NEW, YEAR)
    section.read_file(book)
    section.go_on.click()
    assert rows(section)[0][1] == "Có lỗi"
    box = section.village.box
    assert [box.itemText(at) for at in range(3)] == ["chưa chọn", "Thôn Đông", "Thôn Đoài"]
    box.setFocus()
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Down)
    assert rows(section)[0][:2] == ["✓", "Mới"]
    assert "hộ mới, Thôn Đoài" in rows(section)[0][5]
    world.desk.bus.leaving.emit()
    page.close()
    other = shown(qtbot, world)  # owns the section
    assert other.section.village.box.currentText() == "Thôn Đoài"
    assert rows(other.section)[0][:2] == ["✓", "Mới"]


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
