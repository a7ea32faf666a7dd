"""Reads the cases of one household over several reviews."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.storage.audit import CREATED
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.review_tables import case_answers, case_result, review, review_case
from giamngheo_desktop.storage.tables import audit_change, audit_group


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


def first_marked(connection: Connection, case: UUID) -> dict[UUID, int]:
    """The sequence number of the group that first entered answers of each record of a case."""
    query = (
        sa.select(case_answers.c.record, sa.func.min(audit_group.c.seq).label("seq"))
        .join(audit_change, audit_change.c.record == case_answers.c.uid)
        .join(audit_group, audit_group.c.uid == audit_change.c.group)
        .where(
            case_answers.c.review_case == case,
            case_answers.c.removed.is_(sa.false()),
            audit_change.c.kind == Kind.CASE_ANSWERS.value,
            audit_change.c.field == CREATED,
        )
        .group_by(case_answers.c.record)
    )
    return {row.record: row.seq for row in connection.execute(query)}


def results_of_year(connection: Connection, year: int, standard: str) -> dict[UUID, dict[str, Any]]:
    """What the finished forms of a year say under a standard, the newest of each household."""
    query = (
        sa.select(review_case.c.household, case_result)
        .join(review_case, review_case.c.uid == case_result.c.review_case)
        .join(review, review.c.uid == review_case.c.review)
        .where(
            review.c.review_year == year,
            review.c.removed.is_(sa.false()),
            review_case.c.outcome == "reviewed",
            review_case.c.removed.is_(sa.false()),
            case_result.c.standard == standard,
            case_result.c.removed.is_(sa.false()),
        )
        .order_by(review.c.reference_day, case_result.c.uid)
    )
    rows = connection.execute(query).mappings()
    return {row["household"]: dict(row) for row in rows}
