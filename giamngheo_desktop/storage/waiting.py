"""Households of the list a review year began with that have no result of that year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.records import in_force
from giamngheo_desktop.storage.review_sources import (
    RECOGNISED_SOURCES,
    Scope,
    class_in_scope,
    newest,
    of_year,
)
from giamngheo_desktop.storage.review_tables import correction, review_case
from giamngheo_desktop.storage.tables import (
    area,
    class_record,
    household,
    household_place,
    review_result,
)

_LISTED = ("poor", "near_poor")


class Waiting(NamedTuple):
    """A household of the list with its village of the scope's day; `average`: of that of hộ có mức
    sống trung bình alone, which is made on application and no review goes through.
    """

    household: UUID
    village: UUID
    average: bool = False


def waiting(connection: Connection, scope: Scope, before: str | None = None) -> list[Waiting]:
    """Those whose recognised class of an earlier year still holds at the year's end.

    Who left, died out or was merged in the year holds none any more. `before` is the standard of
    the year before, where the scope's begins with this year: who has no class under the new one
    yet stands on the list of the old one. A preliminary scope waits for the mức sống trung bình
    recognised in its own year as well, and of who turned out not poor: its classes are computed,
    and tell of no such one.
    """
    record, place = class_record, household_place
    earlier = record.c.review_year < scope.year
    if not scope.recognised:
        this_year = sa.and_(record.c.review_year == scope.year, record.c.average_living)
        earlier = sa.or_(earlier, this_year)
    standards = [scope.standard, *([before] if before else [])]
    reviewed = sa.select(record.c.household).where(class_in_scope(scope))
    is_waiting: sa.ColumnElement[bool] = record.c.household.not_in(reviewed)
    if not scope.recognised:
        silent = reviewed.where(
            record.c.household_class == "not_poor", record.c.average_living.is_(sa.false())
        )
        average = sa.and_(record.c.average_living, record.c.household.in_(silent))
        is_waiting = sa.or_(is_waiting, average)
    query = (
        sa.select(
            record.c.household,
            place.c.village,
            record.c.household_class,
            record.c.average_living,
        )
        .join(household, household.c.uid == record.c.household)
        .join(place, place.c.household == record.c.household)
        .where(
            in_force(record, scope.day),
            record.c.standard.in_(standards),
            record.c.source.in_(RECOGNISED_SOURCES),
            earlier,
            is_waiting,
            household.c.removed.is_(sa.false()),
            in_force(place, scope.day),
        )
        .order_by(
            sa.case((record.c.standard == scope.standard, 0), else_=1),
            record.c.valid_from.desc(),
            record.c.uid.desc(),
            *newest(place),
        )
    )
    found: dict[UUID, Waiting | None] = {}  # None: its class of then is on no list
    for home, village, code, is_average in connection.execute(query):
        poor = code in _LISTED
        found.setdefault(home, Waiting(home, village, not poor) if poor or is_average else None)
    return [row for row in found.values() if row is not None]


def kept(connection: Connection, scope: Scope) -> list[Waiting]:
    """Those a closed year counts by a class of before: frozen on a list, without a result of the
    year in the scope's edition.
    """
    record, result = class_record, review_result
    recognised = sa.and_(
        record.c.standard == scope.standard,
        record.c.source.in_(RECOGNISED_SOURCES),
        record.c.removed.is_(sa.false()),
    )
    reviewed = sa.select(record.c.household).where(recognised, record.c.review_year == scope.year)
    if scope.edition is not None:
        later = sa.select(correction.c.class_record).where(
            correction.c.edition > scope.edition,
            correction.c.class_record.is_not(None),
            correction.c.removed.is_(sa.false()),
        )
        reviewed = reviewed.where(record.c.uid.not_in(later))
    before = sa.select(record.c.household).where(recognised, record.c.review_year < scope.year)
    query = (
        sa.select(result.c.household, result.c.village, result.c.household_class.not_in(_LISTED))
        .where(
            of_year(scope),
            sa.or_(result.c.household_class.in_(_LISTED), result.c.average_living.is_(sa.true())),
            result.c.household.not_in(reviewed),
            result.c.household.in_(before),
        )
        .order_by(result.c.uid)
    )
    return [Waiting(*row) for row in connection.execute(query)]


def unclassed(connection: Connection, scope: Scope) -> list[Waiting]:
    """Households of the register on the scope's day without a recognised class of any year up to
    the scope's, under whatever standard.
    """
    record, place = class_record, household_place
    classed = sa.select(record.c.household).where(
        record.c.source.in_(RECOGNISED_SOURCES),
        record.c.review_year <= scope.year,
        record.c.removed.is_(sa.false()),
    )
    query = (
        sa.select(household.c.uid, place.c.village)
        .join(place, place.c.household == household.c.uid)
        .where(
            household.c.removed.is_(sa.false()),
            in_force(place, scope.day),
            household.c.uid.not_in(classed),
        )
    )
    return [Waiting(home, village) for home, village in connection.execute(query)]


def lived_in(connection: Connection, day: date) -> list[UUID]:
    """The villages in which some household stands on a day."""
    anybody = sa.exists().where(
        household_place.c.village == area.c.uid, in_force(household_place, day)
    )
    query = sa.select(area.c.uid).where(area.c.level == Level.VILLAGE.value, anybody)
    return list(connection.execute(query.order_by(area.c.uid)).scalars())


def unfinished(
    connection: Connection,
    scope: Scope,
    villages: Iterable[UUID],
    *,
    on_lists: Sequence[UUID] | None = None,
) -> list[Waiting]:
    """Households of the register in the villages that have no class of the scope yet; with
    `on_lists` only those that are to be reviewed in these reviews.
    """
    decided = sa.select(class_record.c.household).where(
        class_in_scope(scope), class_record.c.household_class.is_not(None)
    )
    query = _living(scope, villages).where(household.c.uid.not_in(decided))
    if on_lists is not None:
        listed = sa.select(review_case.c.household).where(
            review_case.c.review.in_(list(on_lists)), review_case.c.removed.is_(sa.false())
        )
        query = query.where(household.c.uid.in_(listed))
    return _each_once(connection, query)


def with_result(connection: Connection, scope: Scope, villages: Iterable[UUID]) -> list[Waiting]:
    """Households of the villages with a result of the scope, also where it leaves several
    classes open.
    """
    recorded = sa.select(class_record.c.household).where(class_in_scope(scope))
    return _each_once(connection, _living(scope, villages).where(household.c.uid.in_(recorded)))


def _living(scope: Scope, villages: Iterable[UUID]) -> sa.Select[Any]:
    place = household_place
    return (
        sa.select(household.c.uid, place.c.village)
        .join(place, place.c.household == household.c.uid)
        .where(
            household.c.removed.is_(sa.false()),
            in_force(place, scope.day),
            place.c.village.in_(list(villages)),
        )
        .order_by(household.c.uid, *newest(place))
    )


def _each_once(connection: Connection, query: sa.Select[Any]) -> list[Waiting]:
    found: dict[UUID, Waiting] = {}
    for home, village in connection.execute(query):
        found.setdefault(home, Waiting(home, village))
    return list(found.values())


def has_results(connection: Connection, scope: Scope) -> bool:
    """Whether anybody was recognised as anything in the scope's year."""
    query = sa.select(sa.exists().where(class_in_scope(scope)))
    return bool(connection.execute(query).scalar_one())
