"""Where the lines of the household list come from: the register of a day, or a closed year.

A closed year fixes village, class and number of persons of everybody recognised in it, also of
those whom an event typed later took out of the register. All else is the register's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.storage.records import in_force
from giamngheo_desktop.storage.review_rows import Frozen
from giamngheo_desktop.storage.review_sources import RECOGNISED_SOURCES, Scope, of_year
from giamngheo_desktop.storage.tables import (
    class_record,
    household,
    household_place,
    membership,
    person,
    review_result,
    review_result_person,
)

T = TypeVar("T")
Moved = Mapping[UUID, UUID | frozenset[UUID]]

TIE = sa.alias(membership, "tie")  # of the head


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSource:
    """The tables of the list, joined; which households are `shown`; the columns that may be
    frozen; `classes`, a statement of (household, class, average living).
    """

    tables: sa.FromClause
    shown: sa.ColumnElement[bool]
    tie: sa.ColumnElement[bool]
    village: sa.ColumnElement[UUID]
    persons: sa.ColumnElement[int]
    household_class: sa.ColumnElement[str]
    average_living: sa.ColumnElement[bool]
    classes: sa.Select[Any] | sa.CompoundSelect[Any]
    result: sa.ColumnElement[UUID] | None = None
    # Of households without a result of the closed year: the class still in force, and the same as
    # a statement like `classes`, which goes before it.
    carried_class: sa.ColumnElement[str] | None = None
    carried: sa.Select[Any] | None = None

    def frozen_with(self, found: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
        """Whether a household that left the register since was frozen with a person of these."""
        if self.result is None:
            return sa.false()
        tie = review_result_person
        people = sa.select(person.c.uid).where(found)
        results = sa.select(tie.c.result).where(tie.c.removed.is_(sa.false()))
        return sa.and_(
            household_place.c.uid.is_(None),
            self.result.in_(results.where(tie.c.person.in_(people))),
        )


def register_of(day: date, standard: str) -> ListSource:
    """The register of a day with the classes under a standard recognised by then."""
    record, recognised = class_record, _recognised(day, standard)

    def of_record(column: sa.ColumnElement[T]) -> sa.ScalarSelect[T]:
        return (
            sa.select(column)
            .where(record.c.household == household.c.uid, recognised)
            .order_by(record.c.valid_from.desc(), record.c.uid.desc())
            .limit(1)
            .scalar_subquery()
        )

    return ListSource(
        tables=household.join(household_place, household_place.c.household == household.c.uid),
        shown=sa.and_(household.c.removed.is_(sa.false()), in_force(household_place, day)),
        tie=sa.and_(
            TIE.c.household == household.c.uid, TIE.c.is_head.is_(sa.true()), in_force(TIE, day)
        ),
        village=household_place.c.village,
        persons=_members(day),
        household_class=of_record(record.c.household_class),
        average_living=of_record(record.c.average_living),
        classes=_in_force_by_record(day, standard),
    )


def closed_year(scope: Scope, day: date, frozen: Frozen, moved: Moved) -> ListSource:
    """What a year was closed with, and beside it whom the register has and nobody recognised.

    Where only some communes closed it (`frozen` has their villages) the others are the register's.
    `moved` has the frozen villages that are others on the day of the list.
    """
    result = review_result
    counted = of_year(scope)
    # By the household: left to itself SQLite reads all results of the year for each of them.
    own = sa.and_(result.c.household == household.c.uid, of_year(scope, by_household=True))
    tables = household.outerjoin(
        household_place,
        sa.and_(household_place.c.household == household.c.uid, in_force(household_place, day)),
    ).outerjoin(result, own)
    household_class: sa.ColumnElement[str] = result.c.household_class
    average_living: sa.ColumnElement[bool] = result.c.average_living
    classes: sa.Select[Any] | sa.CompoundSelect[Any] = _class_columns(result).where(counted)
    live = register_of(day, scope.standard)
    if not isinstance(frozen, bool):
        is_open = sa.and_(result.c.uid.is_(None), household_place.c.village.not_in(frozen))
        household_class = sa.case((is_open, live.household_class), else_=household_class)
        average_living = sa.case((is_open, live.average_living), else_=average_living)
        inside = sa.select(household_place.c.household).where(
            in_force(household_place, day), household_place.c.village.in_(frozen)
        )
        rest = _class_columns(class_record).where(
            _recognised(day, scope.standard),
            class_record.c.household.not_in(inside),
            class_record.c.household.not_in(sa.select(result.c.household).where(counted)),
        )
        classes = sa.union_all(rest, classes)
    return ListSource(
        tables=tables,
        shown=sa.or_(
            result.c.uid.is_not(None),
            sa.and_(household.c.removed.is_(sa.false()), household_place.c.uid.is_not(None)),
        ),
        tie=sa.and_(
            TIE.c.household == household.c.uid,
            TIE.c.is_head.is_(sa.true()),
            TIE.c.removed.is_(sa.false()),
            TIE.c.valid_from <= day,
            sa.or_(
                in_force(TIE, day),
                sa.and_(household_place.c.uid.is_(None), TIE.c.uid == _last_head(day)),
            ),
        ),
        village=_village(moved),
        persons=sa.func.coalesce(result.c.persons, _members(day)),
        household_class=household_class,
        average_living=average_living,
        classes=classes,
        result=result.c.uid,
        carried_class=sa.case((result.c.uid.is_(None), live.household_class)),
        carried=_in_force_by_record(day, scope.standard),
    )


def _village(moved: Moved) -> sa.ColumnElement[UUID]:
    """Of one frozen in a village that was divided the village it stands in by name, if any."""
    old, now = review_result.c.village, household_place.c.village
    as_stored: sa.ColumnElement[UUID] = sa.func.coalesce(old, now)
    ways: list[tuple[sa.ColumnElement[bool], sa.ColumnElement[UUID]]] = []
    for village, place in moved.items():
        if isinstance(place, UUID):
            ways.append((old == village, sa.literal(place, old.type)))
        else:
            ways.append((sa.and_(old == village, now.in_(place)), now))
    return sa.case(*ways, else_=as_stored) if ways else as_stored


def _class_columns(table: sa.FromClause) -> sa.Select[Any]:
    home = sa.type_coerce(table.c.household, sa.Text)
    return sa.select(home, table.c.household_class, table.c.average_living)


def _in_force_by_record(day: date, standard: str) -> sa.Select[Any]:
    """Of two in force the later one counts."""
    record = class_record
    found = _class_columns(record).where(_recognised(day, standard))
    return found.order_by(record.c.valid_from, record.c.uid)


def _recognised(day: date, standard: str) -> sa.ColumnElement[bool]:
    return sa.and_(
        in_force(class_record, day),
        class_record.c.standard == standard,
        class_record.c.source.in_(RECOGNISED_SOURCES),
    )


def _members(day: date) -> sa.ScalarSelect[int]:
    # Not distinct: that would cost a tenth of the time, for rows that only a check should find.
    return (
        sa.select(sa.func.count())
        .select_from(membership)
        .where(membership.c.household == household.c.uid, in_force(membership, day))
        .scalar_subquery()
    )


def _last_head(day: date) -> sa.ScalarSelect[UUID]:
    """The last head of a household that has left the register since."""
    tie = sa.alias(membership, "last_tie")
    return (
        sa.select(tie.c.uid)
        .where(
            tie.c.household == household.c.uid,
            tie.c.is_head.is_(sa.true()),
            tie.c.removed.is_(sa.false()),
            tie.c.valid_from <= day,
        )
        .order_by(tie.c.valid_from.desc(), tie.c.uid.desc())
        .limit(1)
        .scalar_subquery()
    )
