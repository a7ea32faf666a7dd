"""Cài đặt › Rà soát: numbers and days off by day, pasted lists, what can't be saved and why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton

from giamngheo_desktop.domain.day_spans import Span
from giamngheo_desktop.gui.pages.settings_page import SettingsPage
from giamngheo_desktop.services import settings, undo
from giamngheo_desktop.services.review import review_settings
from giamngheo_desktop.services.review.review_settings import ReviewSettings
from tests.gui import hands
from tests.gui.commune import YEAR
from tests.gui.hands import Key

TODAY = date(YEAR, 6, 30)
NEW_YEAR = date(YEAR, 1, 1)
TET = frozenset(Span(date(YEAR, 2, 14), date(YEAR, 2, 22)).days())


@pytest.fixture
def page(qtbot, world):
    made = SettingsPage(world.desk, YEAR)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    hands.turn_to(made)
    made.open("review")
    return made


@pytest.fixture
def part(page):
    return page.section


def stored(world, day=TODAY):
    return review_settings.get(world.database, day)


def save(part):
    part.findChild(QPushButton, "save").click()


def problem(part):
    return part.findChild(QLabel, "review_settings_problem").text()


def paste(part, text):
    QGuiApplication.clipboard().setText(text)
    part.off.grid.setFocus()
    hands.control(Key.Key_V)


def take_back(world):
    step = undo.next_step(world.database)
    done = undo.undo(world.database, world.context, step.group)
    world.desk.bus.data_changed.emit(done.changes)


def test_the_default_stands_beside_each_number_with_its_certainty(part):
    note = part.findChild(QLabel, "default_posting_days")
    assert note.text() == "theo quy định: 3 ngày, cần đối chiếu"
    assert "chưa đối chiếu toàn văn" in note.toolTip()
    holidays = part.findChild(QLabel, "holidays_missing").text()
    assert "Quốc khánh 02/09" in holidays
    assert "Tết Âm lịch" in holidays
    assert "Năm 2026 chưa ghi ngày nào." in holidays


def test_everything_is_typed_by_keys_and_taken_back_in_one_step(world, part):
    part.setFocus()
    hands.fill("1/1/2026", "5", "", "", "20")
    assert hands.at() == "opinion_step"
    hands.press(Key.Key_Space)
    hands.enter()
    assert hands.at() == "days_off"
    hands.write("14/2/2026")
    hands.enter()
    hands.write("22/2/2026")
    hands.enter(2)  # out of the list through its empty line
    assert hands.at() == "working_days"
    hands.write("25/4/2026")
    hands.enter(2)
    assert hands.at() == "movement_look_back_years"
    hands.fill("5", "24")
    hands.press(Key.Key_Space)
    hands.enter()
    assert hands.at() == "save"
    hands.enter()
    assert problem(part) == ""
    assert stored(world) == ReviewSettings(
        days={"posting_days": 5, "in_year_days": 20},
        days_off=TET,
        working=frozenset({date(YEAR, 4, 25)}),
        asks_opinion=True,
        look_back_years=5,
        escape_months=24,
        escape_near_poor=True,
    )
    assert stored(world, NEW_YEAR - timedelta(days=1)) == ReviewSettings()
    assert settings.get(world.database, TODAY)["new_escape_near_poor"] == "yes"
    assert not part.is_dirty
    assert part.since.day() == TODAY  # the next change begins today
    take_back(world)
    assert stored(world) == ReviewSettings()
    assert part.numbers["posting_days"].value() is None
    assert part.off.grid.cells.count() == 0


def test_an_earlier_day_leaves_what_was_not_touched(world, part):
    first = ReviewSettings(days={"posting_days": 4})
    review_settings.save(world.database, world.context, first, NEW_YEAR)
    later = ReviewSettings(days={"posting_days": 9}, days_off=frozenset({date(YEAR, 12, 24)}))
    review_settings.save(world.database, world.context, later, date(YEAR, 6, 1))
    part.load()
    assert part.numbers["posting_days"].value() == 9
    part.since.set_value(date(YEAR, 3, 1))
    part.numbers["recheck_days"].set_value(6)
    paste(part, "Tết\t14/02/2026\t22/02/2026")
    save(part)
    assert stored(world, date(YEAR, 5, 31)).days == {"posting_days": 4, "recheck_days": 6}
    assert stored(world, date(YEAR, 5, 31)).days_off == TET
    assert stored(world, date(YEAR, 2, 28)).days_off == frozenset()
    assert stored(world).days == {"posting_days": 9, "recheck_days": 6}
    assert stored(world).days_off == TET | {date(YEAR, 12, 24)}  # a day off is lost nowhere


def test_what_begins_later_is_told(world, part):
    part.since.set_value(date(YEAR, 9, 1))
    part.numbers["posting_days"].set_value(7)
    save(part)
    assert stored(world).days == {}
    assert stored(world, date(YEAR, 9, 1)).days == {"posting_days": 7}
    assert "áp dụng từ 01/09/2026" in problem(part)


def test_a_pasted_list_of_holidays_is_told_and_can_be_taken_back(part):
    paste(part, "Dịp\tTừ\tĐến\nTết\t14/02/2026\t22/02/2026\nGiỗ Tổ\t26/4/2026\t")
    assert part.off.days() == TET | {date(YEAR, 4, 26)}
    assert part.off.note.text == "Đã đọc 2 dòng. Bỏ qua: không có ngày (dòng 1)."
    part.off.findChild(QPushButton, "paste_back").click()
    assert part.off.days() == frozenset()


def test_days_of_other_years_are_kept(world, page, part):
    other = frozenset({date(YEAR - 1, 1, 29)})
    new = ReviewSettings(days_off=other)
    review_settings.save(world.database, world.context, new, date(YEAR - 1, 1, 1))
    part.load()
    assert part.off.grid.cells.count() == 0
    paste(part, "26/04/2026\t27/04/2026")
    save(part)
    assert stored(world).days_off == other | {date(YEAR, 4, 26), date(YEAR, 4, 27)}
    page.show_year(YEAR - 1)
    assert part.off.grid.cells.text(0, "first") == "29/01/2025"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("22/02/2026", "14/02/2026", "trước ngày đầu"),
        ("14/02/2027", "", "không thuộc năm 2026"),
        ("14/02/2026", "14/04/2026", "hơn 31 ngày"),
        ("14/14/2026", "", "tháng"),
        ("", "14/02/2026", "Ghi ngày đầu."),
        ("25/04/2026", "", "vừa nghỉ vừa làm bù"),
    ],
)
def test_what_cannot_be_is_said_and_not_saved(world, part, first, last, said):
    part.working.grid.cells.put(0, "first", "25/04/2026")
    part.off.grid.cells.put(0, "first", first)
    part.off.grid.cells.put(0, "last", last)
    save(part)
    assert said in problem(part)
    assert stored(world) == ReviewSettings()
    assert part.is_dirty


@pytest.mark.parametrize(
    ("code", "text", "said"),
    [
        ("posting_days", "0", "Từ 1 đến 90."),
        ("posting_days", "91", "Từ 1 đến 90."),
        ("movement_look_back_years", "51", "Từ 1 đến 50."),
        ("new_escape_months", "121", "Từ 1 đến 120."),
        ("recheck_days", "ba", "Chỉ gõ chữ số"),
    ],
)
def test_a_number_out_of_range_is_said_beside_it(world, part, code, text, said):
    part.numbers[code].type_text(text)
    assert part.is_dirty
    save(part)
    assert said in part.numbers[code].problem
    assert said in problem(part)
    assert hands.at() == code
    assert stored(world) == ReviewSettings()


def test_leaving_asks_and_the_history_tells(world, page, part, said):
    part.findChild(QCheckBox, "opinion_step").click()
    said.will_answer("save")
    assert page.may_leave()
    assert stored(world).asks_opinion
    part.findChild(QPushButton, "show_history").click()
    rows = part.history.rows
    shown = [rows.text(0, at) for at in range(3)]
    assert shown == ["Xin ý kiến cấp trên trước khi công nhận", "có", "từ 01/01/2026"]
