"""One line of reason before an act that must not go without one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.forms.line_edit import LineEdit
from giamngheo_desktop.gui.parts import button, dialog_foot, label


class ReasonDialog(QDialog):
    """`given(reason)`: a reason was typed and the act was chosen."""

    given = Signal(str)

    def __init__(self, title: str, text: str, act: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reason_dialog")
        self.setWindowTitle(title)
        self.reason = LineEdit()
        self.reason.setObjectName("reason")
        self.reason.setAccessibleName(self.tr("Lý do"))
        self.problem = label("", "error", "reason_problem", wrap=True)
        self.problem.hide()
        accept = button(act, "give_reason", kind="primary")
        cancel = button(self.tr("&Thôi"), "cancel")
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(8)
        box.addWidget(label(text, wrap=True))
        box.addWidget(self.reason)
        box.addWidget(self.problem)
        box.addLayout(dialog_foot(accept, cancel))
        accept.clicked.connect(self._give)
        cancel.clicked.connect(self.reject)
        self.resize(520, max(150, box.totalHeightForWidth(520)))
        self.reason.setFocus()

    def _give(self) -> None:
        reason = clean(self.reason.text())
        if not reason:
            self.problem.setText(self.tr("Ghi lý do: biên bản cần có."))
            self.problem.show()
            self.reason.setFocus()
            return
        self.accept()
        self.given.emit(reason)
