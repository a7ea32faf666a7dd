"""The audit: append-only groups of field changes, chained by hash, read by history and undo.

A group is one user action. Its hash covers its head, its changes and the content hashes of what
it created, and the hash of the group before it, so that a later edit of the file shows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.audit_text import encode as encode
from giamngheo_desktop.domain.changes import FOUNDING, Kind, Op
from giamngheo_desktop.domain.merging import CREATED as CREATED
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.records import batches
from giamngheo_desktop.storage.tables import (
    TABLES,
    audit_change,
    audit_group,
    foreign_change,
    foreign_group,
)
from giamngheo_desktop.storage.types import Codes, LevelCode, PartialDay


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One changed field as stored: texts, None for NULL."""

    uid: UUID
    kind: Kind
    record: UUID
    field: str
    old: str | None
    new: str | None
    replaces: UUID | None
    also_replaces: tuple[UUID, ...] = ()
    source: tuple[UUID, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One user action as stored."""

    uid: UUID
    seq: int
    op: Op
    subject: str
    actor: str
    origin: UUID
    at: datetime
    reason: str | None
    schema: str
    undo_of: UUID | None
    prev_hash: str
    hash: str


def decode(kind: Kind, column: str, text: str | None) -> Any:
    """The column value of an audit text; ValueError for one that it cannot hold."""
    if text is None:
        return None
    text.encode()  # a file from elsewhere may smuggle in half a surrogate pair
    match TABLES[kind].c[column].type:
        case sa.Boolean():
            return text == "1"
        case sa.Integer():
            return int(text)
        case sa.Uuid():
            return UUID(hex=text)
        case sa.Date():
            return date.fromisoformat(text)
        case Codes():
            return tuple(text.split())
        case PartialDay():
            return PartialDate.from_iso(text)
        case LevelCode():
            return Level(text).value
    return text


def content_hash(values: Mapping[str, Any]) -> str:
    """The hash of a created record: its columns in alphabetical order, NULLs left out."""
    lines = (
        f"{column}={encode(value)}\n"
        for column, value in sorted(values.items())
        if value is not None
    )
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def group_hash(head: Mapping[str, Any] | sa.RowMapping, changes: Iterable[Change]) -> str:
    """The hash of a group from its head (without `hash`) and its changes in their order."""
    digest = hashlib.sha256()
    for name in ("uid", "seq", "op", "subject", "actor", "origin", "at", "reason", "schema"):
        value = head[name]
        text = value.isoformat() if isinstance(value, datetime) else encode(value)
        digest.update(f"{name}={text}\n".encode())
    digest.update(f"undo_of={encode(head['undo_of'])}\nprev={head['prev_hash']}\n".encode())
    for change in changes:
        digest.update(
            f"{change.uid.hex} {change.kind} {change.record.hex} {change.field}\n"
            f"{change.old!r} {change.new!r} {change.replaces}\n".encode()
        )
        if change.also_replaces:
            digest.update(f"also={' '.join(hexes(change.also_replaces))}\n".encode())
        if change.source is not None:
            digest.update(f"source={' '.join(hexes(change.source))}\n".encode())
    return digest.hexdigest()


_LAST_GROUP = (
    sa.select(audit_group.c.seq, audit_group.c.hash).order_by(audit_group.c.seq.desc()).limit(1)
)


def last_group(connection: Connection) -> tuple[int, str]:
    """Sequence number and hash of the newest group; (0, "") in an empty database."""
    row = connection.execute(_LAST_GROUP).first()
    return (0, "") if row is None else (row.seq, row.hash)


def hash_of(connection: Connection, seq: int) -> str | None:
    """The hash of a group by its sequence number; None where there is none yet."""
    query = sa.select(audit_group.c.hash).where(audit_group.c.seq == seq)
    return connection.execute(query).scalar()


def last_written(connection: Connection) -> datetime | None:
    """When the newest group was written; None in an empty database."""
    return connection.execute(
        sa.select(audit_group.c.at).order_by(audit_group.c.seq.desc()).limit(1)
    ).scalar()


def _last_changes() -> sa.Select[Any]:
    age = sa.func.row_number().over(
        partition_by=audit_change.c.field,
        order_by=(audit_group.c.seq.desc(), audit_change.c.uid.desc()),
    )
    record = sa.bindparam("record", type_=sa.Uuid)
    before = sa.bindparam("before", type_=sa.Uuid)
    made, making = sa.alias(audit_change, "made"), sa.alias(audit_group, "making")
    copied = (
        sa.select(making.c.seq)
        .join(made, made.c.group == making.c.uid)
        .where(made.c.record == before, made.c.field == CREATED)
        .scalar_subquery()
    )
    aged = (
        sa.select(audit_change.c.field, audit_change.c.uid, age.label("age"))
        .join(audit_group, audit_group.c.uid == audit_change.c.group)
        .where(
            audit_change.c.record == record,
            audit_change.c.field.in_(sa.bindparam("fields", expanding=True)),
            sa.or_(record == before, audit_group.c.seq < copied),
        )
        .subquery()
    )
    return sa.select(aged.c.field, aged.c.uid).where(aged.c.age == 1)


_LAST_CHANGES = _last_changes()


def last_changes(
    connection: Connection, record: UUID, fields: Iterable[str], before: UUID | None = None
) -> dict[str, UUID]:
    """For each field of a record, the change that last set it (CREATED for its creation).

    `before` is another record: only what came before the action that made it is asked.
    """
    wanted = {"record": record, "fields": [CREATED, *fields], "before": before or record}
    return {row.field: row.uid for row in connection.execute(_LAST_CHANGES, wanted)}


def last_changes_of(connection: Connection, records: Sequence[UUID]) -> dict[UUID, dict[str, UUID]]:
    """`last_changes` of all fields of many records, which were all created by an audited action."""
    found: dict[UUID, dict[str, UUID]] = {}
    for batch in batches(records):
        query = (
            sa.select(audit_change.c.record, audit_change.c.field, audit_change.c.uid)
            .join(audit_group, audit_group.c.uid == audit_change.c.group)
            .where(audit_change.c.record.in_(batch))
            .order_by(audit_group.c.seq, audit_change.c.uid)
        )
        for record, field, uid in connection.execute(query):
            found.setdefault(record, {})[field] = uid
    return found


def append(connection: Connection, head: Mapping[str, Any], changes: Sequence[Change]) -> None:
    """Write a group and its changes; the caller holds the write transaction."""
    digest = group_hash(head, changes)
    connection.execute(audit_group.insert(), {**head, "hash": digest})
    group = head["uid"].hex
    # Past the typed columns: a merge writes a hundred thousand of these.
    rows: list[tuple[str | None, ...]] = [
        (
            change.uid.hex,
            group,
            change.kind.value,
            change.record.hex,
            change.field,
            change.old,
            change.new,
            None if change.replaces is None else change.replaces.hex,
        )
        for change in changes
    ]
    columns = _COLUMNS
    if any(change.also_replaces or change.source is not None for change in changes):
        columns += ("also_replaces", "source")
        rows = [(*row, *_merged(change)) for row, change in zip(rows, changes, strict=True)]
    if rows:
        names, marks = '", "'.join(columns), ", ".join("?" * len(columns))
        connection.exec_driver_sql(f'INSERT INTO audit_change ("{names}") VALUES ({marks})', rows)


_COLUMNS: tuple[str, ...] = (
    "uid", "group", "kind", "record", "field", "old", "new", "replaces"
)  # fmt: skip


def _merged(change: Change) -> tuple[str | None, str | None]:
    source = None if change.source is None else " ".join(hexes(change.source))
    return " ".join(hexes(change.also_replaces)) or None, source


def _group(row: sa.RowMapping) -> Group:
    return Group(**{**row, "op": Op(row["op"])})


def read_group(connection: Connection, uid: UUID) -> tuple[Group, tuple[Change, ...]]:
    """A group with its changes in the order they were made."""
    head = connection.execute(sa.select(audit_group).where(audit_group.c.uid == uid))
    rows = connection.execute(
        sa.select(audit_change).where(audit_change.c.group == uid).order_by(audit_change.c.uid)
    )
    return _group(head.mappings().one()), tuple(_change(row) for row in rows.mappings())


def _change(row: sa.RowMapping) -> Change:
    fields = {name: row[name] for name in ("uid", "record", "field", "old", "new", "replaces")}
    return Change(
        kind=Kind(row["kind"]),
        also_replaces=uids_of(row["also_replaces"] or ()),
        source=None if row["source"] is None else uids_of(row["source"]),
        **fields,
    )


def hexes(uids: Iterable[UUID]) -> tuple[str, ...]:
    return tuple(uid.hex for uid in uids)


def uids_of(texts: Iterable[str]) -> tuple[UUID, ...]:
    return tuple(UUID(hex=text) for text in texts)


def newest_undoable(connection: Connection) -> Group | None:
    """The newest action of the user that holds: an undone one does not, a redone one does."""
    query = (
        sa.select(audit_group)
        .where(
            audit_group.c.undo_of.is_(None),
            audit_group.c.uid.not_in(undone(connection)),
            audit_group.c.op.not_in([op.value for op in FOUNDING]),
        )
        .order_by(audit_group.c.seq.desc())
        .limit(1)
    )
    row = connection.execute(query).mappings().first()
    return None if row is None else _group(row)


def of_ops(connection: Connection, ops: Collection[Op]) -> list[Group]:
    """The groups of these operations, newest first."""
    query = (
        sa.select(audit_group)
        .where(audit_group.c.op.in_([op.value for op in ops]))
        .order_by(audit_group.c.seq.desc())
    )
    return [_group(row) for row in connection.execute(query).mappings()]


def undone(connection: Connection) -> frozenset[UUID]:
    """The groups that are taken back now; an undo that was itself undone takes nothing back."""
    undos = (
        sa.select(audit_group.c.uid, audit_group.c.undo_of)
        .where(audit_group.c.undo_of.is_not(None))
        .order_by(audit_group.c.seq.desc())
    )
    found: set[UUID] = set()
    for undo, of in connection.execute(undos):  # newest first: its own fate is known
        if undo not in found:
            found.add(of)
    return frozenset(found)


def history(connection: Connection, records: Iterable[UUID]) -> list[tuple[Group, Change]]:
    """All changes of the given records, newest first.

    What a merge brought stands under the action that did it on the other copy.
    """
    query = (
        sa.select(audit_change)
        .join(audit_group, audit_group.c.uid == audit_change.c.group)
        .where(audit_change.c.record.in_(list(records)))
        .order_by(audit_group.c.seq.desc(), audit_change.c.uid)
    )
    changes = list(connection.execute(query).mappings())
    heads = connection.execute(
        sa.select(audit_group).where(audit_group.c.uid.in_({row["group"] for row in changes}))
    )
    groups = {row["uid"]: _group(row) for row in heads.mappings()}
    elsewhere = _elsewhere(connection, [uid for row in changes for uid in row["source"] or ()])
    found = []
    for row in changes:
        group = groups[row["group"]]
        known = [elsewhere[uid] for uid in row["source"] or () if uid in elsewhere]
        found.append((replace(group, **known[0]) if known else group, _change(row)))
    return found


def _elsewhere(connection: Connection, edits: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What was done on another copy, by the hex uid of the edit."""
    found: dict[str, dict[str, Any]] = {}
    for batch in batches(uids_of(edits)):
        query = (
            sa.select(foreign_change.c.uid.label("edit"), foreign_group)
            .join(foreign_group, foreign_group.c.uid == foreign_change.c.source)
            .where(foreign_change.c.uid.in_(batch))
        )
        for row in connection.execute(query).mappings():
            values = {name: row[name] for name in foreign_group.c.keys()}  # noqa: SIM118
            found[row["edit"].hex] = {**values, "op": Op(row["op"])}
    return found


def changed_since(connection: Connection, seq: int, records: Iterable[UUID]) -> bool:
    """Whether any of the records was changed after that group."""
    query = (
        sa.select(audit_change.c.uid)
        .join(audit_group, audit_group.c.uid == audit_change.c.group)
        .where(audit_group.c.seq > seq, audit_change.c.record.in_(list(records)))
        .limit(1)
    )
    return connection.execute(query).first() is not None


def values_before(
    connection: Connection, since: Mapping[UUID, int]
) -> dict[UUID, dict[str, str | None]]:
    """Which fields of each record the group `since` or a later one changed, with what stood there
    before; CREATED among them where the record itself is no older.
    """
    found: dict[UUID, dict[str, str | None]] = {}
    for batch in batches(list(since)):
        query = (
            sa.select(
                audit_change.c.record, audit_change.c.field, audit_change.c.old, audit_group.c.seq
            )
            .join(audit_group, audit_group.c.uid == audit_change.c.group)
            .where(audit_change.c.record.in_(batch))
            .order_by(audit_group.c.seq, audit_change.c.uid)
        )
        for record, field, old, seq in connection.execute(query):
            if seq >= since[record]:
                found.setdefault(record, {}).setdefault(field, old)
    return found


def last_set(connection: Connection, record: UUID, field: str) -> int:
    """The sequence number of the newest group that set a field of a record, or made the record."""
    query = (
        sa.select(sa.func.max(audit_group.c.seq))
        .join(audit_change, audit_change.c.group == audit_group.c.uid)
        .where(audit_change.c.record == record, audit_change.c.field.in_((field, CREATED)))
    )
    return connection.execute(query).scalar() or 0


def broken_link(connection: Connection) -> int | None:
    """The sequence number of the first group whose hash does not follow, None if all do."""
    previous = ""
    for row in connection.execute(sa.select(audit_group).order_by(audit_group.c.seq)).mappings():
        _, changes = read_group(connection, row["uid"])
        if row["prev_hash"] != previous or row["hash"] != group_hash(row, changes):
            return int(row["seq"])
        previous = row["hash"]
    return None


def last_with_reason(connection: Connection, op: Op, reason: str) -> datetime | None:
    """When the newest group of an operation with this reason was written that is not taken back."""
    query = (
        sa.select(audit_group.c.at)
        .where(
            audit_group.c.op == op.value,
            audit_group.c.reason == reason,
            audit_group.c.uid.not_in(undone(connection)),
        )
        .order_by(audit_group.c.seq.desc())
        .limit(1)
    )
    return connection.execute(query).scalar()
