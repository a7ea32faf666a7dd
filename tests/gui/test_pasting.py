"""Several cells pasted from Excel go through the dry run: the list of households, its members."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication

from giamngheo_desktop.domain.changes import Op
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.gui.exchange.paste_view import PasteView
from giamngheo_desktop.gui.household.sheet import INFO, MEMBERS_TAB
from giamngheo_desktop.gui.pages.households_page import HouseholdsPage
from giamngheo_desktop.services import drafts, households, undo
from giamngheo_desktop.services.importing.plan import RowState
from tests.gui import hands
from tests.gui.commune import TODAY, YEAR
from tests.gui.hands import Key
from tests.harness.register import dump, living

HOMES = (
    "Họ và tên chủ hộ\tThôn\tNgày sinh\tGiới tính\tĐịa chỉ\n"
    "Nguyễn Văn An\tThôn Đông\t\tNam\tXóm Bãi\n"
    "Hồ Văn Mới\tThôn Đoài\t15/04/1980\tNam\t\n"
    "Bùi Thị Lạ\tThôn Không Có\t1970\tNữ\t\n"
)


@pytest.fixture
def page(qtbot, world) -> HouseholdsPage:
    return shown(qtbot, world)


def shown(qtbot, world) -> HouseholdsPage:
    made = HouseholdsPage(world.desk, YEAR)
    qtbot.addWidget(made)
    made.resize(900, 540)
    made.show()
    hands.turn_to(made)
    return made


def paste(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    hands.control(Key.Key_V)


def paste_homes(page, text: str) -> PasteView:
    page.list.table.setFocus()
    paste(text)
    return page.paste


def paste_members(page, world, text: str, at: int = 0, column: int = 0) -> PasteView:
    """Into the grid of a household, from the first row on."""
    page.show_household(world.homes[at])
    page.view.sheet.setCurrentIndex(MEMBERS_TAB)
    members = page.view.sheet.members
    members.grid.rows[0].inputs()[column].setFocus()
    paste(text)
    return page.paste


def named_home(world) -> households.Household:
    """The first household, of whose members one has a name without a number."""
    home = households.get(world.database, world.homes[0], TODAY.date())
    members = (home.members[0], replace(home.members[1], full_name="Hồ Thị Vợ"), *home.members[2:])
    done = households.save(
        world.database, world.context, replace(home, members=members), day=TODAY.date()
    )
    return done.value


def rows(view: PasteView) -> dict[str, tuple[str, str]]:
    """By name: what becomes of the row, and in words."""
    table = view.table.rows.rows
    return {
        table.text(at, 4): (table.text(at, 1), table.text(at, 5)) for at in range(table.rowCount())
    }


def test_a_row_that_is_wrong_says_why(page):
    view = paste_homes(page, "Họ và tên chủ hộ\tThôn\nHồ Văn 7\tThôn Đoài\n")
    state, what = rows(view)[""]
    assert state == "Có lỗi"
    assert what.startswith("Họ và tên “Hồ Văn 7”: Họ tên có chữ số")


def waiting(world) -> list[str]:
    return [one.title for one in drafts.find(world.database.path).drafts]


def test_a_list_is_looked_through_then_written_in_one_step(page, world, qtbot):
    before = living(dump(world.database))
    view = paste_homes(page, HOMES)
    assert page.shows_paste
    assert {name: state for name, (state, _) in rows(view).items()} == {
        "Nguyễn Văn An": "Cần xem",  # by name only
        "Hồ Văn Mới": "Mới",
        "Bùi Thị Lạ": "Có lỗi",
    }
    assert "hộ mới, Thôn Đoài" in rows(view)["Hồ Văn Mới"][1]
    assert view.take.text() == "&Nhận 1 dòng"
    assert living(dump(world.database)) == before  # nothing is written yet
    assert waiting(world) == ["Dán từ Excel vào danh sách hộ (4 dòng)"]
    view.table.take_shown.click()
    assert view.take.text() == "&Nhận 2 dòng"
    with qtbot.waitSignal(page.notice_requested) as told:
        view.take.setFocus()
        hands.press(Key.Key_Return)
    assert told.args[0].startswith("Đã nhận khối vừa dán: 2 dòng được ghi (1 hộ mới, 1 người mới")
    assert told.args[1] is True
    assert told.args[0].endswith("1 dòng chưa ghi, còn để ở đây.")
    assert not page.has_unsaved_form  # Ctrl+Z takes back what was just written
    view.draft.touch()
    assert page.has_unsaved_form
    assert page.shows_paste
    assert rows(view)["Bùi Thị Lạ"][0] == "Có lỗi"
    assert view.take.text() == "&Nhận 0 dòng"
    assert waiting(world) == ["Dán từ Excel vào danh sách hộ (4 dòng)"]
    view.later.click()
    assert not page.shows_paste
    assert "Hồ Văn Mới" in [row.head for row in page.list.shown_rows()]
    assert households.get(world.database, world.homes[0], TODAY.date()).address == "Xóm Bãi"
    step = undo.next_step(world.database)
    assert step.op is Op.IMPORT_LIST
    undo.undo(world.database, world.context, step.group)
    assert living(dump(world.database)) == before


def test_a_new_household_is_written_with_its_head_or_not_at_all(page, world):
    view = paste_homes(
        page,
        "Hộ số\tHọ và tên\tQuan hệ\tThôn\tNgày sinh\n"
        "1\tHồ Văn Mới\tChủ hộ\tThôn Đoài\t03/04/1980\n"
        "1\tHồ Thị Con\tCon\tThôn Đoài\t2010\n",
    )
    assert rows(view)["Hồ Văn Mới"][0] == "Cần xem"
    assert rows(view)["Hồ Thị Con"] == ("Mới", "chờ dòng chủ hộ, dòng 2; người mới của hộ")
    table = view.table.rows.rows
    assert [table.text(at, 0) for at in range(2)] == ["", "…"]
    assert not view.take.isEnabled()
    view.table.rows.setFocus()
    hands.press(Key.Key_Home)
    hands.press(Key.Key_Space)
    assert [table.text(at, 0) for at in range(2)] == ["✓", "✓"]
    assert view.take.text() == "&Nhận 2 dòng"
    hands.press(Key.Key_Space)
    assert view.take.text() == "&Nhận 0 dòng"
    hands.press(Key.Key_Space)
    view.take.click()
    assert not page.shows_paste
    assert waiting(world) == []
    (row,) = [one for one in page.list.shown_rows() if one.head == "Hồ Văn Mới"]
    home = households.get(world.database, row.uid, TODAY.date())
    assert [one.relation for one in home.members] == ["head", "child"]


def test_a_block_waits_until_it_is_taken_or_dropped(page, world, qtbot, said):
    view = paste_homes(page, HOMES)
    view.table.rows.setFocus()
    hands.press(Key.Key_Home)
    while view.table.rows.rows.text(view.table.rows.currentIndex().row(), 4) != "Nguyễn Văn An":
        hands.press(Key.Key_Down)
    hands.press(Key.Key_Space)
    hands.press(Key.Key_Escape)
    assert not page.shows_paste
    page.close()
    again = shown(qtbot, world)
    (line,) = waiting(world)
    key = drafts.find(world.database.path).drafts[0].key
    again.list.drafts.opened.emit(key)
    assert again.paste.title.text() == line
    assert again.paste.take.text() == "&Nhận 2 dòng"  # what was ticked stays
    said.will_answer("yes")
    again.paste.drop.click()
    assert waiting(world) == []
    assert not again.shows_paste


def test_who_a_pasted_row_is_can_be_chosen_and_waits_too(page, world, qtbot):
    view = paste_homes(page, HOMES)
    view.table.rows.setFocus()
    hands.press(Key.Key_Home)
    assert view.table.who.isVisible()
    view.table.who.setFocus()
    hands.press(Key.Key_End)
    assert rows(view)["Nguyễn Văn An"][0] == "Mới"
    view.later.click()
    key = drafts.find(world.database.path).drafts[0].key
    page.list.drafts.opened.emit(key)
    assert rows(page.paste)["Nguyễn Văn An"][0] == "Mới"


def test_without_headings_the_columns_on_screen_say_what_is_what(page, world, said):
    view = paste_homes(page, "Hồ Văn Mới\tThôn Đoài\t3\tHộ nghèo\t1980\tKinh\t042080001234")
    (row,) = view.table.choices and view._read.plan.rows
    found = {cell.field: cell.new for cell in row.cells}
    assert row.state is RowState.NEW
    assert (found["birth"], found["id_number"]) == (PartialDate(1980), "042080001234")
    assert "household_class" not in found  # a class has its decision
    view.to_columns.click()
    view.columns.table.setFocus()
    place = next(at for at in range(7) if view.columns.table.rows.text(at, 3) == "042080001234")
    view.columns.table.setCurrentIndex(view.columns.table.rows.index(place, 0))
    view.columns.field.setCurrentIndex(view.columns.field.findData("phone"))
    view.columns.field.activated.emit(view.columns.field.currentIndex())
    view.to_columns.click()
    (row,) = view._read.plan.rows
    assert row.cell("id_number") is None


def test_a_block_without_a_name_and_a_single_cell_are_no_list(page, world, qtbot):
    with qtbot.waitSignal(page.notice_requested) as told:
        paste_homes(page, "Dân tộc\tĐiện thoại\nKinh\t0912345678")
    assert told.args[0].startswith("Khối vừa dán không có cột họ tên")
    paste_homes(page, "An")
    assert not page.shows_paste


def test_members_are_those_of_the_household_that_is_open(page, world):
    home = named_home(world)
    second = home.members[1].full_name
    text = f"{second}\tNữ\t1990\nHồ Thị Con\t2\t15/05/2015\tcháu\nLò Văn Chủ\tNam\t1970\tChủ hộ"
    view = paste_members(page, world, text)
    plan = view._read.plan
    assert page.shows_paste
    assert {row.household for row in plan.rows} == {home.uid}
    assert "village_differs" not in {cell.finding for row in plan.rows for cell in row.cells}
    states = {row.name: row.state for row in plan.rows}
    assert states[second] in (RowState.CHANGED, RowState.SAME, RowState.PROPOSAL)
    assert states["Hồ Thị Con"] is RowState.NEW
    assert states["Lò Văn Chủ"] is RowState.PROPOSAL  # the household has a head
    view.take.click()
    assert page.shows_paste  # the second head waits
    view.later.click()
    assert page.shows_household
    assert page.view.sheet.currentIndex() == MEMBERS_TAB
    page.view.open(world.homes[1], YEAR)
    assert page.view.sheet.currentIndex() == INFO
    page.view.open(home.uid, YEAR)
    after = households.get(world.database, home.uid, TODAY.date())
    assert [one.full_name for one in after.members if one.full_name not in {
        each.full_name for each in home.members}] == ["Hồ Thị Con"]  # fmt: skip
    assert [row["full_name"] for row in page.view.sheet.members.members()] == [
        one.full_name for one in after.members
    ]
    assert (after.members[-1].sex, after.members[-1].relation) == ("female", "grandchild")
    assert [one.full_name for one in after.members if one.is_head] == [home.head.full_name]


def test_what_is_typed_is_saved_before_a_block_and_cells_without_names_are_typed(
    page, world, qtbot, said
):
    page.show_household(world.homes[0])
    said.will_answer("yes")
    paste_members(page, world, "Nam\t1950\nNữ\t1951", column=1)  # beside names that stand there
    assert not page.shows_paste
    assert page.view.is_dirty
    with qtbot.waitSignal(page.notice_requested) as told:
        page.view.sheet.members.grid.rows[0].inputs()[0].setFocus()
        paste("Hồ Thị Con\tNữ\t2015\nHồ Văn Con\tNam\t2016")
    assert told.args[0].startswith("Hộ có chỗ chưa lưu")
    assert not page.shows_paste
