"""What a register holds already that a former one brings as well."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.storage import names, person_list
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.records import batches
from giamngheo_desktop.storage.tables import TABLES, household, person

# Numbers of which a unit has one a year: those typed here stay. A plan's go with their plan.
_TYPED = {
    Kind.POPULATION: ("area", "year"),
    Kind.VILLAGE_TARGET: ("area", "year"),
    Kind.OPENING_COUNT: ("village", "standard", "review_year", "household_class"),
}


class Twins(NamedTuple):
    """Two records that may be one person: the one that was here, and the one that came. `name` and
    `birth` are those of the one that was here, `home` is where he lives: the head and the village;
    "" of one who left the register.
    """

    name: str
    here: UUID
    came: UUID
    birth: PartialDate | None = None
    home: str = ""


def codes(connection: Connection) -> set[str]:
    """The codes (mã hộ) of all households."""
    query = sa.select(household.c.code).where(
        household.c.code.is_not(None), household.c.removed.is_(sa.false())
    )
    return set(connection.execute(query).scalars())


def typed_columns(kind: Kind) -> tuple[str, ...]:
    """Which columns make a yearly number one of a kind; () for other kinds."""
    return _TYPED.get(kind, ())


def typed_keys(connection: Connection, kind: Kind) -> set[tuple[str, ...]]:
    """The yearly numbers that are there, by the texts of these columns."""
    table = TABLES[kind]
    plain = [sa.type_coerce(table.c[name], sa.String()) for name in _TYPED[kind]]
    query = sa.select(*plain).where(table.c.removed.is_(sa.false()))
    if "document" in table.c:
        query = query.where(table.c.document.is_(None))
    return {tuple(map(str, row)) for row in connection.execute(query)}


def same_persons(connection: Connection, came: Collection[UUID], day: date) -> list[Twins]:
    """Persons that came and those that were here with the same number, or the same name, sex and
    whole birthday.
    """
    new, old = sa.alias(person, "came"), sa.alias(person, "here")
    same_number = sa.and_(new.c.id_number == old.c.id_number, new.c.id_number != "")
    same_name = sa.and_(
        new.c.search_key == old.c.search_key,
        new.c.sex == old.c.sex,
        new.c.birth == old.c.birth,
        sa.or_(  # two numbers of one kind are two persons'
            sa.func.coalesce(new.c.id_number, "") == "",
            sa.func.coalesce(old.c.id_number, "") == "",
            sa.func.length(new.c.id_number) != sa.func.length(old.c.id_number),
        ),
        sa.func.length(sa.type_coerce(new.c.birth, sa.String())) == len("1987-03-05"),
    )
    found: list[Twins] = []
    known = set(came)
    for batch in batches(sorted(known)):
        for matches in (same_number, same_name):
            query = (
                sa.select(new.c.full_name, old.c.uid, new.c.uid)
                .join(old, matches)
                .where(
                    new.c.uid.in_(batch),
                    new.c.removed.is_(sa.false()),
                    old.c.removed.is_(sa.false()),
                )
            )
            rows = connection.execute(query)
            found += [Twins(name, here, came) for name, here, came in rows if here not in known]
    here = sorted({one.here for one in found})
    hits = {hit.person: hit for hit in person_list.hits(connection, here, day)}
    homes = sorted({hit.household for hit in hits.values()})
    heads = {home.household: home.head for home in names.households(connection, homes, day, {})}
    return [
        one._replace(birth=hit.birth, home=f"{heads.get(hit.household, '')} ({hit.village})")
        if (hit := hits.get(one.here))
        else one
        for one in sorted(set(found))
    ]
