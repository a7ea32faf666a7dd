"""Searches the paper on screen: a small bar over its upper right corner."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.parts import label, tool
from giamngheo_desktop.gui.preview.finding import MOST, Hit, find
from giamngheo_desktop.gui.preview.pdf_view import PdfView

_PAUSE = 200  # ms after the last key
_GAP = 10  # pixels from the corner


class FindBar(QFrame):
    """Enter goes on, Shift+Enter back, Esc closes; searches again when another paper is shown."""

    def __init__(self, view: PdfView) -> None:
        super().__init__(view)
        self._view = view
        self._hits: tuple[Hit, ...] = ()
        self._at = 0
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
        if not words or not data:
            self._take((), 0)
            return
        work = partial(find, data, words)
        self._view.runner.read(self, work, partial(self._found, data), latest="find")

    def _found(self, data: bytes, hits: tuple[Hit, ...]) -> None:
        if data is self._view.data and self.isVisible():
            self._take(hits, 0)

    def _take(self, hits: tuple[Hit, ...], at: int) -> None:
        self._hits, self._at = hits, at
        self._view.show_hits(hits, at)
        for part in (self._back, self._on):
            part.setEnabled(bool(hits))
        if not clean(self.words.text()):
            said = ""
        elif not hits:
            said = self.tr("Không có")
        else:
            more = "+" if len(hits) == MOST else ""
            said = f"{format_integer(at + 1)}/{format_integer(len(hits))}{more}"
        self._count.setText(said)
        self._place()

    @Slot()
    def _paper_changed(self) -> None:
        self._hits = ()
        if self.isVisible():
            self._search()

    def _place(self) -> None:
        view = self._view.viewport().geometry()
        width = min(max(300, self.sizeHint().width()), view.width() - 2 * _GAP)
        self.setGeometry(
            view.right() - width - _GAP, view.top() + _GAP, width, self.sizeHint().height()
        )
