"""A grid of inputs that scrolls from left to right; its first column tells whose line it is and
stays.
"""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QRegion, QWheelEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QWidget

_STAYS = (0, 1)  # the number of the line, and whose it is
_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
_NOWHERE = QRegion(-1, -1, 1, 1)  # an empty mask would be none


class Sideways(QScrollArea):
    """Leaves the arrow keys to the cells, and the wheel to the page."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__(widgetResizable=True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)

    def show_whole(self, cell: QWidget) -> None:
        """Scroll until a cell stands whole beside the first column; a line begins at home."""
        bar, left = self.horizontalScrollBar(), cell.mapTo(self._inside(), QPoint()).x()
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

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._hold()

    def hold_soon(self) -> None:
        """Once the layout that moved the cells is done."""
        QTimer.singleShot(0, self, self._hold)

    def _cells(self) -> QGridLayout:
        """Asked anew each time: kept, it would outlive the form that it is deleted with."""
        return cast("QGridLayout", self._inside().layout())

    def _inside(self) -> QWidget:
        return cast("QWidget", self.widget())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls

    def _stays(self, cell: QWidget) -> bool:
        grid = self._cells()
        at = grid.indexOf(cell)
        while at < 0 and (above := cell.parentWidget()) is not None:
            cell, at = above, grid.indexOf(above)
        return at >= 0 and _place(grid, at)[1] in _STAYS

    def _edge(self) -> int:
        """Where the first column ends, at home."""
        grid = self._cells()
        return grid.cellRect(0, _STAYS[-1]).right() + grid.horizontalSpacing()

    def _hold(self) -> None:
        """The first column goes along, what it would stand on is not drawn."""
        away, grid = self.horizontalScrollBar().value(), self._cells()
        edge = self._edge() + away
        # By the widgets: the items of a layout, once asked for, are freed twice with their cells.
        for widget in self._inside().findChildren(QWidget, options=_DIRECT):
            at = grid.indexOf(widget)
            if at < 0:
                continue
            row, column, _, span = _place(grid, at)
            if span > 1:
                continue
            if column in _STAYS:
                widget.move(grid.cellRect(row, column).x() + away, widget.y())
            elif away and widget.x() < edge:
                seen = QRect(QPoint(edge - widget.x(), 0), widget.rect().bottomRight())
                widget.setMask(QRegion(seen) if seen.isValid() else _NOWHERE)
            else:
                widget.clearMask()


def _place(grid: QGridLayout, at: int) -> tuple[int, int, int, int]:
    """Row, column and how many of each."""
    return cast("tuple[int, int, int, int]", grid.getItemPosition(at))
