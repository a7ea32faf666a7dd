"""What the kind of a record adds to its form: fields of its own, and rows with the columns that
fit it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.form import FieldDef, FieldKind, Section
from giamngheo_desktop.domain.record_form import ActivityKind, RecordForm
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.forms.form_view import FormView
from giamngheo_desktop.gui.forms.rows_field import RowsField
from giamngheo_desktop.gui.records.offer_fields import offer_fields, offer_unsaved
from giamngheo_desktop.gui.records.offering import NOTHING, Answers

ASKED_BY = "asked_by"  # in a draft: the kind whose fields were typed into
_PARTICIPANTS, _ITEMS = Kind.PARTICIPANT.value, Kind.ACTIVITY_ITEM.value
_DECIDED = {_PARTICIPANTS, _ITEMS}  # rows that look otherwise for each kind of activity
_PASSED_ON = "participants"  # the rows of which one may name another


def kept_apart(form: RecordForm) -> Sequence[Section]:
    """The sections of a form without the rows that its kind decides."""
    sections = (
        replace(
            section,
            fields=tuple(
                field
                for field in section.fields
                if field.kind is not FieldKind.ROWS or field.of not in _DECIDED
            ),
        )
        for section in form.form.sections
    )
    return [section for section in sections if section.fields]


class AddedForm(QWidget):
    """Empty for a kind that adds nothing. What was typed for one kind comes back with it."""

    changed = Signal()
    completed = Signal()

    def __init__(
        self,
        record_form: RecordForm,
        kinds: Mapping[str, ActivityKind],
        new_id: Callable[[], UUID] | None = None,
    ) -> None:
        super().__init__()
        self._new_id = new_id  # of rows that others may name before they are saved
        self.setObjectName("added_form")
        self._record_form = record_form
        self._kinds = kinds
        self._codes = {field.code for added in record_form.added.values() for field in added}
        self._codes |= {field.code for field in record_form.form if field.of in _DECIDED}
        self._kind: object = None
        self._held: frozenset[str] = frozenset()  # columns of participants that say something
        self._answers = NOTHING
        self._before: dict[str, Entry] = {}  # typed for any kind
        self.form = FormView([])
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(self.form)
        self.hide()

    def show_kind(self, kind: object, values: Mapping[str, Any], *, typed: bool = False) -> None:
        """Ask what this kind adds, of a record; `typed`: over it what was typed here before."""
        if typed and kind == self._kind:
            self.setVisible(bool(self.form.fields))
            return
        if typed:
            self._before |= self.form.draft() if self.form.is_dirty else {}
        else:
            self._before = {}
        held = self._columns_held({**values, **self._before})
        if (kind, held) != (self._kind, self._held):
            self._kind, self._held = kind, held
            self._build()
        self.form.set_record({code: values.get(code) for code in self.form.fields})
        if typed:
            self.put(self._before)
        self.setVisible(bool(self.form.fields))

    def offer(self, answers: Answers) -> None:
        self._answers = answers
        self._offer()

    def _offer(self) -> None:
        offer_fields(self.form, self._answers)
        rows = self.form.fields.get(_PASSED_ON)
        if isinstance(rows, RowsField):
            offer_unsaved(rows, self._answers)

    def typed(self) -> Mapping[str, object] | None:
        """What is not saved, for the draft."""
        if not self.form.is_dirty and not self._before:
            return None
        return {**self._before, **self.form.draft(), ASKED_BY: self._kind}

    def put(self, typed: Mapping[str, object]) -> None:
        own = {code: value for code, value in typed.items() if code in self._codes}
        self._before |= cast("Mapping[str, Entry]", own)
        fields = {code: value for code, value in typed.items() if code in self.form.fields}
        if fields:
            self.form.set_draft(cast("Mapping[str, Entry]", fields))
            self._offer()

    def start(self) -> bool:
        """Put the keyboard into its first field."""
        codes = self.form.visible_codes()
        if codes and self.isEnabled():
            self.form.focus_field(codes[0])
        return bool(codes)

    def _build(self) -> None:
        form = FormView(self._sections())
        self._box.replaceWidget(self.form, form)
        self.form.hide()
        self.form.deleteLater()
        self.form = form
        form.changed.connect(self._changed)
        form.completed.connect(self.completed)
        form.show()
        self._offer()

    def _columns_held(self, values: Mapping[str, Any]) -> frozenset[str]:
        """The columns of the participants in which somebody wrote something."""
        rows = [
            row
            for code, (kind, _) in self._record_form.rows.items()
            if kind is Kind.PARTICIPANT
            for row in values.get(code) or ()
        ]
        return frozenset(code for row in rows for code, value in row.items() if value is not None)

    def _changed(self, code: str) -> None:
        offer_fields(self.form, self._answers, after=code)
        rows = self.form.fields[code]
        if code == _PASSED_ON and isinstance(rows, RowsField) and self._new_id is not None:
            rows.name_rows(self._new_id)
            offer_unsaved(rows, self._answers)
        self.changed.emit()

    def _sections(self) -> list[Section]:
        added = self._record_form.added.get(str(self._kind))
        found = list(added.sections) if added is not None else []
        kind = self._kinds.get(str(self._kind))
        rows = [
            shown
            for field in self._record_form.form
            if kind is not None
            and field.of in _DECIDED
            and (shown := _fitting(field, kind, self._held))
        ]
        last = found.pop() if found else Section(code="rows", label="", page="", fields=())
        if kind is not None and not last.label:
            last = replace(last, label=kind.label)
        found.append(replace(last, fields=(*last.fields, *rows)))
        return [section for section in found if section.fields]


def _fitting(field: FieldDef, kind: ActivityKind, held: frozenset[str]) -> FieldDef | None:
    """The rows as a kind of activity asks them; what stands in a column it does not ask is shown
    behind these.
    """
    if field.of == _ITEMS:
        return replace(field, label=kind.items_label or field.label) if kind.items else None
    columns = {one.code: one for one in field.fields}
    others = [code for code in columns if code in held and code not in kind.columns]
    shown = tuple(columns[code] for code in (*kind.columns, *others))
    return replace(field, fields=shown) if shown else None
