"""Where the notice stands: over no button and not over what is typed, whatever the page shows."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.exchange.busy_line import BusyLine
from giamngheo_desktop.gui.exchange.difference_table import Kept
from giamngheo_desktop.gui.exchange.import_table import ImportTable
from giamngheo_desktop.gui.exchange.merge_view import MergeView
from giamngheo_desktop.gui.exchange.twins_view import TwinsView
from giamngheo_desktop.gui.grid.edit_grid import EditGrid
from giamngheo_desktop.gui.grid.sum_row import SumRow
from giamngheo_desktop.gui.main_window import MainWindow
from giamngheo_desktop.gui.notice_bar import keep_clear
from giamngheo_desktop.gui.pages.review_page import ReviewPage
from giamngheo_desktop.gui.parts import scrolled
from giamngheo_desktop.gui.pictures import settle
from giamngheo_desktop.gui.preview.written_bar import WrittenBar
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.table_view import TableView
from tests.gui import hands
from tests.gui.commune import YEAR, World
from tests.gui.piles import ten_forms
from tests.gui.review import begin, confirm

SAID = "Đã lưu phiếu của hộ Đinh Văn Y Rết, thôn Đông."


@pytest.fixture
def world(tmp_path) -> Iterator[World]:
    with ten_forms(tmp_path) as made:
        confirm(made, begin(made), made.villages[0])
        yield made


def window_of(qtbot, page: QWidget, size: tuple[int, int]) -> MainWindow:
    window = MainWindow()
    qtbot.addWidget(window)
    window.add_page("review", "Rà soát", "review", lambda: page)
    window.set_years([YEAR], YEAR)
    window.resize(*size)
    window.show()
    hands.turn_to(window)
    return window


def covered(window: MainWindow) -> list[str]:
    """The buttons in view of which the notice hides a part."""
    notice = window.notice
    place = QRect(notice.mapTo(window, QPoint()), notice.size())
    found = []
    for one in window.findChildren(QAbstractButton):
        seen = one.visibleRegion().boundingRect()
        seen.moveTopLeft(one.mapTo(window, seen.topLeft()))
        if one.isVisible() and not notice.isAncestorOf(one) and seen.intersects(place):
            found.append(one.objectName() or one.text())
    return found


@pytest.mark.parametrize(
    ("size", "percent", "dark"),
    [((1366, 768), 100, False), ((1366, 768), 100, True), ((1080, 540), 100, False),
     ((1080, 540), 150, True)],
)  # fmt: skip
def test_no_button_of_any_step_is_covered(qtbot, qapp, look, world, size, percent, dark):
    look.apply(qapp, percent=percent, dark=dark)
    page = ReviewPage(world.desk, YEAR)
    window = window_of(qtbot, page, size)
    page.open({"village": world.villages[0]})
    window.notify(SAID, undo=True)
    codes = [step.code for step in page.place.flow.steps]
    assert len(codes) > 8
    for code in codes:  # the notice goes on while the page changes below it
        page.show_step(code)
        page.panel.start()
        window.notify(SAID, undo=True)
        qtbot.waitUntil(lambda: covered(window) == [])
        assert window.notice.isVisible()
        assert window.notice.parentWidget().rect().contains(window.notice.geometry())
    page.show_applications()
    page.applications.open_new()
    qtbot.waitUntil(lambda: covered(window) == [])


class Foot(QWidget):
    """A field, and a foot of buttons that may come later."""

    def __init__(self) -> None:
        super().__init__()
        self.edit = QLineEdit()
        self.row = QHBoxLayout()
        box = QVBoxLayout(self)
        box.addStretch()
        box.addWidget(self.edit)
        box.addLayout(self.row)

    def add(self) -> None:
        for number in range(8):
            self.row.addWidget(QPushButton(f"Nút {number}"))


def test_it_makes_way_for_buttons_and_fields_that_come_later(qtbot):
    page = Foot()
    window = window_of(qtbot, page, (1100, 600))
    window.top_bar.search.setFocus()
    window.notify(SAID, undo=True)
    low = window.notice.geometry()
    assert low.bottom() >= window.notice.parentWidget().height() - 20
    page.add()
    qtbot.waitUntil(lambda: window.notice.y() < low.y())
    assert covered(window) == []
    page.edit.setFocus()
    edit = QRect(page.edit.mapTo(window.notice.parentWidget(), QPoint()), page.edit.size())
    qtbot.waitUntil(lambda: not window.notice.geometry().intersects(edit))
    above = window.notice.geometry()
    assert above.bottom() < edit.top()
    window.resize(1080, 540)
    qtbot.waitUntil(lambda: covered(window) == [])


def test_it_does_not_stand_over_what_is_read_just_after_the_act(qtbot):
    page = Foot()
    told = QLabel("Đã hủy ngày 20/12/2026: rách.")
    keep_clear(told)
    page.row.addWidget(told)
    window = window_of(qtbot, page, (1100, 600))
    window.notify(SAID, undo=True)
    place = QRect(told.mapTo(window.notice.parentWidget(), QPoint()), told.size())
    assert not window.notice.geometry().intersects(place)


def test_what_a_grid_adds_up_to_is_read_beside_it(qtbot):
    page = QWidget()
    grid = EditGrid((), "grid", "Các thôn")
    sums = SumRow()
    sums.stand_under(grid)
    box = QVBoxLayout(page)
    for part in (grid, sums, QPushButton("Lưu")):
        box.addWidget(part)
    window = window_of(qtbot, page, (1100, 600))
    window.notify(SAID, undo=True)
    place = QRect(sums.mapTo(window.notice.parentWidget(), QPoint()), sums.size())
    assert not window.notice.geometry().intersects(place)


@pytest.mark.parametrize("percent", [100, 150])
def test_the_last_line_of_a_list_is_read_above_it(qtbot, qapp, look, percent):
    look.apply(qapp, percent=percent)
    page = QWidget()
    table = TableView((Column(key="name", title="Tên"),), "long", "Danh sách")
    table.set_rows([(UUID(int=at), f"Hộ {at}") for at in range(1, 60)])
    QVBoxLayout(page).addWidget(table)
    window = window_of(qtbot, page, (1100, 600))
    table.setFocus()
    whole = table.viewport().height()
    window.notify(SAID, undo=True)
    QTest.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)

    def last() -> QRect:
        place = table.visualRect(table.rows.index(58, 0))
        return QRect(table.viewport().mapTo(window, place.topLeft()), place.size())

    notice = QRect(window.notice.mapTo(window, QPoint()), window.notice.size())
    assert last().bottom() < notice.top()
    assert table.currentIndex().row() == 58
    assert table.viewport().height() + 40 < whole
    window.notice.hide()
    assert table.viewport().height() == whole
    window.notify(SAID, undo=True)  # it was at its end already
    assert last().bottom() < notice.top()


def test_a_list_at_the_side_ends_above_it_too(qtbot):
    page = QWidget()
    places, split = QListWidget(), QSplitter()
    places.addItems([f"Dòng {at}" for at in range(60)])
    split.addWidget(places)
    split.addWidget(QWidget())
    QVBoxLayout(page).addWidget(split)
    window = window_of(qtbot, page, (1100, 600))
    whole = places.height()
    places.setCurrentRow(59)
    window.notify(SAID * 2, undo=True)
    chosen = places.visualItemRect(places.currentItem())
    place = QRect(places.viewport().mapTo(window, chosen.topLeft()), chosen.size())
    assert place.bottom() < window.notice.mapTo(window, QPoint()).y()
    window.notice.hide()
    assert places.height() == whole


@pytest.mark.parametrize("least", [200, 900])
def test_a_page_that_scrolls_ends_above_it_where_its_list_cannot(qtbot, least):
    """The list is as short as may be, or goes on below the end of the page."""
    inside, page = QWidget(), QWidget()
    table = TableView((Column(key="name", title="Tên"),), "long", "Danh sách")
    table.set_rows([(UUID(int=at), f"Hộ {at}") for at in range(1, 60)])
    table.setMinimumHeight(least)
    column = QVBoxLayout(inside)
    column.addSpacing(280)
    column.addWidget(table)
    area = scrolled(inside, "page")
    QVBoxLayout(page).addWidget(area)
    window = window_of(qtbot, page, (1100, 600))
    whole = area.height()
    for _ in range(2):
        window.notify(SAID, undo=True)
        assert (
            area.mapTo(window, QPoint()).y() + area.height()
            < window.notice.mapTo(window, QPoint()).y()
        )
        with qtbot.waitSignal(window.notice._look.timeout):
            pass
        assert area.height() < whole
    window.notice.hide()
    assert area.height() == whole


def test_a_page_that_ends_above_it_does_not_hold_it_up(qtbot):
    """What is pressed in that page can be scrolled to: no hole stays below the notice."""
    inside, page = QWidget(), QWidget()
    table = TableView((Column(key="name", title="Tên"),), "long", "Danh sách")
    table.set_rows([(UUID(int=at), f"Hộ {at}") for at in range(1, 60)])
    table.setMinimumHeight(320)
    column = QVBoxLayout(inside)
    for part in (table, QPushButton("Chọn tệp…"), QLabel("Cuối trang")):
        column.addWidget(part)
    column.addSpacing(200)
    QVBoxLayout(page).addWidget(scrolled(inside, "page"))
    window = window_of(qtbot, page, (1100, 470))
    window.notify(SAID, undo=True)
    for _ in range(2):
        place = window.notice.geometry()
        assert place.bottom() >= window.notice.parentWidget().height() - 20
        assert covered(window) == []
        with qtbot.waitSignal(window.notice._look.timeout):
            pass


def _of_import(_desk: Desk) -> tuple[QWidget, QLabel]:
    table = ImportTable()
    return table, table.note


def _of_merge(desk: Desk) -> tuple[QWidget, QLabel]:
    view = MergeView(desk, "merge", Kept("Sổ", "Gói", "Giữ", "Lấy"), "Gộp")
    return view, view.table.said


def _of_twins(_desk: Desk) -> tuple[QWidget, QLabel]:
    view = TwinsView()
    return view, view.said


@pytest.mark.parametrize("made", [_of_import, _of_merge, _of_twins])
def test_the_line_that_tells_a_difference_stays_in_sight(qtbot, world, made):
    view, said = made(world.desk)
    page = QWidget()
    box = QVBoxLayout(page)
    for part in (view, QPushButton("Nhận vào sổ")):
        box.addWidget(part)
    window = window_of(qtbot, page, (1366, 768))
    said.setText("Địa chỉ: máy này ghi “Xóm Đình”, gói ghi “Xóm Bãi”; đang giữ “Xóm Đình”")
    settle()
    window.notify(SAID, undo=True)
    place = QRect(said.mapTo(window.notice.parentWidget(), QPoint()), said.size())
    assert not window.notice.geometry().intersects(place)


def test_one_note_at_a_time(qtbot, tmp_path):
    page = QWidget()
    written = WrittenBar()
    box = QVBoxLayout(page)
    box.addStretch()
    box.addWidget(written)
    window = window_of(qtbot, page, (1100, 600))
    written.say(tmp_path / "BC1.xlsx")
    window.notify(SAID)
    assert window.notice.isVisible()
    assert not written.isVisible()
    written.say(tmp_path / "BC1.xlsx")
    qtbot.waitUntil(lambda: not window.notice.isVisible())
    assert written.isVisible()


def test_it_stands_where_the_page_that_shows_what_was_done_leaves_room(qtbot):
    """It is told before the page has put away that it was busy."""
    page = QWidget()
    busy = BusyLine("busy")
    box = QVBoxLayout(page)
    box.addStretch()
    box.addWidget(busy)
    window = window_of(qtbot, page, (1100, 600))
    busy.begin("Đang gộp gói.xlsx…")
    settle()
    window.notify(SAID, undo=True)
    assert covered(window) == []
    above = window.notice.y()
    busy.end()
    settle()
    assert window.notice.y() > above


def test_it_stays_where_it_is_while_it_is_in_nobodys_way(qtbot):
    page = Foot()
    page.add()
    window = window_of(qtbot, page, (1100, 600))
    window.notify(SAID, undo=True)
    place = window.notice.geometry()
    page.row.itemAt(0).widget().deleteLater()
    with qtbot.waitSignal(window.notice._look.timeout):
        pass
    assert window.notice.geometry() == place
