"""Reads reviews: their cases, votes, postings and complaints, as plain rows."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.review_tables import (
    certificate,
    certificate_year,
    meeting,
    meeting_vote,
    review_case,
)
from giamngheo_desktop.storage.tables import TABLES, class_record

Row = dict[str, Any]


def cases(connection: Connection, review: UUID, village: UUID | None = None) -> list[Row]:
    """The cases of a review (of one village) in the order of their lists."""
    query = (
        sa.select(review_case)
        .where(review_case.c.review == review, review_case.c.removed.is_(sa.false()))
        .order_by(review_case.c.position.nulls_last(), review_case.c.uid)
    )
    if village is not None:
        query = query.where(review_case.c.village == village)
    return _rows(connection, query)


def form_codes(connection: Connection, review: UUID) -> list[str]:
    """Every code that a form of the review ever had: a printed one is nobody else's."""
    query = sa.select(review_case.c.form_code).where(
        review_case.c.review == review, review_case.c.form_code.is_not(None)
    )
    return list(connection.execute(query).scalars())


def last_position(connection: Connection, review: UUID, village: UUID) -> int:
    """The last STT of a village's list, nought where it is empty."""
    query = sa.select(sa.func.max(review_case.c.position)).where(
        review_case.c.review == review,
        review_case.c.village == village,
        review_case.c.removed.is_(sa.false()),
    )
    return connection.execute(query).scalar() or 0


def villages_of_cases(connection: Connection, review: UUID) -> list[UUID]:
    """The villages that a list of the review was made for."""
    query = (
        sa.select(review_case.c.village)
        .distinct()
        .where(review_case.c.review == review, review_case.c.removed.is_(sa.false()))
        .order_by(review_case.c.village)
    )
    return list(connection.execute(query).scalars())


def of_cases(connection: Connection, kind: Kind, review: UUID) -> list[Row]:
    """The records of a kind that belong to a case of the review, oldest first."""
    table = TABLES[kind]
    query = (
        sa.select(table)
        .join(review_case, review_case.c.uid == table.c.review_case)
        .where(
            review_case.c.review == review,
            review_case.c.removed.is_(sa.false()),
            table.c.removed.is_(sa.false()),
        )
        .order_by(table.c.uid)
    )
    return _rows(connection, query)


def results(connection: Connection, review: UUID) -> list[Row]:
    """The results of all cases, one per standard."""
    return of_cases(connection, Kind.CASE_RESULT, review)


def votes(connection: Connection, review: UUID) -> list[Row]:
    """Each vote with `number`, `village`, `attendants` and `held_on` of its meeting, the newest
    meeting last.
    """
    query = (
        sa.select(
            meeting_vote,
            meeting.c.number,
            meeting.c.village,
            meeting.c.attendants,
            meeting.c.held_on,
        )
        .join(meeting, meeting.c.uid == meeting_vote.c.meeting)
        .where(
            meeting.c.review == review,
            meeting.c.removed.is_(sa.false()),
            meeting_vote.c.removed.is_(sa.false()),
        )
        .order_by(meeting.c.number, meeting.c.uid, meeting_vote.c.uid)
    )
    return _rows(connection, query)


def recognised(connection: Connection, decision: UUID, standard: str) -> list[Row]:
    """The class records of a decision under a standard."""
    query = sa.select(class_record).where(
        class_record.c.decision == decision,
        class_record.c.standard == standard,
        class_record.c.removed.is_(sa.false()),
    )
    return _rows(connection, query.order_by(class_record.c.uid))


def certified(connection: Connection, year: int, since: date) -> set[UUID]:
    """The households whose certificate has a line of the year signed on that day or later."""
    query = (
        sa.select(certificate.c.household)
        .join(certificate_year, certificate_year.c.certificate == certificate.c.uid)
        .where(
            certificate_year.c.year == year,
            certificate_year.c.signed_on >= since,
            certificate_year.c.removed.is_(sa.false()),
            certificate.c.removed.is_(sa.false()),
        )
    )
    return set(connection.execute(query).scalars())


def _rows(connection: Connection, query: sa.Select[Any]) -> list[Row]:
    return [dict(row) for row in connection.execute(query).mappings()]
