"""The household list: search, filters, names behind a number, order, export, empty states."""

from __future__ import annotations

import io
from datetime import date
from uuid import UUID

import openpyxl
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from giamngheo_desktop.exports.list_write import ListColumn, list_workbook
from giamngheo_desktop.gui import files, preferences
from giamngheo_desktop.gui.household import household_list
from giamngheo_desktop.gui.household.list_export import block_of
from giamngheo_desktop.gui.pages.households_page import HouseholdsPage
from giamngheo_desktop.services import events
from giamngheo_desktop.services.register import HouseholdFilter
from tests.gui import hands
from tests.gui.commune import YEAR, make_world
from tests.gui.hands import Key
from tests.harness.unikey import press, telex

TODAY = date(YEAR, 6, 30)
IN_ORDER = [  # by given name; that of an Ê Đê is not the last word
    "Nguyễn Văn An",
    "Trần Thị Bình",
    "Lê Văn Cường",
    "Đinh Thị Đào",
    "Phạm Thị Giang",
    "Y Blơ Êban",
]


@pytest.fixture
def page(qtbot, world) -> HouseholdsPage:
    return shown(qtbot, world)


def shown(qtbot, world, year: int = YEAR) -> HouseholdsPage:
    page = HouseholdsPage(world.desk, year)
    qtbot.addWidget(page)
    page.resize(1120, 620)
    page.show()
    page.activateWindow()
    return page


def heads(page) -> list[str]:
    return [row.head for row in page.list.shown_rows()]


def search(page, text: str) -> None:
    edit = page.list.filters.text_edit
    edit.setFocus()
    edit.selectAll()
    for keys in telex(text):
        press(edit, keys)
    hands.enter()


def test_the_list_is_sorted_by_given_name_and_counted(page):
    assert heads(page) == IN_ORDER
    assert page.list.filters.count.text() == "6 hộ, 21 khẩu"
    assert not page.shows_household


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("binh", ["Trần Thị Bình"]),
        ("Bình", ["Trần Thị Bình"]),
        ("dao", ["Đinh Thị Đào"]),
        ("đào", ["Đinh Thị Đào"]),
        ("eban", ["Y Blơ Êban"]),
        ("doai", ["Đinh Thị Đào", "Y Blơ Êban"]),
        ("nguoi 5", ["Lê Văn Cường", "Y Blơ Êban"]),  # members are found too
        ("không có ai", []),
    ],
)
def test_search_needs_no_marks(page, typed, found):
    edit = page.list.filters.text_edit
    edit.setFocus()
    for keys in telex(typed):
        press(edit, keys)
    assert edit.text() == typed
    page.list.filters._timer.timeout.emit()  # a moment after the last key
    assert heads(page) == found


def test_typing_waits_for_the_last_key(qtbot, page):
    edit = page.list.filters.text_edit
    asked: list[int] = []
    page.list.filters.text_changed.connect(lambda: asked.append(1))
    edit.setFocus()
    for keys in telex("Đinh"):
        press(edit, keys)
    assert not asked
    with qtbot.waitSignal(page.list.filters.text_changed, timeout=2000):
        pass
    assert len(asked) == 1
    assert heads(page) == ["Đinh Thị Đào"]


def test_enter_opens_the_only_hit_and_escape_comes_back_to_it(world, page):
    search(page, "đào")
    assert page.shows_household
    assert page.view.header.title.text() == "Đinh Thị Đào"
    hands.press(Key.Key_Escape)
    assert not page.shows_household
    assert page.list.table.current_uid() == world.homes[3]
    hands.enter()
    assert page.shows_household


def test_letters_typed_over_the_table_go_into_the_search(page):
    page.list.table.setFocus()
    for keys in telex("đào"):
        press(hands.focus(), keys)
    assert page.list.filters.text_edit.text() == "đào"
    hands.press(Key.Key_Down)
    assert page.list.table.hasFocus()


def test_chips_and_villages_narrow_the_list(world, page):
    filters = page.list.filters
    chip = filters.findChild(object, "class_poor")
    chip.click()
    assert heads(page) == ["Nguyễn Văn An", "Đinh Thị Đào", "Y Blơ Êban"]
    filters.findChild(object, "class_near_poor").click()
    assert len(heads(page)) == 5
    filters.village.setCurrentIndex(1)
    assert heads(page) == IN_ORDER[:3]
    chip.click()
    assert heads(page) == ["Trần Thị Bình", "Lê Văn Cường"]


