"""One event for many: the supports of all who were picked, in one action; its grid of amounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.entitlement import Given
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.new_escape import months_later
from giamngheo_desktop.domain.record_checks import refuse_values
from giamngheo_desktop.services import register
from giamngheo_desktop.services.programme import needs
from giamngheo_desktop.services.programme.standings import standings
from giamngheo_desktop.services.programme.supports import Doubts, doubts_in, given
from giamngheo_desktop.services.register import HouseholdFilter, HouseholdRow
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage import supports as stored
from giamngheo_desktop.storage.engine import Connection, Database

Shares = Mapping[str, int]  # đồng by source
Row = dict[str, Any]
COPIED = ("policy", "supported_on")  # of an event, into each of its supports


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Who gets it: a household, or one person of it.

    `shares` instead of those of everybody; `values` are columns of the support, `answers` those of
    the policy, that differ.
    """

    household: UUID
    person: UUID | None = None
    shares: Shares | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForMany:
    """An event and what everybody gets: columns of `support_event` and `support`, the answers of
    the policy as kept texts, đồng by source.
    """

    event: Mapping[str, Any]
    receivers: Sequence[Receiver]
    shares: Shares = field(default_factory=dict)
    support: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Supported:
    """The event as written, its supports in the order of the receivers, and their warnings."""

    event: UUID
    supports: tuple[UUID, ...]
    doubts: Doubts


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Whom an event is for: households of the list, with any of these needs, that got nothing (by
    these policies, where some are named) for so many years.
    """

    households: HouseholdFilter
    needs: frozenset[str] = frozenset()
    unsupported_years: int | None = None
    policies: frozenset[str] = frozenset()


def household_choice(database: Database, choice: Choice) -> list[HouseholdRow]:
    """The households to pick from, as the list shows them."""
    day = choice.households.day
    found = register.households(database, choice.households)
    if choice.needs:
        needing = needs.households_with(database, day, choice.needs)
        found = [row for row in found if row.uid in needing]
    if choice.unsupported_years is not None:
        first = months_later(day, -12 * choice.unsupported_years)
        with database.reader() as connection:
            had = stored.supported_between(connection, first, day, choice.policies)
        found = [row for row in found if row.uid not in had]
    return found


def foresee(
    database: Database, context: Context, definitions: Definitions, wanted: ForMany
) -> list[tuple[Receiver, Doubts]]:
    """The warnings that writing it would bring, by receiver; those without any are left out."""
    with database.reader() as connection:
        rows, shares = _rows(context, wanted)
        doubts = _doubts(connection, definitions, rows, shares, wanted.event.get("year"))
    return [
        (who, {row["uid"]: doubts[row["uid"]]})
        for who, row in zip(wanted.receivers, rows, strict=True)
        if row["uid"] in doubts
    ]


def support_many(
    database: Database,
    context: Context,
    definitions: Definitions,
    wanted: ForMany,
    *,
    commune: UUID,
) -> Done[Supported]:
    """Write the event and a support for each receiver, as one action.

    The class that each had that day is filled in where nobody typed another. Raises RefusedErrors
    `support_nobody`, `support_amount`.
    """
    with write_unit(database, context, Op.SUPPORT_MANY, unit=commune) as work:
        work.subject = wanted.event["name"]
        supported = write_event(work, definitions, wanted, commune=commune)
    return Done(supported, work.changes)


def write_event(
    work: WriteUnit,
    definitions: Definitions,
    wanted: ForMany,
    *,
    commune: UUID,
    event: UUID | None = None,
) -> Supported:
    """`support_many` as a part of an action; with `event` one that is there already goes on."""
    if not wanted.receivers:
        raise RefusedError("support_nobody")
    rows, shares = _rows(work.context, wanted)
    _fill_classes(work.connection, definitions, rows)
    doubts = _doubts(work.connection, definitions, rows, shares, wanted.event.get("year"))
    event = event or work.insert(Kind.SUPPORT_EVENT, **_event(wanted.event, commune))
    for row in rows:
        row["support_event"] = event
    work.insert_many(Kind.SUPPORT, rows)
    _insert_shares(work, shares)
    work.insert_many(
        Kind.SUPPORT_VALUE,
        [
            {"support": row["uid"], "code": code, "value": text}
            for row, who in zip(rows, wanted.receivers, strict=True)
            for code, text in {**wanted.answers, **who.answers}.items()
            if text is not None
        ],
    )
    return Supported(event, tuple(row["uid"] for row in rows), doubts)


def as_given(context: Context, wanted: ForMany) -> list[Given]:
    """The supports that it would write as the rules look at them, in the order of the receivers."""
    rows, shares = _rows(context, wanted)
    return [_given(row, shares[row["uid"]], wanted.event.get("year")) for row in rows]


def _event(values: Mapping[str, Any], commune: UUID) -> Row:
    year = values.get("year") or values["supported_on"].year
    return {**values, "year": year, "area": commune}


def _rows(context: Context, wanted: ForMany) -> tuple[list[Row], dict[UUID, Shares]]:
    """The supports to be, and the shares of each. Component, body and decision are read from the
    event, so that they can be corrected there.
    """
    blank = dict.fromkeys(records.columns(Kind.SUPPORT))
    common = {name: wanted.event[name] for name in COPIED}
    rows, shares = list[Row](), dict[UUID, Shares]()
    for who in wanted.receivers:
        row = {**blank, **common, **wanted.support, **who.values, "removed": False}
        row |= {"uid": context.new_id(), "household": who.household, "person": who.person}
        rows.append(row)
        shares[row["uid"]] = _checked(wanted.shares if who.shares is None else who.shares)
    return rows, shares


def _checked(shares: Shares) -> Shares:
    """What a source gives nothing of is no share."""
    if any(amount < 0 for amount in shares.values()):
        raise RefusedError("support_amount")
    return {source: amount for source, amount in shares.items() if amount}


def _fill_classes(connection: Connection, definitions: Definitions, rows: Iterable[Row]) -> None:
    by_day: dict[date, list[Row]] = {}
    for row in rows:
        if row["class_then"] is None:
            by_day.setdefault(row["supported_on"], []).append(row)
    for day, same in by_day.items():
        homes = list(dict.fromkeys(row["household"] for row in same))
        found = _states(connection, definitions, homes, day)
        for row in same:
            row["class_then"] = found[row["household"]]


def _states(
    connection: Connection, definitions: Definitions, homes: Sequence[UUID], day: date
) -> dict[UUID, str | None]:
    found = standings(connection, definitions, homes, day)
    return {home: one.state(day) for home, one in found.items()}


def _doubts(
    connection: Connection,
    definitions: Definitions,
    rows: Sequence[Row],
    shares: Mapping[UUID, Shares],
    plan_year: int | None,
) -> Doubts:
    """That a period is over is no news while it is typed."""
    homes = list(dict.fromkeys(row["household"] for row in rows))
    known = [given(one) for one in stored.of_households(connection, homes)]
    asked = [_given(row, shares[row["uid"]], plan_year) for row in rows]
    return doubts_in(connection, definitions, asked, [*known, *asked], None)


_LOOKED_AT = (
    "uid", "household", "person", "policy", "supported_on", "content", "item", "period_from",
    "period_to", "months", "class_then", "value_key", "value_used",
)  # fmt: skip


def _given(row: Row, shares: Shares, plan_year: int | None) -> Given:
    looked_at = {name: row[name] for name in _LOOKED_AT}
    return Given(**looked_at, sources=frozenset(shares), plan_year=plan_year)


def _insert_shares(work: WriteUnit, shares: Mapping[UUID, Shares]) -> None:
    work.insert_many(
        Kind.SUPPORT_SHARE,
        [
            {"support": uid, "source": source, "amount": amount}
            for uid, amounts in shares.items()
            for source, amount in amounts.items()
        ],
    )


def change_amounts(
    database: Database, context: Context, event: UUID, wanted: Mapping[UUID, Shares]
) -> Done[None]:
    """The grid of an event as it is now said to be: đồng by source of these of its supports.

    Raises RefusedErrors `record_missing`, `support_amount`.
    """
    with write_unit(database, context, Op.CHANGE_AMOUNTS) as work:
        work.subject = work.living(Kind.SUPPORT_EVENT, event)["name"]
        own = {
            row["uid"] for row in records.find(work.connection, Kind.SUPPORT, support_event=event)
        }
        if not own >= wanted.keys():
            raise RefusedError("record_missing")
        rows = records.find_below(work.connection, Kind.SUPPORT_SHARE, "support", sorted(wanted))
        stored_rows: dict[UUID, dict[str, list[Row]]] = {uid: {} for uid in wanted}
        for row in rows:
            stored_rows[row["support"]].setdefault(row["source"], []).append(row)
        new: dict[UUID, Shares] = {}
        gone: list[UUID] = []
        work.read_ahead([row["uid"] for row in rows])
        for uid, shares in wanted.items():
            left = dict(_checked(shares))
            for source, same in stored_rows[uid].items():
                amount = left.pop(source, None)
                if amount is not None and amount == sum(row["amount"] for row in same):
                    continue
                kept, rest = (same[:1], same[1:]) if amount is not None else ([], same)
                for row in kept:
                    work.change(Kind.SUPPORT_SHARE, row["uid"], row, {"amount": amount})
                gone += [row["uid"] for row in rest]
            new[uid] = left
        work.remove_many(Kind.SUPPORT_SHARE, gone)
        _insert_shares(work, new)
    return Done(None, work.changes)


def change_event(
    database: Database,
    context: Context,
    definitions: Definitions,
    event: UUID,
    values: Mapping[str, Any],
) -> Done[None]:
    """An event as it is now said to be. Its supports follow where they said what it said; so does
    the class that was filled in for the day. Raises RefusedErrors `record_missing` and of
    `refuse_values`.
    """
    with write_unit(database, context, Op.SAVE_RECORD) as work:
        old = work.living(Kind.SUPPORT_EVENT, event)
        new = {**old, **values}
        work.subject = new["name"]
        form = definitions.records[Kind.SUPPORT_EVENT]
        refuse_values(form.columns, new, old, form.known)
        work.change(Kind.SUPPORT_EVENT, event, old, values)
        rows = records.find(work.connection, Kind.SUPPORT, support_event=event)
        work.read_ahead([row["uid"] for row in rows])
        homes = list(dict.fromkeys(row["household"] for row in rows))
        was, now = (
            _states(work.connection, definitions, homes, one["supported_on"]) for one in (old, new)
        )
        for row in rows:
            changed = {name: new[name] for name in COPIED if row[name] == old[name]}
            if "supported_on" in changed and row["class_then"] == was[row["household"]]:
                changed["class_then"] = now[row["household"]]
            work.change(Kind.SUPPORT, row["uid"], row, changed)
    return Done(None, work.changes)


def remove_event(database: Database, context: Context, event: UUID) -> Done[None]:
    """An event typed by mistake, with its supports and papers. Raises RefusedError
    `record_missing`.
    """
    with write_unit(database, context, Op.REMOVE_RECORD) as work:
        work.subject = work.living(Kind.SUPPORT_EVENT, event)["name"]
        connection = work.connection
        supports = [
            row["uid"] for row in records.find(connection, Kind.SUPPORT, support_event=event)
        ]
        for kind in (Kind.SUPPORT_SHARE, Kind.SUPPORT_VALUE):
            below = records.find_below(connection, kind, "support", supports)
            work.remove_many(kind, [row["uid"] for row in below])
        work.remove_many(Kind.SUPPORT, supports)
        papers = records.find(connection, Kind.ATTACHMENT, support_event=event)
        work.remove_many(Kind.ATTACHMENT, [row["uid"] for row in papers])
        work.remove(Kind.SUPPORT_EVENT, event)
    return Done(None, work.changes)
