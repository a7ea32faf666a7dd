"""Reads report definitions; refuses columns and measures that do not exist."""

from __future__ import annotations

from giamngheo_desktop.definitions.loader import Table
from giamngheo_desktop.domain.measures import MEASURES
from giamngheo_desktop.domain.report import (
    Counted,
    Difference,
    Population,
    ReportColumn,
    ReportDef,
    Share,
    Target,
    ValueSpec,
)

_POPULATION = {name: name for name in ("households", "persons")}
_TARGETS = {name: name for name in ("poor_decrease", "near_poor_decrease")}
_MEASURES = {name: name for name in MEASURES}


def report_from(table: Table) -> ReportDef:
    """One report file. Raises DefinitionError with file, table and key."""
    columns = tuple(_column(row) for row in table.tables("columns"))
    report = ReportDef(
        code=table.text("code"),
        version=table.integer("version"),
        label=table.text("label"),
        valid_from=table.day("valid_from"),
        valid_to=table.opt_day("valid_to"),
        legal_basis=table.text("legal_basis"),
        title=table.texts("title"),
        unit_label=table.text("unit_label"),
        number_label=table.text("number_label", "TT"),
        measure_unit=table.text("measure_unit", ""),
        has_status=table.flag("has_status", False),
        total=table.one_of("total", {"first": "first", "last": "last"}, "last"),
        total_label=table.text("total_label", "Tổng cộng"),
        landscape=table.flag("landscape", True),
        number_row=table.flag("number_row", True),
        columns=columns,
        notes=table.texts("notes"),
    )
    table.finish()
    _check(table, report)
    return report


def _column(table: Table) -> ReportColumn:
    columns = tuple(_column(row) for row in table.tables("columns"))
    column = ReportColumn(
        label=table.text("label"),
        key=table.text("key", ""),
        number=table.text("number", ""),
        formula=table.text("formula", ""),
        value=None if columns else _value(table),
        columns=columns,
    )
    table.finish()
    return column


def _value(table: Table) -> ValueSpec:
    if "population" in table:
        return Population(table.one_of("population", _POPULATION))
    if "measure" in table:
        offset = table.integer("year_offset", 0)
        return Counted(table.one_of("measure", _MEASURES), offset)
    if "target" in table:
        return Target(table.one_of("target", _TARGETS))
    if "minuend" in table:
        return Difference(table.text("minuend"), table.text("subtrahend"))
    return Share(table.text("numerator"), table.text("denominator"))


def _check(table: Table, report: ReportDef) -> None:
    """Every formula reads columns that stand in the table, keys are unique."""
    keys: list[str] = []
    for leaf in report.leaves():
        keys.append(leaf.key)
    for leaf in report.leaves():
        match leaf.value:
            case Difference(first, second) | Share(first, second):
                for key in (first, second):
                    if key not in keys:
                        table.fail(
                            "definition_value", "columns", value=key, allowed=", ".join(keys)
                        )
    if len(set(keys)) < len(keys) or "" in keys:
        table.fail("definition_repeated_key", "columns")
