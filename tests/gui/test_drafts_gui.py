"""What is typed survives a crash: it is on disk a second later and offered again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from giamngheo_desktop.domain.indicators import Answer
from giamngheo_desktop.gui.forms.entry import Unparsed
from giamngheo_desktop.gui.household.household_view import DRAFT_DELAY
from giamngheo_desktop.gui.household.record import Typed, pack, unpack
from giamngheo_desktop.gui.household.sheet import MEMBERS_TAB
from giamngheo_desktop.gui.pages.households_page import HouseholdsPage
from giamngheo_desktop.services import drafts, households, register
from giamngheo_desktop.services.register import HouseholdFilter
from tests.gui import hands
from tests.gui.commune import YEAR
from tests.gui.hands import Key

TODAY = date(YEAR, 6, 30)


@pytest.fixture
def page(qtbot, world) -> HouseholdsPage:
    return shown(qtbot, world)


def shown(qtbot, world, year: int = YEAR) -> HouseholdsPage:
    page = HouseholdsPage(world.desk, year)
    qtbot.addWidget(page)
    page.resize(1100, 620)
    page.show()
    hands.turn_to(page)
    return page


def on_disk(world) -> list[drafts.Draft]:
    return list(drafts.find(world.database.path).drafts)


def type_much(page) -> None:
    """A new household with text that is no date, no number, and a tick."""
    hands.control(Key.Key_N)
    hands.fill("7", "", "dong")
    hands.write("Xóm Cồn")
    hands.alt(Key.Key_2)
    hands.fill("Đỗ Thị Hoà", "2", "31/2/1987")
    hands.alt(Key.Key_3)
    page.view.sheet.go_to(page.view.uid, "house_area")
    hands.write("32 m vuông")
    page.view.sheet.go_to(page.view.uid, "surveyed_on")
    hands.write("45/13/2026")
    row = page.view.sheet.review.cards[0].rows["water"]
    row.answer.setFocus()
    hands.write("1")


def crash(page) -> None:
    """The page is gone without a word to anybody."""
    page.view._typing.stop()
    page.hide()
    page.desk.bus.data_changed.disconnect(page._data_changed)


def test_everything_is_there_again_after_a_crash(qtbot, world, page):
    page.list.table.setFocus()
    type_much(page)
    page.view._typing.timeout.emit()  # a second after the last key
    typed = page.view.typed()
    uid = page.view.uid
    crash(page)

    again = shown(qtbot, world)
    assert again.list.drafts.isVisible()
    title = again.list.drafts.findChild(QLabel, "drafts_title")
    assert title.text() == "1 bản nháp chưa lưu"
    line = again.list.drafts.findChild(QLabel, "draft_title")
    assert line.text().startswith("Đỗ Thị Hoà, Thôn Đông")
    again.list.drafts.findChild(QPushButton, f"open_ho-{uid.hex}-{YEAR}").click()
    view = again.view
    assert view.uid == uid
    assert view.is_new
    assert plain(view.typed()) == plain(typed)
    grid = view.sheet.members.grid
    assert grid.rows[0].cells["birth"].input().text() == "31/2/1987"
    assert "không có ngày này" in grid.rows[0].cells["birth"].problem
    assert view.sheet.housing.fields["house_area"].input().text() == "32 m vuông"
    assert view.sheet.review.bottom.fields["surveyed_on"].input().text() == "45/13/2026"
    assert view.sheet.review.cards[0].rows["water"].value() == Answer(True)
    assert view.drafting.isVisible()

    view.sheet.go_to(uid, "house_area")
    hands.focus().selectAll()
    hands.write("32")
    view.sheet.go_to(uid, "surveyed_on")
    hands.focus().selectAll()
    hands.write("1/6/2026")
    view.sheet.members.focus_field(view.typed().rows[0]["uid"], "birth")
    hands.focus().selectAll()
    hands.write("1987")
    hands.control(Key.Key_S)
    assert on_disk(world) == []
    assert households.get(world.database, uid, TODAY).house_area == 320


def plain(typed: Typed) -> tuple[object, ...]:
    """What was typed, without the names of why a text is not understood."""

    def text(entry: object) -> object:
        return entry.text if isinstance(entry, Unparsed) else entry

    return (
        {code: text(entry) for code, entry in typed.values.items()},
        [{code: text(entry) for code, entry in row.items()} for row in typed.rows],
        typed.ticks,
    )


def test_leaving_a_field_writes_the_draft_at_once(world, page):
    page.open(world.homes[0])
    page.view.sheet.go_to(world.homes[0], "note")
    hands.write("ghi dở")
    assert on_disk(world) == []
    hands.enter()
    hands.press(Key.Key_Tab)
    (draft,) = on_disk(world)
    assert draft.record["note"] == "ghi dở"
    assert draft.title == f"Nguyễn Văn An, Thôn Đông, năm {YEAR}"


def test_a_second_after_the_last_key_it_is_on_disk(qtbot, world, page):
    page.open(world.homes[0])
    page.view.sheet.go_to(world.homes[0], "note")
    hands.write("ghi dở")
    assert page.view._typing.interval() == DRAFT_DELAY == 1000
    qtbot.waitUntil(lambda: bool(on_disk(world)), timeout=3000)


def test_a_draft_is_taken_up_when_its_household_is_opened(qtbot, world, page):
    uid = world.homes[0]
    page.open(uid)
    page.view.sheet.go_to(uid, "note")
    hands.write("ghi dở")
    page.view.sheet.go_to(uid, "address")
    crash(page)
    again = shown(qtbot, world)
    again.open(uid)
    assert again.view.typed().values["note"] == "ghi dở"
    assert again.view.is_dirty
    text = again.view.drafting.findChild(QLabel, "draft_note_text")
    assert text.text().startswith("Đã lấy lại những gì gõ dở lúc ")
    assert not again.view.drafting.findChild(QPushButton, "compare_draft").isVisible()


def test_a_draft_can_be_dropped_after_a_question(qtbot, world, page, said):
    uid = world.homes[0]
    page.open(uid)
    page.view.sheet.go_to(uid, "note")
    hands.write("ghi dở")
    page.view.sheet.go_to(uid, "address")
    crash(page)
    again = shown(qtbot, world)
    again.open(uid)
    drop = again.view.drafting.findChild(QPushButton, "drop_draft")
    said.will_answer("no", "yes")
    drop.click()
    assert again.view.is_dirty
    drop.click()
    assert not again.view.is_dirty
    assert again.view.typed().values["note"] is None
    assert on_disk(world) == []


def test_a_draft_of_the_list_can_be_dropped(world, page, said):
    page.open(world.homes[0])
    page.view.sheet.go_to(world.homes[0], "note")
    hands.write("ghi dở")
    hands.press(Key.Key_Escape)
    (draft,) = on_disk(world)
    said.will_answer("yes")
    page.list.drafts.findChild(QPushButton, f"discard_{draft.key}").click()
    assert on_disk(world) == []
    assert not page.list.drafts.isVisible()


def test_a_save_that_reached_the_file_leaves_nothing_to_offer(qtbot, world, page):
    """A crash between the commit and the removal of the draft."""
    uid = world.homes[0]
    page.open(uid)
    page.view.sheet.go_to(uid, "note")
    hands.write("đã lưu")
    page.view.sheet.go_to(uid, "address")
    crash(page)
    base = households.get(world.database, uid, TODAY)
    households.save(
        world.database, world.context, replace(base, note="đã lưu"), day=TODAY, base=base
    )
    again = shown(qtbot, world)
    again.open(uid)
    assert not again.view.is_dirty
    assert not again.view.drafting.isVisible()
    assert on_disk(world) == []


def test_a_household_changed_since_the_draft_is_shown_beside_it(qtbot, world, page):
    uid = world.homes[0]
    page.open(uid)
    page.view.sheet.go_to(uid, "note")
    hands.write("của tôi")
    page.view.sheet.go_to(uid, "address")
    crash(page)
    base = households.get(world.database, uid, TODAY)
    draft = replace(base, address="Xóm Mới", note="khác")
    households.save(world.database, world.context, draft, day=TODAY, base=base)
    again = shown(qtbot, world)
    again.open(uid)
    note = again.view.drafting.findChild(QLabel, "draft_note_text")
    assert "đã được sửa trong sổ" in note.text()
    again.view.drafting.findChild(QPushButton, "compare_draft").click()
    dialog = again.view.findChild(object, "stale_dialog")
    rows = dialog.table.rows
    shown_rows = {tuple(rows.row(at)[2:]) for at in range(rows.rowCount())}
    assert shown_rows == {("Địa chỉ", "Xóm Mới", "–"), ("Ghi chú", "khác", "của tôi")}
    dialog.findChild(QPushButton, "drop_typed").click()
    assert again.view.typed().values["note"] == "khác"
    assert on_disk(world) == []


def test_what_was_typed_about_a_household_that_is_gone_becomes_a_new_one(qtbot, world, page):
    hands_on = world.homes[0]
    page.open(hands_on)
    page.view.sheet.start(MEMBERS_TAB)
    hands.focus().selectAll()
    hands.fill("Nguyễn Văn Ân")
    crash(page)
    from giamngheo_desktop.domain.changes import Kind, Op
    from giamngheo_desktop.services.unit import write_unit

    with write_unit(world.database, world.context, Op.SAVE_HOUSEHOLD) as work:
        work.remove(Kind.HOUSEHOLD, hands_on)
    again = shown(qtbot, world)
    again.open(hands_on)
    assert again.view.is_new
    assert again.view.uid != hands_on
    assert again.view.typed().rows[0]["full_name"] == "Nguyễn Văn Ân"
    again.view.save()
    rows = register.households(world.database, HouseholdFilter(day=TODAY, standard="2022"))
    assert "Nguyễn Văn Ân" in [row.head for row in rows]
    assert on_disk(world) == []


def test_a_damaged_draft_is_set_aside_and_said(qtbot, world, page, said):
    page.open(world.homes[0])
    page.view.sheet.go_to(world.homes[0], "note")
    hands.write("ghi dở")
    page.view.sheet.go_to(world.homes[0], "address")
    (file,) = drafts.folder_of(world.database.path).glob("*.json")
    file.write_bytes(b"{ half")
    crash(page)
    again = shown(qtbot, world)
    assert said.shown[-1].more.count("•") == 1
    assert "bị hỏng" in said.shown[-1].more
    assert heads(again)


def heads(page) -> list[str]:
    return [row.head for row in page.list.shown_rows()]


def test_a_draft_keeps_every_kind_of_value():
    typed = Typed(
        values={"note": "ạ", "income": Unparsed("1,5 tỉ rưỡi", "not_number"), "causes": ()},
        rows=[{"full_name": "Y Blơ", "birth": Unparsed("30/2", "date_format"), "pension": ("a",)}],
        ticks={"2022": {"water": Answer(False, "lý do"), "toilet": None}},
    )
    assert plain(unpack(pack(typed))) == plain(typed)


def test_a_new_household_saved_just_before_the_crash_is_not_saved_twice(qtbot, world, page):
    page.list.table.setFocus()
    hands.control(Key.Key_N)
    hands.fill("7", "", "dong", "", "", "", "")
    hands.write("1")  # nghèo
    hands.alt(Key.Key_2)
    hands.fill("Đỗ Thị Hoà", "2", "1987")
    page.view._settle()
    uid = page.view.uid
    (file,) = drafts.folder_of(world.database.path).glob("*.json")
    kept = file.read_bytes()
    hands.control(Key.Key_S)
    crash(page)
    drafts.folder_of(world.database.path).mkdir(exist_ok=True)
    file.write_bytes(kept)  # the commit was made, the draft is still there

    again = shown(qtbot, world)
    again.list.drafts.findChild(QPushButton, f"open_ho-{uid.hex}-{YEAR}").click()
    assert not again.view.is_new
    assert again.view.uid == uid
    assert not again.view.is_dirty
    assert not again.view.drafting.isVisible()
    assert on_disk(world) == []


def test_a_draft_whose_new_member_reached_the_file_leaves_nothing(qtbot, world, page):
    uid = world.homes[0]
    page.open(uid)
    page.view.sheet.start(MEMBERS_TAB)
    page.view.sheet.members.grid._add_by_hand()
    hands.fill("Nguyễn Văn Út", "1", "2020", "con")
    page.view._settle()
    (file,) = drafts.folder_of(world.database.path).glob("*.json")
    kept = file.read_bytes()
    hands.control(Key.Key_S)
    assert households.get(world.database, uid, TODAY).size == 5
    crash(page)
    drafts.folder_of(world.database.path).mkdir(exist_ok=True)
    file.write_bytes(kept)
    again = shown(qtbot, world)
    again.open(uid)
    assert not again.view.is_dirty
    assert on_disk(world) == []
