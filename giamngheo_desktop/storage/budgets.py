"""Reads the money of a year: budget lines and the books of funds."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.programme_tables import (
    activity,
    body,
    budget_line,
    fund_entry,
    plan_component,
)
from giamngheo_desktop.storage.stays import village_on

Rows = list[dict[str, Any]]


def lines(connection: Connection, year: int) -> Rows:
    """The budget lines of a year as they stand, in the order they were booked."""
    query = (
        sa.select(budget_line)
        .where(budget_line.c.year == year, budget_line.c.removed.is_(sa.false()))
        .order_by(budget_line.c.booked_on.is_(None), budget_line.c.booked_on, budget_line.c.uid)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def plan_components(connection: Connection) -> dict[UUID, dict[str, Any]]:
    """All that plans print for components, those removed too: a line may still name one."""
    query = sa.select(plan_component).order_by(
        plan_component.c.position.is_(None), plan_component.c.position, plan_component.c.uid
    )
    return {row["uid"]: dict(row) for row in connection.execute(query).mappings()}


def bodies(connection: Connection) -> dict[UUID, str]:
    """The names of all bodies, those removed too."""
    return {row.uid: row.name for row in connection.execute(sa.select(body.c.uid, body.c.name))}


def activities(connection: Connection, year: int) -> dict[UUID, str]:
    """The names of the activities that lines of a year name."""
    query = (
        sa.select(activity.c.uid, activity.c.name)
        .join(budget_line, budget_line.c.activity == activity.c.uid)
        .where(budget_line.c.year == year)
        .distinct()
    )
    return {row.uid: row.name for row in connection.execute(query)}


def fund_entries(connection: Connection, fund: str, last: date) -> Rows:
    """The book of a fund up to a day, in order; `village` is that of the household helped then."""
    entry = fund_entry
    query = (
        sa.select(entry, village_on(entry.c.household, entry.c.booked_on).label("village"))
        .where(entry.c.fund == fund, entry.c.removed.is_(sa.false()), entry.c.booked_on <= last)
        .order_by(entry.c.booked_on, entry.c.direction, entry.c.uid)  # in before out
    )
    return [dict(row) for row in connection.execute(query).mappings()]
