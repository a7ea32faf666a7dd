"""Who takes part in an activity: each household, person or officer counts once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any
from uuid import UUID

Row = Mapping[str, Any]
Who = tuple[str, UUID]  # what it is of, and which
_TOLD_BY = ("person", "household", "officer")  # a person of a household is not the household


def who(row: Row) -> Who | None:
    """Who a line is; None: somebody who is only written, or nobody."""
    return next(((name, row[name]) for name in _TOLD_BY if row.get(name) is not None), None)


def count(rows: Iterable[Row]) -> int:
    """How many they are; who is only written is somebody of his own in each line."""
    found = [who(row) for row in rows]
    return len({one for one in found if one}) + found.count(None)


def twice(rows: Iterable[Row]) -> list[Who]:
    """Who stands there more than once at the same time."""
    lines: dict[Who, list[Row]] = {}
    for row in rows:
        if (one := who(row)) is not None:
            lines.setdefault(one, []).append(row)
    return [one for one, ones in lines.items() if _meet(ones)]


def _meet(rows: Sequence[Row]) -> bool:
    return any(
        not (_is_before(one, other) or _is_before(other, one))
        for one, other in combinations(rows, 2)
    )


def _is_before(one: Row, other: Row) -> bool:
    """Whether one had left when the other came."""
    left, joined = one.get("left_on"), other.get("joined_on")
    return left is not None and joined is not None and left < joined
