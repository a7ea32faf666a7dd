"""Who the households of a review's lists are: name of the head and number of persons."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.records import in_force
from giamngheo_desktop.storage.review_sources import size_on
from giamngheo_desktop.storage.review_tables import review_case
from giamngheo_desktop.storage.tables import membership, person


class Who(NamedTuple):
    """A household as a list names it; no name where it has no head."""

    head: str
    sort_key: str
    persons: int


def who(connection: Connection, review: UUID, day: date) -> dict[UUID, Who]:
    """The households of all cases as they were on `day`; who came later, as they are now."""
    now, then = _who(connection, review, date.max), _who(connection, review, day)
    return {home: found if found.persons else now[home] for home, found in then.items()}


def _who(connection: Connection, review: UUID, day: date) -> dict[UUID, Who]:
    tie, home = sa.alias(membership, "tie"), review_case.c.household
    query = (
        sa.select(
            home,
            sa.func.coalesce(person.c.full_name, ""),
            sa.func.coalesce(person.c.sort_key, ""),
            size_on(home, day),
        )
        .outerjoin(
            tie,
            sa.and_(tie.c.household == home, tie.c.is_head.is_(sa.true()), in_force(tie, day)),
        )
        .outerjoin(person, person.c.uid == tie.c.person)
        .where(review_case.c.review == review, review_case.c.removed.is_(sa.false()))
        .order_by(tie.c.valid_from.asc().nulls_first(), tie.c.uid)
    )
    return {row[0]: Who(*row[1:]) for row in connection.execute(query)}
