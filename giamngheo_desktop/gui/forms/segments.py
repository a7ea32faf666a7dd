"""A row of buttons of which one is chosen: one stop of the Tab key, digits and arrows choose."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from giamngheo_desktop.domain.answers import AnswerState
from giamngheo_desktop.gui.forms.answer_mark import WAITING, show_answer
from giamngheo_desktop.gui.forms.options import Option
from giamngheo_desktop.gui.theme import theme


class _Segment(QPushButton):
    def __init__(self, option: Option, digit: int, parent: QWidget) -> None:
        super().__init__(option.label, parent)
        self.option = option
        self._digit = digit
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("kind", "segment")
        self.setAccessibleName(option.label)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        bold = QFont(self.font())
        bold.setBold(True)  # as the chosen one is painted
        hint = super().sizeHint()
        room = QFontMetrics(bold).horizontalAdvance(self.text()) + 34
        return QSize(max(hint.width(), room), hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        font = self.font()
        font.setBold(False)
        font.setPointSizeF(font.pointSizeF() * 0.72)
        painter.setFont(font)
        plain = not self.isChecked() or self.property("none") == "true"
        plain = plain or self.property("answer") in WAITING
        painter.setPen(QColor(theme.tokens.text_faint if plain else theme.tokens.on_accent))
        painter.drawText(QRect(5, 2, 14, 14), Qt.AlignmentFlag.AlignLeft, str(self._digit))


class Segments(QFrame):
    """`chosen` follows every choice by hand; pressing the chosen one again takes it back."""

    chosen = Signal()

    def __init__(
        self,
        options: Sequence[Option],
        *,
        none: Option | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "segments")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._none = none
        self._waits = False  # for somebody to say that what is shown holds
        self._value: object = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        shown = [*options, *([none] if none else [])]
        self._segments: list[_Segment] = []
        for digit, option in enumerate(shown, start=1):
            segment = _Segment(option, digit, self)
            segment.setProperty("place", _place(digit, len(shown)))
            if option is none:
                segment.setProperty("none", "true")
            segment.clicked.connect(self._clicked)
            row.addWidget(segment)
            self._segments.append(segment)
        self.choose(None)

    def value(self) -> object:
        """The value of the chosen option, None where nothing is chosen."""
        return self._value

    def choose(self, value: object) -> None:
        """Show this choice, silently; a value that is no option chooses nothing."""
        values = [segment.option.value for segment in self._segments]
        self._value = value if value in values else None
        for segment in self._segments:
            is_none = segment.option is self._none
            segment.setChecked(segment.option.value == value and (value is not None or is_none))

    def set_answer(self, state: AnswerState | None) -> None:
        """Show how the answer stands; one that waits is confirmed by choosing it again."""
        self._waits = state in WAITING
        for widget in (self, *self._segments):
            show_answer(widget, state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif event.text().isdigit() and 1 <= int(event.text()) <= len(self._segments):
            self._take(self._segments[int(event.text()) - 1].option.value)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_0):
            self._take(None)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step(1 if key == Qt.Key.Key_Right else -1)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def _clicked(self) -> None:
        segment = self.sender()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if isinstance(segment, _Segment):
            again = segment.option.value == self._value and not self._waits
            self._take(None if again else segment.option.value)

    def _step(self, step: int) -> None:
        at = next((at for at, s in enumerate(self._segments) if s.isChecked()), None)
        count = len(self._segments)
        at = (0 if step > 0 else count - 1) if at is None else max(0, min(count - 1, at + step))
        self._take(self._segments[at].option.value)

    def _take(self, value: object) -> None:
        before = self._value
        self.choose(value)
        if self._value is not before or (self._waits and value is not None):
            self.chosen.emit()


def _place(digit: int, count: int) -> str:
    if count == 1:
        return "only"
    return "first" if digit == 1 else "last" if digit == count else "middle"
