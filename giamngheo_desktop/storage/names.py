"""Names behind ids: the households and persons that a cell of a report counts, as light rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.records import in_force
from giamngheo_desktop.storage.tables import area_version, household_place, membership, person

_BATCH = 5_000  # ids in one statement


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


def households(connection: Connection, uids: Sequence[UUID], day: date) -> list[HouseholdName]:
    """The households of the register on `day` among `uids`, by village, then head."""
    village = sa.alias(area_version, "village")
    head = (
        sa.select(membership.c.household, person.c.full_name, person.c.sort_key, person.c.birth)
        .join(person, person.c.uid == membership.c.person)
        .where(in_force(membership, day), membership.c.is_head.is_(sa.true()))
        .subquery("head")
    )
    size = (
        sa.select(membership.c.household, sa.func.count().label("persons"))
        .join(person, person.c.uid == membership.c.person)
        .where(in_force(membership, day), person.c.removed.is_(sa.false()))
        .group_by(membership.c.household)
        .subquery("size")
    )
    query = (
        sa.select(
            household_place.c.household,
            sa.func.coalesce(head.c.full_name, ""),
            village.c.name,
            sa.func.coalesce(size.c.persons, 0),
            head.c.birth,
            village.c.position,
            village.c.sort_key,
            head.c.sort_key,
        )
        .join(village, village.c.area == household_place.c.village)
        .outerjoin(head, head.c.household == household_place.c.household)
        .outerjoin(size, size.c.household == household_place.c.household)
        .where(in_force(household_place, day), in_force(village, day))
    )
    found = [
        row
        for batch in _batches(uids)
        for row in connection.execute(query.where(household_place.c.household.in_(batch)))
    ]
    found.sort(key=lambda row: (row[5] is None, row[5] or 0, row[6], row[7] or "", str(row[0])))
    return [HouseholdName._make(row[:5]) for row in found]


def persons(connection: Connection, uids: Sequence[UUID], day: date) -> list[PersonName]:
    """The members of households of the register on `day` among `uids`, by village, then name."""
    village = sa.alias(area_version, "village")
    query = (
        sa.select(
            person.c.uid,
            membership.c.household,
            person.c.full_name,
            village.c.name,
            person.c.birth,
            village.c.position,
            village.c.sort_key,
            person.c.sort_key,
        )
        .join(membership, membership.c.person == person.c.uid)
        .join(household_place, household_place.c.household == membership.c.household)
        .join(village, village.c.area == household_place.c.village)
        .where(in_force(membership, day), in_force(household_place, day), in_force(village, day))
    )
    found = [
        row
        for batch in _batches(uids)
        for row in connection.execute(query.where(person.c.uid.in_(batch)))
    ]
    found.sort(key=lambda row: (row[5] is None, row[5] or 0, row[6], row[7], str(row[0])))
    return [PersonName._make(row[:5]) for row in found]


def _batches(uids: Iterable[UUID]) -> Iterator[list[UUID]]:
    ordered = list(uids)
    for start in range(0, len(ordered), _BATCH):
        yield ordered[start : start + _BATCH]
