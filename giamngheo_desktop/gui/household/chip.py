"""A class as a chip beside other texts, painted like the chips of the lists."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from giamngheo_desktop.gui.table.chip_delegate import chip_size, paint_chip
from giamngheo_desktop.gui.theme import theme


class Chip(QWidget):
    """Shows `text` in the colours that the theme has for `name`; nothing where it is empty."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if name:
            self.setObjectName(name)
        self.text = ""
        self._chip = "unknown"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def show_chip(self, text: str, chip: str) -> None:
        self.text, self._chip = text, chip
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self._restyle()

    def sizeHint(self) -> QSize:
        return chip_size(self.text, self.font())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chip(painter, QRectF(self.rect()), self.text, self._chip, self.font())

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
