"""Who or what a number of a target counts, in the place of the section until it is left."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop.domain.actual import Amount
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.services.targets.named import Named, named

# Where the records of a kind are opened.
_PLACES = {
    Kind.ACTIVITY: ("projects", "activities"),
    Kind.OFFICER: ("projects", "officers"),
    Kind.BUDGET_LINE: ("projects", "budget"),
    Kind.AREA: ("settings", "units"),
}


class NamesView(QWidget):
    """`left()`: back to what was shown before; `go_requested(page, payload)`: one is opened."""

    left = Signal()
    go_requested = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._kind: Kind | None = None
        self._opens: dict[UUID, UUID] = {}  # by line
        self.said = label("", "bold", "counted_said", wrap=True)
        self.back = button(self.tr("&Về bảng chỉ tiêu"), "leave_counted", icon="chevron_left")
        columns = (
            Column(key="name", title=self.tr("Tên"), width=260, stretch=True),
            Column(key="more", title=self.tr("Thôn, ngày"), width=160),
        )
        self.table = TableView(columns, "counted", self.tr("Danh sách đứng sau con số"))
        head = QHBoxLayout()
        head.addWidget(self.said, 1)
        head.addWidget(self.back)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(head)
        box.addWidget(self.table, 1)
        self.setFocusProxy(self.table)
        self.back.clicked.connect(self.left)
        self.table.row_opened.connect(self._open)

    def show_names(self, title: str, amount: Amount, day: Any) -> None:
        self._kind = amount.kind
        self.said.setText(title)
        self.table.set_rows([])
        desk = self._desk
        work = partial(named, desk.database, desk.definitions, amount, day)
        desk.runner.read(self, work, self._show, latest="counted")

    def _show(self, found: Sequence[Named]) -> None:
        self._opens = {UUID(int=at): one.uid for at, one in enumerate(found, 1)}
        self.table.set_rows([(UUID(int=at), one.name, one.more) for at, one in enumerate(found, 1)])
        if found:
            self.table.go_to(UUID(int=1))

    def _open(self, line: object) -> None:
        uid = self._opens.get(line) if isinstance(line, UUID) else None
        if uid is None:
            return
        if self._kind in _PLACES:
            page, section = _PLACES[self._kind]
            self.go_requested.emit(page, {"section": section, "record": uid})
        else:
            self.go_requested.emit("households", uid)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
