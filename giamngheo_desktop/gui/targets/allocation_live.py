"""The table of villages as if what is typed stood in the plan already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from giamngheo_desktop.domain.allocation import (
    COLUMNS,
    EXPECTED,
    NEAR_POOR,
    NETS,
    POOR,
    AllocationRow,
    AllocationTable,
    Course,
    Denominators,
    Forecast,
    course,
)

Typed = Mapping[str, int | None]


def retyped(table: AllocationTable, typed: Sequence[Typed]) -> AllocationTable:
    """Its rows with these numbers, one after the other, and their total. The rates at the end are
    of the expected households as soon as any are typed.
    """
    expects = any(values[EXPECTED] is not None for values in typed)
    denominators = Denominators.EXPECTED if expects else Denominators.OPENING
    rows = tuple(
        _row(row, values, _expected(row, values), denominators)
        for row, values in zip(table.rows, typed, strict=True)
    )
    ends = _total(row.expected for row in rows)
    total = _row(table.total, sums(typed), ends, denominators, whole=_all_fall(typed))
    return replace(table, rows=rows, total=total, denominators=denominators)


def sums(typed: Sequence[Typed]) -> dict[str, int | None]:
    """What is typed so far, added up; nothing typed is not nought."""
    found: dict[str, int | None] = {}
    for column in COLUMNS:
        known = [value for values in typed if (value := values[column]) is not None]
        found[column] = sum(known) if known else None
    return found


def back(typed: Typed, listed: str) -> int:
    """How many are expected to come to a list in the year."""
    return sum(typed[column] or 0 for column in NETS[f"{listed}_net"][1])


def _row(
    row: AllocationRow,
    typed: Typed,
    expected: int | None,
    denominators: Denominators,
    whole: Mapping[str, bool] | None = None,
) -> AllocationRow:
    """`whole`: of which lists every village says by how many it falls."""

    def reached(listed: str) -> Course:
        fall, (again, new, *gained) = NETS[f"{listed}_net"]
        forecast = Forecast(
            start=row.course(listed).forecast.start,
            fall=typed[fall] if whole is None or whole[listed] else None,
            again=typed[again],
            new=typed[new],
            gained=typed[gained[0]] if gained else None,
        )
        return course(forecast, row.households, expected, denominators)

    return replace(
        row,
        typed={column: typed[column] for column in COLUMNS},
        expected=expected,
        poor=reached(POOR),
        near_poor=reached(NEAR_POOR),
    )


def _expected(row: AllocationRow, typed: Typed) -> int | None:
    """Who expects no other number keeps what the year begins with."""
    if typed[EXPECTED] is not None:
        return typed[EXPECTED]
    return row.expected if row.typed[EXPECTED] is None else row.households


def _all_fall(typed: Sequence[Typed]) -> dict[str, bool]:
    return {
        listed: all(values[NETS[f"{listed}_net"][0]] is not None for values in typed)
        for listed in (POOR, NEAR_POOR)
    }


def _total(values: Iterable[int | None]) -> int | None:
    known = list(values)
    return None if None in known else sum(value for value in known if value is not None)
