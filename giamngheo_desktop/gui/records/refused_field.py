"""The field a refusal of the service is about: it calls it by its label."""

from __future__ import annotations

from collections.abc import Iterable

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.form import FieldDef
from giamngheo_desktop.domain.record_form import RecordForm
from giamngheo_desktop.gui.forms.field_widget import FieldWidget
from giamngheo_desktop.gui.forms.form_view import FormView
from giamngheo_desktop.gui.forms.rows_field import RowsField


def refused_field(
    error: BaseException, record_form: RecordForm, forms: Iterable[FormView]
) -> FieldWidget | None:
    """The field, or the cell of rows that lacks its answer; None where it names none that is
    asked. Of two days that are turned round it is the last one.
    """
    params = error.params if isinstance(error, AppError) else {}
    label = params.get("last") or params.get("label")
    for form in forms:
        for code in form.visible_codes():
            widget = form.fields[code]
            field = record_form.form.fields.get(code, widget.field)
            if field.label == label:
                return widget
            if isinstance(widget, RowsField) and (found := _cell(widget, field, label)):
                return found
    return None


def _cell(widget: RowsField, field: FieldDef, label: object) -> FieldWidget | None:
    for column in widget.field.fields:
        if label == f"{field.label}, {column.label}":
            return widget.empty_cell(column.code) or widget
    return None
