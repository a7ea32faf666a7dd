"""Soát số liệu: what looks wrong in the register, each line opens its household."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.problems import Problem, Severity
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.pages.page import Page
from giamngheo_desktop.gui.parts import button, label, title_row
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.services import checks
from giamngheo_desktop.services.checks import Finding
from giamngheo_desktop.services.overview import register_size

_MISSING = "required_missing"
WEIGHTS = (Severity.ERROR.value, Severity.WARNING.value, _MISSING)  # the heaviest first
CHECK_AT_ONCE = 1_500  # households up to which the register is checked unasked


class _FindingRow(NamedTuple):
    uid: UUID
    severity: str
    label: str
    text: str
    household: UUID


class ChecksPage(Page):
    """Soát số liệu: what looks wrong in the register, each line opens its household."""

    WATCHES = frozenset(
        {Kind.HOUSEHOLD, Kind.PERSON, Kind.MEMBERSHIP, Kind.PLACE, Kind.HOUSEHOLD_FACT,
         Kind.PERSON_FACT, Kind.CLASS_RECORD, Kind.DECISION}
    )  # fmt: skip

    def __init__(self, desk: Desk, year: int, parent: QWidget | None = None) -> None:
        super().__init__(desk, year, parent)
        self._households: dict[UUID, UUID] = {}
        fields = desk.definitions.fields("household", "member")
        self._labels = {code: field.short_label for code, field in fields.items()}
        self._count = label("", "soft", "checks_count", wrap=True)
        self.list = TableView(
            (
                Column(
                    key="severity",
                    title=self.tr("Mức"),
                    width=110,
                    format=self._severity_text,
                    chip=_severity_chip,
                ),
                Column(key="label", title=self.tr("Hộ"), width=180),
                Column(key="text", title=self.tr("Điều cần xem"), width=420, stretch=True, tip=str),
            ),
            "findings",
            self.tr("Các điều cần xem lại"),
        )
        self._open = button(self.tr("&Mở hộ"), "open_household", icon="households", kind="primary")
        self._run = button(self.tr("&Soát ngay"), "check_now", icon="checks")
        self._run.setVisible(False)
        self._run.clicked.connect(self._check)
        head = title_row(label(self.tr("Soát số liệu"), "title"))
        head.addStretch()
        head.addWidget(self._run)
        head.addWidget(self._open)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 12, 20, 12)
        box.setSpacing(8)
        box.addLayout(head)
        box.addWidget(self._count)
        box.addWidget(self.list, 1)
        self.setFocusProxy(self.list)
        self.list.row_opened.connect(self._open_row)
        self.list.empty_action.connect(self._empty_action)
        self._open.clicked.connect(self._open_current)

    def load(self) -> None:
        work = partial(
            register_size, self.desk.database, self.desk.unit(self.year), self.desk.day(self.year)
        )
        self.desk.runner.read(self, work, self._begin, latest="size")

    def _begin(self, households: int) -> None:
        """A small register is checked unasked; a large one takes minutes of this PC."""
        large = households > CHECK_AT_ONCE
        self._run.setVisible(large)
        if large:
            text = self.tr("Sổ có {count} hộ: soát mất vài phút, vẫn làm được việc khác.")
            self._count.setText(text.format(count=format_integer(households)))
        else:
            self._check()

    @Slot()
    def _check(self) -> None:
        self._run.setVisible(False)
        self._count.setText(self.tr("Đang soát sổ…"))
        work = partial(
            checks.check_register,
            self.desk.database,
            self.desk.definitions,
            day=self.desk.day(self.year),
            today=self.desk.context.today(),
        )
        self.desk.runner.read(self, work, self._show, latest="checks")

    def _show(self, findings: list[Finding]) -> None:
        ordered = sorted(findings, key=lambda finding: WEIGHTS.index(weight_of(finding.problem)))
        rows = [
            _FindingRow(
                UUID(int=at + 1),
                weight_of(finding.problem),
                finding.label,
                texts.problem_text(finding.problem, self._labels),
                finding.household,
            )
            for at, finding in enumerate(ordered)
        ]
        self._households = {row.uid: row.household for row in rows}
        self.list.set_rows(rows)
        self.list.say_empty(
            self.tr("Chưa thấy gì sai trong sổ hộ."), {"households": self.tr("Mở sổ hộ")}
        )
        counts = {weight: sum(1 for row in rows if row.severity == weight) for weight in WEIGHTS}
        text = self.tr(
            "{wrong} điều sai, {odd} điều nên xem lại, {missing} ô chưa ghi. Không điều nào chặn "
            "việc lưu; mở hộ để sửa."
        )
        self._count.setText(
            text.format(
                wrong=format_integer(counts[Severity.ERROR.value]),
                odd=format_integer(counts[Severity.WARNING.value]),
                missing=format_integer(counts[_MISSING]),
            )
        )
        self._open.setEnabled(bool(rows))

    @Slot(object)
    def _open_row(self, uid: object) -> None:
        if isinstance(uid, UUID):
            self.go_requested.emit("households", self._households[uid])

    @Slot()
    def _open_current(self) -> None:
        self._open_row(self.list.current_uid() or next(iter(self._households), None))

    @Slot(str)
    def _empty_action(self, code: str) -> None:
        self.go_requested.emit(code, None)

    def _severity_text(self, value: object) -> str:
        words = {Severity.ERROR.value: self.tr("Sai"), _MISSING: self.tr("Chưa ghi")}
        return words.get(str(value), self.tr("Nên xem"))


def weight_of(problem: Problem) -> str:
    """How a finding counts: what nobody asked yet is not wrong."""
    return _MISSING if problem.code == _MISSING else problem.severity.value


def _severity_chip(value: object) -> str:
    return {Severity.ERROR.value: "wrong", _MISSING: "unknown"}.get(str(value), "open")
