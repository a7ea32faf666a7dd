"""Who surveyed and on which day stands in the next form of a pile, until somebody accepts it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from giamngheo_desktop.domain.answers import AnswerState
from giamngheo_desktop.services import households, undo
from tests.gui import hands
from tests.gui.cases import BEGUN, begin, fill_home
from tests.gui.commune import World, make_world
from tests.gui.hands import Key
from tests.gui.test_case_view import Page, crash, everything, shown

CONFIRMED, EMPTY, TOUCHED = AnswerState.CONFIRMED, AnswerState.EMPTY, AnswerState.TOUCHED
LAST_YEAR, NOW = date(2025, 9, 20), date(2026, 6, 20)


@pytest.fixture
def world(tmp_path) -> Iterator[World]:
    made = make_world(tmp_path)
    for home in made.homes[:4]:
        fill_home(made, home)
    bare = households.get(made.database, made.homes[1], BEGUN)
    asked_never = replace(bare, surveyor=None, surveyed_on=None)
    households.save(made.database, made.context, asked_never, day=BEGUN, base=bare)
    yield made
    made.close()


@pytest.fixture
def page(qtbot, world) -> Page:
    """The first form says by whom and when; the others are to come."""
    made = shown(qtbot, world, begin(world))
    made.view.open(made.cases[0])
    made.go("surveyor")
    hands.fill("hồ văn bút")
    assert made.view.form.current() == (made.home, "surveyed_on")
    hands.fill("20062026")
    hands.control(Key.Key_S)
    return made


def on_screen(page: Page, code: str):
    return page.view.form.value((page.home, code))


def typed(page: Page, code: str):
    return page.view.form.typed().values[code]


def look(page: Page, code: str) -> AnswerState | None:
    return page.view.form.field((page.home, code)).answer


def test_the_next_form_shows_it_and_keeps_what_is_stored_until_space(page):
    page.view.open(page.cases[2])
    assert (on_screen(page, "surveyor"), on_screen(page, "surveyed_on")) == ("Hồ Văn Bút", NOW)
    assert look(page, "surveyed_on") is TOUCHED
    tip = page.view.form.field((page.home, "surveyed_on")).input().toolTip()
    assert tip.endswith("như phiếu vừa nhập")
    assert typed(page, "surveyed_on") == LAST_YEAR
    assert not page.view.is_dirty
    page.go("address")
    hands.fill("Xóm Trại")
    hands.control(Key.Key_S)
    assert page.stored().household.surveyed_on == LAST_YEAR  # nobody has said so
    assert on_screen(page, "surveyed_on") == NOW
    page.go("surveyed_on")
    hands.press(Key.Key_Space)
    assert look(page, "surveyed_on") is CONFIRMED
    hands.control(Key.Key_S)
    stored = page.stored()
    assert (stored.household.surveyed_on, stored.household.surveyor) == (NOW, "Hồ Thị Mai")
    step = undo.next_step(page.world.database)
    done = undo.undo(page.world.database, page.world.context, step.group)
    page.world.desk.bus.data_changed.emit(done.changes)
    assert page.stored().household.surveyed_on == LAST_YEAR
    assert on_screen(page, "surveyed_on") == NOW  # offered again


def test_where_nothing_stood_it_is_offered_too_and_blocks_the_end(page):
    page.view.open(page.cases[1])
    assert on_screen(page, "surveyed_on") == NOW
    assert look(page, "surveyed_on") is TOUCHED
    assert page.state("surveyed_on") is EMPTY
    hands.control(Key.Key_S)
    assert page.stored().household.surveyed_on is None
    page.go("surveyed_on")
    hands.control(Key.Key_Space)  # never taken with the grey ones
    assert page.state("surveyed_on") is EMPTY
    hands.press(Key.Key_F8)
    assert page.stored().case["outcome"] is None
    page.go("surveyed_on")
    hands.press(Key.Key_Space)
    assert page.state("surveyed_on") is CONFIRMED
    assert typed(page, "surveyed_on") == NOW
    page.go("surveyor")
    hands.press(Key.Key_Space)
    everything(page)
    hands.press(Key.Key_F8)
    assert page.stored().case["outcome"] == "reviewed"
    assert page.stored().household.surveyor == "Hồ Văn Bút"


def test_what_is_typed_over_it_counts_and_what_is_wiped_out_is_empty(page):
    page.view.open(page.cases[2])
    page.go("surveyed_on")
    hands.fill("21062026")
    assert typed(page, "surveyed_on") == date(2026, 6, 21)
    page.go("surveyor")
    hands.press(Key.Key_Delete)
    assert typed(page, "surveyor") is None
    assert page.state("surveyor") is EMPTY
    hands.enter()
    assert on_screen(page, "surveyor") is None


def test_not_known_takes_its_place_and_gives_it_back(page):
    page.view.open(page.cases[2])
    page.go("surveyed_on")
    hands.write("?")
    assert typed(page, "surveyed_on") is None
    hands.write("?")
    assert on_screen(page, "surveyed_on") == NOW
    assert typed(page, "surveyed_on") == LAST_YEAR
    assert look(page, "surveyed_on") is TOUCHED


def test_a_draft_holds_what_was_accepted_only(qtbot, world, page):
    page.view.open(page.cases[2])
    page.go("surveyor")
    hands.press(Key.Key_Space)
    page.view._typing.timeout.emit()
    crash(page)
    again = shown(qtbot, world, page.cases)
    again.view.open(page.cases[2])
    assert on_screen(again, "surveyor") == "Hồ Văn Bút"
    assert again.state("surveyor") is CONFIRMED
    assert on_screen(again, "surveyed_on") == LAST_YEAR  # nothing was typed before here


def test_another_village_begins_without(page):
    page.view.open(page.cases[3])
    assert page.view.sheet.case["village"] == page.world.villages[1]
    assert on_screen(page, "surveyed_on") == LAST_YEAR
