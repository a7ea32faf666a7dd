"""Reads definitions of lists of supports; a public one names no private field."""

from __future__ import annotations

from giamngheo_desktop.definitions.head import check_days, head_of
from giamngheo_desktop.definitions.loader import Table
from giamngheo_desktop.domain.standard import Certainty
from giamngheo_desktop.domain.support_list import FIELDS, SupportColumn, SupportListDef, When


def support_list_from(table: Table) -> SupportListDef:
    """One file of a list. Raises DefinitionError with file, table and key."""
    public = table.flag("public", False)
    found = SupportListDef(
        **head_of(table),
        certainty=table.one_of("certainty", {kind.value: kind for kind in Certainty}),
        title=table.texts("title"),
        columns=tuple(_column(column, public=public) for column in table.tables("columns")),
        landscape=table.flag("landscape", True),
        public=public,
        payer=table.text("payer", ""),
    )
    check_days(table)
    table.finish()
    fields = [leaf.field for leaf in found.leaves()]
    if len(set(fields)) < len(fields):
        table.fail("definition_repeated_key", "columns")
    if "head" not in fields:
        table.fail("definition_missing_key", "columns")
    return found


def _column(table: Table, *, public: bool) -> SupportColumn:
    columns = tuple(_column(child, public=public) for child in table.tables("columns"))
    allowed = {code: code for code, one in FIELDS.items() if not (public and one.is_private)}
    column = SupportColumn(
        label=table.text("label"),
        field="" if columns else table.one_of("field", allowed),
        label_of_goods=table.text("label_of_goods", ""),
        when=table.one_of("when", {when.value: when for when in When}, When.ALWAYS),
        columns=columns,
    )
    table.finish()
    return column
