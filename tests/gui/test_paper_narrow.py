"""Báo cáo and the lists of papers in Cài đặt where there is little room: all is said, none cut."""

from __future__ import annotations

from contextlib import closing

import openpyxl
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from giamngheo_desktop.exports.table_example import example_workbook
from giamngheo_desktop.gui.issuing.issued_room import IssuedRoom
from giamngheo_desktop.gui.pages.reports_page import ReportsPage
from giamngheo_desktop.gui.pictures import settle
from giamngheo_desktop.gui.preview.written_bar import WrittenBar
from giamngheo_desktop.gui.settings.own_tables_section import OwnTablesSection
from giamngheo_desktop.gui.settings.templates_section import TemplatesSection
from giamngheo_desktop.gui.table.empty_state import EmptyState
from giamngheo_desktop.reports import table_check
from tests.gui.commune import YEAR, make_world
from tests.harness.own_tables import workbook

SMALL = (925, 481)  # what 1080×540 leaves for a page at 150 %
NARROW = (881, 487)  # 1093×545 leaves, at 100 %
USUAL = (1117, 718)  # and 1366×768 at 100 %


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    made = make_world(tmp_path_factory.mktemp("narrow"))
    yield made
    made.close()


@pytest.fixture
def large(qapp, look):
    look.apply(qapp, percent=150)


def shown(qtbot, page, size):
    qtbot.addWidget(page)
    page.setMinimumSize(1, 1)
    page.resize(*size)
    page.show()
    return page


def places(page, *names):
    """Where parts stand on the page."""
    found = [next(p for p in page.findChildren(QWidget, n) if p.isVisible()) for n in names]
    return [QRect(part.mapTo(page, part.rect().topLeft()), part.size()) for part in found]


def test_acts_zoom_and_number_of_the_page_stand_on_one_line(qtbot, large, world):
    page = shown(qtbot, ReportsPage(world.desk, YEAR), SMALL)
    line = places(page, "page_count", "zoom_in", "print", "issue")
    assert len({place.center().y() // 4 for place in line}) == 1
    assert all(page.rect().contains(place) for place in line)
    page.open("ho_ngheo")
    settle()
    line = places(page, "print_paper", "issue_paper", "page_count", "zoom_in")
    assert max(p.center().y() for p in line) - min(p.center().y() for p in line) < 4
    assert all(page.rect().contains(place) for place in line)
    view = page.room(page.list.room).sheet.view
    assert view.height() * 2 > page.height()


def test_the_choices_above_a_paper_stay_in_reach(qtbot, world):
    """The names of a number, its steps and the columns of a list stand below them."""
    page = shown(qtbot, ReportsPage(world.desk, YEAR), NARROW)
    page.list.setCurrentRow(page.list.row_of("BC1"))
    measure = "poor_households"
    column = [leaf.key for leaf in page.paper.doc.tables[0].leaves].index(measure)
    cell = next(one for one in page.view._cells if one.column == column)
    page.view._set_current(page.view._cells.index(cell))
    page.view.cell_pressed.emit(cell)
    settle()
    foot = page.options.mapTo(page, page.options.rect().bottomLeft()).y()
    assert page.names.y() > foot
    page.names.show_bridge()
    settle()
    assert page.names.y() > foot
    steps = page.names.bridge.steps
    assert steps.height() >= 3 * steps.sizeHintForRow(1)
    page.open("ho_ngheo")
    settle()
    assert not page._head.isVisible()  # it would be an empty band
    room = page.room(page.list.room)
    room.columns_button.click()
    settle()
    panel = QRect(room.panel.mapTo(page, QPoint()), room.panel.size())
    names = ("choose_columns", "as_of", "issue_paper", "zoom_in", "saved_lists")
    acts = [part for one in names for part in room.findChildren(QWidget, one)]
    assert len(acts) >= len(names)
    for act in acts:
        assert not panel.intersects(QRect(act.mapTo(page, QPoint()), act.size())), act
    assert room.panel.list.height() >= 5 * room.panel.list.sizeHintForRow(0)


def test_the_name_of_a_file_keeps_its_ending(qtbot, tmp_path):
    bar = WrittenBar()
    qtbot.addWidget(bar)
    path = tmp_path / f"HoNgheo_2025_{'XaSonTay' * 8}.xlsx"
    bar.resize(560, 60)
    bar.show()
    bar.say(path)
    settle()
    told = bar.findChild(QLabel, "written_text")
    assert "….xlsx" not in told.text()
    assert ".xlsx" in told.text()
    assert told.text().startswith("Đã ghi HoNgheo")
    words = told.text().split()
    assert max(map(told.fontMetrics().horizontalAdvance, words)) <= told.width()
    assert path.name in told.toolTip()
    assert bar.minimumSizeHint().width() <= 560


def test_what_was_written_stands_above_its_buttons_where_it_is_narrow(qtbot, tmp_path):
    bar = WrittenBar()
    qtbot.addWidget(bar)
    told, close = bar.findChild(QLabel, "written_text"), bar.findChild(QPushButton, "close_written")
    bar.say(tmp_path / "DanhSachHoNgheoHoCanNgheo27Cot_2026.xlsx")
    bar.show()
    places = []
    for width in (560, 1100):
        bar.resize(width, bar.heightForWidth(width))
        settle()
        assert "DanhSachHoNgheoHoCanNgheo27Cot_2026.xlsx" in told.text()
        places.append((told.geometry().bottom(), close.mapTo(bar, QPoint()).y()))
    assert places[0][0] < places[0][1]
    assert places[1][0] > places[1][1]


@pytest.mark.parametrize("percent", [100, 150])
def test_the_page_is_told_wherever_it_fits(qtbot, qapp, look, world, percent):
    look.apply(qapp, percent=percent)
    page = shown(qtbot, ReportsPage(world.desk, YEAR), SMALL)
    page.load()
    settle()
    count = page.findChild(QLabel, "page_count")
    assert count.isVisible()
    assert count.text() == "Trang 1/1"
    assert page.width() == SMALL[0]
    page._zoom.fit(page._zoom.width() - 1)
    assert count.text() == "1/1"
    page._zoom.fit(10)
    assert not count.isVisible()


def test_small_icons_grow_with_the_letters(qtbot, qapp, look, world):
    page = shown(qtbot, ReportsPage(world.desk, YEAR), USUAL)
    icon = page.findChild(QToolButton, "find_in_paper")
    usual = icon.iconSize().width()
    look.apply(qapp, percent=150)
    assert icon.iconSize().width() == usual * 3 // 2


def cut(table):
    """Texts that have more lines than their row has room for, and headings broken in letters."""
    found = []
    metrics = QFontMetrics(table.font())
    for at in range(table.rows.columnCount()):
        if table.isColumnHidden(at):
            continue
        if table.columnWidth(at) < table.heading.least_width(at) - 14:  # room of the arrow
            found.append(table.rows.columns[at].title)
        for row in range(table.rows.rowCount()):
            text = table.rows.text(row, at)
            room = QRect(0, 0, table.columnWidth(at) - 18, 9999)
            need = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), text)
            if need.height() > table.rowHeight(row):
                found.append(text)
    return found


