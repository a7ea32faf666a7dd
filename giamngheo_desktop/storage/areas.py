"""Reads units, successions, population and targets; returns domain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.area import Area, AreaTree, Level, Succession
from giamngheo_desktop.storage import plans
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.plan_tables import village_target
from giamngheo_desktop.storage.records import in_force
from giamngheo_desktop.storage.tables import (
    area,
    area_fact,
    area_succession,
    area_version,
    population,
)

_DAY = sa.bindparam("day", type_=sa.Date)
_TREE = (
    sa.select(
        area_version.c.area,
        area_version.c.uid.label("version"),
        area.c.level,
        area_version.c.name,
        area_version.c.kind,
        area_version.c.parent,
        area_version.c.code,
        area_version.c.position,
        area_version.c.area_type,
        area_version.c.region,
        area_version.c.sort_key,
    )
    .join(area, area.c.uid == area_version.c.area)
    .where(in_force(area_version, _DAY), area.c.removed.is_(sa.false()))
)
_LEVELS = {level.value: level for level in Level}


def tree_on(connection: Connection, day: date) -> AreaTree:
    """All units as they were on `day`."""
    return AreaTree(
        Area(
            uid=row.area,
            version=row.version,
            level=_LEVELS[row.level],
            name=row.name,
            kind=row.kind,
            parent=row.parent,
            code=row.code,
            position=row.position,
            area_type=row.area_type,
            region=row.region,
            sort_key=row.sort_key,
        )
        for row in connection.execute(_TREE, {"day": day})
    )


@lru_cache(maxsize=8)  # a list joins the same one again and again
def first_day(connection: Connection, area: UUID) -> date | None:
    """The first day on which a unit stands; None for one that never did."""
    query = sa.select(sa.func.min(area_version.c.valid_from)).where(
        area_version.c.area == area, area_version.c.removed.is_(sa.false())
    )
    return connection.execute(query).scalar()


def last_versions(day: date) -> sa.Subquery:
    """Every unit begun by `day`, once: as it was then, or last was.

    A list shows a household also where its village ended: who else would put it elsewhere?
    """
    version = area_version
    number = sa.func.row_number().over(
        partition_by=version.c.area, order_by=(version.c.valid_from.desc(), version.c.uid.desc())
    )
    begun = (
        sa.select(version, number.label("number"))
        .where(
            version.c.removed.is_(sa.false()),
            version.c.valid_from <= day,
            sa.or_(version.c.valid_to.is_(None), version.c.valid_to >= version.c.valid_from),
        )
        .subquery("begun")
    )
    return sa.select(begun).where(begun.c.number == 1).subquery("village")


def last_parents(
    connection: Connection, areas: Iterable[UUID], day: date
) -> dict[UUID, UUID | None]:
    """The unit above each one that had begun by `day`, also of those that ended before it."""
    version = last_versions(day)
    query = sa.select(version.c.area, version.c.parent).where(version.c.area.in_(list(areas)))
    return {row.area: row.parent for row in connection.execute(query)}


def last_names(connection: Connection, day: date) -> dict[UUID, str]:
    """The name of every unit begun by `day`, also of those that ended before it."""
    version = last_versions(day)
    query = sa.select(version.c.area, version.c.name)
    return {row.area: row.name for row in connection.execute(query)}


def parents_by(connection: Connection, day: date) -> dict[UUID, list[UUID]]:
    """The units that each unit lay in up to `day`, the last one first."""
    version = area_version
    query = (
        sa.select(version.c.area, version.c.parent)
        .where(
            version.c.removed.is_(sa.false()),
            version.c.parent.is_not(None),
            version.c.valid_from <= day,
            sa.or_(version.c.valid_to.is_(None), version.c.valid_to >= version.c.valid_from),
        )
        .order_by(version.c.valid_from.desc(), version.c.uid.desc())
    )
    found: dict[UUID, list[UUID]] = {}
    for row in connection.execute(query):
        above = found.setdefault(row.area, [])
        if row.parent not in above:
            above.append(row.parent)
    return found


def successions(connection: Connection) -> list[Succession]:
    query = sa.select(area_succession).where(area_succession.c.removed.is_(sa.false()))
    return [
        Succession(
            old=row.old_area,
            new=row.new_area,
            reason=row.reason,
            effective_on=row.effective_on,
            decision=row.decision,
            uid=row.uid,
        )
        for row in connection.execute(query.order_by(area_succession.c.effective_on))
    ]


def population_of(
    connection: Connection, year: int, edition: int | None = None
) -> dict[UUID, dict[str, Any]]:
    """The population rows of a year by village, in an edition (None: as they count now).

    Beside its columns each has `typed_in`, the row that was typed into: of a copy the one that goes
    on.
    """
    query = sa.select(population).where(
        population.c.year == year, population.c.removed.is_(sa.false())
    )
    rows = [dict(row) for row in connection.execute(query).mappings()]
    going_on = {row["area"]: row["uid"] for row in rows if row["edition_to"] is None}
    return {
        row["area"]: row | {"typed_in": going_on.get(row["area"], row["uid"])}
        for row in rows
        if _counts_in(row, edition)
    }


def _counts_in(row: Mapping[str, Any], edition: int | None) -> bool:
    begun, ended = row["edition_from"], row["edition_to"]
    if edition is None:
        return ended is None
    return (begun is None or begun <= edition) and (ended is None or ended >= edition)


def targets_of(
    connection: Connection, year: int, plan: UUID | None = None
) -> dict[UUID, dict[str, Any]]:
    """What villages shall reach in a year, by village: as the plan in force says, or the year;
    for the unit of `plan` as this version says. Of the plans of two units, a former commune's and
    that of the one it went into, the one that was issued last counts.
    """
    query = sa.select(village_target).where(
        village_target.c.year == year, village_target.c.removed.is_(sa.false())
    )
    rows = [dict(row) for row in connection.execute(query).mappings()]
    asked = plans.area_of(connection, plan)
    held = {*(plans.in_force(connection, year) | asked).values()}
    heads = {row["uid"]: row for row in plans.versions(connection, year) if row["uid"] in held}

    def weight(row: Mapping[str, Any]) -> tuple[bool, bool, date, int]:
        head = heads.get(row["document"])
        if head is None:  # a plan's own number counts before the year's
            return False, False, date.min, 0
        is_asked = head["uid"] in asked.values()
        return True, is_asked, head["issued_on"] or date.min, head["uid"].int

    rows.sort(key=weight)
    return {row["area"]: row for row in rows if row["document"] in {None, *held}}


def facts_on(
    connection: Connection, day: date, areas: Iterable[UUID]
) -> dict[UUID, dict[str, str]]:
    """The dated attributes of units in force on `day`: {unit: {code: value}}."""
    query = sa.select(area_fact).where(in_force(area_fact, day), area_fact.c.area.in_(list(areas)))
    found: dict[UUID, dict[str, str]] = {}
    for row in connection.execute(query):
        found.setdefault(row.area, {})[row.code] = row.value
    return found
