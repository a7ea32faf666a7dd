"""Danh sách on Báo cáo: lines lead to households, columns are chosen by keys and kept by name."""

from __future__ import annotations

import openpyxl
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from giamngheo_desktop.gui import undoing
from giamngheo_desktop.gui.pages.households_page import HouseholdsPage
from giamngheo_desktop.gui.pages.reports_page import ReportsPage
from giamngheo_desktop.gui.preview import list_work, paper_sheet
from giamngheo_desktop.gui.preview.lists_room import ListsRoom
from giamngheo_desktop.gui.preview.paper_preview import PaperPreview
from giamngheo_desktop.reports.asked import made
from giamngheo_desktop.reports.list_layouts import LAYOUTS, render_layout
from giamngheo_desktop.services import saved_lists, undo
from tests.gui import hands
from tests.gui.commune import YEAR
from tests.gui.hands import Key, Modifier


@pytest.fixture
def page(qtbot, world):
    shown = ReportsPage(world.desk, YEAR)
    qtbot.addWidget(shown)
    shown.resize(1100, 700)
    shown.show()
    shown.open("ho_ngheo")
    hands.turn_to(shown)
    return shown


@pytest.fixture
def room(page):
    return page.room(ListsRoom)


def text(room) -> str:
    pages = pypdfium2.PdfDocument(room.sheet.bundle.data)
    return " ".join(" ".join(p.get_textpage().get_text_bounded() for p in pages).split())


def said(room) -> str:
    return " ".join(part.text() for part in room.sheet.empty.findChildren(QLabel)).strip()


def headings(room) -> list[str]:
    (table,) = room.sheet.bundle.docs[0].tables
    return [leaf.key for leaf in table.leaves]


def tick(room, code) -> None:
    """By keys, from wherever the cursor is."""
    fields = room.panel.list
    codes = [fields.item(at).data(Qt.ItemDataRole.UserRole) for at in range(fields.count())]
    fields.setFocus()
    fields.setCurrentRow(codes.index(code))
    hands.press(Key.Key_Space)


def name_it(room, name: str) -> None:
    """Type into the dialog that came up, over what stands there."""
    hands.turn_to(room.dialog)
    hands.control(Key.Key_A)
    hands.write(name)
    hands.enter()


def told(world) -> str:
    """What the notice says of the last act."""
    return undoing.said(undo.next_step(world.database))


def undo_last(world) -> None:
    done = undo.undo(world.database, world.context, undo.next_step(world.database).group)
    world.desk.bus.data_changed.emit(done.changes)


def test_every_line_shows_its_paper_or_says_why_not(qtbot, page, room, world):
    definitions = world.desk.definitions
    codes = [entry.code for entry in ListsRoom.entries(world.desk)]
    free = [code for code, versions in definitions.name_lists.items() if not versions[-1].first_row]
    assert sorted(codes) == sorted([*free, *(f"mau_{code}" for code in LAYOUTS)])
    assert len(codes) == 15
    page.list.setFocus()
    for code in codes:
        page.open(code)
        assert page.list.hasFocus()  # the arrows go on in the list
        if code == "ra_soat":
            assert said(room).startswith(f"Năm {YEAR} chưa có kỳ rà soát")
            with qtbot.waitSignal(page.go_requested) as gone:
                room.sheet.empty.findChild(QPushButton, "review").click()
            assert gone.args == ["review", None]
            continue
        assert room.sheet.bundle is not None, (code, said(room))
        has_day = not code.startswith(("thoat", "mau_exit"))
        assert room.options.as_of.isVisible() == has_day, code
        assert room.columns_button.isVisible() == (code in free)
    assert room.sheet.word_button.isEnabled()  # 19 columns: a paper too
    for layout in ("27", "exit"):
        page.open(f"mau_{layout}")
        assert not room.sheet.word_button.isEnabled()
        workbook = room.sheet.bundle.workbook()
        assert workbook == render_layout(world.database, definitions, layout, year=YEAR)


