"""Reads `indicators.toml`: the catalogue of indicators that targets are about."""

from __future__ import annotations

from collections.abc import Mapping
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
from giamngheo_desktop.domain.target_sentence import (
    NO_NUMBER,
    NUMBER,
    PLACES,
    SHAPES,
    places,
    without_optional,
)

_TYPES = {one.value: one for one in IndicatorType}
_GOOD = {one.value: one for one in Good}
_COMPARATORS = {one.value: one for one in Comparator}
_GROUPS = {one.value: one for one in Group}
_CERTAINTIES = {one.value: one for one in Certainty}
_GROUP_PLACES = "{households}, {workers}"
_SOURCES = {"computed": True, "typed": False}


def load_indicators(path: Path) -> Catalogue:
    """The catalogue; DefinitionError where it cannot be used."""
    table = read_toml(path)
    head = head_of(table)
    found: dict[str, CatalogueIndicator] = {}
    for row in table.tables("indicator"):
        one = _indicator(row)
        if one.code in found:
            row.fail("definition_codes_twice", "code")
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
    groups = tuple(_group(row, code) for code in row.texts("groups"))
    one = CatalogueIndicator(
        code=row.text("code"),
        label=row.text("label"),
        type=row.one_of("type", _TYPES),
        unit=row.text("unit", ""),
        per=row.text("per"),
        numerator=row.text("numerator", ""),
        denominator=row.text("denominator", ""),
        groups=groups,
        breakdown=row.texts("breakdown"),
        good=row.one_of("good", _GOOD),
        comparator=row.one_of("comparator", _COMPARATORS),
        computed=row.one_of("actual", _SOURCES),
        need=row.text("need", ""),
        data=row.text("data", ""),
        source=row.text("source"),
        certainty=row.one_of("certainty", _CERTAINTIES),
        note=row.text("note", ""),
        sentences=_sentences(row.table("sentences"), names_groups=bool(groups)),
    )
    row.finish()
    return one


def _sentences(table: Table, *, names_groups: bool) -> Mapping[str, str]:
    """By shape; each names the number where it has one, and groups where the indicator has any."""
    said = {shape: table.text(shape) for shape in (NUMBER, NO_NUMBER)}
    said |= {shape: table.text(shape) for shape in table.keys() if shape in SHAPES}  # noqa: SIM118 - no mapping
    table.finish()
    for shape, template in said.items():
        named = places(template)
        expected = int(shape.startswith(NUMBER))
        if wrong := next((one for one in named if one not in PLACES), None):
            table.fail("definition_value", shape, value=wrong, allowed=", ".join(sorted(PLACES)))
        if named.count("number") != expected:
            table.fail(
                "definition_value", shape, value=template, allowed=f"{expected} × {{number}}"
            )
        if _names_groups(without_optional(template)) != names_groups:
            table.fail("definition_value", shape, value=template, allowed=_GROUP_PLACES)
    return MappingProxyType(said)


def _names_groups(template: str) -> bool:
    return bool({"households", "workers"} & set(places(template)))


def _group(row: Table, code: str) -> Group:
    if code not in _GROUPS:
        row.fail("definition_value", "groups", value=code, allowed=", ".join(_GROUPS))
    return _GROUPS[code]
