"""With real threads: what is typed into a form while a save or a reading is under way stays."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from giamngheo_desktop.domain.answers import AnswerState
from giamngheo_desktop.gui.bus import Bus
from giamngheo_desktop.gui.jobs import JobRunner
from giamngheo_desktop.gui.review import case_drafts
from giamngheo_desktop.gui.review.case_view import CaseView
from giamngheo_desktop.services.review import case_entry
from tests.gui import hands
from tests.gui.cases import begin, fill_home
from tests.gui.commune import World, make_world
from tests.gui.hands import Key

CONFIRMED = AnswerState.CONFIRMED


@pytest.fixture
def world(tmp_path) -> Iterator[World]:
    bus = Bus()
    made = make_world(tmp_path, runner=JobRunner(bus))
    made.desk = replace(made.desk, bus=bus)
    for home in made.homes[:3]:
        fill_home(made, home)
    yield made
    made.close()


@pytest.fixture
def cases(world):
    return begin(world)


@pytest.fixture
def view(qtbot, world, cases) -> CaseView:
    made = CaseView(world.desk)
    qtbot.addWidget(made)
    made.resize(1100, 560)
    made.show()
    hands.turn_to(made)
    made.open(cases[0])
    at_rest(qtbot, made)
    return made


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Both lanes wait at this gate."""
    opened = threading.Event()
    yield opened
    opened.set()


def block(view: CaseView, gate: threading.Event) -> None:
    runner = view.desk.runner
    runner.write(view, gate.wait, lambda _: None)
    for _ in range(2):
        runner.read(view, gate.wait, lambda _: None)


def at_rest(qtbot, view: CaseView) -> None:
    qtbot.waitUntil(lambda: not view.desk.runner.busy)


def go(view: CaseView, code: str) -> None:
    view.form.go_to((view.sheet.household.uid, code))


def stored(view: CaseView, case) -> case_entry.CaseSheet:
    desk = view.desk
    return case_entry.open_case(desk.database, desk.definitions, case, desk.context.today())


def test_typing_goes_on_while_a_save_is_under_way(qtbot, view, cases, gate):
    go(view, "address")
    hands.write("một")
    block(view, gate)
    hands.control(Key.Key_S)
    hands.write(" hai")
    gate.set()
    at_rest(qtbot, view)
    assert stored(view, cases[0]).household.address == "một"
    assert hands.at() == "address"
    hands.write(" ba")
    assert hands.focus().text() == "một hai ba"
    assert view.is_dirty
    hands.control(Key.Key_S)
    at_rest(qtbot, view)
    assert stored(view, cases[0]).household.address == "một hai ba"
    assert case_drafts.of_cases(view.desk.database.path) == []


def test_a_second_save_asked_for_during_the_first_follows_it(qtbot, view, cases, gate):
    go(view, "house_wall")
    hands.write("1")
    block(view, gate)
    hands.control(Key.Key_S)
    go(view, "house_column")
    hands.write("1")
    hands.control(Key.Key_S)
    gate.set()
    at_rest(qtbot, view)
    found = stored(view, cases[0]).household
    assert (found.house_wall, found.house_column) == ("durable", "durable")
    assert not view.is_dirty


def test_keys_pressed_before_the_next_form_is_there_go_into_it(qtbot, view, cases, gate):
    view.next_requested.connect(lambda: view.open(cases[1]))
    hands.press(Key.Key_Space)
    block(view, gate)
    hands.control(Key.Key_Return)
    hands.press(Key.Key_Space, Key.Key_Space)  # the first form is still on the screen
    gate.set()
    qtbot.waitUntil(lambda: view.case == cases[1])
    at_rest(qtbot, view)
    first, second = (stored(view, case).answers for case in cases[:2])
    assert sum(state is CONFIRMED for state in first.states.values()) == 1
    assert sum(state is CONFIRMED for state in second.states.values()) == 0
    assert view.answering.answers.count(CONFIRMED) == 2


def test_what_was_typed_after_a_save_is_kept_by_who_leaves_before_its_end(qtbot, view, cases, gate):
    go(view, "house_wall")
    hands.write("1")
    block(view, gate)
    hands.control(Key.Key_S)
    go(view, "house_column")
    hands.write("1")
    hands.press(Key.Key_Escape)
    gate.set()
    at_rest(qtbot, view)
    assert stored(view, cases[0]).household.house_column == "not_durable"
    (draft,) = case_drafts.of_cases(view.desk.database.path)
    assert case_drafts.case_of(draft) == cases[0]
    view.open(cases[0])
    at_rest(qtbot, view)
    assert view.form.typed().values["house_column"] == "durable"
    hands.control(Key.Key_S)
    at_rest(qtbot, view)
    found = stored(view, cases[0]).household
    assert (found.house_wall, found.house_column) == ("durable", "durable")


def test_a_save_that_leaves_with_everything_leaves_no_draft(qtbot, view, cases, gate):
    go(view, "house_wall")
    hands.write("1")
    block(view, gate)
    hands.control(Key.Key_S)
    hands.press(Key.Key_Escape)
    gate.set()
    at_rest(qtbot, view)
    assert stored(view, cases[0]).household.house_wall == "durable"
    assert case_drafts.of_cases(view.desk.database.path) == []


def test_a_save_that_is_refused_loses_nothing(qtbot, view, cases, said):
    go(view, "house_wall")
    hands.write("1")
    desk = view.desk
    args = (desk.database, desk.context, desk.definitions, cases[0])
    case_entry.settle(*args, outcome="absent", note="đi làm xa")  # on another page
    hands.control(Key.Key_S)
    at_rest(qtbot, view)
    assert "kết thúc rà soát" in said.texts[-1]
    assert view.form.typed().values["house_wall"] == "durable"
    assert view.is_dirty
    assert len(case_drafts.of_cases(desk.database.path)) == 1
