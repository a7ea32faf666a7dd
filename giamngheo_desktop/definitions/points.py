"""Turns `points/*.toml` into the items of a form that is scored by a table of points."""

from __future__ import annotations

from giamngheo_desktop.definitions.facts import sources_of
from giamngheo_desktop.definitions.head import head_of
from giamngheo_desktop.definitions.loader import Table
from giamngheo_desktop.domain.point_table import ItemKind, PointForm, PointItem

_KINDS = {kind.value: kind for kind in ItemKind}


def point_form_from(table: Table) -> PointForm:
    sources = sources_of(table)
    items = tuple(_item(row, sources) for row in table.tables("item"))
    codes = [item.code for item in items]
    if len(set(codes)) < len(codes):
        table.fail("definition_codes_twice", "item")
    form = PointForm(
        **head_of(table),
        items=items,
        missing=table.text("missing", ""),
    )
    table.finish()
    return form


def _item(row: Table, sources: dict[str, str]) -> PointItem:
    item = PointItem(
        code=row.text("code"), label=row.text("label"), kind=row.one_of("kind", _KINDS)
    )
    source = row.text("source")
    if source not in sources:
        row.fail("definition_value", "source", value=source, allowed=", ".join(sources))
    row.finish()
    return item
