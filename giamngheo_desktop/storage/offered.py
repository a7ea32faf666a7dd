"""Who and what a record may name: persons by their household, the heads of households."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.records import batches
from giamngheo_desktop.storage.tables import membership, person


class OfferedPerson(NamedTuple):
    """A person as a member of a household."""

    household: UUID
    person: UUID
    full_name: str
    birth: PartialDate | None


def persons(connection: Connection, first: date, last: date) -> list[OfferedPerson]:
    """Whoever belonged to a household on a day of this span, in the order of names."""
    query = (
        sa.select(membership.c.household, person.c.uid, person.c.full_name, person.c.birth)
        .join(person, person.c.uid == membership.c.person)
        .where(
            membership.c.removed.is_(sa.false()),
            person.c.removed.is_(sa.false()),
            membership.c.valid_from <= last,
            sa.or_(membership.c.valid_to.is_(None), membership.c.valid_to >= first),
        )
        .order_by(person.c.sort_key, person.c.uid)
    )
    return [OfferedPerson._make(row) for row in connection.execute(query)]


def persons_by_uid(connection: Connection, uids: Sequence[UUID]) -> dict[UUID, str]:
    """The names of persons, whatever became of them."""
    found: dict[UUID, str] = {}
    for batch in batches(uids):
        query = sa.select(person.c.uid, person.c.full_name).where(person.c.uid.in_(batch))
        found |= {row.uid: row.full_name or "" for row in connection.execute(query)}
    return found


def heads(connection: Connection, uids: Sequence[UUID]) -> dict[UUID, str]:
    """The last head of households, whether they still live here or not."""
    found: dict[UUID, str] = {}
    for batch in batches(uids):
        query = (
            sa.select(membership.c.household, person.c.full_name)
            .join(person, person.c.uid == membership.c.person)
            .where(
                membership.c.household.in_(batch),
                membership.c.is_head.is_(sa.true()),
                membership.c.removed.is_(sa.false()),
            )
            .order_by(membership.c.valid_from, membership.c.uid)
        )
        found |= {row.household: row.full_name or "" for row in connection.execute(query)}
    return found
