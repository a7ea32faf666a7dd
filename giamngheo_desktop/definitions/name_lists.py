"""Reads definitions of lists; refuses fields and selections that do not exist."""

from __future__ import annotations

from giamngheo_desktop.definitions.head import head_of
from giamngheo_desktop.definitions.loader import Table
from giamngheo_desktop.definitions.reports import refuse_unfillable
from giamngheo_desktop.domain.measures import measure
from giamngheo_desktop.domain.movement import LISTED, Flow
from giamngheo_desktop.domain.name_list import (
    LIST_FIELDS,
    NEW_ESCAPE,
    REVIEW,
    ListColumn,
    NameListDef,
    Per,
    fields_for,
)
from giamngheo_desktop.domain.report import Movement
from giamngheo_desktop.domain.standard import Certainty

_PER = {per.value: per for per in Per}
_FIELDS = {code: code for code in LIST_FIELDS}
_PLACEHOLDERS = ("year", "unit", "day")
_MOVEMENTS = {Movement(table.value, flow.value).measure for table in LISTED for flow in Flow}


def name_list_from(table: Table) -> NameListDef:
    """One file of a list. Raises DefinitionError with file, table and key."""
    found = NameListDef(
        **head_of(table),
        certainty=table.one_of("certainty", {kind.value: kind for kind in Certainty}),
        title=table.texts("title"),
        selections=table.texts("selections"),
        per=table.one_of("per", _PER),
        columns=tuple(list_column(column) for column in table.tables("columns")),
        landscape=table.flag("landscape", True),
        number_row=table.flag("number_row", False),
        first_row=table.integer("first_row", 0),
        notes=table.texts("notes"),
    )
    table.finish()
    check_list(table, found)
    return found


def list_column(table: Table) -> ListColumn:
    column = ListColumn(
        label=table.text("label"),
        field=table.one_of("field", _FIELDS) if "field" in table else "",
        number=table.text("number", ""),
        letter=table.text("letter", ""),
        head_only=table.flag("head_only", False),
        counts_lines=table.flag("counts_lines", False),
        columns=tuple(list_column(child) for child in table.tables("columns")),
    )
    table.finish()
    return column


def check_list(table: Table, found: NameListDef) -> None:
    """Refuses fields and selections that do not exist."""
    for name in found.selections:
        known = measure(name) is not None or name in (REVIEW, NEW_ESCAPE) or name in _MOVEMENTS
        if not known:
            table.fail("definition_value", "selections", value=name, allowed="domain/measures.py")
    if not found.selections:
        table.fail("definition_missing_key", "selections")
    leaves, known_fields = found.leaves(), fields_for(found.per)
    fields = [leaf.field for leaf in leaves if leaf.field]
    if not fields:
        table.fail("definition_missing_key", "columns")
    for field in fields:
        if field not in known_fields:
            table.fail("definition_value", "columns", value=field, allowed=", ".join(known_fields))
    keys = [leaf.letter for leaf in leaves] if found.first_row else fields
    if len(set(keys)) < len(keys) or "" in keys:
        table.fail("definition_repeated_key", "columns")
    for key, lines in (("title", found.title), ("notes", found.notes)):
        for line in lines:
            refuse_unfillable(table, key, line, _PLACEHOLDERS)
