"""Reads every record that ever belonged to one household, removed ones too, for its history."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.tables import TABLES

Rows = dict[UUID, tuple[Kind, dict[str, Any]]]

_OF_HOUSEHOLD = (
    Kind.PLACE,
    Kind.HOUSEHOLD_FACT,
    Kind.CLASS_RECORD,
    Kind.INDICATOR_ANSWER,
    Kind.MEMBERSHIP,
    Kind.ISSUED,
    Kind.NEED,
    Kind.SUPPORT,
    Kind.ASSIGNMENT,
    Kind.VISIT,
    Kind.HOUSEHOLD_PLAN,
    Kind.INCIDENT,
    Kind.PARTICIPANT,
)


def of_household(connection: Connection, household: UUID) -> Rows:
    """The household with all that is its own: stays, members, classes, papers, supports, help."""
    found: Rows = {}
    own = records.get(connection, Kind.HOUSEHOLD, household)
    if own is not None:
        found[household] = (Kind.HOUSEHOLD, own)
    for kind in _OF_HOUSEHOLD:
        found |= _all(connection, kind, "household", [household])
    people = {row["person"] for kind, row in found.values() if kind is Kind.MEMBERSHIP}
    found |= _all(connection, Kind.PERSON, "uid", people)
    found |= _all(connection, Kind.PERSON_FACT, "person", people)
    supports = {uid for uid, (kind, _) in found.items() if kind is Kind.SUPPORT}
    for kind in (Kind.SUPPORT_SHARE, Kind.SUPPORT_VALUE):
        found |= _all(connection, kind, "support", supports)
    return found


def _all(connection: Connection, kind: Kind, column: str, uids: Iterable[UUID]) -> Rows:
    table = TABLES[kind]
    query = sa.select(table).where(table.c[column].in_(list(uids))).order_by(table.c.uid)
    return {row["uid"]: (kind, dict(row)) for row in connection.execute(query).mappings()}
