"""Rows for lists: one select of columns each, light tuples, filtered and sorted in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.storage.areas import last_versions
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.records import in_force
from giamngheo_desktop.storage.review_sources import RECOGNISED_SOURCES
from giamngheo_desktop.storage.tables import (
    class_record,
    household,
    household_place,
    membership,
    person,
)

CAP = 100_000
_BROAD = 2  # letters that stand in most names: the first member looked at already has them


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
    # Not distinct: that would cost a tenth of the time, for rows that only a check should find.
    persons = (
        sa.select(sa.func.count())
        .select_from(membership)
        .where(membership.c.household == household.c.uid, in_force(membership, day))
        .scalar_subquery()
        .label("persons")
    )
    record = _records_on(day, wanted.standard)
    village = last_versions(day)
    query = (
        sa.select(
            household.c.uid,
            sa.func.coalesce(head.c.full_name, ""),
            sa.func.coalesce(village.c.name, ""),
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
        .outerjoin(village, village.c.area == household_place.c.village)
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
        query = query.limit(wanted.limit)
    # Chosen here: a number may stand for more households than a statement takes parameters.
    rows = (
        HouseholdRow._make(row)
        for row in connection.execute(query)
        if wanted.uids is None or row[0] in wanted.uids
    )
    return list(islice(_once(rows), wanted.limit))


def _once(rows: Iterable[HouseholdRow]) -> Iterator[HouseholdRow]:
    """A household with two heads (a check says so) is one line all the same."""
    seen: set[UUID] = set()
    for row in rows:
        if row.uid not in seen:
            seen.add(row.uid)
            yield row


def _records_on(day: date, standard: str) -> sa.Subquery:
    """The recognised class of each household, once."""
    record = class_record
    number = sa.func.row_number().over(
        partition_by=record.c.household, order_by=(record.c.valid_from.desc(), record.c.uid.desc())
    )
    found = (
        sa.select(
            record.c.household,
            record.c.household_class,
            record.c.average_living,
            number.label("number"),
        )
        .where(
            in_force(record, day),
            record.c.standard == standard,
            record.c.source.in_(RECOGNISED_SOURCES),
        )
        .subquery("found")
    )
    return sa.select(found).where(found.c.number == 1).subquery("record")


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
    found = _named(text)
    has_member: sa.ColumnElement[bool]
    if len(search_key(text)) <= _BROAD:
        has_member = sa.exists().where(
            membership.c.household == household.c.uid,
            in_force(membership, day),
            person.c.uid == membership.c.person,
            person.c.removed.is_(sa.false()),
            found,
        )
    else:
        # Nested, so that the narrow index of names is read first and alone.
        named = sa.select(person.c.uid).where(person.c.removed.is_(sa.false()), found)
        member = sa.select(membership.c.household).where(
            membership.c.person.in_(named), in_force(membership, day)
        )
        has_member = household.c.uid.in_(member)
    return sa.or_(
        has_member,
        village.c.search_key.like(pattern, escape="\\"),
        sa.func.lower(household.c.code).like(pattern, escape="\\"),
    )


def matching(connection: Connection, text: str, day: date) -> frozenset[UUID]:
    """The households of the register on `day` that `HouseholdFilter.text` finds."""
    village = last_versions(day)
    query = (
        sa.select(household.c.uid)
        .join(household_place, household_place.c.household == household.c.uid)
        .outerjoin(village, village.c.area == household_place.c.village)
        .where(
            household.c.removed.is_(sa.false()),
            in_force(household_place, day),
            _matches(text, village, day),
        )
    )
    return frozenset(connection.execute(query).scalars())


def _named(text: str) -> sa.ColumnElement[bool]:
    """Name or ID number of a person; H'Nhưn may be typed with a space for the apostrophe."""
    keys = [search_key(text)]
    if keys[0][1:2] == " ":
        keys.append(keys[0].replace(" ", "", 1))
    patterns = [f"%{_escape(key)}%" for key in keys]
    return sa.or_(
        *(person.c.search_key.like(pattern, escape="\\") for pattern in patterns),
        person.c.id_number.like(patterns[0], escape="\\"),
    )


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
    village = last_versions(day)
    return (
        sa.select(
            person.c.uid,
            membership.c.household,
            person.c.full_name,
            person.c.birth,
            person.c.id_number,
            sa.func.coalesce(village.c.name, ""),
        )
        .join(membership, membership.c.person == person.c.uid)
        .join(household_place, household_place.c.household == membership.c.household)
        .outerjoin(village, village.c.area == household_place.c.village)
        .where(
            person.c.removed.is_(sa.false()),
            in_force(membership, day),
            in_force(household_place, day),
        )
        .order_by(person.c.sort_key, person.c.uid)
    )


def persons(connection: Connection, text: str, day: date, limit: int = 50) -> list[PersonHit]:
    """Persons whose name or ID number contains `text`, without marks."""
    found = _named(text)
    query = _person_hits(day).where(found).limit(limit)
    return [PersonHit._make(row) for row in connection.execute(query)]


class Carrier(NamedTuple):
    """Who carries an ID number, by the head and the village of the household."""

    person: UUID
    full_name: str
    id_number: str
    head: str
    village: str


def carriers(
    connection: Connection, day: date, numbers: Iterable[str] | None = None
) -> list[Carrier]:
    """The persons of the register on `day` with one of the folded `numbers`.

    None: with a number that another one has as well. Separators typed between digits are passed
    over.
    """
    folded = _without_separators(person.c.id_number)
    if numbers is None:
        repeated = (
            sa.select(folded)
            .where(person.c.id_number != "", person.c.removed.is_(sa.false()))
            .group_by(folded)
            .having(sa.func.count() > 1)
        )
        wanted = folded.in_(repeated)
    else:
        wanted = folded.in_(list(numbers))
    village = last_versions(day)
    tie, head = sa.alias(membership, "tie"), sa.alias(person, "head")
    query = (
        sa.select(
            person.c.uid,
            person.c.full_name,
            person.c.id_number,
            sa.func.coalesce(sa.func.min(head.c.full_name), ""),
            sa.func.coalesce(sa.func.min(village.c.name), ""),
        )
        .join(membership, membership.c.person == person.c.uid)
        .join(household_place, household_place.c.household == membership.c.household)
        .outerjoin(village, village.c.area == household_place.c.village)
        .outerjoin(
            tie,
            sa.and_(
                tie.c.household == membership.c.household,
                tie.c.is_head.is_(sa.true()),
                in_force(tie, day),
            ),
        )
        .outerjoin(head, head.c.uid == tie.c.person)
        .where(
            person.c.removed.is_(sa.false()),
            in_force(membership, day),
            in_force(household_place, day),
            wanted,
        )
        .group_by(person.c.uid, person.c.full_name, person.c.id_number, membership.c.household)
        .order_by(person.c.uid, membership.c.household)
    )
    return [Carrier._make(row) for row in connection.execute(query)]


def _without_separators(column: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
    for sign in (" ", "\u00a0", ".", "-", ",", "/"):
        column = sa.func.replace(column, sign, "")
    return column


def register(connection: Connection, day: date) -> list[UUID]:
    """The households of the register on `day`, oldest first."""
    query = (
        sa.select(household.c.uid)
        .distinct()
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
