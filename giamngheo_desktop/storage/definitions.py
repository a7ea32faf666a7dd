"""The definitions a file keeps: each version once, also one that was taken back."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.tables import definition


def next_version(connection: Connection, code: str) -> int:
    """The number after every version there ever was: a removed one keeps its own."""
    newest = sa.select(sa.func.max(definition.c.version)).where(definition.c.code == code)
    return (connection.execute(newest).scalar() or 0) + 1


def codes(connection: Connection, beginning: str) -> list[str]:
    """The codes that ever began so."""
    found = sa.select(definition.c.code).where(definition.c.code.startswith(beginning)).distinct()
    return list(connection.execute(found.order_by(definition.c.code)).scalars())


def versions(connection: Connection) -> dict[tuple[str, int], UUID]:
    """Every version there ever was, by code and number."""
    query = sa.select(definition.c.code, definition.c.version, definition.c.uid)
    return {(row.code, row.version): row.uid for row in connection.execute(query)}
