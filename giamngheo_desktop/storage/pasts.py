"""What the movement of a year asks of the years before it and of the events in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.movement import LISTED
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.records import batches, in_force
from giamngheo_desktop.storage.review_sources import RECOGNISED_SOURCES, Scope, counted_results
from giamngheo_desktop.storage.review_tables import correction, review, review_standard
from giamngheo_desktop.storage.tables import (
    class_record,
    decision,
    household_place,
    membership,
    review_result,
)

_HELD = sa.or_(
    class_record.c.valid_to.is_(None), class_record.c.valid_to >= class_record.c.valid_from
)

ENDINGS = ("move_out", "merge", "death", "marriage")  # why a household left the register


def _recognised_and(held: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    record = class_record
    return sa.and_(
        held,
        record.c.source.in_(RECOGNISED_SOURCES),
        record.c.household_class.is_not(None),
        record.c.removed.is_(sa.false()),
    )


def _counted(scope: Scope) -> sa.ColumnElement[bool]:
    """The recognised records of a standard that ever held, as known in the scope's edition.

    What was recognised by mistake, or replaced on its first day, never held.
    """
    record, held = class_record, _HELD
    if scope.edition is not None:
        later = (correction.c.edition > scope.edition, correction.c.removed.is_(sa.false()))
        replaced, made = (
            sa.select(column).where(*later, column.is_not(None))
            for column in (correction.c.replaced, correction.c.class_record)
        )
        held = sa.and_(sa.or_(held, record.c.uid.in_(replaced)), record.c.uid.not_in(made))
    return sa.and_(_recognised_and(held), record.c.standard == scope.standard)


def recognised_before(
    connection: Connection, scope: Scope, years: int | None = None
) -> dict[UUID, dict[str, int]]:
    """The classes each household was recognised in for review years before the scope's, each with
    the last such year.

    What a closed year counted it was recognised in, even where an event typed late says that it had
    left before. `years` looks back only so far; None: as long as the standard is in use.
    """
    found: dict[UUID, dict[str, int]] = {}
    for table, counted in (
        (class_record, _counted(scope)),
        (review_result, counted_results(scope)),
    ):
        year = table.c.review_year
        query = (
            sa.select(table.c.household, table.c.household_class, sa.func.max(year))
            .where(counted, year < scope.year)
            .group_by(table.c.household, table.c.household_class)
        )
        if years is not None:
            query = query.where(year >= scope.year - years)
        for home, code, last in connection.execute(query):
            known = found.setdefault(home, {})
            known[code] = max(last, known.get(code, last))
    return found


class Recognised(NamedTuple):
    """A class of a review year with its paper."""

    household: UUID
    standard: str
    household_class: str
    average_living: bool
    valid_from: date
    valid_to: date | None
    number: str | None
    signed_on: date | None
    decision: UUID | None


def recognised_in(connection: Connection, scope: Scope) -> dict[UUID, list[Recognised]]:
    """What each household was recognised as in the scope's year, in order."""
    record = class_record
    return _recognised(connection, _counted(scope), record.c.review_year == scope.year)


def recognised_at(connection: Connection, scope: Scope) -> dict[UUID, list[Recognised]]:
    """What the classes of the scope rest on: of a year what was recognised in it, of a day what
    holds on it, mostly of the year before.
    """
    if scope.as_of is None:
        return recognised_in(connection, scope)
    return _recognised(connection, _counted(scope), in_force(class_record, scope.as_of))


def of_once_poor(
    connection: Connection, day: date, households: Sequence[UUID] | None = None
) -> dict[UUID, list[Recognised]]:
    """What households that ever were poor (or just these) were recognised as up to `day`, under
    any standard.
    """
    record, was = class_record, sa.alias(class_record, "was")
    poor = sa.select(was.c.household).where(
        was.c.household_class == "poor",
        was.c.source.in_(RECOGNISED_SOURCES),
        was.c.removed.is_(sa.false()),
    )
    known = _recognised_and(_HELD), record.c.valid_from <= day
    if households is None:
        return _recognised(connection, *known, record.c.household.in_(poor))
    found: dict[UUID, list[Recognised]] = {}
    for batch in batches(households):
        found |= _recognised(connection, *known, record.c.household.in_(batch))
    return found


def _recognised(
    connection: Connection, *conditions: sa.ColumnElement[bool]
) -> dict[UUID, list[Recognised]]:
    record = class_record
    query = (
        sa.select(
            *(record.c[name] for name in Recognised._fields[:6]),
            decision.c.number,
            decision.c.signed_on,
            record.c.decision,
        )
        .outerjoin(decision, decision.c.uid == record.c.decision)
        .where(*conditions)
        .order_by(record.c.valid_from, record.c.uid)
    )
    found: dict[UUID, list[Recognised]] = {}
    for row in connection.execute(query):
        found.setdefault(row.household, []).append(Recognised._make(row))
    return found


