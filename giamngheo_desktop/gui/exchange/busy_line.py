"""Says that something is being read or written, and ends it where the user wants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from threading import Event
from typing import TypeVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from giamngheo_desktop.domain.errors import Cancelled
from giamngheo_desktop.gui.notice_bar import keep_clear
from giamngheo_desktop.gui.parts import button, label

T = TypeVar("T")


class Stop:
    """What a worker looks at now and then; it holds no widget."""

    def __init__(self) -> None:
        self._event = Event()

    def set(self) -> None:
        self._event.set()

    @property
    def is_set(self) -> bool:
        return self._event.is_set()

    def check(self) -> None:
        """Raises Cancelled once the work is no longer wanted."""
        if self.is_set:
            raise Cancelled

    def through(self, parts: Iterable[T]) -> Iterator[T]:
        """The same parts, until the work is no longer wanted."""
        for part in parts:
            self.check()
            yield part


class BusyLine(QWidget):
    """Hidden while nothing is under way."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._text = label("", "soft", f"{name}_text", wrap=True)
        keep_clear(self._text)
        self.button = button(self.tr("&Dừng"), f"{name}_stop", icon="close")
        self._stop = Stop()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._text, 1)
        row.addWidget(self.button)
        self.button.clicked.connect(self._pressed)
        self.hide()

    def begin(self, text: str, *, whole: bool = False) -> Stop:
        """What the work that begins now looks at; `whole`: it is not ended once it began."""
        self._stop = Stop()
        self._text.setText(text)
        self.button.setEnabled(True)
        self.button.setVisible(not whole)
        self.show()
        return self._stop

    def say(self, text: str) -> None:
        """How far the work is; what was asked to stop says that it stops."""
        if not self._stop.is_set:
            self._text.setText(text)

    def end(self) -> None:
        self.hide()

    @Slot()
    def _pressed(self) -> None:
        self._stop.set()
        self.button.setEnabled(False)
        self._text.setText(self.tr("Đang dừng…"))
