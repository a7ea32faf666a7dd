"""Hand-outs to many: those of a year with what they came to, whom one may be for, who got one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.policy import PolicyValue, on
from giamngheo_desktop.domain.record_form import RecordForm
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.services import register
from giamngheo_desktop.services.programme import supports, years
from giamngheo_desktop.services.programme.policy_values import KnownValues
from giamngheo_desktop.services.programme.support_bulk import Choice, household_choice
from giamngheo_desktop.services.programme.supports import By, Sum
from giamngheo_desktop.services.register import HouseholdFilter, HouseholdRow
from giamngheo_desktop.storage import offered, record_names
from giamngheo_desktop.storage import supports as stored
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.supports import Support

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    """One hand-out of a year: its columns, what its supports come to, đồng by source; `whose` is
    what another unit is called that recorded it.
    """

    uid: UUID
    values: Values
    total: Sum
    amounts: Mapping[str, int]
    whose: str = ""


def of_year(database: Database, form: RecordForm, unit: UUID, year: int) -> list[Event]:
    """The events of a unit in a working year, by the day they were given."""
    with database.reader() as connection:
        found = years.read(connection, form, unit, year)
        units = years.others(connection, unit, year, found.values())
        events = [
            _event(connection, uid, values, units.get(values["area"], ""))
            for uid, values in found.items()
        ]
    return sorted(events, key=lambda one: (one.values["supported_on"], one.uid))


def _event(connection: Connection, uid: UUID, values: Values, whose: str) -> Event:
    given = stored.find(connection, *stored.within(event=uid))
    by_source = supports.sums(given, By.SOURCE)
    amounts = {
        source: one.amount
        for source, one in by_source.items()
        if isinstance(source, str) and one.amount is not None
    }
    return Event(uid, values, supports.total(given), amounts, whose)


class Candidate(NamedTuple):
    """Who may get it: a household, or one person; `uid` is the person's, else the household's.

    `state` is the class of the household that day, `birth_year` of the person, empty
    where it is not known.
    """

    uid: UUID
    name: str
    head: str
    village: str
    state: str
    persons: int | None
    birth_year: str
    household: UUID
    person: UUID | None


def candidates(database: Database, choice: Choice, *, per_person: bool) -> list[Candidate]:
    """Whom to pick from, as the list is sorted: households, or the persons they have that day.

    A text finds persons by their own name, or by head, village and code of their household.
    """
    if not per_person:
        return [_household(row) for row in household_choice(database, choice)]
    words = search_key(choice.households.text).split()
    whole = replace(choice, households=replace(choice.households, text=""))
    homes = {row.uid: row for row in household_choice(database, whole)}
    found = _persons(database, choice.households.day, homes)
    return [one for one in found if _has(words, one, homes[one.household])]


def _has(words: Sequence[str], one: Candidate, home: HouseholdRow) -> bool:
    key = search_key(" ".join(filter(None, (one.name, one.head, one.village, home.code))))
    return all(word in key for word in words)


def _household(row: HouseholdRow) -> Candidate:
    head = row.head or ""
    return Candidate(row.uid, head, head, row.village, row.state, row.persons, "", row.uid, None)


def _persons(
    database: Database, day: date, homes: Mapping[UUID, HouseholdRow]
) -> Iterable[Candidate]:
    """In the order of the households, within one by name."""
    members: dict[UUID, list[offered.OfferedPerson]] = {}
    with database.reader() as connection:
        for one in offered.persons(connection, day, day):
            if one.household in homes:
                members.setdefault(one.household, []).append(one)
    for home, row in homes.items():
        for one in members.get(home, ()):
            yield Candidate(
                one.person, one.full_name, row.head or "", row.village, row.state,
                None, one.birth_year, home, one.person,
            )  # fmt: skip


def chosen(
    database: Database,
    wanted: HouseholdFilter,
    households: Collection[UUID],
    persons: Collection[UUID],
) -> dict[UUID, Candidate]:
    """Those picked before, by their uid, as they stand on the filter's day; who is not in the
    register then is left out. Of a household one is picked itself, or persons of it.
    """
    among = replace(wanted, text="", villages=(), classes=(), uids=frozenset(households))
    homes = {row.uid: row for row in register.households(database, among)}
    found = {uid: _household(row) for uid, row in homes.items()}
    if persons:
        picked = frozenset(persons)
        found |= {
            one.uid: one for one in _persons(database, wanted.day, homes) if one.uid in picked
        }
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """A support of an event with the names of whom it was given to; `state` is the class that
    was written down.
    """

    support: Support
    who: Candidate


def lines(database: Database, event: UUID) -> list[Line]:
    """Everybody who got it, in the order of writing, whether they live here or not."""
    with database.reader() as connection:
        found = stored.find(connection, *stored.within(event=event))
        named = {uid for one in found for uid in (one.household, one.person, one.village) if uid}
        day = max((one.supported_on for one in found), default=date.max)
        names = record_names.names_of(connection, named, day)
    return [_line(one, names) for one in found]


def _line(one: Support, names: Mapping[UUID, str]) -> Line:
    head = names.get(one.household, "")
    name = names.get(one.person, "") if one.person is not None else head
    village = names.get(one.village, "") if one.village is not None else ""
    who = Candidate(
        one.uid, name, head, village, one.class_then or "", None, "", one.household, one.person
    )
    return Line(one, who)


def own_values(
    database: Database, definitions: Definitions, unit: UUID, day: date
) -> tuple[PolicyValue, ...]:
    """The values of policies that a unit works with."""
    with database.reader() as connection:
        return KnownValues(connection, definitions, day).at(unit)


def values_on(
    values: Iterable[PolicyValue], keys: Iterable[str], day: date
) -> tuple[PolicyValue, ...]:
    """What these keys may be worth on a day, the first one of a key before what is less near."""
    known = list(values)
    return tuple(one for key in keys for one in on(known, key, day))
