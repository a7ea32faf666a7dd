"""Keeps what is typed in a panel, dialog or section on disk until it is saved, and says what was
taken up again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import cast

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.household.record import packed, unpacked
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.services import drafts

PREFIX = "ra-soat-"
OF_REASONS = "ly-do-"
OF_EVENTS = "ho-viec-"  # dialogs about a household
OF_PASTES = "ho-dan-"  # blocks from Excel that are being looked through
OF_TABLES = "bieu-"  # dialogs about a number of a table
OF_LISTS = "danh-sach-"  # names for lists with columns of the user's choice
OF_ISSUED = "van-ban-"  # what is issued, cancelled, confirmed
OF_COMMENTS = "gop-y-"  # comments on figures of communes
OF_SETTINGS = "cai-dat-"
OF_RECORDS = "ghi-chep-"  # bodies, activities, supports and the other records with a form
OF_DOCUMENTS = "soan-thao-"  # plans and reports that are being written
OF_IMPORTS = "nhan-tep-"  # files that are being taken in
OF_APPLICATIONS = (f"{PREFIX}giay-", f"{PREFIX}tra-loi-")
_WAIT = 1000  # milliseconds after the last key

Typed = Mapping[str, object]  # fields as typed, and rows of a table


class DraftNote(QFrame):
    """`typed` gives what stands there, or None where nothing is unsaved. It is written a second
    after the last key, when a field is left, and when the program may be gone at any moment.

    `said` is what stands over it when it is taken up; with `goes_on` two buttons answer it.
    `dropped()`: the user wants what is stored. What is typed into a `notebook` is never saved.
    """

    dropped = Signal()

    def __init__(
        self,
        desk: Desk,
        typed: Callable[[], Typed | None],
        *,
        said: str = "",
        prefix: str = PREFIX,
        goes_on: bool = False,
        notebook: bool = False,
    ) -> None:
        super().__init__()
        self.setObjectName("draft_note")
        self.setProperty("kind", "card")
        self._desk = desk
        self._typed = typed
        self._said = said or self.tr("Đã lấy lại những gì gõ dở lúc {time}; chưa lưu.")
        self._prefix = prefix
        self._notebook = notebook
        self._key = ""
        self._title = ""
        self._kept: Typed | None = None
        self._rests = False
        self._fails = False
        self._timer = QTimer(self, singleShot=True, interval=_WAIT)
        self._timer.timeout.connect(self.keep)
        self._text = label("", "warning", "draft_note_text", wrap=True)
        self.go_on = button(self.tr("Tiếp tục"), "go_on_draft", kind="link")
        drop = self.tr("Bỏ") if goes_on else self.tr("Bỏ bản nháp")
        self._drop = button(drop, "drop_draft", kind="link")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.addWidget(self._text, 1)
        row.addWidget(self.go_on)
        row.addWidget(self._drop)
        self.go_on.setVisible(goes_on)
        self.go_on.clicked.connect(self.hide)
        self._drop.clicked.connect(self._ask_drop)
        app = cast("QApplication", QApplication.instance())
        app.focusChanged.connect(self._write)
        desk.bus.leaving.connect(self._write)
        self.hide()

    @property
    def waits_for_save(self) -> bool:
        """Whether something unsaved is typed where the user is: Ctrl+Z does not mean more."""
        owner = self.parentWidget()
        shown = owner is not None and owner.isVisible()
        typed = shown and not self._notebook and not self._rests
        return typed and self._typed() is not None

    def begin(self, key: str, title: str) -> Typed | None:
        """From now on the drafts are of this place; what was typed here and never saved."""
        self._timer.stop()
        self._rests = False
        self._key, self._title, self._kept = f"{self._prefix}{key}", title, None
        self.hide()
        if self._desk.read_only:
            return None
        try:
            found = drafts.load(self._desk.database.path, self._key)
        except AppError as error:
            messages.report(error, self)
            return None
        if found is None:
            return None
        self._say(found.saved_at)
        self._kept = {code: _out(value) for code, value in found.record.items()}
        return self._kept

    def waits(self, key: str) -> bool:
        """Whether something typed at this place was never saved."""
        path = self._desk.database.path
        return not self._desk.read_only and drafts.exists(path, f"{self._prefix}{key}")

    def waiting(self, key: str) -> frozenset[str]:
        """How the names of such drafts go on: `key` is theirs up to the last `-`."""
        if self._desk.read_only:
            return frozenset()
        beginning = f"{self._prefix}{key}-"
        try:
            found = drafts.keys(self._desk.database.path, beginning)
        except AppError as error:
            messages.report(error, self)
            return frozenset()
        return frozenset(name.removeprefix(beginning) for name in found)

    def rest(self) -> None:
        """What waits here is as the last action left it: until it is touched Ctrl+Z means that."""
        self._rests = True

    def touch(self) -> None:
        """Something was typed: keep it in a moment."""
        self._rests = False
        self._timer.start()

    def keep(self) -> None:
        """Write it now; what is stored already needs no draft."""
        self._timer.stop()
        if not self._key or self._desk.read_only:
            return
        try:
            typed = self._typed()
        except Exception as error:  # noqa: BLE001 - a fault of the form: what was kept stays kept
            if not self._fails:  # told once, not after each key
                self._fails = True
                messages.report(error, self)
            return
        self._fails = False
        if typed is None:
            self.forget()
        elif typed != self._kept:
            self._kept = typed
            record = {code: _in(value) for code, value in typed.items()}
            try:
                drafts.save(
                    self._desk.database.path,
                    self._desk.context,
                    key=self._key,
                    record=record,  # type: ignore[arg-type]
                    base_hash=None,
                    title=self._title,
                )
            except AppError as error:
                messages.report(error, self)

    def leave(self) -> None:
        """Write it now; what stands here next is of another place, which `begin` names."""
        self.keep()
        self.hide()
        self._key, self._kept = "", None

    def forget(self) -> None:
        """It was saved, or is not wanted."""
        self._timer.stop()
        self.hide()
        if self._key and self._kept is not None:
            self._kept = None
            try:
                drafts.discard(self._desk.database.path, self._key)
            except AppError as error:
                messages.report(error, self)

    @Slot()
    def _write(self) -> None:
        """What waits for the second after the last key, at once."""
        if self._timer.isActive():
            self.keep()

    def _say(self, saved_at: datetime) -> None:
        self._text.setText(self._said.format(time=f"{saved_at:%H:%M %d/%m/%Y}"))
        self.show()

    def _ask_drop(self) -> None:
        agreed = messages.ask_drop_draft(self.tr("Bỏ những gì gõ dở ở đây?"), self)
        if agreed:
            self.forget()
            self.dropped.emit()


def _in(value: object) -> object:
    if isinstance(value, tuple) and value and isinstance(value[0], Mapping):
        return tuple({code: packed(cell) for code, cell in row.items()} for row in value)
    return packed(value)


def _out(value: object) -> object:
    if isinstance(value, tuple) and value and isinstance(value[0], Mapping):
        return tuple({code: unpacked(cell) for code, cell in row.items()} for row in value)
    return unpacked(value)
