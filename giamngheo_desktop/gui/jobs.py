"""Two lanes of work off the GUI thread (reads, writes) and how their results come back to it."""

from __future__ import annotations

import contextlib
import functools
import gc
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QThreadPool, Signal, Slot

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.errors import Cancelled
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.bus import Bus
from giamngheo_desktop.gui.room import Room

T = TypeVar("T")
Failed = Callable[[BaseException], object]


def traced(fn: Callable[[], T]) -> Callable[[], T]:
    """`fn`, seen by coverage also on a thread that Qt started and Python does not know."""

    @functools.wraps(fn)
    def run() -> T:
        trace = threading.gettrace()
        if trace is not None:
            sys.settrace(trace)
        return fn()

    return run


@contextmanager
def without_collecting() -> Iterator[None]:
    """For a job that makes many values at once: Python looks through none of them meanwhile, which
    would hold the window for half a second each time.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@dataclass(frozen=True, slots=True)
class _Job:
    """The GUI side of a job. It never travels to the worker, so no widget can die there."""

    owner: Callable[[], QObject | None]
    done: Callable[[], Callable[[Any], object] | None]
    failed: Callable[[], Failed | None] | None
    writes: bool
    latest: tuple[int, str] | None
    room: Room | None


@dataclass(frozen=True, slots=True)
class _Outcome:
    number: int
    value: object = None
    error: BaseException | None = None


class Runner(QObject):
    """Starts work for an owner and hands its result to the owner on the GUI thread.

    `fn` takes nothing and touches no Qt object; `done(result)` gets exactly what it returned;
    `failed(exception)` gets what it raised, else `report` shows it. Results for an owner that is
    gone are dropped, except that a failed write is always reported and a finished write always
    reaches the bus. `latest` names a question of which only the newest answer counts (a search).
    """

    busy_changed = Signal(bool)

    def __init__(
        self,
        bus: Bus,
        report: Callable[[BaseException], object] = messages.report,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bus = bus
        self._report = report
        self._jobs: dict[int, _Job] = {}
        self._channels: dict[int, tuple[Callable[[], Any], Callable[[], Any]]] = {}
        self._newest: dict[tuple[int, str], int] = {}
        self._count = 0
        self._closed = False
        self._room: Callable[[], Callable[[], Room] | None] = lambda: None
        self._rooms: dict[UUID, Room] = {}

    @property
    def busy(self) -> bool:
        """Work of either lane is under way or waiting."""
        return bool(self._jobs)

    @property
    def writing(self) -> bool:
        """A write is under way or waiting: the window must not close yet."""
        return any(job.writes for job in self._jobs.values())

    def read(
        self,
        owner: QObject,
        fn: Callable[[], T],
        done: Callable[[T], object],
        failed: Failed | None = None,
        *,
        latest: str = "",
    ) -> None:
        """Run `fn` on the read lane (two threads, no order between them)."""
        self._submit(owner, fn, done, failed, writes=False, latest=latest)

    def write(
        self,
        owner: QObject,
        fn: Callable[[], T],
        done: Callable[[T], object],
        failed: Failed | None = None,
    ) -> None:
        """Run `fn` on the write lane (one thread, in the order of the calls)."""
        self._submit(owner, fn, done, failed, writes=True, latest="")

    def channel(self, owner: QObject, call: Callable[[Any], object]) -> Callable[[Any], None]:
        """A function for a worker: what it is given reaches `call` on the GUI thread, in order.

        For progress. Nothing is called once the owner is gone.
        """
        self._count += 1
        self._channels[self._count] = (weakref.ref(owner), _held(call, owner))
        return self._sender(self._count)

    def write_from(self, room: Callable[[], Room]) -> None:
        """A method that says where the user stands when a write is asked for. What its own object
        writes is of the whole window, of no room.
        """
        self._room = weakref.WeakMethod(room)

    def room_of(self, group: UUID) -> Room | None:
        """Where an action of this run was done; None where that is not known."""
        return self._rooms.get(group)

    def close(self) -> None:
        """Forget waiting reads, finish every write, take no more work."""
        self._closed = True

    def _sender(self, number: int) -> Callable[[Any], None]:
        return lambda value: self._receive(number, value)

    @Slot(int, object)
    def _receive(self, number: int, value: object) -> None:
        owner, call = (get() for get in self._channels[number])
        if owner is not None and shiboken6.isValid(owner) and call is not None:
            call(value)

    def _start(self, number: int, fn: Callable[[], object], *, writes: bool) -> None:
        raise NotImplementedError

    def _submit(
        self,
        owner: QObject,
        fn: Callable[[], Any],
        done: Callable[[Any], object],
        failed: Failed | None,
        *,
        writes: bool,
        latest: str,
    ) -> None:
        if self._closed:
            raise RuntimeError("the runner is closed")
        if _holds_qt_object(fn):
            raise TypeError("a worker function must not hold a Qt object")
        was_busy = self.busy
        self._count += 1
        key = (id(owner), latest) if latest else None
        if key is not None:
            self._newest[key] = self._count
        where = self._room() if writes else None
        in_room = where is not None and getattr(where, "__self__", None) is not owner
        self._jobs[self._count] = _Job(
            owner=weakref.ref(owner),
            done=_held(done, owner),
            failed=None if failed is None else _held(failed, owner),
            writes=writes,
            latest=key,
            room=where() if where is not None and in_room else None,
        )
        if not was_busy:
            self.busy_changed.emit(True)
        self._start(self._count, fn, writes=writes)

    @Slot(object)
    def _deliver(self, outcome: _Outcome) -> None:
        job = self._jobs.pop(outcome.number, None)
        if job is None:  # a read cleared by close()
            return
        if not self._jobs:
            self.busy_changed.emit(False)
        if isinstance(outcome.value, Done):
            if job.room is not None:
                self._rooms[outcome.value.changes.group] = job.room
            self._bus.data_changed.emit(outcome.value.changes)
        outdated = False
        if job.latest is not None:
            outdated = self._newest.get(job.latest) != outcome.number
            if not outdated:
                del self._newest[job.latest]
        owner = job.owner()
        alive = owner is not None and shiboken6.isValid(owner)
        if outcome.error is not None:
            self._fail(job, outcome.error, wanted=alive and not outdated)
        elif alive and not outdated:
            done = job.done()
            if done is not None:
                done(outcome.value)

    def _fail(self, job: _Job, error: BaseException, *, wanted: bool) -> None:
        failed = job.failed() if wanted and job.failed is not None else None
        if failed is not None:
            failed(error)
        elif (wanted or job.writes) and not isinstance(error, Cancelled):
            self._report(error)


class JobRunner(Runner):
    """The runner of the program: one for its whole life, on the GUI thread."""

    _finished = Signal(object)
    _sent = Signal(int, object)

    def __init__(
        self,
        bus: Bus,
        report: Callable[[BaseException], object] = messages.report,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(bus, report, parent)
        self._readers = QThreadPool(self)
        self._readers.setMaxThreadCount(2)
        self._writer = QThreadPool(self)
        self._writer.setMaxThreadCount(1)
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._sent.connect(self._receive, Qt.ConnectionType.QueuedConnection)

    def close(self) -> None:
        super().close()
        self._readers.clear()
        self._writer.waitForDone()
        self._readers.waitForDone()
        self._jobs = {number: job for number, job in self._jobs.items() if job.writes}
        # The results of the last writes are queued for this object: deliver them now.
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)

    def _sender(self, number: int) -> Callable[[Any], None]:
        sent = self._sent

        def send(value: object) -> None:
            sent.emit(number, value)

        return send

    def _start(self, number: int, fn: Callable[[], object], *, writes: bool) -> None:
        finished = self._finished

        @traced
        def work() -> None:
            finished.emit(_run(number, fn))

        (self._writer if writes else self._readers).start(work)


class InlineRunner(Runner):
    """The same interface, everything at once on the calling thread: for tests and screen shots."""

    def _start(self, number: int, fn: Callable[[], object], *, writes: bool) -> None:
        self._deliver(_run(number, fn))


def _run(number: int, fn: Callable[[], object]) -> _Outcome:
    try:
        return _Outcome(number, value=fn())
    except BaseException as error:  # noqa: BLE001 - carried to the GUI thread, judged there
        return _Outcome(number, error=error)


def _holds_qt_object(fn: Callable[[], object]) -> bool:
    """Whether a method, closure or partial would take a widget along to another thread."""
    held = [getattr(fn, "__self__", None)]
    for cell in getattr(fn, "__closure__", None) or ():
        with contextlib.suppress(ValueError):  # a cell not filled yet
            held.append(cell.cell_contents)
    if isinstance(fn, functools.partial):
        held += [*fn.args, *fn.keywords.values(), getattr(fn.func, "__self__", None)]
    return any(isinstance(thing, QObject) for thing in held)


def _held(callback: Callable[[Any], object], owner: QObject) -> Callable[[], Any]:
    """A getter of the callback that does not keep the owner alive through its own method."""
    if getattr(callback, "__self__", None) is owner:
        return weakref.WeakMethod(callback)
    return lambda: callback
