"""What was typed after a group of the audit: whose numbers a paper that was made then has not."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.storage.audit import CREATED
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.records import batches
from giamngheo_desktop.storage.tables import audit_change, audit_group


@dataclass(slots=True)
class Typed:
    """A record that was made or changed after a group: `old` has what stood in each changed field
    before, as an audit text; `at` is when that was done last.
    """

    kind: Kind
    at: datetime
    old: dict[str, str | None] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        return CREATED in self.old


def typed_after(connection: Connection, seq: int, kinds: Collection[Kind]) -> dict[UUID, Typed]:
    """The records of these kinds by uid, in the order in which they were typed."""
    query = (
        sa.select(
            audit_change.c.kind,
            audit_change.c.record,
            audit_change.c.field,
            audit_change.c.old,
            audit_group.c.at,
        )
        .join(audit_group, audit_group.c.uid == audit_change.c.group)
        .where(audit_group.c.seq > seq, audit_change.c.kind.in_([kind.value for kind in kinds]))
        .order_by(audit_group.c.seq, audit_change.c.uid)
    )
    found: dict[UUID, Typed] = {}
    for kind, record, name, old, at in connection.execute(query):
        one = found.setdefault(record, Typed(Kind(kind), at))
        one.at = at
        one.old.setdefault(name, old)
    return found


def last_typed(connection: Connection, records: Iterable[UUID]) -> int:
    """The sequence number of the newest group that made or changed one of these; 0 for none."""
    newest = 0
    for batch in batches(list(records)):
        query = (
            sa.select(sa.func.max(audit_group.c.seq))
            .join(audit_change, audit_change.c.group == audit_group.c.uid)
            .where(audit_change.c.record.in_(batch))
        )
        newest = max(newest, connection.execute(query).scalar() or 0)
    return newest


def written_at(connection: Connection, seq: int) -> datetime | None:
    """When that group was written."""
    query = sa.select(audit_group.c.at).where(audit_group.c.seq == seq)
    return connection.execute(query).scalar()
