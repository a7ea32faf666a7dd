"""Leaving a form: an error that stays with a reason, events on the page of the household."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from giamngheo_desktop.gui.jobs import InlineRunner
from giamngheo_desktop.gui.program import Program
from giamngheo_desktop.gui.review.reason_dialog import ReasonDialog
from giamngheo_desktop.gui.session import Session
from giamngheo_desktop.services import undo
from tests.gui import hands
from tests.gui.cases import BEGUN, begin, fill_home
from tests.gui.commune import World, context, make_world
from tests.gui.hands import Key
from tests.gui.test_case_view import Page, everything, shown
from tests.harness.register import groups


@pytest.fixture
def world(tmp_path) -> Iterator[World]:
    made = make_world(tmp_path)
    for home in made.homes[:3]:
        fill_home(made, home)
    yield made
    made.close()


@pytest.fixture
def page(qtbot, world) -> Page:
    """A form on which nothing is open but an error: primary school finished before school age."""
    made = shown(qtbot, world, begin(world))
    made.view.open(made.cases[0])
    everything(made)
    child = made.view.sheet.household.members[-1].uid
    made.view.form.go_to((child, "school_level"))
    hands.write("8")
    hands.enter()
    everything(made)
    return made


def dialog_of(page: Page) -> ReasonDialog:
    found = page.view.findChild(ReasonDialog)
    hands.turn_to(found)
    return found


def test_only_errors_stand_and_a_reason_closes_the_household(page):
    assert page.view.sheet.blockers().errors
    hands.press(Key.Key_F8)
    dialog = dialog_of(page)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    child = page.view.sheet.household.members[-1].full_name
    assert child in said
    dialog.findChild(QPushButton, "give_reason").click()
    assert dialog.problem.text()
    assert page.stored().case["outcome"] is None
    hands.write("giấy tờ ghi sai")
    hands.enter()
    assert page.stored().case["outcome"] == "reviewed"
    assert groups(page.world.database)[-1]["reason"] == "giấy tờ ghi sai"
    step = undo.next_step(page.world.database)
    undo.undo(page.world.database, page.world.context, step.group)
    assert page.stored().case["outcome"] is None


def test_with_an_open_question_beside_the_error_no_reason_is_asked(page):
    page.go("house_wall")
    hands.write("?")
    hands.press(Key.Key_F8)
    assert page.view.findChild(ReasonDialog) is None
    assert "Chưa kết thúc được" in page.said[-1]
    assert "1 không biết" in page.said[-1]
    assert page.view.form.current() == (page.home, "house_wall")


def test_an_answer_that_leaves_the_class_undecided_is_named_and_gone_to(qtbot, world):
    """Nobody says what a short course is worth to a child of school age."""
    sound = {"house_wall": "durable", "water_source": "piped"}  # two indicators are left
    fill_home(world, world.homes[0], **sound)
    page = shown(qtbot, world, begin(world))
    page.view.open(page.cases[0])
    child = page.view.sheet.household.members[-1]
    for code, typed in (("birth", "2012"), ("education", "1"), ("school_level", "5")):
        page.view.form.go_to((child.uid, code))
        hands.write(typed)
        hands.enter()
    everything(page)
    hands.press(Key.Key_F8)
    assert page.view.findChild(ReasonDialog) is None
    assert f"“Đang học cấp” của {child.full_name}" in page.said[-1]
    assert page.view.form.current() == (child.uid, "school_level")
    assert page.stored().case["outcome"] is None


@pytest.fixture
def session(tmp_path) -> Iterator[Session]:
    world = make_world(tmp_path)
    fill_home(world, world.homes[0])
    case = begin(world)[0]
    world.close()
    program = Program(context(seed=11), InlineRunner)
    program.begin(world.database.path)
    session = program.session
    session.home, session.first_case = world.homes[0], case
    hands.turn_to(session.window)
    yield session
    if program.window is not None:
        program.window.close()


def test_events_are_recorded_on_the_page_of_the_household_and_the_way_back_leads_here(session):
    session.go("review")
    host = session.pages["review"].case
    host.open(session.pages["review"].shown.review.uid, None, session.first_case)
    view = host.view
    before = view.sheet.household.size
    home = view.sheet.household.uid
    view.form.go_to((home, "address"))
    hands.write("Xóm Trại")
    view.header.events.click()
    assert session.window.page_key() == "households"
    household = session.pages["households"].view
    assert household.uid == session.home
    dialog = household.events.open_event("birth")
    day = BEGUN - timedelta(days=3)
    dialog.form.set_draft({"day": day, "full_name": "Nguyễn Bé", "sex": "male"})
    dialog.accept_button.click()
    hands.turn_to(session.window)
    household.header.back.click()
    assert session.window.page_key() == "review"
    assert host.shows_case
    assert view.sheet.household.size == before + 1
    assert view.form.value((home, "address")) == "Xóm Trại"  # typed before, not saved yet
    assert view.form.current() is not None
    assert view.form.current() in view.answering.answers.open_keys()
    session.go("households", session.home)  # from elsewhere the way back is the list
    household.header.back.click()
    assert session.window.page_key() == "households"
    assert not session.pages["households"].shows_household
