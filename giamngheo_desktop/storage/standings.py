"""What supports ask of the register: classes of a day and of the years before, who was there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.records import batches, in_force
from giamngheo_desktop.storage.review_sources import RECOGNISED_SOURCES, member_on
from giamngheo_desktop.storage.tables import (
    class_record,
    household,
    household_place,
    membership,
    review_result,
    review_round,
)


def classes_on(
    connection: Connection, day: date, households: Sequence[UUID]
) -> dict[tuple[UUID, str], tuple[str, bool]]:
    """The recognised class, and average living, in force that day, by household and standard.

    Of two in force the later one counts, as in the tables.
    """
    record, found = class_record, dict[tuple[UUID, str], tuple[str, bool]]()
    for batch in batches(households):
        query = (
            sa.select(
                record.c.household,
                record.c.standard,
                record.c.household_class,
                record.c.average_living,
            )
            .where(
                in_force(record, day),
                record.c.source.in_(RECOGNISED_SOURCES),
                record.c.household_class.is_not(None),
                record.c.household.in_(batch),
            )
            .order_by(record.c.valid_from, record.c.uid)
        )
        for home, standard, code, average in connection.execute(query):
            found[home, standard] = code, bool(average)
    return found


def here_on(connection: Connection, day: date, households: Sequence[UUID]) -> set[UUID]:
    """Those of the households that are in the register that day."""
    found: set[UUID] = set()
    for batch in batches(households):
        query = (
            sa.select(household_place.c.household)
            .join(household, household.c.uid == household_place.c.household)
            .where(
                in_force(household_place, day),
                household.c.removed.is_(sa.false()),
                household_place.c.household.in_(batch),
            )
        )
        found.update(connection.execute(query).scalars())
    return found


def first_day(connection: Connection) -> date | None:
    """The first day of the register: nothing is known of who lived here before."""
    query = sa.select(sa.func.min(household_place.c.valid_from))
    found: date | None = connection.execute(
        query.where(household_place.c.removed.is_(sa.false()))
    ).scalar()
    return found


def members_on(
    connection: Connection, day: date, households: Sequence[UUID]
) -> dict[UUID, frozenset[UUID]]:
    """The persons of each of the households that day."""
    found: dict[UUID, set[UUID]] = {}
    for batch in batches(households):
        query = sa.select(membership.c.household, membership.c.person).where(
            member_on(day), membership.c.household.in_(batch)
        )
        for home, member in connection.execute(query):
            found.setdefault(home, set()).add(member)
    return {home: frozenset(members) for home, members in found.items()}


@dataclass(frozen=True, slots=True)
class YearClass:
    """What a household was recognised as in a review year, from when to when it held.

    What a closed year counts has neither days nor `source`.
    """

    household: UUID
    year: int
    standard: str
    household_class: str
    valid_from: date | None = None
    valid_to: date | None = None
    source: str | None = None


def year_classes(connection: Connection, day: date, households: Sequence[UUID]) -> list[YearClass]:
    """Every class that held by `day`, in order, then what years closed by then count."""
    record, result = class_record, review_result
    held = sa.or_(record.c.valid_to.is_(None), record.c.valid_to >= record.c.valid_from)
    found: list[YearClass] = []
    for batch in batches(households):
        typed = (
            sa.select(
                record.c.household,
                record.c.review_year,
                record.c.standard,
                record.c.household_class,
                record.c.valid_from,
                record.c.valid_to,
                record.c.source,
            )
            .where(
                record.c.household.in_(batch),
                record.c.removed.is_(sa.false()),
                record.c.source.in_(RECOGNISED_SOURCES),
                record.c.household_class.is_not(None),
                record.c.valid_from <= day,
                held,
            )
            .order_by(record.c.valid_from, record.c.uid)
        )
        counted = (
            sa.select(
                result.c.household,
                result.c.review_year,
                result.c.standard,
                result.c.household_class,
            )
            .join(review_round, review_round.c.uid == result.c.round)
            .where(
                result.c.household.in_(batch),
                result.c.removed.is_(sa.false()),
                result.c.recognised.is_(sa.true()),
                result.c.edition_to.is_(None),
                result.c.household_class.is_not(None),
                sa.or_(
                    result.c.review_year < day.year,
                    sa.and_(
                        result.c.review_year == day.year,
                        review_round.c.closed_on <= day,
                    ),
                ),
            )
        )
        for query in (typed, counted):
            found += (YearClass(*row) for row in connection.execute(query))
    return found


def once_near_poor(connection: Connection, day: date, households: Sequence[UUID]) -> set[UUID]:
    """Those of the households that were recognised as near-poor by that day."""
    record, found = class_record, set[UUID]()
    for batch in batches(households):
        query = sa.select(record.c.household).where(
            record.c.household.in_(batch),
            record.c.household_class == "near_poor",
            record.c.valid_from <= day,
            record.c.source.in_(RECOGNISED_SOURCES),
            record.c.removed.is_(sa.false()),
            sa.or_(record.c.valid_to.is_(None), record.c.valid_to >= record.c.valid_from),
        )
        found.update(connection.execute(query).scalars())
    return found
