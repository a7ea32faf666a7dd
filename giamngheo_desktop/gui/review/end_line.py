"""The end of a form: where the keyboard rests when no question waits any more."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from giamngheo_desktop.gui.forms import enter_walk
from giamngheo_desktop.gui.parts import label


class EndLine(QFrame):
    """Space does nothing here: it was meant for one more answer. `entered()`: Enter."""

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("case_end")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._text = label("", "soft", "case_end_text")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 4, 20, 6)
        row.addWidget(self._text)
        row.addStretch()
        self.say(settled=False)
        self.hide()

    def say(self, *, settled: bool) -> None:
        """Which keys lead on from here."""
        text = (
            self.tr("Hộ đã kết thúc. Enter: lấy phiếu tiếp")
            if settled
            else self.tr("Hết phiếu. F8: kết thúc hộ · Ctrl+Enter: lưu, lấy phiếu tiếp")
        )
        self._text.setText(text)
        self.setAccessibleName(text)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        self.show()
        super().setFocus(reason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if enter_walk.is_enter(event):
            self.entered.emit()
        elif event.key() != Qt.Key.Key_Space:
            super().keyPressEvent(event)
