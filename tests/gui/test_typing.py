"""What Vietnamese input methods send arrives whole in every text field of the real pages."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from giamngheo_desktop.domain.form import FieldKind
from giamngheo_desktop.domain.vietnamese import nfc
from giamngheo_desktop.gui.forms.pick_edit import ListEdit
from giamngheo_desktop.gui.household.sheet import HOUSING, INFO, MEMBERS_TAB, REVIEW
from giamngheo_desktop.gui.pages.households_page import HouseholdsPage
from giamngheo_desktop.services import households
from tests.gui import hands
from tests.gui.commune import YEAR
from tests.gui.hands import Key
from tests.harness.unikey import BACK, NAMES, press, telex, vni

TODAY = date(YEAR, 6, 30)
ALPHABET = "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
LONG = "Nguyễn Hoàng Bảo Ngọc Phương Thảo Trường Giang Thượng Uyên Nghiêm Khuê Ưởng Hờ Bia Niê"


@pytest.fixture
def page(qtbot, world) -> HouseholdsPage:
    page = HouseholdsPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.resize(1100, 620)
    page.show()
    hands.turn_to(page)
    page.open(world.homes[0])
    return page


def edits(page) -> dict[str, QLineEdit]:
    """Every line that is shown on some tab of the household, by its name."""
    found: dict[str, QLineEdit] = {}
    for tab in (INFO, MEMBERS_TAB, HOUSING, REVIEW):
        page.view.sheet.setCurrentIndex(tab)
        for edit in page.view.sheet.currentWidget().findChildren(QLineEdit):
            if edit.isVisible() and not edit.isReadOnly():
                found[f"{tab}.{edit.objectName()}"] = edit
    return found


def type_into(page, name: str, edit: QLineEdit, keys: list[str]) -> None:
    page.view.sheet.setCurrentIndex(int(name.split(".")[0]))
    edit.setFocus()
    edit.clear()
    for key in keys:
        press(edit, key)


def test_the_classic_sequences_arrive_whole_everywhere_also_while_a_list_is_open(page):
    found = edits(page)
    assert len(found) > 45
    for name, edit in found.items():
        type_into(page, name, edit, [])
        for keys in ("d", BACK, "đ", " ", "ho", "a", BACK * 2, "òa"):
            press(edit, keys)
            if isinstance(edit, ListEdit):
                edit._timer.timeout.emit()  # the list opens below while typing goes on
        assert edit.text() == "đ hòa", name


@pytest.mark.parametrize("method", [telex, vni])
def test_fifty_names_arrive_whole_in_the_name_of_a_member(page, method):
    edit = edits(page)["1.members.0.full_name"]
    for name in NAMES:
        type_into(page, "1.", edit, list(method(name)))
        assert edit.text() == name


def test_every_letter_and_a_long_name_are_saved_as_typed(world, page):
    text = f"{ALPHABET} {ALPHABET.upper()}"
    page.view.sheet.go_to(world.homes[0], "note")
    hands.write(text)
    page.view.sheet.start(MEMBERS_TAB)
    hands.focus().selectAll()
    hands.fill(LONG)
    hands.control(Key.Key_S)
    home = households.get(world.database, world.homes[0], TODAY)
    assert (home.note, home.head.full_name) == (text, LONG)
    assert page.view.header.title.toolTip() == LONG


def test_pasted_decomposed_letters_are_saved_composed(world, page):
    name = unicodedata.normalize("NFD", "Đỗ Thị Thuý Hằng")
    QGuiApplication.clipboard().setText(name)
    page.view.sheet.start(MEMBERS_TAB)
    hands.focus().selectAll()
    hands.control(Key.Key_V)
    hands.enter()
    hands.control(Key.Key_S)
    saved = households.get(world.database, world.homes[0], TODAY).head.full_name
    assert saved == nfc(name) != name
    page.view.sheet.go_to(world.homes[0], "address")
    hands.focus().selectAll()
    hands.control(Key.Key_V)
    hands.control(Key.Key_S)
    address = households.get(world.database, world.homes[0], TODAY).address
    assert address == nfc(name)


def test_a_block_from_excel_is_shown_before_it_is_taken(world, page, said):
    """Into a household that the register does not know yet: there is nothing to compare with."""
    block = "Lê Văn Tý\t1\t1990\tCon\nLê Thị Sửu\tNữ\t3/2015\tcháu"
    QGuiApplication.clipboard().setText(block)
    page.new_household()
    page.view.sheet.info.fields["village"].set_value(world.villages[0])
    members = page.view.sheet.members
    page.view.sheet.start(MEMBERS_TAB)
    hands.fill("Lê Văn Chủ")
    members.grid.set_cell(members.grid.rows[0], "ethnicity", "01")
    before = len(members.members())
    members.grid._add_by_hand()
    said.will_answer("no", "yes")
    hands.control(Key.Key_V)
    assert said.texts == ["Dán 2 dòng vào danh sách thành viên, từ dòng 2?"]
    assert "Họ và tên: Lê Văn Tý; Giới tính: 1; Ngày sinh: 1990" in said.shown[0].more
    assert len(members.members()) == before
    hands.control(Key.Key_V)
    new = members.members()[before:]
    assert [(m["full_name"], m["sex"], m["relation"]) for m in new] == [
        ("Lê Văn Tý", "male", "child"),
        ("Lê Thị Sửu", "female", "grandchild"),
    ]
    assert {m["ethnicity"] for m in new} == {"01"}
    uid = page.view.uid
    hands.control(Key.Key_S)
    assert households.get(world.database, uid, TODAY).size == before + 2


IMPOSSIBLE = {
    "31/02/1987": "Tháng ấy không có ngày này: kiểm tra lại ngày.",
    "5/13/1987": "Tháng phải từ 1 đến 12",
    "5/3/87": "Gõ năm đủ bốn chữ số",
    "hôm qua": "Gõ ngày/tháng/năm",
}


def test_impossible_dates_give_a_sentence(page):
    grid = page.view.sheet.members.grid
    page.view.sheet.setCurrentIndex(MEMBERS_TAB)
    for number, (typed, sentence) in enumerate(IMPOSSIBLE.items()):
        cell = grid.rows[number].cells["birth"]
        type_into(page, "1.", cell.input(), [typed])
        hands.enter()
        assert sentence in cell.problem
        assert cell.input().text() == typed


def test_letters_in_number_fields_stay_with_a_sentence(page):
    numbers = (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY)
    forms = (page.view.sheet.info, page.view.sheet.housing, page.view.sheet.review.top)
    checked = 0
    for form in forms:
        for code, widget in form.fields.items():
            if widget.field.kind in numbers:
                page.view.sheet.go_to(page.view.uid, code)
                hands.focus().selectAll()
                hands.write("12 con gà")
                hands.enter()
                assert widget.problem, code
                assert widget.input().text() == "12 con gà"
                checked += 1
    assert checked >= 5


def test_live_search_never_touches_what_is_typed(page):
    page.show_list()
    edit = page.list.filters.text_edit
    edit.setFocus()
    for name in NAMES[:10]:
        edit.clear()
        for keys in telex(name):
            press(edit, keys)
            page.list.filters._timer.timeout.emit()
        assert edit.text() == name
    QTest.keyClick(edit, Key.Key_Escape)
    assert edit.text() == ""
