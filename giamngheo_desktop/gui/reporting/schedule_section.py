"""Chế độ báo cáo: the reports that the plan in hand asks for; from presets, then confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtWidgets import QMenu

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.report_calendar import Rule, doubts
from giamngheo_desktop.domain.report_periods import PeriodType
from giamngheo_desktop.gui.parts import button
from giamngheo_desktop.gui.records.of_plan import PlanRecords
from giamngheo_desktop.gui.records.record_section import Words
from giamngheo_desktop.gui.records.record_work import Values
from giamngheo_desktop.gui.table.column import Column, as_text
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.gui.table.wrapped_table import WrappedRows
from giamngheo_desktop.services.reporting import schedules

_PERIODS = frozenset(PeriodType)
_NUMBERS = ("due_day", "due_month", "cutoff_day", "cutoff_month")


class ScheduleSection(PlanRecords):
    """Chế độ báo cáo."""

    KIND: ClassVar[Kind] = Kind.REPORT_SCHEDULE
    SENTENCE: ClassVar[str] = "schedule_sentence"
    COLUMNS: ClassVar[tuple[str, ...]] = (
        "content",
        "direction",
        "due_day",
        "sender",
        "recipient",
        "confirmed",
    )
    TABLE: ClassVar[type[TableView]] = WrappedRows

    def words(self) -> Words:
        return Words(
            self.tr("Chế độ báo cáo"),
            self.tr("Báo cáo nào, ai gửi cho ai, hạn ngày nào, như kế hoạch năm ghi."),
            self.tr("&Thêm báo cáo"),
            self.tr("Kế hoạch chưa ghi báo cáo nào: lấy từ kế hoạch mẫu, hoặc ghi từng báo cáo."),
        )

    def columns(self) -> Sequence[Column]:
        return (
            _text("content", self.tr("Báo cáo"), 260, stretch=True),
            _text("direction", self.tr("Chiều"), 90),
            _text("due_day", self.tr("Hạn"), 190),
            _text("sender", self.tr("Nơi gửi"), 150, gives_way=True),
            _text("recipient", self.tr("Nơi nhận"), 150, gives_way=True),
            Column(
                key="confirmed",
                title=self.tr("Xác nhận"),
                width=120,
                sort="confirmed",
                chip=self._chip,
            ),
        )

    def add_tools(self) -> None:
        super().add_tools()
        self.take_button = button(self.tr("Lấy từ &kế hoạch mẫu"), "take_preset", icon="download")
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self.take_button.setMenu(self.menu)
        for versions in self.desk.definitions.schedules.values():
            preset = versions[-1]
            action = self.menu.addAction(preset.label)
            action.setToolTip(preset.legal_basis)
            action.triggered.connect(partial(self._take, preset.code))
        self.confirm_button = button(self.tr("&Xác nhận hạn"), "confirm_schedules", icon="done")
        self.confirm_button.setToolTip(self.tr("Xác nhận các dòng đang chọn là hạn của xã"))
        for part in (self.take_button, self.confirm_button):
            self.tools.addWidget(part)
        self.confirm_button.clicked.connect(self.confirm)
        self.table.selectionModel().selectionChanged.connect(self._selected)

    def take(self, code: str) -> None:
        """The reports of a preset into the plan, in one step that can be undone."""
        if self.plan is not None:
            desk = self.desk
            act = (desk.database, desk.context, desk.definitions, self.plan["uid"], code)
            self._do(partial(schedules.take, *act))

    def confirm(self) -> None:
        """Those that are chosen in the table, or the one that the form shows."""
        if waiting := self._unconfirmed():
            act = (self.desk.database, self.desk.context, waiting)
            self._do(partial(schedules.confirm, *act))

    def order(self, found: Mapping[UUID, Values]) -> Sequence[UUID]:
        """As they are printed; what has no place comes last."""
        return sorted(found, key=lambda uid: (*_place(found[uid]), uid))

    def rows(self) -> Sequence[tuple[Any, ...]]:
        fields = self.record_form.form.fields
        return [
            (
                uid,
                texts.schedule_name(values),
                fields["direction"].choice_label(values["direction"]),
                texts.report_due_text(Rule.of(values)),
                values["sender"] or texts.SENDERS.get(values["senders"] or "") or None,
                texts.recipient_text(values["recipient"] or "", values["via"] or "") or None,
                self.tr("đã xác nhận")
                if schedules.is_confirmed(values)
                else self.tr("chưa xác nhận"),
            )
            for uid in self.order(self.found.records)
            for values in (self.found.records[uid],)
        ]

    def summed(self, shown: Sequence[UUID]) -> str:
        waiting = [uid for uid in shown if not schedules.is_confirmed(self.found.records[uid])]
        said = self.tr("{count} hạn lấy từ kế hoạch mẫu chưa xác nhận")
        return said.format(count=format_integer(len(waiting))) if waiting else ""

    def warn(self, uid: UUID) -> str:
        values = self.found.records[uid]
        found = doubts(Rule.of(values), self.year)
        return texts.notes_text(texts.RULE_DOUBTS[one] for one in found)

    def in_plan(self) -> str:
        typed = dict(self.form.draft())
        if typed.get("period") not in _PERIODS:
            return ""
        numbers = {name: typed.get(name) for name in _NUMBERS}
        typed |= {n: value if isinstance(value, int) else None for n, value in numbers.items()}
        rule = Rule.of({**typed, "due_on": _day(typed.get("due_on"))})
        return texts.schedule_sentence(rule, str(typed.get("content") or ""))

    def _chip(self, value: object) -> str:
        return "done" if value == self.tr("đã xác nhận") else "open"

    def _unconfirmed(self) -> list[UUID]:
        if self._found is None:
            return []
        chosen = self.table.selected_uids() or ([self.chosen] if self.chosen else [])
        known = self.found.records
        return [uid for uid in chosen if uid in known and not schedules.is_confirmed(known[uid])]

    def _take(self, code: str, _: bool = False) -> None:
        self.take(code)

    def _do(self, work: Any) -> None:
        self.desk.runner.write(self, work, self._did, self._refused)

    def _did(self, _: Done[Any]) -> None:
        self.refusal.hide()

    def _selected(self, *_: object) -> None:
        self._enable()

    def _enable(self) -> None:
        super()._enable()
        free = not self.desk.read_only and not self._writing
        self.take_button.setEnabled(self.editable and not self._writing)
        self.take_button.setVisible(self.editable)
        self.confirm_button.setEnabled(free and bool(self._unconfirmed()))
        self.confirm_button.setVisible(self.plan is not None and free)


def _place(values: Values) -> tuple[bool, int]:
    return values["position"] is None, values["position"] or 0


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _text(
    key: str, title: str, width: int, *, stretch: bool = False, gives_way: bool = False
) -> Column:
    return Column(
        key=key,
        title=title,
        width=width,
        sort=key,
        tip=as_text,
        stretch=stretch,
        gives_way=gives_way,
    )
