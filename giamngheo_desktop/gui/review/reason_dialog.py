"""One line of reason before an act that must not go without one."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.draft_dialog import DraftDialog
from giamngheo_desktop.gui.forms.line_edit import LineEdit
from giamngheo_desktop.gui.parts import button, dialog_foot, label
from giamngheo_desktop.gui.review.drafting import OF_REASONS, PREFIX, Typed
from giamngheo_desktop.services import drafts

_REASON = "reason"


class ReasonDialog(DraftDialog):
    """`given(reason)`: a reason was typed and the act was chosen. `key` names what it is about;
    the draft goes when the act is `written`, which may be refused.
    """

    given = Signal(str)

    def __init__(
        self,
        desk: Desk,
        key: str,
        title: str,
        text: str,
        act: str,
        parent: QWidget | None = None,
        *,
        prefix: str = PREFIX,
    ) -> None:
        super().__init__(desk, parent, prefix=prefix)
        self.setObjectName("reason_dialog")
        self.setWindowTitle(title)
        self.reason = LineEdit()
        self.reason.setObjectName(_REASON)
        self.reason.setAccessibleName(self.tr("Lý do"))
        self.problem = label("", "error", "reason_problem", wrap=True)
        self.problem.hide()
        accept = button(act, "give_reason", kind="primary")
        cancel = button(self.tr("&Thôi"), "cancel")
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(8)
        box.addWidget(self.draft)
        box.addWidget(label(text, wrap=True))
        box.addWidget(self.reason)
        box.addWidget(self.problem)
        box.addLayout(dialog_foot(accept, cancel))
        accept.clicked.connect(self._give)
        cancel.clicked.connect(self.reject)
        self.reason.textEdited.connect(self.draft.touch)
        self.take_up(f"{OF_REASONS}{key}", title)
        self.resize(520, max(150, box.totalHeightForWidth(520)))
        self.start_typing()

    def typed(self) -> Typed | None:
        text = self.reason.text()
        return {_REASON: text} if text else None

    def put(self, typed: Typed) -> None:
        self.reason.setText(str(typed.get(_REASON) or ""))

    def begin_anew(self) -> None:
        self.reason.clear()

    def start_typing(self) -> None:
        self.reason.setFocus()

    def _give(self) -> None:
        reason = clean(self.reason.text())
        if not reason:
            self.problem.setText(self.tr("Ghi lý do: biên bản cần có."))
            self.problem.show()
            self.reason.setFocus()
            return
        self.draft.keep()
        QDialog.accept(self)
        self.given.emit(reason)


def written(desk: Desk, key: str, *, prefix: str = PREFIX) -> None:
    """The act is done for the reason that was given: it need not be typed again."""
    with suppress(AppError):  # offered once more where the folder can't be written
        drafts.discard(desk.database.path, f"{prefix}{OF_REASONS}{key}")
