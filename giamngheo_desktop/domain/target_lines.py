"""Targets of a plan as numbered lines. The rate, the points and the households that say one aim are
one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from giamngheo_desktop.domain.doubted import PARTS

Row = Mapping[str, Any]
_LIST_OF = {code: known for known, codes in PARTS.items() for code in codes.values()}


def in_order(rows: Iterable[Row]) -> list[Row]:
    """As they are printed; those that nobody placed come last."""
    return sorted(rows, key=lambda row: (row["position"] is None, row["position"] or 0))


def numbered_lines(rows: Iterable[Row]) -> list[list[Row]]:
    """Those of no dimension; what is said together stands where the first of them does. A second
    one of an indicator begins a line of its own.
    """
    lines: list[list[Row]] = []
    last: dict[str, list[Row]] = {}  # of each list
    for row in in_order(rows):
        if row["dimension"]:
            continue
        aim = _LIST_OF.get(row["indicator"])
        line = last.get(aim or "", [])
        if not line or any(one["indicator"] == row["indicator"] for one in line):
            line = []
            lines.append(line)
        line.append(row)
        if aim:
            last[aim] = line
    return lines
