"""Review rows: what tables count, frozen for a closed year, live from the dated facts otherwise.

Both sources give the same columns, so that every measure is written once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.measures import CountOf, Measure
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.records import in_force
from giamngheo_desktop.storage.tables import (
    class_record,
    household,
    household_fact,
    household_place,
    membership,
    person,
    review_result,
    review_result_person,
    review_round,
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


_YEAR = sa.bindparam("scope_year", type_=sa.Integer)
_STANDARD = sa.bindparam("scope_standard", type_=sa.Text)
_DAY = sa.bindparam("scope_day", type_=sa.Date)


@dataclass(frozen=True, slots=True)
class _Marks:
    """A scope whose values are bound when the statement runs, so that it is built only once."""

    recognised: bool
    as_of: sa.BindParameter[date] | None
    year: sa.BindParameter[int] = _YEAR
    standard: sa.BindParameter[str] = _STANDARD
    day: sa.BindParameter[date] = _DAY


AnyScope = Scope | _Marks

_CLOSED = (
    sa.select(review_round.c.uid)
    .where(
        review_round.c.review_year == sa.bindparam("year"),
        review_round.c.standard == sa.bindparam("standard"),
        review_round.c.closed_on.is_not(None),
        review_round.c.removed.is_(sa.false()),
    )
    .limit(1)
)


def is_frozen(connection: Connection, scope: Scope) -> bool:
    """Whether the year is closed, so that its results no longer follow the register."""
    if scope.as_of is not None or not scope.recognised:
        return False
    wanted = {"year": scope.year, "standard": scope.standard}
    return connection.execute(_CLOSED, wanted).first() is not None


def rows(connection: Connection, scope: Scope) -> sa.Subquery:
    """The review rows of a scope as a subquery with `COLUMNS`."""
    return frozen_rows(scope) if is_frozen(connection, scope) else live_rows(scope)


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
    day = scope.day
    size = (
        sa.select(membership.c.household, sa.func.count().label("persons"))
        .join(person, person.c.uid == membership.c.person)
        .where(in_force(membership, day), person.c.removed.is_(sa.false()))
        .group_by(membership.c.household)
        .subquery("sizes")
    )
    head = (
        sa.select(membership.c.household, person.c.ethnicity, person.c.sex)
        .join(person, person.c.uid == membership.c.person)
        .where(in_force(membership, day), membership.c.is_head.is_(sa.true()))
        .subquery("heads")
    )
    facts = {
        code: sa.alias(household_fact, f"fact_{code}")
        for code in (
            "minority",
            "local_minority",
            "no_labour_capacity",
            "merit_household",
            "social_protection",
        )
    }
    ticked = {code: fact.c.value == "yes" for code, fact in facts.items()}
    by_head = head.c.ethnicity.not_in(("01", "55"))
    query = (
        sa.select(
            class_record.c.household,
            household_place.c.village,
            class_record.c.household_class,
            class_record.c.average_living,
            sa.func.coalesce(size.c.persons, 0).label("persons"),
            sa.func.coalesce(ticked["minority"], by_head).label("minority"),
            *(ticked[code].label(code) for code in facts if code != "minority"),
            (head.c.sex == "female").label("female_head"),
            sa.type_coerce(class_record.c.possible, sa.Text).label("possible"),
        )
        .join(household, household.c.uid == class_record.c.household)
        .join(household_place, household_place.c.household == class_record.c.household)
        .outerjoin(size, size.c.household == class_record.c.household)
        .outerjoin(head, head.c.household == class_record.c.household)
    )
    for code, fact in facts.items():
        query = query.outerjoin(
            fact,
            sa.and_(
                fact.c.household == class_record.c.household,
                fact.c.code == code,
                in_force(fact, day),
            ),
        )
    return query.where(
        class_in_scope(scope), household.c.removed.is_(sa.false()), in_force(household_place, day)
    ).subquery("review_rows")


def _predicate(
    table: sa.FromClause, measure: Measure, widest: bool = False
) -> sa.ColumnElement[bool]:
    tests: list[sa.ColumnElement[bool]] = []
    for column, value in measure.where:
        if isinstance(value, bool):
            tests.append(table.c[column].is_(value))
        elif widest and column == "household_class":
            padded = sa.literal(" ") + table.c.possible + sa.literal(" ")
            tests.append(sa.or_(table.c[column] == value, padded.like(f"% {value} %")))
        else:
            tests.append(table.c[column] == value)
    return sa.and_(sa.true(), *tests)


def counts(
    connection: Connection,
    scope: Scope,
    measures: Sequence[Measure],
    *,
    frozen: bool,
    widest: bool = False,
) -> dict[UUID, dict[str, int]]:
    """The leaf cells: {village: {measure code: value}}; villages without rows are absent.

    `frozen` is what `is_frozen` says of the scope. `widest` also counts computed households that
    may belong, as unknown indicators fall.
    """
    codes = tuple(measure.code for measure in measures)
    query = _counts_query(
        frozen, scope.recognised, scope.as_of is not None, widest, tuple(measures)
    )
    values = {
        "scope_year": scope.year,
        "scope_standard": scope.standard,
        "scope_day": scope.day,
    }
    return {
        village: dict(zip(codes, sums, strict=True))
        for village, *sums in connection.execute(query, values)
    }


@lru_cache(maxsize=64)
def _counts_query(
    frozen: bool, recognised: bool, dated: bool, widest: bool, measures: tuple[Measure, ...]
) -> sa.Select[Any]:
    marks = _Marks(recognised, _DAY if dated else None)
    table = frozen_rows(marks) if frozen else live_rows(marks)
    sums = []
    for measure in measures:
        unit = table.c.persons if measure.of is CountOf.PERSONS else sa.literal(1)
        sums.append(sa.func.sum(sa.case((_predicate(table, measure, widest), unit), else_=0)))
    return sa.select(table.c.village, *sums).group_by(table.c.village)


class Named(NamedTuple):
    """A household behind a cell."""

    household: UUID
    village: UUID
    persons: int


def households(
    connection: Connection, scope: Scope, measure: Measure, villages: Iterable[UUID]
) -> list[Named]:
    """The households a measure counts in the given villages."""
    table = rows(connection, scope)
    query = (
        sa.select(table.c.household, table.c.village, table.c.persons)
        .where(_predicate(table, measure), table.c.village.in_(list(villages)))
        .order_by(table.c.village, table.c.household)
    )
    return [Named(*row) for row in connection.execute(query)]


def persons(
    connection: Connection, scope: Scope, measure: Measure, villages: Iterable[UUID]
) -> list[UUID]:
    """The persons a measure counts: frozen with the result, or members on the scope's day."""
    wanted = [row.household for row in households(connection, scope, measure, villages)]
    if is_frozen(connection, scope):
        query = (
            sa.select(review_result_person.c.person)
            .join(review_result, review_result.c.uid == review_result_person.c.result)
            .where(
                review_result.c.review_year == scope.year,
                review_result.c.standard == scope.standard,
                review_result.c.recognised.is_(sa.true()),
                review_result.c.removed.is_(sa.false()),
                review_result_person.c.removed.is_(sa.false()),
                review_result.c.household.in_(wanted),
            )
        )
    else:
        query = (
            sa.select(membership.c.person)
            .join(person, person.c.uid == membership.c.person)
            .where(
                in_force(membership, scope.day),
                person.c.removed.is_(sa.false()),
                membership.c.household.in_(wanted),
            )
        )
    return list(connection.execute(query).scalars())


