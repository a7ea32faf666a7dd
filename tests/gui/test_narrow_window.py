"""The smallest window with the largest letters: nothing is cut, and every place can be reached."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.forms.hints import Hints
from giamngheo_desktop.gui.forms.pick_edit import PickEdit
from giamngheo_desktop.gui.forms.wrapped_check import WrappedCheck
from giamngheo_desktop.gui.household.header import Header
from giamngheo_desktop.gui.household.indicator_rows import IndicatorRow
from giamngheo_desktop.gui.household.paper_menu import PaperMenu
from giamngheo_desktop.gui.household.sheet import MEMBERS_TAB, REVIEW
from giamngheo_desktop.gui.list_box import ListBox
from giamngheo_desktop.gui.pages.households_page import HouseholdsPage
from giamngheo_desktop.gui.pages.reports_page import ReportsPage
from giamngheo_desktop.gui.pages.settings_page import SECTIONS, SettingsPage
from giamngheo_desktop.gui.pages.targets_page import TargetsPage
from giamngheo_desktop.gui.parts import Elided
from giamngheo_desktop.gui.pictures import settle
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.services import classes, households
from giamngheo_desktop.services.documents import versions
from tests.gui.commune import YEAR

SMALL = (788, 487)  # what 1093×545 leaves for a page beside the rail and below the bar


def shown(qtbot, page, size):
    qtbot.addWidget(page)
    page.setMinimumSize(1, 1)  # as the window does, which has a least size of its own
    page.resize(*size)
    page.show()
    return page


def cut_off(page):
    """Buttons and one-line labels that have less room than their text needs."""
    parts = [*page.findChildren(QPushButton), *page.findChildren(QLabel)]
    return [
        part.text()
        for part in parts
        if part.isVisibleTo(page)
        and not isinstance(part, Elided)
        and not (isinstance(part, QLabel) and part.wordWrap())
        and part.width() < part.minimumSizeHint().width()
    ]


def outside(page):
    """Buttons that stand out of the page at the right."""
    return [
        part.objectName()
        for part in page.findChildren(QPushButton)
        if part.isVisibleTo(page) and part.mapTo(page, part.rect().topRight()).x() >= page.width()
    ]


OF_SECTIONS = [(page, code) for page in (SettingsPage, TargetsPage) for code in page.KINDS]


@pytest.mark.parametrize(("kind", "code"), OF_SECTIONS)
def test_sections_fit_the_smallest_window_with_the_largest_letters(
    qtbot, qapp, look, world, kind, code
):
    look.apply(qapp, percent=150)
    versions.begin(world.database, world.context, world.commune, YEAR)
    page = shown(qtbot, kind(world.desk, YEAR), SMALL)
    page.open(code)
    assert page.box.isVisible()
    assert not page.list.isVisible()
    assert page.box.currentText() == page.list.currentItem().text()
    assert page.minimumSizeHint().width() <= SMALL[0]
    qtbot.waitUntil(lambda: cut_off(page) == outside(page) == [])  # once all is laid out


@pytest.mark.parametrize("closed", [False, True])
def test_no_tab_of_a_household_is_wider_than_the_smallest_window(qtbot, qapp, look, world, closed):
    look.apply(qapp, percent=150)
    if closed:
        classes.close_year(
            world.database,
            world.context,
            year=YEAR,
            standard=world.desk.standard(YEAR).code,
            definition="f" * 64,
            commune=world.commune,
        )
    page = shown(qtbot, HouseholdsPage(world.desk, YEAR), SMALL)
    page.open(world.homes[0])
    heading = page.view.findChild(QLabel, "section_class_of_year")
    assert (" – " in heading.text()) is closed  # why nothing of it can be changed
    tabs = page.view.findChild(QTabWidget)
    for at in range(tabs.count()):
        tabs.setCurrentIndex(at)
        settle()
        for area in page.view.findChildren(QScrollArea):
            upright = area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            inside = area.widget()
            if area.isVisible() and upright and inside is not None:
                assert inside.width() <= area.viewport().width(), at


def test_the_list_of_sections_comes_back_in_a_wide_window(qtbot, qapp, look, world):
    page = shown(qtbot, SettingsPage(world.desk, YEAR), SMALL)
    page.setFocus()
    years = list(SECTIONS).index("years")
    page.box.setCurrentIndex(years)
    page.box.activated.emit(years)
    assert page.code == "years"
    page.resize(1100, 700)
    assert page.list.isVisible()
    assert not page.box.isVisible()
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert page.code == page.list.currentItem().data(Qt.ItemDataRole.UserRole) == "look"
    page.resize(*SMALL)
    assert page.box.currentText() == page.list.currentItem().text()
    assert page.focusProxy() is page.box


def test_villages_are_listed_without_scrolling_sideways(qtbot, world):
    page = shown(qtbot, SettingsPage(world.desk, YEAR), (864, 560))
    table = page.section.list
    assert isinstance(table, TableView)
    assert table.horizontalScrollBar().maximum() == 0
    assert table.isColumnHidden(4)
    page.resize(1500, 700)
    assert not table.isColumnHidden(3)
    assert not table.isColumnHidden(4)


def test_the_ticks_of_indicators_go_below_where_a_line_is_too_short(qtbot, qapp, look, world):
    look.apply(qapp, percent=150)
    page = shown(qtbot, HouseholdsPage(world.desk, YEAR), SMALL)
    page.show_household(world.homes[0])
    qtbot.waitUntil(lambda: page.view.dossier is not None)
    page.view.sheet.setCurrentIndex(REVIEW)
    qtbot.waitUntil(lambda: outside(page) == [])
    row = page.view.sheet.findChildren(IndicatorRow)[0]
    qtbot.waitUntil(lambda: row.answer.y() >= row.chip.geometry().bottom())
    assert outside(page) == []
    page.resize(1500, 800)
    look.apply(qapp, percent=100)
    qtbot.waitUntil(lambda: row.answer.y() < row.chip.geometry().bottom())
    assert page.view.header.events.text() == page.view.header.events.accessibleName()


def test_reports_are_chosen_from_a_box_in_a_narrow_window(qtbot, qapp, look, world):
    look.apply(qapp, percent=150)
    page = shown(qtbot, ReportsPage(world.desk, YEAR), SMALL)
    assert page.box.isVisible()
    page.box.activated.emit(1)
    assert page.list.currentRow() == 1
    page.open("BC1")
    assert page.box.currentIndex() == page.list.currentRow()
    qtbot.waitUntil(lambda: cut_off(page) == [])


def test_a_flow_goes_on_below_and_keeps_the_last_at_the_right(qtbot):
    whole = QWidget()
    qtbot.addWidget(whole)
    flow = Flow(4)
    box = QVBoxLayout(whole)
    box.setContentsMargins(0, 0, 0, 0)
    box.addLayout(flow)
    box.addStretch()
    parts = [QLabel("một"), QLabel("hai"), QLabel("ba")]
    for part in parts:
        part.setFixedSize(100, 20)
    for part in parts[:2]:
        flow.addWidget(part)
    flow.add_at_end(parts[2])
    whole.resize(400, 100)
    whole.show()
    places = [part.geometry() for part in parts]
    assert places == [QRect(0, 0, 100, 20), QRect(104, 0, 100, 20), QRect(300, 0, 100, 20)]
    whole.resize(210, 100)
    places = [part.geometry() for part in parts]
    assert places == [QRect(0, 0, 100, 20), QRect(104, 0, 100, 20), QRect(110, 24, 100, 20)]
    assert flow.heightForWidth(210) == 44
    parts[1].hide()
    assert flow.heightForWidth(210) == 20


def test_a_hint_says_as_much_as_there_is_room_for(qtbot):
    edit = QLineEdit()
    qtbot.addWidget(edit)
    hints = Hints(edit, "Tên, số giấy tờ, thôn, mã hộ", "Tìm hộ")
    edit.resize(400, 34)
    edit.show()
    assert edit.placeholderText() == "Tên, số giấy tờ, thôn, mã hộ"
    edit.resize(140, 34)
    assert edit.placeholderText() == "Tìm hộ"
    hints.say("Gõ")
    assert edit.placeholderText() == "Gõ"


def test_a_long_tick_breaks_into_lines_and_keeps_its_name(qtbot):
    text = "Xã khu vực III vùng đồng bào dân tộc thiểu số và miền núi"
    tick = WrappedCheck(text, "zone")
    qtbot.addWidget(tick)
    tick.resize(220, 80)
    tick.show()
    assert "\n" in tick.text()
    assert tick.text().replace("\n", " ") == tick.accessibleName() == text
    tick.resize(900, 80)
    assert tick.text() == text
    font = QFont(tick.font())
    font.setPointSizeF(60)
    tick.setFont(font)
    assert "\n" in tick.text()


def test_a_box_never_cuts_a_letter(qtbot):
    places = QListWidget()
    qtbot.addWidget(places)
    places.setAccessibleName("Các biểu")
    for text in ("Tổng hợp kết quả rà soát hộ nghèo", "Ngắn"):
        places.addItem(text)
    box = ListBox(places, "box")
    qtbot.addWidget(box)
    box.fill()
    places.setCurrentRow(1)
    assert box.currentText() == "Ngắn"
    assert isinstance(box, ElidedBox)
    wide, narrow = (pictures(box, width) for width in (500, 140))
    assert wide[0] != wide[1]
    assert narrow[0] == narrow[1]  # both end in … before they begin to differ


def test_a_choice_in_a_narrow_cell_never_cuts_a_letter(qtbot):
    edit = PickEdit()
    qtbot.addWidget(edit)
    taken = {400: [], 130: []}
    for width, images in taken.items():
        edit.resize(width, 34)
        for text in ("Nghỉ hưu/nội trợ/không có việc", "Nghỉ hưu/nội trợ/không làm"):
            edit.setText(text)
            images.append(edit.grab().toImage())
    assert taken[400][0] != taken[400][1]
    assert taken[130][0] == taken[130][1]  # both end in … before they begin to differ
    edit.setText("Nghỉ hưu")  # painted by Qt: the same letters at the same pixels
    letters = QRect(0, 0, 50, 34)
    assert edit.grab().toImage().copy(letters) == taken[130][0].copy(letters)


def test_an_empty_list_has_nothing_to_scroll_to(qtbot, look, qapp):
    look.apply(qapp, percent=150)
    columns = [Column(key=str(at), title="Điều", width=300) for at in range(3)]
    table = TableView(columns, "empty", "Bảng trống")
    qtbot.addWidget(table)
    table.resize(600, 300)
    table.show()
    assert table.horizontalScrollBar().maximum() == 0


def test_a_long_word_of_a_name_goes_on_below(qtbot, world):
    page = shown_household(qtbot, world, "X" * 120)
    page.view.sheet.setCurrentIndex(MEMBERS_TAB)
    inside = page.view.sheet.findChild(QScrollArea, "members_scroll")
    assert inside.widget().minimumSizeHint().width() <= inside.viewport().width()
    page.view.sheet.setCurrentIndex(REVIEW)
    told = [row.why for row in page.view.sheet.review.cards[0].rows.values()]
    assert any("XXX" in why.text() for why in told)
    cut = [why for why in told if why.minimumSizeHint().width() > why.width()]
    assert [(why.text(), why.minimumSizeHint().width(), why.width()) for why in cut] == []


def test_the_name_in_the_head_gives_way_to_words(qtbot, world):
    page = shown_household(qtbot, world, "Nguyễn Hoàng Bảo Ngọc Phương Thảo Trường Giang")
    header = page.view.header
    assert header.events.text() == "Biến động"
    assert header.title.text().endswith("…")
    assert header.title.width() >= header.title.sizeHint().width()  # nothing cut in mid-letter


def test_the_head_fits_the_smallest_window_with_the_largest_letters(qtbot, qapp, look, world):
    look.apply(qapp, percent=150)
    owner = QWidget()
    qtbot.addWidget(owner)
    header = Header(QMenu(), PaperMenu(world.desk, owner))
    qtbot.addWidget(header)
    header.set_title("Nguyễn Hoàng Bảo Ngọc")
    header.set_about("Nam Nhe · 3 nhân khẩu · mã hộ 05-0006")
    header.set_class("near_poor")
    header.set_state("Chưa lưu")
    header.set_findings("2 lỗi · 3 cần xem · 12 ô chưa ghi", ["Một điều"] * 17)
    header.resize(719, 150)
    header.show()
    assert header.minimumSizeHint().width() <= 719
    assert header.findings.text() == "17 điểm"
    assert header.prints.isVisible() != header.papers.menuAction().isVisible()
    header.resize(788, 150)  # that of a screen of 1366 × 768 at 125 %
    assert header.events.text() == "Biến động"
    assert header.minimumSizeHint().width() <= 788
    header.resize(1400, 150)
    assert header.prints.text() == "In"
    assert not header.papers.menuAction().isVisible()
    assert header.findings.text() == "2 lỗi · 3 cần xem · 12 ô chưa ghi"


def shown_household(qtbot, world, name):
    """The page in the smallest window, with a household whose head is called so."""
    uid, day = world.homes[0], world.context.today()
    base = households.get(world.database, uid, day)
    head = replace(base.members[0], full_name=name, given_name="")
    draft = replace(base, members=(head, *base.members[1:]))
    households.save(world.database, world.context, draft, day=day, base=base)
    page = HouseholdsPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.resize(808, 460)
    page.show()
    page.open(uid)
    return page


def pictures(box, width):
    """The box with two texts that begin alike."""
    box.resize(width, 34)
    taken = []
    for text in ("Tổng hợp kết quả rà soát hộ nghèo", "Tổng hợp kết quả rà soát năm 2026"):
        box.setItemText(0, text)
        box.setCurrentIndex(0)
        taken.append(box.grab().toImage())
    return taken


@pytest.mark.parametrize("percent", [100, 150])
def test_the_names_behind_a_number_fit_with_all_their_buttons(qtbot, qapp, look, world, percent):
    look.apply(qapp, percent=percent)
    page = shown(qtbot, ReportsPage(world.desk, YEAR), SMALL)
    page.list.setCurrentRow(page.list.row_of("BC2"))
    opening = "movement:poor:opening:households"
    cells = page.paper.numbers()
    placed = next(one for one in cells if page.paper.cell(one).source.measure == opening)
    page.view.cell_pressed.emit(placed)
    settle()
    assert page.names.isVisible()
    assert not cut_off(page.names)
    assert not outside(page.names)
    page.names.show_bridge()
    settle()
    assert not cut_off(page.names)
    assert not outside(page.names)
    assert not page.names.list.horizontalScrollBar().maximum()


@pytest.mark.parametrize("percent", [100, 150])
def test_a_box_of_short_texts_cuts_none(qtbot, qapp, look, percent):
    places = QListWidget()
    qtbot.addWidget(places)
    places.addItems(["Gói nhận về", "Phiếu cho trưởng thôn"])
    box = ListBox(places, "places", short=True)
    qtbot.addWidget(box)
    box.fill()
    look.apply(qapp, percent=percent)
    box.show()
    settle()
    box.adjustSize()
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    parts = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    field = box.style().subControlRect(parts[0], option, parts[1], box)
    assert field.width() - 2 >= box.fontMetrics().horizontalAdvance("Phiếu cho trưởng thôn")
