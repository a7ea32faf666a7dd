"""What danh sách kỳ are made from, whole lives of households at once; and the lists as issued."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.period_list import FOREVER, Entitled, Place, Stay
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.records import batches
from giamngheo_desktop.storage.review_sources import RECOGNISED_SOURCES
from giamngheo_desktop.storage.support_tables import period_list, period_row
from giamngheo_desktop.storage.tables import (
    audit_change,
    audit_group,
    class_record,
    decision,
    household,
    household_place,
    membership,
    person,
)

Row = dict[str, Any]
T = TypeVar("T")


def households_of(connection: Connection, villages: Sequence[UUID]) -> list[UUID]:
    """Who ever lived in these villages, in the order of their ids."""
    found: set[UUID] = set()
    for batch in batches(villages):
        query = sa.select(household_place.c.household).where(
            household_place.c.village.in_(batch), _held(household_place)
        )
        found |= set(connection.execute(query.distinct()).scalars())
    return sorted(found)


def places(connection: Connection, wanted: Sequence[UUID]) -> dict[UUID, tuple[Place, ...]]:
    """Where households lived; none of a household that was typed by mistake."""
    table = household_place
    query = (
        sa.select(table)
        .join(household, household.c.uid == table.c.household)
        .where(_held(table), household.c.removed.is_(sa.false()))
    )
    return _by(connection, query, table, "household", wanted, _place)


def stays(connection: Connection, wanted: Sequence[UUID]) -> dict[UUID, tuple[Stay, ...]]:
    """Who was a member of households."""
    table = membership
    query = (
        sa.select(table)
        .join(person, person.c.uid == table.c.person)
        .where(_held(table), person.c.removed.is_(sa.false()))
    )
    return _by(connection, query, table, "household", wanted, _stay)


def classes(connection: Connection, wanted: Sequence[UUID]) -> dict[UUID, tuple[Row, ...]]:
    """The recognised classes of households with number and day of the decision."""
    table = class_record
    query = (
        sa.select(table, decision.c.number, decision.c.signed_on)
        .outerjoin(decision, decision.c.uid == table.c.decision)
        .where(_held(table), table.c.source.in_(RECOGNISED_SOURCES))
    )
    return _by(connection, query, table, "household", wanted, dict)


def _by(
    connection: Connection,
    query: sa.Select[Any],
    table: sa.Table,
    column: str,
    wanted: Sequence[UUID],
    made: Callable[[Any], T],
) -> dict[UUID, tuple[T, ...]]:
    """By what a column names, in the order of their first days."""
    found: dict[UUID, list[T]] = {}
    for batch in batches(wanted):
        part = query.where(table.c[column].in_(batch)).order_by(table.c.valid_from, table.c.uid)
        for row in connection.execute(part).mappings():
            found.setdefault(row[column], []).append(made(row))
    return {owner: tuple(rows) for owner, rows in found.items()}


def _held(table: sa.Table) -> sa.ColumnElement[bool]:
    """What ended before it began never held."""
    until = table.c.valid_to
    return sa.and_(
        table.c.removed.is_(sa.false()), sa.or_(until.is_(None), until >= table.c.valid_from)
    )


def _place(row: Any) -> Place:
    return Place(row["village"], row["valid_from"], row["valid_to"] or FOREVER, row["reason"])


def _stay(row: Any) -> Stay:
    return Stay(
        row["person"],
        row["valid_from"],
        row["valid_to"] or FOREVER,
        row["reason"],
        row["end_reason"],
        bool(row["is_head"]),
    )


_PERSON = ("full_name", "sort_key", "sex", "birth", "id_number", "attending_school", "school_level")


def persons(connection: Connection, wanted: Iterable[UUID]) -> dict[UUID, Row]:
    """What a list says of persons, and what the ground asks of them; `social_allowance` too."""
    columns = [person.c[name] for name in (*_PERSON, "social_allowance")]
    query = sa.select(person.c.uid, *columns)
    return {
        row["uid"]: dict(row)
        for batch in batches(list(wanted))
        for row in connection.execute(query.where(person.c.uid.in_(batch))).mappings()
    }


def homes(connection: Connection, wanted: Sequence[UUID]) -> dict[UUID, Row]:
    """Address and electricity of households."""
    query = sa.select(household.c.uid, household.c.address, household.c.electricity_kwh)
    return {
        row["uid"]: dict(row)
        for batch in batches(wanted)
        for row in connection.execute(query.where(household.c.uid.in_(batch))).mappings()
    }


def issued(connection: Connection, area: UUID, policy: str | None = None) -> list[Row]:
    """The lists of a unit that were issued, each with its `rows`, by period and day of issue; of a
    day as they came into the file (`came`, the number of the action).
    """
    table = period_list
    came = (
        sa.select(sa.func.min(audit_group.c.seq))
        .join(audit_change, audit_change.c.group == audit_group.c.uid)
        .where(audit_change.c.record == table.c.uid)
        .scalar_subquery()
    )
    count = (
        sa.select(sa.func.count())
        .where(period_row.c.period_list == table.c.uid, period_row.c.removed.is_(sa.false()))
        .scalar_subquery()
    )
    query = (
        sa.select(table, count.label("rows"), came.label("came"))
        .where(table.c.area == area, table.c.removed.is_(sa.false()))
        .order_by(table.c.policy, table.c.first_day, table.c.issued_on, sa.text("came"))
    )
    if policy is not None:
        query = query.where(table.c.policy == policy)
    return [dict(row) for row in connection.execute(query).mappings()]


def rows(connection: Connection, uid: UUID) -> dict[UUID, Entitled]:
    """The rows of an issued list by whom it compares."""
    table = period_row
    query = sa.select(table).where(table.c.period_list == uid, table.c.removed.is_(sa.false()))
    found = (_entitled(row) for row in connection.execute(query.order_by(table.c.uid)).mappings())
    return {row.key: row for row in found}


def _entitled(row: Any) -> Entitled:
    return Entitled(
        row["household"],
        row["person"],
        row["ground"],
        row["village"],
        row["from_day"],
        row["to_day"],
        row["months"],
        row["amount"],
    )
