"""Pages of later steps: what will be there, and what can be done today instead; no dead ends."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.pages.page import Page
from giamngheo_desktop.gui.parts import button, card, label, title_row


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
        box.setSpacing(8)
        box.addLayout(title_row(label(words.title, "title")))
        box.addWidget(frame)
        box.addStretch()

    def load(self) -> None:
        """Nothing is read here."""

    @Slot()
    def _follow(self) -> None:
        page, payload = self._links[self.sender().objectName()]
        self.go_requested.emit(page, payload)

    def _words(self) -> dict[str, _Words]:
        return {
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
        }
