"""The two sources of review rows: frozen results, and the dated facts of the register.

Both give the same columns, so that every measure is written once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from giamngheo_desktop.storage.records import in_force
from giamngheo_desktop.storage.tables import (
    class_record,
    household,
    household_fact,
    household_place,
    membership,
    person,
    review_result,
)

RECOGNISED_SOURCES = ("opening", "decision")
COLUMNS = (
    "household",
    "village",
    "household_class",
    "average_living",
    "persons",
    "minority",
    "local_minority",
    "no_labour_capacity",
    "merit_household",
    "social_protection",
    "female_head",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which rows: of a review year, or in force on `as_of`; recognised or computed ones."""

    year: int
    standard: str
    recognised: bool = True
    as_of: date | None = None

    @property
    def day(self) -> date:
        """The day whose villages and members count."""
        return self.as_of or date(self.year, 12, 31)


Day = date | sa.BindParameter[date]

_FACTS = (
    "minority",
    "local_minority",
    "no_labour_capacity",
    "merit_household",
    "social_protection",
)
MAJORITY_OR_FOREIGN = ("01", "55")  # Kinh; người nước ngoài: no minority

YEAR = sa.bindparam("scope_year", type_=sa.Integer)
STANDARD = sa.bindparam("scope_standard", type_=sa.Text)
DAY = sa.bindparam("scope_day", type_=sa.Date)


@dataclass(frozen=True, slots=True)
class Marks:
    """A scope whose values are bound when the statement runs, so that it is built only once."""

    recognised: bool
    as_of: sa.BindParameter[date] | None
    year: sa.BindParameter[int] = YEAR
    standard: sa.BindParameter[str] = STANDARD
    day: sa.BindParameter[date] = DAY


AnyScope = Scope | Marks


def frozen_rows(scope: AnyScope) -> sa.Subquery:
    result = review_result
    return (
        sa.select(*(result.c[name] for name in COLUMNS), sa.null().label("possible"))
        .where(
            result.c.review_year == scope.year,
            result.c.standard == scope.standard,
            result.c.removed.is_(sa.false()),
            result.c.recognised.is_(sa.true()),
        )
        .subquery("review_rows")
    )


def class_in_scope(scope: AnyScope) -> sa.ColumnElement[bool]:
    """The class records a scope takes: valid on its day, or of the review year and not ended."""
    record = class_record
    sources = RECOGNISED_SOURCES if scope.recognised else ("computed",)
    conditions = [record.c.standard == scope.standard, record.c.source.in_(sources)]
    if scope.as_of is not None:
        return sa.and_(in_force(record, scope.as_of), *conditions)
    return sa.and_(
        record.c.review_year == scope.year,
        record.c.removed.is_(sa.false()),
        sa.or_(record.c.valid_to.is_(None), record.c.valid_to >= scope.day),
        *conditions,
    )


def live_rows(scope: AnyScope) -> sa.Subquery:
    """One row for each household with a class in the scope.

    A household is never counted twice: of several records of one year the last one counts (that
    of the spring stands until the review at the year's end), and so it is with several places,
    heads or facts in force, which only a damaged file holds.
    """
    day = scope.day
    # Read first and alone: left to itself SQLite compares every household with every record.
    records = (
        sa.select(
            class_record.c.uid,
            class_record.c.household,
            class_record.c.household_class,
            class_record.c.average_living,
            sa.type_coerce(class_record.c.possible, sa.Text).label("possible"),
            class_record.c.valid_from,
        )
        .where(class_in_scope(scope))
        .cte("records")
        .prefix_with("MATERIALIZED")
    )
    wanted = sa.select(records.c.household)
    size = (
        sa.select(
            membership.c.household,
            sa.func.count(sa.distinct(membership.c.person)).label("persons"),
        )
        .where(member_on(day), membership.c.household.in_(wanted))
        .group_by(membership.c.household)
        .subquery("sizes")
    )
    head = heads_on(day, wanted).subquery("heads")
    fact = _facts_on(day, wanted).subquery("facts")
    place = household_place
    joined = (
        sa.select(
            records.c.household,
            place.c.village,
            records.c.household_class,
            records.c.average_living,
            sa.func.coalesce(size.c.persons, 0).label("persons"),
            sa.func.coalesce(
                fact.c.minority == 1, head.c.ethnicity.not_in(MAJORITY_OR_FOREIGN)
            ).label("minority"),
            *((fact.c[code] == 1).label(code) for code in _FACTS if code != "minority"),
            (head.c.sex == "female").label("female_head"),
            records.c.possible,
            sa.func.row_number()
            .over(
                partition_by=records.c.household,
                order_by=(
                    records.c.valid_from.desc(),
                    records.c.uid.desc(),
                    *newest(place),
                    head.c.membership,
                ),
            )
            .label("number"),
        )
        .join(household, household.c.uid == records.c.household)
        .join(place, place.c.household == records.c.household)
        .outerjoin(size, size.c.household == records.c.household)
        .outerjoin(head, head.c.household == records.c.household)
        .outerjoin(fact, fact.c.household == records.c.household)
        .where(household.c.removed.is_(sa.false()), in_force(place, day))
        .subquery("joined")
    )
    kept = [joined.c[name] for name in (*COLUMNS, "possible")]
    return sa.select(*kept).where(joined.c.number == 1).subquery("review_rows")


def member_on(day: Day) -> sa.ColumnElement[bool]:
    """The memberships that count on a day; a person typed by mistake is nobody."""
    mistaken = sa.select(person.c.uid).where(person.c.removed.is_(sa.true()))
    return sa.and_(in_force(membership, day), membership.c.person.not_in(mistaken))


def heads_on(day: Day, wanted: sa.Select[Any] | None = None) -> sa.Select[Any]:
    """Household, membership, ethnicity and sex of the heads on a day; `wanted` selects ids."""
    query = (
        sa.select(
            membership.c.household,
            membership.c.uid.label("membership"),
            person.c.ethnicity,
            person.c.sex,
        )
        .join(person, person.c.uid == membership.c.person)
        .where(
            in_force(membership, day),
            membership.c.is_head.is_(sa.true()),
            person.c.removed.is_(sa.false()),
        )
    )
    return query if wanted is None else query.where(membership.c.household.in_(wanted))


def _facts_on(day: Day, wanted: sa.Select[Any]) -> sa.Select[Any]:
    """The ticked facts in force, a column each: 1 yes, 0 no, NULL not ticked."""
    fact = household_fact
    columns = (
        sa.func.max(
            sa.case((fact.c.code == code, sa.case((fact.c.value == "yes", 1), else_=0)))
        ).label(code)
        for code in _FACTS
    )
    return (
        sa.select(fact.c.household, *columns)
        .where(in_force(fact, day), fact.c.household.in_(wanted))
        .group_by(fact.c.household)
    )


def newest(table: sa.FromClause) -> tuple[sa.ColumnElement[Any], ...]:
    """The order in which, of dated rows that should not both hold, the first one counts."""
    return table.c.valid_from.desc(), table.c.uid.desc()
