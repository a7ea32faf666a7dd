"""The parts of a year's plan, or the sections of a paper, in the order in which they are printed,
as a tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

Row = Mapping[str, Any]


def placed(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """The parts of one plan with the parents that hold: one whose parent is gone, and the first of
    those that copies of the register put into each other, stands at the top.
    """
    found = {row["uid"]: dict(row) for row in sorted(rows, key=lambda row: row["uid"])}
    for uid, row in found.items():
        if row["parent"] not in found or uid in _upward(found, row["parent"]):
            row["parent"] = None
    return list(found.values())


def in_order(rows: Iterable[Row]) -> Iterator[tuple[Row, int]]:
    """Each part before those below it, `placed`, with its depth; what no position has comes last.

    The plans of several units stand one after the other.
    """
    plans: dict[UUID | None, list[Row]] = {}
    for row in rows:
        plans.setdefault(row.get("area"), []).append(row)
    for plan in plans.values():
        yield from _in_order(plan)


def _in_order(rows: list[Row]) -> Iterator[tuple[Row, int]]:
    parts: dict[UUID | None, list[Row]] = {}
    for one in placed(rows):
        parts.setdefault(one["parent"], []).append(one)
    waiting = [(row, 0) for row in reversed(_sorted(parts.get(None, ())))]
    while waiting:
        row, depth = waiting.pop()
        yield row, depth
        below = _sorted(parts.get(row["uid"], ()))
        waiting += ((one, depth + 1) for one in reversed(below))


def _upward(rows: Mapping[UUID, Row], uid: UUID) -> set[UUID]:
    """A part and those it stands in."""
    found: set[UUID] = set()
    at: UUID | None = uid
    while at is not None and at in rows and at not in found:
        found.add(at)
        at = rows[at]["parent"]
    return found


def _sorted(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["position"] is None, row["position"] or 0, row["uid"]))
