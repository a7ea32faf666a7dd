"""Reads what was issued, without the stored documents, each with who issued it and when."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.storage.audit import CREATED
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.tables import audit_change, audit_group, issued

_LARGE = frozenset({"document", "asked"})


def rows(connection: Connection, **equals: object) -> list[dict[str, Any]]:
    """Those whose columns equal the given values, oldest first, with `actor` and `at`;
    `replaced_by` is the one that took its place.
    """
    later = sa.alias(issued, "later")
    columns = [column for column in issued.c if column.name not in _LARGE]
    query = (
        sa.select(*columns, audit_group.c.actor, audit_group.c.at, later.c.uid.label("replaced_by"))
        .join(
            audit_change,
            sa.and_(
                audit_change.c.record == issued.c.uid,
                audit_change.c.kind == Kind.ISSUED.value,
                audit_change.c.field == CREATED,
            ),
        )
        .join(audit_group, audit_group.c.uid == audit_change.c.group)
        .outerjoin(
            later, sa.and_(later.c.replaces == issued.c.uid, later.c.removed.is_(sa.false()))
        )
        .where(issued.c.removed.is_(sa.false()))
        .order_by(issued.c.issued_on, audit_group.c.seq)
    )
    for column, value in equals.items():
        query = query.where(issued.c[column] == value)
    return [dict(row) for row in connection.execute(query).mappings()]
