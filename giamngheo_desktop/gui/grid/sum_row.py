"""The last line of a grid, which adds up its columns and stays in sight."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from giamngheo_desktop.gui.grid.edit_grid import EditGrid
from giamngheo_desktop.gui.notice_bar import keep_clear
from giamngheo_desktop.gui.theme import theme

_PADDING = 9


class SumRow(QWidget):
    """Texts under the columns of the grid above; the first one is what the line is."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sum_row")
        keep_clear(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._grid: EditGrid | None = None
        self._texts: Mapping[int, str] = {}
        theme.changed.connect(self.update)

    def stand_under(self, grid: EditGrid) -> None:
        self._grid = grid
        grid.horizontalScrollBar().valueChanged.connect(self.update)
        grid.horizontalHeader().sectionResized.connect(self.update)

    def say(self, texts: Mapping[int, str]) -> None:
        """What stands under each column, by its place."""
        self._texts = texts
        self.setAccessibleName("; ".join(texts.values()))
        self.update()

    def text(self, place: int) -> str:
        return self._texts.get(place, "")

    def sizeHint(self) -> QSize:
        return QSize(80, self.fontMetrics().height() + 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme.tokens
        painter.fillRect(self.rect(), QColor(tokens.raised))
        painter.setPen(QColor(tokens.border))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        grid = self._grid
        if grid is None:
            return
        font = QFont(self.font())
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(tokens.text))
        left = grid.viewport().x()
        for place, text in self._texts.items():
            x, width = grid.columnViewportPosition(place) + left, grid.columnWidth(place)
            column = grid.cells.columns[place]
            side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
            room = QRect(x + _PADDING, 0, width - 2 * _PADDING, self.height())
            painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, text)
