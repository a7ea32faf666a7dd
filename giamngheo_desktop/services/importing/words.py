"""The fields whose words a list is read with: those of the forms, and the class of a household."""

from __future__ import annotations

from collections.abc import Mapping

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.texts import IMPORT_FIELDS

_OWN = {
    "household_class": FieldKind.CHOICE,
    "decision_number": FieldKind.TEXT,
    "decision_on": FieldKind.DATE,
    "persons": FieldKind.INTEGER,
    "key": FieldKind.TEXT,
}


def word_fields(definitions: Definitions) -> Mapping[str, FieldDef]:
    """By code; of the member where both forms ask the same."""
    helps = {field.code: field.help for field in definitions.form("household_derived")}
    classes = definitions.choice_list("household_classes").choices
    own = {
        code: FieldDef(
            code=code,
            kind=kind,
            label=IMPORT_FIELDS[code],
            help=helps.get(code, ""),
            choices=classes if kind is FieldKind.CHOICE else (),
        )
        for code, kind in _OWN.items()
    }
    return {**definitions.fields("member", "household"), **own}
