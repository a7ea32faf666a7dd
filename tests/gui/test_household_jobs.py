"""With real threads: what is typed while a save or a reading is under way is not lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date

import pytest

from giamngheo_desktop.gui.bus import Bus
from giamngheo_desktop.gui.jobs import JobRunner
from giamngheo_desktop.gui.pages.households_page import HouseholdsPage
from giamngheo_desktop.services import drafts, households, register
from giamngheo_desktop.services.register import HouseholdFilter
from tests.gui import hands
from tests.gui.commune import YEAR, World, make_world
from tests.gui.hands import Key

TODAY = date(YEAR, 6, 30)


@pytest.fixture
def world(tmp_path) -> Iterator[World]:
    bus = Bus()
    made = make_world(tmp_path, runner=JobRunner(bus))
    made.desk = type(made.desk)(
        database=made.database,
        context=made.context,
        definitions=made.desk.definitions,
        runner=made.desk.runner,
        bus=bus,
        commune=made.commune,
    )
    yield made
    made.close()


@pytest.fixture
def page(qtbot, world) -> HouseholdsPage:
    page = HouseholdsPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.resize(1100, 620)
    page.show()
    hands.turn_to(page)
    qtbot.waitUntil(lambda: len(page.list.shown_rows()) == 6)
    return page


@pytest.fixture
def gate(world) -> Iterator[threading.Event]:
    """The write lane and the read lane wait at this gate."""
    opened = threading.Event()
    yield opened
    opened.set()


def block(page, gate: threading.Event) -> None:
    runner = page.desk.runner
    runner.write(page, gate.wait, lambda _: None)
    for _ in range(2):
        runner.read(page, gate.wait, lambda _: None)


def opened(qtbot, page, uid) -> None:
    page.open(uid)
    qtbot.waitUntil(lambda: page.view.uid == uid and not page.desk.runner.busy)


def test_typing_goes_on_while_a_save_is_under_way(qtbot, world, page, gate):
    uid = world.homes[0]
    opened(qtbot, page, uid)
    page.view.sheet.go_to(uid, "note")
    hands.write("một")
    block(page, gate)
    hands.control(Key.Key_S)
    hands.write(" hai")
    gate.set()
    qtbot.waitUntil(lambda: not page.desk.runner.busy)
    assert households.get(world.database, uid, TODAY).note == "một"
    assert hands.at() == "note"
    hands.write(" ba")
    assert page.view.typed().values["note"] == "một hai ba"
    assert page.view.is_dirty
    hands.control(Key.Key_S)
    qtbot.waitUntil(lambda: not page.desk.runner.busy)
    assert households.get(world.database, uid, TODAY).note == "một hai ba"
    assert list(drafts.find(world.database.path).drafts) == []


def test_fingers_faster_than_the_disk_type_into_the_next_household(qtbot, world, page, gate):
    hands.control(Key.Key_N)
    qtbot.waitUntil(lambda: page.view.uid is not None and not page.desk.runner.busy)
    hands.fill("1", "A-1", "dong")
    block(page, gate)
    hands.control(Key.Key_Return)
    hands.fill("2", "B-2")  # the first household is still on the screen
    gate.set()
    qtbot.waitUntil(lambda: page.view.is_new and not page.desk.runner.busy)
    values = page.view.typed().values
    assert (values["list_number"], values["code"]) == (2, "B-2")
    assert hands.at() == "village"
    wanted = HouseholdFilter(day=TODAY, standard="2022")
    codes = [row.code for row in register.households(world.database, wanted) if row.code]
    assert codes == ["A-1"]


def test_what_is_typed_into_one_household_never_lands_in_another(qtbot, world, page, gate):
    one, two = world.homes[:2]
    opened(qtbot, page, one)
    page.view.sheet.go_to(one, "note")
    hands.write("của hộ một")
    block(page, gate)
    page.open(two)  # the first is still shown, the second is being read
    page.view._typing.timeout.emit()
    page.view.save()
    gate.set()
    qtbot.waitUntil(lambda: page.view.uid == two and not page.desk.runner.busy)
    assert page.view.typed().values["note"] is None
    assert not page.view.is_dirty
    (draft,) = drafts.find(world.database.path).drafts
    assert draft.title.startswith("Nguyễn Văn An")
    assert draft.record["note"] == "của hộ một"


def test_leaving_during_a_save_leaves_no_draft_behind(qtbot, world, page, gate):
    uid = world.homes[0]
    opened(qtbot, page, uid)
    page.view.sheet.go_to(uid, "note")
    hands.write("vội")
    block(page, gate)
    hands.control(Key.Key_S)
    hands.press(Key.Key_Escape)
    assert not page.shows_household
    gate.set()
    qtbot.waitUntil(lambda: not page.desk.runner.busy)
    assert households.get(world.database, uid, TODAY).note == "vội"
    assert list(drafts.find(world.database.path).drafts) == []
    assert not page.list.drafts.isVisible()


def test_another_household_is_opened_after_the_save_under_way(qtbot, world, page, gate):
    one, two = world.homes[:2]
    opened(qtbot, page, one)
    page.view.sheet.go_to(one, "note")
    hands.write("xong")
    block(page, gate)
    hands.control(Key.Key_S)
    page.open(two)
    gate.set()
    qtbot.waitUntil(lambda: page.view.uid == two and not page.desk.runner.busy)
    assert households.get(world.database, one, TODAY).note == "xong"
    assert page.view.header.title.text() == "Trần Thị Bình"


def test_only_the_newest_search_is_shown(qtbot, world, page, gate):
    block(page, gate)
    edit = page.list.filters.text_edit
    for text in ("an", "binh", "dao"):
        edit.setText(text)
        page.list.search()
    gate.set()
    qtbot.waitUntil(lambda: not page.desk.runner.busy)
    assert [row.head for row in page.list.shown_rows()] == ["Đinh Thị Đào"]
    edit.setText("binh")
    page.list.search()
    edit.setText("")
    page.list.search()  # cleared before the answer came
    qtbot.waitUntil(lambda: not page.desk.runner.busy)
    assert len(page.list.shown_rows()) == 6
