"""Results come back complete, on the GUI thread, in order, and only to owners that still live."""

from __future__ import annotations

import functools
import subprocess
import sys
import threading
from uuid import UUID

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread

from giamngheo_desktop.domain.changes import ChangeSet, Done, Op
from giamngheo_desktop.domain.errors import AppError, Cancelled
from giamngheo_desktop.gui.bus import Bus
from giamngheo_desktop.gui.jobs import InlineRunner, JobRunner, Runner

GROUP = UUID(int=7)


@pytest.fixture
def reported():
    return []


@pytest.fixture(params=[JobRunner, InlineRunner])
def runner(request, qapp, reported):
    runner: Runner = request.param(Bus(), reported.append)
    yield runner
    runner.close()


def idle(qtbot, runner):
    qtbot.waitUntil(lambda: not runner.busy, timeout=20_000)


def fail(error):
    raise error


def test_two_thousand_writes_arrive_in_order_on_the_gui_thread(qtbot, runner):
    owner, got, threads = QObject(), [], set()

    def done(result):
        got.append(result)
        threads.add(QThread.currentThread())

    for number in range(2000):
        runner.write(owner, lambda number=number: number, done)
    idle(qtbot, runner)
    assert got == list(range(2000))
    assert threads == {owner.thread()}


def test_two_thousand_reads_all_arrive(qtbot, runner):
    owner, got = QObject(), []
    for number in range(2000):
        runner.read(owner, lambda number=number: number, got.append)
    idle(qtbot, runner)
    assert sorted(got) == list(range(2000))


def test_work_runs_off_the_gui_thread_and_writes_never_overlap(qtbot, qapp):
    runner, owner, seen, inside = JobRunner(Bus()), QObject(), set(), []

    def work():
        inside.append(1)
        overlap = len(inside)
        seen.add(threading.get_ident())
        inside.pop()
        return overlap

    overlaps = []
    for _ in range(50):
        runner.write(owner, work, overlaps.append)
    idle(qtbot, runner)
    assert set(overlaps) == {1}
    assert threading.get_ident() not in seen
    runner.close()


def test_only_the_newest_answer_of_a_question_arrives(qtbot, qapp):
    runner, owner, got, gate = JobRunner(Bus()), QObject(), [], threading.Event()
    runner.read(owner, lambda: gate.wait(10) and "slow", got.append, latest="search")
    runner.read(owner, lambda: "quick", got.append, latest="search")
    qtbot.waitUntil(lambda: got == ["quick"])
    gate.set()
    idle(qtbot, runner)
    assert got == ["quick"]
    runner.close()


def test_a_result_for_a_deleted_owner_is_dropped(qtbot, qapp, reported):
    runner, got, gate = JobRunner(Bus(), reported.append), [], threading.Event()
    deleted, forgotten, kept = QObject(), QObject(), QObject()
    for owner, name in ((deleted, "deleted"), (forgotten, "forgotten"), (kept, "kept")):
        runner.write(owner, lambda: gate.wait(10), lambda _, name=name: got.append(name))
    runner.write(deleted, lambda: fail(AppError("lost")), got.append, got.append)
    runner.read(deleted, lambda: fail(AppError("nobody cares")), got.append)
    shiboken6.delete(deleted)
    del forgotten, owner
    gate.set()
    idle(qtbot, runner)
    assert got == ["kept"]
    assert [error.code for error in reported] == ["lost"]  # a failed write is never silent
    runner.close()


def test_changes_reach_the_bus_before_the_owner(qtbot, qapp):
    bus, owner, heard = Bus(), QObject(), []
    bus.data_changed.connect(heard.append)
    runner = JobRunner(bus)
    changes = ChangeSet(Op.SAVE_HOUSEHOLD, GROUP)
    runner.write(owner, lambda: Done("saved", changes), lambda done: heard.append(done.value))
    idle(qtbot, runner)
    assert heard == [changes, "saved"]
    runner.close()


def test_changes_reach_the_bus_although_the_owner_is_gone(qtbot, qapp):
    bus, owner, heard = Bus(), QObject(), []
    bus.data_changed.connect(heard.append)
    runner = JobRunner(bus)
    changes = ChangeSet(Op.BIRTH, GROUP)
    runner.write(owner, lambda: Done(None, changes), heard.append)
    del owner
    idle(qtbot, runner)
    assert heard == [changes]
    runner.close()


def test_a_failure_goes_to_failed_or_is_reported(qtbot, runner, reported):
    owner, failed = QObject(), []
    runner.read(owner, lambda: fail(AppError("first")), fail, failed.append)
    runner.read(owner, lambda: fail(AppError("second")), fail)
    runner.read(owner, lambda: fail(Cancelled()), fail)
    idle(qtbot, runner)
    assert [error.code for error in failed] == ["first"]
    assert [error.code for error in reported] == ["second"]


def test_close_finishes_writes_and_delivers_their_results(qapp):
    runner, owner, got = JobRunner(Bus()), QObject(), []
    for number in range(20):
        runner.write(owner, lambda number=number: number, got.append)
    runner.close()
    assert got == list(range(20))
    assert not runner.busy
    with pytest.raises(RuntimeError):
        runner.write(owner, int, got.append)


def test_work_that_holds_a_widget_is_refused(runner):
    owner = QObject()
    for work in (owner.objectName, lambda: owner, functools.partial(print, owner)):
        with pytest.raises(TypeError):
            runner.read(owner, work, print)


def test_progress_reaches_the_owner_in_order_and_before_the_result(qtbot, runner):
    owner, heard = QObject(), []
    tell = runner.channel(owner, heard.append)

    def work(tell):
        for number in range(100):
            tell(number)
        return "done"

    runner.write(owner, functools.partial(work, tell), heard.append)
    idle(qtbot, runner)
    assert heard == [*range(100), "done"]


def test_progress_for_a_deleted_owner_is_dropped(qtbot, runner):
    owner, kept, heard = QObject(), QObject(), []
    tell = runner.channel(owner, heard.append)
    shiboken6.delete(owner)
    runner.write(kept, functools.partial(tell, 1), heard.append)
    idle(qtbot, runner)
    assert heard == [None]


CHILD = """
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLineEdit

class Speaker(QObject):
    spoke = Signal(object, bool)

app = QApplication([])
speaker, heard = Speaker(), []
speaker.spoke.connect(lambda what, flag: heard.append((what, flag)))
for number in range(5000):
    speaker.spoke.emit(None if number % 2 else 3_000_000_000, True)
edit = QLineEdit()
edit.textChanged.connect(heard.append)
for number in range(2000):
    edit.setText(f"Nguyễn Thị {number}")
print(len(heard), heard[0][0])
"""


def test_this_pair_of_python_and_qt_survives_many_signals():
    """PySide6 6.12.0 on Python 3.11 aborts here (references to None and True are lost)."""
    child = subprocess.run(
        [sys.executable, "-c", CHILD], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert (child.returncode, child.stdout.strip()) == (0, "7000 3000000000")
