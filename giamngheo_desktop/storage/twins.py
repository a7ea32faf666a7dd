"""Finds who may have been typed twice: the same ID number, or the same head in the same village."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.records import batches
from giamngheo_desktop.storage.tables import household_place, membership, person

Pairs = Iterator[tuple[UUID, UUID]]


def same_number(connection: Connection, persons: Sequence[UUID]) -> Pairs:
    """Each of these persons with everybody else who carries the same ID number."""
    one, other = sa.alias(person, "one"), sa.alias(person, "other")
    query = sa.select(one.c.uid, other.c.uid).where(
        one.c.id_number == other.c.id_number,
        one.c.id_number != "",
        one.c.uid != other.c.uid,
        one.c.removed.is_(sa.false()),
        other.c.removed.is_(sa.false()),
    )
    yield from _pairs(connection, query, one.c.uid, persons)


def owners(connection: Connection, numbers: Iterable[str]) -> dict[str, set[UUID]]:
    """Who carries each of these ID numbers; those that nobody has are left out."""
    found: dict[str, set[UUID]] = {}
    for batch in batches(sorted(set(numbers))):
        query = sa.select(person.c.id_number, person.c.uid).where(
            person.c.id_number.in_(batch), person.c.removed.is_(sa.false())
        )
        for number, uid in connection.execute(query):
            found.setdefault(number, set()).add(uid)
    return found


def same_head(connection: Connection, households: Sequence[UUID]) -> Pairs:
    """Each of these households with those of its village whose head has its name and birth year."""
    home, head, place = _homes("one")
    home2, head2, place2 = _homes("other")
    query = (
        sa.select(home.c.household, home2.c.household)
        .select_from(home)
        .join(head, head.c.uid == home.c.person)
        .join(place, place.c.household == home.c.household)
        .join(place2, place2.c.village == place.c.village)
        .join(home2, home2.c.household == place2.c.household)
        .join(head2, head2.c.uid == home2.c.person)
        .where(
            head.c.search_key == head2.c.search_key,
            sa.func.coalesce(sa.func.substr(head.c.birth, 1, 4), "")
            == sa.func.coalesce(sa.func.substr(head2.c.birth, 1, 4), ""),
            home.c.household != home2.c.household,
            *(row.c.removed.is_(sa.false()) for row in (home, head, place, home2, head2, place2)),
            *(row.c.valid_to.is_(None) for row in (home, place, home2, place2)),
            *(row.c.is_head.is_(sa.true()) for row in (home, home2)),
        )
    )
    yield from _pairs(connection, query, home.c.household, households)


def _homes(which: str) -> tuple[sa.FromClause, sa.FromClause, sa.FromClause]:
    return (
        sa.alias(membership, which),
        sa.alias(person, f"{which}_head"),
        sa.alias(household_place, f"{which}_place"),
    )


def _pairs(
    connection: Connection,
    query: sa.Select[Any],
    key: sa.ColumnElement[UUID],
    wanted: Sequence[UUID],
) -> Pairs:
    """Each pair once, also where both are wanted."""
    seen: set[frozenset[UUID]] = set()
    for batch in batches(wanted):
        for one, other in connection.execute(query.where(key.in_(batch)).distinct()):
            pair = frozenset({one, other})
            if pair not in seen:
                seen.add(pair)
                yield one, other
