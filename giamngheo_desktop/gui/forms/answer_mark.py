"""How an answer of a review stands, as a sign beside its field: told apart without colour too."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from giamngheo_desktop.domain.answers import AnswerState
from giamngheo_desktop.gui.forms.line_edit import repolish

WAITING = (AnswerState.CARRIED, AnswerState.TOUCHED)  # answers that hold once somebody says so
_WIDTH = 14  # pixels

SIGNS = {
    AnswerState.CARRIED: "=",
    AnswerState.TOUCHED: "!",
    AnswerState.EMPTY: "…",
    AnswerState.UNKNOWN: "?",
    AnswerState.CONFIRMED: "✓",
}


class AnswerMark(QLabel):
    """One letter; the tip says what it means and, of a yellow answer, why. `pressed()`: clicked."""

    pressed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("kind", "mark")
        self.setFixedWidth(_WIDTH)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()

    def show_state(self, state: AnswerState | None, reason: str) -> None:
        self.setVisible(state is not None)
        if state is None:
            return
        words = state_words(state)
        self.setText(SIGNS[state])
        self.setToolTip(f"{words}: {reason}" if reason else words)
        self.setAccessibleName(words)
        show_answer(self, state)


def state_words(state: AnswerState) -> str:
    """The state as people call it."""
    return {
        AnswerState.CARRIED: _tr("Như năm trước, chưa xác nhận"),
        AnswerState.TOUCHED: _tr("Cần xem lại"),
        AnswerState.EMPTY: _tr("Chưa trả lời"),
        AnswerState.UNKNOWN: _tr("Không biết"),
        AnswerState.CONFIRMED: _tr("Đã xác nhận"),
    }[state]


def show_answer(widget: QWidget, state: AnswerState | None) -> None:
    """Give the widget the look of the state; none for an answer that no review asks."""
    value = "" if state is None else state.value
    if (widget.property("answer") or "") != value:
        widget.setProperty("answer", value)
        repolish(widget)


def _tr(text: str) -> str:
    return QCoreApplication.translate("answers", text)
