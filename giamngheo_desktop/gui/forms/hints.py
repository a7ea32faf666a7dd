"""What an empty search field says it takes: as much of it as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLineEdit

_ROOM = 52  # pixels of frame and glass


class Hints(QObject):
    """Lives as long as its field; the hints go from the longest to the shortest."""

    def __init__(self, edit: QLineEdit, *hints: str) -> None:
        super().__init__(edit)
        self._hints: Sequence[str] = hints
        edit.installEventFilter(self)
        self._show(edit)

    def say(self, *hints: str) -> None:
        """Others from now on."""
        self._hints, edit = hints, self.parent()
        if isinstance(edit, QLineEdit):
            self._show(edit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        changed = event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange)
        if changed and isinstance(watched, QLineEdit):
            self._show(watched)
        return False

    def _show(self, edit: QLineEdit) -> None:
        room = edit.width() - _ROOM
        width = edit.fontMetrics().horizontalAdvance
        edit.setPlaceholderText(
            next((hint for hint in self._hints if width(hint) <= room), self._hints[-1])
        )
