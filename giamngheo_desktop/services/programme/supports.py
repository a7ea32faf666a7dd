"""What households and persons got: by year, event, household or person; its sums and its doubts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain import entitlement
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.entitlement import OF_GROUND, Doubt, Given, ListedYears, Terms
from giamngheo_desktop.services.programme.components import Components
from giamngheo_desktop.services.programme.listed_on import entitled
from giamngheo_desktop.services.programme.policy_values import KnownValues
from giamngheo_desktop.services.programme.standings import standings, years_on_list
from giamngheo_desktop.services.programme.within import within
from giamngheo_desktop.storage import budgets, records
from giamngheo_desktop.storage import supports as stored
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.supports import Support as Support

Doubts = Mapping[UUID, tuple[Doubt, ...]]  # by support; those without any are left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which supports of a year. A component stands for all below it, in `programme` or in any."""

    year: int
    programme: str | None = None
    component: str | None = None
    body: UUID | None = None
    unit: UUID | None = None  # a commune or village, by its place of that day
    household: UUID | None = None
    person: UUID | None = None
    policy: str | None = None


def of_year(database: Database, definitions: Definitions, asked: Asked) -> list[Support]:
    """By day: of the year in which each was given, whatever plan it belongs to."""
    conditions = stored.within(
        year=asked.year,
        programme=asked.programme if asked.component is None else None,
        body=asked.body,
        household=asked.household,
        person=asked.person,
        policy=asked.policy,
    )
    with database.reader() as connection:
        belongs = within(connection, asked.unit, date(asked.year, 12, 31))
        found = [row for row in stored.find(connection, *conditions) if belongs(None, row.near)]
        if asked.component is None:
            return found
        tree = Components(definitions, asked.year, budgets.plan_components(connection), ())
    # In the tree that the money of a year stands in, so that a plan's own parts count as there.
    return [
        row for row in found if tree.is_within(support_node(row), asked.component, asked.programme)
    ]


def support_node(row: Support) -> Mapping[str, Any]:
    """What says at which node of the year's tree a support stands."""
    return {name: getattr(row, name) for name in ("programme", "component", "plan_component")}


def years(database: Database) -> list[int]:
    """Those with supports, newest first."""
    with database.reader() as connection:
        return stored.years_with_supports(connection)


class By(StrEnum):
    """What sums are told by."""

    SOURCE = "source"
    COMPONENT = "component"  # programme and component
    BODY = "body"
    VILLAGE = "village"  # of the day of the support
    HOUSEHOLD = "household"
    POLICY = "policy"
    PERSON = "person"


Key = str | UUID | tuple[str | None, str | None] | None


@dataclass(frozen=True, slots=True)
class Sum:
    """Supports, the households and persons that got them, and đồng.

    `unpriced` are the supports of which no amount is known; `amount` None: of none it is.
    """

    supports: int
    households: int
    persons: int
    amount: int | None
    unpriced: int


def total(found: Iterable[Support]) -> Sum:
    """All of them, each once."""
    rows = list(found)
    amounts = [row.amount for row in rows if row.amount is not None]
    return Sum(
        supports=len(rows),
        households=len({row.household for row in rows}),
        persons=len({row.person for row in rows if row.person is not None}),
        amount=sum(amounts) if amounts else None,
        unpriced=len(rows) - len(amounts),
    )


def sums(found: Iterable[Support], by: By) -> dict[Key, Sum]:
    """By what each support says of it, None where it says nothing. One from several sources stands
    with each of them, with what came from it; all else stands once.
    """
    parts: dict[Key, list[Support]] = {}
    if by is By.SOURCE:
        return _by_source(found)
    for row in found:
        parts.setdefault(_key(row, by), []).append(row)
    return {key: total(rows) for key, rows in parts.items()}


def _key(row: Support, by: By) -> Key:
    if by is By.COMPONENT:
        return (row.programme, row.component) if row.programme or row.component else None
    value: Key = getattr(row, by.value)
    return value


def _by_source(found: Iterable[Support]) -> dict[Key, Sum]:
    parts: dict[Key, list[tuple[Support, int | None]]] = {}
    for row in found:
        for source, amount in row.shares.items() or ((None, None),):
            parts.setdefault(source, []).append((row, amount))
    return {
        source: Sum(
            supports=len(rows),
            households=len({row.household for row, _ in rows}),
            persons=len({row.person for row, _ in rows if row.person is not None}),
            amount=None if source is None else sum(amount or 0 for _, amount in rows),
            unpriced=len(rows) if source is None else 0,
        )
        for source, rows in parts.items()
    }


