"""Buttons of which one is pressed: the steps of a work, the views of a list."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from giamngheo_desktop.gui.flow import Flow


class StepButtons(QWidget):
    """`chosen(at)`: one of them was pressed, by its place. `parts` are texts and names."""

    chosen = Signal(int)

    def __init__(self, parts: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.value = 0
        self.buttons: list[QToolButton] = []
        line = Flow(4)
        for at, (text, name) in enumerate(parts):
            one = QToolButton()
            one.setObjectName(name)
            one.setCheckable(True)
            one.setProperty("kind", "toggle")
            one.clicked.connect(partial(self._pressed, at))
            self.buttons.append(one)
            line.addWidget(one)
            self._name(one, text)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(line)
        self.choose(0)

    def choose(self, at: int) -> None:
        """Show this one as pressed, silently."""
        self.value = at
        for place, one in enumerate(self.buttons):
            one.setChecked(place == at)

    def say(self, texts: Sequence[str]) -> None:
        for one, text in zip(self.buttons, texts, strict=True):
            self._name(one, text)

    def offer(self, places: Collection[int]) -> None:
        """Only these can be pressed."""
        for at, one in enumerate(self.buttons):
            one.setVisible(at in places)

    def _name(self, one: QToolButton, text: str) -> None:
        one.setText(text)
        one.setAccessibleName(text.replace("&", ""))

    def _pressed(self, at: int) -> None:
        self.choose(at)
        self.chosen.emit(at)
