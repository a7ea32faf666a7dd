"""Reads report definitions; refuses columns and measures that do not exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from string import Formatter

from giamngheo_desktop.definitions.head import head_of
from giamngheo_desktop.definitions.loader import Table
from giamngheo_desktop.domain.allocation import AT_END, COLUMNS, NETS
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.measures import measure
from giamngheo_desktop.domain.movement import LISTED, Flow
from giamngheo_desktop.domain.report import (
    HEADING_PLACEHOLDERS,
    PLACEHOLDERS,
    POPULATION,
    Counted,
    Difference,
    Each,
    Movement,
    Population,
    Proportion,
    RateChange,
    ReportColumn,
    ReportDef,
    RowWords,
    Share,
    Target,
    ValueSpec,
    moves,
)
from giamngheo_desktop.domain.report_columns import OTHER_GROUPS

_POPULATION = {name: name for name in POPULATION}
_TARGETS = {name: name for name in (*COLUMNS, *NETS, AT_END)}
ROW_LEVELS = (Level.VILLAGE, Level.COMMUNE)  # a table by district has words for it beside
_EACH = {each.value: each for each in Each}
_LISTED = {code.value: code.value for code in LISTED}
_FLOWS = {flow.value: flow.value for flow in Flow}


def report_from(table: Table) -> ReportDef:
    """One report file. Raises DefinitionError with file, table and key."""
    columns = tuple(_column(row) for row in table.tables("columns"))
    has_status = table.flag("has_status", False)
    report = ReportDef(
        **head_of(table),
        group=table.text("group", ""),
        title=table.texts("title"),
        rows=_rows(table.table("rows")),
        number_label=table.text("number_label", "TT"),
        measure_unit=table.text("measure_unit", ""),
        has_status=has_status,
        has_day=has_status and not moves(columns),
        total=table.one_of("total", {"first": "first", "last": "last"}, "last"),
        total_label=table.text("total_label", "Tổng cộng"),
        pairs=table.flag("pairs", False),
        landscape=table.flag("landscape", True),
        number_row=table.flag("number_row", True),
        columns=columns,
        notes=table.texts("notes"),
    )
    table.finish()
    _check(table, report)
    return report


def _rows(table: Table) -> dict[Level, RowWords]:
    found = {}
    districts = (Level.DISTRICT,) if Level.DISTRICT.value in table else ()
    for level in (*ROW_LEVELS, *districts):
        words = table.table(level.value)
        found[level] = RowWords(
            label=words.text("label"), many=words.text("many", ""), total=words.text("total", "")
        )
        words.finish()
    table.finish()
    return found


def _column(table: Table) -> ReportColumn:
    columns = tuple(_column(row) for row in table.tables("columns"))
    note = table.text("note", "")  # told below the table, not printed
    column = ReportColumn(
        label="" if note else table.text("label"),
        key=table.text("key", ""),
        number=table.text("number", ""),
        formula=table.text("formula", ""),
        formula_note=table.text("formula_note", ""),
        each=table.one_of("each", _EACH) if "each" in table else None,
        value=None if columns else _value(table),
        columns=columns,
        printed=not note,
        note=note,
    )
    table.finish()
    return column


def _value(table: Table) -> ValueSpec:
    if "population" in table:
        return Population(table.one_of("population", _POPULATION), _offset(table))
    if "measure" in table and "denominator" in table:
        return Proportion(_measure(table), table.text("denominator"))
    if "measure" in table:
        return Counted(_measure(table), _offset(table))
    if "flow" in table:
        return Movement(table.one_of("movement", _LISTED), table.one_of("flow", _FLOWS))
    if "target" in table:
        return Target(table.one_of("target", _TARGETS))
    if "minuend" in table:
        return Difference(table.text("minuend"), table.text("subtrahend"))
    if "rate_minuend" in table:
        return RateChange(table.text("rate_minuend"), table.text("rate_subtrahend"))
    return Share(table.text("numerator"), table.text("denominator"))


def _offset(table: Table) -> int:
    offset = table.integer("year_offset", 0)
    if offset > 0:  # a report never counts a year that is still to come
        table.fail("definition_value", "year_offset", value=offset, allowed="0, -1, …")
    return offset


def _measure(table: Table) -> str:
    name = table.text("measure")
    if measure(name.replace(OTHER_GROUPS, "ethnicity!=")) is None:
        table.fail("definition_value", "measure", value=name, allowed="domain/measures.py")
    return name


def _check(table: Table, report: ReportDef) -> None:
    """Every formula reads numbers that are there by then, keys are unique, texts can be filled."""
    leaves = report.leaves()
    keys = [leaf.key for leaf in leaves]
    if not leaves:
        table.fail("definition_missing_key", "columns")
    if len(set(keys)) < len(keys) or "" in keys:
        table.fail("definition_repeated_key", "columns")
    if report.pairs and not all(isinstance(leaf.value, Movement | Counted) for leaf in leaves):
        table.fail("definition_value", "pairs", value="true", allowed="movement, measure")
    for leaf in leaves:
        if leaf.each and not isinstance(leaf.value, Counted | Proportion):
            table.fail("definition_value", "each", value=leaf.each, allowed="measure")
    # Differences are computed in the order of the columns, shares last.
    given = Population | Counted | Movement | Target
    ready = [leaf.key for leaf in leaves if isinstance(leaf.value, given)]
    for leaf in leaves:
        if isinstance(leaf.value, Difference):
            _refuse_unready(table, (leaf.value.minuend, leaf.value.subtrahend), ready)
            ready.append(leaf.key)
    for leaf in leaves:
        if isinstance(leaf.value, Proportion):
            _refuse_unready(table, (leaf.value.denominator,), ready)
        if isinstance(leaf.value, Share):
            _refuse_unready(table, (leaf.value.numerator, leaf.value.denominator), ready)
    shares = [leaf.key for leaf in leaves if isinstance(leaf.value, Share)]
    for leaf in leaves:
        if isinstance(leaf.value, RateChange):
            _refuse_unready(table, (leaf.value.minuend, leaf.value.subtrahend), shares)
    for key, lines in (("title", report.title), ("notes", report.notes)):
        for line in lines:
            refuse_unfillable(table, key, line, PLACEHOLDERS)
    for label in _labels(report.columns):
        refuse_unfillable(table, "columns", label, HEADING_PLACEHOLDERS)
    for leaf in leaves:
        refuse_unfillable(table, "columns", leaf.note, ("count",))


def _refuse_unready(table: Table, keys: Iterable[str], ready: Sequence[str]) -> None:
    for key in keys:
        if key not in ready:
            table.fail("definition_value", "columns", value=key, allowed=", ".join(ready))


def refuse_unfillable(table: Table, key: str, text: str, known: Sequence[str]) -> None:
    """A placeholder nobody fills would stop the report on the day it is needed."""
    allowed = ", ".join(f"{{{name}}}" for name in known)
    try:
        names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        table.fail("definition_value", key, value=text, allowed=allowed)
    for name in names:
        if name not in known:
            table.fail("definition_value", key, value=f"{{{name}}}", allowed=allowed)


def _labels(columns: Iterable[ReportColumn]) -> Iterator[str]:
    for column in columns:
        yield column.label
        yield from _labels(column.columns)
