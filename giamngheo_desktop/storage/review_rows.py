"""Review rows: what tables count, as numbers by village, as households, as persons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.measures import CAUSES, INDICATORS, Measure
from giamngheo_desktop.storage import areas
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.measure_sql import amount, has_code, predicate
from giamngheo_desktop.storage.records import batches, in_force
from giamngheo_desktop.storage.review_facts import (
    SCORE,
    UNKNOWN_BITS,
    Fact,
    facts_of,
    is_child,
    last_birth,
    most,
)
from giamngheo_desktop.storage.review_sources import (
    COLUMNS,
    DAY,
    EDITION,
    Marks,
    born,
    born_mark,
    member_on,
    newest,
    of_year,
    size_on,
)
from giamngheo_desktop.storage.review_sources import RECOGNISED_SOURCES as RECOGNISED_SOURCES
from giamngheo_desktop.storage.review_sources import Scope as Scope
from giamngheo_desktop.storage.review_sources import frozen_rows as frozen_rows
from giamngheo_desktop.storage.review_sources import live_rows as live_rows
from giamngheo_desktop.storage.tables import (
    class_record,
    household,
    household_place,
    membership,
    person,
    review_result,
    review_result_person,
    review_round,
)

_VILLAGES = sa.bindparam("villages", type_=sa.Uuid, expanding=True)
_CLOSED_VILLAGES = sa.bindparam("closed_villages", type_=sa.Uuid, expanding=True)
_CLOSED = sa.select(review_round.c.area).where(
    review_round.c.review_year == sa.bindparam("year"),
    review_round.c.standard == sa.bindparam("standard"),
    review_round.c.closed_on.is_not(None),
    review_round.c.removed.is_(sa.false()),
)

# True: every commune closed the year; else the villages of those that did.
Frozen = bool | frozenset[UUID]


def is_frozen(connection: Connection, scope: Scope) -> Frozen:
    """What of the year is closed, so that its results no longer follow the register.

    A commune is closed with the unit above it, or where all that went into it were closed.
    """
    units = closed_units(connection, scope) if scope.is_yearly else frozenset()
    if not units:
        return False
    tree = areas.tree_on(connection, scope.day)
    steps = areas.successions(connection)
    communes = {commune.uid for commune in tree.of_level(Level.COMMUNE)}
    closed = set()
    for commune in communes:
        parts = {step.old for step in steps if step.new == commune}
        above = {area.uid for area in tree.ancestors(commune)}
        if above & units or (parts and parts <= units):
            closed.add(commune)
    if closed == communes:
        return True
    counted = frozen_villages(connection, scope)
    inside = (
        village.uid
        for village in tree.villages()
        if any(area.uid in closed for area in tree.ancestors(village.uid))
    )
    return frozenset((*counted, *inside))


def frozen_villages(connection: Connection, scope: Scope) -> frozenset[UUID]:
    """The villages that the results of a year stand in, as they were when it was closed."""
    results = frozen_rows(scope)
    return frozenset(connection.execute(sa.select(results.c.village).distinct()).scalars())


def is_closed(frozen: Frozen, villages: Iterable[UUID]) -> bool:
    """Whether all of these villages are frozen."""
    if isinstance(frozen, bool):
        return frozen
    wanted = frozenset(villages)
    return bool(wanted) and wanted <= frozen


def _rows(way: Frozen, marks: Marks, facts: Sequence[Fact] = ()) -> sa.Subquery:
    """Frozen results, live rows, or (a set) both: each household in one of them."""
    if isinstance(way, bool):
        return frozen_rows(marks, facts) if way else live_rows(marks, facts)
    done, live = frozen_rows(marks, facts), live_rows(marks, facts)
    names = [column.name for column in done.c]
    rest = sa.select(*(live.c[name] for name in names)).where(
        live.c.village.not_in(_CLOSED_VILLAGES),
        live.c.household.not_in(sa.select(done.c.household)),
    )
    return sa.union_all(sa.select(*(done.c[name] for name in names)), rest).subquery("rows")


def _way(frozen: Frozen) -> Frozen:
    """What a statement is built from: which villages is bound when it runs."""
    return frozen if isinstance(frozen, bool) else frozenset()


def counts(
    connection: Connection,
    scope: Scope,
    measures: Sequence[Measure],
    *,
    frozen: Frozen,
    widest: bool = False,
) -> dict[UUID, dict[str, int]]:
    """The leaf cells: {village: {measure code: value}}; villages without rows are absent.

    `frozen` is what `is_frozen` says of the scope. `widest` also counts computed households that
    may belong, as unknown indicators fall.
    """
    codes = tuple(measure.code for measure in measures)
    query = _counts_query(_way(frozen), _shape(scope), widest, tuple(measures))
    return {
        village: dict(zip(codes, sums, strict=True))
        for village, *sums in connection.execute(query, _values(scope, frozen, measures))
    }


def _values(scope: Scope, frozen: Frozen, measures: Iterable[Measure] = ()) -> dict[str, Any]:
    values: dict[str, Any] = {
        "scope_year": scope.year,
        "scope_standard": scope.standard,
        "scope_day": scope.day,
    }
    if scope.edition is not None:
        values["scope_edition"] = scope.edition
    if not isinstance(frozen, bool):
        values["closed_villages"] = list(frozen)
    for ages in {measure.ages for measure in measures if measure.ages is not None}:
        for years in (ages.first, ages.below):
            values[born_mark(years)] = last_birth(scope.day, years)
    return values


class _Shape(NamedTuple):
    """What of a scope makes another statement."""

    recognised: bool
    dated: bool
    edition: bool

    @property
    def marks(self) -> Marks:
        day, edition = DAY if self.dated else None, EDITION if self.edition else None
        return Marks(self.recognised, day, edition)


def _shape(scope: Scope) -> _Shape:
    return _Shape(scope.recognised, scope.as_of is not None, scope.edition is not None)


@lru_cache(maxsize=64)
def _counts_query(
    way: Frozen, shape: _Shape, widest: bool, measures: tuple[Measure, ...]
) -> sa.Select[Any]:
    table = _rows(way, shape.marks, facts_of(measures))
    sums = []
    for measure in measures:
        taken, adds = predicate(table, measure, widest), amount(table, measure, widest)
        sums.append(sa.func.sum(sa.case((taken, adds), else_=0)))
    return sa.select(table.c.village, *sums).group_by(table.c.village)


class Named(NamedTuple):
    """A household behind a cell, with what it adds to the number there."""

    household: UUID
    village: UUID
    amount: int


def households(
    connection: Connection,
    scope: Scope,
    measure: Measure,
    villages: Iterable[UUID] | None = None,
    *,
    widest: bool = False,
) -> list[Named]:
    """The households that add to a measure in the given villages, in all where None."""
    frozen = is_frozen(connection, scope)
    query = _named_query(_way(frozen), _shape(scope), widest, measure, villages is None)
    values = _values(scope, frozen, (measure,))
    if villages is not None:
        values["villages"] = list(villages)
    return [Named(*row) for row in connection.execute(query, values)]


@lru_cache(maxsize=64)
def _named_query(
    way: Frozen, shape: _Shape, widest: bool, measure: Measure, everywhere: bool
) -> sa.Select[Any]:
    table = _rows(way, shape.marks, facts_of((measure,)))
    adds = amount(table, measure, widest)
    query = (
        sa.select(table.c.household, table.c.village, adds)
        .where(predicate(table, measure, widest), adds > 0 if measure.vague else sa.true())
        .order_by(table.c.village, table.c.household)
    )
    return query if everywhere else query.where(table.c.village.in_(_VILLAGES))


class Stood(NamedTuple):
    """A household with its class at the end of a scope."""

    household: UUID
    village: UUID
    household_class: str
    persons: int


def classed(connection: Connection, scope: Scope) -> list[Stood]:
    """All households with a class in a scope, each once."""
    frozen = is_frozen(connection, scope)
    query = _classed_query(_way(frozen), _shape(scope))
    return [Stood(*row) for row in connection.execute(query, _values(scope, frozen))]


@lru_cache(maxsize=16)
def _classed_query(way: Frozen, shape: _Shape) -> sa.Select[Any]:
    table = _rows(way, shape.marks)
    return (
        sa.select(table.c.household, table.c.village, table.c.household_class, table.c.persons)
        .where(table.c.household_class.is_not(None))
        .order_by(table.c.village, table.c.household)
    )


_LISTED = (*COLUMNS, "ethnicity", INDICATORS, UNKNOWN_BITS, CAUSES, SCORE)


def listed(connection: Connection, scope: Scope) -> dict[UUID, dict[str, Any]]:
    """What a scope says of every household it has a row of, for lists of them."""
    frozen = is_frozen(connection, scope)
    rows = connection.execute(_listed_query(_way(frozen), _shape(scope)), _values(scope, frozen))
    return {row["household"]: dict(row) for row in rows.mappings()}


@lru_cache(maxsize=16)
def _listed_query(way: Frozen, shape: _Shape) -> sa.Select[Any]:
    facts = [Fact(name) for name in _LISTED[len(COLUMNS) :]]
    table = _rows(way, shape.marks, facts)
    return sa.select(*(table.c[name] for name in _LISTED))


def places(connection: Connection, day: date) -> list[Named]:
    """Where each household of the register lives on a day."""
    place = _place_on(day)
    rows = connection.execute(sa.select(place.c.household, place.c.village))
    return [Named(row.household, row.village, 1) for row in rows]


def members_of(
    connection: Connection, scope: Scope, wanted: Sequence[UUID], measure: Measure | None = None
) -> list[UUID]:
    """The persons of households: frozen with the result, or members on the scope's day; of a
    measure of children only those that it counts.
    """
    return [person for _, person in members(connection, scope, wanted, measure)]


def members(
    connection: Connection, scope: Scope, wanted: Sequence[UUID], measure: Measure | None = None
) -> list[tuple[UUID, UUID]]:
    """The same, each behind the household it is counted with.

    Of a household that counts one by an indicator alone, the child is named that is left open
    alone; of several nobody knows which.
    """
    only = measure if measure is not None and measure.of_children else None
    found = _members(connection, scope, wanted, only)
    if only is None or only.told is None or not only.told.both:
        return found
    named = {home for home, _ in found}
    open_homes = [home for home in wanted if home not in named]
    maybe = _members(connection, scope, open_homes, only, possible=True)
    count = Counter(home for home, _ in maybe)
    return [*found, *(pair for pair in maybe if count[pair[0]] == 1)]


def _members(
    connection: Connection,
    scope: Scope,
    wanted: Sequence[UUID],
    only: Measure | None,
    *,
    possible: bool = False,
) -> list[tuple[UUID, UUID]]:
    """Those that count for certain, or (`possible`) may."""
    frozen = is_frozen(connection, scope)
    found: list[tuple[UUID, UUID]] = []
    for batch in batches(wanted):
        done = set(batch) if frozen else set()
        if frozen and frozen is not True:
            results = frozen_rows(scope)
            stored = sa.select(results.c.household).where(results.c.household.in_(batch))
            done = set(connection.execute(stored).scalars())
        for query in (
            _frozen_members(scope, [uid for uid in batch if uid in done], only, possible),
            _live_members(scope, [uid for uid in batch if uid not in done], only, possible),
        ):
            found += ((row.household, row.person) for row in connection.execute(query))
    return found


def _frozen_members(
    scope: Scope, wanted: Sequence[UUID], only: Measure | None, possible: bool
) -> sa.Select[Any]:
    tie = review_result_person
    query = (
        sa.select(review_result.c.household, tie.c.person)
        .distinct()
        .join(review_result, review_result.c.uid == tie.c.result)
        .where(
            of_year(scope),
            tie.c.removed.is_(sa.false()),
            review_result.c.household.in_(wanted),
        )
    )
    if only is None or not possible:
        return query if only is None else query.where(has_code(tie.c.counted_as, only.of))
    return _children_of(query, tie.c.person, scope, only, possible)


def _live_members(
    scope: Scope, wanted: Sequence[UUID], only: Measure | None, possible: bool
) -> sa.Select[Any]:
    query = (
        sa.select(membership.c.household, membership.c.person)
        .distinct()
        .where(member_on(scope.day), membership.c.household.in_(wanted))
    )
    if only is None:
        return query
    return _children_of(query, membership.c.person, scope, only, possible)


def _children_of(
    query: sa.Select[Any],
    member: sa.ColumnElement[Any],
    scope: Scope,
    only: Measure,
    possible: bool,
) -> sa.Select[Any]:
    name = most(only.of) if possible else only.of
    counted = is_child(name, only.ages, lambda years: born(scope, years))
    return query.join(person, person.c.uid == member).where(counted)


def register_counts(connection: Connection, day: date) -> dict[UUID, tuple[int, int]]:
    """Households and persons of the register by village on `day`; each household once."""
    place = _place_on(day)
    query = sa.select(
        place.c.village, sa.func.count(), sa.func.sum(size_on(place.c.household, day))
    ).group_by(place.c.village)
    return {row[0]: (row[1], row[2]) for row in connection.execute(query)}


def _place_on(day: date) -> sa.Subquery:
    """Where each household of the register lives on a day, once."""
    place = household_place
    placed = (
        sa.select(
            place.c.household,
            place.c.village,
            sa.func.row_number()
            .over(partition_by=place.c.household, order_by=newest(place))
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


def closed_units(connection: Connection, scope: Scope) -> frozenset[UUID]:
    """The units that closed the year of a frozen scope."""
    wanted = {"year": scope.year, "standard": scope.standard}
    return frozenset(connection.execute(_CLOSED, wanted).scalars())


def standards_of_year(connection: Connection, year: int) -> set[str]:
    """The standards under which a review year has results."""
    found: set[str] = set()
    for table in (class_record, review_result):
        query = sa.select(table.c.standard).distinct()
        query = query.where(table.c.review_year == year, table.c.removed.is_(sa.false()))
        found.update(connection.execute(query).scalars())
    return found
