"""What the ways to a new file share: their draft, where the file will stand, the foot."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop import paths
from giamngheo_desktop.gui import files
from giamngheo_desktop.gui.forms.entry import Entry, Unparsed
from giamngheo_desktop.gui.forms.form_view import FormView
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.start import commune_forms

DRAFT_DELAY = 1000  # milliseconds after the last key


class Assistant(QWidget):
    """`create_requested(wanted)`, `left()`, `draft_changed()` a moment after the last key, `made()`
    once the file is there.

    `fresh_requested()`: what was taken up from before is not wanted. A subclass lays its pages
    into `body`, sets `draft_key` and writes what is marked so below.
    """

    create_requested = Signal(object)
    left = Signal()
    draft_changed = Signal()
    fresh_requested = Signal()
    made = Signal()
    draft_key = ""  # of its draft on the disk

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None  # chosen by hand
        self._place = label("", "soft", "file_place")
        self._choose = button(self.tr("Đổi nơi đặt tệp…"), "choose_file", kind="link")
        self._taken_up = QFrame()
        self._taken_up_text = label("", "", "taken_up_text", wrap=True)
        self._fresh = button(self.tr("Bắt đầu lại"), "start_fresh")
        self._back = button(self.tr("&Quay lại"), "back")
        self._next = button(self.tr("&Tiếp tục"), "next", kind="primary")
        self._timer = QTimer(self, singleShot=True, interval=DRAFT_DELAY)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self._lay_out()
        self._timer.timeout.connect(self.draft_changed)
        self._back.clicked.connect(self.go_back)
        self._next.clicked.connect(self.go_on)
        self._fresh.clicked.connect(self.fresh_requested)
        self._choose.clicked.connect(self._choose_file)

    # -- what a subclass says -------------------------------------------------------------------

    def title(self) -> str:
        raise NotImplementedError

    def start_over(self) -> None:
        """Empty pages, as on the first day; calls this one."""
        self._path = None
        self._taken_up.hide()
        self._timer.stop()

    def start_typing(self) -> None:
        """Put the cursor where the first question is asked."""
        raise NotImplementedError

    def unit_name(self) -> str:
        """What the file is named after, as far as it is typed."""
        raise NotImplementedError

    def draft(self) -> dict[str, Any]:
        """Everything as typed."""
        raise NotImplementedError

    def draft_title(self) -> str:
        raise NotImplementedError

    def is_blank(self) -> bool:
        """Whether nobody typed anything worth keeping."""
        raise NotImplementedError

    def set_draft(self, draft: Mapping[str, Entry]) -> None:
        """Take up what was typed before."""
        raise NotImplementedError

    def fresh_question(self) -> str:
        """Whether what was typed shall go."""
        raise NotImplementedError

    def go_on(self) -> None:
        """To the next page, or make the file, if this page is finished."""
        raise NotImplementedError

    def go_back(self) -> None:
        """A subclass of several pages goes to the one before first."""
        self.left.emit()

    # -- for the owner --------------------------------------------------------------------------

    @property
    def path(self) -> Path:
        """Where the file will stand."""
        return self._path or commune_forms.proposed_file(paths.data_dir(), self.unit_name())

    def keep(self) -> None:
        """Put what was typed just now onto the disk."""
        if self._timer.isActive():
            self._timer.stop()
            self.draft_changed.emit()

    def say_taken_up(self, saved_at: datetime) -> None:
        """Tell that this was typed before, and when."""
        text = self.tr("Đã lấy lại phần nhập dở lúc {moment}.")
        self._taken_up_text.setText(text.format(moment=saved_at.strftime("%H:%M %d/%m/%Y")))
        self._taken_up.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        else:
            super().keyPressEvent(event)

    # -- for a subclass -------------------------------------------------------------------------

    def show_place(self) -> None:
        text = self.tr("Sổ sẽ nằm ở: {path}").format(path=self.path)
        self._place.setText(text)

    def first_problem(self, form: FormView, needed: Mapping[str, str]) -> str:
        """The first answer that is missing or not understood, shown at its field; "" for none."""
        entries = form.record()
        found = [(code, text, True) for code, text in needed.items() if not entries.get(code)]
        form.set_problems(found)
        unread = [code for code, entry in entries.items() if isinstance(entry, Unparsed)]
        if found or unread:
            code = found[0][0] if found else unread[0]
            form.focus_field(code)
            return form.fields[code].problem or " "
        return ""

    # -- internals ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._place)
        foot.addWidget(self._choose)
        foot.addStretch()
        foot.addWidget(self._back)
        foot.addWidget(self._next)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(label(self.title(), "title"))
        self._taken_up.setObjectName("taken_up")
        self._taken_up.setProperty("kind", "notice")
        note = QHBoxLayout(self._taken_up)
        note.setContentsMargins(12, 4, 8, 4)
        note.addWidget(self._taken_up_text, 1)
        note.addWidget(self._fresh)
        box.addWidget(self._taken_up)
        box.addLayout(self.body, 1)
        box.addLayout(foot)

    def _choose_file(self) -> None:
        path = files.ask_save(self, self.tr("Đặt tệp ở đâu?"), self.path, files.databases())
        if path is not None:
            self._path = path if path.suffix else path.with_suffix(f".{commune_forms.SUFFIX}")
            self.show_place()
