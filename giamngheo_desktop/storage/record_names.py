"""What records are called, by uid: the name in their own table, of a household that of its head."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.storage import areas, names
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.records import batches
from giamngheo_desktop.storage.tables import TABLES

_COLUMNS: Mapping[Kind, str] = {
    Kind.PERSON: "full_name",
    Kind.BODY: "name",
    Kind.OFFICER: "full_name",
    Kind.PLAN_COMPONENT: "printed_name",
    Kind.TASK: "content",
    Kind.ACTIVITY: "name",
    Kind.SUPPORT_EVENT: "name",
    Kind.PARTICIPANT: "name",
    Kind.DOCUMENT_SECTION: "title",
    Kind.TARGET: "content",
    Kind.REPORT_SCHEDULE: "content",
}


def of_kind(connection: Connection, kind: Kind, wanted: Iterable[UUID | None]) -> dict[UUID, str]:
    """The names of records of one kind that has them in its table; None is nobody."""
    table = TABLES[kind]
    found: dict[UUID, str] = {}
    for batch in batches(sorted({uid for uid in wanted if uid is not None})):
        query = sa.select(table.c.uid, table.c[_COLUMNS[kind]]).where(table.c.uid.in_(batch))
        found |= {uid: name for uid, name in connection.execute(query) if name}
    return found


def names_of(
    connection: Connection, wanted: Iterable[UUID], day: date = date.max
) -> dict[UUID, str]:
    """The names of those that have one; households and units as they are called on `day`."""
    uids = sorted({*wanted})
    if not uids:
        return {}
    tree = areas.tree_on(connection, day)
    found = {uid: area.name for uid in uids if (area := tree.get(uid))}
    for kind in _COLUMNS:
        found |= of_kind(connection, kind, uids)
    homes = names.households(connection, uids, day, {})
    return found | {home.household: home.head for home in homes if home.head}
