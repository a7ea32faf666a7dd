"""Reads `policy_values.toml`: what support policies give."""

from __future__ import annotations

from pathlib import Path

from giamngheo_desktop.definitions.head import head_of
from giamngheo_desktop.definitions.loader import Table, read_toml
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.policy import PolicyValue, Scope
from giamngheo_desktop.domain.standard import Certainty

_CERTAINTIES = {certainty.value: certainty for certainty in Certainty}
_SCOPES = {scope.value: scope for scope in Scope}


def load_policy_values(path: Path) -> tuple[PolicyValue, ...]:
    """The values of one file, in its order; DefinitionError where it cannot be used."""
    table = read_toml(path)
    head_of(table)
    values = tuple(_value(row) for row in table.tables("value"))
    table.finish()
    return values


def _value(row: Table) -> PolicyValue:
    value = PolicyValue(
        key=row.text("key"),
        group=row.text("group"),
        label=row.text("label"),
        value=row.text("value"),
        unit=row.text("unit"),
        valid_from=_bound(row, "valid_from"),
        valid_to=_bound(row, "valid_to"),
        scope=row.one_of("scope", _SCOPES, Scope.CENTRAL),
        basis=row.text("basis"),
        certainty=row.one_of("certainty", _CERTAINTIES),
        source=row.text("source"),
        note=row.text("note", ""),
        provinces=row.texts("provinces"),
    )
    row.finish()
    first, last = value.valid_from, value.valid_to
    if first is not None and last is not None and last.latest < first.earliest:
        row.fail("definition_years_order", "valid_to")
    return value


def _bound(row: Table, key: str) -> PartialDate | None:
    text = row.opt_text(key)
    if text is None:
        return None
    try:
        return PartialDate.from_iso(text)
    except ValueError:
        row.fail("definition_not_day", key, value=text)
