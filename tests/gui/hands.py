"""Hands on the keyboard: keys go to whatever has the focus, as they do for the user."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.harness import unikey

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the keyboard"
    return widget


def turn_to(window: QWidget) -> None:
    """Look at this window: the keys go there from now on."""
    window.activateWindow()
    QApplication.processEvents()


def at() -> str:
    """The name of what has the keyboard."""
    return focus().objectName()


def write(text: str) -> None:
    """Type text letter by letter."""
    for letter in text:
        unikey.press(focus(), letter)


def press(*keys: Key, modifier: Modifier = Modifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(focus(), key, modifier)


def enter(times: int = 1) -> None:
    for _ in range(times):
        press(Key.Key_Return)


def fill(*texts: str) -> None:
    """Type each text and go on with Enter."""
    for text in texts:
        write(text)
        enter()


def control(key: Key) -> None:
    press(key, modifier=Modifier.ControlModifier)


def alt(key: Key) -> None:
    press(key, modifier=Modifier.AltModifier)


def until(condition: Callable[[], object], seconds: float = 10) -> None:
    """Let the window work until it is so."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came"
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
