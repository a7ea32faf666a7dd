"""The persons a record may name, by their household."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.tables import membership, person
from giamngheo_desktop.storage.types import uuid_of


class OfferedPerson(NamedTuple):
    """A person as a member of a household."""

    household: UUID
    person: UUID
    full_name: str
    birth_year: str  # empty where it is not known


def persons(connection: Connection, first: date, last: date) -> list[OfferedPerson]:
    """Whoever belonged to a household on a day of this span, in the order of names."""
    query = (
        sa.select(
            sa.type_coerce(membership.c.household, sa.Text),
            sa.type_coerce(person.c.uid, sa.Text),
            person.c.full_name,
            sa.type_coerce(person.c.birth, sa.Text),
        )
        .join(person, person.c.uid == membership.c.person)
        .where(
            membership.c.removed.is_(sa.false()),
            person.c.removed.is_(sa.false()),
            membership.c.valid_from <= last,
            sa.or_(membership.c.valid_to.is_(None), membership.c.valid_to >= first),
        )
        .order_by(person.c.sort_key, person.c.uid)
    )
    # Tens of thousands of rows: days are not read, only their years.
    return [
        OfferedPerson(uuid_of(home), uuid_of(uid), name or "", (birth or "")[:4])
        for home, uid, name, birth in connection.execute(query).all()
    ]
