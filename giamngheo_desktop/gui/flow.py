"""A layout like words on a line: what no longer fits goes on below; the last may keep right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem


class Flow(QLayout):
    """Widgets side by side with `gap` pixels between; those of `add_at_end` keep to the right."""

    def __init__(self, gap: int) -> None:
        super().__init__()
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self._ends: set[QWidget] = set()
        # by the width and what is hidden; Qt asks again and again
        self._heights: dict[tuple[int, tuple[bool, ...]], int] = {}
        self.setContentsMargins(0, 0, 0, 0)

    def add_at_end(self, widget: QWidget) -> None:
        self._ends.add(widget)
        self.addWidget(widget)

    def addWidget(self, widget: QWidget) -> None:
        """In an item made here: one that Qt makes is invalid, and then kills the program, as soon
        as Python lets go of any widget above that Qt made (the viewport of a scroll area).
        """
        self.addChildWidget(widget)
        self.addItem(QWidgetItem(widget))

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        key = (width, tuple(item.isEmpty() for item in self._items))
        if key not in self._heights:
            self._heights[key] = self._arranged(QRect(0, 0, width, 0), move=False)
        return self._heights[key]

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arranged(rect, move=True)

    def sizeHint(self) -> QSize:
        hints = [item.sizeHint() for item in self._shown()]
        width = sum(hint.width() for hint in hints) + self._gap * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        hints = [item.sizeHint() for item in self._shown()]
        return QSize(
            max((hint.width() for hint in hints), default=0),
            max((hint.height() for hint in hints), default=0),
        )

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arranged(self, rect: QRect, *, move: bool) -> int:
        """Put everything in its place; the height that takes."""
        left, top, height = rect.x(), rect.y(), 0
        line: list[tuple[QLayoutItem, QRect]] = []
        for item in self._shown():
            hint = item.sizeHint()
            if line and left + hint.width() > rect.x() + rect.width():
                self._set_line(line, rect, height, move=move)
                left, top, height, line = rect.x(), top + height + self._gap, 0, []
            line.append((item, QRect(QPoint(left, top), hint)))
            left += hint.width() + self._gap
            height = max(height, hint.height())
        self._set_line(line, rect, height, move=move)
        return top + height - rect.y()

    def _set_line(
        self, line: list[tuple[QLayoutItem, QRect]], rect: QRect, height: int, *, move: bool
    ) -> None:
        """All of one line in the middle of its height, from the first that keeps right on there."""
        spare, right = max(0, rect.right() - line[-1][1].right()) if line else 0, 0
        for item, place in line if move else ():
            if item.widget() in self._ends:
                right = spare
            item.setGeometry(place.translated(right, (height - place.height()) // 2))


def flowing(*parts: QWidget, end: Sequence[QWidget] = ()) -> QWidget:
    """A line of its own with these; those of `end` keep to the right."""
    made, line = QWidget(), Flow(8)
    for part in parts:
        line.addWidget(part)
    for part in end:
        line.add_at_end(part)
    made.setLayout(line)
    return made
