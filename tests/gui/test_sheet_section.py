"""Gửi – nhận › Phiếu cho trưởng thôn: what came back is shown whole, refused, and waits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from PySide6.QtWidgets import QLabel

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.gui.pages.exchange_page import ExchangePage
from giamngheo_desktop.reports.kept import kept
from giamngheo_desktop.reports.stored_doc import stored
from giamngheo_desktop.services import households, undo
from giamngheo_desktop.services.exchange import book
from giamngheo_desktop.texts import VILLAGE_SHEET
from tests.gui import hands
from tests.gui.commune import TODAY, YEAR, World, definitions
from tests.gui.hands import Key


def shown(qtbot, world: World) -> ExchangePage:
    made = ExchangePage(world.desk, YEAR)
    qtbot.addWidget(made)
    made.resize(900, 540)
    made.show()
    made.open("sheets")
    hands.turn_to(made)
    return made


@pytest.fixture
def page(qtbot, world) -> ExchangePage:
    return shown(qtbot, world)


def grid(written: Workbook, form: str) -> tuple[Worksheet, dict[str, int]]:
    """The page of a form, and where its columns are."""
    page = written[VILLAGE_SHEET[form]]
    return page, {str(c.value): c.column for row in page.iter_rows(max_row=3) for c in row}


def write(page: Worksheet, at: dict[str, int], row: int, **cells: object) -> None:
    fields = definitions().fields("household", "member")
    for code, value in cells.items():
        named = VILLAGE_SHEET[code] if code in VILLAGE_SHEET else fields[code].excel_label
        page.cell(row, at[named]).value = value


@pytest.fixture
def sheet(page) -> Path:
    """A village head wrote another address of the first household, and a child of its head."""
    section = page.section
    section.villages.setFocus()
    hands.press(Key.Key_Space)
    section.export_button.click()
    (path,) = section._folder.glob("*.xlsx")
    written = load_workbook(path)
    homes, at = grid(written, "household")
    rows = range(1, homes.max_row + 1)
    row = next(row for row in rows if homes.cell(row, at["Chủ hộ"]).value == "Nguyễn Văn An")
    write(homes, at, row, address="Xóm Bãi", note="nhà dột")
    key = homes.cell(row, at[VILLAGE_SHEET["key"]]).value
    people, at = grid(written, "member")
    rows = range(people.max_row, 1, -1)
    row = next(row for row in rows if people.cell(row, at["Họ và tên"]).value) + 1
    child = {"full_name": "Nguyễn Thị Mới", "birth": "05/03/2020", "id_number": "042320001234"}
    write(people, at, row, of_household=key, **child)
    written.save(path)
    return path


def lines(section) -> list[list[str]]:
    rows = section.look.table.table.rows
    return [[rows.text(at, column) for column in range(6)] for at in range(rows.rowCount())]


def test_a_change_is_refused_and_who_is_new_is_told(page, world, sheet):
    section = page.section
    section.look_at(sheet)
    address, _note, *new = lines(section)
    assert address == ["Khác", "Nguyễn Văn An", "Địa chỉ, số nhà", "–", "Xóm Bãi", "Phiếu"]
    child = next(line[4] for line in new if line[2] == "Nhân khẩu")
    assert child.startswith("Ngày, tháng, năm sinh: 05/03/2020; ")
    assert "042320001234" in child
    stay = next(line[4] for line in new if line[2] == "Thành viên của hộ")
    assert "Hộ: Nguyễn Văn An" in stay
    section.look.table.setFocus()
    hands.press(Key.Key_Space)
    assert lines(section)[0][5] == "✓ Trong sổ"
    hands.press(Key.Key_Space)
    assert lines(section)[0][5] == "Phiếu"
    section.look.table.ours.click()
    section.look.take_button.click()
    said = "Đã nhận phiếu của Thôn Đông: 2 hồ sơ mới, 1 chỗ đổi."
    assert section.said.text() == said
    home = households.get(world.database, world.homes[0], TODAY.date())
    assert (home.address, home.note) == (None, "nhà dột")
    assert "Nguyễn Thị Mới" in [member.full_name for member in home.members]
    section.look_at(sheet)  # what was refused is not asked again
    assert not section.look.take_button.isEnabled()
    (taken, _) = book.entries(world.database)
    assert (taken.changed, taken.made[Kind.PERSON]) == (1, 1)  # as it was told
    told = stored(kept(world.database, taken.step.group))
    undo.undo(world.database, world.context, taken.step.group)
    section.look_at(sheet)
    section.look.take_button.click()
    (again, *_) = book.entries(world.database)
    assert (again.changed, again.made[Kind.PERSON]) == (2, 1)  # and the address
    assert "Không lấy" in told
    assert "không lấy “Xóm Bãi” của phiếu" in told
    assert "Gói" not in told


def test_what_was_picked_waits_for_the_file(qtbot, page, world, sheet):
    section = page.section
    section.look_at(sheet)
    section.look.table.setFocus()
    hands.press(Key.Key_Space)
    section.look.back_button.click()
    assert not page.has_unsaved_form  # Ctrl+Z is for the register again
    section.look_at(sheet)
    assert lines(section)[0][5] == "✓ Trong sổ"
    world.desk.bus.leaving.emit()
    again = shown(qtbot, world)
    assert again.section.look.isVisible()
    assert again.section.look.draft.isVisible()
    assert lines(again.section)[0][5] == "✓ Trong sổ"
    assert again.has_unsaved_form
    again.section.look.take_button.click()
    assert not again.section.look.draft.isVisible()
    last = shown(qtbot, world)
    assert last.section.villages.isVisible()


def test_a_clash_left_open_is_said_to_be_of_the_sheet(page, world, sheet):
    home = households.get(world.database, world.homes[0], TODAY.date())
    draft = replace(home, address="Xóm Đình")
    households.save(world.database, world.context, draft, day=TODAY.date())
    page.section.look_at(sheet)
    page.section.look.take_button.click()
    page.open("work_packages")
    page.section.clash_button.click()
    said = page.section.findChild(QLabel, "clash_differences_said").text()
    assert said.endswith(
        "máy này ghi “Xóm Đình”, phiếu của Thôn Đông ghi “Xóm Bãi”; đang giữ “Xóm Đình”"
    )
