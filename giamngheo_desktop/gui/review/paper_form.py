"""The shape of a form in the place of the list: heading, questions, refusal, the act and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.form import FieldDef, Section
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms.form_view import FormView
from giamngheo_desktop.gui.parts import button, dialog_foot, label, scrolled

Values = Mapping[str, Any]


class PaperForm(QWidget):
    """A subclass gives the fields and the job; `saved()` after it was done, `left()` without."""

    saved = Signal()
    left = Signal()

    def __init__(self, desk: Desk, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setObjectName(name)
        self.heading = label("", "heading", f"{name}_title")
        self.hint = label("", "soft", f"{name}_hint", wrap=True)
        self.refusal = label("", "error", f"{name}_refusal", wrap=True)
        self.act = button("", f"{name}_save", icon="save", kind="primary")
        self.back = button(self.tr("&Thôi"), f"{name}_cancel")
        self.apart = button("", f"{name}_remove", kind="danger")
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(8)
        self.box.addWidget(self.heading)
        self.box.addWidget(self.hint)
        for part in (self.hint, self.refusal, self.apart):
            part.hide()
        self.form = FormView([])
        self._area = scrolled(QWidget(), f"{name}_scroll")
        self.box.addWidget(self._area, 1)
        self.box.addWidget(self.refusal)
        self.box.addLayout(dialog_foot(self.act, self.back, apart=self.apart))
        self.act.clicked.connect(self.save)
        self.back.clicked.connect(self.left)

    def show_fields(self, title: str, fields: Iterable[FieldDef]) -> None:
        """Ask these; the form before is gone."""
        section = Section(code=self.objectName(), label=title, page="review", fields=tuple(fields))
        self.form = FormView([section])
        self._area.setWidget(self.form)
        self.form.completed.connect(self.act.setFocus)
        self.form.changed.connect(self._changed)
        self.act.setEnabled(not self.desk.read_only)
        self.refusal.hide()

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        """The call of the service; it must hold no widget."""
        raise NotImplementedError

    def problems(self, values: Values) -> dict[str, str]:
        """What is wrong besides missing answers, by field."""
        return {}

    def save(self) -> None:
        """Check the answers and start the job."""
        unread = self.form.unreadable()
        if unread:
            self.form.focus_field(unread[0])
            return
        values = self.form.record()
        found = self._missing(values) or self.problems(values)
        self.form.set_problems((code, sentence, True) for code, sentence in found.items())
        if found:
            self.form.focus_field(next(iter(found)))
            return
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
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _missing(self, values: Values) -> dict[str, str]:
        sentence = self.tr("Chưa ghi: {label}.")
        asked = (self.form.fields[code].field for code in self.form.visible_codes())
        return {
            field.code: sentence.format(label=field.label)
            for field in asked
            if field.required and values.get(field.code) in (None, "", ())
        }

    def _changed(self, code: str) -> None:
        self.refusal.hide()

    def _done(self, done: Done[Any]) -> None:
        self.saved.emit()

    def _refused(self, error: BaseException) -> None:
        self.act.setEnabled(True)
        if isinstance(error, AppError) and error.code in texts.ERRORS:
            self.refusal.setText(texts.error_text(error))
            self.refusal.show()
        else:
            messages.report(error, self)
