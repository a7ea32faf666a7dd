"""Reads packs for the import sheets of other systems."""

from __future__ import annotations

from collections.abc import Mapping

from giamngheo_desktop.definitions.head import head_of
from giamngheo_desktop.definitions.loader import Table
from giamngheo_desktop.definitions.name_lists import check_list, list_column
from giamngheo_desktop.domain.name_list import NameListDef
from giamngheo_desktop.domain.pack import PackDef, PackForm
from giamngheo_desktop.domain.standard import Certainty

_FORMS = {form.value: form for form in PackForm}
_SEPARATORS = {one: one for one in (",", ";", "\t")}


def pack_from(table: Table, lists: Mapping[str, NameListDef]) -> PackDef:
    """One file of a pack. Raises DefinitionError with file, table and key."""
    found = PackDef(
        **head_of(table),
        certainty=table.one_of("certainty", {kind.value: kind for kind in Certainty}),
        base=table.one_of("base", {code: code for code in lists}),
        selections=table.texts("selections"),
        columns=tuple(list_column(column) for column in table.tables("columns")),
        form=table.one_of("form", _FORMS),
        separator=table.one_of("separator", _SEPARATORS) if "separator" in table else ";",
        first_row=table.integer("first_row", 0),
        is_example=table.flag("is_example", False),
    )
    table.finish()
    check_list(table, found.list_of(lists[found.base]))
    return found
