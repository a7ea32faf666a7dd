"""Rà soát with real threads: nothing is written to a place that is not the one on screen."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from giamngheo_desktop.gui.bus import Bus
from giamngheo_desktop.gui.jobs import JobRunner
from giamngheo_desktop.gui.pages.review_page import ReviewPage
from giamngheo_desktop.services.review import meetings
from tests.gui import hands
from tests.gui.commune import World
from tests.gui.review import autumn, begin, confirm, settle, show
from tests.gui.test_review_page import press, type_into


@pytest.fixture
def world(tmp_path) -> Iterator[World]:
    with autumn(tmp_path) as made:
        bus = Bus()
        made.desk = replace(made.desk, runner=JobRunner(bus), bus=bus)
        yield made


@pytest.fixture
def page(qtbot, world) -> ReviewPage:
    """Every form is entered; the minutes of the first village are typed."""
    review = begin(world)
    for village in world.villages:
        confirm(world, review, village)
    settle(world.desk, review)
    made = show(qtbot, world)
    made.open({"village": world.villages[0], "step": "meet"})
    idle(qtbot, made)
    type_into(made, "held_on", "05/10/2026")
    type_into(made, "attendants", "40")
    return made


@pytest.fixture
def gate(page) -> Iterator[threading.Event]:
    """Both lanes wait at this gate."""
    opened = threading.Event()
    yield opened
    opened.set()


def block(page: ReviewPage, gate: threading.Event) -> None:
    runner = page.desk.runner
    runner.write(page, gate.wait, lambda _: None)
    for _ in range(2):
        runner.read(page, gate.wait, lambda _: None)


def idle(qtbot, page: ReviewPage) -> None:
    qtbot.waitUntil(lambda: page.panel is not None and not page.desk.runner.busy)


def test_another_village_can_be_typed_into_only_once_it_is_read(qtbot, world, page, gate):
    block(page, gate)
    page.show_village(world.villages[1])
    assert not page.panel.save_button.isEnabled()
    assert not page.panel.form.isEnabled()
    gate.set()
    idle(qtbot, page)
    assert page.panel.form.draft()["attendants"] is None
    page.show_village(world.villages[0])
    idle(qtbot, page)
    assert page.panel.form.draft()["attendants"] == 40


def test_what_is_read_anew_leaves_the_cursor_where_it_types(qtbot, world, page):
    type_into(page, "others", "3")
    page.mark_stale()
    idle(qtbot, page)
    hands.write("8")
    assert page.panel.form.draft()["others"] == 38


def test_a_meeting_is_saved_in_the_background(qtbot, world, page):
    type_into(page, "others", "38")
    press(page, "save_record")
    assert not page.panel.form.isEnabled()
    idle(qtbot, page)
    review = page.place.review.uid
    (held,) = meetings.of_village(world.database, review, world.villages[0])
    assert held.minutes.attendants == 40
    assert page.panel.chosen == held.uid
    assert page.place.flow.current(world.villages[0]).step.code == "post"
