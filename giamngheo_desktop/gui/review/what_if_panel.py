"""Thử chuẩn khác: who would change class under another standard, by the data as they are now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from threading import Event
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import ChangeSet
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import Cancelled
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.standard import NO_CLASS
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.forms import enter_walk
from giamngheo_desktop.gui.forms.wrapped_check import WrappedCheck
from giamngheo_desktop.gui.household.columns import chip_of, state_label
from giamngheo_desktop.gui.household.list_export import ListExport
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.services.review.what_if import Range, Shift, WhatIf, what_if
from giamngheo_desktop.services.unit_names import villages
from giamngheo_desktop.storage.engine import Database

_CLASSES = ("poor", "near_poor", "not_poor")


class ShiftRow(NamedTuple):
    """A line of the table; `possible` holds one class where the change is certain."""

    uid: UUID
    head: str
    village: str
    now: str
    possible: tuple[str, ...]
    lacking: str


@dataclass(frozen=True, slots=True)
class _Found:
    day: date
    standard: str
    other: str
    result: WhatIf
    villages: Mapping[UUID, str]  # in paper order


class WhatIfPanel(QWidget):
    """`closed()`; `household_requested(uid)`. Nothing is written anywhere."""

    closed = Signal()
    household_requested = Signal(object)

    def __init__(self, desk: Desk, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("what_if_panel")
        self.desk = desk
        self.year = year
        self._found: _Found | None = None
        self._stop = Event()
        self._export = ListExport(desk, self)
        self.standard = ElidedBox()
        self.standard.setObjectName("what_if_standard")
        self.standard.setAccessibleName(self.tr("Chuẩn nghèo để thử"))
        self.run_button = button(
            self.tr("&Tính thử"), "run_what_if", icon="refresh", kind="primary"
        )
        self.export_button = button(self.tr("Xuất &Excel"), "export_what_if", icon="sheet")
        self.close_button = button(self.tr("&Đóng"), "close_what_if")
        self.unsure = WrappedCheck(
            self.tr("Kể cả hộ có thể đổi, còn thiếu dữ liệu"), "what_if_unsure"
        )
        self.progress = QProgressBar()
        self.progress.setObjectName("what_if_progress")
        self.progress.setTextVisible(False)
        self.progress_text = label("", "soft", "what_if_progress_text")
        self.cancel_button = button(self.tr("&Dừng"), "cancel_what_if")
        self.count = label("", "", "what_if_count", wrap=True)
        self.table = TableView(
            (
                Column(key="head", title=self.tr("Chủ hộ"), width=150, stretch=True),
                Column(key="village", title=self.tr("Thôn"), width=110),
                Column(
                    key="now",
                    title=self.tr("Hiện nay"),
                    width=130,
                    format=state_label,
                    chip=chip_of,
                ),
                Column(
                    key="possible",
                    title=self.tr("Theo chuẩn thử"),
                    width=170,
                    format=_possible_text,
                    chip=_possible_chip,
                ),
                Column(key="lacking", title=self.tr("Còn thiếu"), width=170, tip=str),
            ),
            "what_if_table",
            self.tr("Các hộ đổi phân loại"),
        )
        self._build()
        self.setFocusProxy(self.run_button)
        self.run_button.clicked.connect(self.run)
        self.cancel_button.clicked.connect(self.cancel)
        self.close_button.clicked.connect(self._close)
        self.export_button.clicked.connect(self._write)
        self.unsure.toggled.connect(self._show_rows)
        self.table.row_opened.connect(self.household_requested)
        desk.bus.data_changed.connect(self._data_changed)
        self.show_year(year)

    # -- for the page ---------------------------------------------------------------------------

    def show_year(self, year: int) -> None:
        """Another working year: other standards, and nothing computed yet."""
        self.cancel()
        self.year = year
        self._found = None
        own = self.desk.standard(year).code
        self.standard.clear()
        for item in self.desk.definitions.standards:
            if item.code != own:
                self.standard.addItem(item.label, item.code)
        self.standard.setCurrentIndex(self.standard.count() - 1)  # the one to come
        self.run_button.setEnabled(self.standard.count() > 0)
        self._show_found()

    def stops(self) -> list[QWidget]:
        return [self.standard, self.run_button]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (enter_walk.is_enter(event) and enter_walk.go_on(self.stops())):
            super().keyPressEvent(event)

    # -- the act --------------------------------------------------------------------------------

    def run(self) -> None:
        """Look at the whole register, off this thread."""
        self.cancel()
        self._stop = Event()
        self._show_busy(True)
        tell = self.desk.runner.channel(self, self._tell)
        work = partial(
            _compute,
            self.desk.database,
            self.desk.definitions,
            day=self.desk.day(self.year),
            standard=self.desk.standard(self.year).code,
            other=str(self.standard.currentData()),
            unit=self.desk.unit(self.year),
            step=_stepper(self._stop, tell),
        )
        self.desk.runner.read(self, work, self._show, self._failed, latest="what_if")

    def cancel(self) -> None:
        self._stop.set()

    def _tell(self, at: tuple[int, int]) -> None:
        done, total = at
        self.progress.setRange(0, max(1, total))
        self.progress.setValue(done)
        said = self.tr("Đã xem {done}, còn {left} hộ")
        self.progress_text.setText(
            said.format(done=format_integer(done), left=format_integer(total - done))
        )

    def _show(self, found: _Found) -> None:
        self._show_busy(False)
        self._found = found
        self._show_found()
        if self.table.rows.rowCount():
            self.table.go_to(self.table.rows.row(0)[0])
        self.table.setFocus()

    def _failed(self, error: BaseException) -> None:
        self._show_busy(False)
        if not isinstance(error, Cancelled):
            messages.report(error, self)

    def _show_busy(self, busy: bool) -> None:
        self.run_button.setEnabled(not busy)
        for part in (self.progress, self.progress_text, self.cancel_button):
            part.setVisible(busy)
        if busy:
            self._tell((0, 0))

    def _data_changed(self, changes: ChangeSet) -> None:
        if self._found is not None:
            self._note.setText(self.tr("Sổ đã đổi sau khi tính: bấm Tính thử để tính lại."))
            self._note.show()

    # -- showing --------------------------------------------------------------------------------

    def _show_found(self) -> None:
        found = self._found
        self._note.hide()
        self._figures_box.setVisible(found is not None)
        self.unsure.setVisible(found is not None)
        self.export_button.setEnabled(found is not None)
        if found is not None:
            self._show_figures(found)
        self._show_rows()

    def _show_figures(self, found: _Found) -> None:
        result = found.result
        known = result.households - result.nowhere
        before = [Range(count, count) for count in map(self._before, _CLASSES)]
        after = [result.after.get(code, Range()) for code in _CLASSES]
        lines = (
            (found.standard, before, known - sum(each.least for each in before)),
            (found.other, after, known - sum(each.least for each in after)),
        )
        for row, (code, ranges, unsure) in enumerate(lines, start=1):
            self._figures[row, 0].setText(self.desk.definitions.standards.get(code).label)
            for column, number in enumerate(ranges, start=1):
                self._figures[row, column].setText(_range_text(number))
            self._figures[row, len(_CLASSES) + 1].setText(format_integer(unsure))

    def _before(self, code: str) -> int:
        return self._found.result.before.get(code, 0) if self._found else 0

    def _show_rows(self) -> None:
        found = self._found
        if found is None:
            self.count.setText(
                self.tr(
                    "Tính lại cả sổ theo chuẩn khác bằng số liệu đang có, để biết hộ nào sẽ đổi "
                    "phân loại. Không ghi gì vào sổ."
                )
            )
            self.table.set_rows([])
            self.table.say_empty(self.tr("Chọn chuẩn rồi bấm Tính thử."))
            return
        shifts = found.result.shifts
        certain = sum(shift.certain for shift in shifts)
        said = self.tr(
            "Xem {all} hộ: {certain} hộ chắc chắn đổi, {unsure} hộ có thể đổi. Số của hai chuẩn "
            "để so, không trừ cho nhau."
        )
        text = said.format(
            all=format_integer(found.result.households),
            certain=format_integer(certain),
            unsure=format_integer(len(shifts) - certain),
        )
        if found.result.nowhere:
            said = self.tr("{text} {count} hộ chưa biết khu vực của thôn, chưa tính được.")
            text = said.format(text=text, count=format_integer(found.result.nowhere))
        self.count.setText(text)
        order = {village: at for at, village in enumerate(found.villages)}
        shown = [shift for shift in shifts if shift.certain or self.unsure.isChecked()]
        shown.sort(key=lambda shift: (not shift.certain, order.get(shift.village, len(order))))
        self.table.set_rows([self._row(shift, found) for shift in shown])
        self.table.say_empty(self.tr("Không hộ nào chắc chắn đổi phân loại."))

    def _row(self, shift: Shift, found: _Found) -> ShiftRow:
        lacking = []
        if shift.without_income:
            lacking.append(self.tr("thu nhập"))
        if shift.unknown:
            lacking.append(self.tr("{count} chỉ số").format(count=shift.unknown))
        return ShiftRow(
            shift.household,
            shift.head,
            found.villages.get(shift.village, ""),
            shift.now or NO_CLASS,
            shift.possible,
            "" if shift.certain and len(shift.possible) == 1 else ", ".join(lacking),
        )

    def _write(self) -> None:
        found = self._found
        if found is None:
            return
        standards = self.desk.definitions.standards
        other = standards.get(found.other).label
        said = self.tr("Số liệu ngày {day}; hiện nay theo {standard}.")
        own = standards.get(found.standard).label
        lines = [said.format(day=format_date(found.day), standard=own), self.count.text()]
        if not self.unsure.isChecked():
            lines.append(self.tr("Chỉ gồm các hộ chắc chắn đổi."))
        title = self.tr("Các hộ đổi phân loại nếu tính theo {standard}").format(standard=other)
        name = ("ThuChuan", found.other, f"{found.day:%Y%m%d}")
        self._export.write_table(self.table, title, lines, name)

    def _close(self) -> None:
        self.cancel()
        self.closed.emit()

    # -- layout ---------------------------------------------------------------------------------

    def _build(self) -> None:
        head = Flow(8)  # in a narrow window the buttons go below
        head.addWidget(label(self.tr("Thử chuẩn khác"), "heading"))
        for choice in (self.standard, self.run_button, self.export_button, self.close_button):
            head.addWidget(choice)
        busy = QHBoxLayout()
        busy.setSpacing(8)
        busy.addWidget(self.progress, 1)
        busy.addWidget(self.progress_text)
        busy.addWidget(self.cancel_button)
        self._note = label("", "warning", "what_if_stale", wrap=True)
        self._figures_box = QWidget()
        self._figures_box.setObjectName("what_if_figures")
        grid = QGridLayout(self._figures_box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(2)
        titles = [*map(state_label, _CLASSES), self.tr("Chưa rõ")]
        self._figures = {
            (row, column): label("", "soft" if not column else "bold", f"figure_{row}_{column}")
            for row in (1, 2)
            for column in range(len(titles) + 1)
        }
        for at, title in enumerate(titles, start=1):
            grid.addWidget(label(title, "soft"), 0, at)
        for (row, column), part in self._figures.items():
            grid.addWidget(part, row, column)
        grid.setColumnStretch(len(titles) + 1, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(head)
        box.addLayout(busy)
        box.addWidget(self.count)
        box.addWidget(self._note)
        box.addWidget(self._figures_box)
        box.addWidget(self.unsure)
        box.addWidget(self.table, 1)
        box.addWidget(self._export.bar)
        self._show_busy(False)


def _stepper(stop: Event, tell: Callable[[tuple[int, int]], None]) -> Callable[[int, int], None]:
    """What the worker calls: it tells how far it is, and ends where it shall."""

    def step(done: int, total: int) -> None:
        if stop.is_set():
            raise Cancelled
        tell((done, total))

    return step


def _compute(
    database: Database,
    definitions: Definitions,
    *,
    day: date,
    standard: str,
    other: str,
    unit: UUID,
    step: Callable[[int, int], None],
) -> _Found:
    names = {area.uid: area.name for area in villages(database, day, unit)}
    result = what_if(
        database, definitions, day=day, standard=standard, other=other, unit=unit, step=step
    )
    return _Found(day, standard, other, result, names)


def _possible_text(possible: object) -> str:
    """The mildest class first, as in a range."""
    codes = possible if isinstance(possible, tuple) else ()
    return " – ".join(map(state_label, dict.fromkeys((*codes[-1:], *codes[:1]))))


def _possible_chip(possible: object) -> str:
    is_one = isinstance(possible, tuple) and len(possible) == 1
    return chip_of(possible[0]) if is_one and isinstance(possible, tuple) else "open"


def _range_text(number: Range) -> str:
    least, most = format_integer(number.least), format_integer(number.most)
    return least if number.least == number.most else f"{least}–{most}"
