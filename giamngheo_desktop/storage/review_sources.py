"""The two sources of review rows: frozen results, and the dated facts of the register.

Both give the same columns, so that every measure is written once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from giamngheo_desktop.domain.measures import CAUSES, INDICATORS, KEPT
from giamngheo_desktop.storage.records import in_force
from giamngheo_desktop.storage.review_facts import (
    SCORE,
    UNKNOWN_BITS,
    Fact,
    children_of,
    frozen_fact,
    indicator_bits,
    last_birth,
)
from giamngheo_desktop.storage.tables import (
    class_record,
    household,
    household_fact,
    household_place,
    membership,
    person,
    person_fact,
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
    """Which rows: of a review year, or in force on `as_of`; recognised or computed ones.

    `edition` is the last one whose corrections count in closed years; None: the newest.
    """

    year: int
    standard: str
    recognised: bool = True
    as_of: date | None = None
    edition: int | None = None

    @property
    def day(self) -> date:
        """The day whose villages and members count."""
        return self.as_of or date(self.year, 12, 31)

    @property
    def is_yearly(self) -> bool:
        """Whether it asks for official numbers of a year, which stand still once it is closed."""
        return self.as_of is None and self.recognised


Day = date | sa.BindParameter[date]

_FACTS = (
    "minority",
    "local_minority",
    "no_labour_capacity",
    "merit_household",
    "social_protection",
)
_DERIVED = ("minority", "merit_household")  # from the members where nobody ticked them
MAJORITY_OR_FOREIGN = ("01", "55")  # Kinh; người nước ngoài: no minority

YEAR = sa.bindparam("scope_year", type_=sa.Integer)
STANDARD = sa.bindparam("scope_standard", type_=sa.Text)
DAY = sa.bindparam("scope_day", type_=sa.Date)
EDITION = sa.bindparam("scope_edition", type_=sa.Integer)


@dataclass(frozen=True, slots=True)
class Marks:
    """A scope whose values are bound when the statement runs, so that it is built only once."""

    recognised: bool
    as_of: sa.BindParameter[date] | None
    edition: sa.BindParameter[int] | None
    year: sa.BindParameter[int] = YEAR
    standard: sa.BindParameter[str] = STANDARD
    day: sa.BindParameter[date] = DAY


AnyScope = Scope | Marks


def of_year(scope: AnyScope, *, by_household: bool = False) -> sa.ColumnElement[bool]:
    """The frozen results that the tables of a year count, in the scope's edition.

    `by_household` keeps SQLite from looking them up by the year.
    """
    result = review_result
    year = result.c.review_year + 0 if by_household else result.c.review_year
    return sa.and_(year == scope.year, counted_results(scope))


def counted_results(scope: AnyScope) -> sa.ColumnElement[bool]:
    """The frozen results of all years under the scope's standard, in its edition."""
    result = review_result
    edition: sa.ColumnElement[bool] = result.c.edition_to.is_(None)
    if scope.edition is not None:
        edition = sa.and_(
            result.c.edition_from <= scope.edition,
            sa.or_(edition, result.c.edition_to >= scope.edition),
        )
    return sa.and_(
        result.c.standard == scope.standard,
        result.c.removed.is_(sa.false()),
        result.c.recognised.is_(sa.true()),
        edition,
    )


def frozen_rows(scope: AnyScope, facts: Sequence[Fact] = ()) -> sa.Subquery:
    """One row for each result of a closed year, with these facts beside `COLUMNS`."""
    columns = [review_result.c[name] for name in COLUMNS]
    more = map(frozen_fact, facts)
    query = sa.select(*columns, *more, sa.null().label("possible")).where(of_year(scope))
    return query.subquery("review_rows")


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


