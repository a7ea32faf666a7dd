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
from giamngheo_desktop.storage.records import batches, in_force
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


Day = date | sa.BindParameter[date]

_FACTS = (
    "minority",
    "local_minority",
    "no_labour_capacity",
    "merit_household",
    "social_protection",
)
MAJORITY_OR_FOREIGN = ("01", "55")  # Kinh; người nước ngoài: no minority

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
                    *_newest(place),
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


def _newest(table: sa.FromClause) -> tuple[sa.ColumnElement[Any], ...]:
    """The order in which, of dated rows that should not both hold, the first one counts."""
    return table.c.valid_from.desc(), table.c.uid.desc()


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
    connection: Connection,
    scope: Scope,
    measure: Measure,
    villages: Iterable[UUID] | None = None,
    *,
    widest: bool = False,
) -> list[Named]:
    """The households a measure counts in the given villages, in all where None."""
    table = rows(connection, scope)
    query = (
        sa.select(table.c.household, table.c.village, table.c.persons)
        .where(_predicate(table, measure, widest))
        .order_by(table.c.village, table.c.household)
    )
    if villages is not None:
        query = query.where(table.c.village.in_(list(villages)))
    return [Named(*row) for row in connection.execute(query)]


def persons(
    connection: Connection, scope: Scope, measure: Measure, villages: Iterable[UUID]
) -> list[UUID]:
    """The persons a measure counts in the given villages."""
    wanted = [row.household for row in households(connection, scope, measure, villages)]
    return members_of(connection, scope, wanted)


def members_of(connection: Connection, scope: Scope, wanted: Sequence[UUID]) -> list[UUID]:
    """The persons of households: frozen with the result, or members on the scope's day."""
    frozen = is_frozen(connection, scope)
    found: list[UUID] = []
    for batch in batches(wanted):
        query = _frozen_members(scope, batch) if frozen else _live_members(scope, batch)
        found += (row.person for row in connection.execute(query))
    return found


def _frozen_members(scope: Scope, wanted: Sequence[UUID]) -> sa.Select[Any]:
    return (
        sa.select(review_result.c.household, review_result_person.c.person)
        .distinct()
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


def _live_members(scope: Scope, wanted: Sequence[UUID]) -> sa.Select[Any]:
    return (
        sa.select(membership.c.household, membership.c.person)
        .distinct()
        .where(member_on(scope.day), membership.c.household.in_(wanted))
    )


def register_counts(connection: Connection, day: date) -> dict[UUID, tuple[int, int]]:
    """Households and persons of the register by village on `day`; each household once."""
    size = (
        sa.select(
            membership.c.household,
            sa.func.count(sa.distinct(membership.c.person)).label("persons"),
        )
        .where(member_on(day))
        .group_by(membership.c.household)
        .subquery("sizes")
    )
    place = _place_on(day)
    query = (
        sa.select(
            place.c.village, sa.func.count(), sa.func.sum(sa.func.coalesce(size.c.persons, 0))
        )
        .outerjoin(size, size.c.household == place.c.household)
        .group_by(place.c.village)
    )
    return {row[0]: (row[1], row[2]) for row in connection.execute(query)}


def _place_on(day: Day) -> sa.Subquery:
    """Where each household of the register lives on a day, once."""
    place = household_place
    placed = (
        sa.select(
            place.c.household,
            place.c.village,
            sa.func.row_number()
            .over(partition_by=place.c.household, order_by=_newest(place))
            .label("number"),
        )
        .join(household, household.c.uid == place.c.household)
        .where(in_force(place, day), household.c.removed.is_(sa.false()))
        .subquery("placed")
    )
    chosen = sa.select(placed.c.household, placed.c.village).where(placed.c.number == 1)
    return chosen.subquery("places")


def stays(
    connection: Connection, wanted: Sequence[UUID], first: date, last: date
) -> dict[UUID, list[UUID]]:
    """The villages each household lived in between two days, in order."""
    place = household_place
    found: dict[UUID, list[UUID]] = {}
    for batch in batches(wanted):
        query = (
            sa.select(place.c.household, place.c.village)
            .where(
                place.c.household.in_(batch),
                place.c.removed.is_(sa.false()),
                place.c.valid_from <= last,
                sa.or_(
                    place.c.valid_to.is_(None),
                    sa.and_(place.c.valid_to >= first, place.c.valid_to >= place.c.valid_from),
                ),
            )
            .order_by(place.c.valid_from, place.c.uid)
        )
        for row in connection.execute(query):
            found.setdefault(row.household, []).append(row.village)
    return found


def without_computed_class(connection: Connection, scope: Scope, villages: Iterable[UUID]) -> int:
    """Households of the register in the villages that have no class of the scope yet."""
    decided = sa.select(class_record.c.household).where(
        class_in_scope(scope), class_record.c.household_class.is_not(None)
    )
    query = (
        sa.select(sa.func.count(sa.distinct(household.c.uid)))
        .join(household_place, household_place.c.household == household.c.uid)
        .where(
            household.c.removed.is_(sa.false()),
            in_force(household_place, scope.day),
            household_place.c.village.in_(list(villages)),
            household.c.uid.not_in(decided),
        )
    )
    return int(connection.execute(query).scalar_one())


def closed_units(connection: Connection, scope: Scope) -> frozenset[UUID]:
    """The units that closed the year of a frozen scope."""
    query = sa.select(review_round.c.area).where(
        review_round.c.review_year == scope.year,
        review_round.c.standard == scope.standard,
        review_round.c.closed_on.is_not(None),
        review_round.c.removed.is_(sa.false()),
    )
    return frozenset(connection.execute(query).scalars())
