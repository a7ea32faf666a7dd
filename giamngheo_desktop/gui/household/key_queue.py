"""Keys pressed while the next form is on its way wait for it; none goes into the old one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

T = TypeVar("T")

_KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)


class KeyQueue(QObject):
    """A fast typist does not look: after Ctrl+Enter the fingers are already in the next household.

    Keys that are shortcuts are not held.
    """

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self._keys: list[QKeyEvent] = []
        self._holding = False

    def hold(self) -> None:
        """From now on keys meant for the owner wait."""
        if not self._holding:
            self._holding = True
            _app().installEventFilter(self)

    def quietly(self, show: Callable[[T], object]) -> Callable[[T], None]:
        """`show` without a look at each of the hundred thousand events of its new widgets: no key
        can come before it ends.
        """

        def run(read: T) -> None:
            _app().removeEventFilter(self)
            try:
                show(read)
            finally:
                if self._holding:
                    _app().installEventFilter(self)

        return run

    def release(self) -> None:
        """Let the keys that waited go where the cursor stands now."""
        if not self._holding:
            return
        self._holding = False
        _app().removeEventFilter(self)
        keys, self._keys = self._keys, []
        for key in keys:
            focus = QApplication.focusWidget()
            if focus is not None:
                QApplication.sendEvent(focus, key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() not in _KEYS:
            return False
        if not isinstance(watched, QWidget) or not self._concerns(watched):
            return False
        self._keys.append(event.clone())
        return True

    def _concerns(self, widget: QWidget) -> bool:
        return widget is self._owner or self._owner.isAncestorOf(widget)


def _app() -> QApplication:
    return cast("QApplication", QApplication.instance())
