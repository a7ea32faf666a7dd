"""The window before a file is open: home, the ways to a new file, open or restore, what goes on.

Loads nothing of the storage until it is asked for, so that it stands at once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from giamngheo_desktop.gui.help import opening
from giamngheo_desktop.gui.jobs import Runner
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.gui.start.home import Home

if TYPE_CHECKING:
    from giamngheo_desktop.definitions.catalogue import Definitions
    from giamngheo_desktop.gui.start.assistant import Assistant
    from giamngheo_desktop.gui.start.new_collection import NewCollectionView
    from giamngheo_desktop.gui.start.new_commune import NewCommuneView
    from giamngheo_desktop.gui.start.open_page import OpenPage

SMALLEST = QSize(860, 430)
_WIDEST = 980  # pixels of a page at 100 %


class StartWindow(QWidget):
    """`create_requested(Wanted or WantedCollection)`, `sample_requested()`, `open_requested(Path)`,
    `restore_requested(Path, Path)`, `work_requested(Path)`; `assistant_opened(Assistant)` once one
    stands.
    """

    create_requested = Signal(object)
    sample_requested = Signal()
    open_requested = Signal(object)
    work_requested = Signal(object)
    restore_requested = Signal(object, object)
    assistant_opened = Signal(object)
    closed = Signal()

    def __init__(
        self,
        runner: Runner,
        definitions: Callable[[], Definitions],
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("start_window")
        self.setWindowTitle(self.tr("Giảm nghèo"))
        self.setMinimumSize(SMALLEST)
        self.resize(1024, 640)
        self.setAutoFillBackground(True)
        self._runner = runner
        self._definitions = definitions
        self._today = today
        self.last: Path | None = None
        self.assistant: NewCommuneView | None = None
        self.collection: NewCollectionView | None = None
        self._asking: Assistant | None = None  # which of them was shown last
        self.open_page: OpenPage | None = None
        self.home = Home()
        self.pages = QStackedWidget()
        self.pages.setMaximumWidth(_WIDEST)
        self._busy = QWidget()
        self._busy_text = label("", "heading", "busy_text", wrap=True)
        self._build()
        opening.name_help(self, "start")
        opening.add_help(self, self.tr("Trợ giúp"), str)
        self.home.chosen.connect(self._choose)

    # -- for the owner --------------------------------------------------------------------------

    def offer_last(self, path: Path | None) -> None:
        """The file used last stands first."""
        self.last = path
        self.home.offer_last(path.stem if path else "", str(path.parent) if path else "")

    def show_home(self) -> None:
        self.pages.setCurrentWidget(self.home)
        self.home.setFocus()

    def show_busy(self, text: str) -> None:
        """Say what is going on; nothing can be pressed meanwhile."""
        self._busy_text.setText(text)
        self.pages.setCurrentWidget(self._busy)

    def show_assistant(self) -> None:
        if self.assistant is None:
            from giamngheo_desktop.gui.start.new_commune import NewCommuneView

            self.assistant = NewCommuneView(self._definitions(), self._today())
            self._begin(self.assistant)
        self._show(self.assistant)

    def show_collection(self) -> None:
        if self.collection is None:
            from giamngheo_desktop.gui.start.new_collection import NewCollectionView

            self.collection = NewCollectionView()
            self._begin(self.collection)
        self._show(self.collection)

    def ask_again(self) -> None:
        """The file could not be made: its answers stand there still."""
        if self._asking is not None:
            self.pages.setCurrentWidget(self._asking)

    def say_made(self) -> None:
        """The file is there: its answers are kept no longer."""
        if self._asking is not None:
            self._asking.made.emit()

    def show_files(self) -> None:
        if self.open_page is None:
            from giamngheo_desktop.gui.start.open_page import OpenPage

            self.open_page = OpenPage(self._runner)
            self.open_page.open_requested.connect(self.open_requested)
            self.open_page.work_requested.connect(self.work_requested)
            self.open_page.restore_requested.connect(self.restore_requested)
            self.open_page.left.connect(self.show_home)
            self.pages.addWidget(self.open_page)
        self.pages.setCurrentWidget(self.open_page)
        self.open_page.load()

    # -- internals ------------------------------------------------------------------------------

    def _begin(self, assistant: Assistant) -> None:
        assistant.create_requested.connect(self.create_requested)
        assistant.left.connect(self.show_home)
        self.pages.addWidget(assistant)
        self.pages.setCurrentWidget(assistant)
        assistant.start_typing()
        self.assistant_opened.emit(assistant)

    def _show(self, assistant: Assistant) -> None:
        self._asking = assistant
        self.pages.setCurrentWidget(assistant)

    def _build(self) -> None:
        bar = QProgressBar()
        bar.setRange(0, 0)
        busy = QVBoxLayout(self._busy)
        busy.addStretch()
        self._busy_text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        busy.addWidget(self._busy_text)  # as wide as the page: only a long name takes two lines
        busy.addWidget(bar)
        busy.addStretch()
        self.pages.addWidget(self.home)
        self.pages.addWidget(self._busy)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 20, 24, 20)
        row.addStretch(1)
        row.addWidget(self.pages, 100)
        row.addStretch(1)

    def _choose(self, code: str) -> None:
        if code == "new":
            self.show_assistant()
        elif code == "collection":
            self.show_collection()
        elif code == "sample":
            self.sample_requested.emit()
        elif code == "open":
            self.show_files()
        elif self.last is not None:
            self.open_requested.emit(self.last)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        for assistant in (self.assistant, self.collection):
            if assistant is not None:
                assistant.keep()
        self.closed.emit()
