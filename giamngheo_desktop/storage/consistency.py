"""Finds rows that contradict each other, which forms and services never write."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.pasts import ENDINGS
from giamngheo_desktop.storage.plan_tables import document
from giamngheo_desktop.storage.plans import PLAN
from giamngheo_desktop.storage.records import in_force
from giamngheo_desktop.storage.review_rows import RECOGNISED_SOURCES
from giamngheo_desktop.storage.tables import (
    TABLES,
    class_record,
    household,
    household_place,
    membership,
    population,
    review_result,
    review_result_person,
)


class Contradiction(NamedTuple):
    """`code` names the sentence in `texts.CONTRADICTIONS`; `household` None: about a unit."""

    code: str
    household: UUID | None
    params: dict[str, object]


# What may hold only once on a day: the table, whose it is, and what else must be equal.
_SINGLE: tuple[tuple[str, sa.Table, str, tuple[str, ...]], ...] = (
    ("two_places", household_place, "household", ()),
    ("two_memberships", membership, "person", ()),
    ("two_classes", class_record, "household", ("standard",)),
)


def contradictions(connection: Connection, day: date) -> Iterator[Contradiction]:
    """All contradictions of the file; `day` is the day the register is asked on."""
    yield from _without_place(connection)
    yield from _ends_before_beginning(connection)
    for code, table, owner, equal in _SINGLE:
        yield from _overlaps(connection, code, table, owner, equal)
    yield from _two_heads(connection, day)
    yield from _frozen_sizes(connection)
    yield from _small_populations(connection)
    yield from _two_plan_versions(connection)


def _without_place(connection: Connection) -> Iterator[Contradiction]:
    placed = sa.select(household_place.c.household).where(household_place.c.removed.is_(sa.false()))
    query = sa.select(household.c.uid).where(
        household.c.removed.is_(sa.false()), household.c.uid.not_in(placed)
    )
    for uid in connection.execute(query).scalars():
        yield Contradiction("household_without_village", uid, {})


def _ends_before_beginning(connection: Connection) -> Iterator[Contradiction]:
    """A fact undone on the very day it began ends the day before; more is a contradiction.

    But for a class that was to begin later than its household left: it ended with the household,
    and that day tells whether its year still counts it, should the household come back.
    """
    for kind in (Kind.PLACE, Kind.MEMBERSHIP, Kind.CLASS_RECORD):
        table = TABLES[kind]
        query = sa.select(table.c.household, table.c.valid_from, table.c.valid_to).where(
            table.c.removed.is_(sa.false()), table.c.valid_to < table.c.valid_from
        )
        if table is class_record:
            query = query.where(~_ended_with_its_household())
        for uid, start, end in connection.execute(query):
            if end < start - timedelta(days=1):
                days = {"start": start.strftime("%d/%m/%Y"), "end": end.strftime("%d/%m/%Y")}
                yield Contradiction("ends_before_beginning", uid, days)


def _ended_with_its_household() -> sa.ColumnElement[bool]:
    place = household_place
    return sa.exists().where(
        place.c.household == class_record.c.household,
        place.c.valid_to == class_record.c.valid_to,
        place.c.reason.in_(ENDINGS),
        place.c.removed.is_(sa.false()),
    )


def _overlaps(
    connection: Connection, code: str, table: sa.Table, owner: str, equal: tuple[str, ...]
) -> Iterator[Contradiction]:
    one, other = sa.alias(table, "one"), sa.alias(table, "other")
    conditions: list[sa.ColumnElement[bool]] = [
        one.c[owner] == other.c[owner],
        one.c.uid < other.c.uid,
        one.c.removed.is_(sa.false()),
        other.c.removed.is_(sa.false()),
        sa.or_(one.c.valid_to.is_(None), one.c.valid_to >= other.c.valid_from),
        sa.or_(other.c.valid_to.is_(None), other.c.valid_to >= one.c.valid_from),
        # A row that ended before it began held on no day.
        sa.or_(one.c.valid_to.is_(None), one.c.valid_to >= one.c.valid_from),
        sa.or_(other.c.valid_to.is_(None), other.c.valid_to >= other.c.valid_from),
    ]
    conditions += [one.c[name] == other.c[name] for name in equal]
    if table is class_record:
        conditions += [row.c.source.in_(RECOGNISED_SOURCES) for row in (one, other)]
    query = sa.select(other.c.household, other.c.valid_from).where(*conditions)
    for uid, start in connection.execute(query):
        yield Contradiction(code, uid, {"day": start.strftime("%d/%m/%Y")})


def _two_heads(connection: Connection, day: date) -> Iterator[Contradiction]:
    query = (
        sa.select(membership.c.household)
        .where(in_force(membership, day), membership.c.is_head.is_(sa.true()))
        .group_by(membership.c.household)
        .having(sa.func.count() > 1)
    )
    for uid in connection.execute(query).scalars():
        yield Contradiction("two_heads_stored", uid, {})


def _frozen_sizes(connection: Connection) -> Iterator[Contradiction]:
    named = (
        sa.select(sa.func.count())
        .where(
            review_result_person.c.result == review_result.c.uid,
            review_result_person.c.removed.is_(sa.false()),
        )
        .scalar_subquery()
    )
    query = sa.select(
        review_result.c.household, review_result.c.review_year, review_result.c.persons, named
    ).where(review_result.c.removed.is_(sa.false()), named != review_result.c.persons)
    for uid, year, persons, found in connection.execute(query):
        params: dict[str, object] = {"year": year, "persons": persons, "found": found}
        yield Contradiction("frozen_size_differs", uid, params)


def _small_populations(connection: Connection) -> Iterator[Contradiction]:
    """A village's typed households are fewer than those counted as poor or near-poor in it."""
    counted = (
        sa.select(
            review_result.c.village,
            review_result.c.review_year,
            review_result.c.standard,
            sa.func.count().label("households"),
        )
        .where(
            review_result.c.removed.is_(sa.false()),
            review_result.c.recognised.is_(sa.true()),
            review_result.c.edition_to.is_(None),
            review_result.c.household_class.in_(("poor", "near_poor")),
        )
        .group_by(review_result.c.village, review_result.c.review_year, review_result.c.standard)
        .subquery()
    )
    query: sa.Select[Any] = sa.select(
        population.c.area, population.c.year, population.c.households, counted.c.households
    ).where(
        population.c.removed.is_(sa.false()),
        population.c.edition_to.is_(None),
        population.c.area == counted.c.village,
        population.c.year == counted.c.review_year,
        population.c.households < counted.c.households,
    )
    for area, year, typed, found in connection.execute(query):
        params = {"village": area, "year": year, "typed": typed, "found": found}
        yield Contradiction("population_too_small", None, params)


def _two_plan_versions(connection: Connection) -> Iterator[Contradiction]:
    """Copies that both began the newest one, which is worked at and may hold."""
    query = (
        sa.select(document.c.area, document.c.year, document.c.version, sa.func.count())
        .where(document.c.type == PLAN, document.c.removed.is_(sa.false()))
        .group_by(document.c.area, document.c.year, document.c.version)
        .order_by(document.c.version)
    )
    rows = connection.execute(query)
    newest = {(area, year): (version, count) for area, year, version, count in rows}
    for (area, year), (version, count) in newest.items():
        if count > 1:
            params = {"village": area, "year": year, "version": version}
            yield Contradiction("two_plan_versions", None, params)
