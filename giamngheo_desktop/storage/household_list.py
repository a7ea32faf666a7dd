"""The household list: light tuples, filtered and sorted in SQL; and the register itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.standard import (
    AVERAGE_LIVING,
    NEW_ESCAPE,
    NO_CLASS,
    NO_RESULT,
    state_of,
)
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.storage.areas import last_versions
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.list_source import TIE, ListSource, Moved, closed_year, register_of
from giamngheo_desktop.storage.person_list import containing, named
from giamngheo_desktop.storage.records import in_force
from giamngheo_desktop.storage.review_rows import is_frozen
from giamngheo_desktop.storage.review_sources import Scope
from giamngheo_desktop.storage.tables import (
    household,
    household_place,
    membership,
    person,
)
from giamngheo_desktop.storage.types import uuid_of

CAP = 100_000
_BROAD = 2  # letters that stand in most names: the first member looked at already has them
_Class = tuple[str | None, bool | None, str]  # class, average living, state
_UNKNOWN: _Class = (None, None, NO_CLASS)
_CARRIED: _Class = (None, None, NO_RESULT)


class HouseholdRow(NamedTuple):
    """One line of the household list."""

    uid: UUID
    head: str
    village: str
    persons: int
    household_class: str | None
    average_living: bool | None
    state: str  # both in one word, as `classes` of the filter names them
    code: str | None
    id_number: str | None
    birth: str | None  # as stored: 1987, 1987-03 or 1987-03-05
    ethnicity: str | None
    address: str | None
    surveyed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdFilter:
    """What the list shows: the register on `day`, classes under `standard` recognised by then.

    `year` is the working year where no other day is asked for: once closed, its frozen villages,
    classes and numbers of persons are shown.
    `text` is searched without marks in the names and ID numbers of all members, in the village's
    name and the household's code. `classes` may hold "none" for households without a class,
    "no_result" for those of a closed year whose class in force is none of its results, and
    "new_escape" for the `escaped` ones.
    `uids` leaves only these households (names behind a number); None leaves all. A small `limit`
    is answered at once where the list is whole and in the order of names.
    """

    day: date
    standard: str
    year: int | None = None
    text: str = ""
    villages: tuple[UUID, ...] = ()
    classes: tuple[str, ...] = ()
    uids: frozenset[UUID] | None = None
    escaped: frozenset[UUID] = frozenset()
    sort: str = "head"
    descending: bool = False
    limit: int = CAP

    @property
    def is_beginning(self) -> bool:
        """Only the first of the whole list in its usual order are asked for."""
        whole = HouseholdFilter(
            day=self.day, standard=self.standard, year=self.year, limit=self.limit
        )
        return self == whole and self.limit < CAP


def households(
    connection: Connection,
    wanted: HouseholdFilter,
    names: Mapping[UUID, str],
    moved: Moved = MappingProxyType({}),
) -> list[HouseholdRow]:
    """The list, sorted in Vietnamese order (given name first for `head`).

    `names` are those of all villages; `moved` are the frozen ones that are others on the day.
    """
    source = _source(connection, wanted, moved)
    reach = 2 * wanted.limit  # some were heads once and are no longer
    while wanted.is_beginning and reach < CAP:
        key = _key_of_name(connection, reach)
        if key is None:
            break
        found = _households(connection, wanted, names, source, until=key)
        if len(found) == wanted.limit:
            return found
        reach *= 4
    return _households(connection, wanted, names, source)


def _key_of_name(connection: Connection, number: int) -> str | None:
    """The sort key of the head of that number in the order of names; None beyond the last.

    Of all who ever were heads, so that nobody the list may show before that key is missing.
    """
    query = (
        sa.select(person.c.sort_key)
        .join(membership, membership.c.person == person.c.uid)
        .where(membership.c.is_head.is_(sa.true()))
        .order_by(person.c.sort_key)
    )
    return connection.execute(query.offset(number).limit(1)).scalar()


def _households(
    connection: Connection,
    wanted: HouseholdFilter,
    names: Mapping[UUID, str],
    source: ListSource,
    *,
    until: str | None = None,
) -> list[HouseholdRow]:
    """`until`: only those whose head's sort key is not after this one."""
    day, head = wanted.day, sa.alias(person, "head")
    persons = source.persons.label("persons")
    query = (
        sa.select(
            sa.type_coerce(household.c.uid, sa.Text),
            sa.func.coalesce(head.c.full_name, ""),
            sa.type_coerce(source.village, sa.Text),
            persons,
            household.c.code,
            head.c.id_number,
            sa.type_coerce(head.c.birth, sa.Text),
            head.c.ethnicity,
            household.c.address,
            household.c.surveyed_on,
        )
        .select_from(
            source.tables.outerjoin(TIE, source.tie).outerjoin(head, head.c.uid == TIE.c.person)
        )
        .where(source.shown)
    )
    if until is not None:
        # The households first, by the few heads, else every household is looked at.
        heads = (
            sa.select(membership.c.household)
            .join(person, person.c.uid == membership.c.person)
            .where(membership.c.is_head.is_(sa.true()), person.c.sort_key <= until)
        )
        query = query.where(household.c.uid.in_(heads), head.c.sort_key <= until)
    if wanted.villages:
        query = query.where(source.village.in_(wanted.villages))
    if wanted.classes:
        query = query.where(_class_in(source, wanted.classes, wanted.escaped))
    if wanted.text.strip():
        query = query.where(_matches(connection, source, wanted.text, day))
    village = last_versions(day)
    if wanted.sort == "village":
        query = query.outerjoin(village, village.c.area == source.village)
    order: dict[str, list[sa.ColumnElement[Any]]] = {
        "head": [head.c.sort_key],
        "village": [village.c.position, village.c.sort_key, head.c.sort_key],
        "persons": [persons, head.c.sort_key],
        "household_class": [source.household_class, head.c.sort_key],
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
    stored = {uid.hex: name for uid, name in names.items()}
    found = _rows(connection.execute(query).all(), stored, _classes(connection, source))
    if wanted.uids is not None:
        # Chosen here: a number may stand for more households than a statement takes parameters.
        found = (row for row in found if row.uid in wanted.uids)
    return list(islice(found, wanted.limit))


def _rows(
    found: Iterable[tuple[Any, ...]],
    names: Mapping[str, str],
    classes: Mapping[str, _Class],
) -> Iterator[HouseholdRow]:
    """Each household once: one with two heads (a check says so) is one line all the same."""
    seen: set[str] = set()
    for row in found:
        uid, head, village, persons = row[:4]
        if uid not in seen:
            seen.add(uid)
            start = (uuid_of(uid), head, names.get(village, ""), persons)
            yield HouseholdRow._make(start + classes.get(uid, _UNKNOWN) + row[4:])


# Names and classes are read apart and looked up here: joined they cost a fifth of the time.


def _source(connection: Connection, wanted: HouseholdFilter, moved: Moved) -> ListSource:
    if wanted.year is not None:
        scope = Scope(year=wanted.year, standard=wanted.standard)
        if frozen := is_frozen(connection, scope):
            return closed_year(scope, wanted.day, frozen, moved)
    return register_of(wanted.day, wanted.standard)


def _classes(connection: Connection, source: ListSource) -> dict[str, _Class]:
    """Recognised class, average living and the state of both, by the household's stored key."""
    found: dict[str, _Class] = {}
    if source.carried is not None:
        for home, code, _ in connection.execute(source.carried):
            found[home] = _CARRIED if code else _UNKNOWN
    for home, code, average in connection.execute(source.classes):
        found[home] = (code, average, state_of(code, average_living=average))
    return found


def _class_in(
    source: ListSource, wanted: Collection[str], escaped: Collection[UUID] = ()
) -> sa.ColumnElement[bool]:
    others = {NO_CLASS, NO_RESULT, AVERAGE_LIVING, NEW_ESCAPE}
    codes = [code for code in wanted if code not in others]
    tests: list[sa.ColumnElement[bool]] = [source.household_class.in_(codes)]
    nothing, carried = source.household_class.is_(None), source.carried_class
    if NO_CLASS in wanted:
        tests.append(nothing if carried is None else sa.and_(nothing, carried.is_(None)))
    if NO_RESULT in wanted and carried is not None:
        tests.append(sa.and_(nothing, carried.is_not(None)))
    if NEW_ESCAPE in wanted:
        tests.append(household.c.uid.in_(escaped))
    if AVERAGE_LIVING in wanted:
        tests.append(source.average_living.is_(sa.true()))
    return sa.or_(*tests)


def _matches(
    connection: Connection, source: ListSource, text: str, day: date
) -> sa.ColumnElement[bool]:
    """The text stands in a name or ID of a member, in the name of the village or in the code."""
    key = search_key(text)
    found = named(text)
    has_member: sa.ColumnElement[bool]
    if len(key) <= _BROAD:
        has_member = sa.exists().where(
            membership.c.household == household.c.uid,
            in_force(membership, day),
            person.c.uid == membership.c.person,
            person.c.removed.is_(sa.false()),
            found,
        )
    else:
        # Nested, so that the narrow index of names is read first and alone.
        persons = sa.select(person.c.uid).where(person.c.removed.is_(sa.false()), found)
        member = sa.select(membership.c.household).where(
            membership.c.person.in_(persons), in_force(membership, day)
        )
        has_member = household.c.uid.in_(member)
    village = last_versions(day)
    villages = sa.select(village.c.area).where(
        village.c.search_key.like(containing(key), escape="\\")
    )
    return sa.or_(
        has_member,
        source.frozen_with(found),
        source.village.in_(connection.execute(villages).scalars().all()),
        sa.func.lower(household.c.code).like(containing(key), escape="\\"),
    )


def count_unclassed(
    connection: Connection, wanted: HouseholdFilter, moved: Moved, villages: Collection[UUID]
) -> int:
    """How many households of the villages the list shows without any class."""
    source = _source(connection, wanted, moved)
    query = (
        sa.select(sa.func.count(sa.distinct(household.c.uid)))
        .select_from(source.tables)
        .where(source.shown, source.village.in_(villages), _class_in(source, (NO_CLASS,)))
    )
    return int(connection.execute(query).scalar_one())


def lived_in(
    connection: Connection, wanted: HouseholdFilter, moved: Moved, villages: Collection[UUID]
) -> set[UUID]:
    """Those of the villages in which the whole list has anybody."""
    source = _source(connection, wanted, moved)
    query = sa.select(source.village).distinct().select_from(source.tables)
    return set(
        connection.execute(query.where(source.shown, source.village.in_(villages))).scalars()
    )


def matching(
    connection: Connection, wanted: HouseholdFilter, moved: Moved = MappingProxyType({})
) -> frozenset[UUID]:
    """The households that the text of the filter finds in the whole list."""
    source = _source(connection, wanted, moved)
    query = (
        sa.select(sa.type_coerce(household.c.uid, sa.Text))
        .select_from(source.tables)
        .where(source.shown, _matches(connection, source, wanted.text, wanted.day))
    )
    return frozenset(map(uuid_of, connection.execute(query).scalars().all()))


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
