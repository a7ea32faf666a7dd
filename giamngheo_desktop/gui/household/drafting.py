"""Keeps what is typed on disk, and says over the household what was taken up again."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.household.draft_keeper import DraftKeeper, judged
from giamngheo_desktop.gui.household.record import Typed
from giamngheo_desktop.gui.household.stale_dialog import StaleDialog, differences
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.services.drafts import Draft
from giamngheo_desktop.services.household_view import Surroundings


class Drafting(QFrame):
    """`dropped()`: the user wants what is stored; `compare_requested()`; `failed(sentence)`."""

    dropped = Signal()
    compare_requested = Signal()
    failed = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("draft_note")
        self._keeper = DraftKeeper(desk.database.path, desk.context)
        self._definitions: Definitions = desk.definitions
        inside = QFrame()
        inside.setProperty("kind", "card")
        self._text = label("", "warning", "draft_note_text", wrap=True)
        self._compare = button(self.tr("So với sổ"), "compare_draft", kind="link")
        self._drop = button(self.tr("Bỏ bản nháp"), "drop_draft", kind="link")
        row = QHBoxLayout(inside)
        row.setContentsMargins(12, 4, 8, 4)
        row.addWidget(self._text, 1)
        row.addWidget(self._compare)
        row.addWidget(self._drop)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 0, 20, 4)
        box.addWidget(inside)
        self._compare.clicked.connect(self.compare_requested)
        self._drop.clicked.connect(self._ask_drop)
        self.hide()

    # -- on disk --------------------------------------------------------------------------------

    def keep(
        self,
        uid: UUID,
        year: int,
        typed: Typed,
        *,
        base: Typed | None,
        since: date | None,
        title: str,
        arrives: bool = False,
    ) -> None:
        """Write it at once; a full disk is told, not raised."""
        try:
            self._keeper.keep(
                uid, year, typed, base=base, since=since, title=title, arrives=arrives
            )
        except AppError as error:
            self.failed.emit(texts.error_text(error))

    def forget(self, uid: UUID, year: int) -> None:
        try:
            self._keeper.forget(uid, year)
        except AppError as error:
            self.failed.emit(texts.error_text(error))

    def load(self, uid: UUID, year: int) -> Draft | None:
        try:
            return self._keeper.load(uid, year)
        except AppError as error:
            self.failed.emit(texts.error_text(error))
            return None

    # -- on screen ------------------------------------------------------------------------------

    def announce(self, draft: Draft, stored: Typed | None) -> bool:
        """Say that a draft is taken up; False where the file has all of it already."""
        is_stored, changed = judged(draft, stored)
        if not is_stored:
            self._say(draft.saved_at, changed=changed)
        return not is_stored

    def open_comparison(
        self, stored: Typed, typed: Typed, around: Surroundings | None
    ) -> StaleDialog:
        """Both versions side by side; the caller connects what the user decides."""
        villages = {village.uid: village.name for village in around.villages} if around else {}
        rows = differences(self._definitions, stored, typed, villages)
        dialog = StaleDialog(rows, self.parentWidget())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _say(self, saved_at: datetime, *, changed: bool) -> None:
        text = self.tr("Đã lấy lại những gì gõ dở lúc {time}; chưa lưu.")
        if changed:
            text = self.tr(
                "Đã lấy lại những gì gõ dở lúc {time}; từ lúc đó hộ này đã được sửa trong sổ. "
                "So lại trước khi lưu."
            )
        self._text.setText(text.format(time=f"{saved_at:%H:%M %d/%m/%Y}"))
        self._compare.setVisible(changed)
        self.show()

    def _ask_drop(self) -> None:
        agreed = messages.ask_drop_draft(self.tr("Bỏ những gì chưa lưu của hộ này?"), self)
        if agreed:
            self.hide()
            self.dropped.emit()
