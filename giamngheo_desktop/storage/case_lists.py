"""Who the households of a review's lists are: name of the head and number of persons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
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


def who(connection: Connection, review: Mapping[str, Any]) -> dict[UUID, Who]:
    """The households of all cases as they were on the review's day of reference.

    Who had left by then is named as when the review began, who came later as now.
    """
    days = (review["reference_day"], review["begun_on"], date.max)
    first, *others = (_who(connection, review["uid"], day) for day in days)
    for found in others:
        first |= {home: found[home] for home, known in first.items() if not known.persons}
    return first


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
