"""Which version of a year's plan holds, and which one is being worked at."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.plan_tables import document

PLAN, REPORT = "plan", "report"
# Their signed papers, by the code under which the book keeps them.
PAPERS = {PLAN: "written_plan", REPORT: "written_report"}


def versions(connection: Connection, year: int, area: UUID | None = None) -> list[dict[str, Any]]:
    """The living versions of the plans of a year, of one unit or of all; the oldest first."""
    query = sa.select(document).where(
        document.c.type == PLAN, document.c.year == year, document.c.removed.is_(sa.false())
    )
    if area is not None:
        query = query.where(document.c.area == area)
    order = query.order_by(document.c.version, document.c.uid)
    return [dict(row) for row in connection.execute(order).mappings()]


def in_force(connection: Connection, year: int) -> dict[UUID, UUID]:
    """The plan that holds for each unit: the newest issued one, the newest draft while none is."""
    found: dict[UUID, dict[str, Any]] = {}
    for row in versions(connection, year):
        known = found.get(row["area"])
        if known is None or row["issued_on"] is not None or known["issued_on"] is None:
            found[row["area"]] = row
    return {area: row["uid"] for area, row in found.items()}


def in_hand(connection: Connection, year: int, area: UUID) -> dict[str, Any] | None:
    """The newest version of a unit's plan, draft or not; None without a plan."""
    found = versions(connection, year, area)
    return found[-1] if found else None


def area_of(connection: Connection, plan: UUID | None) -> dict[UUID, UUID]:
    """The version by the unit whose plan it is; nothing for None."""
    query = sa.select(document.c.area).where(document.c.uid == plan)
    found = connection.execute(query).scalar_one_or_none()
    return {} if plan is None or found is None else {found: plan}
