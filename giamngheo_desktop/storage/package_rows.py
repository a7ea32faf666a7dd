"""The records of a commune as the texts of a package, and the way back, past the typed columns.

SQLite holds a value as its audit text, or as a number of that text: so rows travel without being
made into values, which for a hundred thousand persons would take longer than writing them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.package import Values
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.tables import TABLES
from giamngheo_desktop.storage.types import LevelCode, PartialDay

# Whom a record refers to stands before it.
SENT = (
    Kind.AREA,
    Kind.AREA_VERSION,
    Kind.AREA_FACT,
    Kind.SUCCESSION,
    Kind.DECISION,
    Kind.REVIEW,
    Kind.REVIEW_STANDARD,
    Kind.ROUND,
    Kind.POPULATION,
    Kind.DOCUMENT,
    Kind.VILLAGE_TARGET,
    Kind.OPENING_COUNT,
    Kind.HOUSEHOLD,
    Kind.PLACE,
    Kind.HOUSEHOLD_FACT,
    Kind.PERSON,
    Kind.PERSON_FACT,
    Kind.MEMBERSHIP,
    Kind.CLASS_RECORD,
    Kind.INDICATOR_ANSWER,
    Kind.CORRECTION,
    Kind.MOVEMENT_CORRECTION,
    Kind.CASE,
    Kind.CASE_RESULT,
    Kind.RESULT,
    Kind.RESULT_PERSON,
    Kind.BODY,
    Kind.OFFICER,
    Kind.PLAN_COMPONENT,
    Kind.TASK,
    Kind.ACTIVITY,
    Kind.ACTIVITY_VALUE,
    Kind.PARTICIPANT,
    Kind.ACTIVITY_ITEM,
    Kind.BUDGET_LINE,
    Kind.FUND_ENTRY,
    Kind.NEED,
    Kind.SUPPORT_EVENT,
    Kind.SUPPORT,
    Kind.SUPPORT_SHARE,
    Kind.SUPPORT_VALUE,
    Kind.PERIOD_LIST,
    Kind.PERIOD_ROW,
    Kind.ASSIGNMENT,
    Kind.VISIT,
    Kind.HOUSEHOLD_PLAN,
    Kind.INCIDENT,
    Kind.POLICY_VALUE,
    Kind.DOCUMENT_SECTION,
    Kind.TARGET,
    Kind.TARGET_RESULT,
    Kind.REPORT_SCHEDULE,
    Kind.REPORT_RECEIPT,
)

# How a kind belongs to a commune: the column that names one of its …
_BY_AREA = {
    Kind.AREA: "uid",
    Kind.AREA_VERSION: "area",
    Kind.AREA_FACT: "area",
    Kind.DECISION: "area",
    Kind.REVIEW: "area",
    Kind.ROUND: "area",
    Kind.POPULATION: "area",
    Kind.VILLAGE_TARGET: "area",
    Kind.OPENING_COUNT: "village",
    Kind.BODY: "area",
    Kind.OFFICER: "area",
    Kind.PLAN_COMPONENT: "area",
    Kind.TASK: "area",
    Kind.ACTIVITY: "area",
    Kind.BUDGET_LINE: "area",
    Kind.FUND_ENTRY: "area",
    Kind.SUPPORT_EVENT: "area",
    Kind.PERIOD_LIST: "area",
    Kind.ASSIGNMENT: "area",
    Kind.POLICY_VALUE: "area",
    Kind.DOCUMENT: "area",
    Kind.TARGET_RESULT: "area",
    Kind.REPORT_RECEIPT: "area",
}
_BY_HOUSEHOLD = {
    Kind.HOUSEHOLD: "uid",
    Kind.PLACE: "household",
    Kind.HOUSEHOLD_FACT: "household",
    Kind.MEMBERSHIP: "household",
    Kind.CLASS_RECORD: "household",
    Kind.INDICATOR_ANSWER: "household",
    Kind.CORRECTION: "household",
    Kind.MOVEMENT_CORRECTION: "household",
    Kind.CASE: "household",
    Kind.RESULT: "household",
    Kind.NEED: "household",
    Kind.SUPPORT: "household",
    Kind.VISIT: "household",
    Kind.HOUSEHOLD_PLAN: "household",
    Kind.INCIDENT: "household",
}
_BY_OTHER = {
    Kind.REVIEW_STANDARD: ("review", Kind.REVIEW),
    Kind.PERSON_FACT: ("person", Kind.PERSON),
    Kind.CASE_RESULT: ("review_case", Kind.CASE),
    Kind.RESULT_PERSON: ("result", Kind.RESULT),
    Kind.ACTIVITY_VALUE: ("activity", Kind.ACTIVITY),
    Kind.PARTICIPANT: ("activity", Kind.ACTIVITY),
    Kind.ACTIVITY_ITEM: ("activity", Kind.ACTIVITY),
    Kind.SUPPORT_SHARE: ("support", Kind.SUPPORT),
    Kind.SUPPORT_VALUE: ("support", Kind.SUPPORT),
    Kind.PERIOD_ROW: ("period_list", Kind.PERIOD_LIST),
    Kind.DOCUMENT_SECTION: ("document", Kind.DOCUMENT),
    Kind.TARGET: ("document", Kind.DOCUMENT),
    Kind.REPORT_SCHEDULE: ("document", Kind.DOCUMENT),
}


def sent_columns(kind: Kind) -> tuple[str, ...]:
    """The columns of a kind that travel: uid first, then in alphabetical order, as content
    hashes have them; not what refers to a kind that stays at home.
    """
    table = TABLES[kind]
    home = {
        column.name
        for column in table.columns
        for key in column.foreign_keys
        if Kind(key.column.table.name) not in SENT
    }
    return ("uid", *sorted({*records.columns(kind)} - home))


def area_columns(kind: Kind) -> frozenset[str]:
    """The columns of a kind that name a unit."""
    area = TABLES[Kind.AREA]
    named = {one.name for one in TABLES[kind].columns if one.references(area.c.uid)}
    return frozenset(named)


def may_be_empty(kind: Kind, column: str) -> bool:
    return bool(TABLES[kind].c[column].nullable)


def references(kind: Kind) -> Mapping[str, Kind]:
    """The columns of a kind that name a record of a kind that travels."""
    found = {}
    for name in sent_columns(kind):
        for key in TABLES[kind].c[name].foreign_keys:
            found[name] = Kind(key.column.table.name)
    return found


def within(connection: Connection, communes: Iterable[UUID]) -> frozenset[UUID]:
    """The communes and every unit that ever lay in one of them."""
    version = TABLES[Kind.AREA_VERSION]
    query = sa.select(version.c.area, version.c.parent).where(version.c.removed.is_(sa.false()))
    below: dict[UUID | None, set[UUID]] = {}
    for area, parent in connection.execute(query):
        below.setdefault(parent, set()).add(area)
    found = {*communes}
    waiting = [*found]
    while waiting:
        new = below.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return frozenset(found)


def beside(connection: Connection, areas: frozenset[UUID]) -> Mapping[Kind, frozenset[UUID]]:
    """What the records of units refer to and is not theirs: the units above, a village of another
    commune to which somebody moved …
    """
    found: dict[Kind, set[UUID]] = {kind: set() for kind in SENT}
    for kind in reversed(SENT):  # who refers to a record stands behind it
        rows = sa.or_(_belongs(kind, areas), TABLES[kind].c.uid.in_(found[kind]))
        for name, other in references(kind).items():
            column = TABLES[kind].c[name]
            own = sa.select(TABLES[other].c.uid).where(_belongs(other, areas))
            query = sa.select(column).where(rows, column.is_not(None), column.not_in(own))
            found[other] |= {*connection.execute(query.distinct()).scalars()}
    version = TABLES[Kind.AREA_VERSION]
    waiting = found[Kind.AREA]
    while waiting:  # what they are called, and what they lie in
        query = sa.select(version.c.uid, version.c.parent).where(version.c.area.in_(waiting))
        rows_ = connection.execute(query).all()
        found[Kind.AREA_VERSION] |= {row.uid for row in rows_}
        waiting = {row.parent for row in rows_ if row.parent} - areas - found[Kind.AREA]
        found[Kind.AREA] |= waiting
    return {kind: frozenset(uids) for kind, uids in found.items()}


def read(
    connection: Connection,
    kind: Kind,
    columns: Sequence[str],
    areas: frozenset[UUID] | None,
    more: Iterable[UUID] = (),
) -> Iterator[Values]:
    """The rows of a kind that belong to units (None: all of the file), and `more` by uid; in the
    order of uids, as texts.
    """
    table = TABLES[kind]
    plain = [sa.type_coerce(table.c[name], sa.String()) for name in columns]
    query = sa.select(*plain).order_by(table.c.uid)
    if areas is not None:
        query = query.where(sa.or_(_belongs(kind, areas), table.c.uid.in_([*more])))
    numbers = _number_places(kind, columns)
    for row in connection.execute(query):
        if numbers:
            values = list(row)
            for at in numbers:
                if values[at] is not None:
                    values[at] = str(values[at])
            yield values
        else:
            yield row


def count(connection: Connection, kind: Kind, areas: frozenset[UUID] | None) -> int:
    """How many living records of a kind belong to units."""
    table = TABLES[kind]
    query = sa.select(sa.func.count()).where(table.c.removed.is_(sa.false()))
    if areas is not None:
        query = query.where(_belongs(kind, areas))
    return int(connection.execute(query).scalar_one())


def uids(connection: Connection, kind: Kind, areas: frozenset[UUID]) -> set[UUID]:
    """The records of a kind that belong to units, removed ones too."""
    query = sa.select(TABLES[kind].c.uid).where(_belongs(kind, areas))
    return set(connection.execute(query).scalars())


def _number_places(kind: Kind, columns: Sequence[str]) -> list[int]:
    types = [TABLES[kind].c[name].type for name in columns]
    return [at for at, one in enumerate(types) if isinstance(one, sa.Integer | sa.Boolean)]


def _belongs(kind: Kind, areas: frozenset[UUID]) -> sa.ColumnElement[bool]:
    table = TABLES[kind]
    inside = list(areas)
    if kind in _BY_AREA:
        return table.c[_BY_AREA[kind]].in_(inside)
    if kind is Kind.SUCCESSION:
        return sa.or_(table.c.old_area.in_(inside), table.c.new_area.in_(inside))
    if kind in _BY_HOUSEHOLD:
        place = TABLES[Kind.PLACE].alias("home")
        homes = sa.select(place.c.household).where(place.c.village.in_(inside))
        return table.c[_BY_HOUSEHOLD[kind]].in_(homes)
    if kind is Kind.PERSON:
        member = TABLES[Kind.MEMBERSHIP]
        people = sa.select(member.c.person).where(_belongs(Kind.MEMBERSHIP, areas))
        return table.c.uid.in_(people)
    column, other = _BY_OTHER[kind]
    return table.c[column].in_(sa.select(TABLES[other].c.uid).where(_belongs(other, areas)))


# --- The way back ------------------------------------------------------------------------------


def _uid(text: str) -> str:
    if len(text) != 32 or text.lower() != text:
        raise ValueError(text)
    int(text, 16)
    return text


@lru_cache(maxsize=100_000)
def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


@lru_cache(maxsize=100_000)
def _partial_day(text: str) -> str:
    return PartialDate.from_iso(text).iso()


@lru_cache(maxsize=10_000)
def _flag(text: str) -> int:
    return {"0": 0, "1": 1}[text]


def _level(text: str) -> str:
    return Level(text).value


def _reader(kind: Kind, column: str) -> Callable[[str], Any] | None:
    """What makes a text of a package what the column stores; it raises ValueError or KeyError."""
    match TABLES[kind].c[column].type:
        case sa.Boolean():
            return _flag
        case sa.Integer():
            return int
        case sa.Uuid():
            return _uid
        case sa.Date():
            return _day
        case PartialDay():
            return _partial_day
        case LevelCode():
            return _level
    return None


def insert(
    connection: Connection, kind: Kind, columns: Sequence[str], rows: Sequence[Values]
) -> None:
    """Insert new records; columns not named are NULL. Raises ValueError for what is no value."""
    names = list(columns)
    readers = [(at, _reader(kind, name)) for at, name in enumerate(names)]
    typed = [(at, reader) for at, reader in readers if reader is not None]
    stored: list[tuple[Any, ...]] = []
    derive = records.derived(kind)
    derived = sorted(records.derived_columns(kind))
    try:
        for row in rows:
            values: list[Any] = list(row)
            for at, reader in typed:
                text = values[at]
                if text is not None:
                    values[at] = reader(text)
            if derive is not None:
                keys = derive(dict(zip(names, row, strict=True)))
                values += [keys[name] for name in derived]
            stored.append(tuple(values))
    except KeyError as error:
        raise ValueError(str(error)) from error
    if not stored:
        return
    listed = ", ".join(f'"{name}"' for name in [*names, *derived])
    marks = ", ".join("?" * (len(names) + len(derived)))
    with fitting():
        connection.exec_driver_sql(
            f'INSERT INTO "{TABLES[kind].name}" ({listed}) VALUES ({marks})', stored
        )


class UnfitError(ValueError):
    """The tables cannot hold a record."""


@contextmanager
def fitting() -> Iterator[None]:
    """What the tables cannot hold is no record: UnfitError."""
    try:
        yield
    except (sa.exc.IntegrityError, OverflowError) as error:
        raise UnfitError(str(error)) from error


def content_hashes(columns: Sequence[str], rows: Iterable[Values]) -> Iterator[str]:
    """`audit.content_hash` of rows of `sent_columns`, from their texts."""
    heads = [f"{name}=" for name in columns[1:]]
    for row in rows:
        lines = [head + text for head, text in zip(heads, row[1:], strict=True) if text is not None]
        yield hashlib.sha256("\n".join([*lines, ""]).encode()).hexdigest()


def stored_texts(
    connection: Connection, kind: Kind, columns: Sequence[str], uids: Sequence[str]
) -> Mapping[str, Values]:
    """What is stored of records by uid; the missing ones are absent."""
    table = TABLES[kind]
    plain = [sa.type_coerce(table.c[name], sa.String()) for name in columns]
    numbers = _number_places(kind, columns)
    found: dict[str, Values] = {}
    for at in range(0, len(uids), 5_000):
        batch = [UUID(hex=uid) for uid in uids[at : at + 5_000]]
        for row in connection.execute(sa.select(*plain).where(table.c.uid.in_(batch))):
            values = list(row)
            for place in numbers:
                if values[place] is not None:
                    values[place] = str(values[place])
            found[values[0]] = values
    return found
