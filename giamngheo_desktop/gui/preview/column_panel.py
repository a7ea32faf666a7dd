"""The panel beside a list: its columns and their order, and the name under which they are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
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
_Order = tuple[tuple[str, str, bool], ...]  # text, code, whether it is ticked


class ColumnList(QListWidget):
    """`changed()`: other columns are ticked, or in another order. A tick moves nothing; a ticked
    column moves past the next ticked one, however many others lie between. `unticked()`: the one
    that was to be moved is not ticked. Ctrl+Z takes a tick or move back.
    """

    changed = Signal()
    unticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("columns")
        self.setAccessibleName(self.tr("Các cột"))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self._now: _Order = ()
        self._before: list[_Order] = []
        self.itemChanged.connect(self._note)
        self.model().rowsMoved.connect(self._note)

    def offer(self, labels: Mapping[str, str], chosen: Sequence[str]) -> None:
        """All fields, the chosen ones first; the cursor stays on its field."""
        others = (code for code in labels if code not in chosen)
        self._show([(labels[code], code, code in chosen) for code in (*chosen, *others)])
        self._before.clear()

    def take_back(self) -> None:
        if self._before:
            self._show(self._before.pop())
            self.changed.emit()

    def chosen(self) -> tuple[str, ...]:
        return tuple(item.data(_CODE) for item in self._items() if _is_ticked(item))

    def shift(self, step: int) -> None:
        """The current column before the one above or behind the one below."""
        at = self.currentRow()
        if at < 0:
            return
        if not _is_ticked(self.item(at)):
            self.unticked.emit()
            return
        ticked = [row for row, item in enumerate(self._items()) if _is_ticked(item)]
        to = ticked.index(at) + step
        if not 0 <= to < len(ticked):
            return
        with QSignalBlocker(self):
            item = self.takeItem(at)
            self.insertItem(ticked[to], item)
            self.setCurrentItem(item)
        self._note()

    def event(self, event: QEvent) -> bool:
        # Ctrl+Z is of the columns while they have something to take back, else of the window.
        overrides = event.type() == QEvent.Type.ShortcutOverride
        if overrides and isinstance(event, QKeyEvent) and self._is_undo(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_undo(event):
            self.take_back()
            return
        steps = {Qt.Key.Key_Up: _UP, Qt.Key.Key_Down: _DOWN}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.shift(step)
        else:
            super().keyPressEvent(event)

    def _is_undo(self, event: QKeyEvent) -> bool:
        return bool(self._before) and event.matches(QKeySequence.StandardKey.Undo)

    def _show(self, order: Sequence[tuple[str, str, bool]]) -> None:
        at = self.currentItem()
        kept = at.data(_CODE) if at is not None else None
        with QSignalBlocker(self):
            self.clear()
            for text, code, ticked in order:
                item = QListWidgetItem(text, self)
                item.setData(_CODE, code)
                flags = item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled
                item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable)
                state = Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
                item.setCheckState(state)
        codes = [code for _, code, _ in order]
        self.setCurrentRow(codes.index(kept) if kept in codes else 0)
        self._now = self._order()

    @Slot()
    def _note(self) -> None:
        """Keep what stood there before."""
        order = self._order()
        if order != self._now:
            self._before.append(self._now)
            self._now = order
            self.changed.emit()

    def _order(self) -> _Order:
        return tuple((item.text(), item.data(_CODE), _is_ticked(item)) for item in self._items())

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
        self._hint = label("", "small", "columns_hint", wrap=True)
        self._say_keys()
        self.draft_room = QVBoxLayout()
        box.addWidget(self._hint)
        box.addLayout(self.draft_room)
        box.addWidget(self.list, 1)
        box.addLayout(foot)
        self.setFocusProxy(self.list)
        self.list.changed.connect(self._timer.start)
        self.list.changed.connect(self._say_keys)
        self.list.unticked.connect(self._say_unticked)
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
    def _say_keys(self) -> None:
        self._hint.setText(
            self.tr("Phím cách đánh dấu; Alt+↑, Alt+↓ hoặc kéo chuột đổi chỗ; Ctrl+Z lấy lại.")
        )

    @Slot()
    def _say_unticked(self) -> None:
        self._hint.setText(self.tr("Cột chưa đánh dấu thì chưa đổi chỗ: bấm phím cách trước."))

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
