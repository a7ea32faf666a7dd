"""Reads the cases of one household over several reviews."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.review_tables import review, review_case


def last_reviewed_on(connection: Connection, household: UUID, before: date) -> date | None:
    """The reference day of the last review before that day that reviewed the household."""
    query = (
        sa.select(sa.func.max(review.c.reference_day))
        .join(review_case, review_case.c.review == review.c.uid)
        .where(
            review_case.c.household == household,
            review_case.c.outcome == "reviewed",
            review_case.c.removed.is_(sa.false()),
            review.c.removed.is_(sa.false()),
            review.c.reference_day < before,
        )
    )
    found: date | None = connection.execute(query).scalar()
    return found


def last_picks(connection: Connection, household: UUID, before: date) -> tuple[str, ...]:
    """What was ticked on Phiếu B1 in the last review before that day that reviewed and scored
    the household.
    """
    query = (
        sa.select(review_case.c.b1_options)
        .join(review, review_case.c.review == review.c.uid)
        .where(
            review_case.c.household == household,
            review_case.c.outcome == "reviewed",
            review_case.c.b1_options.is_not(None),
            review_case.c.removed.is_(sa.false()),
            review.c.removed.is_(sa.false()),
            review.c.reference_day < before,
        )
        .order_by(review.c.reference_day.desc())
        .limit(1)
    )
    return connection.execute(query).scalar() or ()
