"""Reads and writes single recorded things by kind and uid; knows columns, not their meaning.

Values of a record travel as `{column: value}`; derived columns (search and sort keys) are
filled in here, so that no caller can forget them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain import names, vietnamese
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.tables import TABLES

Row = Mapping[str, Any]
_Value = TypeVar("_Value")


# A name that is NULL has the keys of an empty one: it is the table that refuses it.
def _person_keys(values: Row) -> dict[str, Any]:
    full, given = values["full_name"] or "", values["given_name"] or ""
    family_middle = full.removesuffix(given).strip()
    return {
        "search_key": vietnamese.search_key(full),
        "sort_key": names.person_sort_key(family_middle, given),
        "key_version": vietnamese.KEY_VERSION,
    }


def _area_keys(values: Row) -> dict[str, Any]:
    name = values["name"] or ""
    return {"search_key": vietnamese.search_key(name), "sort_key": vietnamese.sort_key(name)}


# Columns computed from others of the same record: never typed, never audited.
_DERIVED: dict[Kind, tuple[frozenset[str], Callable[[Row], dict[str, Any]]]] = {
    Kind.PERSON: (frozenset({"search_key", "sort_key", "key_version"}), _person_keys),
    Kind.AREA_VERSION: (frozenset({"search_key", "sort_key"}), _area_keys),
}


def derived_columns(kind: Kind) -> frozenset[str]:
    return _DERIVED[kind][0] if kind in _DERIVED else frozenset()


def columns(kind: Kind) -> tuple[str, ...]:
    """The audited columns of a kind: all but the key and the derived ones."""
    hidden = derived_columns(kind) | {"uid"}
    return tuple(column.name for column in TABLES[kind].columns if column.name not in hidden)


def derived(kind: Kind) -> Callable[[Row], dict[str, Any]] | None:
    """What computes the derived columns of a kind from its record."""
    return _DERIVED[kind][1] if kind in _DERIVED else None


# Statements of every save are built once: building them costs more than running them.
_UID = sa.bindparam("wanted", type_=sa.Uuid)
_GET = {kind: sa.select(table).where(table.c.uid == _UID) for kind, table in TABLES.items()}


def get(connection: Connection, kind: Kind, uid: UUID) -> dict[str, Any] | None:
    """The record as stored, removed or not."""
    row = connection.execute(_GET[kind], {"wanted": uid}).mappings().first()
    return None if row is None else dict(row)


def insert(connection: Connection, kind: Kind, rows: Sequence[Row]) -> None:
    """Insert complete records; every row names the same columns."""
    if rows:
        full = [{**row, **_DERIVED[kind][1](row)} for row in rows] if kind in _DERIVED else rows
        connection.execute(TABLES[kind].insert(), [dict(row) for row in full])


def update(connection: Connection, kind: Kind, uid: UUID, values: Row, stored: Row) -> None:
    """Set `values`; `stored` is the record as it was, from which derived columns follow."""
    changed = dict(values)
    if kind in _DERIVED:
        changed |= _DERIVED[kind][1]({**stored, **values})
    table = TABLES[kind]
    connection.execute(table.update().where(table.c.uid == uid).values(changed))


def remove(connection: Connection, kind: Kind, uids: Sequence[UUID]) -> None:
    """Mark many records as removed."""
    table = TABLES[kind]
    for batch in batches(uids):
        connection.execute(table.update().where(table.c.uid.in_(batch)).values(removed=True))


def get_many(connection: Connection, kind: Kind, uids: Sequence[UUID]) -> dict[UUID, Any]:
    """`get` of many records by uid; the missing ones are absent."""
    table = TABLES[kind]
    found: dict[UUID, Any] = {}
    for batch in batches(uids):
        rows = connection.execute(sa.select(table).where(table.c.uid.in_(batch))).mappings()
        found |= {row["uid"]: dict(row) for row in rows}
    return found


def batches(values: Sequence[_Value], size: int = 5_000) -> Iterator[Sequence[_Value]]:
    """Ids by the thousand: one statement holds only so many parameters."""
    return (values[start : start + size] for start in range(0, len(values), size))


def lasting(connection: Connection, kind: Kind, column: str, uids: Sequence[UUID]) -> set[UUID]:
    """Which of these a record of the kind has in a column that is not removed and has no end."""
    table = TABLES[kind]
    found: set[UUID] = set()
    for batch in batches(uids):
        query = sa.select(table.c[column]).where(
            table.c[column].in_(batch),
            table.c.removed.is_(sa.false()),
            table.c.valid_to.is_(None),
        )
        found |= set(connection.execute(query.distinct()).scalars())
    return found


def pointing_at(connection: Connection, kind: Kind, uids: Sequence[UUID]) -> bool:
    """Whether a record that is not removed refers to one of these."""
    target = TABLES[kind]
    for table in TABLES.values():
        for column in table.columns:
            if not column.references(target.c.uid):
                continue
            for batch in batches(uids):
                query = sa.select(table.c.uid).where(
                    column.in_(batch), table.c.removed.is_(sa.false())
                )
                if connection.execute(query.limit(1)).first() is not None:
                    return True
    return False


def has_twin(connection: Connection, kind: Kind, values: Row) -> bool:
    """Whether another living record has what may stand there only once (village and year …)."""
    table = TABLES[kind]
    for index in table.indexes:
        if index.unique:
            query = sa.select(table.c.uid).where(
                table.c.removed.is_(sa.false()),
                table.c.uid != values["uid"],
                *(column == values[column.name] for column in index.columns),
            )
            if "edition_to" in table.c:  # what counted before a correction is no twin
                query = query.where(table.c.edition_to.is_(None))
            if connection.execute(query.limit(1)).first() is not None:
                return True
    return False


def find(connection: Connection, kind: Kind, /, **equals: object) -> list[dict[str, Any]]:
    """Records not removed whose columns equal the given values, oldest first."""
    table = TABLES[kind]
    query = sa.select(table).where(table.c.removed.is_(sa.false())).order_by(table.c.uid)
    for column, value in equals.items():
        query = query.where(table.c[column] == value)
    return [dict(row) for row in connection.execute(query).mappings()]


def find_below(
    connection: Connection, kind: Kind, above: str, uids: Sequence[UUID]
) -> list[dict[str, Any]]:
    """Records not removed whose column `above` is one of these, oldest first."""
    table = TABLES[kind]
    found: list[dict[str, Any]] = []
    for batch in batches(uids):
        query = sa.select(table).where(table.c.removed.is_(sa.false()), table.c[above].in_(batch))
        found += map(dict, connection.execute(query.order_by(table.c.uid)).mappings())
    return found


def in_force(table: sa.FromClause, day: date | sa.ColumnElement[date]) -> sa.ColumnElement[bool]:
    """The rows of a dated table that hold on `day` and are not removed."""
    return sa.and_(
        table.c.removed.is_(sa.false()),
        table.c.valid_from <= day,
        sa.or_(table.c.valid_to.is_(None), table.c.valid_to >= day),
    )


def find_on(
    connection: Connection, kind: Kind, day: date, key: str, uids: Iterable[UUID]
) -> list[dict[str, Any]]:
    """Dated records in force on `day` whose column `key` is one of `uids`."""
    table = TABLES[kind]
    query = sa.select(table).where(in_force(table, day), table.c[key].in_(list(uids)))
    return [dict(row) for row in connection.execute(query.order_by(table.c.uid)).mappings()]
