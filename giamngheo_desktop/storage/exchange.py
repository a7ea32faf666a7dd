"""What this copy of the register knows of records, as merging wants it, and what others did.

Edits are the changes typed here and those that merges brought (`foreign_change`). The changes a
merge made itself only say what stands since then (`source`): together with their undo they are
read to tell what a later edit replaced, and never travel.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.changes import MERGING, Kind, Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.merging import CREATED, Edit, History, Merged, Root
from giamngheo_desktop.domain.slots import SLOTS, References, Slot
from giamngheo_desktop.storage import audit, package_rows, records
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.tables import (
    TABLES,
    audit_change,
    audit_group,
    foreign_change,
    foreign_group,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A user action, here or on another copy."""

    uid: UUID
    op: str
    subject: str
    actor: str
    origin: UUID
    at: datetime
    reason: str | None


REFERENCES: References = {
    kind: {
        column.name: Kind(key.column.table.name)
        for column in table.columns
        for key in column.foreign_keys
    }
    for kind, table in TABLES.items()
}


def living_content(kind: Kind, row: Mapping[str, Any]) -> dict[str, str | None]:
    """The audited columns of a record as audit texts."""
    return {name: audit.encode(row[name]) for name in records.columns(kind)}


def stored(
    connection: Connection, wanted: Mapping[UUID, Kind]
) -> dict[UUID, tuple[Kind, dict[str, Any]]]:
    """The records of these uids that are in the file, removed or not."""
    found: dict[UUID, tuple[Kind, dict[str, Any]]] = {}
    by_kind: dict[Kind, list[UUID]] = {}
    for uid, kind in wanted.items():
        by_kind.setdefault(kind, []).append(uid)
    for kind, uids in by_kind.items():
        rows = records.get_many(connection, kind, uids)
        found |= {uid: (kind, row) for uid, row in rows.items()}
    return found


# What they did is not known while they are taken back: a clash that was settled is open again.
_FORGOTTEN = MERGING | {Op.SETTLE_CLASH, Op.DECIDE_OUTSIDE}


class _Groups:
    """Which groups were merges or the undo of one, and which merges are taken back now; settling
    a clash counts as one.
    """

    def __init__(self, connection: Connection) -> None:
        query = (
            sa.select(audit_group.c.uid, audit_group.c.op, audit_group.c.undo_of)
            .where(
                sa.or_(
                    audit_group.c.op.in_([op.value for op in _FORGOTTEN]),
                    audit_group.c.undo_of.is_not(None),
                )
            )
            .order_by(audit_group.c.seq)
        )
        self.merges: set[UUID] = set()
        self.undo_of: dict[UUID, UUID] = {}  # of merges, and of undos of merges
        for uid, op, undo_of in connection.execute(query):
            if undo_of in self.merges or undo_of in self.undo_of:
                self.undo_of[uid] = undo_of
            elif op in _FORGOTTEN:
                self.merges.add(uid)
        self.undone = audit.undone(connection) & self.merges


def read(connection: Connection, wanted: Mapping[UUID, Kind]) -> History:
    """All that is known here of these records, each that is in the file with all its edits; those
    that only lie there since the merge that brought them was undone are not known.
    """
    found = stored(connection, wanted)
    groups = _Groups(connection)
    rows = _changes(connection, list(found))
    roots: dict[UUID, Root] = {}
    edits: dict[UUID, Edit] = {}
    foreign = _foreign(connection, list(found), groups)
    undone: set[UUID] = set()
    for uid, (kind, row) in found.items():
        changes = rows.get(uid, [])
        edits |= _edits(changes, groups)
        if row["removed"] and _is_undone(changes, foreign, groups):
            undone.add(uid)
        content = living_content(kind, row)
        for change in reversed(changes):
            if change.field in content:
                content[change.field] = change.old
        roots[uid] = Root(uid, kind, content)
    for uid, (kind, row) in found.items():  # removed before that, and of no use without it
        if row["removed"] and undone & {row[name] for name in REFERENCES[kind]}:
            undone.add(uid)
    return History(
        {uid: root for uid, root in roots.items() if uid not in undone},
        {uid: edit for uid, edit in (edits | foreign).items() if edit.record not in undone},
    )


def _is_undone(changes: Sequence[Any], foreign: Mapping[UUID, Edit], groups: _Groups) -> bool:
    """Whether a merge created the record, and no merge that stands brings its creation."""
    for row in changes:
        if row.field == CREATED:
            sources = audit.uids_of(row.source or ())
            return not foreign.keys() & sources if sources else row.group in groups.undone
    return False


