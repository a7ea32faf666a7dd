"""Beside what a household got: its needs, helpers, last visit, plan and incidents of the year."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from giamngheo_desktop.gui.household.support_rows import SupportWords
from giamngheo_desktop.gui.parts import button, card, label, line
from giamngheo_desktop.services.programme.home_help import HomeHelp


class SupportSide(QWidget):
    """`asked(section, record or None)`: the form of a record, or of a new one."""

    asked = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("support_side")
        self._plan: UUID | None = None
        self.parts = {code: _Part(code) for code in _SECTIONS}
        frame: QFrame = card("support_side_card")
        box = QVBoxLayout(frame)
        box.setContentsMargins(14, 10, 14, 10)
        box.setSpacing(6)
        for at, part in enumerate(self.parts.values()):
            if at:
                box.addWidget(line())
            box.addWidget(part)
            part.act.clicked.connect(self._pressed)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frame)
        whole.addStretch()

    @property
    def buttons(self) -> list[QPushButton]:
        return [part.act for part in self.parts.values()]

    def show_nothing(self) -> None:
        self.hide()

    def show_help(self, words: SupportWords, found: HomeHelp, *, year: int, editable: bool) -> None:
        """What is known, with the acts of who may write."""
        self._plan = found.plans[0]["uid"] if len(found.plans) == 1 else None
        said = {
            "needs": list(words.needs()) or [_tr("Không ghi nhu cầu nào")],
            "assignments": list(words.helpers()) or [_tr("Chưa có người giúp")],
            "visits": [words.visit()],
            "household_plans": list(words.plans()) or [_tr("Chưa có kế hoạch")],
            "incidents": list(words.incidents()) or [_tr("Không ghi biến cố nào")],
        }
        late = words.late()
        for code, part in self.parts.items():
            part.say(said[code], late if code == "visits" else "", year)
            part.act.setVisible(editable)
        plan = self.parts["household_plans"].act
        plan.setText(_tr("Xem, sửa") if self._plan else _tr("Lập kế hoạch"))
        self.show()

    @Slot()
    def _pressed(self) -> None:
        code = self.sender().objectName().removeprefix("add_")
        self.asked.emit(code, self._plan if code == "household_plans" else None)


class _Part(QWidget):
    """A heading with its act at the right, what is known below."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self._heading, act = _SECTIONS[code]
        self.heading = label("", "bold", f"{code}_heading", wrap=True)
        self.act = button(act, f"add_{code}", kind="link")
        self.text = label("", "", f"{code}_text", wrap=True)
        self.late = label("", "warning", f"{code}_late", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.heading, 1)
        head.addWidget(self.act)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addLayout(head)
        box.addWidget(self.text)
        box.addWidget(self.late)

    def say(self, said: Iterable[str], late: str, year: int) -> None:
        self.heading.setText(self._heading.format(year=year))
        self.act.setAccessibleName(f"{self.act.text()}: {self.heading.text()}")
        self.text.setText("\n".join(said))
        self.late.setText(late)
        self.late.setVisible(bool(late))


def _tr(text: str) -> str:
    return QCoreApplication.translate("support_side", text)


# By the section of the page Hỗ trợ & phân công that the act leads to.
_SECTIONS = {
    "needs": (_tr("Nhu cầu"), _tr("Ghi nhu cầu")),
    "assignments": (_tr("Người giúp"), _tr("Phân công")),
    "visits": (_tr("Đến thăm gần nhất"), _tr("Ghi lượt thăm")),
    "household_plans": (_tr("Kế hoạch hộ năm {year}"), _tr("Lập kế hoạch")),
    "incidents": (_tr("Biến cố năm {year}"), _tr("Ghi biến cố")),
}
