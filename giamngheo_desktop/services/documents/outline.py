"""Where sections stand: what copies of the register did together may leave one in itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

Row = Mapping[str, Any]


def placed(sections: Iterable[Row]) -> list[dict[str, Any]]:
    """The sections of a document with the parents that hold: one whose parent is gone, and the
    first of those that stand in each other, stands by itself.
    """
    rows = {one["uid"]: dict(one) for one in sorted(sections, key=lambda one: one["uid"])}
    for uid, row in rows.items():
        if row["parent"] not in rows or uid in _above(rows, row["parent"]):
            row["parent"] = None
    return list(rows.values())


def _above(rows: Mapping[UUID, Row], uid: UUID) -> set[UUID]:
    """A section and those it stands in."""
    found: set[UUID] = set()
    at: UUID | None = uid
    while at is not None and at in rows and at not in found:
        found.add(at)
        at = rows[at]["parent"]
    return found
