"""Ctrl+N, where a page has something of its own to add."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from giamngheo_desktop.gui import shortcuts

if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object


class NewByKey(_Widget):
    """Mixed into a widget: the key adds one here, where the window would begin a household."""

    def add_one(self) -> None:
        raise NotImplementedError

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and shortcuts.asks(event, "new"):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if shortcuts.asks(event, "new"):
            self.add_one()
        else:
            super().keyPressEvent(event)
