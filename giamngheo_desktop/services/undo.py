"""Undo: a new action that writes the old values of another one back, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import audit, records
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True, slots=True)
class UndoStep:
    """The action that Ctrl+Z would take back."""

    group: UUID
    op: Op
    subject: str
    actor: str
    origin: UUID  # the program run that did it
    at: datetime

    @classmethod
    def of(cls, group: audit.Group) -> UndoStep:
        return cls(group.uid, group.op, group.subject, group.actor, group.origin, group.at)


def next_step(database: Database) -> UndoStep | None:
    """The newest action that can be taken back, None if there is none."""
    with database.reader() as connection:
        group = audit.newest_undoable(connection)
    return None if group is None else UndoStep.of(group)


def is_undone(database: Database, group: UUID) -> bool:
    """Whether the action is taken back now."""
    with database.reader() as connection:
        return group in audit.undone(connection)


def undo(database: Database, context: Context, group: UUID) -> Done[UndoStep]:
    """Take one action back, whole; what it created is marked removed.

    Raises RefusedError `undo_already` for an action that is taken back now, `undo_changed_since`
    if a touched field has another value by now or something newer refers to what it created.
    """
    with write_unit(database, context, Op.UNDO) as work:
        head, changes = audit.read_group(work.connection, group)
        if head.uid in audit.undone(work.connection):
            raise RefusedError("undo_already", subject=head.subject)
        work.subject, work.undo_of = head.subject, head.uid
        work.counts = True  # a merge may have left every value as it was
        before = _stored(work, changes)
        after = {uid: dict(row) for uid, row in before.items()}
        created: dict[Kind, list[UUID]] = {}
        edited: dict[UUID, Kind] = {}
        for change in reversed(changes):
            row = after[change.record]
            if not _still_as_left(change, row):
                raise RefusedError("undo_changed_since", subject=head.subject)
            if change.field == audit.CREATED:
                created.setdefault(change.kind, []).append(change.record)
                edited.pop(change.record, None)  # it goes as it is, and would come back so
            else:
                row[change.field] = audit.decode(change.kind, change.field, change.old)
                edited[change.record] = change.kind
        # What goes first makes room for what comes back in its place.
        for kind, uids in created.items():
            work.remove_many(kind, [uid for uid in uids if not before[uid]["removed"]])
        for uid, kind in sorted(edited.items(), key=lambda item: not after[item[0]]["removed"]):
            back = before[uid]["removed"] and not after[uid]["removed"]
            if back and records.has_twin(work.connection, kind, after[uid]):
                raise RefusedError("undo_changed_since", subject=head.subject)
            work.change(kind, uid, before[uid], after[uid])
        for change in changes:  # what left the value as it was is taken back all the same
            if change.field != audit.CREATED and change.old == change.new:
                kept = work.replaced(change.record, change.field)
                work.note(change.kind, change.record, change.field, change.new, change.old, kept)
        if any(records.pointing_at(work.connection, kind, uids) for kind, uids in created.items()):
            raise RefusedError("undo_changed_since", subject=head.subject)
    return Done(UndoStep.of(head), work.changes)


def _stored(work: WriteUnit, changes: Iterable[audit.Change]) -> dict[UUID, dict[str, Any]]:
    """The touched records as they are stored, read at once."""
    touched: dict[Kind, set[UUID]] = {}
    for change in changes:
        touched.setdefault(change.kind, set()).add(change.record)
    state: dict[UUID, dict[str, Any]] = {}
    for kind, uids in touched.items():
        state |= records.get_many(work.connection, kind, sorted(uids))
        work.read_ahead(sorted(uids))
    return state


def _still_as_left(change: audit.Change, stored: Mapping[str, Any]) -> bool:
    """Whether what the action left is still there: the field, or all fields of a new record."""
    if change.field == audit.CREATED:
        content = {name: stored[name] for name in records.columns(change.kind)}
        return audit.content_hash(content) == change.new
    return bool(stored[change.field] == audit.decode(change.kind, change.field, change.new))
