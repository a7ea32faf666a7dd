"""The shape of every event of a household: a dialog of fields with a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.dates import format_date, format_partial_date
from giamngheo_desktop.domain.form import Choice, Condition, FieldDef, FieldKind
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.fields_dialog import Check, FieldsDialog
from giamngheo_desktop.gui.fields_dialog import Values as Values
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.household.words import title
from giamngheo_desktop.gui.review.drafting import OF_EVENTS
from giamngheo_desktop.services.household_view import Dossier

DAY = "day"


class EventDialog(FieldsDialog):
    """`recorded(value)` after the job was done; the change itself travels on the bus."""

    has_happened = True  # its day is not after today
    help_page = "events"
    drafts = OF_EVENTS

    def __init__(self, desk: Desk, dossier: Dossier, parent: QWidget | None = None) -> None:
        self.dossier = dossier
        self.household: Household = dossier.household
        super().__init__(desk, parent)

    # -- what a subclass says -------------------------------------------------------------------

    def draft_key(self) -> str:
        """Of what this dialog is the only one that may be half typed."""
        return f"{type(self).__name__}-{self.household.uid.hex}"

    # -- the rest -------------------------------------------------------------------------------

    def draft_title(self) -> str:
        return f"{self.title()}: {title(self.household, is_new=False)}"

    def first_record(self) -> dict[str, Entry]:
        return {DAY: self.desk.day(self.dossier.around.year), **self.start()}

    def fill_lists(self) -> None:
        if any(one.field.kind is FieldKind.AREA for one in self.form.fields.values()):
            villages = [(village.uid, village.name) for village in self.dossier.around.villages]
            self.form.set_options("village", villages)

    def checks(self) -> Sequence[Check]:
        return (self._too_early, self.problems)

    def _too_early(self, values: Values) -> dict[str, str]:
        """What has not happened yet cannot be recorded; services.events refuses it as well."""
        if not self.has_happened or day_of(values) <= self.desk.context.today():
            return {}
        return {DAY: texts.ERRORS["event_in_future"].format(day=format_date(day_of(values)))}

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


def person_of(values: Values, code: str) -> UUID:
    return UUID(hex=str(values[code]))


def day_of(values: Values) -> date:
    day = values[DAY]
    assert isinstance(day, date)
    return day


def _with(field: FieldDef, **values: Any) -> FieldDef:
    return replace(field, grid=False, **{"visible_if": None, **values})
