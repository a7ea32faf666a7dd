"""The records that a number of a target counts, by the names people look for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.actual import Amount
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.vietnamese import sort_key
from giamngheo_desktop.services import names
from giamngheo_desktop.storage import record_names, records
from giamngheo_desktop.storage.engine import Connection, Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A record: `uid` is what opens it (the household of a person), `more` its village, its day or
    its kind.
    """

    uid: UUID
    name: str
    more: str = ""


def named(
    database: Database, definitions: Definitions, amount: Amount, day: date
) -> tuple[Named, ...]:
    """By village, then name; of what has no village by name."""
    uids = sorted(amount.ids)
    if amount.kind is Kind.HOUSEHOLD:
        homes = names.of_households(database, uids, day)
        return tuple(Named(uid=one.household, name=one.head, more=one.village) for one in homes)
    if amount.kind is Kind.PERSON:
        people = names.of_persons(database, uids, day)
        return tuple(
            Named(uid=one.household, name=one.full_name, more=one.village) for one in people
        )
    with database.reader() as connection:
        found = list(_recorded(connection, definitions, amount, day))
    return tuple(sorted(found, key=lambda one: sort_key(one.name)))


def _recorded(
    connection: Connection, definitions: Definitions, amount: Amount, day: date
) -> Iterator[Named]:
    kind, uids = amount.kind, sorted(amount.ids)
    rows = records.get_many(connection, kind, uids) if kind else {}
    if kind is Kind.BUDGET_LINE:
        stages = definitions.choice_list("budget_stages").labels
        for uid, row in rows.items():
            name = f"{stages.get(row['stage'], row['stage'])}: {format_integer(row['amount'])}"
            yield Named(uid=uid, name=name, more=_day(row["booked_on"]))
        return
    called = record_names.names_of(connection, uids, day)
    for uid, row in rows.items():
        more = _day(row["starts_on"]) if kind is Kind.ACTIVITY else row.get("title") or ""
        yield Named(uid=uid, name=called.get(uid, ""), more=more)


def _day(day: date | None) -> str:
    return "" if day is None else format_date(day)
