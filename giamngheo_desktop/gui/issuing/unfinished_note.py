"""Says at Báo cáo that a Phát hành was begun and neither done nor dropped, and goes on with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.issuing.issue_work import drafted_order, unfinished
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.preview.paper_preview import PaperPreview
from giamngheo_desktop.services import drafts
from giamngheo_desktop.services.drafts import Draft

UNFINISHED = "unfinished"  # what the page is asked for


class UnfinishedNote(QFrame):
    """Hidden while there is none; of several the newest is told first. `changed()`: another one."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unfinished_note")
        self.setProperty("kind", "card")
        self._desk = desk
        self._draft: Draft | None = None
        self._opens = self._gives_way = False
        self.preview: PaperPreview | None = None
        self._text = label("", "warning", "unfinished_text", wrap=True)
        self._again = button(self.tr("Mở lại"), "open_unfinished", kind="link")
        self._drop = button(self.tr("Bỏ bản nháp"), "drop_unfinished", kind="link")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.addWidget(self._text, 1)
        row.addWidget(self._again)
        row.addWidget(self._drop)
        self._again.clicked.connect(self.open)
        self._drop.clicked.connect(self._ask_drop)
        self.hide()

    def stops(self) -> list[QWidget]:
        """What Tab visits here."""
        return [self._again, self._drop]

    def give_way(self, gives_way: bool) -> None:
        """Hidden while something else needs its room."""
        self._gives_way = gives_way
        self.setVisible(self._draft is not None and not gives_way)

    @Slot()
    def look(self) -> None:
        if not self._desk.read_only:
            work = partial(unfinished, self._desk)
            self._desk.runner.read(self, work, self._show, latest="unfinished")

    @Slot()
    def open_newest(self) -> None:
        """As soon as it is read."""
        self._opens = True
        self.look()

    @Slot()
    def open(self) -> None:
        """The document it is of, and over it what was typed."""
        if self._draft is None:
            return
        try:
            order = drafted_order(self._desk, self._draft)
        except AppError as error:
            messages.report(error, self)
            return
        self.preview = PaperPreview(self._desk, order, self)
        sheet = self.preview.sheet
        sheet.shown.connect(sheet.issue, Qt.ConnectionType.SingleShotConnection)
        sheet.issuer.closed.connect(self.look)
        self.preview.begin()

    def _show(self, found: Sequence[Draft]) -> None:
        self._draft = found[0] if found else None
        if self._draft is not None:
            said = self.tr("Viết dở từ {time}: {title}")
            at = f"{self._draft.saved_at:%H:%M %d/%m/%Y}"
            self._text.setText(said.format(time=at, title=self._draft.title))
        self.give_way(self._gives_way)
        self.changed.emit()
        opens, self._opens = self._opens, False
        if opens:
            self.open()

    @Slot()
    def _ask_drop(self) -> None:
        asked = self.tr("Bỏ những gì gõ dở ở đây?")
        if self._draft is not None and messages.ask_drop_draft(asked, self):
            try:
                drafts.discard(self._desk.database.path, self._draft.key)
            except AppError as error:
                messages.report(error, self)
            self.look()
