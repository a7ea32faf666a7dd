"""Reads class records, rounds and frozen results; returns plain rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.records import in_force
from giamngheo_desktop.storage.review_sources import (
    COLUMNS,
    Scope,
    frozen_rows,
    live_rows,
    member_on,
)
from giamngheo_desktop.storage.tables import (
    class_record,
    decision,
    membership,
    review_result,
    review_result_person,
)


def of_household(connection: Connection, household: UUID) -> list[dict[str, Any]]:
    """All class records of a household with number and day of their decision, newest first."""
    query = (
        sa.select(class_record, decision.c.number, decision.c.signed_on)
        .outerjoin(decision, decision.c.uid == class_record.c.decision)
        .where(class_record.c.household == household, class_record.c.removed.is_(sa.false()))
        .order_by(class_record.c.valid_from.desc(), class_record.c.uid.desc())
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def recognised_on(
    connection: Connection, households: Iterable[UUID], standard: str, day: date
) -> list[dict[str, Any]]:
    """The recognised records in force on `day`."""
    query = sa.select(class_record).where(
        in_force(class_record, day),
        class_record.c.household.in_(list(households)),
        class_record.c.standard == standard,
        class_record.c.source != "computed",
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def rows_to_freeze(connection: Connection, scope: Scope) -> list[dict[str, Any]]:
    """The live review rows of a scope as dictionaries of `COLUMNS` and the head's ethnic group."""
    live = live_rows(scope)
    query = sa.select(*(live.c[name] for name in (*COLUMNS, "ethnicity")))
    return [dict(row) for row in connection.execute(query).mappings()]


def frozen_households(connection: Connection, scope: Scope) -> frozenset[UUID]:
    """Those that a commune of the file closed the year with."""
    return frozenset(connection.execute(sa.select(frozen_rows(scope).c.household)).scalars())


def members_on(connection: Connection, day: date) -> dict[UUID, list[UUID]]:
    """The persons of every household on `day`, each once."""
    query = (
        sa.select(membership.c.household, membership.c.person)
        .where(member_on(day))
        .order_by(membership.c.uid)
    )
    found: dict[UUID, dict[UUID, None]] = {}
    for household, member in connection.execute(query):
        found.setdefault(household, {})[member] = None
    return {household: list(members) for household, members in found.items()}


def results_of_round(connection: Connection, round_uid: UUID) -> tuple[list[UUID], list[UUID]]:
    """The frozen results of a round and the frozen persons below them."""
    results = sa.select(review_result.c.uid).where(
        review_result.c.round == round_uid, review_result.c.removed.is_(sa.false())
    )
    people = (
        sa.select(review_result_person.c.uid)
        .join(review_result, review_result.c.uid == review_result_person.c.result)
        .where(review_result.c.round == round_uid, review_result_person.c.removed.is_(sa.false()))
    )
    return (
        list(connection.execute(results).scalars()),
        list(connection.execute(people).scalars()),
    )
