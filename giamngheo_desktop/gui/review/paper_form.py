"""The shape of a form in the place of the list: heading, questions, refusal, the act and back.

What is typed is kept as a draft per paper until it is saved or given up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.form import FieldDef, Section
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.forms.form_check import checked
from giamngheo_desktop.gui.forms.form_view import FormView
from giamngheo_desktop.gui.forms.refusal import Refusal
from giamngheo_desktop.gui.parts import button, dialog_foot, label, scrolled
from giamngheo_desktop.gui.review.drafting import DraftNote, Typed

Values = Mapping[str, Any]


class PaperForm(QWidget):
    """A subclass gives the fields and the job, and calls `begin` with what is stored.

    `saved()` after it was done, `left()` without.
    """

    saved = Signal()
    left = Signal()

    def __init__(self, desk: Desk, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setObjectName(name)
        self.heading = label("", "heading", f"{name}_title")
        self.hint = label("", "soft", f"{name}_hint", wrap=True)
        self.refusal = Refusal(f"{name}_refusal")
        self.act = button("", f"{name}_save", icon="save", kind="primary")
        self.back = button(self.tr("&Thôi"), f"{name}_cancel")
        self.apart = button("", f"{name}_remove", kind="danger")
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(8)
        self.box.addWidget(self.heading)
        self.box.addWidget(self.hint)
        self.draft = DraftNote(desk, self._typed)
        self.box.addWidget(self.draft)
        for part in (self.hint, self.apart):
            part.hide()
        self._stored: Mapping[str, Entry] = {}
        self._clean: Typed = {}  # what stood beside the fields then
        self.form = FormView([])
        self._area = scrolled(QWidget(), f"{name}_scroll")
        self.box.addWidget(self._area, 1)
        self.box.addWidget(self.refusal)
        self.box.addLayout(dialog_foot(self.act, self.back, apart=self.apart))
        self.act.clicked.connect(self.save)
        self.back.clicked.connect(self.leave)
        self.draft.dropped.connect(self._begin_anew)

    def show_fields(self, title: str, fields: Iterable[FieldDef]) -> None:
        """Ask these; the form before is gone."""
        section = Section(code=self.objectName(), label=title, page="review", fields=tuple(fields))
        self.form = FormView([section])
        self._area.setWidget(self.form)
        self.form.completed.connect(self.act.setFocus)
        self.form.changed.connect(self._changed)
        self.act.setEnabled(not self.desk.read_only)
        self.refusal.hide()

    def begin(self, key: str, stored: Mapping[str, Entry]) -> None:
        """Show what is stored of the paper `key`, and over it what was typed and never saved."""
        self._stored = stored
        self.form.set_record(stored)
        self._clean = self.more()
        typed = self.draft.begin(key, self.heading.text())
        if typed is not None:
            self.form.set_draft(cast("Mapping[str, Entry]", typed))
            self.put_more(typed)

    # -- what is typed --------------------------------------------------------------------------

    @property
    def is_dirty(self) -> bool:
        return self.form.is_dirty or self.more() != self._clean

    def more(self) -> Typed:
        """What is typed beside the fields."""
        return {}

    def put_more(self, typed: Typed) -> None:
        """The inverse of `more`."""

    def keep(self) -> None:
        """Put what is typed and not saved onto the disk, at once."""
        self.draft.keep()

    def forget(self) -> None:
        """It was saved, or is not wanted."""
        self.form.mark_saved()
        self._clean = self.more()
        self.draft.forget()

    def leave(self) -> None:
        """Back without saving: what is typed goes only when the user says so."""
        if self.desk.read_only or not self.is_dirty or messages.ask_drop_typed(self):
            self.forget()
            self.left.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.keep()

    def _typed(self) -> Typed | None:
        return {**self.form.draft(), **self.more()} if self.is_dirty else None

    def _begin_anew(self) -> None:
        self.put_more(self._clean)
        self.form.set_record(self._stored)

    # -- saving ---------------------------------------------------------------------------------

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        """The call of the service; it must hold no widget."""
        raise NotImplementedError

    def problems(self, values: Values) -> dict[str, str]:
        """What is wrong besides missing answers, by field."""
        return {}

    def save(self) -> None:
        """Check the answers and start the job."""
        values = checked(self.form, self.problems)
        if values is not None:
            self.run(self.job(values))

    def run(self, work: Callable[[], Done[Any]]) -> None:
        self.act.setEnabled(False)
        self.refusal.hide()
        self.desk.runner.write(self, work, self._done, self._refused)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if control and event.key() == Qt.Key.Key_S:
            self.save()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _changed(self, code: str) -> None:
        self.refusal.hide()
        self.draft.touch()

    def _done(self, done: Done[Any]) -> None:
        self.forget()
        self.saved.emit()

    def _refused(self, error: BaseException) -> None:
        self.act.setEnabled(True)
        self.refusal.say(error)
