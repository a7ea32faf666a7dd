"""What stands in the pile while no form is open: the forms that are not finished, in list order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.review import case_columns
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.services.review import piles
from giamngheo_desktop.services.review.case_lists import CaseRow


class RestRow(NamedTuple):
    """A form that is not finished."""

    uid: UUID
    position: int | None
    head: str
    persons: int
    form_code: str | None
    form: str
    typed: str


class PileRest(QWidget):
    """`opened(case)`; `close_pressed(cases)`: end the households whose forms are complete."""

    opened = Signal(object)
    close_pressed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hint = label("", "soft", "pile_hint", wrap=True)
        self.table = TableView(
            (
                case_columns.number(),
                case_columns.head(),
                case_columns.persons(),
                Column(key="form_code", title=self.tr("Mã phiếu"), width=90, code=True),
                Column(key="form", title=self.tr("Phiếu giấy"), width=120),
                Column(key="typed", title=self.tr("Nhập phiếu"), width=150, chip=self._chip),
            ),
            "pile_forms",
            self.tr("Phiếu chưa xong của xấp"),
        )
        self.close_all = button("", "pile_close_complete")
        self.close_all.clicked.connect(self._close)
        self._complete: list[UUID] = []
        line = QHBoxLayout()
        line.addWidget(self.hint, 1)
        line.addWidget(self.close_all)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 8, 20, 12)
        box.setSpacing(8)
        box.addLayout(line)
        box.addWidget(self.table, 1)
        self.table.row_opened.connect(self.opened)

    def show_forms(self, rows: Sequence[CaseRow], *, editable: bool) -> None:
        """Those of the pile that are left to do."""
        self._complete = [row.uid for row in rows if piles.is_complete(row)]
        text = self.tr("&Kết thúc {count} hộ đã nhập đủ")
        self.close_all.setText(text.format(count=format_integer(len(self._complete))))
        self.close_all.setVisible(bool(self._complete) and editable)
        left = [row for row in rows if row.outcome is None]
        self.table.set_rows([self._line(row) for row in left])
        self.table.say_empty(
            self.tr("Cả xấp đã xong. Về danh sách để đối chiếu số phiếu, số khẩu của xấp giấy.")
            if rows
            else self.tr("Xấp này chưa có phiếu nào. Phiếu chưa có hộ: bấm Phiếu mới.")
        )
        self.hint.setText(
            self.tr("Gõ mã in trên phiếu hoặc STT rồi Enter. Các phiếu chưa xong:") if left else ""
        )
        self.hint.setVisible(bool(left))

    def _line(self, row: CaseRow) -> RestRow:
        return RestRow(
            row.uid,
            row.position,
            row.head,
            row.persons,
            row.form_code,
            texts.FORM_STATES[row.form],
            self._typed(row),
        )

    def _typed(self, row: CaseRow) -> str:
        if piles.is_complete(row):
            return self.tr("Đã nhập đủ")
        return self.tr("Nhập dở") if row.results else self.tr("Chưa nhập")

    def _chip(self, text: object) -> str:
        chips = {self.tr("Đã nhập đủ"): "done", self.tr("Nhập dở"): "open"}
        return chips.get(str(text), "unknown")

    def _close(self) -> None:
        self.close_pressed.emit(self._complete)