def test_a_line_opens_its_household_and_the_way_leads_back(qtbot, page, room, world):
    asked = []
    page.go_requested.connect(lambda *where: asked.append(where))
    homes = room.sheet.bundle.homes
    an = next(place for place, home in homes.items() if home == world.homes[0])
    spot = room.sheet.view.place_of(an).center().toPoint()
    QTest.mouseClick(room.sheet.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert set(homes.values()) == {world.homes[at] for at in (0, 3, 4)}
    (where,) = asked
    assert where[0] == "households"
    households = HouseholdsPage(world.desk, YEAR)
    qtbot.addWidget(households)
    households.show()
    households.go_requested.connect(lambda *where: asked.append(where))
    households.open(where[1])
    assert households.view.dossier.household.uid == world.homes[0]
    households.view.go_back()
    assert asked[-1] == ("reports", "ho_ngheo")
    page.activateWindow()
    page.list.setFocus()
    page.open("ho_ngheo")
    assert room.sheet.view.hasFocus()  # at the line, not at the list at the left


def test_columns_are_ticked_moved_kept_renamed_and_taken_back(page, room, world, said):
    room.columns_button.click()
    assert hands.at() == "columns"
    own = headings(room)
    tick(room, "note")
    tick(room, "causes")
    hands.press(Key.Key_Up, modifier=Modifier.AltModifier)
    room.panel.tell()
    wanted = [code for code in own if code != "note"]
    wanted.insert(-1, "causes")
    assert headings(room) == wanted
    assert hands.at() == "columns"
    assert room.saved.currentText() == "Cột đang chọn, chưa lưu"
    room.panel.save.click()
    name_it(room, "Phát quà")
    hands.turn_to(page)
    assert text(room).count("Phát quà") == 1
    assert room.saved.currentText() == "Phát quà"
    assert told(world) == "Đã lưu danh sách: Phát quà."
    (kept,) = saved_lists.saved_lists(world.database)
    assert (kept.base, list(kept.columns)) == ("ho_ngheo", wanted[1:])
    room.panel.rename.click()
    name_it(room, "Phát quà Tết")
    hands.turn_to(page)
    assert [one.name for one in saved_lists.saved_lists(world.database)] == ["Phát quà Tết"]
    assert room.saved.currentText() == "Phát quà Tết"
    assert told(world) == "Đã đổi tên danh sách: Phát quà → Phát quà Tết."
    page.open("ho_can_ngheo")
    assert [room.saved.itemText(at) for at in range(room.saved.count())] == ["Cột của mẫu"]
    page.open("ho_ngheo")
    assert headings(room) == wanted
    asked = room.sheet._order.asked  # what Phát hành keeps is made again alike
    today = world.context.today()
    assert made(world.database, world.desk.definitions, asked, today=today) == (
        room.sheet.bundle.docs
    )
    room.panel.remove.click()
    assert saved_lists.saved_lists(world.database) == []
    assert told(world) == "Đã xóa danh sách: Phát quà Tết."
    assert headings(room) == own
    undo_last(world)
    assert room.saved.findData("Phát quà Tết") > 0


def test_a_column_less_leaves_the_headings_of_the_others(room):
    room.columns_button.click()
    (whole,) = room.sheet.bundle.docs[0].tables
    tick(room, "head_sex")
    room.panel.tell()
    (left,) = room.sheet.bundle.docs[0].tables
    assert [column.label for column in left.columns] == [
        column.label for column in whole.columns if column.key != "head_sex"
    ]
    assert any(column.columns for column in left.columns)


def test_a_tick_and_a_move_are_taken_back_and_an_unticked_column_says_why_it_stays(room):
    room.columns_button.click()
    fields, hint = room.panel.list, room.panel.findChild(QLabel, "columns_hint")
    before = fields.chosen()
    hands.press(Key.Key_Down, modifier=Modifier.AltModifier)
    moved = fields.chosen()
    assert moved == (before[1], before[0], *before[2:])
    hands.press(Key.Key_Space)
    hands.press(Key.Key_Down, modifier=Modifier.AltModifier)
    assert "bấm phím cách trước" in hint.text()
    hands.control(Key.Key_Z)
    assert fields.chosen() == moved
    assert "bấm phím cách trước" not in hint.text()
    hands.control(Key.Key_Z)
    assert fields.chosen() == before
    room.panel.tell()
    assert room.saved.currentText() == "Cột của mẫu"


def test_columns_nobody_saved_outlive_the_program(qtbot, page, room, world, said):
    room.columns_button.click()
    own = headings(room)
    tick(room, "note")
    room.panel.tell()
    chosen = headings(room)
    page.close()
    again = ReportsPage(world.desk, YEAR)
    qtbot.addWidget(again)
    again.show()
    again.open("ho_ngheo")
    hands.turn_to(again)
    room = again.room(ListsRoom)
    assert headings(room) == chosen != own
    assert room.saved.currentText() == "Cột đang chọn, chưa lưu"
    room.columns_button.click()
    assert room.draft.isVisible()
    said.will_answer("yes")
    room.draft.findChild(QPushButton, "drop_draft").click()
    assert headings(room) == own
    assert not room.draft.waits("cot-ho_ngheo")


def test_a_name_in_use_is_written_over_only_when_asked(page, room, world, said):
    room.columns_button.click()
    for name, code in (("Một", "note"), ("Hai", "persons")):
        tick(room, code)
        room.panel.save.click()
        name_it(room, name)
        hands.turn_to(page)
    tick(room, "code")
    room.panel.save.click()
    assert room.dialog.name.selectedText() == "Hai"  # typed over by the first key
    said.will_answer("no")
    name_it(room, "một")
    assert room.dialog.isVisible()
    said.will_answer("yes")
    hands.enter()
    kept = {one.name: one.columns for one in saved_lists.saved_lists(world.database)}
    assert set(kept) == {"một", "Hai"}
    assert "code" in kept["một"]


def test_a_village_a_day_and_a_page_for_each_village(room, world):
    assert "Thôn Đoài: 2 hộ" in text(room)
    assert room.sheet.issue_button.isEnabled()
    room.apart.click()
    assert room.sheet.issue_button.isVisible()  # it tells why it is off
    assert not room.sheet.issue_button.isEnabled()
    assert "Mỗi thôn một trang" in room.sheet.issue_button.toolTip()
    why = room.sheet.findChild(QLabel, "why_not_issued")
    assert "Mỗi thôn một trang" in why.text()
    assert why.isVisible()
    assert [table.title for table in room.sheet.bundle.docs[0].tables] == ["Thôn Đông", "Thôn Đoài"]
    assert room.sheet.view.pages == 2
    room.options.unit.setCurrentIndex(2)
    assert set(room.sheet.bundle.homes.values()) == {world.homes[3], world.homes[4]}
    room.options.unit.setCurrentIndex(3)
    assert "Không có hộ nào." in text(room)
    room.options.as_of.edit.setText(f"01/02/{YEAR}")
    room.options.as_of.edit.editingFinished.emit()
    assert f"01/02/{YEAR}" in text(room)


def test_what_was_stopped_is_said_and_not_shown(page, room, monkeypatch):
    def stopped(*_):
        room.sheet.stop_button.click()
        return whole

    whole = list_work.drawn(room.sheet.bundle.docs, paper_sheet.Pulse(paper_sheet.Event(), print))
    monkeypatch.setattr(list_work, "drawn", stopped)
    page.mark_stale()
    assert said(room) == "Đã dừng, chưa lập giấy nào."
    assert room.sheet.bundle is None
    assert not room.sheet.print_button.isEnabled()


def test_what_is_filtered_among_the_households_is_printed(qtbot, world):
    page = HouseholdsPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.show()
    page.open({"classes": ["poor"]})
    asked = []
    page.go_requested.connect(lambda *where: asked.append(where))
    page.list.print_button.click()
    (shown,) = page.window().findChildren(PaperPreview)
    said = text(shown)
    assert "DANH SÁCH HỘ GIA ĐÌNH" in said
    assert "Danh sách đang lọc, không phải toàn bộ sổ." in said
    (table,) = shown.sheet.bundle.docs[0].tables
    homes = {row.household: table.row_name(row) for row in table.rows}
    assert set(homes) == {world.homes[at] for at in (0, 3, 4)}
    assert all(name in said for name in homes.values())
    spot = next(iter(shown.sheet.bundle.homes))
    shown.sheet.view.cell_pressed.emit(spot)
    assert asked == [("households", table.rows[0].household)]
    assert not shown.isVisible()


@pytest.mark.parametrize(
    ("code", "begun"), [("mau_exit", "BangThoatNgheo"), ("mau_detail", "BangChiTiet")]
)
def test_the_file_of_a_layout_is_called_in_vietnamese(page, room, code, begun):
    wrote = []
    room.sheet.exporter.written.connect(wrote.append)
    page.open(code)
    room.sheet.excel_button.click()
    (path,) = wrote
    assert path.name.startswith(f"{begun}_{YEAR}_")
    assert path.is_file()


def test_a_page_for_each_village_is_a_sheet_of_its_name(room):
    wrote = []
    room.sheet.exporter.written.connect(wrote.append)
    room.apart.click()
    room.sheet.excel_button.click()
    (path,) = wrote
    assert openpyxl.load_workbook(path).sheetnames == ["Thôn Đông", "Thôn Đoài"]
