"""Reads whole households as they were on a day, and the dated rows behind them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.household import DatedFact, Household, Member
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.records import columns, in_force
from giamngheo_desktop.storage.tables import (
    household,
    household_fact,
    household_place,
    membership,
    person,
    person_fact,
)

# Columns of a person and of a household that are fields of the record.
PERSON_FIELDS = tuple(name for name in columns(Kind.PERSON) if name != "removed")
HOUSEHOLD_FIELDS = tuple(name for name in columns(Kind.HOUSEHOLD) if name != "removed")


def load(connection: Connection, uids: Iterable[UUID], day: date) -> dict[UUID, Household]:
    """The households `uids` with the village, members and dated facts of `day`."""
    wanted = list(uids)
    heads = connection.execute(
        sa.select(household).where(household.c.uid.in_(wanted), household.c.removed.is_(sa.false()))
    ).mappings()
    records = {row["uid"]: dict(row) for row in heads}
    places = connection.execute(
        sa.select(household_place.c.household, household_place.c.village).where(
            in_force(household_place, day), household_place.c.household.in_(wanted)
        )
    )
    villages = {row.household: row.village for row in places}
    members = _members(connection, wanted, day)
    persons = [member["uid"] for rows in members.values() for member in rows]
    facts = _facts(connection, household_fact, "household", wanted)
    facts |= _facts(connection, person_fact, "person", persons)
    found: dict[UUID, Household] = {}
    for uid, record in records.items():
        own = {name: record[name] for name in HOUSEHOLD_FIELDS}
        rows = members.get(uid, [])
        found[uid] = Household(
            uid=uid,
            village=villages.get(uid),
            members=tuple(Member(**row, **_on(facts.get(row["uid"], ()), day)) for row in rows),
            facts={key: facts[key] for key in (uid, *(row["uid"] for row in rows)) if key in facts},
            **own,
            **_on(facts.get(uid, ()), day),
        )
    return found


def _members(
    connection: Connection, wanted: list[UUID], day: date
) -> dict[UUID, list[dict[str, Any]]]:
    query = (
        sa.select(
            membership.c.household,
            membership.c.uid.label("membership"),
            membership.c.relation,
            membership.c.is_head,
            membership.c.valid_from.label("joined_on"),
            person.c.uid,
            *(person.c[name] for name in PERSON_FIELDS),
        )
        .join(person, person.c.uid == membership.c.person)
        .where(in_force(membership, day), membership.c.household.in_(wanted))
        .order_by(
            membership.c.is_head.desc(), membership.c.position.asc().nulls_last(), membership.c.uid
        )
    )
    rows: dict[UUID, list[dict[str, Any]]] = {}
    for row in connection.execute(query).mappings():
        member = dict(row)
        rows.setdefault(member.pop("household"), []).append(member)
    return rows


def _facts(
    connection: Connection, table: sa.Table, owner: str, wanted: list[UUID]
) -> dict[UUID, tuple[DatedFact, ...]]:
    query = sa.select(table).where(table.c[owner].in_(wanted), table.c.removed.is_(sa.false()))
    rows: dict[UUID, list[DatedFact]] = {}
    for row in connection.execute(query.order_by(table.c.valid_from, table.c.uid)).mappings():
        rows.setdefault(row[owner], []).append(
            DatedFact(
                uid=row["uid"],
                code=row["code"],
                value=row["value"],
                valid_from=row["valid_from"],
                valid_to=row["valid_to"],
            )
        )
    return {uid: tuple(facts) for uid, facts in rows.items()}


def _on(facts: Iterable[DatedFact], day: date) -> dict[str, Any]:
    """The facts that hold on `day`, by code."""
    return {
        fact.code: fact.value
        for fact in facts
        if fact.valid_from <= day and (fact.valid_to is None or fact.valid_to >= day)
    }
