"""The parts of a year's plan in the order in which they are printed, as a tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

Row = Mapping[str, Any]


def in_order(rows: Iterable[Row]) -> Iterator[tuple[Row, int]]:
    """Each part before those below it, with its depth; what no position has comes last.

    The plans of several units stand one after the other. A part whose parent is not among them, or
    that is its own parent at last, stands at the top.
    """
    plans: dict[UUID | None, list[Row]] = {}
    for row in rows:
        plans.setdefault(row.get("area"), []).append(row)
    for plan in plans.values():
        yield from _in_order(plan)


def _in_order(rows: list[Row]) -> Iterator[tuple[Row, int]]:
    known = {row["uid"]: row for row in rows}
    parts: dict[UUID | None, list[Row]] = {}
    for row in rows:
        parts.setdefault(_parent(known, row), []).append(row)
    waiting = [(row, 0) for row in reversed(_sorted(parts.get(None, ())))]
    while waiting:
        row, depth = waiting.pop()
        yield row, depth
        below = _sorted(parts.get(row["uid"], ()))
        waiting += ((one, depth + 1) for one in reversed(below))


def _parent(known: Mapping[UUID, Row], row: Row) -> UUID | None:
    above, seen = row["parent"], {row["uid"]}
    while above in known and above not in seen:
        seen.add(above)
        above = known[above]["parent"]
    is_round = above in seen
    found: UUID | None = row["parent"]
    return None if is_round or found not in known else found


def _sorted(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["position"] is None, row["position"] or 0, row["uid"]))
