"""The village table as a plan prints it: at its time only the households of the year before are
known, so these divide what the year begins with, and what it ends with unless others are expected.

The printed form alone divides by those of its own year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from giamngheo_desktop.domain.allocation import AT_END
from giamngheo_desktop.domain.report import (
    Difference,
    Population,
    ReportColumn,
    ReportDef,
    Share,
    Target,
)

_EXPECTED = "expected"


def at_opening(report: ReportDef) -> ReportDef:
    """The same with the households of the year before."""
    return replace(report, columns=tuple(_before(report.columns)))


def with_expected(report: ReportDef, label: str) -> ReportDef:
    """With a column of the expected households, by which the rates of the end (of a difference)
    divide.
    """
    leaves = {leaf.key: leaf.value for leaf in report.leaves()}

    def changed(columns: Iterable[ReportColumn]) -> Iterator[ReportColumn]:
        for column in columns:
            value = column.value
            if column.columns:
                yield replace(column, columns=tuple(changed(column.columns)))
            elif (
                isinstance(value, Share)
                and isinstance(leaves[value.numerator], Difference)
                and isinstance(leaves[value.denominator], Population)
            ):
                yield replace(column, value=replace(value, denominator=_EXPECTED))
            else:
                yield column
            if isinstance(value, Population):
                yield ReportColumn(label=label, key=_EXPECTED, value=Target(AT_END))

    return replace(report, columns=tuple(changed(report.columns)))


def _before(columns: Iterable[ReportColumn]) -> Iterator[ReportColumn]:
    for column in columns:
        value = column.value
        if isinstance(value, Population):
            value = replace(value, year_offset=-1)
        yield replace(column, value=value, columns=tuple(_before(column.columns)))
