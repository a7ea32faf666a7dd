"""Searches the paper on screen: a small bar over its upper right corner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Event

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from giamngheo_desktop.domain.errors import Cancelled
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.parts import label, tool
from giamngheo_desktop.gui.preview.finding import MOST, Hit, find
from giamngheo_desktop.gui.preview.pdf_view import PdfView

_PAUSE = 200  # ms after the last key
_GAP = 10  # pixels from the corner


@dataclass(frozen=True, slots=True)
class _SoFar:
    """What the search `number` found by now, on how many of the pages."""

    number: int
    hits: tuple[Hit, ...]
    done: int
    pages: int


class FindBar(QFrame):
    """Enter goes on, Shift+Enter back, Esc closes; searches again when another paper is shown.

    The first place is shown as soon as it is found.
    """

    def __init__(self, view: PdfView) -> None:
        super().__init__(view)
        self._view = view
        self._hits: tuple[Hit, ...] = ()
        self._at = 0
        self._number = 0  # of the search
        self._left = ""  # how far it is, while it is under way
        self._stop = Event()
        self._send = view.runner.channel(self, self._tell)
        self.setObjectName("find_bar")
        self.setProperty("kind", "card")
        self.words = QLineEdit()
        self.words.setObjectName("find_words")
        self.words.setAccessibleName(self.tr("Tìm trong trang in"))
        self.words.setPlaceholderText(self.tr("Tìm trong trang in"))
        self._count = label("", "soft", "find_count")
        self._back = tool("chevron_up", self.tr("Chỗ trước (Shift+Enter)"), "find_back")
        self._on = tool("chevron_down", self.tr("Chỗ sau (Enter)"), "find_on")
        shut = tool("close", self.tr("Đóng (Esc)"), "find_close")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 4, 4)
        row.setSpacing(4)
        row.addWidget(self.words, 1)
        for part in (self._count, self._back, self._on, shut):
            row.addWidget(part)
        self.hide()
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._search)
        self.words.textEdited.connect(self._timer.start)
        self._back.clicked.connect(partial(self.step, -1))
        self._on.clicked.connect(partial(self.step, 1))
        shut.clicked.connect(self.close_bar)
        view.paper_changed.connect(self._paper_changed)
        view.viewport().installEventFilter(self)

    @Slot()
    def open(self) -> None:
        self.show()
        self.raise_()
        self._place()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()
        self._search()

    @Slot()
    def close_bar(self) -> None:
        self._timer.stop()
        self._end()
        self.hide()
        self._take((), 0)
        self._view.setFocus()

    def step(self, by: int, _checked: bool = False) -> None:
        """To the next or last place, round the paper."""
        if self._timer.isActive():
            self._timer.stop()
            self._search()
        elif self._hits:
            self._take(self._hits, (self._at + by) % len(self._hits))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.step(-1 if back else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    @Slot()
    def _search(self) -> None:
        words, data = clean(self.words.text()), self._view.data
        self._end()
        if words and data:
            self._left = self.tr("đang tìm…")
        self._take((), 0)
        if words and data:
            self._number += 1
            self._stop = Event()
            tell = partial(_tell, self._send, self._stop, self._number)
            found = partial(self._found, data)
            self._view.runner.read(self, partial(find, data, words, tell), found, latest="find")

    def _end(self) -> None:
        """Search no further."""
        self._stop.set()
        self._left = ""

    def _tell(self, found: _SoFar) -> None:
        if found.number == self._number and not self._stop.is_set():
            percent = 100 * found.done // found.pages
            self._left = self.tr("đang tìm {percent} %").format(percent=percent)
            self._grow(found.hits)

    def _found(self, data: bytes, hits: tuple[Hit, ...]) -> None:
        if data is self._view.data and self.isVisible():
            self._left = ""
            self._grow(hits)

    def _grow(self, hits: tuple[Hit, ...]) -> None:
        """More of the same search: whoever looks at one of them stays there."""
        self._take(hits, self._at, go=bool(hits) and not self._hits)

    def _take(self, hits: tuple[Hit, ...], at: int, *, go: bool = True) -> None:
        self._hits, self._at = hits, at
        for part in (self._back, self._on):
            part.setEnabled(bool(hits))
        if not clean(self.words.text()):
            said = ""
        elif not hits:
            said = self._left or self.tr("Không có")
        else:
            more = "+" if len(hits) == MOST else ""
            said = f"{format_integer(at + 1)}/{format_integer(len(hits))}{more}"
            said = f"{said} · {self._left}" if self._left else said
        self._count.setText(said)
        self._place()
        self._view.show_hits(hits, at, go=go)

    @Slot()
    def _paper_changed(self) -> None:
        self._hits = ()
        self._end()
        if self.isVisible():
            self._search()

    def _place(self) -> None:
        view = self._view.viewport().geometry()
        width = min(max(300, self.sizeHint().width()), view.width() - 2 * _GAP)
        self.setGeometry(
            view.right() - width - _GAP, view.top() + _GAP, width, self.sizeHint().height()
        )


def _tell(
    send: Callable[[_SoFar], None],
    stop: Event,
    number: int,
    hits: tuple[Hit, ...],
    done: int,
    pages: int,
) -> None:
    if stop.is_set():
        raise Cancelled
    send(_SoFar(number, hits, done, pages))
