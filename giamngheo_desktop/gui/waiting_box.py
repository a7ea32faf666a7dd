"""A drop-down that has chosen only when it is left: arrow keys and letters just show a choice."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent

from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.forms.enter_walk import is_enter

_STAYS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class WaitingBox(ElidedBox):
    """`settled` at Enter, a click in the list, or another widget; not while keys go through the
    choices. Enter tells it of the same choice too; it is the sign to go on.
    """

    settled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._settled_at = -1
        self._is_key = False
        self.activated.connect(self._activated)

    def offer(self, items: Iterable[tuple[str, object]], chosen: object) -> None:
        """The choices, text and data; that of `chosen`, else the first, is shown."""
        with QSignalBlocker(self):
            self.clear()
            for text, data in items:
                self.addItem(text, data)
            self.setCurrentIndex(max(0, self.findData(chosen)))
        self._settled_at = self.currentIndex()
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self._settle()
            return
        self._is_key = True
        super().keyPressEvent(event)
        self._is_key = False

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _STAYS and self.currentIndex() != self._settled_at:
            self._settle()

    def _activated(self) -> None:
        if not self._is_key:
            self._settle()

    def _settle(self) -> None:
        self._settled_at = self.currentIndex()
        self.settled.emit()
