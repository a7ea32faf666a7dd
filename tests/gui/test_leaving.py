"""However the program is left, what is half typed is kept, or somebody is asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from giamngheo_desktop.gui.jobs import InlineRunner
from giamngheo_desktop.gui.program import Program
from giamngheo_desktop.gui.session import Session
from giamngheo_desktop.services import drafts
from giamngheo_desktop.services.review import meetings
from tests.gui import hands, typed_and_killed
from tests.gui.commune import World, context
from tests.gui.hands import Key
from tests.gui.program.acts import action, notice
from tests.gui.review import AUTUMN, autumn, begin, confirm, settle

HERE = Path(__file__).parents[2]


@pytest.fixture
def world(tmp_path) -> World:
    """A review whose first village is before its meeting; nobody has the file open."""
    with autumn(tmp_path) as made:
        uid = begin(made)
        for village in made.villages:
            confirm(made, uid, village)
        settle(made.desk, uid)
    return made


@pytest.fixture
def start(world) -> Iterator:
    """The program opens the file, as often as it is asked to."""
    programs = []

    def begin_program() -> Program:
        program = Program(context(AUTUMN, seed=11 + len(programs)), InlineRunner)
        programs.append(program)
        program.begin(world.database.path)
        hands.turn_to(program.session.window)
        return program

    yield begin_program
    for program in programs:
        if program.window is not None:
            program.window.close()


def kept(world) -> str:
    return " ".join(repr(draft.record) for draft in drafts.find(world.database.path).drafts)


def type_dialog(session: Session, world: World):
    session.go("households", world.homes[0])
    dialog = session.pages["households"].view.events.open_event("move_out")
    hands.turn_to(dialog)
    dialog.form.focus_field("note")
    return dialog


def meeting(session: Session, world: World):
    session.go("review", {"village": world.villages[0], "step": "meet"})
    return session.pages["review"].panel


def offices(session: Session):
    session.go("settings", "offices")
    return session.pages["settings"].section


# -- a power cut ----------------------------------------------------------------------------------


def kill_over(world: World, what: str, uid: UUID) -> None:
    """Another process types and dies; it waits for the draft and for nothing else."""
    command = [sys.executable, "-m", "tests.gui.typed_and_killed", str(world.database.path)]
    done = subprocess.run(
        [*command, what, uid.hex],
        cwd=HERE,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


def test_a_dialog_outlives_a_power_cut(world, start):
    kill_over(world, "dialog", world.homes[0])
    session = start().session
    assert "Phần gõ dở được giữ ở: trang Hộ gia đình." in notice(session)
    dialog = type_dialog(session, world)
    assert dialog.form.draft()["note"] == typed_and_killed.NOTE
    assert dialog.draft.findChild(QLabel, "draft_note_text").isVisible()


def test_a_panel_and_its_open_cell_outlive_a_power_cut(world, start):
    kill_over(world, "panel", world.villages[0])
    session = start().session
    assert "Phần gõ dở được giữ ở: trang Rà soát." in notice(session)
    panel = meeting(session, world)
    assert panel.form.draft()["chair"] == typed_and_killed.CHAIR
    assert panel.votes.cells.text(1, "agreed") == typed_and_killed.VOTE


# -- leaving on purpose ---------------------------------------------------------------------------


def test_the_window_closes_over_a_half_typed_dialog_and_keeps_it(world, start):
    program = start()
    type_dialog(program.session, world)
    hands.write("Gia Lai")
    assert program.session.window.close()
    assert program.session is None
    assert "Gia Lai" in kept(world)


def test_a_log_off_keeps_everything_at_once(world, start):
    program = start()
    panel = meeting(program.session, world)
    panel.form.focus_field("chair")
    hands.write("Lò Văn Ón")
    assert "Lò Văn Ón" not in kept(world)  # the second after the last key has not passed
    QApplication.instance().commitDataRequest.emit(None)
    assert "Lò Văn Ón" in kept(world)


def test_escape_another_page_another_village_and_another_file_keep_a_panel(world, start):
    program = start()
    session = program.session
    panel = meeting(session, world)
    panel.form.focus_field("chair")
    hands.write("Lò Văn Ón")
    hands.press(Key.Key_Escape)
    assert panel.form.draft()["chair"] == "Lò Văn Ón"
    session.go("overview")
    assert "Lò Văn Ón" in kept(world)
    session.go("review")
    session.pages["review"].show_village(world.villages[1])
    assert panel.form.draft()["chair"] is None
    session.pages["review"].show_village(world.villages[0])
    assert panel.form.draft()["chair"] == "Lò Văn Ón"
    panel.form.focus_field("secretary")
    hands.write("Hồ Thị Mai")
    action(session, "file_open").trigger()
    assert program.session is None
    assert "Hồ Thị Mai" in kept(world)


def test_settings_ask_before_they_are_left_and_survive_a_log_off(world, start, said):
    program = start()
    session = program.session
    section = offices(session)
    section.fields["signer_name"].setFocus()
    hands.focus().selectAll()
    hands.write("Hồ Văn Ký")
    said.will_answer("stay", "stay", "stay")
    session.go("overview")
    assert session.window.page_key() == "settings"
    action(session, "file_open").trigger()
    assert not session.window.close()
    assert program.session is session
    assert section.fields["signer_name"].text() == "Hồ Văn Ký"
    session.desk.bus.leaving.emit()
    assert "Hồ Văn Ký" in kept(world)
    said.will_answer("discard")
    session.go("overview")
    assert kept(world) == ""
    assert offices(session).fields["signer_name"].text() == "Phan Xuân Đồng"


def test_nothing_is_lost_while_a_save_is_still_on_its_way(world, start):
    """A draft goes when the file has it, not when the button is pressed."""
    session = start().session
    panel = meeting(session, world)
    panel.form.set_draft({"held_on": date(2026, 10, 5), "attendants": 40, "others": 30})
    panel.form.focus_field("chair")
    hands.write("Lò Văn Ón")
    seen = []
    runner = session.desk.runner
    session.desk.bus.data_changed.connect(lambda changes: seen.append(kept(world)))
    panel.save()
    assert "Lò Văn Ón" in seen[0]
    assert not runner.writing
    assert kept(world) == ""
    (held,) = meetings.of_village(
        session.desk.database, session.pages["review"].place.review.uid, world.villages[0]
    )
    assert held.minutes.chair == "Lò Văn Ón"
