"""Turns `imports/*.toml` into the headings and layouts that lists are recognised by."""

from __future__ import annotations

from giamngheo_desktop.definitions.head import head_of
from giamngheo_desktop.definitions.loader import Table
from giamngheo_desktop.domain.sheet_headings import HeadedField, Headings, Layout, TemplateGroup
from giamngheo_desktop.domain.standard import Certainty

_CERTAINTIES = {each.value: each for each in Certainty}


def headings_from(table: Table) -> Headings:
    fields = tuple(_field(row) for row in table.tables("field"))
    known = {field.code for field in fields}
    found = Headings(
        **head_of(table),
        certainty=table.one_of("certainty", _CERTAINTIES),
        fields=fields,
        layouts=tuple(_layout(row, known) for row in table.tables("layout")),
        template=tuple(_group(row, known) for row in table.tables("template")),
    )
    table.finish()
    return found


def _field(row: Table) -> HeadedField:
    found = HeadedField(row.text("code"), row.texts("headings"), row.texts("under"))
    row.finish()
    return found


def _layout(row: Table, known: set[str]) -> Layout:
    columns = row.table("columns")
    placed = {letter: columns.text(letter) for letter in columns.keys()}  # noqa: SIM118
    for letter, code in placed.items():
        if code not in known:
            columns.fail("definition_value", letter, value=code, allowed=", ".join(sorted(known)))
    found = Layout(row.text("code"), row.text("label"), row.integer("first_row"), placed)
    row.finish()
    return found


def _group(row: Table, known: set[str]) -> TemplateGroup:
    fields = row.texts("fields")
    for code in fields:
        if code not in known:
            row.fail("definition_value", "fields", value=code, allowed=", ".join(sorted(known)))
    found = TemplateGroup(row.text("label"), fields, row.texts("as"))
    row.finish()
    return found
