"""Báo cáo by keys alone: Tab comes to all in sight, Enter goes from a number to its names."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from giamngheo_desktop.gui.main_window import MainWindow
from giamngheo_desktop.gui.pages.reports_page import ReportsPage
from giamngheo_desktop.gui.preview import paper_work
from giamngheo_desktop.gui.preview.paper_preview import PaperPreview
from giamngheo_desktop.gui.preview.paper_work import Order
from giamngheo_desktop.gui.preview.pdf_view import FIT_WIDTH
from tests.gui import hands
from tests.gui.commune import YEAR, make_world
from tests.gui.hands import Key


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    made = make_world(tmp_path_factory.mktemp("keys"))
    yield made
    made.close()


@pytest.fixture
def page(qtbot, world):
    window = MainWindow()
    qtbot.addWidget(window)
    window.add_page("overview", "Tổng quan", "overview", QLineEdit)
    made = ReportsPage(world.desk, YEAR)
    window.add_page("reports", "Báo cáo", "reports", lambda: made)
    window.add_page("exchange", "Gửi – nhận", "exchange", QLineEdit)
    window.resize(1366, 768)
    window.show()
    hands.turn_to(window)
    window.show_page("reports")
    made.setFocus()
    made.around = window  # else nobody keeps it
    return made


def stops(page):
    """All in sight that take the keyboard by Tab."""
    return {
        part
        for part in page.findChildren(QWidget)
        if part.isVisible()
        and part.isEnabled()
        and part.focusPolicy() & Qt.FocusPolicy.TabFocus
        and part.focusProxy() is None
    }


def tabbed(page, key):
    """All the key comes to until it is back where it began; in their order."""
    first = hands.focus()
    seen = [first]
    hands.press(key)
    while hands.focus() is not first:
        seen.append(hands.focus())
        assert len(seen) < 80
        hands.press(key)
    return [part for part in seen if page.isAncestorOf(part)]


ROOMS = ("BC1", "ho_ngheo", "mau_27", "xac_nhan", "so_xac_nhan", "so_phat_hanh", "phieu_b")


@pytest.mark.parametrize("code", ROOMS)
def test_tab_comes_to_all_in_sight(page, code):
    page.open(code)
    page.list.setFocus()
    onwards = tabbed(page, Key.Key_Tab)
    assert set(onwards) == stops(page)
    back = tabbed(page, Key.Key_Backtab)
    assert back[1:] == onwards[:0:-1]


def test_tab_comes_to_all_of_a_list_left_for_a_household(page, world):
    page.open("ho_ngheo")
    room = page.room(page.list.room)
    room.sheet.household_pressed.emit(world.homes[1])
    page.list.setFocus()
    page.open("ho_ngheo")
    assert room.sheet.view.hasFocus()
    page.list.setFocus()
    assert set(tabbed(page, Key.Key_Tab)) == stops(page)


def go_to(page, key, row="Tổng cộng"):
    """With the arrows, from the first number, to one of the first table."""
    table = page.paper.doc.tables[0]
    page.view.setFocus()
    column = [leaf.key for leaf in table.leaves].index(key)
    while page.view.marked is None or page.view.marked.column != column:
        hands.press(Key.Key_Right)
    while table.row_name(table.rows[page.view.marked.row]) != row:
        hands.press(Key.Key_Down)


def test_enter_goes_from_a_number_to_its_names_and_esc_back(page):
    page.open("BC1")
    go_to(page, "poor_households")
    cell = page.view.marked
    hands.enter()
    assert page.names.list.hasFocus()
    assert page.names.list.currentIndex().row() == 0
    hands.press(Key.Key_Escape)
    assert page.view.hasFocus()
    assert page.view.marked == cell
    assert not page.names.isVisible()


def test_enter_on_a_typed_number_goes_to_where_it_is_typed(page):
    page.open("BC1")
    go_to(page, "households", "Thôn Đông")
    hands.enter()
    assert hands.at() == "open_settings"
    hands.press(Key.Key_Escape)
    assert page.view.hasFocus()


def to_rail():
    while not hands.at().startswith("rail_"):
        hands.press(Key.Key_Tab)
    return hands.at()


def test_the_rail_is_come_to_at_the_page_that_is_open(page):
    window = page.around
    assert to_rail() == "rail_reports"
    hands.press(Key.Key_Down)
    assert window.page_key() == "exchange"
    hands.control(Key.Key_2)
    page.list.setFocus()
    assert to_rail() == "rail_reports"
    hands.control(Key.Key_3)
    other = window.page("exchange")
    other.may_leave = lambda: False
    other.setFocus()
    assert to_rail() == "rail_exchange"
    hands.press(Key.Key_Up)
    assert window.page_key() == "exchange"
    other.setFocus()
    assert to_rail() == "rail_exchange"


SIZES = [(1.17, "117 %"), (1.0, "100 %"), (None, "Vừa chiều ngang")]


@pytest.mark.parametrize(("zoom", "ticked"), SIZES)
def test_the_menu_of_sizes_ticks_the_one_in_use(page, zoom, ticked):
    page.open("BC1")
    page.view.set_zoom(zoom or FIT_WIDTH)
    actions = [one for one in page._zoom.menu().actions() if not one.isSeparator()]
    assert [one.text() for one in actions if one.isChecked()] == [ticked]
    assert all(one.actionGroup().isExclusive() for one in actions)


def test_a_preview_that_is_stopped_says_so(page, world):
    made = paper_work.one(world.desk, "mau_01")

    def stopped(pulse):
        shown.findChild(QPushButton, "stop_paper").click()
        return made(pulse)

    order = Order(title="Hồ sơ", name=("ho_so",), job=stopped)
    shown = PaperPreview(world.desk, order, page)
    shown.begin()
    assert not shown.isVisible()
    assert page.around.notice.isVisible()
    said = [part.text() for part in page.around.notice.findChildren(QLabel)]
    assert "Đã dừng, chưa lập giấy nào." in said
