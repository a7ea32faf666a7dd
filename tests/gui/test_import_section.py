"""Gửi – nhận › Nhận danh sách: read, understood, looked through, written; by keyboard alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QLabel

from giamngheo_desktop.domain.changes import Op
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.gui import files
from giamngheo_desktop.gui.exchange.import_choices import ImportChoices
from giamngheo_desktop.gui.pages.exchange_page import ExchangePage
from giamngheo_desktop.gui.pictures import settle
from giamngheo_desktop.services import households, undo
from giamngheo_desktop.services.importing.plan import Purpose, RowState
from tests.gui import hands
from tests.gui.commune import TODAY, YEAR
from tests.gui.hands import Key
from tests.harness.register import dump

HEAD = (
    "STT",
    "Họ và tên",
    "Quan hệ với chủ hộ",
    "Ngày sinh",
    "Giới tính",
    "Thôn",
    "Điện thoại",
    "Cột lạ",
)
ROWS = (
    (1, "Nguyễn Văn An", "Chủ hộ", None, "Nam", "Thôn Đông", "0912345678", "xóm trên"),
    (2, "Hồ Văn Mới", "Chủ hộ", "03/04/1980", "Nam", "Thôn Đoài", None, None),
    (None, "Hồ Thị Con", "Con", "12/05/2010", "Nữ", "Thôn Đoài", None, None),
    (3, "Bùi Thị Lạ", "Chủ hộ", "1970", "Nữ", "Thôn Không Có", None, None),
)


@pytest.fixture
def book(tmp_path) -> Path:
    path = tmp_path / "Danh sách thôn.xlsx"
    made = openpyxl.Workbook()
    made.active.title = "Hộ"
    for row in (("DANH SÁCH HỘ NGHÈO",), (), HEAD, *ROWS):
        made.active.append(row)
    made.save(path)
    return path


@pytest.fixture
def page(qtbot, world, book, monkeypatch) -> ExchangePage:
    monkeypatch.setattr(files, "ask_open", lambda *_: book)
    return shown(qtbot, world)


def shown(qtbot, world) -> ExchangePage:
    made = ExchangePage(world.desk, YEAR)
    qtbot.addWidget(made)
    made.resize(900, 540)
    made.show()
    made.open("import")
    hands.turn_to(made)
    return made


def read_as_new(section) -> None:
    """With the keys: what the file is, the file, its columns."""
    section.file.purpose.setFocus()
    hands.press(Key.Key_End)
    assert section.file.purpose.currentData() == Purpose.NEW
    section.file.drop.setFocus()
    hands.press(Key.Key_Return)


def rows(section) -> list[list[str]]:
    shown = section.table.rows.rows
    return [[shown.text(at, column) for column in range(6)] for at in range(shown.rowCount())]


def cells(section) -> dict[str, list[str]]:
    shown = section.table.cells.rows
    lines = [[shown.text(at, column) for column in range(7)] for at in range(shown.rowCount())]
    return {line[2]: line for line in lines}


def press_on(view, text: str, column: int, key: Key) -> None:
    """Go to the line with this text, and press."""
    view.setFocus()
    hands.press(Key.Key_Home)
    while view.rows.text(view.currentIndex().row(), column) != text:
        before = view.currentIndex().row()
        hands.press(Key.Key_Down)
        assert view.currentIndex().row() > before, text
    hands.press(key)


def phone(world) -> str | None:
    home = households.get(world.database, world.homes[0], TODAY.date())
    return home.members[0].phone


def test_a_list_is_taken_in_by_keys_and_taken_back(page, world, book):
    section = page.section
    before = dump(world.database)
    day = section.file.day_edit
    for purpose in range(section.file.purpose.count()):
        section.file.purpose.setCurrentIndex(purpose)
        section.file.show_purpose()
        settle()
        beside = day.parentWidget().findChild(QLabel)
        assert beside.text() == "Số liệu đến ngày"
        assert beside.geometry().center().y() - day.geometry().center().y() in range(-1, 2)
    read_as_new(section)
    assert section.step.text() == "Bước 2/3: các cột của Danh sách thôn.xlsx"
    assert hands.at() == "import_columns"
    table = section.columns.table.rows
    assert [table.text(7, column) for column in (1, 2, 3, 4)] == [
        "H", "Cột lạ", "xóm trên", "Không đọc",
    ]  # fmt: skip
    section.go_on.setFocus()
    hands.press(Key.Key_Return)

    assert section.plan.counts()[RowState.PROPOSAL] == 3
    assert [line[3] for line in rows(section)] == ["4", "5", "6", "7"]
    assert rows(section)[3][1] == "Có lỗi"
    assert rows(section)[3][5].startswith("Không rõ hộ ở thôn nào")
    assert section.table.rows.isColumnHidden(2)  # all rows are of one sheet
    height = section.table.rows.height()
    for at in range(4):
        section.table.rows.selectRow(at)
        section.table.rows.go_to(section.table.rows.rows.row(at)[0])
        settle()
        assert section.table.rows.height() == height  # nothing jumps from row to row
    assert not section.go_on.isEnabled()  # nothing is ticked
    press_on(section.table.rows, "Bùi Thị Lạ", 4, Key.Key_Space)
    assert not section.go_on.isEnabled()  # what is wrong cannot be
    press_on(section.table.rows, "Nguyễn Văn An", 4, Key.Key_Space)
    assert cells(section)["Điện thoại"][:2] == ["✓", "G"]
    assert cells(section)["Điện thoại"][4] == "0912345678"
    press_on(section.table.rows, "Hồ Văn Mới", 4, Key.Key_Space)
    assert cells(section)["Ngày sinh"][4] == "chọn: 03/04/1980 hay 04/03/1980"
    hands.press(Key.Key_Return)  # to its cells
    press_on(section.table.cells, "Ngày sinh", 2, Key.Key_Space)
    hands.press(Key.Key_Space)
    assert cells(section)["Ngày sinh"][4] == "04/03/1980"
    assert section.go_on.text() == "&Nhận 2 dòng"
    assert dump(world.database) == before  # nothing is written yet

    section.go_on.setFocus()
    hands.press(Key.Key_Return)
    assert "2 dòng được ghi (1 hộ mới, 1 người mới, 1 ô" in section.done_text.text()
    section.report_button.setFocus()
    hands.press(Key.Key_Return)
    kept = [cell for row in openpyxl.load_workbook(section.written.path).active for cell in row]
    assert "Nguyễn Văn An" in {cell.value for cell in kept}
    assert phone(world) == "0912345678"
    step = undo.next_step(world.database)
    assert step.op is Op.IMPORT_LIST
    new = [home for home in living(world) if home.head.full_name == "Hồ Văn Mới"]
    assert [home.head.birth for home in new] == [PartialDate(1980, 3, 4)]
    undone = undo.undo(world.database, world.context, step.group)
    assert phone(world) is None
    section.desk.bus.data_changed.emit(undone.changes)
    assert section.file.isVisible()  # it is no longer told that Ctrl+Z takes it back


def living(world) -> list[households.Household]:
    from giamngheo_desktop.domain.changes import Kind

    uids = dump(world.database)[Kind.HOUSEHOLD]
    return [households.get(world.database, uid, TODAY.date()) for uid in uids]


def test_a_column_is_understood_otherwise_and_a_cell_left_out(page, world):
    section = page.section
    read_as_new(section)
    press_on(section.columns.table, "H", 1, Key.Key_Return)
    assert hands.at() == "import_field"
    box = section.columns.field
    box.setCurrentIndex(box.findData("address") - 1)
    hands.press(Key.Key_Down)
    section.columns.keep.click()
    kept = section.columns.kept
    assert [kept.itemText(at) for at in range(kept.count())][1:] == ["Danh sách thôn"]
    assert section.columns.mappings == {"Hộ": {"H": "address"}}
    section.go_on.click()
    press_on(section.table.rows, "Nguyễn Văn An", 4, Key.Key_Space)
    labels = cells(section)
    assert any(line[4] == "xóm trên" and line[0] == "✓" for line in labels.values())
    press_on(section.table.cells, "Điện thoại", 2, Key.Key_Space)
    assert cells(section)["Điện thoại"][0] == ""
    section.go_on.click()
    home = households.get(world.database, world.homes[0], TODAY.date())
    assert home.address == "xóm trên"
    assert home.members[0].phone is None

    section.begin_anew()
    section.read_file(files.ask_open(None, "", None, ""))
    assert section.columns.mappings == {"Hộ": {"H": "address"}}  # its head is known again
    section.columns.kept.setFocus()
    hands.press(Key.Key_Down)
    assert section.columns.mappings == {"Hộ": {"H": "address"}}


def test_what_was_begun_is_taken_up_again(qtbot, page, world, said):
    section = page.section
    read_as_new(section)
    section.go_on.click()
    press_on(section.table.rows, "Nguyễn Văn An", 4, Key.Key_Space)
    world.desk.bus.leaving.emit()
    page.close()
    again = shown(qtbot, world)
    section = again.section
    assert section.draft.isVisible()
    assert section.step.text().startswith("Bước 3/3: xem trước Danh sách thôn.xlsx")
    assert section.go_on.text() == "&Nhận 1 dòng"
    said.will_answer("yes")
    section.draft._drop.click()
    assert section.plan is None
    third = shown(qtbot, world)
    assert not third.section.draft.isVisible()


def test_a_file_that_is_away_is_waited_for(qtbot, page, world, book, said):
    read_as_new(page.section)
    page.close()
    away = book.rename(book.with_suffix(".away"))
    again = shown(qtbot, world)
    assert book.name in said.texts[0]
    assert again.section.draft.isVisible()
    assert again.section.plan is None
    away.rename(book)
    third = shown(qtbot, world)
    assert third.section.plan is not None


def test_the_template_is_got_with_a_button_and_comes_back_with_nothing_to_do(page, world):
    section = page.section
    units = [section.file.filled.itemText(at) for at in range(section.file.filled.count())]
    assert units[:2] == ["tệp trống", "có sẵn hộ của Xã Sơn Tây"]
    assert "có sẵn hộ của Thôn Đông" in units
    section.file.template_button.setFocus()
    hands.press(Key.Key_Return)
    empty = section.written.path
    assert empty.name == f"MauDanhSach_CapNhatThongTin_{YEAR}.xlsx"
    section.file.filled.setFocus()
    hands.press(Key.Key_Down)
    section.file.template_button.click()
    assert section.written.path.name.startswith(f"MauDanhSach_CapNhatThongTin_{YEAR}_CoSan")
    assert empty.exists()
    before = dump(world.database)
    section.read_file(section.written.path)
    section.go_on.click()
    assert section.plan.rows
    assert section.plan.is_nothing_to_do
    assert "Không có gì để làm" in section.warning.text()
    assert not section.written.isVisible()
    assert dump(world.database) == before


def test_who_a_row_is_can_be_chosen_and_is_taken_up_again(qtbot, page, world):
    section = page.section
    read_as_new(section)
    section.go_on.click()
    who = section.table.who
    press_on(section.table.rows, "Hồ Văn Mới", 4, Key.Key_Shift)
    assert not who.isVisible()
    press_on(section.table.rows, "Nguyễn Văn An", 4, Key.Key_Shift)
    assert [who.itemText(at)[:13] for at in range(who.count())] == [
        "chưa chọn", "Nguyễn Văn An", "người mới, hộ",
    ]  # fmt: skip
    who.setFocus()
    hands.press(Key.Key_Down)
    assert rows(section)[0][:2] == ["✓", "Thay đổi"]
    assert who.currentIndex() == 1
    hands.press(Key.Key_Down)
    assert rows(section)[0][1] == "Mới"
    assert section.table.rows.current_uid().int == 1
    world.desk.bus.leaving.emit()
    page.close()
    other = shown(qtbot, world)  # owns the section
    again = other.section
    assert rows(again)[0][:2] == ["✓", "Mới"]
    press_on(again.table.rows, "Nguyễn Văn An", 4, Key.Key_Shift)
    again.table.who.setFocus()
    hands.press(Key.Key_Home)
    assert rows(again)[0][:2] == ["", "Cần xem"]


def test_the_day_of_the_facts_is_typed_kept_and_checked(qtbot, page, world):
    section = page.section
    section.file.day_edit.setFocus()
    hands.write("31/13/2026")
    section.read_file(files.ask_open(None, "", None, ""))
    assert section.plan is None
    assert section.warning.isVisible()
    section.file.day_edit.setText("")
    section.file.day_edit.setFocus()
    hands.write("02/02/2026")
    world.desk.bus.leaving.emit()
    page.close()
    other = shown(qtbot, world)  # owns the section
    again = other.section
    assert again.file.day_edit.text() == "02/02/2026"
    again.read_file(files.ask_open(None, "", None, ""))
    assert f"{again.plan.day:%d/%m/%Y}" == "02/02/2026"
    again.go_on.click()
    assert "số liệu đến 02/02/2026" in again.step.text()


def test_the_filter_shows_one_kind_and_its_rows_are_ticked_together(page):
    section = page.section
    read_as_new(section)
    section.go_on.click()
    box = section.table.filter
    box.setFocus()
    hands.press(Key.Key_Down)
    assert box.currentData() == RowState.PROPOSAL
    assert len(rows(section)) == 3
    section.table.take_shown.click()
    assert [line[0] for line in rows(section)] == ["✓"] * 3
    section.table.leave_shown.click()
    assert not section.go_on.isEnabled()


def test_new_files_do_not_change_who_is_known_by_themselves(page, world, book):
    number = "042080001234"
    home = households.get(world.database, world.homes[0], TODAY.date())
    head = replace(home.members[0], id_number=number, id_kind="cccd", sex="male", birth=None)
    known = replace(home, members=(head, *home.members[1:]))
    households.save(world.database, world.context, known, day=TODAY.date())
    made = openpyxl.Workbook()
    made.active.append(("Họ và tên", "Quan hệ với chủ hộ", "CCCD", "Thôn", "Điện thoại"))
    made.active.append((head.full_name, "Chủ hộ", number, "Thôn Đông", "0912345678"))
    made.active.append(("Hồ Thị Con", "Con", None, "Thôn Đông", None))
    made.save(book)
    section = page.section
    read_as_new(section)
    section.go_on.click()
    assert [line[:2] for line in rows(section)] == [["", "Thay đổi"], ["✓", "Mới"]]
    section.begin_anew()
    section.file.put(Purpose.UPDATE, YEAR)
    section.read_file(book)
    section.go_on.click()
    assert rows(section)[0][:2] == ["✓", "Thay đổi"]


def test_ticking_all_leaves_who_may_be_known_already(page, world, book):
    home = households.get(world.database, world.homes[0], TODAY.date())
    number = "042180001234"
    wife = replace(home.members[1], full_name="Hồ Thị Vợ", id_number=number, id_kind="cccd",
                   sex="female", birth=None)  # fmt: skip
    known = replace(home, members=(home.members[0], wife, *home.members[2:]))
    households.save(world.database, world.context, known, day=TODAY.date())
    made = openpyxl.Workbook()
    made.active.append(("Họ và tên", "Quan hệ với chủ hộ", "CCCD", "Thôn", "Dân tộc"))
    made.active.append(("Lò Văn Chồng", "Chủ hộ", None, "Thôn Đông", "Kinh"))
    made.active.append(("Hồ Thị Vợ", "Vợ", number, "Thôn Đông", "Kinh"))
    made.active.append(("Lò Văn Ba (đã chết)", "Chủ hộ", None, "Thôn Đông", "Kinh"))
    made.save(book)
    section = page.section
    read_as_new(section)
    section.go_on.click()
    (head, *_) = section.plan.rows
    assert (head.asks_who, head.is_new_person, head.state) == (True, True, RowState.PROPOSAL)
    section.table.take_shown.click()
    assert [rows(section)[at][0] for at in (0, 2)] == ["", ""]
    assert section.table.note.text().startswith("Còn 2 dòng để nguyên vì chưa rõ là ai")
    press_on(section.table.rows, "Lò Văn Chồng", 4, Key.Key_Space)
    assert rows(section)[0][0] == "✓"  # one by one it is the officer's word


def test_who_seems_to_stand_in_two_rows_is_said_to_be_two(page, book):
    made = openpyxl.Workbook()
    made.active.append(("Họ và tên", "Quan hệ với chủ hộ", "Ngày sinh", "Thôn", "Dân tộc"))
    for birth in ("1980", "2/1980"):
        made.active.append(("Lò Văn Mới", "Chủ hộ", birth, "Thôn Đông", "Kinh"))
    made.save(book)
    section = page.section
    read_as_new(section)
    section.go_on.click()
    table = section.table
    table.take_shown.click()
    assert [line[0] for line in rows(section)] == ["✓", ""]
    table.rows.setFocus()
    hands.press(Key.Key_End)
    assert [table.who.itemText(at) for at in range(2)] == ["chưa chọn", "người mới, hộ mới"]
    table.who.setFocus()
    hands.press(Key.Key_Down)
    assert [line[:2] for line in rows(section)] == [["✓", "Mới"], ["✓", "Mới"]]


def test_all_that_wait_are_said_to_be_new_at_once(page, book):
    made = openpyxl.Workbook()
    made.active.append(("Họ và tên", "Quan hệ với chủ hộ", "Thôn", "Dân tộc"))
    for name in ("Lò Văn Mới", "Lò Thị Mai") * 2:
        made.active.append((name, "Chủ hộ", "Thôn Đông", "Kinh"))
    made.save(book)
    section = page.section
    read_as_new(section)
    section.go_on.click()
    assert section.warning.text().startswith("2 dòng chờ chọn là ai")
    table = section.table
    table.rows.setFocus()
    hands.press(Key.Key_End)
    hands.press(Key.Key_A, modifier=hands.Modifier.ControlModifier)
    table.who.setFocus()
    hands.press(Key.Key_End)
    assert [line[:2] for line in rows(section)] == [["✓", "Mới"]] * 4
    assert list(section._read.wanted.persons.values()) == [None] * 2
    assert not section.warning.isVisible()


def test_of_a_file_without_known_headings_the_officer_says_what_is_what(page, book):
    section = page.section
    made = openpyxl.Workbook()
    made.active.title = "Hộ"
    for row in (
        ("DANH SÁCH",),
        ("Người đứng tên", "Nơi", "Năm nào"),
        ("Hồ Văn Mới", "Thôn Đoài", 1980),
        ("Hồ Thị Hai", "Thôn Đoài", 1982),
    ):
        made.active.append(row)
    made.save(book)
    read_as_new(section)
    assert section.step.text() == "Bước 2/3: các cột của Danh sách thôn.xlsx"
    table = section.columns.table.rows
    assert [[table.text(at, column) for column in (1, 2)] for at in range(table.rowCount())] == [
        ["A", "Người đứng tên"],
        ["B", "Nơi"],
        ["C", "Năm nào"],
    ]
    section.go_on.click()
    assert section.warning.text() == "Chưa biết cột nào là họ tên: quay lại bước các cột rồi chọn."
    section.back.click()
    for letter, code in (("A", "full_name"), ("B", "village"), ("C", "birth")):
        press_on(section.columns.table, letter, 1, Key.Key_Return)
        box = section.columns.field
        box.setCurrentIndex(box.findData(code))
        box.activated.emit(box.currentIndex())
    section.go_on.click()
    assert [line[:2] for line in rows(section)] == [["✓", "Mới"]] * 2
    assert cells(section)["Ngày sinh"][4] == "1980"


def test_a_file_without_a_list_says_so(page, book, said):
    section = page.section
    made = openpyxl.Workbook()
    made.active.append(["không có gì"])
    made.save(book)
    section.file.drop.setFocus()
    hands.press(Key.Key_Return)
    assert said.texts
    assert section.plan is None
    assert hands.at() == "import_file_choose"
    assert section.findChild(QLabel, "import_step").text().startswith("Bước 1/3")


def test_choices_are_kept_as_text(page):
    section = page.section
    read_as_new(section)
    plan = section.plan
    choices = ImportChoices(plan, with_changes=True)
    choices.set_rows(plan.rows, taken=True)
    for cell in plan.rows[1].cells:
        choices.toggle_cell(plan.rows[1], cell)
    other = ImportChoices(plan, with_changes=True)
    other.put(choices.as_text())
    assert other.result() == choices.result()
    assert other.as_text() != ImportChoices(plan, with_changes=True).as_text()
