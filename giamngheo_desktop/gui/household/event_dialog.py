"""The shape of every event: a few fields, a day, one job; what is refused is said in the dialog."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast
from uuid import UUID

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.dates import format_date, format_partial_date
from giamngheo_desktop.domain.form import Choice, Condition, FieldDef, FieldKind, Section
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.draft_dialog import DraftDialog
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.forms.form_check import checked
from giamngheo_desktop.gui.forms.form_view import FormView
from giamngheo_desktop.gui.forms.refusal import Refusal
from giamngheo_desktop.gui.help import opening
from giamngheo_desktop.gui.household.words import title
from giamngheo_desktop.gui.parts import button, dialog_foot, label, scrolled
from giamngheo_desktop.gui.review.drafting import OF_EVENTS, Typed
from giamngheo_desktop.services.household_view import Dossier

Values = Mapping[str, Any]
DAY = "day"
_TALLEST = 470  # fits the smallest window


class EventDialog(DraftDialog):
    """A subclass says its fields, what is wrong with the answers, and the job.

    `recorded(value)` after the job was done; the change itself travels on the bus.
    """

    recorded = Signal(object)
    has_happened = True  # its day is not after today
    help_page = "events"
    drafts = OF_EVENTS

    def __init__(self, desk: Desk, dossier: Dossier, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent, prefix=self.drafts)
        self.dossier = dossier
        self.household: Household = dossier.household
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
        hint = self.hint()
        if hint:
            self._box.addWidget(label(hint, "soft", "hint", wrap=True))
        self.above(self._box)
        self._area = scrolled(self.form, "event_scroll")
        self._box.addWidget(self._area, 1)
        self._box.addWidget(self.refusal)
        self._box.addLayout(dialog_foot(self.accept_button, cancel))
        if any(field.kind is FieldKind.AREA for field in section.fields):
            villages = [(village.uid, village.name) for village in dossier.around.villages]
            self.form.set_options("village", villages)
        self.begin_anew()
        self.form.completed.connect(self.accept_button.setFocus)
        self.form.changed.connect(self._field_changed)
        self.accept_button.clicked.connect(self.record)
        cancel.clicked.connect(self.reject)
        opening.name_help(self, self.help_page)
        opening.add_help(self, self.tr("Trợ giúp"), str)
        head = title(self.household, is_new=False)
        self.take_up(self.draft_key(), f"{self.title()}: {head}")
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
        return f"{type(self).__name__}-{self.household.uid.hex}"

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
        height = self.form.sizeHint().height() + 170 + note
        return QSize(680, min(_TALLEST, max(260, height)))

    def record(self) -> None:
        """Check the answers and start the job."""
        values = checked(self.form, self._too_early, self.problems)
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
        self.form.set_record({DAY: self.desk.day(self.dossier.around.year), **self.start()})
        self.put_more({})

    def _too_early(self, values: Values) -> dict[str, str]:
        """What has not happened yet cannot be recorded; services.events refuses it as well."""
        if not self.has_happened or day_of(values) <= self.desk.context.today():
            return {}
        return {DAY: texts.ERRORS["event_in_future"].format(day=format_date(day_of(values)))}

    def _field_changed(self, code: str) -> None:
        self.refusal.hide()
        self.draft.touch()

    def _done(self, done: Done[Any]) -> None:
        self.accept()
        self.recorded.emit(done.value)

    def _refused(self, error: BaseException) -> None:
        self.accept_button.setEnabled(True)
        self.refusal.say(error)

    # -- fields that several events ask ---------------------------------------------------------

    def day_field(self, text: str, help_text: str = "") -> FieldDef:
        return FieldDef(code=DAY, kind=FieldKind.DATE, label=text, help=help_text, required=True)

    def member_field(self, code: str, text: str, *, required: bool = True) -> FieldDef:
        """One of the members."""
        return FieldDef(
            code=code,
            kind=FieldKind.CHOICE,
            label=text,
            required=required,
            choices=tuple(self.member_choice(member) for member in self.household.members),
        )

    def member_choice(self, member: Member) -> Choice:
        name = member.full_name or texts.NAMELESS
        born = self.tr("{name} ({birth})")
        birth = format_partial_date(member.birth) if member.birth else ""
        words = name.split()
        return Choice(
            code=member.uid.hex,
            label=born.format(name=name, birth=birth) if birth else name,
            # people are called by their given name, which stands last
            aliases=tuple(" ".join(words[at:]) for at in range(len(words) - 1, -1, -1)),
        )

    def of_member_form(self, code: str, **values: Any) -> FieldDef:
        """A field of the member's form, so that labels and lists are the same everywhere."""
        return _with(self.desk.definitions.member.field(code), **values)

    def relation_fields(
        self, members: list[Member], asked_if: str = "", head: str = ""
    ) -> list[FieldDef]:
        """The relation of each member to another head; `asked_if` is a field that ticks them,
        `head` one that names the new head: of that person nothing is asked.
        """
        relation = self.desk.definitions.member.field("relation")
        text = self.tr("{name} là gì của chủ hộ mới")
        return [
            _with(
                relation,
                code=f"relation_{member.uid.hex}",
                label=text.format(name=member.full_name or texts.NAMELESS),
                required=False,
                visible_if=_Asked(field=asked_if, operator="", value=member.uid.hex, head=head)
                if asked_if or head
                else None,
            )
            for member in members
        ]

    def relations(self, values: Values) -> dict[UUID, str]:
        """The relations that were answered."""
        return {
            member.uid: str(values[code])
            for member in self.household.members
            if values.get(code := f"relation_{member.uid.hex}")
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked(Condition):
    """Holds for a member ticked in `field` (all, where none is named) who is not the new head."""

    head: str

    def holds(self, record: Mapping[str, object]) -> bool:
        ticked = record.get(self.field) if self.field else (self.value,)
        is_head = bool(self.head) and record.get(self.head) == self.value
        return isinstance(ticked, tuple) and self.value in ticked and not is_head


def _offered(field: FieldDef, value: object) -> object:
    """A draft's answer without what its list does not offer any more."""
    if field.kind is FieldKind.CHOICES and isinstance(value, tuple):
        return tuple(code for code in value if code in field.codes) or None
    gone = field.kind is FieldKind.CHOICE and isinstance(value, str) and value not in field.codes
    return None if gone else value


def person_of(values: Values, code: str) -> UUID:
    return UUID(hex=str(values[code]))


def day_of(values: Values) -> date:
    day = values[DAY]
    assert isinstance(day, date)
    return day


def _with(field: FieldDef, **values: Any) -> FieldDef:
    return replace(field, grid=False, **{"visible_if": None, **values})
