"""Khác gì với hôm nay: each cell and line of an issued document that reads otherwise now."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.issuing.issue_work import title_of
from giamngheo_desktop.gui.parts import button, label, title_row
from giamngheo_desktop.gui.table.column import NO_DATA, Column
from giamngheo_desktop.gui.table.wrapped_table import WrappedTable
from giamngheo_desktop.reports.issued_difference import Difference, difference
from giamngheo_desktop.services.issuing import Issued


class DifferenceRow(NamedTuple):
    """One cell, or one line of text, then and now."""

    uid: UUID
    row: str
    column: str
    old: str
    new: str


class DifferenceView(QWidget):
    """`closed()`: back to the book."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.title = label("", "heading", "difference_title", wrap=True)
        self.said = label("", "", "difference_said", wrap=True)
        as_then = self.tr("Số, ngày và họ tên người ký lấy như khi phát hành, không so ở đây.")
        back = button(self.tr("&Về sổ"), "back_to_book", icon="chevron_left")
        self.table = WrappedTable(
            (
                Column(key="row", title=self.tr("Dòng"), width=150),
                Column(key="column", title=self.tr("Cột"), width=180),
                Column(key="old", title=self.tr("Bản đã phát hành"), width=180, mixed=True),
                Column(key="new", title=self.tr("Lập hôm nay"), width=180, mixed=True),
            ),
            "difference",
            self.tr("Những chỗ khác"),
        )
        self.setFocusProxy(self.table)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        head = title_row(back)
        head.addWidget(self.title, 1)
        box.addLayout(head)
        box.addWidget(self.said)
        box.addWidget(label(as_then, "soft", "difference_as_then", wrap=True))
        box.addWidget(self.table, 1)
        back.clicked.connect(self.closed)

    def compare(self, row: Issued) -> None:
        self.title.setText(title_of(row))
        self.said.setText(self.tr("Đang lập lại từ số liệu hôm nay…"))
        self.table.set_rows(())
        self.table.say_empty("")
        desk = self.desk
        today = desk.context.today()
        work = partial(difference, desk.database, desk.definitions, row.uid, today=today)
        desk.runner.read(self, work, self._show, self._failed, latest="difference")

    def _show(self, found: Difference) -> None:
        rows = _rows(found, self.tr("Chữ trên văn bản"), self.tr("Tên đổi"))
        self.table.set_rows(rows)
        if found.refused is not None:
            said = self.tr("Hôm nay không lập lại được văn bản này: {why}")
            self.said.setText(said.format(why=texts.error_text(found.refused)))
            self.table.say_empty(self.tr("Bản đã phát hành vẫn mở, in lại được."))
        elif found.is_none:
            self.said.setText(self.tr("Không có gì khác: lập hôm nay vẫn ra đúng bản ấy."))
            self.table.say_empty(self.tr("Không có chỗ nào khác."))
        else:
            said = self.tr("Lập hôm nay thì khác {count} chỗ. Bản đã phát hành không đổi.")
            self.said.setText(said.format(count=format_integer(len(rows))))

    def _failed(self, error: BaseException) -> None:
        """It cannot even be read as it was."""
        if not (isinstance(error, AppError) and error.code in texts.ERRORS):
            messages.report(error, self)
            return
        self.said.setText(texts.error_text(error))


def _rows(found: Difference, line: str, name: str) -> list[DifferenceRow]:
    rows = [(one.old, name, one.old, one.new) for one in found.names]
    rows += [
        (cell.row, cell.column, cell.old or NO_DATA, cell.new or NO_DATA) for cell in found.cells
    ]
    rows += [(line, "", one.old or NO_DATA, one.new or NO_DATA) for one in found.lines]
    return [DifferenceRow(UUID(int=at), *row) for at, row in enumerate(rows)]
