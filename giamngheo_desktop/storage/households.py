"""Reads whole households as they were on a day, and the dated rows behind them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.household import DatedFact, Household, Member
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.records import columns, find, in_force
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


CONTINUED = "head"  # the reason of a membership that goes on after a change of head

_WANTED = sa.bindparam("wanted", type_=sa.Uuid, expanding=True)
_DAY = sa.bindparam("day", type_=sa.Date)

_HOUSEHOLDS = sa.select(household).where(
    household.c.uid.in_(_WANTED), household.c.removed.is_(sa.false())
)
_PLACES = sa.select(household_place.c.household, household_place.c.village).where(
    household_place.c.household.in_(_WANTED), in_force(household_place, _DAY)
)
_MEMBERS = (
    sa.select(
        membership.c.household,
        membership.c.uid.label("membership"),
        membership.c.relation,
        membership.c.is_head,
        membership.c.valid_from.label("joined_on"),
        membership.c.reason,
        person.c.uid,
        *(person.c[name] for name in PERSON_FIELDS),
    )
    .join(person, person.c.uid == membership.c.person)
    .where(
        membership.c.household.in_(_WANTED),
        in_force(membership, _DAY),
        person.c.removed.is_(sa.false()),  # as `member_on` has it: nobody, if typed by mistake
    )
    .order_by(
        membership.c.is_head.desc(), membership.c.position.asc().nulls_last(), membership.c.uid
    )
)


def _facts_of(table: sa.Table, owner: str) -> sa.Select[Any]:
    return (
        sa.select(
            table.c[owner].label("owner"),
            table.c.uid,
            table.c.code,
            table.c.value,
            table.c.valid_from,
            table.c.valid_to,
        )
        .where(table.c[owner].in_(_WANTED), table.c.removed.is_(sa.false()))
        .order_by(table.c.valid_from, table.c.uid)
    )


_HOUSEHOLD_FACTS = _facts_of(household_fact, "household")
_PERSON_FACTS = _facts_of(person_fact, "person")


def load(connection: Connection, uids: Iterable[UUID], day: date) -> dict[UUID, Household]:
    """The households `uids` with the village, members and dated facts of `day`."""
    wanted = {"wanted": list(uids)}
    on_day = {**wanted, "day": day}
    records = {
        row["uid"]: {name: row[name] for name in HOUSEHOLD_FIELDS}
        for row in connection.execute(_HOUSEHOLDS, wanted).mappings()
    }
    places = connection.execute(_PLACES, on_day)
    villages = {row.household: row.village for row in places}
    members: dict[UUID, list[dict[str, Any]]] = {}
    for row in connection.execute(_MEMBERS, on_day).mappings():
        member = dict(row)
        if member.pop("reason") == CONTINUED:
            member["joined_on"] = _joined_on(connection, member)
        members.setdefault(member.pop("household"), []).append(member)
    persons = [member["uid"] for rows in members.values() for member in rows]
    facts = _facts(connection, _HOUSEHOLD_FACTS, wanted["wanted"])
    facts |= _facts(connection, _PERSON_FACTS, persons)
    found: dict[UUID, Household] = {}
    for uid, record in records.items():
        rows = members.get(uid, [])
        found[uid] = Household(
            uid=uid,
            village=villages.get(uid),
            members=tuple(Member(**row, **_on(facts.get(row["uid"], ()), day)) for row in rows),
            facts={key: facts[key] for key in (uid, *(row["uid"] for row in rows)) if key in facts},
            **record,
            **_on(facts.get(uid, ()), day),
        )
    return found


def _joined_on(connection: Connection, member: dict[str, Any]) -> date:
    rows = find(connection, Kind.MEMBERSHIP, person=member["uid"])
    first: date = stay_of(rows, member["household"], member["membership"])[0]["valid_from"]
    return first


def stay_of(
    rows: Iterable[dict[str, Any]], household: UUID, membership: UUID
) -> list[dict[str, Any]]:
    """The rows of one person that follow each other without a gap in the household.

    A change of head cuts a stay into several rows, each with its relation.
    """
    here = sorted(
        (row for row in rows if row["household"] == household), key=lambda row: row["valid_from"]
    )
    found: list[dict[str, Any]] = []
    for row in here:
        if found and found[-1]["valid_to"] != row["valid_from"] - timedelta(days=1):
            if any(kept["uid"] == membership for kept in found):
                break
            found = []
        found.append(row)
    return found


def _facts(
    connection: Connection, query: sa.Select[Any], wanted: list[UUID]
) -> dict[UUID, tuple[DatedFact, ...]]:
    rows: dict[UUID, list[DatedFact]] = {}
    for owner, uid, code, value, valid_from, valid_to in connection.execute(
        query, {"wanted": wanted}
    ):
        rows.setdefault(owner, []).append(
            DatedFact(uid=uid, code=code, value=value, valid_from=valid_from, valid_to=valid_to)
        )
    return {owner: tuple(facts) for owner, facts in rows.items()}


def _on(facts: Iterable[DatedFact], day: date) -> dict[str, Any]:
    """The facts that hold on `day`, by code."""
    return {
        fact.code: fact.value
        for fact in facts
        if fact.valid_from <= day and (fact.valid_to is None or fact.valid_to >= day)
    }
