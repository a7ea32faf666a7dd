"""Pages of later steps: what will be there, and what can be done today instead; no dead ends."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.problems import Severity
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.pages.page import Page
from giamngheo_desktop.gui.parts import button, card, label
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.services import checks
from giamngheo_desktop.services.checks import Finding


@dataclass(frozen=True, slots=True)
class _Words:
    title: str
    will_be: str
    today: str
    links: tuple[tuple[str, str, object], ...]  # label, page, payload


class LaterPage(Page):
    """Says in plain words what will be here."""

    def __init__(self, key: str, desk: Desk, year: int, parent: QWidget | None = None) -> None:
        super().__init__(desk, year, parent)
        self.key = key
        words = self._words()[key]
        self._links: dict[str, tuple[str, object]] = {}
        frame = card("later_card")
        frame.setMaximumWidth(720)
        column = QVBoxLayout(frame)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(label(self.tr("Phần này đang được làm"), "heading"))
        column.addWidget(label(words.will_be, "", "later_text", wrap=True))
        column.addSpacing(12)
        column.addWidget(label(self.tr("Hôm nay làm được gì"), "heading"))
        column.addWidget(label(words.today, "", "today_text", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        for at, (text, page, payload) in enumerate(words.links):
            name = f"later_link_{at}"
            self._links[name] = (page, payload)
            link = button(text, name, kind="primary" if at == 0 else "")
            link.clicked.connect(self._follow)
            row.addWidget(link)
        row.addStretch()
        column.addSpacing(8)
        column.addLayout(row)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 12, 20, 12)
        box.setSpacing(16)
        box.addWidget(label(words.title, "title"))
        box.addWidget(frame)
        box.addStretch()

    def load(self) -> None:
        """Nothing is read here."""

    @Slot()
    def _follow(self) -> None:
        page, payload = self._links[self.sender().objectName()]
        self.go_requested.emit(page, payload)

    def _words(self) -> dict[str, _Words]:
        households = (self.tr("Mở sổ hộ"), "households", None)
        bc1 = (self.tr("Xem biểu BC1"), "reports", "BC1")
        return {
            "review": _Words(
                self.tr("Rà soát"),
                self.tr(
                    "Kỳ rà soát từng thôn: danh sách hộ cần rà soát, phiếu A, phiếu B, họp dân, "
                    "niêm yết, quyết định công nhận – làm dần trong nhiều tháng, không mất chữ nào."
                ),
                self.tr(
                    "Mở từng hộ để ghi phiếu, xem kết quả tính theo chuẩn và ghi kết quả công "
                    "nhận ở thẻ Rà soát của hộ. Xong cả xã thì lập biểu BC1."
                ),
                (households, bc1),
            ),
            "targets": _Words(
                self.tr("Chỉ tiêu"),
                self.tr(
                    "Chỉ tiêu giảm nghèo được giao theo năm, theo chiều thiếu hụt, so với kết quả "
                    "đạt được đến từng thôn."
                ),
                self.tr(
                    "Giao chỉ tiêu giảm hộ nghèo, hộ cận nghèo cho từng thôn trong Cài đặt, rồi "
                    "in bảng chỉ tiêu các thôn."
                ),
                (
                    (self.tr("Nhập chỉ tiêu các thôn"), "settings", "targets"),
                    (self.tr("Xem bảng chỉ tiêu các thôn"), "reports", "THON"),
                ),
            ),
            "projects": _Words(
                self.tr("Dự án & hoạt động"),
                self.tr(
                    "Các dự án, tiểu dự án của chương trình giảm nghèo: hoạt động, kinh phí, người "
                    "hưởng lợi, tiến độ giải ngân."
                ),
                self.tr(
                    "Danh sách hộ nghèo, cận nghèo để chọn hộ tham gia đã có trong sổ hộ: lọc "
                    "theo thôn và phân loại, chép thẳng sang Excel bằng Ctrl+C."
                ),
                (households,),
            ),
            "support": _Words(
                self.tr("Hỗ trợ & phân công"),
                self.tr(
                    "Hộ nào được hưởng chính sách gì, ai giúp hộ nào, kế hoạch thoát nghèo của "
                    "từng hộ."
                ),
                self.tr("Nhu cầu hỗ trợ và chính sách đã hưởng ghi ngay trong phiếu của từng hộ."),
                (households,),
            ),
            "exchange": _Words(
                self.tr("Gửi – nhận"),
                self.tr(
                    "Gửi phiếu cho các thôn và nhận lại, gửi số liệu lên tỉnh – bằng một tệp qua "
                    "USB hoặc Zalo, xem trước rồi mới nhận."
                ),
                self.tr(
                    "Xuất biểu ra Excel hoặc PDF để gửi; chép một bản sổ đã kiểm tra ra USB trong "
                    "Cài đặt."
                ),
                (
                    (self.tr("Mở Báo cáo"), "reports", None),
                    (self.tr("Chép sổ ra USB"), "settings", "backups"),
                ),
            ),
        }


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
         Kind.PERSON_FACT}
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
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Soát số liệu"), "title"))
        head.addStretch()
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
        ordered = sorted(findings, key=lambda finding: finding.problem.severity is Severity.WARNING)
        rows = [
            _FindingRow(
                UUID(int=at + 1),
                finding.problem.severity.value,
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
        wrong = sum(1 for row in rows if row.severity == Severity.ERROR.value)
        text = self.tr(
            "{wrong} điều sai, {odd} điều nên xem lại. Không điều nào chặn việc lưu; mở hộ để sửa."
        )
        self._count.setText(
            text.format(wrong=format_integer(wrong), odd=format_integer(len(rows) - wrong))
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
        return self.tr("Sai") if value == Severity.ERROR.value else self.tr("Nên xem")


def _severity_chip(value: object) -> str:
    return "wrong" if value == Severity.ERROR.value else "open"
