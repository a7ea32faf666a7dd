"""The persons a record may name, by their household."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.storage.engine import Connection
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
