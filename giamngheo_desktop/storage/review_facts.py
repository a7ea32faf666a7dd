"""What some tables count beside the class: indicators of the review, causes, children.

A table reads only those it counts (`facts_of`): each is a look-up for every household.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from giamngheo_desktop.domain.children import COUNTED, Ages, ChildAges
from giamngheo_desktop.domain.measures import CAUSES, INDICATORS, KEPT, VAGUE, Measure
from giamngheo_desktop.storage.review_tables import case_result, review, review_case
from giamngheo_desktop.storage.tables import membership, person, review_result

UNKNOWN_BITS = "unknown_bits"
SCORE = "score_income"
Born = Callable[[int], sa.ColumnElement[str]]  # the last birth of those who are so many years old


class Fact(NamedTuple):
    """A column beside those that every review row has; `ages` of children."""

    name: str
    ages: Ages | None = None


def facts_of(measures: Iterable[Measure]) -> tuple[Fact, ...]:
    """What the measures read beside the columns of every row."""
    found: set[Fact] = set()
    for measure in measures:
        columns = {column for column, _ in measure.where} | {measure.vague}
        if "ethnicity" in columns:
            found.add(Fact("ethnicity"))
        if KEPT in columns:
            found.add(Fact(KEPT))
        for column in columns & set(VAGUE):
            if column == INDICATORS:
                found |= {Fact(INDICATORS), Fact(UNKNOWN_BITS)}
            elif column == CAUSES:
                found.add(Fact(CAUSES))
            else:
                found |= {Fact(column, measure.ages), Fact(most(column), measure.ages)}
                if measure.told:
                    found |= {Fact(INDICATORS), Fact(UNKNOWN_BITS)}
    return tuple(sorted(found, key=str))


def facts_to_freeze(ages: ChildAges) -> tuple[Fact, ...]:
    """What a closed year keeps; `ages` are those of the standard."""
    counted = (Fact(f"{which}{name}", ages[name]) for which in ("", "most_") for name in ages)
    return (Fact(INDICATORS), Fact(UNKNOWN_BITS), Fact(CAUSES), *counted)


def most(name: str) -> str:
    """The column of what may be counted, beside that of what is certain."""
    return f"most_{name}"


def frozen_fact(fact: Fact) -> sa.ColumnElement[Any]:
    if fact.name == KEPT:
        return review_result.c.children.is_not(None).label(KEPT)
    return review_result.c[fact.name]


def indicator_bits(
    name: str,
    home: sa.ColumnElement[Any],
    standard: sa.ColumnElement[str] | str,
    year: sa.ColumnElement[int],
) -> sa.ScalarSelect[int]:
    """The indicators found by the last review of the year in which a class was recognised."""
    return (
        sa.select(case_result.c[name])
        .join(review_case, review_case.c.uid == case_result.c.review_case)
        .join(review, review.c.uid == review_case.c.review)
        .where(
            review_case.c.household == home,
            review_case.c.outcome == "reviewed",
            review_case.c.removed.is_(sa.false()),
            case_result.c.standard == standard,
            case_result.c.removed == sa.false(),  # as its index says it, to be found by it
            case_result.c.deprived_bits.is_not(None),
            review.c.review_year == year,
            review.c.removed.is_(sa.false()),
        )
        .order_by(review.c.reference_day.desc(), case_result.c.uid.desc())
        .limit(1)
        .scalar_subquery()
    )


def children_of(
    name: str,
    ages: Ages | None,
    home: sa.ColumnElement[Any],
    there: sa.ColumnElement[bool],
    born: Born,
) -> sa.ScalarSelect[int]:
    """How many members of a household a column of children counts; `there`: whose stay counts."""
    return (
        sa.select(sa.func.count(sa.distinct(membership.c.person)))
        .join(person, person.c.uid == membership.c.person)
        .where(
            membership.c.household == home,
            there,
            person.c.removed.is_(sa.false()),
            is_child(name, ages, born),
        )
        .scalar_subquery()
    )


def is_child(name: str, ages: Ages | None, born: Born) -> sa.ColumnElement[bool]:
    """Whether a person counts in a column of children, for certain or (most_…) possibly."""
    possible, name = name.startswith("most_"), name.removeprefix("most_")
    assert name in COUNTED, name
    assert ages is not None, name
    earliest, latest = _padded("0000-01-01"), _padded("0000-12-31")
    first, below = born(ages.first), born(ages.below)
    lacks = _lacks(name)
    if possible:
        old_enough = sa.or_(person.c.birth.is_(None), earliest <= first)
        young_enough = sa.or_(person.c.birth.is_(None), latest > below)
        return sa.and_(old_enough, young_enough, sa.func.coalesce(lacks, sa.true()))
    return sa.and_(latest <= first, earliest > below, lacks)


def _padded(pattern: str) -> sa.ColumnElement[str]:
    """A birth as ten characters, those it leaves open taken from the pattern."""
    birth = sa.type_coerce(person.c.birth, sa.Text)
    return birth + sa.func.substr(pattern, sa.func.length(birth) + 1)


def _lacks(name: str) -> sa.ColumnElement[Any]:
    """NULL where nobody knows."""
    if name == "children_uninsured":
        return sa.not_(person.c.health_insurance)
    if name == "children_malnourished":
        return person.c.malnourished
    if name == "children_out_of_school":
        at_school = sa.case((person.c.school_level.is_not(None), sa.true()), else_=sa.null())
        return sa.not_(sa.func.coalesce(person.c.attending_school, at_school))
    return sa.true()


def last_birth(day: date, years: int) -> str:
    """The last birth of those who have completed so many years on a day.

    As text of ten characters; "31" for any last day of a month, as births of no known day have.
    """
    year = day.year - years
    last = calendar.monthrange(max(year, 1), day.month)[1]
    return f"{year:04d}-{day.month:02d}-{31 if day.day >= last else day.day:02d}"
