"""Names behind ids: the households and persons that a cell of a report counts, as light rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.storage.areas import last_versions
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.records import batches, in_force
from giamngheo_desktop.storage.review_sources import size_on
from giamngheo_desktop.storage.tables import household, household_place, membership, person

_WANTED = sa.bindparam("wanted", type_=sa.Uuid, expanding=True)


class HouseholdName(NamedTuple):
    """A household by its head on one day; `persons` are its members then."""

    household: UUID
    head: str
    village: str
    persons: int
    birth: PartialDate | None


class PersonName(NamedTuple):
    """A person with the household of one day."""

    person: UUID
    household: UUID
    full_name: str
    village: str
    birth: PartialDate | None


def households(
    connection: Connection, uids: Sequence[UUID], day: date, villages: Mapping[UUID, str]
) -> list[HouseholdName]:
    """The households as they were on `day`, each once, by village, then head.

    `villages` are the names of all villages.

    Whoever is not in the register then (a closed year still counts it) has no village; one
    without a head has the name of the last.
    """
    village = last_versions(day)
    tie = _nearest(
        day, membership.c.household, membership.c.person, where=membership.c.is_head.is_(sa.true())
    )
    head = sa.alias(person, "head")
    query = (
        sa.select(
            household.c.uid,
            sa.func.coalesce(head.c.full_name, ""),
            village.c.area,
            size_on(household.c.uid, day),
            head.c.birth,
            village.c.position,
            village.c.sort_key,
            head.c.sort_key,
        )
        .outerjoin(
            household_place,
            sa.and_(household_place.c.household == household.c.uid, in_force(household_place, day)),
        )
        .outerjoin(village, village.c.area == household_place.c.village)
        .outerjoin(tie, sa.and_(tie.c.household == household.c.uid, tie.c.number == 1))
        .outerjoin(head, head.c.uid == tie.c.person)
    )
    query = query.order_by(household_place.c.valid_from, household_place.c.uid)
    rows = _rows(connection, query, household.c.uid, uids)
    return [HouseholdName._make((*row[:2], villages.get(row[2], ""), *row[3:5])) for row in rows]


def persons(
    connection: Connection, uids: Sequence[UUID], day: date, villages: Mapping[UUID, str]
) -> list[PersonName]:
    """The persons with their household of `day`, each once, by village, then name.

    Whoever is no member then (a closed year still counts the person) stands with the household
    of the last stay.
    """
    village = last_versions(day)
    stay = _nearest(day, membership.c.person, membership.c.household)
    query = (
        sa.select(
            person.c.uid,
            stay.c.household,
            person.c.full_name,
            village.c.area,
            person.c.birth,
            village.c.position,
            village.c.sort_key,
            person.c.sort_key,
        )
        .join(stay, sa.and_(stay.c.person == person.c.uid, stay.c.number == 1))
        .outerjoin(
            household_place,
            sa.and_(
                household_place.c.household == stay.c.household, in_force(household_place, day)
            ),
        )
        .outerjoin(village, village.c.area == household_place.c.village)
    )
    rows = _rows(connection, query, person.c.uid, uids)
    return [PersonName._make((*row[:3], villages.get(row[3], ""), row[4])) for row in rows]


def _nearest(
    day: date,
    key: sa.Column[UUID],
    other: sa.Column[UUID],
    where: sa.ColumnElement[bool] | None = None,
) -> sa.Subquery:
    """The stays of those wanted: number 1 is the one of `day`, else the last."""
    number = sa.func.row_number().over(
        partition_by=key,
        order_by=(
            sa.case((in_force(membership, day), 0), else_=1),
            membership.c.removed,
            membership.c.valid_from.desc(),
            membership.c.uid.desc(),
        ),
    )
    stays = sa.select(key, other, number.label("number")).where(key.in_(_WANTED))
    return (stays if where is None else stays.where(where)).subquery("stay")


def _rows(
    connection: Connection, query: sa.Select[Any], key: sa.ColumnElement[UUID], uids: Sequence[UUID]
) -> list[tuple[Any, ...]]:
    """Each record once, by village in paper order, then by name."""
    asked = query.where(key.in_(_WANTED))
    found = {
        row[0]: row
        for batch in batches(uids)
        for row in connection.execute(asked, {"wanted": batch})
    }
    return sorted(
        found.values(),
        key=lambda row: (row[5] is None, row[5] or 0, row[6] or "", row[7] or "", str(row[0])),
    )