def _changes(connection: Connection, uids: Sequence[UUID]) -> dict[UUID, list[Any]]:
    """The changes of each record in the order in which they were made here."""
    found: dict[UUID, list[Any]] = {}
    for batch in records.batches(uids):
        query = (
            sa.select(audit_change)
            .join(audit_group, audit_group.c.uid == audit_change.c.group)
            .where(audit_change.c.record.in_(batch))
            .order_by(audit_group.c.seq, audit_change.c.uid)
        )
        for row in connection.execute(query):
            found.setdefault(row.record, []).append(row)
    return found


def _edits(changes: Sequence[Any], groups: _Groups) -> dict[UUID, Edit]:
    """The edits among the changes of one record, each with what stood here when it was made."""
    edits: dict[UUID, Edit] = {}
    created: tuple[UUID, ...] = ()
    held: dict[str, tuple[UUID, ...]] = {}  # by field: what a next edit replaces
    before: dict[tuple[UUID, str], tuple[UUID, ...]] = {}  # by group: what stood before it
    for row in changes:
        now = held.get(row.field, created)
        was = before.setdefault((row.group, row.field), now)
        if row.group in groups.undo_of:
            held[row.field] = before.get((groups.undo_of[row.group], row.field), was)
            continue
        if row.source is not None:
            after = audit.uids_of(row.source) or now
        else:
            after = (row.uid,)
            if row.group not in groups.undone:
                edits[row.uid] = _own(row, now)
        if row.field == CREATED:
            created = after
        else:
            held[row.field] = after
    return edits


def _own(row: Any, held: tuple[UUID, ...]) -> Edit:
    also = audit.uids_of(row.also_replaces or ())
    return Edit(
        uid=row.uid,
        action=row.group,
        kind=Kind(row.kind),
        record=row.record,
        field=row.field,
        value=row.new,
        replaces=tuple(sorted({row.replaces, *also} - {None} if also else held)),
    )


def _foreign(connection: Connection, uids: Sequence[UUID], groups: _Groups) -> dict[UUID, Edit]:
    edits: dict[UUID, Edit] = {}
    for batch in records.batches(uids):
        query = sa.select(foreign_change).where(foreign_change.c.record.in_(batch))
        for row in connection.execute(query):
            if row.merged_by not in groups.undone:
                edits[row.uid] = Edit(
                    uid=row.uid,
                    action=row.source,
                    kind=Kind(row.kind),
                    record=row.record,
                    field=row.field,
                    value=row.value,
                    replaces=audit.uids_of(row.replaces),
                )
    return edits


def actions(connection: Connection, uids: Collection[UUID]) -> list[Action]:
    """The actions of these uids, done here or elsewhere, oldest first."""
    found = _actions(connection, audit_group, uids) | foreign_actions(connection, uids)
    return [found[uid] for uid in sorted(found)]


def foreign_actions(connection: Connection, uids: Collection[UUID]) -> dict[UUID, Action]:
    """Those of these actions that were done elsewhere."""
    return _actions(connection, foreign_group, uids)


def _actions(connection: Connection, table: sa.Table, uids: Collection[UUID]) -> dict[UUID, Action]:
    found: dict[UUID, Action] = {}
    columns = [table.c[name] for name in Action.__slots__]
    for batch in records.batches(sorted(uids)):
        query = sa.select(*columns).where(table.c.uid.in_(batch))
        for row in connection.execute(query).mappings():
            found[row["uid"]] = Action(**row)
    return found


def keep(
    connection: Connection, merged_by: UUID, edits: Sequence[Edit], done: Iterable[Action]
) -> None:
    """Remember edits of other copies and their actions; what a merge undone brought comes again."""
    wanted = {edit.action for edit in edits}
    for batch in records.batches(sorted(wanted)):
        known = sa.select(foreign_group.c.uid).where(foreign_group.c.uid.in_(batch))
        wanted -= set(connection.execute(known).scalars())
    new = [asdict(action) for action in done if action.uid in wanted]
    if new:
        connection.execute(foreign_group.insert(), new)
    for batch in records.batches([edit.uid for edit in edits]):
        connection.execute(foreign_change.delete().where(foreign_change.c.uid.in_(batch)))
    rows = [
        {
            "uid": edit.uid,
            "source": edit.action,
            "merged_by": merged_by,
            "kind": edit.kind.value,
            "record": edit.record,
            "field": edit.field,
            "value": edit.value,
            "replaces": audit.hexes(edit.replaces),
        }
        for edit in edits
    ]
    if rows:
        connection.execute(foreign_change.insert(), rows)


