"""Reads what indicators of plans count of all households at once: supports, needs, allowances."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.measure_sql import has_code
from giamngheo_desktop.storage.records import batches, find_below, in_force
from giamngheo_desktop.storage.review_sources import RECOGNISED_SOURCES, member_on
from giamngheo_desktop.storage.support_tables import need, support
from giamngheo_desktop.storage.tables import (
    class_record,
    household,
    household_place,
    membership,
    person,
    person_fact,
)


class Got(NamedTuple):
    """A support, as far as it is counted."""

    uid: UUID
    household: UUID
    person: UUID | None
    policy: str
    supported_on: date
    period_from: date | None
    period_to: date | None
    months: int | None


class NeedSpan(NamedTuple):
    """A need of a household, or of a person, with the days it was in force."""

    uid: UUID
    household: UUID
    person: UUID | None
    code: str
    valid_from: date
    valid_to: date | None


def supports(
    connection: Connection, policies: Collection[str], last: date, since: date = date.min
) -> list[Got]:
    """The living supports of these policies that were given by a day, by day."""
    query = (
        sa.select(*(support.c[name] for name in Got._fields))
        .join(household, household.c.uid == support.c.household)
        .where(
            support.c.removed.is_(sa.false()),
            household.c.removed.is_(sa.false()),
            support.c.policy.in_(policies),
            support.c.supported_on.between(since, last),
        )
        .order_by(support.c.supported_on, support.c.uid)
    )
    return [Got(*row) for row in connection.execute(query)]


def answers(connection: Connection, uids: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
    """What their policy asked of these supports besides, as audit texts by code."""
    found: dict[UUID, dict[str, str]] = {}
    for row in find_below(connection, Kind.SUPPORT_VALUE, "support", list(uids)):
        if row["value"] is not None:
            found.setdefault(row["support"], {})[row["code"]] = row["value"]
    return found


def needs(connection: Connection, code: str | None, first: date, last: date) -> list[NeedSpan]:
    """The needs of a code (None: of any) in force on a day of the span, but of persons typed by
    mistake.
    """
    mistaken = sa.select(person.c.uid).where(person.c.removed.is_(sa.true()))
    query = (
        sa.select(*(need.c[name] for name in NeedSpan._fields))
        .join(household, household.c.uid == need.c.household)
        .where(
            need.c.removed.is_(sa.false()),
            household.c.removed.is_(sa.false()),
            sa.true() if code is None else need.c.code == code,
            sa.or_(need.c.person.is_(None), need.c.person.not_in(mistaken)),
            need.c.valid_from <= last,
            sa.or_(
                need.c.valid_to.is_(None),
                sa.and_(need.c.valid_to >= first, need.c.valid_to >= need.c.valid_from),
            ),
        )
        .order_by(need.c.valid_from, need.c.uid)
    )
    return [NeedSpan(*row) for row in connection.execute(query)]


def said_on_forms(connection: Connection, code: str) -> frozenset[UUID]:
    """The households whose form ticks a need: without a day, and of nobody in particular."""
    ticked = has_code(sa.func.coalesce(household.c.support_needs, ""), code)
    query = sa.select(household.c.uid).where(household.c.removed.is_(sa.false()), ticked)
    return frozenset(connection.execute(query).scalars())


def last_villages(connection: Connection, first: date, last: date) -> dict[UUID, UUID]:
    """Where each household that was here on a day of the span was last in it."""
    place = household_place
    query = (
        sa.select(place.c.household, place.c.village)
        .where(
            place.c.removed.is_(sa.false()),
            place.c.valid_from <= last,
            sa.or_(
                place.c.valid_to.is_(None),
                sa.and_(place.c.valid_to >= first, place.c.valid_to >= place.c.valid_from),
            ),
        )
        .order_by(place.c.valid_from, place.c.uid)
    )
    return {row.household: row.village for row in connection.execute(query)}


def ever_classed(connection: Connection) -> frozenset[UUID]:
    """The households that were ever recognised as anything."""
    query = sa.select(class_record.c.household).where(
        class_record.c.removed.is_(sa.false()), class_record.c.source.in_(RECOGNISED_SOURCES)
    )
    return frozenset(connection.execute(query.distinct()).scalars())


def homes_of(
    connection: Connection, day: date, persons: Collection[UUID | None]
) -> dict[UUID, UUID]:
    """The household that each of the persons is a member of that day."""
    found: dict[UUID, UUID] = {}
    for batch in batches([one for one in persons if one is not None]):
        query = sa.select(membership.c.person, membership.c.household).where(
            member_on(day), membership.c.person.in_(batch)
        )
        found.update((one, home) for one, home in connection.execute(query))
    return found


def drawing(connection: Connection, day: date) -> list[tuple[UUID, UUID]]:
    """Household and person of each member who is said to draw a monthly social allowance."""
    allowance = sa.type_coerce(person.c.social_allowance, sa.Text)
    return _members(connection, day, person, person.c.uid, sa.func.coalesce(allowance, "") != "")


def with_fact(
    connection: Connection, day: date, code: str, values: Collection[str]
) -> list[tuple[UUID, UUID]]:
    """Household and person of each member for whom a dated fact holds one of these values."""
    fact = person_fact
    holds = sa.and_(in_force(fact, day), fact.c.code == code, fact.c.value.in_(values))
    return _members(connection, day, fact, fact.c.person, holds)


def _members(
    connection: Connection,
    day: date,
    table: sa.FromClause,
    who: sa.ColumnElement[Any],
    holds: sa.ColumnElement[bool],
) -> list[tuple[UUID, UUID]]:
    query = (
        sa.select(membership.c.household, membership.c.person)
        .join(table, who == membership.c.person)
        .join(household, household.c.uid == membership.c.household)
        .where(member_on(day), household.c.removed.is_(sa.false()), holds)
        .distinct()
    )
    return [(home, one) for home, one in connection.execute(query)]
