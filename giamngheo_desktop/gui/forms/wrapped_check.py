"""A tick with a long text that breaks into lines where the room ends; Qt's own is cut off."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

_BESIDE = 40  # pixels of the box, the gap behind it and the padding
_LEAST = 160  # pixels that it never asks to be narrower than


class WrappedCheck(QCheckBox):
    """`whole` is the text on one line; what is shown has line breaks in it."""

    def __init__(self, text: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.whole = text
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wrap()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "whole"):
            self._wrap()

    def _wrap(self) -> None:
        metrics, room = self.fontMetrics(), self.width() - _BESIDE
        lines: list[str] = []
        for word in self.whole.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and metrics.horizontalAdvance(longer) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        text = "\n".join(lines)
        if text != self.text():
            self.setText(text)
