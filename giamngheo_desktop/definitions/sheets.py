"""Turns `sheets/*.toml` into the sheets of village heads; refuses fields they cannot ask."""

from __future__ import annotations

from collections.abc import Mapping

from giamngheo_desktop.definitions.head import head_of
from giamngheo_desktop.definitions.loader import Table
from giamngheo_desktop.domain.form import FieldKind, FormDef
from giamngheo_desktop.domain.village_sheet import HOUSEHOLD, MEMBER, VillageSheetDef

# Their change needs a day or another record: it is an event.
_EVENTS = frozenset({"code", "list_number", "is_head", "joined_on", "given_name"})


def village_sheet_from(table: Table, forms: Mapping[str, FormDef]) -> VillageSheetDef:
    """One file; `forms` are the newest by code. Raises DefinitionError."""
    fields: dict[str, tuple[str, ...]] = {}
    of_new: dict[str, frozenset[str]] = {}
    for code in (HOUSEHOLD, MEMBER):
        part = table.table(code)
        fields[code] = part.texts("fields")
        of_new[code] = frozenset(part.texts("of_new"))
        allowed = [
            field.code
            for field in forms[code]
            if not field.dated and field.kind is not FieldKind.AREA and field.code not in _EVENTS
        ]
        for name in fields[code]:
            if name not in allowed:
                part.fail("definition_value", "fields", value=name, allowed=", ".join(allowed))
        for name in of_new[code] - set(fields[code]):
            part.fail("definition_value", "of_new", value=name, allowed=", ".join(fields[code]))
        if code == MEMBER and "full_name" not in fields[code]:
            part.fail("definition_missing_key", "fields")
        if "relation" in fields[code] and "relation" not in of_new[code]:
            part.fail("definition_missing_key", "of_new")  # a change of it is an event
        part.finish()
    found = VillageSheetDef(
        **head_of(table),
        fields=fields,
        of_new=of_new,
    )
    table.finish()
    return found