@pytest.mark.parametrize("percent", [100, 150])
def test_the_papers_are_named_whole(qtbot, qapp, look, world, percent):
    look.apply(qapp, percent=percent)
    section = shown(
        qtbot, TemplatesSection(world.desk), (835, 640) if percent == 100 else (885, 440)
    )
    section.load()
    assert section.list.rows.rowCount() > 10
    assert not section.list.isColumnHidden(2)
    assert section.list.heading.height() < 3 * section.fontMetrics().height()
    assert cut(section.list) == []


@pytest.mark.parametrize("percent", [100, 150])
def test_no_table_yet_is_one_whole_sentence(qtbot, qapp, look, world, percent):
    look.apply(qapp, percent=percent)
    section = shown(
        qtbot, OwnTablesSection(world.desk), (835, 640) if percent == 100 else (885, 440)
    )
    section.load()
    empty = section.list.findChild(EmptyState)
    text = empty.findChild(QLabel, "empty_text")
    assert text.height() >= text.heightForWidth(text.width())
    assert empty.rect().contains(text.geometry())
    assert not empty._picture.isVisible()
    assert section.bindings.empty._picture.isVisible()  # where there is room


def test_an_empty_book_says_its_whole_sentence(qtbot, large, world):
    page = shown(qtbot, ReportsPage(world.desk, YEAR), SMALL)
    page.open("so_phat_hanh")
    settle()
    empty = page.room(IssuedRoom).book.table.empty
    text = empty.findChild(QLabel, "empty_text")
    assert "giữ lại đúng bản đã ký" in text.text()
    assert text.height() >= text.heightForWidth(text.width())
    assert all(empty.rect().contains(one.geometry()) for one in empty.findChildren(QPushButton))


def test_after_a_table_is_taken_the_keyboard_is_in_sight(qtbot, large, tmp_path):
    path = tmp_path / "Biểu huyện.xlsx"
    workbook(path)
    with closing(make_world(tmp_path)) as own:
        section = shown(qtbot, OwnTablesSection(own.desk), (885, 440))
        section.activateWindow()
        section.load()
        section.check_file(path)
        settle()
        heading, advice = section.bindings.heading, section.advice
        assert advice.text()
        view = section._scroll.viewport()
        for part in (heading, advice):
            place = QRect(part.mapTo(view, part.rect().topLeft()), part.size())
            assert view.rect().contains(place), (part, place, view.rect())
        section.take.click()
        settle()
        assert section.list.hasFocus()
        place = QRect(section.list.mapTo(view, QPoint()), section.list.size())
        assert view.rect().contains(place)


def test_what_is_wrong_in_a_table_is_read_whole(qtbot, world, tmp_path):
    path = tmp_path / "Biểu tỉnh.xlsx"
    tables = table_check.tables_of(world.database, world.desk.definitions, YEAR)
    path.write_bytes(example_workbook(tables["BC1"]))
    section = shown(qtbot, OwnTablesSection(world.desk), (835, 640))
    section.load()
    section.check_file(path)
    bindings = section.bindings
    assert bindings.isColumnHidden(2)  # nothing is wrong: the others share its width
    assert cut(bindings) == []
    assert bindings.heading.length() <= bindings.viewport().width()
    book = openpyxl.load_workbook(path)
    cell = next(c for row in book.active for c in row if c.value == "{{BC1.3}}")
    cell.value = "{{BC1.33}}"
    book.save(path)
    section.check_file(path)
    assert "BC1.33" in bindings.rows.text(0, 2)
    assert cut(bindings) == []
    assert bindings.heading.length() <= bindings.viewport().width()
