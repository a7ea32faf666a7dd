"""Printed formulas, recomputed from the printed cells: the paper says where one does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from giamngheo_desktop import texts
from giamngheo_desktop.domain.report import ReportColumn, ReportDef
from giamngheo_desktop.reports.document import Cell, Table


def formula_notes(report: ReportDef, table: Table) -> Iterator[str]:
    """One note for every sum that the numbers of some rows do not give."""
    for leaf in report.leaves():
        if leaf.formula_note and (rows := _broken(report, table, leaf)):
            yield texts.formula_note(leaf.number, leaf.formula, rows, leaf.formula_note)


def _broken(report: ReportDef, table: Table, leaf: ReportColumn) -> list[str]:
    numbers = [one.number for one in report.leaves()]
    kinds: dict[str, list[str]] = {}
    for row in table.rows:
        values = dict(zip(numbers, map(_whole, row.cells), strict=True))
        expected = evaluated(leaf.formula, values)
        if None not in (expected, values[leaf.number]) and expected != values[leaf.number]:
            kinds.setdefault(table.row_name(row), []).append(row.kind)
    return [_named(name, found) for name, found in kinds.items()]


def _whole(cell: Cell) -> int | None:
    return cell.value if isinstance(cell.value, int) and cell.upper is None else None


def _named(name: str, kinds: Iterable[str]) -> str:
    words = ", ".join(texts.PAPER[f"kind_{kind}"] for kind in kinds if kind)
    return f"{name} ({words})" if words else name


def evaluated(formula: str, values: Mapping[str, int | None]) -> int | None:
    """The value of a sum of column numbers, "1-2-3"; None where one of them is not known."""
    total = 0
    for sign, number in re.findall(r"([+-]?)([\d.]+)", formula):
        value = values[number]
        if value is None:
            return None
        total += -value if sign == "-" else value
    return total
