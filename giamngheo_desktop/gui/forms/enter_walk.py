"""Enter as the key that goes on: the same meaning in forms, cards, settings and dialogs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def is_enter(event: QKeyEvent) -> bool:
    """Enter of either block of keys, with nothing held down."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in _ENTER and not held


def go_on(stops: Sequence[QWidget]) -> bool:
    """From the stop with the keyboard to the next one that can take it; False after the last.

    Where the keyboard is elsewhere nothing happens, and it is False too.
    """
    focus = QApplication.focusWidget()
    at = next((n for n, stop in enumerate(stops) if _holds(stop, focus)), len(stops))
    return start(stops[at + 1 :])


def start(stops: Sequence[QWidget]) -> bool:
    """Put the keyboard on the first stop that can take it."""
    ready = (stop for stop in stops if stop.isEnabled() and stop.isVisible())
    stop = next(ready, None)
    if stop is not None:
        stop.setFocus(Qt.FocusReason.TabFocusReason)
    return stop is not None


def _holds(stop: QWidget, focus: QWidget | None) -> bool:
    return stop is focus or (focus is not None and stop.isAncestorOf(focus))
