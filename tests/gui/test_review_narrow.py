"""Rà soát in the smallest window with the largest letters: the room goes to what is worked on."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QScrollArea, QTableView, QWidget

from giamngheo_desktop.gui.main_window import MainWindow
from giamngheo_desktop.gui.pages.households_page import HouseholdsPage
from giamngheo_desktop.gui.pages.review_page import ReviewPage
from giamngheo_desktop.gui.pictures import settle
from giamngheo_desktop.gui.review.case_view import CaseView
from giamngheo_desktop.gui.review.panel import Panel
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.table_view import TableView
from tests.gui.cases import begin as begin_cases
from tests.gui.cases import fill_home
from tests.gui.commune import YEAR, World, make_world
from tests.gui.review import autumn, begin

PAGE = (940, 487)  # what the smallest window leaves beside a narrow rail
STEPS = (
    "prepare", "list", "collect", "classify", "meet", "post", "recheck", "summarise",
    "recognise", "certify", "report", "close",
)  # fmt: skip


@pytest.fixture
def world(tmp_path) -> Iterator[World]:
    with autumn(tmp_path) as made:
        yield made


def scroll_bars(area: QWidget) -> list[str]:
    """The bars that stand beside one another: the panel's own and those of its tables."""
    areas = [area, *area.findChildren(QTableView)]
    return [
        part.objectName()
        for part in areas
        if part.isVisible() and part.verticalScrollBar().isVisible()
    ]


@pytest.mark.parametrize("width", [608, 864, 893])
def test_the_decisions_show_all_their_lines_however_their_heading_breaks(qtbot, world, width):
    page = ReviewPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.setMinimumSize(1, 1)
    page.resize(1300, 560)
    page.show()
    page.open({"review": begin(world), "village": None, "step": "recognise"})
    settle()
    page.resize(width, 560)
    settle()
    assert page.panel.table.rows.rowCount() == 2
    assert not page.panel.table.verticalScrollBar().isVisible()


@pytest.mark.parametrize("step", STEPS)
def test_no_step_is_wider_than_the_smallest_window_nor_scrolls_twice(
    qtbot, qapp, look, world, step
):
    look.apply(qapp, percent=150)
    page = ReviewPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.setMinimumSize(1, 1)
    page.resize(*PAGE)
    page.show()
    page.open({"review": begin(world), "village": world.villages[0], "step": step})
    settle()
    assert page.place is not None
    assert page.place.step == step
    assert page.minimumSizeHint().width() <= PAGE[0]
    area = page.panel.findChild(QScrollArea, "panel_scroll")
    assert area.widget().width() <= area.viewport().width()
    assert len(scroll_bars(area)) <= 1


def test_the_questions_of_a_form_have_at_least_half_the_height(qtbot, qapp, look, tmp_path):
    look.apply(qapp, percent=150)
    world = make_world(tmp_path)
    fill_home(world, world.homes[0])
    view = CaseView(world.desk)
    qtbot.addWidget(view)
    view.resize(*PAGE)
    view.show()
    view.open(begin_cases(world, "2027")[0])
    settle()
    assert 2 * view.form.height() >= view.height()
    result = next(iter(view.panel.results.values()))
    reason = result.findChild(QLabel, result.reason.objectName())
    assert result.chip.isVisible()
    assert not reason.isVisible()
    view.panel.more.click()
    settle()
    assert reason.isVisible()
    look.apply(qapp, percent=100)
    view.resize(1200, 700)
    settle()
    assert reason.isVisible()
    assert not view.panel.more.isVisible()
    view.panel.more.setChecked(False)
    assert reason.isVisible()  # beside the form all of it has room
    world.close()


@pytest.mark.parametrize("breaks", [False, True])
def test_only_the_panel_scrolls_and_follows_the_cursor(qtbot, world, breaks):
    class Lines(Panel):
        def refresh(self, *, moved: bool) -> None:
            pass

    panel = Lines(world.desk)
    qtbot.addWidget(panel)
    columns = [Column(key="name", title="Tên", width=200)]
    table = TableView(columns, "lines", "Các dòng")
    panel.add_table(table)
    under = QLabel("dưới bảng")
    under.setFixedHeight(200)
    under.setWordWrap(breaks)
    panel.box.addWidget(under)
    panel.show()
    table.set_rows([(UUID(int=at), f"Hộ {at}") for at in range(1, 31)])
    settle()
    area = panel.findChild(QScrollArea, "panel_scroll")
    panel.resize(400, 1600)
    settle()
    assert scroll_bars(area) == []
    panel.resize(400, 260)
    settle()
    assert scroll_bars(area) == ["panel_scroll"]
    area.verticalScrollBar().setValue(0)
    table.setFocus()
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_End)
    line = table.visualRect(table.currentIndex())
    bottom = table.viewport().mapTo(area.viewport(), line.bottomLeft()).y()
    assert 0 < bottom <= area.viewport().height()
    for height in range(280, 900, 20):
        panel.resize(400, height)
        settle()
        assert len(scroll_bars(area)) <= 1, height
    panel.resize(400, 1600)
    settle()
    assert scroll_bars(area) == []


def test_the_rail_leaves_the_room_to_the_page_where_letters_are_large(qtbot, qapp, look):
    window = MainWindow()
    qtbot.addWidget(window)
    for key in ("review", "support"):
        window.add_page(key, {"review": "Rà soát", "support": "Hỗ trợ & phân công"}[key], key,
                        QWidget)  # fmt: skip
    window.resize(1093, 545)
    window.show()
    wide = window.rail.width()
    look.apply(qapp, percent=150)
    settle()
    assert window.rail.width() < wide
    assert window.rail.buttons["support"].text() == "Hỗ trợ & phân công"
    window.resize(1366, 700)
    settle()
    assert window.rail.width() > wide
    look.apply(qapp, percent=100)
    settle()
    assert window.rail.width() == wide


def test_the_tabs_of_a_household_are_all_seen(qtbot, qapp, look, world):
    page = HouseholdsPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.resize(1300, 700)
    page.show()
    page.open(world.homes[0])
    sheet = page.view.sheet
    whole = [sheet.tabText(tab) for tab in range(sheet.count())]
    assert whole[-1] == "Lịch sử thay đổi"
    look.apply(qapp, percent=150)
    page.setMinimumSize(1, 1)
    page.resize(*PAGE)
    settle()
    assert sheet.tabBar().sizeHint().width() <= sheet.width()
    page.resize(PAGE[0] - 120, PAGE[1])  # a wider rail
    settle()
    assert sheet.tabText(sheet.count() - 1) == "Lịch sử"
    assert sheet.tabBar().sizeHint().width() <= sheet.width()
    look.apply(qapp, percent=100)
    page.resize(1300, 700)
    settle()
    assert [sheet.tabText(tab) for tab in range(sheet.count())] == whole
