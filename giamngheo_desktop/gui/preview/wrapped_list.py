"""A list whose lines wrap and are as high as their words need at the present width."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

_DATA = int(Qt.ItemDataRole.UserRole)
_ACROSS, _UPRIGHT = 28, 14  # room around the words of a line


class WrappedList(QListWidget):
    """Qt itself keeps the height of the width before."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setSpacing(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def add(self, text: str, data: object, tip: str = "") -> QListWidgetItem:
        item = QListWidgetItem(text, self)
        item.setData(_DATA, data)
        item.setToolTip(tip)
        self._fit_line(item)
        return item

    def add_heading(self, text: str) -> QListWidgetItem:
        """A line that stands above others and cannot be chosen."""
        item = self.add(text, None)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = item.font()
        font.setBold(True)
        item.setFont(font)
        return item

    def row_of(self, data: object) -> int:
        """The line with that data, -1 where there is none."""
        rows = (at for at in range(self.count()) if self.item(at).data(_DATA) == data)
        return next(rows, -1) if data is not None else -1

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """With the heading over the first of its lines."""
        above = index.siblingAtRow(index.row() - 1) if isinstance(index, QModelIndex) else index
        if above.isValid() and not above.flags():
            super().scrollTo(above, hint)
        super().scrollTo(index, hint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        for at in range(self.count()):
            self._fit_line(self.item(at))

    def _fit_line(self, item: QListWidgetItem) -> None:
        width = max(60, self.viewport().width() - _ACROSS)
        flags = int(Qt.TextFlag.TextWordWrap)
        room = self.fontMetrics().boundingRect(QRect(0, 0, width, 10_000), flags, item.text())
        item.setSizeHint(QSize(width, room.height() + _UPRIGHT))
