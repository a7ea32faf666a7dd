"""Step Phân loại: what came out, standard beside standard; the undecided ones first, with why."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.standard import state_of
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.household.columns import chip_of, state_label
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.review import case_columns
from giamngheo_desktop.gui.review.panel import Panel
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.services.review.review_results import CaseResult, ResultRow, result_rows

_UNDECIDED = "undecided"


class ClassifyPanel(Panel):
    """The results of one village."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._rows: dict[UUID, ResultRow] = {}
        self._shown: tuple[str, ...] = ()
        self._count = label("", "bold", "classify_count", wrap=True)
        self._reason = label("", "soft", "classify_reason", wrap=True)
        self.table = self._make_table(())
        self.box.addWidget(self._count)
        self.add_table(self.table)
        self.box.addWidget(self._reason)
        self.what_if = button(self.tr("Thử chuẩn khác…"), "open_what_if", kind="link")
        self.foot.addWidget(self.what_if)
        self.foot.addStretch()
        self.what_if.clicked.connect(self._go_to_what_if)

    def refresh(self, *, moved: bool) -> None:
        codes = tuple(item.code for item in self.place.review.standards)
        if codes != self._shown:
            self._shown = codes
            made = self._make_table(codes)
            self.replace_table(self.table, made)
            self.table.hide()
            self.table.deleteLater()
            self.table = made
        self.setFocusProxy(self.table)
        if moved:
            self._rows = {}  # those of the place before are nobody's here
            self.table.set_rows([])
        work = partial(
            result_rows,
            self.desk.database,
            self.desk.definitions,
            self.place.review.uid,
            self.place.village,
        )
        self.fault.read(self.desk.runner, work, self._show, latest="results")

    def stops(self) -> list[QWidget]:
        return [self.table]

    def _make_table(self, codes: tuple[str, ...]) -> TableView:
        columns = [case_columns.number(), case_columns.head(), case_columns.class_before()]
        for code in codes:
            title = self.desk.definitions.standards.get(code).label
            columns.append(
                Column(key=code, title=title, width=170, format=_result_text, chip=_result_chip)
            )
        made = TableView(columns, "review_results", self.tr("Kết quả phân loại"))
        made.row_opened.connect(self._open)
        made.current_changed.connect(self._say_reason)
        return made

    def _show(self, rows: list[ResultRow]) -> None:
        self._rows = {row.uid: row for row in rows}
        ordered = sorted(rows, key=self._is_settled)
        self.table.set_rows([self._line(row) for row in ordered])
        self.table.say_empty(self.tr("Chưa nhập xong phiếu của hộ nào trong thôn."))
        undecided = sum(not self._is_settled(row) for row in rows)
        text = self.tr("Đã nhập {count} hộ, {undecided} hộ chưa ra phân loại.")
        self._count.setText(
            text.format(count=format_integer(len(rows)), undecided=format_integer(undecided))
        )
        if ordered and self.table.current_uid() is None:
            self.table.go_to(ordered[0].uid)
        self._say_reason(self.table.current_uid())

    def _is_settled(self, row: ResultRow) -> bool:
        return all(
            code in row.results and row.results[code].household_class for code in self._shown
        )

    def _line(self, row: ResultRow) -> tuple[Any, ...]:
        results = (row.results.get(code) for code in self._shown)
        return (row.uid, row.position, row.head, row.class_before, *results)

    def _say_reason(self, uid: object) -> None:
        row = self._rows.get(uid) if isinstance(uid, UUID) else None
        lines = []
        for code in self._shown if row else ():
            standard = self.desk.definitions.standards.get(code)
            reason = self._reason_of(row.results.get(code) if row else None)
            lines.append(
                self.tr("{standard}: {reason}").format(standard=standard.label, reason=reason)
            )
        self._reason.setText("\n".join(lines))
        self._reason.setVisible(bool(lines))

    def _reason_of(self, result: CaseResult | None) -> str:
        if result is None:
            return self.tr("chưa tính.")
        if result.found is None:
            return self.tr("chưa có thu nhập, điểm B1 hoặc loại địa bàn của thôn.")
        return texts.reason_text(result.found)

    def _go_to_what_if(self) -> None:
        self.go_requested.emit("review", {"what_if": True})

    def _open(self, uid: UUID) -> None:
        self.household_opened.emit(uid, self._rows[uid].household)


def _result_text(result: object) -> str:
    """The class, or the mildest and the hardest it may be."""
    if not isinstance(result, CaseResult):
        return state_label("none")
    if result.household_class:
        return state_label(state_of(result.household_class, average_living=result.average_living))
    if not result.possible:
        return state_label("none")
    return " – ".join(state_label(code) for code in (result.possible[-1], result.possible[0]))


def _result_chip(result: object) -> str:
    if not isinstance(result, CaseResult) or not result.household_class:
        return "open"
    return chip_of(state_of(result.household_class, average_living=result.average_living))