@dataclass(frozen=True, slots=True)
class Received:
    """What a household got since a day, a line a support, and for how long it is on the list."""

    household: UUID
    since: date
    supports: tuple[Support, ...]
    total: Sum
    by_source: Mapping[Key, Sum]
    years: ListedYears


def since(
    database: Database, household: UUID, day: date, today: date, *, until: date | None = None
) -> Received:
    """What a household got from a day on, up to and on another where one is given."""
    asked = stored.within(household=household, since=day, until=until)
    with database.reader() as connection:
        found = stored.find(connection, *asked)
    years = years_on_list(database, [household], today)[household]
    return Received(household, day, tuple(found), total(found), sums(found, By.SOURCE), years)


def doubts(
    database: Database, definitions: Definitions, found: Sequence[Support], today: date
) -> Doubts:
    """What is doubtful about these supports, beside all that their households ever got."""
    with database.reader() as connection:
        homes = list(dict.fromkeys(row.household for row in found))
        known = [given(row) for row in stored.of_households(connection, homes)]
        asked = [given(row) for row in found]
        return doubts_in(connection, definitions, asked, known, today)


def typed_doubts(
    database: Database, definitions: Definitions, one: Given, today: date
) -> tuple[Doubt, ...]:
    """What is doubtful about a support as it is typed, new or stored with another content."""
    with database.reader() as connection:
        stored_ones = stored.of_households(connection, [one.household])
        known = [given(row) for row in stored_ones if row.uid != one.uid]
        found = doubts_in(connection, definitions, [one], [*known, one], today)
    return found.get(one.uid, ())


def given(row: Support) -> Given:
    """A stored support as the rules look at it."""
    return Given(
        uid=row.uid,
        household=row.household,
        person=row.person,
        policy=row.policy,
        supported_on=row.supported_on,
        content=row.content,
        item=row.item,
        period_from=row.period_from,
        period_to=row.period_to,
        months=row.months,
        class_then=row.class_then,
        value_key=row.value_key,
        value_used=row.value_used,
        sources=frozenset(row.shares),
        plan_year=row.plan_year,
    )


def doubts_in(
    connection: Connection,
    definitions: Definitions,
    asked: Sequence[Given],
    known: Sequence[Given],
    today: date | None,
) -> Doubts:
    """`known` has those asked for and all else that their households got; without `today` nobody
    asks what has ended.
    """
    by_day: dict[date, list[Given]] = {}
    for one in asked:
        by_day.setdefault(one.supported_on, []).append(one)
    found: dict[UUID, list[Doubt]] = {one.uid: [] for one in asked}
    for day, rows in by_day.items():
        homes = list(dict.fromkeys(one.household for one in rows))
        stands = standings(connection, definitions, homes, day)
        values = KnownValues(connection, definitions, day)
        places = records.find_on(connection, Kind.PLACE, day, "household", homes)
        villages = {row["household"]: row["village"] for row in places}
        for one in rows:
            terms = _terms(definitions, one.policy)
            found[one.uid] += entitlement.of_class(one, stands[one.household], terms)
            found[one.uid] += entitlement.of_value(one, values.at(villages.get(one.household)))
            found[one.uid] += entitlement.of_year(one)
    wronged = [one for one in asked if any(told.why in OF_GROUND for told in found[one.uid])]
    for uid in entitled(connection, definitions, wronged):
        found[uid] = [doubt for doubt in found[uid] if doubt.why not in OF_GROUND]
    for doubt in entitlement.repeats(asked, known, given_often(definitions)):
        found[doubt.support].append(doubt)
    for doubt in entitlement.ending(asked, known, today) if today else ():
        found[doubt.support].append(doubt)
    return {uid: tuple(told) for uid, told in found.items() if told}


def given_often(definitions: Definitions) -> frozenset[str]:
    """The policies of which each day is something of its own."""
    return frozenset(code for code, one in definitions.supports.items() if one.repeats)


def _terms(definitions: Definitions, policy: str) -> Terms:
    found = definitions.supports.get(policy)
    if found is None:
        return Terms()
    asks_of_dead = "died_on" in found.form.fields
    return Terms(classes=found.classes, per_person=found.per == "person", of_dead=asks_of_dead)
