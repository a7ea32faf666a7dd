"""A group of boxes to tick: one stop of the Tab key, digits tick, long labels wrap."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QLabel, QWidget

from giamngheo_desktop.domain.answers import AnswerState
from giamngheo_desktop.gui.forms.answer_mark import show_answer
from giamngheo_desktop.gui.forms.line_edit import repolish
from giamngheo_desktop.gui.forms.options import Option

_WIDEST = 3  # columns
_ARRIVALS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}


class _Line(QWidget):
    """A box and its label; the label may take several lines."""

    def __init__(self, number: int, label: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._group = parent
        self.box = QCheckBox()
        self.box.setObjectName(name)
        self.box.setAccessibleName(label)
        self.box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._label = QLabel(f"{number}  {label}", wordWrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 2, 4, 2)
        row.setSpacing(0)
        self.box.setFixedWidth(30)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._label, 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._group.setFocus(Qt.FocusReason.MouseFocusReason)
        self.box.click()

    def set_answer(self, state: AnswerState | None) -> None:
        for widget in (self.box, self._label):
            show_answer(widget, state)

    def wanted_width(self) -> int:
        return self._label.fontMetrics().horizontalAdvance(self._label.text()) + 56

    def mark(self, marked: bool) -> None:
        self.setProperty("current", "true" if marked else "false")
        font = QFont()  # only this one trait: size and family follow the theme
        font.setUnderline(marked)
        self._label.setFont(font)


class CheckBoxes(QFrame):
    """`ticked` follows every tick by hand; `value()` is None until something is ticked."""

    ticked = Signal()

    def __init__(
        self, options: Sequence[Option], *, none: str, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "boxes")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._options = tuple(options)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(6, 4, 6, 4)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(0)
        self._columns = 0
        self._at = 0
        self._has_none = True
        self._lines: list[_Line] = []
        labels = [(str(option.value), option.label) for option in options] + [("none", none)]
        for number, (code, label) in enumerate(labels, start=1):
            shown = 0 if code == "none" and number == len(labels) else number
            line = _Line(shown, label, f"{name}.{code}", self)
            line.box.clicked.connect(self._clicked)
            line.box.installEventFilter(self)
            self._lines.append(line)
        self._arrange(1)

    def hide_none(self) -> None:
        """Offer no "none of them": somebody must be chosen."""
        self._has_none = False
        self._lines[-1].hide()

    def value(self) -> tuple[str, ...] | None:
        """Ticked codes in the order of the list; () for "none of them", None for no answer."""
        ticked = (option for at, option in enumerate(self._options) if self._on(at))
        codes = tuple(str(option.value) for option in ticked)
        if codes or self._lines[-1].box.isChecked():
            return codes
        return None

    def set_value(self, value: Collection[object] | None) -> None:
        """Show these ticks, silently."""
        for option, line in zip(self._options, self._lines, strict=False):
            line.box.setChecked(value is not None and option.value in value)
        self._lines[-1].box.setChecked(value is not None and not value)

    def set_answer(self, state: AnswerState | None) -> None:
        """Show how the answer stands."""
        show_answer(self, state)
        for line in self._lines:
            line.set_answer(state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif key in _STEPS:
            self._go_to(
                max(0, min(len(self._lines) - 2 + self._has_none, self._at + _STEPS[Qt.Key(key)]))
            )
        elif key == Qt.Key.Key_Space:
            self._press(self._at)
        elif text == "0" and self._has_none:
            self._press(len(self._lines) - 1)
        elif text.isdigit() and 0 < int(text) <= len(self._options):
            self._press(int(text) - 1)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in _ARRIVALS:
            self._at = 0  # wherever the keyboard was in the form before
        self._show_focus(True)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._show_focus(False)
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        widest = max(line.wanted_width() for line in self._lines)
        self._arrange(max(1, min(_WIDEST, (self.width() - 12) // widest)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        return False

    def _on(self, at: int) -> bool:
        return self._lines[at].box.isChecked()

    def _press(self, at: int) -> None:
        self._go_to(at)
        self._lines[at].box.click()

    def _clicked(self) -> None:
        none = self._lines[-1].box
        if self.sender() is none:
            for line in self._lines[:-1]:
                line.box.setChecked(False)
        else:
            none.setChecked(False)
        self.ticked.emit()

    def _go_to(self, at: int) -> None:
        self._lines[self._at].mark(False)
        self._at = at
        self._lines[at].mark(self.hasFocus())

    def _show_focus(self, focused: bool) -> None:
        self.setProperty("focused", "true" if focused else "false")
        repolish(self)
        self._lines[self._at].mark(focused)

    def _arrange(self, columns: int) -> None:
        """Down the columns, as the paper prints them."""
        if columns == self._columns:
            return
        self._columns = columns
        rows = -(-len(self._lines) // columns)
        for at, line in enumerate(self._lines):
            self._grid.addWidget(line, at % rows, at // rows)
        for column in range(_WIDEST):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