def neighbours(connection: Connection, merged: Iterable[Merged]) -> dict[UUID, Kind]:
    """The records that may want the same slots as these, as created or as they stand now."""
    by_kind: dict[Kind, list[Mapping[str, str | None]]] = {}
    for record in merged:
        by_kind.setdefault(record.kind, []).extend((record.root.values, record.values()))
    found: dict[UUID, Kind] = {}
    for slot in SLOTS:
        if slot.kind in by_kind:
            found |= dict.fromkeys(_in_slot(connection, slot, by_kind[slot.kind]), slot.kind)
    return found


def _in_slot(
    connection: Connection, slot: Slot, contents: Sequence[Mapping[str, str | None]]
) -> list[UUID]:
    """Asked by that column of the key which tells most."""
    table = TABLES[slot.kind]
    values = {name: {content.get(name) for content in contents} - {None} for name in slot.key}
    name = max(slot.key, key=lambda name: len(values[name]))
    wanted = [audit.decode(slot.kind, name, text) for text in sorted(map(str, values[name]))]
    found: list[UUID] = []
    for batch in records.batches(wanted):
        query = sa.select(table.c.uid).where(table.c[name].in_(batch))
        found += connection.execute(query).scalars()
    return found


def referred(merged: Iterable[Merged]) -> dict[UUID, Kind]:
    """The records these refer to that may have become one with another."""
    single = {slot.kind for slot in SLOTS if not slot.dated}
    return {
        UUID(hex=text): target
        for record in merged
        for name, target in REFERENCES[record.kind].items()
        if target in single
        for text in (record.root.values.get(name), record.value(name))
        if text
    }


def pointing(connection: Connection, targets: Mapping[UUID, Kind]) -> dict[UUID, Kind]:
    """The records that refer to one of these."""
    found: dict[UUID, Kind] = {}
    for kind, columns in REFERENCES.items():
        for name, target in columns.items():
            uids = [uid for uid, of in targets.items() if of is target]
            for batch in records.batches(uids):
                table = TABLES[kind]
                query = sa.select(table.c.uid).where(table.c[name].in_(batch))
                found |= dict.fromkeys(connection.execute(query).scalars(), kind)
    return found


def merged_records(connection: Connection) -> dict[UUID, Kind]:
    """Every record of which another copy sent an edit."""
    query = sa.select(foreign_change.c.record, foreign_change.c.kind).distinct()
    return {row.record: Kind(row.kind) for row in connection.execute(query)}


def values_said(connection: Connection, action: UUID, kind: Kind, field: str) -> set[str]:
    """What an action of another copy wrote in a field, as far as its merge stands."""
    query = sa.select(foreign_change.c.value, foreign_change.c.merged_by).where(
        foreign_change.c.source == action,
        foreign_change.c.kind == kind.value,
        foreign_change.c.field == field,
        foreign_change.c.value.is_not(None),
    )
    undone = audit.undone(connection)
    return {row.value for row in connection.execute(query) if row.merged_by not in undone}


def households_brought(connection: Connection) -> dict[UUID, UUID]:
    """The households that other copies created, each with the merge that brought it."""
    query = sa.select(foreign_change.c.record, foreign_change.c.merged_by).where(
        foreign_change.c.kind == Kind.HOUSEHOLD.value, foreign_change.c.field == CREATED
    )
    undone = audit.undone(connection)
    return {
        row.record: row.merged_by
        for row in connection.execute(query)
        if row.merged_by not in undone
    }


def references_later(connection: Connection) -> None:
    """References are checked at the commit: what is merged comes in no order."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")


def is_empty(connection: Connection) -> bool:
    """Whether the file has no unit yet."""
    return connection.execute(sa.select(TABLES[Kind.AREA].c.uid).limit(1)).first() is None


def misses_records(connection: Connection) -> bool:
    """Whether a record refers to one that is not in the file."""
    if connection.dialect.name != "sqlite":  # others refuse by themselves
        return False
    return connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None


@contextmanager
def fitting() -> Iterator[None]:
    """What breaks a rule of the tables is refused: RefusedError `merge_incomplete`."""
    try:
        with package_rows.fitting():
            yield
    except package_rows.UnfitError as error:
        raise RefusedError("merge_incomplete") from error


def is_readable(history: History) -> bool:
    """Whether all records and edits name columns of ours, with values these can hold."""
    kinds = {uid: root.kind for uid, root in history.roots.items()}
    try:
        for root in history.roots.values():
            for name in records.columns(root.kind):
                audit.decode(root.kind, name, root.values.get(name))
        for edit in history.edits.values():
            if kinds.get(edit.record, edit.kind) is not edit.kind:
                return False
            if edit.field != CREATED:
                if edit.field not in records.columns(edit.kind):
                    return False
                audit.decode(edit.kind, edit.field, edit.value)
    except ValueError:
        return False
    return True
