"""A grid of inputs that scrolls from left to right; its first column tells whose line it is and
stays.
"""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QRegion, QWheelEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QWidget

_STAYS = (0, 1)  # the number of the line, and whose it is
_NOWHERE = QRegion(-1, -1, 1, 1)  # an empty mask would be none


class Sideways(QScrollArea):
    """Leaves the arrow keys to the cells, and the wheel to the page."""

    def __init__(self, inner: QWidget, grid: QGridLayout) -> None:
        super().__init__(widgetResizable=True)
        self._inner, self._grid = inner, grid
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)
        inner.installEventFilter(self)
        self.horizontalScrollBar().valueChanged.connect(self._hold)

    def show_whole(self, cell: QWidget) -> None:
        """Scroll until a cell stands whole beside the first column; a line begins at home."""
        bar, left = self.horizontalScrollBar(), cell.mapTo(self._inner, QPoint()).x()
        right = left + cell.width() - self.viewport().width()
        if self._stays(cell):
            bar.setValue(0)
        elif left - self._edge() < bar.value():
            bar.setValue(left - self._edge())
        elif right > bar.value():
            bar.setValue(right)

    def focusNextPrevChild(self, forward: bool) -> bool:
        moved = super().focusNextPrevChild(forward)
        focus = self.focusWidget()
        if moved and focus is not None:
            self.show_whole(focus)
        return moved

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._hold()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls

    def _stays(self, cell: QWidget) -> bool:
        at = self._grid.indexOf(cell)
        while at < 0 and (above := cell.parentWidget()) is not None:
            cell, at = above, self._grid.indexOf(above)
        return at >= 0 and self._place(at)[1] in _STAYS

    def _place(self, at: int) -> tuple[int, int, int, int]:
        """Row, column and how many of each."""
        return cast("tuple[int, int, int, int]", self._grid.getItemPosition(at))

    def _edge(self) -> int:
        """Where the first column ends, at home."""
        return self._grid.cellRect(0, _STAYS[-1]).right() + self._grid.horizontalSpacing()

    def _hold(self) -> None:
        """The first column goes along, what it would stand on is not drawn."""
        away = self.horizontalScrollBar().value()
        edge = self._edge() + away
        for at in range(self._grid.count()):
            item = self._grid.itemAt(at)
            widget = item.widget() if item else None
            row, column, _, span = self._place(at)
            if widget is None or span > 1:
                continue
            if column in _STAYS:
                widget.move(self._grid.cellRect(row, column).x() + away, widget.y())
            elif away and widget.x() < edge:
                seen = QRect(QPoint(edge - widget.x(), 0), widget.rect().bottomRight())
                widget.setMask(QRegion(seen) if seen.isValid() else _NOWHERE)
            else:
                widget.clearMask()