def register_counts(connection: Connection, day: date) -> dict[UUID, tuple[int, int]]:
    """Households and persons of the register by village on `day`."""
    query = (
        sa.select(
            household_place.c.village,
            sa.func.count(sa.distinct(household.c.uid)),
            sa.func.count(membership.c.uid),
        )
        .join(household, household.c.uid == household_place.c.household)
        .outerjoin(
            membership,
            sa.and_(membership.c.household == household.c.uid, in_force(membership, day)),
        )
        .where(in_force(household_place, day), household.c.removed.is_(sa.false()))
        .group_by(household_place.c.village)
    )
    return {village: (homes, people) for village, homes, people in connection.execute(query)}


def villages_on(connection: Connection, wanted: Iterable[UUID], day: date) -> dict[UUID, UUID]:
    """The village of each household on `day`; households not in the register then are absent."""
    query = sa.select(household_place.c.household, household_place.c.village).where(
        in_force(household_place, day), household_place.c.household.in_(list(wanted))
    )
    return {row.household: row.village for row in connection.execute(query)}


def without_computed_class(connection: Connection, scope: Scope, villages: Iterable[UUID]) -> int:
    """Households of the register in the villages that have no computed class of the year yet."""
    computed = sa.select(class_record.c.household).where(class_in_scope(scope))
    query = (
        sa.select(sa.func.count(sa.distinct(household.c.uid)))
        .join(household_place, household_place.c.household == household.c.uid)
        .where(
            household.c.removed.is_(sa.false()),
            in_force(household_place, scope.day),
            household_place.c.village.in_(list(villages)),
            household.c.uid.not_in(computed),
        )
    )
    return int(connection.execute(query).scalar_one())
