"""The panel beside a list: its columns and their order, and the name under which they are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.parts import button, label, tool

_CODE = int(Qt.ItemDataRole.UserRole)
_WAIT = 300  # milliseconds after the last tick: the list is made again only then
_UP, _DOWN = -1, 1


class ColumnList(QListWidget):
    """`changed()`: other columns are ticked, or in another order. A tick moves nothing; a ticked
    column moves past the next ticked one, however many others lie between.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("columns")
        self.setAccessibleName(self.tr("Các cột"))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.itemChanged.connect(self.changed)
        self.model().rowsMoved.connect(self.changed)

    def offer(self, labels: Mapping[str, str], chosen: Sequence[str]) -> None:
        """All fields, the chosen ones first; the cursor stays on its field."""
        at = self.currentItem()
        kept = at.data(_CODE) if at is not None else None
        with QSignalBlocker(self):
            self.clear()
            for code in (*chosen, *(code for code in labels if code not in chosen)):
                item = QListWidgetItem(labels[code], self)
                item.setData(_CODE, code)
                flags = item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled
                item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable)
                ticked = Qt.CheckState.Checked if code in chosen else Qt.CheckState.Unchecked
                item.setCheckState(ticked)
        codes = [item.data(_CODE) for item in self._items()]
        self.setCurrentRow(codes.index(kept) if kept in codes else 0)

    def chosen(self) -> tuple[str, ...]:
        return tuple(item.data(_CODE) for item in self._items() if _is_ticked(item))

    def shift(self, step: int) -> None:
        """The current column before the one above or behind the one below."""
        at = self.currentRow()
        if at < 0 or not _is_ticked(self.item(at)):
            return
        ticked = [row for row, item in enumerate(self._items()) if _is_ticked(item)]
        to = ticked.index(at) + step
        if not 0 <= to < len(ticked):
            return
        with QSignalBlocker(self):
            item = self.takeItem(at)
            self.insertItem(ticked[to], item)
            self.setCurrentItem(item)
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: _UP, Qt.Key.Key_Down: _DOWN}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.shift(step)
        else:
            super().keyPressEvent(event)

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(at) for at in range(self.count())]


class ColumnPanel(QFrame):
    """`changed(columns)` a moment after the last tick or move."""

    changed = Signal(object)
    save_requested = Signal()
    rename_requested = Signal()
    remove_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("column_panel")
        self.setProperty("kind", "card")
        self.list = ColumnList()
        self.up = tool("chevron_up", self.tr("Chuyển lên (Alt+↑)"), "column_up")
        self.down = tool("chevron_down", self.tr("Chuyển xuống (Alt+↓)"), "column_down")
        close = tool("close", self.tr("Đóng (Esc)"), "close_columns")
        self.save = button(self.tr("Lưu thành danh &sách…"), "save_columns", icon="save")
        self.rename = tool("edit", self.tr("Đổi tên danh sách đã lưu…"), "rename_columns")
        self.remove = tool("delete", self.tr("Xóa danh sách đã lưu"), "remove_columns")
        self._timer = QTimer(self, singleShot=True, interval=_WAIT)
        self._timer.timeout.connect(self.tell)
        head = Flow(4)
        head.addWidget(label(self.tr("Cột của danh sách"), "bold"))
        head.addWidget(self.up)
        head.addWidget(self.down)
        head.add_at_end(close)
        foot = Flow(8)
        foot.addWidget(self.save)
        foot.addWidget(self.rename)
        foot.addWidget(self.remove)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 12)
        box.setSpacing(8)
        box.addLayout(head)
        hint = self.tr("Phím cách đánh dấu; Alt+↑, Alt+↓ hoặc kéo chuột đổi chỗ.")
        box.addWidget(label(hint, "small", wrap=True))
        box.addWidget(self.list, 1)
        box.addLayout(foot)
        self.setFocusProxy(self.list)
        self.list.changed.connect(self._timer.start)
        self.up.clicked.connect(lambda: self.list.shift(_UP))
        self.down.clicked.connect(lambda: self.list.shift(_DOWN))
        self.save.clicked.connect(self.save_requested)
        self.rename.clicked.connect(self.rename_requested)
        self.remove.clicked.connect(self.remove_requested)
        close.clicked.connect(self.closed)

    def offer(self, labels: Mapping[str, str], chosen: Sequence[str], *, saved: bool) -> None:
        """The fields a list may have; `saved` says that its columns are kept under a name. Ticks
        of which nothing was told yet stay.
        """
        self.rename.setEnabled(saved)
        self.remove.setEnabled(saved)
        if not self._timer.isActive() and self.list.chosen() != tuple(chosen):
            self.list.offer(labels, chosen)

    @Slot()
    def tell(self) -> None:
        """At once what waits for the moment after the last tick."""
        self._timer.stop()
        self.changed.emit(self.list.chosen())

    def forget(self) -> None:
        """Another list will be shown."""
        self._timer.stop()
        self.list.clear()


def _is_ticked(item: QListWidgetItem) -> bool:
    return item.checkState() is Qt.CheckState.Checked
