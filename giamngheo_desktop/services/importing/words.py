"""The fields whose words a list is read with: those of the forms, and the class of a household."""

from __future__ import annotations

from collections.abc import Mapping

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.form import FieldDef, FieldKind

_CLASS, _NUMBER, _DAY = "household_class", "decision_number", "decision_on"


def word_fields(definitions: Definitions) -> Mapping[str, FieldDef]:
    """By code; of the member where both forms ask the same."""
    classes = definitions.choice_list("household_classes")
    own = (
        FieldDef(code=_CLASS, kind=FieldKind.CHOICE, label=classes.label, choices=classes.choices),
        FieldDef(code=_NUMBER, kind=FieldKind.TEXT, label="Số quyết định"),
        FieldDef(code=_DAY, kind=FieldKind.DATE, label="Ngày quyết định"),
    )
    return {**definitions.fields("member", "household"), **{field.code: field for field in own}}
