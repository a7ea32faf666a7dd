"""Reads what was corrected after a year was closed, and since which edition results are frozen.

Editions are counted through the whole file, so that one number says of every year which of its
corrections count. Which of them a table calls its first, second … is `services.editions`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.storage import audit
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.review_sources import Scope
from giamngheo_desktop.storage.review_tables import correction, movement_correction
from giamngheo_desktop.storage.tables import (
    class_record,
    decision,
    population,
    review_result,
    review_round,
)

FIRST_EDITION = 1


def last_edition(connection: Connection) -> int:
    """The newest edition of the file; one taken back is not given again."""
    newest = (
        correction.c.edition,
        movement_correction.c.edition,
        population.c.edition_from,
        population.c.edition_to + 1,
    )
    found = (connection.execute(sa.select(sa.func.max(each))).scalar() for each in newest)
    return max((edition for edition in found if edition is not None), default=FIRST_EDITION)


class Turn(NamedTuple):
    """Where an edition begins: `movement` tells that only the flows of the year changed."""

    edition: int
    household: UUID
    review_year: int
    movement: bool


def turns(connection: Connection, standard: str, last_year: int) -> list[Turn]:
    """All of a standard up to a review year, in order."""
    found = []
    for table, movement in ((correction, False), (movement_correction, True)):
        query = sa.select(table.c.edition, table.c.household, table.c.review_year).where(
            table.c.standard == standard,
            table.c.review_year <= last_year,
            table.c.removed.is_(sa.false()),
        )
        found += [Turn(*row, movement) for row in connection.execute(query)]
    return sorted(found)


def recorded_on(connection: Connection, edition: int) -> date | None:
    """The day on which what an edition begins with was first written."""
    found: list[UUID] = []
    for table, begins in (
        (correction, correction.c.edition),
        (movement_correction, movement_correction.c.edition),
        (population, population.c.edition_from),
    ):
        query = sa.select(table.c.uid).where(begins == edition, table.c.removed.is_(sa.false()))
        found += connection.execute(query).scalars()
    written = audit.history(connection, found)
    return min((group.at.date() for group, _ in written), default=None)


class Numbered(NamedTuple):
    """The population of a village in a closed year was corrected: where its edition begins, why."""

    edition: int
    village: UUID
    reason: str


def numbered(connection: Connection, year: int) -> list[Numbered]:
    """All of a year, in order."""
    row = population
    query = (
        sa.select(row.c.edition_from, row.c.area, row.c.reason)
        .where(row.c.year == year, row.c.reason.is_not(None), row.c.removed.is_(sa.false()))
        .order_by(row.c.edition_from, row.c.area)
    )
    return [Numbered(*found) for found in connection.execute(query)]


def frozen_since(
    connection: Connection, scope: Scope, villages: Iterable[UUID], above: Iterable[UUID]
) -> int:
    """The edition that the closing of these villages' year began with; `above` are their units."""
    closing, result = review_round, review_result
    query = (
        sa.select(
            closing.c.uid,
            closing.c.area,
            closing.c.edition,
            result.c.village,
            sa.func.min(result.c.edition_from),
        )
        .outerjoin(
            result, sa.and_(result.c.round == closing.c.uid, result.c.removed.is_(sa.false()))
        )
        .where(
            closing.c.review_year == scope.year,
            closing.c.standard == scope.standard,
            closing.c.closed_on.is_not(None),
            closing.c.removed.is_(sa.false()),
        )
        .group_by(closing.c.uid, result.c.village)
    )
    wanted, units = frozenset(villages), frozenset(above)
    first, meant = dict[UUID, int](), set[UUID]()
    for uid, area, edition, village, counted in connection.execute(query):
        if area in units or village in wanted:
            meant.add(uid)
        known = edition or counted or FIRST_EDITION
        first[uid] = min(known, first.get(uid, known))
    return max((first[uid] for uid in meant), default=FIRST_EDITION)


def villages_of(
    connection: Connection, scope: Scope, households: Sequence[UUID]
) -> set[tuple[UUID, UUID]]:
    """Households of a closed year with every village they are frozen in, in any edition."""
    result = review_result
    query = (
        sa.select(result.c.household, result.c.village)
        .distinct()
        .where(
            result.c.household.in_(households),
            result.c.review_year + 0 == scope.year,
            result.c.standard == scope.standard,
            result.c.removed.is_(sa.false()),
        )
    )
    return {(home, village) for home, village in connection.execute(query)}


def result_of(connection: Connection, scope: Scope, household: UUID) -> dict[str, Any] | None:
    """The frozen result that the newest edition counts, whole."""
    result = review_result
    query = sa.select(result).where(
        result.c.household == household,
        result.c.review_year + 0 == scope.year,
        result.c.standard == scope.standard,
        result.c.removed.is_(sa.false()),
        result.c.recognised.is_(sa.true()),
        result.c.edition_to.is_(None),
    )
    row = connection.execute(query).mappings().first()
    return None if row is None else dict(row)


def definition_of(connection: Connection, round_uid: UUID) -> str | None:
    """The file of the standard that a year was closed by."""
    query = sa.select(review_result.c.definition).where(
        review_result.c.round == round_uid, review_result.c.removed.is_(sa.false())
    )
    return connection.execute(query.limit(1)).scalar()


class Corrected(NamedTuple):
    """A correction as told: the class recognised by mistake, the one it ought to be."""

    uid: UUID
    household: UUID
    standard: str
    review_year: int
    edition: int
    made_on: date
    reason: str
    document: str | None
    signed_on: date | None
    class_before: str | None
    average_before: bool | None
    class_after: str | None
    average_after: bool | None
    class_record: UUID | None  # None: it belongs on no list


def corrected(
    connection: Connection,
    *,
    household: UUID | None = None,
    standard: str | None = None,
    year: int | None = None,
) -> list[Corrected]:
    """Corrections of results, oldest first."""
    new, old = sa.alias(class_record, "new"), sa.alias(class_record, "old")
    query = (
        sa.select(
            *(correction.c[name] for name in Corrected._fields[:8]),
            decision.c.signed_on,
            old.c.household_class,
            old.c.average_living,
            new.c.household_class,
            new.c.average_living,
            correction.c.class_record,
        )
        .outerjoin(new, new.c.uid == correction.c.class_record)
        .outerjoin(old, old.c.uid == correction.c.replaced)
        .outerjoin(decision, decision.c.uid == new.c.decision)
        .where(correction.c.removed.is_(sa.false()))
        .order_by(correction.c.edition, correction.c.uid)
    )
    for column, value in (
        (correction.c.household, household),
        (correction.c.standard, standard),
        (correction.c.review_year, year),
    ):
        if value is not None:
            query = query.where(column == value)
    return [Corrected._make(row) for row in connection.execute(query)]


class Flowed(NamedTuple):
    """A flow set by hand: of which list, and why."""

    household: UUID
    list: str
    flow: str
    reason: str
    document: str | None
    edition: int


def flowed(connection: Connection, scope: Scope) -> list[Flowed]:
    """Of a household and list the one that counts in the scope's edition."""
    table = movement_correction
    query = (
        sa.select(*(table.c[name] for name in Flowed._fields))
        .where(
            table.c.review_year == scope.year,
            table.c.standard == scope.standard,
            table.c.removed.is_(sa.false()),
        )
        .order_by(table.c.edition, table.c.uid)
    )
    if scope.edition is not None:
        query = query.where(table.c.edition <= scope.edition)
    rows = (Flowed(*row) for row in connection.execute(query))
    return list({(row.household, row.list): row for row in rows}.values())
