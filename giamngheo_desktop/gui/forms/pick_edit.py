"""Line edits with a list below: suggestions for free text, answers for closed lists.

The list opens a quarter of a second after the last key, so that an input method has finished its
letter; it writes nothing into the line and takes Enter or Tab only for a line chosen in it, or,
where the list is closed, for its only one.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QHideEvent, QKeyEvent, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyleOptionFrame,
    QStylePainter,
    QToolButton,
    QWidget,
)

from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui import icons
from giamngheo_desktop.gui.forms.line_edit import LineEdit
from giamngheo_desktop.gui.forms.options import Option, matching
from giamngheo_desktop.gui.forms.popup_list import PopupList

_STEP = "\N{NO-BREAK SPACE}" * 4  # of a tree
_CURSOR = 5  # pixels from the edge of the cursor to its text
DELAY = 250  # milliseconds after the last key
_LINES = 300  # of thousands the first ones are shown: typing finds the others
_TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_PageUp: -8,
}


class ListEdit(LineEdit):
    """The machinery: timer, list, keys. `option_picked(option)` after one was chosen."""

    option_picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.options: tuple[Option, ...] = ()
        self._offered: list[Option] = []
        self._popup: PopupList | None = None
        self._timer = QTimer(self, singleShot=True, interval=DELAY)
        self._timer.timeout.connect(self._offer)
        self.textEdited.connect(self._restart)

    @property
    def list_is_open(self) -> bool:
        return self._popup is not None and self._popup.is_open

    def open_list(self, *, everything: bool = True) -> None:
        """Show the options; `everything`, or only those that match the text."""
        self._timer.stop()
        self._offered = list(self.options if everything else self._matches())[:_LINES]
        if self._popup is None or self._popup.window() is not self.window():
            self._popup = PopupList(self)
            self._popup.picked.connect(self._pick)
        labels = [option.label for option in self._offered]
        text = self.text()
        current = labels.index(text) if everything and text in labels else -1
        self._popup.open([self._line(option) for option in self._offered], current)

    def close_list(self) -> None:
        self._timer.stop()
        if self._popup is not None:
            self._popup.close_list()

    def event(self, event: QEvent) -> bool:
        # Tab is taken from the key press before it moves the focus
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Tab
            and self._line_taken() >= 0
        ):
            self._pick(self._line_taken())
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self._popup
        if popup is None or not popup.is_open:
            super().keyPressEvent(event)
            return
        if event.key() in _STEPS:
            popup.move_choice(_STEPS[Qt.Key(event.key())])
            event.accept()
            return
        if event.key() == Qt.Key.Key_Escape:
            self.close_list()
            event.accept()
            return
        if event.key() in _TAKING:
            if self._line_taken() >= 0:
                self._pick(self._line_taken())
            self.close_list()
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.close_list()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.close_list()
        super().hideEvent(event)

    def _line_taken(self) -> int:
        """The line that Enter or Tab takes, -1 where there is none."""
        return self._popup.chosen if self._popup is not None else -1

    def _line(self, option: Option) -> str:
        """An option as the list shows it."""
        return f"{_STEP * option.depth}{option.label}"

    def _matches(self) -> list[Option]:
        return matching(self.options, self.text())

    def _restart(self) -> None:
        if self.list_is_open:
            self.close_list()
        if self.options:
            self._timer.start()

    def _offer(self) -> None:
        if not self.hasFocus():
            return
        if self.text().strip():
            self.open_list(everything=False)

    def _pick(self, row: int) -> None:
        option = self._offered[row]
        self.close_list()
        self.setText(option.label)
        self.option_picked.emit(option)


class SuggestEdit(ListEdit):
    """Free text that may be completed from earlier texts."""

    def set_suggestions(self, suggestions: Sequence[str]) -> None:
        self.options = tuple(Option(text, text) for text in suggestions)

    def _matches(self) -> list[Option]:
        return [option for option in super()._matches() if option.label != self.text()][:20]


class PickEdit(ListEdit):
    """One of a closed list: type some letters, or open the list with the arrow or ↓."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.numbers: dict[object, int] = {}  # the number that chooses a value
        self._arrow = QAction(icons.icon("chevron_down", "text_soft"), "", self)
        self._arrow.triggered.connect(self._toggle)
        self.addAction(self._arrow, QLineEdit.ActionPosition.TrailingPosition)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Away from the keyboard a text too long ends in …, not in mid-letter."""
        buttons = self.findChildren(QToolButton)
        left, right = self.cursorRect().left() + _CURSOR, min(b.x() for b in buttons)
        text, metrics = self.text(), self.fontMetrics()
        fits = left + metrics.horizontalAdvance(text) <= right
        if fits or self.hasFocus() or self.cursorPosition():
            super().paintEvent(event)
            return
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        place = self.rect().adjusted(left, 0, right - self.width(), 0)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        opens = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_F4) and not self.list_is_open
        if opens and not self.isReadOnly():
            self.open_list()
            event.accept()
            return
        super().keyPressEvent(event)

    def _line_taken(self) -> int:
        """Of a closed list the only line shown is what somebody means who typed."""
        alone = self.list_is_open and len(self._offered) == 1 and len(self.options) > 1
        return 0 if alone and clean(self.text()) else super()._line_taken()

    def _line(self, option: Option) -> str:
        number = self.numbers.get(option.value)
        line = super()._line(option)
        return line if number is None else f"{number}. {line}"

    def _toggle(self) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self.list_is_open:
            self.close_list()
        else:
            self.open_list()
