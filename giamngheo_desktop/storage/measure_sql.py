"""Measures as SQL over review rows: whom they take and what each row adds."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from giamngheo_desktop.domain.measures import (
    CAUSES,
    INDICATORS,
    Bit,
    CountOf,
    Has,
    Measure,
    NoneOf,
    NotTrue,
    OneOf,
    Test,
    Unknown,
    Unsaid,
)
from giamngheo_desktop.storage.review_facts import UNKNOWN_BITS, most


def predicate(
    table: sa.FromClause, measure: Measure, widest: bool = False
) -> sa.ColumnElement[bool]:
    """Whom a measure takes; `widest`: also who may belong, as what is unknown falls."""
    tests = (_test(table, measure, column, test, widest) for column, test in measure.where)
    return sa.and_(sa.true(), *tests)


def amount(table: sa.FromClause, measure: Measure, widest: bool = False) -> sa.ColumnElement[int]:
    """What a row adds that the measure takes."""
    if measure.of is CountOf.PERSONS:
        return table.c.persons
    if measure.of is CountOf.DEPRIVATIONS:
        bits = _bits(table, widest)
        ones = (_bit(bits, place) for place in range(measure.indicators))
        none = measure.indicators if widest else 0
        return sa.func.coalesce(sum(ones, sa.literal(0)), none)
    if measure.of_children:
        return sa.func.coalesce(_children(table, measure, measure.of)[widest], 0)
    return sa.literal(1)


def _children(
    table: sa.FromClause, measure: Measure, column: str
) -> tuple[sa.ColumnElement[int], sa.ColumnElement[int]]:
    """How many children of a household count for certain, and may count; what their own facts
    leave open the indicator decides that tells of them.
    """
    sure, most_of_them = table.c[column], table.c[most(column)]
    if measure.told is None:
        return sure, most_of_them
    place = measure.told.place
    lacks = _bit(_bits(table, widest=False), place) == 1
    settled = _bit(sa.func.coalesce(table.c[UNKNOWN_BITS], 0), place) == 0
    none_more = sa.and_(settled, sa.not_(lacks))
    one = sa.and_(lacks, sure == 0, most_of_them > 0) if measure.told.both else sa.false()
    return sa.case((one, 1), else_=sure), sa.case((none_more, sure), else_=most_of_them)


def _test(
    table: sa.FromClause, measure: Measure, column: str, test: Test, widest: bool
) -> sa.ColumnElement[bool]:
    value = table.c[column]
    match test:
        case bool():
            return value.is_(test)
        case NotTrue():
            return sa.func.coalesce(value, sa.false()).is_(sa.false())
        case Unsaid():
            return value.is_(None)
        case OneOf(codes):
            return sa.or_(sa.false(), *(_equals(table, column, code, widest) for code in codes))
        case NoneOf(codes):
            return sa.func.coalesce(value, "").not_in(codes)
        case Bit(place):
            found = _bit(_bits(table, widest), place) == 1
            return sa.or_(found, value.is_(None)) if widest else found
        case Has(code):
            found = has_code(value, code)
            return sa.or_(found, value.is_(None)) if widest else found
        case Unknown(whole):
            return _unknown(table, measure, column, whole)
        case _:
            return _equals(table, column, test, widest)


def _equals(table: sa.FromClause, column: str, code: str, widest: bool) -> sa.ColumnElement[bool]:
    if widest and column == "household_class":
        return sa.or_(table.c[column] == code, has_code(table.c.possible, code))
    return table.c[column] == code


def has_code(codes: sa.ColumnElement[Any], code: str) -> sa.ColumnElement[bool]:
    """Whether a code is among those of a column."""
    padded = sa.literal(" ") + sa.type_coerce(codes, sa.Text) + sa.literal(" ")
    return padded.contains(f" {code} ", autoescape=True)


def _bits(table: sa.FromClause, widest: bool) -> sa.ColumnElement[int]:
    bits = table.c[INDICATORS]
    return bits.bitwise_or(sa.func.coalesce(table.c[UNKNOWN_BITS], 0)) if widest else bits


def _bit(bits: sa.ColumnElement[int], place: int) -> sa.ColumnElement[int]:
    return bits.bitwise_rshift(place).bitwise_and(1)


def _unknown(
    table: sa.FromClause, measure: Measure, column: str, whole: bool
) -> sa.ColumnElement[bool]:
    value = table.c[column]
    if whole or column == CAUSES:
        return value.is_(None)
    if column == INDICATORS:
        return sa.or_(value.is_(None), sa.func.coalesce(table.c[UNKNOWN_BITS], 0) != 0)
    sure, possible = _children(table, measure, column)
    return possible > sure
