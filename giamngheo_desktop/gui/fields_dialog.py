"""A dialog of a few fields and one job; what is refused is said in the dialog."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.form import FieldDef, FieldKind, Section
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.draft_dialog import DraftDialog
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.forms.form_check import checked
from giamngheo_desktop.gui.forms.form_view import FormView
from giamngheo_desktop.gui.forms.refusal import Refusal
from giamngheo_desktop.gui.help import opening
from giamngheo_desktop.gui.parts import button, dialog_foot, label, scrolled
from giamngheo_desktop.gui.review.drafting import Typed

Values = Mapping[str, Any]
Check = Callable[[Values], dict[str, str]]
_WIDE, TALLEST = 680, 470  # fits the smallest window


class FieldsDialog(DraftDialog):
    """A subclass says its fields, what is wrong with the answers, and the job; what these need is
    set before `super().__init__`.

    `recorded(value)` after the job was done; the change itself travels on the bus.
    """

    recorded = Signal(object)
    help_page = ""
    drafts = ""  # what the names of its drafts begin with

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent, prefix=self.drafts)
        self.setObjectName(type(self).__name__)
        self.setWindowTitle(self.title())
        section = Section(
            code="event", label=self.title(), page="info", fields=tuple(self.fields())
        )
        self.form = FormView([section])
        self.refusal = Refusal()
        self.accept_button = button(self.verb(), "record", kind="primary")
        cancel = button(self.tr("&Thôi"), "cancel")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(20, 16, 20, 16)
        self._box.setSpacing(12)
        self._box.addWidget(self.draft)
        self._hint = label(self.hint(), "soft", "hint", wrap=True)
        self._hint.setVisible(bool(self.hint()))
        self._box.addWidget(self._hint)
        self.above(self._box)
        self._area = scrolled(self.form, "event_scroll")
        self._box.addWidget(self._area, 1)
        self._box.addWidget(self.refusal)
        self._box.addLayout(dialog_foot(self.accept_button, cancel))
        self.fill_lists()
        self.begin_anew()
        self.form.completed.connect(self.accept_button.setFocus)
        self.form.changed.connect(self._field_changed)
        self.accept_button.clicked.connect(self.record)
        cancel.clicked.connect(self.reject)
        opening.name_help(self, self.help_page)
        opening.add_help(self, self.tr("Trợ giúp"), str)
        self.take_up(self.draft_key(), self.draft_title())
        self.resize(self.sizeHint())

    # -- what a subclass says -------------------------------------------------------------------

    def title(self) -> str:
        raise NotImplementedError

    def hint(self) -> str:
        """What to know before, or nothing."""
        return ""

    def verb(self) -> str:
        return self.tr("Ghi vào sổ")

    def fields(self) -> list[FieldDef]:
        raise NotImplementedError

    def start(self) -> dict[str, Entry]:
        """The answers already filled in."""
        return {}

    def above(self, box: QVBoxLayout) -> None:
        """Room for a widget that is no field of a form."""

    def problems(self, values: Values) -> dict[str, str]:
        """What is wrong besides missing answers, by field."""
        return {}

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        """The call of the service; it must hold no widget."""
        raise NotImplementedError

    def draft_key(self) -> str:
        """Of what this dialog is the only one that may be half typed."""
        raise NotImplementedError

    def draft_title(self) -> str:
        return self.title()

    def first_record(self) -> dict[str, Entry]:
        """What the form begins with."""
        return self.start()

    def fill_lists(self) -> None:
        """The answers of fields whose list is data."""

    def checks(self) -> Sequence[Check]:
        return (self.problems,)

    def more(self) -> Typed:
        """What is typed beside the fields of the form."""
        return {}

    def put_more(self, typed: Typed) -> None:
        """The inverse of `more`."""

    # -- the rest -------------------------------------------------------------------------------

    def start_typing(self) -> None:
        """Put the cursor where the first question is asked."""
        self.form.focus_field(self.form.visible_codes()[0])

    def sizeHint(self) -> QSize:
        note = 0 if self.draft.isHidden() else self.draft.sizeHint().height() + 12
        hint = max(0, self._hint.heightForWidth(_WIDE - 40) - 40) if self._hint.text() else 0
        height = self.form.sizeHint().height() + 170 + hint + note
        return QSize(_WIDE, min(TALLEST, max(260, height)))

    def record(self) -> None:
        """Check the answers and start the job."""
        values = checked(self.form, *self.checks())
        if values is None:
            return
        self.accept_button.setEnabled(False)
        self.refusal.hide()
        self.desk.runner.write(self, self.job(values), self._done, self._refused)

    def typed(self) -> Typed | None:
        more = self.more()
        dirty = self.form.is_dirty or any(more.values())
        return {**self.form.draft(), **more} if dirty else None

    def put(self, typed: Typed) -> None:
        """Whom a list does not offer any more is left out of it."""
        fields = {
            code: _offered(self.form.fields[code].field, value)
            for code, value in typed.items()
            if code in self.form.fields
        }
        self.form.set_draft(cast("Mapping[str, Entry]", fields))
        self.put_more(typed)

    def begin_anew(self) -> None:
        self.form.set_record(self.first_record())
        self.put_more({})

    def _field_changed(self, code: str) -> None:
        self.refusal.hide()
        self.draft.touch()

    def _done(self, done: Done[Any]) -> None:
        self.accept()
        self.recorded.emit(done.value)

    def _refused(self, error: BaseException) -> None:
        self.accept_button.setEnabled(True)
        self.accept_button.setFocus()  # it went on to the next button with the job
        self.refusal.say(error)


def _offered(field: FieldDef, value: object) -> object:
    """A draft's answer without what its list does not offer any more."""
    if field.kind is FieldKind.CHOICES and isinstance(value, tuple):
        return tuple(code for code in value if code in field.codes) or None
    gone = field.kind is FieldKind.CHOICE and isinstance(value, str) and value not in field.codes
    return None if gone else value