def test_average_living_and_no_class_have_chips_of_their_own(world, page):
    from dataclasses import replace

    from giamngheo_desktop.services import classes

    home = world.homes[5]
    found = classes.of_household(world.database, home)[0]
    with_flag = replace(
        classes.ClassEntry(
            household=home,
            standard="2022",
            review_year=YEAR,
            household_class="not_poor",
            source="decision",
            valid_from=found["valid_from"],
        ),
        average_living=True,
    )
    classes.record(world.database, world.context, with_flag, commune=world.commune)
    page.mark_stale()
    states = {row.head: row.state for row in page.list.shown_rows()}
    assert states["Phạm Thị Giang"] == "average_living"
    page.list.filters.findChild(object, "class_average_living").click()
    assert heads(page) == ["Phạm Thị Giang"]
    page.list.set_filter({"classes": ["none"]})
    assert heads(page) == []


def test_headings_sort_in_sql(page):
    asked = page.list.table.heading
    asked.sort_pressed.emit(2)  # persons
    assert [row.persons for row in page.list.shown_rows()] == [1, 2, 3, 4, 5, 6]
    asked.sort_pressed.emit(2)
    assert [row.persons for row in page.list.shown_rows()] == [6, 5, 4, 3, 2, 1]


def test_the_day_of_the_list_can_be_another(world, page):
    events.move_out(world.database, world.context, household=world.homes[0], day=date(YEAR, 3, 1))
    page.mark_stale()
    assert "Nguyễn Văn An" not in heads(page)
    day = page.list.filters._day.input()
    day.setFocus()
    day.selectAll()
    hands.fill("28/2/2026")
    page.list.table.setFocus()
    assert "Nguyễn Văn An" in heads(page)
    day.setFocus()
    day.selectAll()
    hands.fill("31/2/2026")
    page.list.table.setFocus()
    assert page.list.filters.day == date(YEAR, 2, 28)  # what is no day changes nothing
    assert "không có ngày này" in page.list.filters._day.problem


def test_another_working_year_moves_the_day(page):
    page.show_year(YEAR - 1)
    assert page.list.filters.day == date(YEAR - 1, 12, 31)
    states = {row.head: row.state for row in page.list.shown_rows()}
    assert states["Trần Thị Bình"] == "poor"


def test_an_empty_table_gets_its_first_rows_before_all_of_them(world, page, monkeypatch):
    monkeypatch.setattr(household_list, "_FIRST", 2)
    counts = []
    page.list.table.rows.modelReset.connect(lambda: counts.append(len(page.list.shown_rows())))
    page.list.load()
    assert counts == [6]  # what is there stays until all are read
    page.list.table.set_rows([])
    counts.clear()
    page.list.load()
    assert counts == [2, 6]
    assert heads(page) == IN_ORDER


def test_names_behind_a_number_are_listed_alone(world, page):
    page.open([world.homes[1], world.homes[4], UUID(int=9)])
    assert heads(page) == ["Trần Thị Bình", "Y Blơ Êban"]
    said = page.list.findChild(QLabel, "behind_text")
    assert said.text().startswith("Hiện 2 trong 3 hộ")
    page.list.findChild(QPushButton, "show_all").click()
    assert len(heads(page)) == 6
    assert not said.isVisible()


def test_payloads_of_other_pages(world, page):
    page.open({"classes": ["poor"], "village": world.villages[1]})
    assert heads(page) == ["Đinh Thị Đào", "Y Blơ Êban"]
    page.open(
        HouseholdFilter(day=TODAY, standard="2022", text="cường", villages=(world.villages[0],))
    )
    assert heads(page) == ["Lê Văn Cường"]
    assert page.list.filters.text == "cường"
    page.open(world.homes[2])
    assert page.view.header.title.text() == "Lê Văn Cường"
    page.open({"new": True})
    assert page.view.is_new


def test_a_filter_given_before_the_first_look_counts(qtbot, world):
    page = HouseholdsPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.open({"villages": [world.villages[1]]})
    page.show()
    assert heads(page) == ["Đinh Thị Đào", "Y Blơ Êban"]
    assert page.list.filters.village.currentText() == "Thôn Đoài"


def test_the_list_follows_what_is_saved_elsewhere(world, page):
    done = events.death(
        world.database,
        world.context,
        household=world.homes[5],
        person=page_head(world, 5),
        day=TODAY,
    )
    world.desk.bus.data_changed.emit(done.changes)
    assert "Phạm Thị Giang" not in heads(page)
    assert page.list.filters.count.text() == "5 hộ, 20 khẩu"


def page_head(world, number):
    from giamngheo_desktop.services import households

    return households.get(world.database, world.homes[number], TODAY).head.uid


