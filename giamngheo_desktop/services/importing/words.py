"""The fields whose words a list is read with: those of the forms, and the class of a household."""

from __future__ import annotations

from collections.abc import Mapping

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.services.importing.plan import SheetPlan
from giamngheo_desktop.texts import CLASS_WORDS, IMPORT_ABOVE, IMPORT_FIELDS

_OWN = {
    "household_class": FieldKind.CHOICE,
    "movement": FieldKind.CHOICE,  # as the note of a list of exits names it
    "decision_number": FieldKind.TEXT,
    "decision_on": FieldKind.DATE,
    "persons": FieldKind.INTEGER,
    "key": FieldKind.TEXT,
}


def word_fields(definitions: Definitions) -> Mapping[str, FieldDef]:
    """By code; of the member where both forms ask the same."""
    helps = {field.code: field.help for field in definitions.form("household_derived")}
    lists = {"household_class": "household_classes", "movement": "movements"}
    own = {
        code: FieldDef(
            code=code,
            kind=kind,
            label=IMPORT_FIELDS[code],
            help=helps.get(code, ""),
            choices=definitions.choice_list(lists[code]).choices if code in lists else (),
        )
        for code, kind in _OWN.items()
    }
    return {**definitions.fields("member", "household"), **own}


def above(sheet: SheetPlan) -> str:
    """What holds for all its rows that say nothing else: `Hộ nghèo, quyết định số 15/QĐ-UBND …`."""
    number, day = sheet.paper.number, sheet.paper.signed_on
    parts = [CLASS_WORDS[sheet.level]] if sheet.level else []
    if sheet.paper:
        shown = f"{day:%d/%m/}{day.year:04d}" if day else "–"
        parts.append(IMPORT_ABOVE.format(number=number or "–", day=shown))
    return ", ".join(parts)
