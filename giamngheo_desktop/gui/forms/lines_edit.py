"""Inputs of several lines: one thing a line, or a text with its paragraphs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from giamngheo_desktop.domain.vietnamese import clean, clean_prose
from giamngheo_desktop.gui.forms import enter_walk
from giamngheo_desktop.gui.forms.line_edit import is_for_window

_PADDING = 6  # of the style sheet, above and below


class LinesEdit(QPlainTextEdit):
    """Several lines, one thing a line; Enter makes a line, on an empty last one it goes on."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # lines break
        self._lines = lines
        self.document().setDocumentMargin(1)  # texts begin where those of a line edit do
        self._fit()

    def lines(self) -> str:
        """The lines as stored: each trimmed, empty ones left out."""
        found = (clean(line) for line in self.toPlainText().splitlines())
        return "\n".join(line for line in found if line)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            document = self.document()
            typed = document.isUndoAvailable() or document.isRedoAvailable()
            if is_for_window(event, typed=typed):
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        cursor = self.textCursor()
        done = not cursor.block().text().strip() and not cursor.block().next().isValid()
        if enter_walk.is_enter(event) and done:
            event.ignore()  # the page goes on
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self.moveCursor(QTextCursor.MoveOperation.End)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        """As high as its lines, so that no bar stands beside two lines of two."""
        around = 2 * (_PADDING + self.document().documentMargin()) + 6
        self.setFixedHeight(self.fontMetrics().lineSpacing() * self._lines + int(around))


class ProseEdit(LinesEdit):
    """A text, typed or pasted from Word; an empty line is kept within it, not around it."""

    def lines(self) -> str:
        return clean_prose(self.toPlainText())

    def insertFromMimeData(self, source: QMimeData) -> None:
        """What is pasted from Word stands there as it will be stored."""
        if self.isReadOnly():
            return
        text = source.text()
        ends = "\n" if text.endswith(("\n", "\r")) else ""
        self.insertPlainText(f"{clean_prose(text)}{ends}")