def test_the_new_household_stands_in_the_filtered_village(world, page):
    filters = page.list.filters
    filters.village.setCurrentIndex(3)
    page.list.new_button.click()
    assert page.view.sheet.info.fields["village"].value() == world.villages[2]


def test_an_empty_register_says_what_to_do(qtbot, tmp_path):
    world = make_world(tmp_path, homes=())
    page = shown(qtbot, world)
    text = page.list.table.findChild(QLabel, "empty_text")
    assert text.text().startswith("Sổ chưa có hộ nào")
    page.list.table.empty.findChild(QPushButton, "new").click()
    assert page.shows_household
    page.show_list()
    page.list.filters.findChild(object, "class_poor").click()
    assert "lọc" in text.text()
    page.list.table.empty.findChild(QPushButton, "show_all").click()
    assert not page.list.filters.is_set
    world.close()


def test_what_is_shown_is_copied_and_exported_as_it_stands(world, page, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    preferences.update(export_folder=str(out))
    page.list.set_filter({"classes": ["poor"]})
    table = page.list.table
    table.setColumnHidden(4, True)
    table.setFocus()
    table.selectAll()
    table.copy()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[:4] == ["Nguyễn Văn An", "Thôn Đông", "4", "Hộ nghèo"]
    page.list.export_button.click()
    path = page._export.bar.path
    assert path.parent == out
    assert path.name == f"DanhSachHo_{TODAY:%Y%m%d}.xlsx"
    sheet = openpyxl.load_workbook(path).active
    rows = list(sheet.values)
    assert rows[0][0] == "Danh sách hộ gia đình"
    assert "3 hộ, 13 khẩu" in rows[1][0]
    assert rows[3][:4] == ("STT", "Chủ hộ", "Thôn", "Nhân khẩu")
    assert "Ngày sinh chủ hộ" not in rows[3]
    assert rows[4][:5] == (1, "Nguyễn Văn An", "Thôn Đông", 4, "Hộ nghèo")
    page.list.export_button.click()  # beside the older file, never over it
    assert len(list(out.iterdir())) == 2


def test_a_list_whose_folder_cannot_be_made_is_written_elsewhere(page, said, monkeypatch, tmp_path):
    files.documents().mkdir(exist_ok=True)
    (files.documents() / "GiamNgheo").write_bytes(b"a file of that name")
    monkeypatch.setattr(files, "ask_save", lambda parent, title, path, kind: tmp_path / path.name)
    said.will_answer("elsewhere")
    page.list.export_button.click()
    assert said.texts[0].startswith("Không có thư mục")
    assert page._export.bar.path.parent == tmp_path


def test_a_list_is_written_without_formulas_and_always_alike():
    columns, rows = [ListColumn("Tên"), ListColumn("Ngày")], [["=1+1", date(2026, 1, 2)]]
    data = list_workbook("Danh sách", [], columns, rows)
    assert data == list_workbook("Danh sách", [], columns, rows)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    cell = sheet["B3"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert sheet["C3"].number_format == "dd/mm/yyyy"
    assert sheet.freeze_panes == "B3"


def test_the_columns_chosen_are_there_the_next_time(qtbot, world, page):
    table = page.list.table
    table.setColumnHidden(1, True)
    table.heading.moveSection(2, 0)
    page._layout.timeout.emit()
    again = shown(qtbot, world)
    assert again.list.table.isColumnHidden(1)
    assert again.list.table.heading.logicalIndex(0) == 2


def test_columns_are_taken_in_their_order_on_screen(page):
    table = page.list.table
    table.heading.moveSection(2, 0)
    columns, rows = block_of(table)
    assert columns[0].heading == "Nhân khẩu"
    assert rows[0][:2] == [4, "Nguyễn Văn An"]


def test_the_page_never_stops_anybody_from_leaving(world, page):
    page.open(world.homes[0])
    page.view.sheet.go_to(world.homes[0], "note")
    hands.write("dở dang")
    assert page.may_leave()
    page.show_list()
    assert page.list.drafts.isVisible()
    assert "Nguyễn Văn An" in page.list.drafts.findChild(QLabel, "draft_title").text()


def test_everything_fits_the_smallest_window(world, page):
    page.resize(864, 470)
    QApplication.processEvents()
    for name in ("new", "move_in", "export"):
        button = page.list.findChild(QPushButton, name)
        assert button.geometry().right() <= page.width()
        assert button.width() >= button.sizeHint().width()
    filters = page.list.filters
    for code in ("poor", "near_poor", "average_living", "not_poor", "none"):
        chip = filters.findChild(object, f"class_{code}")
        assert chip.width() >= chip.sizeHint().width()
        assert chip.geometry().right() <= filters.width()
    assert filters.count.geometry().right() <= filters.width()
