"""Undo: a new action that writes the old values of another one back, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Done, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import audit, records
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True, slots=True)
class UndoStep:
    """The action that Ctrl+Z would take back."""

    group: UUID
    op: Op
    subject: str


def next_step(database: Database) -> UndoStep | None:
    """The newest action that can be taken back, None if there is none."""
    with database.reader() as connection:
        group = audit.newest_undoable(connection)
    return None if group is None else UndoStep(group.uid, group.op, group.subject)


def undo(database: Database, context: Context, group: UUID) -> Done[UndoStep]:
    """Take one action back, whole; what it created is marked removed.

    Raises RefusedError `undo_changed_since` if a touched field has another value by now.
    """
    with write_unit(database, context, Op.UNDO) as work:
        head, changes = audit.read_group(work.connection, group)
        work.subject, work.undo_of = head.subject, head.uid
        for change in reversed(changes):
            stored = records.get(work.connection, change.kind, change.record)
            if stored is None or not _still_as_left(change, stored):
                raise RefusedError("undo_changed_since", subject=head.subject)
            if change.field == audit.CREATED:
                work.remove(change.kind, change.record)
            else:
                old = audit.decode(change.kind, change.field, change.old)
                work.update(change.kind, change.record, **{change.field: old})
        done = UndoStep(head.uid, head.op, head.subject)
    return Done(done, work.changes)


def _still_as_left(change: audit.Change, stored: Mapping[str, Any]) -> bool:
    """Whether what the action left is still there: the field, or all fields of a new record."""
    if change.field == audit.CREATED:
        content = {name: stored[name] for name in records.columns(change.kind)}
        return audit.content_hash(content) == change.new
    return bool(stored[change.field] == audit.decode(change.kind, change.field, change.new))