def review_kinds(connection: Connection, scope: Scope) -> dict[UUID, str]:
    """Of which kind of review of the scope's year a decision is, where one says so."""
    query = (
        sa.select(review_standard.c.decision, review.c.kind)
        .join(review, review.c.uid == review_standard.c.review)
        .where(
            review.c.review_year == scope.year,
            review.c.removed.is_(sa.false()),
            review_standard.c.standard == scope.standard,
            review_standard.c.removed.is_(sa.false()),
            review_standard.c.decision.is_not(None),
        )
    )
    return {row.decision: row.kind for row in connection.execute(query)}


def arrived(connection: Connection, first: date, last: date) -> dict[UUID, date]:
    """The households that came from another commune between two days, with the day.

    A stay that has ended says why it ended; its members say how it began.
    """
    place, before = household_place, sa.alias(household_place, "before")
    eve = sa.func.date(place.c.valid_from, "-1 day")
    member = (
        membership.c.household == place.c.household,
        membership.c.removed.is_(sa.false()),
        membership.c.valid_from <= place.c.valid_from,
        sa.or_(membership.c.valid_to.is_(None), membership.c.valid_to >= eve),
    )
    stayed_on = sa.exists().where(
        before.c.household == place.c.household,
        before.c.removed.is_(sa.false()),
        before.c.valid_from < place.c.valid_from,
        before.c.valid_to >= eve,
    )
    came = sa.exists().where(*member, membership.c.reason == "move_in")
    was_here = sa.exists().where(*member, membership.c.reason.in_(("opening", "split")))
    query = sa.select(place.c.household, place.c.valid_from).where(
        place.c.valid_from.between(first, last),
        place.c.removed.is_(sa.false()),
        sa.or_(
            place.c.reason == "move_in",
            sa.and_(place.c.reason.in_(ENDINGS), ~stayed_on, came, ~was_here),
        ),
    )
    return {row.household: row.valid_from for row in connection.execute(query)}


def arrived_listed(
    connection: Connection, scope: Scope, first: date, last: date
) -> dict[UUID, date]:
    """Those of `arrived` that came with a class of a list: it held on the day they came.

    Who came without one and was recognised here later entered the list here, also by a correction:
    that makes no other class of the one it brought.
    """
    record, came = class_record, arrived(connection, first, last)
    corrected = correction.c.removed.is_(sa.false())
    replaced, made = (
        sa.select(column).where(corrected, column.is_not(None))
        for column in (correction.c.replaced, correction.c.class_record)
    )
    query = sa.select(record.c.household, record.c.valid_from, record.c.valid_to).where(
        _recognised_and(sa.or_(_HELD, record.c.uid.in_(replaced))),
        record.c.uid.not_in(made),
        record.c.standard == scope.standard,
        record.c.household_class.in_(LISTED),
        record.c.valid_from <= last,
    )
    brought = {
        home
        for home, since, until in connection.execute(query)
        if home in came
        and since <= came[home]
        # What was replaced ends before it begins.
        and (until is None or not since <= until < came[home])
    }
    return {home: day for home, day in came.items() if home in brought}


def left(connection: Connection, first: date, last: date) -> dict[UUID, tuple[date, str]]:
    """The households that left the register between two days: the first day without them, why."""
    place = household_place
    query = (
        sa.select(place.c.household, place.c.valid_to, place.c.reason)
        .where(
            place.c.valid_to.between(first - timedelta(days=1), last - timedelta(days=1)),
            place.c.valid_to >= place.c.valid_from,
            place.c.removed.is_(sa.false()),
        )
        .order_by(place.c.valid_to, place.c.uid)
    )
    return {
        row.household: (row.valid_to + timedelta(days=1), row.reason or "")
        for row in connection.execute(query)
    }


class Stay(NamedTuple):
    """A person in a household; `reason` is why the stay began, `end_reason` why it ended."""

    person: UUID
    household: UUID
    valid_from: date
    valid_to: date | None
    reason: str | None
    end_reason: str | None


def stays_of(connection: Connection, persons: Sequence[UUID]) -> dict[UUID, list[Stay]]:
    """In which households persons were members, in order."""
    tie, found = membership, dict[UUID, list[Stay]]()
    for batch in batches(persons):
        query = (
            sa.select(*(tie.c[name] for name in Stay._fields))
            .where(
                tie.c.person.in_(batch),
                tie.c.removed.is_(sa.false()),
                sa.or_(tie.c.valid_to.is_(None), tie.c.valid_to >= tie.c.valid_from),
            )
            .order_by(tie.c.valid_from, tie.c.uid)
        )
        for row in connection.execute(query):
            found.setdefault(row.person, []).append(Stay._make(row))
    return found
