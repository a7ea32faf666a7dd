"""Brings stored records to what a package says of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.package import Values
from giamngheo_desktop.services.unit import WriteUnit
from giamngheo_desktop.storage import audit, package_rows, records
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.types import uuid_of

Changes = list[tuple[UUID, dict[str, Any]]]


def compared(
    connection: Connection, kind: Kind, columns: Sequence[str], rows: Sequence[Values]
) -> tuple[list[Values], dict[UUID, dict[str, Any]]]:
    """The rows that are new, and of those that are stored what the package says otherwise."""
    stored = package_rows.stored_texts(connection, kind, columns, [row[0] or "" for row in rows])
    new: list[Values] = []
    known: dict[UUID, dict[str, Any]] = {}
    for row in rows:
        was = stored.get(row[0] or "")
        if was is None:
            new.append(row)
            continue
        pairs = zip(columns, was, row, strict=True)
        said = {one: audit.decode(kind, one, b) for one, a, b in pairs if a != b}
        known[uuid_of(row[0] or "")] = said
    return new, known


def change(work: WriteUnit, kind: Kind, changes: Changes) -> None:
    """Set what is said otherwise; what goes first makes room for what takes its place.

    Raises ValueError for what the tables cannot hold.
    """
    uids = [uid for uid, _ in changes]
    stored = records.get_many(work.connection, kind, uids)
    work.read_ahead(uids)
    with package_rows.fitting():
        for uid, values in sorted(changes, key=lambda one: not one[1].get("removed", False)):
            work.change(kind, uid, stored[uid], values)
