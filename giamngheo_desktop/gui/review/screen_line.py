"""Phiếu A of an applicant in one line: goes on to be surveyed, or not, and who screened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from giamngheo_desktop.domain.choices import ChoiceList
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.forms.options import Option
from giamngheo_desktop.gui.forms.pick_edit import SuggestEdit
from giamngheo_desktop.gui.forms.segments import Segments
from giamngheo_desktop.gui.parts import label


class ScreenLine(QFrame):
    """`screened(result, by)`: True, False, or None to take it back."""

    screened = Signal(object, str)

    def __init__(self, conditions: ChoiceList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("screen_line")
        self.setProperty("kind", "card")
        self._name = label("", "bold", "screen_name")
        self.result = Segments(
            (Option(True, self.tr("Khảo sát tiếp")), Option(False, self.tr("Không khảo sát"))),
            none=Option(None, self.tr("Chưa có")),
        )
        self.result.setObjectName("screen_result")
        self.result.setAccessibleName(self.tr("Kết quả Phiếu A"))
        self.by = SuggestEdit()
        self.by.setObjectName("screen_by")
        self.by.setAccessibleName(self.tr("Người nhận dạng"))
        self.by.setPlaceholderText(self.tr("Người nhận dạng"))
        self.by.setMinimumWidth(180)
        line = Flow(8)
        for part in (self._name, self.by, self.result):
            line.addWidget(part)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 6, 12, 6)
        box.addLayout(line)
        if not conditions.entries:
            said = self.tr(
                "{form} chưa có trong văn bản đã đọc được: nhận dạng trên phiếu giấy rồi ghi kết "
                "quả."
            )
            box.addWidget(
                label(said.format(form=conditions.label), "small", "screen_missing", wrap=True)
            )
        self.result.chosen.connect(self._tell)

    def show_case(
        self, head: str, result: bool | None, by: str | None, people: Sequence[str]
    ) -> None:
        """The applicant under the cursor; `people` are offered as who screened."""
        self._name.setText(self.tr("Phiếu A của {head}:").format(head=head))
        self.result.choose(result)
        self.by.set_suggestions(people)
        if by or not self.by.hasFocus():
            self.by.setText(by or (people[0] if len(people) == 1 else ""))

    def _tell(self) -> None:
        value = self.result.value()
        self.screened.emit(value, clean(self.by.text()))
