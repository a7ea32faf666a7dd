"""Reads the needs of households and persons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.records import in_force
from giamngheo_desktop.storage.support_tables import need
from giamngheo_desktop.storage.tables import household


@dataclass(frozen=True, slots=True)
class Need:
    """A need in force; of the household, or of one person."""

    uid: UUID
    household: UUID
    person: UUID | None
    code: str
    note: str | None
    since: date


def needs_on(connection: Connection, day: date, household_uid: UUID | None = None) -> list[Need]:
    """The needs in force on a day, of living households, by household, in order of their code."""
    query = (
        sa.select(
            need.c.uid, need.c.household, need.c.person, need.c.code, need.c.note, need.c.valid_from
        )
        .join(household, household.c.uid == need.c.household)
        .where(in_force(need, day), household.c.removed.is_(sa.false()))
        .order_by(need.c.household, need.c.code, need.c.uid)
    )
    if household_uid is not None:
        query = query.where(need.c.household == household_uid)
    return [Need(*row) for row in connection.execute(query)]
