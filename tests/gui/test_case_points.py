"""Phiếu B1 in the form of a household: scored item by item, by the keys of the other questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from giamngheo_desktop.domain.answers import AnswerState
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.gui.forms.segments import Segments
from giamngheo_desktop.gui.household.stale_dialog import StaleDialog
from giamngheo_desktop.services import households, undo
from giamngheo_desktop.services.review import case_entry
from tests.gui import hands
from tests.gui.cases import BEGUN, begin, fill_home
from tests.gui.commune import World, make_world
from tests.gui.hands import Key
from tests.gui.points import give_points
from tests.gui.test_case_view import Page, crash, everything, shown

PICKED = ("dependants", "assets", "land", "animals", "aquaculture")
DATA = 10 + 2 + 3 + 5 + 5 + 6 + 5  # members, school, job, roof, area, grid, kWh


@pytest.fixture
def world(tmp_path) -> Iterator[World]:
    made = make_world(tmp_path)
    for home in made.homes[:3]:
        fill_home(made, home)
    yield made
    made.close()


@pytest.fixture
def page(qtbot, world) -> Page:
    made = shown(qtbot, world, begin(world, "2027"))
    give_points(world)
    made.view.open(made.cases[0])
    return made


def given(page: Page, item: str) -> str:
    return page.view.form.points.findChild(QLabel, f"given_b1:{item}").text()


def points(page: Page, item: str) -> str:
    return page.view.form.points.findChild(QLabel, f"points_b1:{item}").text()


def total(page: Page) -> str:
    return page.view.form.points.findChild(QLabel, "points_total").text()


def pick(page: Page, *keys: str) -> None:
    """The keys of each picked item in paper order, from the first of them."""
    page.go(f"b1:{PICKED[0]}")
    for item, text in zip(PICKED, keys, strict=True):
        assert page.view.form.current() == (page.home, f"b1:{item}")
        hands.write(text)
        hands.enter()


def test_each_item_has_a_line_and_only_what_no_data_answer_is_picked(page):
    asked = [code for _, code in page.view.answering.answers if code.startswith("b1:")]
    assert asked == [f"b1:{item}" for item in PICKED]
    assert page.state("score_income") is None
    assert not page.view.form.own.fields["score_income"].isVisible()
    fields = page.view.form.points.fields
    assert [code for code, field in fields.items() if field.isVisibleTo(page.view)] == asked
    assert given(page, "house_roof") == "Bền chắc (theo câu “Mái”)"
    assert given(page, "members") == "từ 3 đến dưới 5 (theo số nhân khẩu)"
    assert points(page, "house_roof") == "5"
    assert points(page, "assets") == "…"
    assert total(page) == f"Còn 5 mục chưa có điểm; các mục khác cộng được {DATA} điểm"
    assert page.view.panel.results["2022"].chip.text == "Chưa tính được"
    assert page.view.form.typed() == page.view._clean


def test_picked_by_keys_it_has_a_total_that_is_saved_and_undone(page):
    pick(page, "1", "13", "0", "1", "2")
    assert page.view.form.current() is not None  # on to what is open above
    sum_ = DATA + 20 + 10 + 8 + 0 + 6 + 0
    assert points(page, "assets") == "18"
    assert total(page) == f"Tổng {sum_} điểm · trong mức 140, còn {140 - sum_} điểm"
    assert f"Điểm B1: {sum_}" in page.view.panel.results["2022"].points.text()
    hands.control(Key.Key_S)
    assert not page.view.is_dirty
    stored = page.stored()
    assert stored.household.score_income == sum_
    assert stored.picks["assets"] == ("motorbike", "washer")
    assert stored.picks["land"] == ()
    page.go("house_roof")
    hands.write("2")  # and what data answer follows at once
    assert total(page).startswith(f"Tổng {sum_ - 5} điểm")
    assert given(page, "house_roof").startswith("Không bền chắc")
    hands.control(Key.Key_S)
    for _ in range(2):
        step = undo.next_step(page.world.database)
        done = undo.undo(page.world.database, page.world.context, step.group)
        page.world.desk.bus.data_changed.emit(done.changes)
    assert page.stored().household.score_income == 120
    assert page.state("b1:assets") is AnswerState.EMPTY
    assert total(page).startswith("Còn 5 mục")


def test_the_keys_of_the_other_questions_hold_here_too(page):
    pick(page, "1", "1", "1", "1", "1")
    page.go("b1:land")
    hands.write("?")
    assert page.state("b1:land") is AnswerState.UNKNOWN
    assert total(page).startswith("Còn 1 mục")
    hands.write("?")
    assert page.state("b1:land") is AnswerState.CONFIRMED
    page.go("b1:aquaculture")
    assert isinstance(hands.focus(), Segments)
    hands.press(Key.Key_Delete)
    assert page.state("b1:aquaculture") is AnswerState.EMPTY
    hands.press(Key.Key_F8)
    assert "chưa trả lời" in page.said[-1]
    assert page.stored().case["outcome"] is None


def test_a_household_is_settled_by_its_score(page):
    pick(page, "1", "1", "1", "1", "1")
    everything(page)
    hands.press(Key.Key_F8)
    stored = page.stored()
    assert stored.case["outcome"] == "reviewed"
    assert stored.case["b1_table"] == 1
    give_points(page.world, more=20)
    page.view.open(page.cases[0])
    assert total(page).startswith(f"Tổng {DATA + 20 + 10 + 4 + 6 + 5} điểm")
    assert not page.view.form.points.isEnabled()


def test_a_table_that_comes_while_the_form_is_open_scores_it(qtbot, world):
    page = shown(qtbot, world, begin(world, "2027"))
    page.view.open(page.cases[0])
    page.go("score_income")
    hands.write("118")
    hands.enter()
    hands.control(Key.Key_S)
    page.go("address")
    hands.write("Xóm Trại")
    world.desk.runner.write(page.view, lambda: give_points(world), lambda _: None)
    assert page.view.form.value((page.home, "address")) == "Xóm Trại"
    pick(page, "1", "1", "1", "1", "1")
    other = page.view.form.points.findChild(QLabel, "points_other")
    assert other.isVisibleTo(page.view)
    assert "118 điểm" in other.text()
    hands.control(Key.Key_S)
    assert page.stored().household.score_income == DATA + 20 + 10 + 4 + 6 + 5
    assert page.stored().household.address == "Xóm Trại"
    assert "118 điểm" in other.text()


def test_picks_are_in_the_draft(qtbot, world, page):
    page.go("b1:land")
    hands.write("12")
    page.view._typing.timeout.emit()
    crash(page)
    again = shown(qtbot, world, page.cases)
    again.view.open(page.cases[0])
    assert again.view.form.value((again.home, "b1:land")) == ("rice", "forest")
    assert again.state("b1:land") is AnswerState.CONFIRMED
    hands.control(Key.Key_S)
    assert again.stored().picks == {"land": ("rice", "forest")}


def test_picks_saved_elsewhere_meanwhile_are_shown_beside(page):
    sheet = page.stored()
    page.go("b1:land")
    hands.write("0")
    desk = page.world.desk
    case_entry.save_case(
        desk.database,
        desk.context,
        desk.definitions,
        sheet,
        sheet.household,
        sheet.answers.typed((page.home, "b1:land"), is_empty=False),
        day=desk.context.today(),
        picks={"land": ("forest",)},
    )
    hands.control(Key.Key_S)
    dialog = page.view.findChild(StaleDialog)
    rows = dialog.table.rows
    shown_ = [[rows.text(at, column) for column in range(4)] for at in range(rows.rowCount())]
    assert ["", "Đất đai", "Đất rừng", "Không có"] in shown_
    dialog.findChild(QPushButton, "keep_typed").click()
    hands.turn_to(page.view)
    hands.control(Key.Key_S)
    assert page.stored().picks["land"] == ()


def test_a_narrow_page_shows_whole_lines(qtbot, world):
    page = shown(qtbot, world, begin(world, "2027"), width=760)
    give_points(world)
    page.view.open(page.cases[0])
    page.go("b1:land")
    form = page.view.form
    assert form.area.horizontalScrollBar().maximum() == 0
    assert form.area.widget().width() <= form.area.viewport().width()


def test_a_birth_recorded_meanwhile_makes_confirmed_picks_yellow(page):
    pick(page, "1", "1", "1", "1", "1")
    page.go("house_area")
    hands.press(Key.Key_Space)
    hands.control(Key.Key_S)
    world = page.world
    new = households.new_member(world.context, full_name="Bé", birth=PartialDate(2026, 5, 20))
    base = page.stored().base
    grown = replace(base, members=(*base.members, new))
    done = households.save(world.database, world.context, grown, day=BEGUN, base=base)
    world.desk.bus.data_changed.emit(done.changes)
    assert page.view.sheet.household.size == base.size + 1
    assert page.state("house_area") is AnswerState.TOUCHED
    assert {page.state(f"b1:{item}") for item in PICKED} == {AnswerState.TOUCHED}
    assert page.state("address") is not AnswerState.TOUCHED
    page.go("b1:dependants")
    reason = page.view.form.field((page.home, "b1:dependants")).input().toolTip()
    assert "thành viên của hộ đã thay đổi" in reason or "vừa được sửa" in reason
