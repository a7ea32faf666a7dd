"""Persons of the register for lists: found by name or ID number, and who carries a number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.storage.areas import last_versions
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.records import batches, in_force
from giamngheo_desktop.storage.tables import household_place, membership, person


def named(text: str) -> sa.ColumnElement[bool]:
    """Name or ID number of a person; H'Nhưn may be typed with a space for the apostrophe."""
    keys = [search_key(text)]
    if keys[0][1:2] == " ":
        keys.append(keys[0].replace(" ", "", 1))
    patterns = [containing(key) for key in keys]
    return sa.or_(
        *(person.c.search_key.like(pattern, escape="\\") for pattern in patterns),
        person.c.id_number.like(patterns[0], escape="\\"),
    )


def containing(key: str) -> str:
    """The LIKE pattern (escaped by a backslash) of texts that contain `key`."""
    escaped = key.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


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
    found = named(text)
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


def hits(connection: Connection, uids: Sequence[UUID], day: date) -> list[PersonHit]:
    """These persons, as far as they live in a household of the register on `day`."""
    return [
        PersonHit._make(row)
        for batch in batches(uids)
        for row in connection.execute(_person_hits(day).where(person.c.uid.in_(batch)))
    ]


class Namesake(NamedTuple):
    """Somebody whose name, sex and whole birthday another one of the register has, too."""

    person: UUID
    household: UUID
    full_name: str
    birth: PartialDate
    id_number: str | None
    village: str
    search_key: str
    sex: str | None


def namesakes(connection: Connection, day: date) -> list[Namesake]:
    """All of them on `day`, who may be one person beside each other."""
    is_whole = sa.func.length(sa.type_coerce(person.c.birth, sa.String())) == len("1987-03-05")
    key = (person.c.search_key, person.c.birth)
    same = (
        sa.select(*key)
        .where(person.c.removed.is_(sa.false()), is_whole)
        .group_by(*key, person.c.sex)
        .having(sa.func.count() > 1)
        .distinct()
        .subquery()
    )
    query = (
        _person_hits(day)
        .add_columns(person.c.search_key, person.c.sex)
        .join(same, sa.and_(*(same.c[column.name] == column for column in key)))
    )
    return [Namesake(row[0], row[1], *row[2:]) for row in connection.execute(query)]


def _without_separators(column: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
    for sign in (" ", "\u00a0", ".", "-", ",", "/"):
        column = sa.func.replace(column, sign, "")
    return column
