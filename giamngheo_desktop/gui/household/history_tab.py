"""The tab Lịch sử thay đổi: who changed what, when, from what to what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.fault import Fault
from giamngheo_desktop.gui.household.history_words import HistoryRow, Words
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.services import household_history
from giamngheo_desktop.services.household_history import Event


class HistoryTab(QWidget):
    """One line for each changed field, newest first; the lines can be copied to Excel."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._household: UUID | None = None
        self._words = Words(desk.definitions)
        self.table = TableView(self._columns(), "history", self.tr("Lịch sử thay đổi"))
        self.table.say_empty(
            self.tr("Hộ này chưa lưu lần nào. Sau khi lưu, mỗi thay đổi được ghi lại ở đây.")
        )
        self.fault = Fault(self.table, self._read)
        note = self.tr("Mỗi dòng là một ô đã đổi, mới nhất ở trên. Không xóa được dòng nào.")
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 12, 20, 16)
        box.setSpacing(8)
        box.addWidget(label(note, "soft", wrap=True))
        box.addWidget(self.table, 1)

    def show_of(self, household: UUID | None) -> None:
        """Read that of a household; None: of one that is not stored yet."""
        self._household = household
        if household is None:
            self._show([])
        else:
            self._read()

    def _read(self) -> None:
        if self._household is not None:
            work = partial(household_history.of_household, self._desk.database, self._household)
            self.fault.read(self._desk.runner, work, self._show, latest="history")

    def _show(self, events: list[Event]) -> None:
        """Nothing where the answer is of a household left meanwhile for one not stored yet."""
        self.table.set_rows(self._words.rows(events if self._household is not None else []))

    def rows(self) -> list[HistoryRow]:
        rows = self.table.rows
        return [rows.row(number) for number in range(rows.rowCount())]

    def _columns(self) -> Sequence[Column]:
        return (
            Column(key="at", title=self.tr("Lúc"), width=128, format=_moment),
            Column(key="actor", title=self.tr("Người làm"), width=88),
            Column(key="operation", title=self.tr("Việc"), width=75, tip=str),
            Column(key="about", title=self.tr("Về"), width=50, tip=str),
            Column(key="field", title=self.tr("Mục"), width=75, tip=str),
            Column(key="old", title=self.tr("Trước"), width=80, tip=str),
            Column(key="new", title=self.tr("Sau"), width=95, stretch=True, tip=str),
        )


def _moment(value: object) -> str:
    return f"{value:%d/%m/%Y %H:%M}" if isinstance(value, datetime) else ""
