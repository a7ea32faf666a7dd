"""The definitions a file keeps: each version once, also one that was taken back."""

from __future__ import annotations

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
