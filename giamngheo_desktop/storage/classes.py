"""Reads class records, rounds and frozen results; returns plain rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.children import COUNTED, ChildAges
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.records import in_force
from giamngheo_desktop.storage.review_facts import SCORE, Fact, facts_to_freeze, is_child
from giamngheo_desktop.storage.review_sources import (
    Scope,
    born,
    class_in_scope,
    frozen_rows,
    live_rows,
    member_on,
)
from giamngheo_desktop.storage.tables import (
    area_version,
    class_record,
    decision,
    household_place,
    membership,
    person,
    review_result,
    review_result_person,
    review_round,
)


def of_household(connection: Connection, household: UUID) -> list[dict[str, Any]]:
    """All class records of a household with number and day of their decision, newest first."""
    query = (
        sa.select(class_record, decision.c.number, decision.c.signed_on)
        .outerjoin(decision, decision.c.uid == class_record.c.decision)
        .where(class_record.c.household == household, class_record.c.removed.is_(sa.false()))
        .order_by(class_record.c.valid_from.desc(), class_record.c.uid.desc())
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def first_recognised_year(connection: Connection, commune: UUID) -> int | None:
    """The first review year with a recognised class or a closed round; by index, the first hit."""
    villages = sa.select(area_version.c.area).where(area_version.c.parent == commune)
    lived = sa.exists().where(
        household_place.c.household == class_record.c.household,
        household_place.c.village.in_(villages),
        household_place.c.removed.is_(sa.false()),
    )
    recognised = (
        sa.select(class_record.c.review_year)
        .where(class_record.c.removed.is_(sa.false()), class_record.c.source != "computed", lived)
        .order_by(class_record.c.review_year)
        .limit(1)
    )
    closed = (
        sa.select(review_round.c.review_year)
        .where(
            review_round.c.area == commune,
            review_round.c.closed_on.is_not(None),
            review_round.c.removed.is_(sa.false()),
        )
        .order_by(review_round.c.review_year)
        .limit(1)
    )
    found = (connection.execute(query).scalar() for query in (recognised, closed))
    return min((year for year in found if year is not None), default=None)


def last_recognised_year(connection: Connection) -> int | None:
    """The newest review year with a recognised class."""
    query = sa.select(sa.func.max(class_record.c.review_year)).where(
        class_record.c.removed.is_(sa.false()), class_record.c.source != "computed"
    )
    return connection.execute(query).scalar()


def without_paper(connection: Connection) -> list[dict[str, Any]]:
    """Household, year and first day of decisions in force at some time that lack number or day."""
    record = class_record
    query = (
        sa.select(record.c.household, record.c.review_year, record.c.valid_from)
        .outerjoin(decision, decision.c.uid == record.c.decision)
        .where(
            record.c.removed.is_(sa.false()),
            record.c.source == "decision",
            sa.or_(record.c.valid_to.is_(None), record.c.valid_to >= record.c.valid_from),
            sa.or_(sa.func.coalesce(decision.c.number, "") == "", decision.c.signed_on.is_(None)),
        )
        .order_by(record.c.valid_from, record.c.uid)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def newest_decision(connection: Connection, scope: Scope, villages: Iterable[UUID]) -> date | None:
    """The last day on which a class of the scope was decided, of who lives in the villages."""
    place = household_place
    query = (
        sa.select(sa.func.max(decision.c.signed_on))
        .join(class_record, class_record.c.decision == decision.c.uid)
        .join(place, place.c.household == class_record.c.household)
        .where(
            class_in_scope(scope),
            in_force(place, scope.day),
            place.c.village.in_(list(villages)),
        )
    )
    found: date | None = connection.execute(query).scalar()
    return found


def rows_to_freeze(
    connection: Connection,
    scope: Scope,
    household: UUID | None = None,
    ages: ChildAges | None = None,
) -> list[dict[str, Any]]:
    """The live review rows of a scope, complete but for what a review scored.

    `ages` are those of the children that the standard counts; without them none are counted.
    """
    live = live_rows(scope, (Fact("ethnicity"), Fact(SCORE), *facts_to_freeze(ages or {})))
    query = sa.select(*(column for column in live.c if column.name != "possible"))
    if household is not None:
        query = query.where(live.c.household == household)
    return [{**_UNCOUNTED, **row} for row in connection.execute(query).mappings()]


_UNCOUNTED = {f"{which}{name}": None for which in ("", "most_") for name in COUNTED}


def children_counted(
    connection: Connection, day: date, ages: ChildAges, household: UUID | None = None
) -> dict[UUID, tuple[str, ...]]:
    """In which counts of children each person of the register stands on a day."""
    scope = Scope(year=day.year, standard="", as_of=day)
    found: dict[UUID, list[str]] = {}
    for name in ages:
        counted = is_child(name, ages[name], lambda years: born(scope, years))
        query = (
            sa.select(membership.c.person)
            .distinct()
            .join(person, person.c.uid == membership.c.person)
            .where(member_on(day), counted)
        )
        if household is not None:
            query = query.where(membership.c.household == household)
        for uid in connection.execute(query).scalars():
            found.setdefault(uid, []).append(name)
    return {uid: tuple(names) for uid, names in found.items()}


def frozen_households(connection: Connection, scope: Scope) -> frozenset[UUID]:
    """Those that a commune of the file closed the year with."""
    return frozenset(connection.execute(sa.select(frozen_rows(scope).c.household)).scalars())


def members_on(
    connection: Connection, day: date, household: UUID | None = None
) -> dict[UUID, list[UUID]]:
    """The persons of every household on `day`, or of one, each once."""
    query = (
        sa.select(membership.c.household, membership.c.person)
        .where(member_on(day))
        .order_by(membership.c.uid)
    )
    if household is not None:
        query = query.where(membership.c.household == household)
    found: dict[UUID, dict[UUID, None]] = {}
    for home, member in connection.execute(query):
        found.setdefault(home, {})[member] = None
    return {home: list(members) for home, members in found.items()}


def results_of_round(connection: Connection, round_uid: UUID) -> tuple[list[UUID], list[UUID]]:
    """The frozen results of a round and the frozen persons below them."""
    results = sa.select(review_result.c.uid).where(
        review_result.c.round == round_uid, review_result.c.removed.is_(sa.false())
    )
    people = (
        sa.select(review_result_person.c.uid)
        .join(review_result, review_result.c.uid == review_result_person.c.result)
        .where(review_result.c.round == round_uid, review_result_person.c.removed.is_(sa.false()))
    )
    return (
        list(connection.execute(results).scalars()),
        list(connection.execute(people).scalars()),
    )
