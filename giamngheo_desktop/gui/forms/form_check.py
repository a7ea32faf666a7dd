"""What a form must pass before its act: each answer read, what is required given, none wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop.gui.forms.form_view import FormView

Values = Mapping[str, Any]
Problems = Callable[[Values], dict[str, str]]  # sentences by field


def checked(
    form: FormView, *problems: Problems, excused: frozenset[str] = frozenset()
) -> Values | None:
    """The answers; None where something is wrong, which is then said beside its field.

    The first check that finds something is the one told. A finding may be of no field of the form.
    `excused` are required fields that one of `problems` asks for itself.
    """
    if form.focus_unreadable():
        return None
    values = form.record()
    lacking = {code: said for code, said in missing(form, values).items() if code not in excused}
    found = lacking or next((said for check in problems if (said := check(values))), {})
    form.set_problems((code, sentence, True) for code, sentence in found.items())
    if not found:
        return values
    first = next(iter(found))
    if first in form.fields:
        form.focus_field(first)
    return None


def missing(form: FormView, values: Values) -> dict[str, str]:
    """The required answers that are asked and not given."""
    sentence = QCoreApplication.translate("forms", "Chưa ghi: {label}.")
    asked = (form.fields[code].field for code in form.visible_codes())
    return {
        field.code: sentence.format(label=field.label)
        for field in asked
        if field.required and values.get(field.code) in (None, "", ())
    }
