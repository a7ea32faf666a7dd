"""A card with one large number, what it is, and how it compares; pressing it opens the list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from giamngheo_desktop.gui.forms.line_edit import repolish
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.gui.theme import theme


class FigureCard(QFrame):
    """`pressed()`: the list behind the number is wanted."""

    pressed = Signal()

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("kind", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._clickable = False
        self._title = label(title, "soft", wrap=True)
        self.figure = label("", "figure", f"{name}_figure")
        self.line = label("", "bold", f"{name}_line", wrap=True)
        self.more = label("", "small", f"{name}_more", wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 10, 16, 12)
        box.setSpacing(2)
        for part in (self._title, self.figure, self.line, self.more):
            box.addWidget(part)
        box.addStretch()

    def show_figure(
        self, figure: str, line: str, more: str, *, clickable: bool, missing: bool = False
    ) -> None:
        """`missing`: there is no number, `figure` says so in words."""
        self.figure.setText(figure)
        self.figure.setProperty("kind", "heading" if missing else "figure")
        self.figure.setWordWrap(missing)
        repolish(self.figure)
        for part, text in ((self.line, line), (self.more, more)):
            part.setText(text)
            part.setVisible(bool(text))
        self._clickable = clickable
        shape = Qt.CursorShape.PointingHandCursor if clickable else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if clickable else Qt.FocusPolicy.NoFocus)
        self.setToolTip(self.tr("Bấm để xem danh sách") if clickable else "")
        words = (self._title.text(), figure, line, more)
        self.setAccessibleName(". ".join(word for word in words if word))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if self._clickable and inside and event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if self._clickable and event.key() in keys:
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._clickable and (self.hasFocus() or self.underMouse()):
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.tokens.accent), 2 if self.hasFocus() else 1))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)
