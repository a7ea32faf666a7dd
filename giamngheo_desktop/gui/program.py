"""The program as the user meets it: the start window, or one open file; nothing else is open."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import Definitions, shipped_definitions
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.gui import messages, preferences
from giamngheo_desktop.gui.bus import Bus
from giamngheo_desktop.gui.jobs import JobRunner, Runner
from giamngheo_desktop.gui.messages import Answer
from giamngheo_desktop.gui.start.start_window import StartWindow

if TYPE_CHECKING:
    from giamngheo_desktop.domain.passphrase import Passphrase
    from giamngheo_desktop.gui.session import Session
    from giamngheo_desktop.gui.start.assistant import Assistant
    from giamngheo_desktop.gui.start.file_work import Ready
    from giamngheo_desktop.gui.start.new_collection import WantedCollection
    from giamngheo_desktop.gui.start.new_commune import Wanted

log = logging.getLogger(__name__)

MakeRunner = Callable[[Bus], Runner]
_IN_USE = frozenset({"database_in_use", "database_in_use_by_someone"})


def definitions() -> Definitions:
    """All definitions, read once."""
    return shipped_definitions(paths.resources() / "definitions")


class Program(QObject):
    """Built once by `app.py`. `finished()`: the last window is closed and everything is put away.

    `context` gives clock, ids and user; `make_runner` makes the lanes of work of one open file.
    """

    finished = Signal()

    def __init__(
        self,
        context: Context,
        make_runner: MakeRunner = JobRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._make_runner = make_runner
        self._runner = make_runner(Bus(self))  # for the start window: opening, listing, drafts
        self.start: StartWindow | None = None
        self.session: Session | None = None
        self._next = ""
        self._ended = False

    # -- beginning ------------------------------------------------------------------------------

    def begin(self, path: Path | None = None) -> None:
        """Open the file named, else the one used last, else show how to begin."""
        recent = [Path(name) for name in preferences.load().recent]
        last = next((known for known in recent if known.is_file()), None)
        start = self._show_start(last)
        wanted = path or last
        if wanted is not None:
            start.show_busy(self.tr("Đang mở {name}…").format(name=wanted.name))
            # After the first paint, so that the window stands while the storage loads.
            self._runner.read(self, _warm_up, partial(self._begin_open, wanted))
        else:
            start.show_home()
            self._runner.read(self, _warm_up, _ignore)

    @property
    def window(self) -> QWidget | None:
        """The window now shown."""
        return self.session.window if self.session else self.start

    # -- from the start window ------------------------------------------------------------------

    @Slot(object)
    def open(self, path: Path, *, read_only: bool = False) -> None:
        from giamngheo_desktop.gui.start import file_work

        self._busy(self.tr("Đang mở {name}…").format(name=path.name))
        work = partial(file_work.open_file, path, self._context, definitions(), read_only=read_only)
        self._runner.write(self, work, self._opened, partial(self._open_failed, path))

    @Slot(object)
    def create(self, wanted: Wanted | WantedCollection) -> None:
        from giamngheo_desktop.gui.start import file_work
        from giamngheo_desktop.gui.start.new_commune import Wanted

        self._busy(self.tr("Đang lập sổ {name}…").format(name=wanted.name))
        act = (self._context, definitions())
        work = (
            partial(file_work.create_file, wanted, *act)
            if isinstance(wanted, Wanted)
            else partial(file_work.create_collection, wanted, *act)
        )
        self._runner.write(self, work, self._created, self._create_failed)

    @Slot()
    def open_sample(self) -> None:
        """A new sample, or the one that is already there."""
        from giamngheo_desktop.exports.safe_file import free_name
        from giamngheo_desktop.gui.start import file_work

        path = paths.data_dir() / file_work.SAMPLE
        if path.exists():
            answer = messages.choose(
                self.tr("Trên máy đã có xã mẫu."),
                (
                    Answer("old", self.tr("Mở xã mẫu ấy")),
                    Answer("new", self.tr("Làm xã mẫu mới")),
                    Answer("no", self.tr("Thôi")),
                ),
                default="old",
                escape="no",
                parent=self.start,
            )
            if answer == "no":
                return
            if answer == "old":
                self.open(path)
                return
            path = path.with_name(free_name(path))
        self._busy(self.tr("Đang làm xã mẫu…"))
        work = partial(file_work.create_sample, path, self._context, definitions())
        self._runner.write(self, work, self._opened, self._failed)

    @Slot(object)
    def take_work(self, package: Path, passphrase: Passphrase | None = None) -> None:
        """A file of this PC out of what another PC sent along."""
        from giamngheo_desktop.gui.start import file_work

        self._busy(self.tr("Đang lập sổ từ {name}…").format(name=package.name))
        act = (paths.data_dir(), self._context, definitions(), passphrase)
        work = partial(file_work.create_from_work, package, *act)
        self._runner.write(self, work, self._opened, partial(self._work_failed, package))

    @Slot(object, object)
    def restore(self, path: Path, backup: Path) -> None:
        from giamngheo_desktop.gui.start import file_work

        self._busy(self.tr("Đang phục hồi {name}…").format(name=path.name))
        work = partial(file_work.restore, path, backup, self._context, definitions())
        self._runner.write(self, work, self._opened, self._failed)

    # -- results --------------------------------------------------------------------------------

    def _begin_open(self, path: Path, nothing: None) -> None:
        self.open(path)

    def _opened(self, ready: Ready) -> None:
        from giamngheo_desktop.gui.session import Session
        from giamngheo_desktop.gui.start import file_work

        if self._ended:  # the window was closed while the file opened
            file_work.close_file(ready.opened, self._context)
            return
        preferences.remember_file(ready.path)
        bus = Bus(self)
        runner = self._make_runner(bus)
        self.session = Session(ready, self._context, definitions(), runner, bus, self)
        self.session.left.connect(self._remember_next)
        self.session.closed.connect(self._session_closed)
        self.session.show()
        if self.start is not None:
            self.start.hide()
            self.start.deleteLater()
            self.start = None

    def _created(self, ready: Ready) -> None:
        if self.start is not None:
            self.start.say_made()
        self._opened(ready)

    def _create_failed(self, error: BaseException) -> None:
        if self.start is not None:
            self.start.ask_again()
        messages.report(error, self.start)

    def _open_failed(self, path: Path, error: BaseException) -> None:
        if isinstance(error, AppError) and error.code in _IN_USE:
            from giamngheo_desktop import texts

            if self.start is not None:  # nothing runs while the question stands
                self.start.show_home()
            named = AppError(error.code, **{**error.params, "path": path.name})
            answer = messages.choose(
                texts.error_text(named),
                (
                    Answer("look", self.tr("Mở chỉ để xem")),
                    Answer("no", self.tr("Quay lại")),
                ),
                default="look",
                escape="no",
                parent=self.start,
            )
            if answer == "look":
                self.open(path, read_only=True)
            return
        self._failed(error)

    def _work_failed(self, package: Path, error: BaseException) -> None:
        from giamngheo_desktop.gui.exchange.passphrase_dialog import ask_again

        if self.start is not None and ask_again(
            error, self.start, partial(self.take_work, package)
        ):
            self.start.show_files()
            return
        self._failed(error)

    def _failed(self, error: BaseException) -> None:
        if self.start is not None:
            self.start.show_home()
        messages.report(error, self.start)

    # -- windows --------------------------------------------------------------------------------

    def _show_start(self, last: Path | None) -> StartWindow:
        start = StartWindow(self._runner, definitions, self._context.today)
        start.create_requested.connect(self.create)
        start.sample_requested.connect(self.open_sample)
        start.open_requested.connect(self.open)
        start.restore_requested.connect(self.restore)
        start.work_requested.connect(self.take_work)
        start.assistant_opened.connect(self._assistant_opened)
        start.closed.connect(self._start_closed)
        start.offer_last(last)
        self.start = start
        start.show()
        return start

    @Slot(object)
    def _assistant_opened(self, assistant: Assistant) -> None:
        from giamngheo_desktop.gui.start.assistant_draft import AssistantDraft

        AssistantDraft(assistant, self._runner, self._context).offer()

    def _busy(self, text: str) -> None:
        if self.start is not None:
            self.start.show_busy(text)

    @Slot(str)
    def _remember_next(self, code: str) -> None:
        self._next = code

    @Slot()
    def _session_closed(self) -> None:
        """Put the file away with a proven backup; then the start window, or the end."""
        from giamngheo_desktop.gui.start import file_work

        session, self.session = self.session, None
        if session is None:
            return
        session.desk.runner.close()
        closed = file_work.close_file(session.ready.opened, self._context)
        if closed.failure is not None:
            messages.report(closed.failure)
        session.window.deleteLater()
        session.deleteLater()
        code, self._next = self._next, ""
        if code:
            start = self._show_start(session.ready.path)
            start.show_home()
            start.home.chosen.emit(code)
        else:
            self._end()

    @Slot()
    def _start_closed(self) -> None:
        if self.session is None:
            self._end()

    def _end(self) -> None:
        self._ended = True
        self._runner.close()
        self.finished.emit()


def _warm_up() -> None:
    """Load what an open file needs: while the window paints, or while the user reads it."""
    from giamngheo_desktop.gui import session  # noqa: F401
    from giamngheo_desktop.gui.start import file_work  # noqa: F401


def _ignore(nothing: None) -> None:
    """Warming up has no result."""
