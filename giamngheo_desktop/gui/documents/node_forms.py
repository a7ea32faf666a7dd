"""What stands at the right of an outline: the form of one line, and what is typed in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.documents.head_forms import end_form, head_form
from giamngheo_desktop.gui.documents.outline import END, HEAD, Line
from giamngheo_desktop.gui.documents.record_note import RecordNote
from giamngheo_desktop.gui.documents.section_form import SectionForm, stored
from giamngheo_desktop.gui.documents.text_form import TextForm
from giamngheo_desktop.gui.documents.texts_panel import TextsPanel
from giamngheo_desktop.gui.parts import scrolled
from giamngheo_desktop.gui.review.drafting import Typed
from giamngheo_desktop.services.documents import heads, sections
from giamngheo_desktop.services.documents.reading import Document

_LATER = ("number", "signed_on")  # of an issued one


class NodeForms(QStackedWidget):
    """`changed()` after each key; `line` is the one whose form is shown, in `document`."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.line: Line | None = None
        self.document: Document | None = None
        self._base: Mapping[str, object] = {}  # as typed, of what is stored
        self._values: Mapping[str, object] = {}  # as stored
        self._source: object = None  # what the form was filled from
        self._sent: tuple[Mapping[str, object], Mapping[str, object]] | None = None  # to be stored
        self._stands = False  # what is stored now is what stands there: the cursor stays
        self.head, self.end = head_form(), end_form()
        self.section = SectionForm()
        self.record = RecordNote()
        self.texts = TextsPanel()
        self._pages: dict[QWidget, QWidget] = {}
        self._nothing = QWidget()
        self.addWidget(self._nothing)  # first: before anything is read
        for part in (self.head, self.end, self.section, self.record):
            self._pages[part] = scrolled(part, f"{part.objectName()}_scroll")
            self.addWidget(self._pages[part])
        self.addWidget(self.texts)
        for form in (self.head, self.end, self.section):
            form.changed.connect(self.changed)

    @property
    def form(self) -> TextForm | SectionForm | None:
        """That of the line; None for what records fill in."""
        if self.line is None or self.line.part is None:
            return {HEAD: self.head, END: self.end}.get(self.line.key if self.line else "")
        return self.section if self.line.is_section else None

    @property
    def is_blank(self) -> bool:
        return self.currentWidget() is self._nothing

    @property
    def shows_texts(self) -> bool:
        return self.currentWidget() is self.texts

    def show_line(self, line: Line, document: Document) -> bool:
        """What is typed in it stays where it is the same line; whether it is another one."""
        moved = self.line is None or line.key != self.line.key
        self.line, self.document = line, document
        if self.shows_texts and not moved:
            return False
        source = self._stored()
        stands, self._stands = self._stands and not moved, False
        if stands:
            self._source = source
        elif moved or source != self._source:
            typed = None if moved else self.typed()
            self._source = source
            try:
                self.fill()
            except Exception:
                self._source = None  # what stands there is not of this line: it is never saved
                raise
            if typed is not None:
                self.put(typed)
        if line.part is not None and line.is_section:
            self.section.show_number(line.part)
        self.show_form()
        return moved

    def show_form(self) -> None:
        self.setCurrentWidget(self._pages[self.form or self.record])

    def blank(self) -> None:
        """Nothing to look at and to type into; what is typed in the line stays in its form."""
        self.setCurrentWidget(self._nothing)

    def forget(self) -> None:
        """It is shown anew, as it is stored."""
        self._source = None

    def saved(self) -> None:
        """What was sent is stored; what was typed meanwhile is not."""
        if self._sent is not None:
            (self._base, self._values), self._sent, self._stands = self._sent, None, True

    def close_line(self) -> None:
        self.line, self._source, self._sent, self._stands = None, None, None, False

    def _stored(self) -> object:
        line, document = self.line, self.document
        if line is None or document is None:
            return None
        if line.part is None:
            return {**document.head, "signed_on": document.signed_on}
        return stored(line.part) if line.is_section else line.part

    def fill(self) -> None:
        """As it is stored."""
        form, line = self.form, self.line
        if form is None:
            if line is not None and line.part is not None:
                self.record.show_part(line.part)
            return
        if isinstance(form, TextForm):
            assert isinstance(self._source, Mapping)
            form.show_values(self._source)
        elif line is not None and line.part is not None:
            form.show_part(line.part)
        self._base, self._values = form.as_typed(), form.values()

    # -- what is typed --------------------------------------------------------------------------

    def typed(self) -> Typed | None:
        form = self.form
        if form is None or self._source is None:
            return None
        typed = form.as_typed()
        same = typed == self._base or form.values() == self._values  # but for spaces
        return None if same else typed

    def put(self, typed: Typed) -> None:
        if self.form is not None:
            self.form.put(typed)

    def unreadable(self) -> bool:
        """Whether something typed is no day; the cursor goes there."""
        return isinstance(self.form, TextForm) and self.form.unreadable()

    def saving(self, desk: Desk) -> Callable[[], Done[None]]:
        """The call that writes what is otherwise than stored."""
        form, line, document = self.form, self.line, self.document
        assert form is not None
        assert line is not None
        assert document is not None
        values = form.values()
        self._sent = form.as_typed(), values
        changed: dict[str, Any] = {
            name: value for name, value in values.items() if value != self._values[name]
        }
        act = (desk.database, desk.context)
        if line.part is None:
            return partial(heads.save, *act, document.uid, **changed)
        return partial(sections.change, *act, line.part.uid, **changed)

    # -- state ----------------------------------------------------------------------------------

    def allow(self, *, free: bool, later: bool) -> None:
        """What can be typed into; `later`: number and day of an issued one."""
        for one in (self.head, self.end):
            one.allow(None if free else _LATER if later else ())
        self.section.allow(free)

    def stops(self) -> list[QWidget]:
        if self.shows_texts:
            return self.texts.stops()
        return self.form.stops() if self.form is not None else []
