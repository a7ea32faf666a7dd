"""The line edit of all forms: nothing touches the text while an input method may be composing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from giamngheo_desktop.gui.table import clipboard

_REASON = Qt.FocusReason
_STAYS = (_REASON.MouseFocusReason, _REASON.PopupFocusReason, _REASON.ActiveWindowFocusReason)


class LineEdit(QLineEdit):
    """UniKey sends Backspaces and then the composed letter: the text belongs to the typist.

    `block_pasted` carries a block from Excel; it is emitted only where `takes_blocks` is set, else
    the text is pasted as one line.
    """

    block_pasted = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.takes_blocks = False
        self.typed_anew = False  # a key typed on arrival replaces the text, unless a mouse came
        self.waits = False  # its text is an answer nobody has confirmed: typing replaces it
        self._came_by_mouse = False

    def setText(self, text: str | None) -> None:
        super().setText(text or "")
        if not self.hasFocus():
            self.setCursorPosition(0)  # a long text shows its beginning

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if (self.typed_anew or self.waits) and event.reason() not in _STAYS:
            self.selectAll()
        self._came_by_mouse = event.reason() == _REASON.MouseFocusReason

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (_REASON.PopupFocusReason, _REASON.ActiveWindowFocusReason):
            self.setCursorPosition(0)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.waits and self._came_by_mouse and not self.hasSelectedText():
            self.selectAll()  # the second click goes into the text
        self._came_by_mouse = False

    def event(self, event: QEvent) -> bool:
        # Some desktops give Ctrl+K to the line (delete to its end); here it is the search
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            control = Qt.KeyboardModifier.ControlModifier
            search = event.key() == Qt.Key.Key_K and event.modifiers() == control
            typed = self.isUndoAvailable() or self.isRedoAvailable()
            if search or is_for_window(event, typed=typed):
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.takes_blocks and event.matches(QKeySequence.StandardKey.Paste):
            block = clipboard.from_text(QGuiApplication.clipboard().text())
            if len(block) > 1 or (block and len(block[0]) > 1):
                self.block_pasted.emit(block)
                return
        super().keyPressEvent(event)


def is_for_window(event: QKeyEvent, *, typed: bool) -> bool:
    """Ctrl+Z where nothing was `typed` takes back what was saved last.

    Who has just taken back all that was typed here does not mean more than that.
    """
    return event.matches(QKeySequence.StandardKey.Undo) and not typed


def set_state(widget: QWidget, state: str) -> None:
    """Give the widget the look of `error`, `warning` or neither (empty)."""
    if widget.property("state") != state:
        widget.setProperty("state", state)
        repolish(widget)


def lock(edit: QLineEdit | QPlainTextEdit, locked: bool) -> None:
    """Let nothing be typed into it, and show that; its text can still be marked and copied."""
    if edit.isReadOnly() != locked:
        edit.setReadOnly(locked)
        repolish(edit)


def repolish(widget: QWidget) -> None:
    """Let the style sheet look at the properties of the widget again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
