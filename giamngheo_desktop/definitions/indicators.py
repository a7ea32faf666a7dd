"""Reads `indicators.toml`: the catalogue of indicators that targets are about."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

from giamngheo_desktop.definitions.head import head_of
from giamngheo_desktop.definitions.loader import Table, read_toml
from giamngheo_desktop.domain.indicator_catalogue import (
    Catalogue,
    CatalogueIndicator,
    Comparator,
    Good,
    Group,
    IndicatorType,
)
from giamngheo_desktop.domain.standard import Certainty

_TYPES = {one.value: one for one in IndicatorType}
_GOOD = {one.value: one for one in Good}
_COMPARATORS = {one.value: one for one in Comparator}
_GROUPS = {one.value: one for one in Group}
_CERTAINTIES = {one.value: one for one in Certainty}
_SOURCES = {"computed": True, "typed": False}


def load_indicators(path: Path) -> Catalogue:
    """The catalogue; DefinitionError where it cannot be used."""
    table = read_toml(path)
    head = head_of(table)
    found: dict[str, CatalogueIndicator] = {}
    for row in table.tables("indicator"):
        one = _indicator(row)
        if one.code in found:
            row.fail("definition_value", "code", value=one.code, allowed="")
        found[one.code] = one
    table.finish()
    return Catalogue(
        version=head["version"],
        valid_from=head["valid_from"],
        valid_to=head["valid_to"],
        legal_basis=head["legal_basis"],
        indicators=MappingProxyType(found),
    )


def _indicator(row: Table) -> CatalogueIndicator:
    sentences = row.opt_table("sentences")
    said = {} if sentences is None else {key: sentences.text(key) for key in sentences.keys()}  # noqa: SIM118 - no mapping
    one = CatalogueIndicator(
        code=row.text("code"),
        label=row.text("label"),
        type=row.one_of("type", _TYPES),
        unit=row.text("unit"),
        per=row.text("per"),
        numerator=row.text("numerator", ""),
        denominator=row.text("denominator", ""),
        groups=tuple(_group(row, code) for code in row.texts("groups")),
        breakdown=row.texts("breakdown"),
        good=row.one_of("good", _GOOD),
        comparator=row.one_of("comparator", _COMPARATORS),
        computed=row.one_of("actual", _SOURCES),
        need=row.text("need", ""),
        data=row.text("data", ""),
        source=row.text("source"),
        certainty=row.one_of("certainty", _CERTAINTIES),
        note=row.text("note", ""),
        sentences=said,
    )
    if sentences is not None:
        sentences.finish()
    row.finish()
    return one


def _group(row: Table, code: str) -> Group:
    if code not in _GROUPS:
        row.fail("definition_value", "groups", value=code, allowed=", ".join(_GROUPS))
    return _GROUPS[code]
