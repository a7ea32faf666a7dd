"""The book of packages: what was sent and received, and what was changed since."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.storage import audit
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.records import batches
from giamngheo_desktop.storage.tables import (
    TABLES,
    audit_change,
    audit_group,
    class_record,
    kept_report,
    membership,
    person,
)

SENT, RECEIVED = "sent", "received"
# The fields of a class record that say the class of a household, and when.
OF_CLASS = frozenset(
    {"household", "standard", "household_class", "average_living", "valid_from", "valid_to"}
)


def sent(connection: Connection, unit: UUID, recipient: str) -> list[dict[str, Any]]:
    """The packages of a unit for a recipient, in the order of their numbers."""
    return _rows(connection, area=unit, direction=SENT, kind="up", note=recipient)


def received(connection: Connection, unit: UUID | None = None) -> list[dict[str, Any]]:
    """The packages taken in, of a unit or of all, in the order of their numbers."""
    named = {} if unit is None else {"area": unit}
    return _rows(connection, direction=RECEIVED, kind="up", **named)


def taken_over(connection: Connection, unit: UUID, sha256: str | None = None) -> bool:
    """Whether the register of a former commune was taken in, or that very file of it."""
    same = {} if sha256 is None else {"sha256": sha256}
    return bool(_rows(connection, area=unit, direction=RECEIVED, kind="former", **same))


def of_work(connection: Connection) -> list[str]:
    """The villages that each work package taken in says it is of."""
    return [row["note"] or "" for row in _rows(connection, direction=RECEIVED, kind="work")]


def gone_on_from(connection: Connection) -> set[str]:
    """The hashes of packages upward of other copies, whose whole register was merged here since."""
    rows = _rows(connection, direction=RECEIVED, kind="work")
    return {sha256 for row in rows for sha256 in (row["replaces"] or "").split()}


def known_upward(connection: Connection) -> set[str]:
    """The hashes of every package upward that the register here goes on from."""
    rows = _rows(connection, direction=SENT, kind="up")
    return {row["sha256"] for row in rows} | gone_on_from(connection)


def _rows(connection: Connection, **equals: object) -> list[dict[str, Any]]:
    table = TABLES[Kind.PACKAGE]
    query = sa.select(table).where(table.c.removed.is_(sa.false()))
    for column, value in equals.items():
        query = query.where(table.c[column] == value)
    query = query.order_by(table.c.sequence, table.c.made_at, table.c.uid)
    return [dict(row) for row in connection.execute(query).mappings()]


@dataclass(frozen=True, slots=True)
class Written:
    """An action with the files it sent or took in, how many records of a kind it made, and how
    many fields of others it changed; `is_undone` where it is taken back now.
    """

    group: audit.Group
    files: tuple[Mapping[str, Any], ...]
    made: Mapping[Kind, int]
    changed: int
    has_report: bool
    is_undone: bool


def written(connection: Connection, ops: Collection[Op], derived: Collection[str]) -> list[Written]:
    """All actions of these operations, newest first. Changed are the fields of records that were
    here before, but for those `derived` from another.
    """
    named = [op.value for op in ops]
    of_ops = sa.select(audit_group.c.uid).where(audit_group.c.op.in_(named))
    table = TABLES[Kind.PACKAGE]
    in_group = audit_change.c.group.in_(of_ops)
    is_new = audit_change.c.field == audit.CREATED
    files: dict[UUID, list[Mapping[str, Any]]] = {}
    query = (
        sa.select(audit_change.c.group, table)
        .join(table, table.c.uid == audit_change.c.record)
        .where(in_group, is_new, audit_change.c.kind == Kind.PACKAGE.value)
        .order_by(audit_change.c.uid)
    )
    for row in connection.execute(query).mappings():
        files.setdefault(row["group"], []).append(dict(row))
    made: dict[UUID, dict[Kind, int]] = {}
    changed: dict[UUID, int] = {}
    # Who came back once the undo of a merge had taken him away is new as he was before.
    is_back = sa.and_(audit_change.c.field == "removed", audit_change.c.new == "0")
    is_made = sa.or_(is_new, is_back)
    is_other = sa.and_(
        sa.not_(is_made),
        audit_change.c.field.not_in(derived),
        audit_change.c.old.is_distinct_from(audit_change.c.new),
    )
    of_record = (audit_change.c.group, audit_change.c.kind, audit_change.c.record)
    each = (
        sa.select(
            *of_record,
            sa.func.max(sa.case((is_made, 1), else_=0)).label("is_new"),
            sa.func.sum(sa.case((is_other, 1), else_=0)).label("fields"),
        )
        .where(in_group, audit_change.c.kind != Kind.PACKAGE.value)
        .group_by(*of_record)
        .subquery()
    )
    columns = (each.c.group, each.c.kind, each.c.is_new)
    counts = sa.select(*columns, sa.func.count(), sa.func.sum(each.c.fields)).group_by(*columns)
    for group, kind, new, count, fields in connection.execute(counts):
        if new:
            made.setdefault(group, {})[Kind(kind)] = count
        else:
            changed[group] = changed.get(group, 0) + fields
    kept = set(connection.execute(sa.select(kept_report.c.group)).scalars())
    undone = audit.undone(connection)
    return [
        Written(
            group=group,
            files=tuple(files.get(group.uid, ())),
            made=made.get(group.uid, {}),
            changed=changed.get(group.uid, 0),
            has_report=group.uid in kept,
            is_undone=group.uid in undone,
        )
        for group in audit.of_ops(connection, ops)
    ]


def keep_report(connection: Connection, group: UUID, document: bytes) -> None:
    connection.execute(sa.insert(kept_report).values(group=group, document=document))


def report_of(connection: Connection, group: UUID) -> bytes | None:
    query = sa.select(kept_report.c.document).where(kept_report.c.group == group)
    found: bytes | None = connection.execute(query).scalar()
    return found


def touched_since(
    connection: Connection,
    package: UUID,
    kinds: Sequence[Kind],
    fields: Collection[str] | None = None,
) -> dict[Kind, set[UUID]]:
    """The records that were changed, in these fields or any, after a package was entered into the
    book; made or removed ones too.
    """
    made = sa.alias(audit_change, "made")
    entered = (
        sa.select(audit_group.c.seq)
        .join(made, made.c.group == audit_group.c.uid)
        .where(made.c.record == package, made.c.field == audit.CREATED)
        .limit(1)
        .scalar_subquery()
    )
    later = sa.alias(audit_group, "later")
    query = (
        sa.select(audit_change.c.kind, audit_change.c.record)
        .join(later, later.c.uid == audit_change.c.group)
        .where(later.c.seq > entered, audit_change.c.kind.in_([kind.value for kind in kinds]))
        .distinct()
    )
    if fields is not None:
        query = query.where(audit_change.c.field.in_([*fields, audit.CREATED, "removed"]))
    found: dict[Kind, set[UUID]] = {}
    for kind, record in connection.execute(query):
        found.setdefault(Kind(kind), set()).add(record)
    return found


def names_of_classes(connection: Connection, records: Collection[UUID]) -> list[str]:
    """The heads, past or present, of the households of class records: the newest of each."""
    names: dict[UUID, str] = {}
    for batch in batches(sorted(records)):
        query = (
            sa.select(class_record.c.household, person.c.full_name)
            .join(membership, membership.c.household == class_record.c.household)
            .join(person, person.c.uid == membership.c.person)
            .where(
                class_record.c.uid.in_(batch),
                membership.c.is_head.is_(sa.true()),
                membership.c.removed.is_(sa.false()),
            )
            .order_by(membership.c.valid_from)
        )
        for household, name in connection.execute(query):
            names[household] = name
    return sorted(names.values())
