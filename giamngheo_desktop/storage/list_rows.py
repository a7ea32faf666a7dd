"""What lists say of households and their members: each question one statement, whatever the list.

Only a list of more households than a statement takes parameters is asked for in parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.records import batches, in_force
from giamngheo_desktop.storage.review_sources import Scope, of_year
from giamngheo_desktop.storage.tables import (
    household,
    household_fact,
    household_place,
    membership,
    person,
    person_fact,
    review_result,
    review_result_person,
)

Row = dict[str, Any]

_HOUSEHOLD = (
    "uid",
    "code",
    "address",
    "causes",
    "policies_received",
    "support_needs",
    "surveyor",
    "surveyed_on",
    "certificate_number",
    "note",
)
_PERSON = (
    "full_name",
    "sort_key",
    "sex",
    "birth",
    "ethnicity",
    "id_number",
    "health_insurance",
    "education",
    "job_status",
    "school_level",
)


def households(connection: Connection, wanted: Sequence[UUID]) -> dict[UUID, Row]:
    """What is written of the households themselves."""
    query = sa.select(*(household.c[name] for name in _HOUSEHOLD))
    return {
        row["uid"]: dict(row)
        for batch in batches(wanted)
        for row in connection.execute(query.where(household.c.uid.in_(batch))).mappings()
    }


def facts(connection: Connection, wanted: Sequence[UUID], day: date) -> dict[UUID, dict[str, str]]:
    """Their dated facts in force on a day."""
    return _facts(connection, household_fact, "household", wanted, day)


def person_facts(
    connection: Connection, wanted: Sequence[UUID], day: date
) -> dict[UUID, dict[str, str]]:
    """The dated facts of persons in force on a day."""
    return _facts(connection, person_fact, "person", wanted, day)


def _facts(
    connection: Connection, fact: sa.Table, owner: str, wanted: Sequence[UUID], day: date
) -> dict[UUID, dict[str, str]]:
    found: dict[UUID, dict[str, str]] = {}
    for batch in batches(wanted):
        query = (
            sa.select(fact.c[owner].label("owner"), fact.c.code, fact.c.value)
            .where(in_force(fact, day), fact.c[owner].in_(batch))
            .order_by(fact.c.valid_from, fact.c.uid)
        )
        for row in connection.execute(query):
            found.setdefault(row.owner, {})[row.code] = row.value
    return found


def members(
    connection: Connection, wanted: Sequence[UUID], day: date, frozen: Scope | None
) -> dict[UUID, list[Row]]:
    """The members of each household on a day, the head first; with `frozen` those that the closed
    year counted, where it has the household.
    """
    found = _read(connection, (_on_day(batch, day) for batch in batches(wanted)))
    if frozen is not None:
        found |= _read(connection, (_counted(frozen, batch, day) for batch in batches(wanted)))
    return found


def gone(connection: Connection, day: date) -> list[Row]:
    """Who was in the register before a day and is in it neither then nor later: the persons with
    their last `household`, its `village` and `last_day`.
    """
    still = sa.select(membership.c.person).where(
        membership.c.removed.is_(sa.false()),
        sa.or_(membership.c.valid_to.is_(None), membership.c.valid_to >= day),
    )
    village = (
        sa.select(household_place.c.village)
        .where(
            household_place.c.household == membership.c.household,
            household_place.c.removed.is_(sa.false()),
        )
        .order_by(household_place.c.valid_from.desc())
        .limit(1)
    )
    query = (
        sa.select(
            membership.c.household,
            village.scalar_subquery().label("village"),
            membership.c.valid_to.label("last_day"),
            person.c.uid.label("person"),
            *(person.c[name] for name in _PERSON),
        )
        .join(person, person.c.uid == membership.c.person)
        .where(
            membership.c.removed.is_(sa.false()),
            person.c.removed.is_(sa.false()),
            person.c.uid.not_in(still),
        )
        .order_by(membership.c.valid_to, membership.c.uid)
    )
    found = {row["person"]: dict(row) for row in connection.execute(query).mappings()}
    return list(found.values())


def _read(connection: Connection, queries: Iterable[sa.Select[Any]]) -> dict[UUID, list[Row]]:
    found: dict[UUID, dict[UUID, Row]] = {}
    for query in queries:
        for row in connection.execute(query).mappings():
            found.setdefault(row["household"], {}).setdefault(row["person"], dict(row))
    return {home: sorted(rows.values(), key=_place) for home, rows in found.items()}


def _place(row: Row) -> tuple[object, ...]:
    position, birth = row["position"], row["birth"]
    return (
        not row["is_head"],
        position is None,
        position or 0,
        birth.iso() if birth else "9999",
        row["sort_key"],
        str(row["person"]),
    )


def _on_day(wanted: Sequence[UUID], day: date) -> sa.Select[Any]:
    tie = membership
    return (
        _persons(tie, tie.c.household)
        .select_from(tie.join(person, person.c.uid == tie.c.person))
        .where(in_force(tie, day), person.c.removed.is_(sa.false()), tie.c.household.in_(wanted))
        .order_by(tie.c.valid_from.desc(), tie.c.uid.desc())
    )


def _counted(scope: Scope, wanted: Sequence[UUID], day: date) -> sa.Select[Any]:
    """The persons of a closed year, each with the last stay in the household up to the day."""
    kept, tie = review_result_person, membership
    stay = sa.and_(
        tie.c.household == review_result.c.household,
        tie.c.person == kept.c.person,
        tie.c.removed.is_(sa.false()),
        tie.c.valid_from <= day,
    )
    return (
        _persons(tie, review_result.c.household)
        .select_from(
            kept.join(review_result, review_result.c.uid == kept.c.result)
            .join(person, person.c.uid == kept.c.person)
            .outerjoin(tie, stay)
        )
        .where(
            of_year(scope), kept.c.removed.is_(sa.false()), review_result.c.household.in_(wanted)
        )
        .order_by(tie.c.valid_from.desc().nulls_last(), tie.c.uid.desc())
    )


def _persons(tie: sa.FromClause, home: sa.ColumnElement[UUID]) -> sa.Select[Any]:
    return sa.select(
        home.label("household"),
        person.c.uid.label("person"),
        *(person.c[name] for name in _PERSON),
        tie.c.relation,
        sa.func.coalesce(tie.c.is_head, sa.false()).label("is_head"),
        tie.c.position,
    )
