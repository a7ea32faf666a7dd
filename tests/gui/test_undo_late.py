"""Ctrl+Z while the newest action is still being written never takes back the one before it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from giamngheo_desktop.gui.program import Program
from giamngheo_desktop.gui.session import Session
from giamngheo_desktop.services.undo import next_step
from tests.gui import hands
from tests.gui.commune import context, make_world
from tests.gui.hands import Key
from tests.gui.late import LateRunner
from tests.harness.register import dump, living


@pytest.fixture
def session(tmp_path) -> Iterator[Session]:
    world = make_world(tmp_path)
    world.close()
    program = Program(context(), LateRunner)
    program.begin(world.database.path)
    hands.turn_to(program.session.window)
    yield program.session
    if program.window is not None:
        program.window.close()


def write(session, field: str, text: str) -> None:
    session.go("settings", "offices")
    section = session.pages["settings"].section
    section.fields[field].setText(text)
    section.save()


@pytest.mark.parametrize("steps", [0, 1])
def test_what_is_being_written_is_waited_for(session, said, steps):
    write(session, "signer_name", "Lê Thị Hồng")
    before = living(dump(session.desk.database))
    runner = session.desk.runner
    runner.holds = True
    write(session, "preparer_name", "Trần Văn Sáu")
    if steps:
        runner.go_on(steps)  # written, but not told yet which step that is
    hands.control(Key.Key_Z)
    runner.go_on()
    runner.holds = False
    after = living(dump(session.desk.database))
    assert "Trần Văn Sáu" in repr(after)
    assert "Lê Thị Hồng" in repr(after)
    hands.control(Key.Key_Z)
    assert living(dump(session.desk.database)) == before
    assert next_step(session.desk.database) is not None
    assert said.shown == []
