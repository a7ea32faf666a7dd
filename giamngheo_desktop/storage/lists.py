"""Rows for lists: one select of columns each, light tuples, filtered and sorted in SQL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.records import in_force
from giamngheo_desktop.storage.review_rows import RECOGNISED_SOURCES
from giamngheo_desktop.storage.tables import (
    area_version,
    class_record,
    household,
    household_place,
    membership,
    person,
)

CAP = 100_000


class HouseholdRow(NamedTuple):
    """One line of the household list."""

    uid: UUID
    head: str
    village: str
    persons: int
    household_class: str | None
    average_living: bool | None
    code: str | None
    id_number: str | None
    birth: str | None  # as stored: 1987, 1987-03 or 1987-03-05
    ethnicity: str | None
    address: str | None
    surveyed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdFilter:
    """What the list shows: the register on `day`, classes under `standard` recognised by then.

    `text` is searched without marks in the names and ID numbers of all members, in the village's
    name and the household's code. `classes` may hold "none" for households without a class.
    `uids` leaves only these households (names behind a number); None leaves all.
    """

    day: date
    standard: str
    text: str = ""
    villages: tuple[UUID, ...] = ()
    classes: tuple[str, ...] = ()
    uids: frozenset[UUID] | None = None
    sort: str = "head"
    descending: bool = False
    limit: int = CAP


def households(connection: Connection, wanted: HouseholdFilter) -> list[HouseholdRow]:
    """The list, sorted in Vietnamese order (given name first for `head`)."""
    day = wanted.day
    tie = sa.alias(membership, "tie")
    head = sa.alias(person, "head")
    persons = (
        sa.select(sa.func.count())
        .select_from(membership)
        .where(membership.c.household == household.c.uid, in_force(membership, day))
        .scalar_subquery()
        .label("persons")
    )
    record = (
        sa.select(class_record)
        .where(
            in_force(class_record, day),
            class_record.c.standard == wanted.standard,
            class_record.c.source.in_(RECOGNISED_SOURCES),
        )
        .subquery("record")
    )
    village = sa.alias(area_version, "village")
    query = (
        sa.select(
            household.c.uid,
            sa.func.coalesce(head.c.full_name, ""),
            village.c.name,
            persons,
            record.c.household_class,
            record.c.average_living,
            household.c.code,
            head.c.id_number,
            sa.type_coerce(head.c.birth, sa.Text),
            head.c.ethnicity,
            household.c.address,
            household.c.surveyed_on,
        )
        .select_from(household)
        .join(household_place, household_place.c.household == household.c.uid)
        .join(village, village.c.area == household_place.c.village)
        .outerjoin(
            tie,
            sa.and_(
                tie.c.household == household.c.uid, tie.c.is_head.is_(sa.true()), in_force(tie, day)
            ),
        )
        .outerjoin(head, head.c.uid == tie.c.person)
        .outerjoin(record, record.c.household == household.c.uid)
        .where(
            household.c.removed.is_(sa.false()),
            in_force(household_place, day),
            in_force(village, day),
        )
    )
    if wanted.villages:
        query = query.where(household_place.c.village.in_(wanted.villages))
    if wanted.classes:
        query = query.where(_class_in(record, wanted.classes))
    if wanted.text.strip():
        query = query.where(_matches(wanted.text, village, day))
    order: dict[str, list[Any]] = {
        "head": [head.c.sort_key],
        "village": [village.c.position, village.c.sort_key, head.c.sort_key],
        "persons": [persons, head.c.sort_key],
        "household_class": [record.c.household_class, head.c.sort_key],
        "code": [household.c.code, head.c.sort_key],
        "id_number": [head.c.id_number],
        "birth": [head.c.birth],
        "address": [household.c.address],
        "surveyed_on": [household.c.surveyed_on],
        "ethnicity": [head.c.ethnicity, head.c.sort_key],
    }
    columns = order.get(wanted.sort, order["head"])
    directed = [column.desc() if wanted.descending else column.asc() for column in columns]
    query = query.order_by(*(column.nulls_last() for column in directed), household.c.uid)
    if wanted.uids is None:
        return [HouseholdRow._make(row) for row in connection.execute(query.limit(wanted.limit))]
    # Chosen here: a number may stand for more households than a statement takes parameters.
    rows = (HouseholdRow._make(row) for row in connection.execute(query))
    return list(islice((row for row in rows if row.uid in wanted.uids), wanted.limit))


def _class_in(record: sa.FromClause, classes: tuple[str, ...]) -> sa.ColumnElement[bool]:
    wanted = [code for code in classes if code not in {"none", "average_living"}]
    tests = [record.c.household_class.in_(wanted)]
    if "none" in classes:
        tests.append(record.c.household_class.is_(None))
    if "average_living" in classes:
        tests.append(record.c.average_living.is_(sa.true()))
    return sa.or_(*tests)


def _matches(text: str, village: sa.FromClause, day: date) -> sa.ColumnElement[bool]:
    """The text stands in a name or ID of a member, in the name of the village or in the code."""
    pattern = f"%{_escape(search_key(text))}%"
    # Nested, so that the narrow index of names is read first and alone.
    named = sa.select(person.c.uid).where(
        person.c.removed.is_(sa.false()),
        sa.or_(
            person.c.search_key.like(pattern, escape="\\"),
            person.c.id_number.like(pattern, escape="\\"),
        ),
    )
    member = sa.select(membership.c.household).where(
        membership.c.person.in_(named), in_force(membership, day)
    )
    return sa.or_(
        household.c.uid.in_(member),
        village.c.search_key.like(pattern, escape="\\"),
        sa.func.lower(household.c.code).like(pattern, escape="\\"),
    )


def matching(connection: Connection, text: str, day: date) -> frozenset[UUID]:
    """The households of the register on `day` that `HouseholdFilter.text` finds."""
    village = sa.alias(area_version, "village")
    query = (
        sa.select(household.c.uid)
        .join(household_place, household_place.c.household == household.c.uid)
        .join(village, village.c.area == household_place.c.village)
        .where(
            household.c.removed.is_(sa.false()),
            in_force(household_place, day),
            in_force(village, day),
            _matches(text, village, day),
        )
    )
    return frozenset(connection.execute(query).scalars())


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


class PersonHit(NamedTuple):
    """A person found by the search box, with the household of that day."""

    person: UUID
    household: UUID
    full_name: str
    birth: PartialDate | None
    id_number: str | None
    village: str


def _person_hits(day: date) -> sa.Select[Any]:
    village = sa.alias(area_version, "village")
    return (
        sa.select(
            person.c.uid,
            membership.c.household,
            person.c.full_name,
            person.c.birth,
            person.c.id_number,
            village.c.name,
        )
        .join(membership, membership.c.person == person.c.uid)
        .join(household_place, household_place.c.household == membership.c.household)
        .join(village, village.c.area == household_place.c.village)
        .where(
            person.c.removed.is_(sa.false()),
            in_force(membership, day),
            in_force(household_place, day),
            in_force(village, day),
        )
        .order_by(person.c.sort_key, person.c.uid)
    )


def persons(connection: Connection, text: str, day: date, limit: int = 50) -> list[PersonHit]:
    """Persons whose name or ID number contains `text`, without marks."""
    pattern = f"%{_escape(search_key(text))}%"
    found = sa.or_(
        person.c.search_key.like(pattern, escape="\\"),
        person.c.id_number.like(pattern, escape="\\"),
    )
    query = _person_hits(day).where(found).limit(limit)
    return [PersonHit._make(row) for row in connection.execute(query)]


def carriers(connection: Connection, numbers: Iterable[str], day: date) -> list[PersonHit]:
    """The persons of the register on `day` whose ID number is one of `numbers`."""
    query = _person_hits(day).where(person.c.id_number.in_(list(numbers)))
    return [PersonHit._make(row) for row in connection.execute(query)]


def register(connection: Connection, day: date) -> list[UUID]:
    """The households of the register on `day`, oldest first."""
    query = (
        sa.select(household.c.uid)
        .join(household_place, household_place.c.household == household.c.uid)
        .where(household.c.removed.is_(sa.false()), in_force(household_place, day))
        .order_by(household.c.uid)
    )
    return list(connection.execute(query).scalars())


def count_register(connection: Connection) -> tuple[int, int]:
    """Households and persons in the file, whatever their days."""
    homes = sa.select(sa.func.count()).select_from(household).where(~household.c.removed)
    people = sa.select(sa.func.count()).select_from(person).where(~person.c.removed)
    return int(connection.execute(homes).scalar_one()), int(connection.execute(people).scalar_one())
