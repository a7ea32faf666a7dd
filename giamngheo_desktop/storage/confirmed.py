"""What a confirmation asks of the file: households of a person, and persons who left."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.person_list import named
from giamngheo_desktop.storage.records import in_force
from giamngheo_desktop.storage.review_sources import Scope, counted_results
from giamngheo_desktop.storage.tables import (
    membership,
    person,
    review_result,
    review_result_person,
)


def frozen_homes(connection: Connection, scope: Scope, member: UUID) -> dict[UUID, UUID]:
    """The households a closed year counts a person in, each with its result."""
    query = (
        sa.select(review_result.c.household, review_result.c.uid)
        .join(review_result_person, review_result_person.c.result == review_result.c.uid)
        .where(
            counted_results(scope),
            review_result.c.review_year == scope.year,
            review_result_person.c.person == member,
            review_result_person.c.removed.is_(sa.false()),
        )
    )
    return {row.household: row.uid for row in connection.execute(query)}


def homes_on(connection: Connection, day: date, member: UUID) -> list[UUID]:
    """The household of a person on a day."""
    query = sa.select(membership.c.household).where(
        in_force(membership, day), membership.c.person == member
    )
    return list(connection.execute(query).scalars())


def fitting(
    connection: Connection, text: str, *, household: UUID | None, member: UUID | None
) -> dict[UUID, str]:
    """Of one person, or of whoever was a member of a household: those of a name or ID number."""
    query = (
        sa.select(person.c.uid, person.c.full_name)
        .join(membership, membership.c.person == person.c.uid)
        .where(
            named(text),
            person.c.removed.is_(sa.false()),
            _stayed(),
            *([membership.c.household == household] if household else []),
            *([person.c.uid == member] if member else []),
        )
        .order_by(person.c.sort_key, person.c.uid)
    )
    return {row.uid: row.full_name for row in connection.execute(query)}


def homes_of(connection: Connection, member: UUID) -> list[UUID]:
    """The households a person ever was a member of."""
    query = (
        sa.select(membership.c.household).where(membership.c.person == member, _stayed()).distinct()
    )
    return list(connection.execute(query).scalars())


def _stayed() -> sa.ColumnElement[bool]:
    """What was typed by mistake ends before it begins."""
    until = membership.c.valid_to
    held = sa.or_(until.is_(None), until >= membership.c.valid_from)
    return sa.and_(membership.c.removed.is_(sa.false()), held)


class Departed(NamedTuple):
    """A person who was in the register until `last_day`."""

    person: UUID
    household: UUID
    full_name: str
    birth: PartialDate | None
    id_number: str | None
    last_day: date


def departed(connection: Connection, text: str, day: date, limit: int) -> list[Departed]:
    """Persons of a name or ID number who have no household on `day` any more, with their last."""
    here = sa.select(membership.c.person).where(in_force(membership, day))
    query = (
        sa.select(
            person.c.uid,
            membership.c.household,
            person.c.full_name,
            person.c.birth,
            person.c.id_number,
            membership.c.valid_to,
        )
        .join(membership, membership.c.person == person.c.uid)
        .where(
            named(text),
            person.c.removed.is_(sa.false()),
            person.c.uid.not_in(here),
            membership.c.removed.is_(sa.false()),
            membership.c.valid_to >= membership.c.valid_from,
            membership.c.valid_to < day,
        )
        .order_by(person.c.sort_key, person.c.uid, membership.c.valid_to.desc())
    )
    found: dict[UUID, Departed] = {}
    for row in connection.execute(query):
        if len(found) >= limit:
            break
        found.setdefault(row.uid, Departed._make(row))
    return list(found.values())
