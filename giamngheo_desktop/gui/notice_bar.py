"""The notice at the bottom: what was just done, with Undo beside it; it goes away by itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

SHOWN = 8_000  # milliseconds
_MARGIN = 16


class NoticeBar(QFrame):
    """Floats over the lower edge of its parent and takes no focus; never modal."""

    undo_pressed = Signal()
    action_pressed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setProperty("kind", "notice")
        self.text = QLabel(wordWrap=True)
        self.text.setObjectName("notice_text")
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._undo = self._button("notice_undo", self.tr("Hoàn tác"))
        self._action = self._button("notice_action", "")
        self._close = self._button("notice_close", self.tr("Đóng"))
        self._code = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(4)
        row.addWidget(self.text, 1)
        for button in (self._action, self._undo, self._close):
            row.addWidget(button)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN)
        self._timer.timeout.connect(self.hide)
        self._undo.clicked.connect(self._press_undo)
        self._action.clicked.connect(self._press_action)
        self._close.clicked.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def say(
        self,
        text: str,
        *,
        undo: bool = False,
        action: str = "",
        label: str = "",
        stay: bool = False,
    ) -> None:
        """Show a sentence; `undo` offers to take it back, `action` something else named `label`."""
        self.text.setText(text)
        self._undo.setVisible(undo)
        self._code = action
        self._action.setText(label)
        self._action.setVisible(bool(action))
        self.show()
        self.raise_()
        self._place()
        if stay:
            self._timer.stop()
        else:
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _button(self, name: str, label: str) -> QPushButton:
        button = QPushButton(label)
        button.setAutoDefault(True)
        button.setObjectName(name)
        return button

    def _place(self) -> None:
        parent, layout = self.parentWidget(), self.layout()
        if parent is None or layout is None:
            return
        room = parent.rect()
        metrics = self.text.fontMetrics()
        buttons = sum(
            b.sizeHint().width() + 8
            for b in (self._undo, self._action, self._close)
            if not b.isHidden()
        )
        wanted = metrics.horizontalAdvance(self.text.text()) + buttons + 40
        width = min(wanted, room.width() - 2 * _MARGIN, 760)
        height = max(layout.totalHeightForWidth(width), self.sizeHint().height())
        self.setGeometry(
            (room.width() - width) // 2, room.height() - height - _MARGIN, width, height
        )

    def _press_undo(self) -> None:
        self.hide()
        self.undo_pressed.emit()

    def _press_action(self) -> None:
        self.hide()
        self.action_pressed.emit(self._code)
