"""A short list below an input; the keyboard stays with the input, the list never takes focus."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QListWidget, QVBoxLayout, QWidget

_LINES = 9
_CLOSING = (
    QEvent.Type.Wheel,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Resize,
    QEvent.Type.WindowDeactivate,
)


class PopupList(QFrame):
    """Shown inside the window of its input. No line is chosen until the user chooses one."""

    picked = Signal(int)

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner.window())
        self._owner = owner
        self.setObjectName("popup_list")
        self.setProperty("kind", "popup")
        self.list = QListWidget()
        self.list.setProperty("kind", "popup")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box = QVBoxLayout(self)
        box.setContentsMargins(3, 3, 3, 3)
        box.addWidget(self.list)
        owner.destroyed.connect(self.deleteLater)
        self.list.itemClicked.connect(self._pick_clicked)
        self.hide()

    def open(self, labels: Sequence[str], current: int = -1) -> None:
        """Show these lines; `current` is chosen already (-1: none)."""
        self.list.clear()
        self.list.addItems(list(labels))
        self.list.setCurrentRow(current)
        if not labels:
            self.close_list()
            return
        self.setGeometry(self._place(len(labels)))
        self.raise_()
        if self.isHidden():
            _app().installEventFilter(self)
            self.show()

    def close_list(self) -> None:
        if not self.isHidden():
            _app().removeEventFilter(self)
            self.hide()

    @property
    def is_open(self) -> bool:
        return not self.isHidden()

    @property
    def chosen(self) -> int:
        """The chosen line, -1 where there is none."""
        return self.list.currentRow() if self.is_open else -1

    def move_choice(self, step: int) -> None:
        """Choose the next or previous line; from none, the first or last."""
        count = self.list.count()
        if self.list.currentRow() < 0:
            row = 0 if step > 0 else count - 1
        else:
            row = max(0, min(count - 1, self.list.currentRow() + step))
        self.list.setCurrentRow(row)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _CLOSING and isinstance(watched, QWidget):
            outside = watched is not self._owner and not self.isAncestorOf(watched)
            if event.type() in (QEvent.Type.Resize, QEvent.Type.WindowDeactivate):
                outside = watched is self.window()
            if outside and watched is not self:
                self.close_list()
        return False

    def _pick_clicked(self) -> None:
        self.picked.emit(self.list.currentRow())

    def _place(self, count: int) -> QRect:
        window = self.window()
        line = max(self.list.sizeHintForRow(0), self.fontMetrics().height() + 10)
        content = self.list.sizeHintForColumn(0) + 40
        width = min(max(self._owner.width(), content), window.width() - 8)
        height = min(count, _LINES) * line + 12
        corner = self._owner.mapTo(window, QPoint(0, self._owner.height() + 2))
        below, above = window.height() - corner.y() - 4, corner.y() - self._owner.height() - 8
        if height > below and above > below:
            height = min(height, above)
            corner.setY(corner.y() - self._owner.height() - 4 - height)
        else:
            height = min(height, below)
        return QRect(min(corner.x(), window.width() - width - 4), corner.y(), width, height)


def _app() -> QApplication:
    return cast("QApplication", QApplication.instance())
