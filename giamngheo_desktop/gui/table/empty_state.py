"""What an empty list or chart shows: a sentence on what would be here, and the next step."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from giamngheo_desktop.gui import icons
from giamngheo_desktop.gui.parts import button
from giamngheo_desktop.gui.theme import theme

_PICTURE = 40  # pixels


class EmptyState(QWidget):
    """An icon, a sentence, and buttons for the next steps (`action_chosen(code)`)."""

    action_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("empty_state")
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._text = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._text.setObjectName("empty_text")
        self._icon = "inbox"
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(8)
        self._box = box = QVBoxLayout(self)
        box.setContentsMargins(24, 12, 24, 12)
        box.setSpacing(12)
        box.addStretch()
        box.addWidget(self._picture)
        box.addWidget(self._text)
        box.addLayout(self._buttons)
        box.addStretch()
        theme.changed.connect(self._draw)
        self._draw()

    def say(self, text: str, actions: dict[str, str] | None = None, icon: str = "inbox") -> None:
        """Show this sentence; `actions` maps codes to button labels, the main one first."""
        self._icon = icon
        self._text.setText(text)
        for old in self.findChildren(QPushButton):
            self._buttons.removeWidget(old)
            old.setParent(None)
            old.deleteLater()
        for code, label in (actions or {}).items():
            kind = "" if self._buttons.count() else "primary"
            made = button(label, code, kind=kind)
            made.clicked.connect(self._choose)
            self._buttons.addWidget(made, 0, Qt.AlignmentFlag.AlignHCenter)
        self._draw()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._fit()
        return done

    def _fit(self) -> None:
        """The picture only where the sentence has room below it."""
        around, gap = self._box.contentsMargins(), self._box.spacing()
        heights = [self._text.heightForWidth(self.width() - around.left() - around.right())]
        heights += [one.sizeHint().height() for one in self.findChildren(QPushButton)]
        need = around.top() + around.bottom() + sum(heights) + gap * len(heights) + _PICTURE
        if self._picture.isHidden() == (need <= self.height()):
            self._picture.setVisible(need <= self.height())

    def _choose(self) -> None:
        self.action_chosen.emit(self.sender().objectName())

    def _draw(self) -> None:
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(icons.pixmap(self._icon, "text_faint", _PICTURE, ratio))