def live_rows(scope: AnyScope, facts: Sequence[Fact] = ()) -> sa.Subquery:
    """One row for each household with a class in the scope: `COLUMNS` and these facts.

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
            class_record.c.review_year,
            class_record.c.valid_from,
            sa.case((class_record.c.valid_to < class_record.c.valid_from, 1), else_=0).label(
                "never_held"
            ),
        )
        .where(class_in_scope(scope))
        .cte("records")
        .prefix_with("MATERIALIZED")
    )
    # From here on every row is looked up by an index, never by a join of two whole subqueries:
    # without statistics SQLite guesses the size of those, and wrong by a factor of thousands.
    place, tie, head = household_place, sa.alias(membership, "tie"), sa.alias(person, "head")
    ticked = {code: _ticked(records.c.household, code, day) for code in _FACTS}
    joined = (
        sa.select(
            records.c.household,
            place.c.village,
            records.c.household_class,
            records.c.average_living,
            size_on(records.c.household, day).label("persons"),
            sa.func.coalesce(
                ticked["minority"] == 1, head.c.ethnicity.not_in(MAJORITY_OR_FOREIGN)
            ).label("minority"),
            *((ticked[code] == 1).label(code) for code in _FACTS if code not in _DERIVED),
            sa.func.coalesce(
                ticked["merit_household"] == 1, _has_merit(records.c.household, day)
            ).label("merit_household"),
            (head.c.sex == "female").label("female_head"),
            *(_live_fact(fact, scope, records, head) for fact in facts),
            records.c.possible,
            sa.func.row_number()
            .over(
                partition_by=records.c.household,
                order_by=(
                    records.c.valid_from.desc(),
                    records.c.never_held,
                    records.c.uid.desc(),
                    *newest(place),
                    tie.c.uid,
                ),
            )
            .label("number"),
        )
        .join(household, household.c.uid == records.c.household)
        .join(place, place.c.household == records.c.household)
        .outerjoin(
            tie,
            sa.and_(
                tie.c.household == records.c.household,
                tie.c.is_head.is_(sa.true()),
                in_force(tie, day),
            ),
        )
        .outerjoin(head, sa.and_(head.c.uid == tie.c.person, head.c.removed.is_(sa.false())))
        .where(household.c.removed.is_(sa.false()), in_force(place, day))
        .subquery("joined")
    )
    names = (fact.name for fact in facts)
    kept = [joined.c[name] for name in (*COLUMNS, *names, "possible")]
    return sa.select(*kept).where(joined.c.number == 1).subquery("review_rows")


def _live_fact(
    fact: Fact, scope: AnyScope, records: sa.CTE, head: sa.FromClause
) -> sa.ColumnElement[Any]:
    if fact.name == "ethnicity":
        found: sa.ColumnElement[Any] = head.c.ethnicity
    elif fact.name == KEPT:
        found = sa.true()
    elif fact.name == CAUSES:
        found = household.c.causes
    elif fact.name in (INDICATORS, UNKNOWN_BITS, SCORE):
        found = indicator_bits(
            fact.name, records.c.household, scope.standard, records.c.review_year
        )
        if fact.name == SCORE:
            found = sa.func.coalesce(found, _score_without_review(records))
    else:
        there = in_force(membership, scope.day)
        found = children_of(
            fact.name, fact.ages, records.c.household, there, lambda years: born(scope, years)
        )
    return found.label(fact.name)


def _score_without_review(records: sa.CTE) -> sa.ColumnElement[int]:
    """What the register holds, as a list of results brought it. It does not say of which year: of
    a household recognised in one year alone it can be of no other.
    """
    other = class_record.alias()
    elsewhere = sa.exists().where(
        other.c.household == records.c.household,
        other.c.review_year != records.c.review_year,
        other.c.source.in_(RECOGNISED_SOURCES),
        other.c.removed.is_(sa.false()),
    )
    return sa.case((~elsewhere, household.c.score_income))


def born(scope: AnyScope, years: int) -> sa.ColumnElement[str]:
    """The last birth of those who are so many years old on the scope's day."""
    if isinstance(scope, Marks):
        return sa.bindparam(born_mark(years), type_=sa.Text)
    return sa.literal(last_birth(scope.day, years))


def born_mark(years: int) -> str:
    return f"born_{years}"


def size_on(home: sa.ColumnElement[Any], day: Day) -> sa.ScalarSelect[int]:
    """The number of members of a household, each counted once."""
    return (
        sa.select(sa.func.count(sa.distinct(membership.c.person)))
        .where(membership.c.household == home, member_on(day))
        .scalar_subquery()
    )


def _ticked(home: sa.ColumnElement[Any], code: str, day: Day) -> sa.ScalarSelect[int]:
    """1 yes, 0 no, NULL where nobody ticked the fact."""
    fact = sa.alias(household_fact, f"fact_{code}")
    return (
        sa.select(sa.func.max(sa.case((fact.c.value == "yes", 1), else_=0)))
        .where(fact.c.household == home, fact.c.code == code, in_force(fact, day))
        .scalar_subquery()
    )


def _has_merit(home: sa.ColumnElement[Any], day: Day) -> sa.ColumnElement[bool]:
    """Whether a member is người có công: so it is where nobody ticked it for the household."""
    return (
        sa.exists()
        .where(
            membership.c.household == home,
            member_on(day),
            person_fact.c.person == membership.c.person,
            person_fact.c.code == "merit",
            person_fact.c.value == "yes",
            in_force(person_fact, day),
        )
        .correlate_except(membership, person_fact)
    )


def member_on(day: Day) -> sa.ColumnElement[bool]:
    """The memberships that count on a day; a person typed by mistake is nobody."""
    mistaken = sa.select(person.c.uid).where(person.c.removed.is_(sa.true()))
    return sa.and_(in_force(membership, day), membership.c.person.not_in(mistaken))


def newest(table: sa.FromClause) -> tuple[sa.ColumnElement[Any], ...]:
    """The order in which, of dated rows that should not both hold, the first one counts."""
    return table.c.valid_from.desc(), table.c.uid.desc()
