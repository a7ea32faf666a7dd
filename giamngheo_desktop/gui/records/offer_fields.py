"""Gives the fields of a form the answers that are data, also those that hang on another answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.record_form import names_rows
from giamngheo_desktop.gui.forms.choice_fields import PickField
from giamngheo_desktop.gui.forms.form_view import FormView
from giamngheo_desktop.gui.forms.options import Option
from giamngheo_desktop.gui.forms.rows_field import RowsField
from giamngheo_desktop.gui.records.offering import Answers, offered_as

_BY = {"person": "household", "component": "programme"}  # what narrows the answers of a field


def wanted_by(fields: Iterable[FieldDef]) -> frozenset[str]:
    """Whose answers these fields offer."""
    found: set[str] = set()
    for field in fields:
        if field.kind is FieldKind.ROWS:
            found |= wanted_by(field.fields)
        elif name := offered_as(field):
            found.add(name)
    return frozenset(found)


def offer_fields(form: FormView, answers: Answers, *, after: str = "") -> None:
    """All of them, or those that hang on the field `after`, which was answered otherwise."""
    for code, widget in form.fields.items():
        field = widget.field
        name = offered_as(field)
        if isinstance(widget, RowsField):
            if not after:
                _offer_rows(form, widget, answers)
        elif name and isinstance(widget, PickField):
            by = _BY.get(name, "")
            if not after or after == by:
                offered = _offered(
                    answers, name, form.draft().get(by) if by in form.fields else _ALL
                )
                if widget.edit.options != offered:
                    form.offer(code, offered)


def offer_unsaved(widget: RowsField, answers: Answers) -> None:
    """Rows that are not saved yet may be named by others of the same grid, by their household."""
    column = next((one for one in widget.field.fields if names_rows(one, widget.field)), None)
    if column is None:
        return
    saved = answers.of(column.of)
    known = {one.value for one in saved}
    fresh = [
        Option(row["uid"], answers.short("household", row["household"]))
        for row in widget.rows_named()
        if isinstance(row.get("household"), UUID) and row["uid"] not in known
    ]
    offered = [*saved, *fresh]
    if list(widget.offered(column.code)) != offered:  # else the cell goes on as it is typed
        widget.set_options(column.code, offered if fresh else saved)


_ALL = object()  # nothing narrows


def _offered(answers: Answers, name: str, by: object) -> Sequence[Option]:
    if by is _ALL or name not in _BY:
        return answers.of(name)
    return tuple(answers.persons(by) if name == "person" else answers.components(by))


def _offer_rows(form: FormView, widget: RowsField, answers: Answers) -> None:
    codes = {column.code for column in widget.field.fields}
    for column in widget.field.fields:
        name = offered_as(column)
        if name == "person" and "household" in codes:
            widget.narrow(column.code, "household", answers.persons)
        elif name:
            form.offer(f"{widget.field.code}.{column.code}", answers.of(name))
