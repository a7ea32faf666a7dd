"""Reads the trees of programmes."""

from __future__ import annotations

from giamngheo_desktop.definitions.facts import Facts, sources_of
from giamngheo_desktop.definitions.head import check_days, head_of
from giamngheo_desktop.definitions.loader import Table
from giamngheo_desktop.domain.programme import Component, Programme


def programme_from(table: Table) -> Programme:
    """One file of a programme; parents stand before their parts. Raises DefinitionError."""
    sources = sources_of(table)
    facts = Facts(frozenset(sources))
    found = Programme(
        **head_of(table),
        used_until=facts.day(table, "used_until") if "used_until" in table else None,
        components=tuple(_component(row, facts) for row in table.tables("component")),
        sources=sources,
    )
    check_days(table)
    table.finish()
    _check_tree(table, found)
    return found


def _component(row: Table, facts: Facts) -> Component:
    certainty, source = facts.grounds(row)
    component = Component(
        code=row.text("code"),
        parent=row.text("parent", ""),
        name=row.text("name"),
        lead=facts.text(row, "lead"),
        certainty=certainty,
        source=source,
        note=row.text("note", ""),
    )
    row.finish()
    return component


def _check_tree(table: Table, programme: Programme) -> None:
    known = {""}
    for one in programme.components:
        if one.code in known:
            table.fail("definition_codes_twice", "component")
        if one.parent not in known:
            allowed = ", ".join(sorted(known - {""}))
            table.fail("definition_value", "component", value=one.parent, allowed=allowed)
        known.add(one.code)
    if not programme.components:
        table.fail("definition_missing_key", "component")
