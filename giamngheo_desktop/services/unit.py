"""The one way to write: a unit of work that records every changed field in the same transaction.

One user action = one service function = one `write_unit` = one commit = one undo step.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import ChangeSet, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.package import Values
from giamngheo_desktop.storage import audit, package_rows, records
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.schema import HEAD
from giamngheo_desktop.storage.types import uuid_of


def allowed(actor: str, op: Op, unit: UUID | None) -> bool:
    """Whether `actor` may do `op` in `unit`; the one place where rights will be decided."""
    return True


class WriteUnit:
    """Collects the writes of one action; made by `write_unit` only."""

    def __init__(self, connection: Connection, context: Context, op: Op) -> None:
        self.connection = connection
        self.context = context
        self.op = op
        self.group = context.new_id()
        self.subject = ""
        self.undo_of: UUID | None = None
        self.counts = False  # it is an action even where no field changed
        self._changes: list[audit.Change] = []
        self._last: dict[tuple[UUID, str], UUID] = {}  # set in this unit, not yet in the table
        self._earlier: dict[UUID, dict[str, UUID]] = {}  # last changes of records read beforehand

    def living(self, kind: Kind, uid: UUID) -> dict[str, Any]:
        """A record that was not typed by mistake. Raises RefusedError `record_missing`."""
        row = records.get(self.connection, kind, uid)
        if row is None or row["removed"]:
            raise RefusedError("record_missing")
        return row

    def insert(self, kind: Kind, /, **values: Any) -> UUID:
        """Create one record; returns its new uid. Columns not named are NULL."""
        return self.insert_many(kind, [values])[0]

    def insert_many(self, kind: Kind, rows: Sequence[Mapping[str, Any]]) -> list[UUID]:
        """Create records that all name the same columns; a given `uid` is kept."""
        full = [
            {"removed": False, **row, "uid": row.get("uid") or self.context.new_id()}
            for row in rows
        ]
        records.insert(self.connection, kind, full)
        for row in full:
            digest = audit.content_hash({k: v for k, v in row.items() if k != "uid"})
            self.note(kind, row["uid"], audit.CREATED, None, digest, None)
        return [row["uid"] for row in full]

    def insert_texts(self, kind: Kind, columns: Sequence[str], rows: Sequence[Values]) -> None:
        """Create records of a package; raises ValueError for what is no value of its column."""
        package_rows.insert(self.connection, kind, columns, rows)
        for row, digest in zip(rows, package_rows.content_hashes(columns, rows), strict=True):
            self.note(kind, uuid_of(row[0] or ""), audit.CREATED, None, digest, None)

    def update(self, kind: Kind, uid: UUID, /, **values: Any) -> bool:
        """Set the given columns; False if nothing differs from what is stored."""
        stored = records.get(self.connection, kind, uid)
        if stored is None:
            raise RefusedError("record_missing")
        return self.change(kind, uid, stored, values)

    def change(
        self,
        kind: Kind,
        uid: UUID,
        stored: Mapping[str, Any],
        values: Mapping[str, Any],
        also_replaces: Mapping[str, tuple[UUID, ...]] | None = None,
    ) -> bool:
        """`update` of a record read in this transaction: `stored` has at least these columns.
        `also_replaces` are edits by field, beside the one that set it last.
        """
        changed = {name: value for name, value in values.items() if stored[name] != value}
        if not changed:
            return False
        records.update(self.connection, kind, uid, changed, stored)
        self._note_changes(kind, uid, stored, changed, also_replaces or {})
        return True

    def remove(self, kind: Kind, uid: UUID) -> None:
        """Mark a record as typed by mistake; it stays in the file."""
        self.update(kind, uid, removed=True)

    def remove_many(self, kind: Kind, uids: Sequence[UUID]) -> None:
        """`remove` for thousands of records, none of them removed yet."""
        self.read_ahead(uids)
        records.remove(self.connection, kind, uids)
        for uid in uids:
            self._note_changes(kind, uid, {"removed": False}, {"removed": True})

    def read_ahead(self, uids: Sequence[UUID]) -> None:
        """Read at once what each later change of these records replaces."""
        unread = [uid for uid in uids if uid not in self._earlier]
        self._earlier |= audit.last_changes_of(self.connection, unread)

    def _note_changes(
        self,
        kind: Kind,
        uid: UUID,
        stored: Mapping[str, Any],
        changed: Mapping[str, Any],
        also: Mapping[str, tuple[UUID, ...]] = MappingProxyType({}),
    ) -> None:
        last = self._earlier.get(uid)
        if last is None:
            last = audit.last_changes(self.connection, uid, changed)
        for name, value in changed.items():
            old, new = audit.encode(stored[name]), audit.encode(value)
            before = self._before(uid, name, last)
            self.note(kind, uid, name, old, new, before, also_replaces=also.get(name, ()))

    def _before(self, uid: UUID, name: str, last: Mapping[str, UUID]) -> UUID | None:
        return (
            self._last.get((uid, name))
            or last.get(name)
            or self._last.get((uid, audit.CREATED))
            or last.get(audit.CREATED)
        )

    def replaced(self, uid: UUID, name: str) -> UUID | None:
        """The change that last set a field of a record that was read ahead."""
        return self._before(uid, name, self._earlier.get(uid, {}))

    def succeed(self, kind: Kind, current: Mapping[str, Any], day: date, /, **values: Any) -> UUID:
        """From `day` on a dated fact has other values: end the current row, begin a new one.

        A row that began on `day` itself is changed in place: it never held otherwise.
        """
        if current["valid_from"] >= day:
            self.update(kind, current["uid"], **values)
            return UUID(str(current["uid"]))
        self.update(kind, current["uid"], valid_to=day - timedelta(days=1))
        kept = {name: current[name] for name in records.columns(kind) if name in current}
        return self.insert(kind, **{**kept, "valid_from": day, **values})

    def note(
        self,
        kind: Kind,
        record: UUID,
        field: str,
        old: str | None,
        new: str | None,
        replaces: UUID | None,
        *,
        also_replaces: tuple[UUID, ...] = (),
        source: tuple[UUID, ...] | None = None,
    ) -> None:
        """Record a change that is written elsewhere; the other methods do both."""
        uid = self._last[record, field] = self.context.new_id()
        self._changes.append(
            audit.Change(
                uid=uid,
                kind=kind,
                record=record,
                field=field,
                old=old,
                new=new,
                replaces=replaces,
                also_replaces=also_replaces,
                source=source,
            )
        )

    def finish(self, reason: str | None) -> None:
        """Append the audit group; nothing is written for an action that changed nothing."""
        if not self._changes and not self.counts:
            return
        seq, previous = audit.last_group(self.connection)
        head = {
            "uid": self.group,
            "seq": seq + 1,
            "op": self.op.value,
            "subject": self.subject,
            "actor": self.context.actor,
            "origin": self.context.origin,
            "at": self.context.now().replace(tzinfo=None),  # the column keeps no zone
            "reason": reason,
            "schema": HEAD,
            "undo_of": self.undo_of,
            "prev_hash": previous,
        }
        audit.append(self.connection, head, self._changes)

    @property
    def changes(self) -> ChangeSet:
        touched: dict[Kind, set[UUID]] = {}
        for change in self._changes:
            touched.setdefault(change.kind, set()).add(change.record)
        return ChangeSet(
            self.op, self.group, {kind: frozenset(ids) for kind, ids in touched.items()}
        )


@contextmanager
def write_unit(
    database: Database,
    context: Context,
    op: Op,
    *,
    reason: str | None = None,
    unit: UUID | None = None,
) -> Iterator[WriteUnit]:
    """Open the write transaction of one action; it commits when the block ends, or not at all.

    Raises RefusedError `not_allowed`, and the AppErrors of `storage.engine`.
    """
    if not allowed(context.actor, op, unit):
        raise RefusedError("not_allowed", actor=context.actor)
    with database.writer() as connection:
        work = WriteUnit(connection, context, op)
        yield work
        work.finish(reason)
