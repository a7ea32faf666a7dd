"""All that is known of the help one household gets: supports, what it took part in, gifts of funds,
needs, helpers, plan, incidents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.services.programme import helping, needs, supports, taken_part
from giamngheo_desktop.services.programme.helping import Helped, HelperName, names_of
from giamngheo_desktop.services.programme.supports import Doubts, Received, Support
from giamngheo_desktop.services.programme.taken_part import Part
from giamngheo_desktop.services.programme.years import stands_in
from giamngheo_desktop.services.unit_names import all_villages
from giamngheo_desktop.storage import names, record_names, records
from giamngheo_desktop.storage import supports as stored
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.needs import Need

Row = Mapping[str, Any]
FIRST = date(2021, 1, 1)  # "hộ này đã nhận những gì từ năm 2021"


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeHelp:
    """As on `day`, of which the year is that of the plans and incidents; those that wait since an
    earlier year are among them.

    `elsewhere` is what its persons of that day got while they were in another household: it is no
    part of what the household `received`. `visit` is the last one by anybody, `visitor` None where
    nobody said who came.
    """

    day: date
    received: Received
    elsewhere: tuple[Support, ...]
    parts: tuple[Part, ...]  # the oldest first, as the gifts: entries of fund books
    gifts: tuple[Row, ...]
    doubts: Doubts
    needs: tuple[Need, ...]
    helpers: tuple[Helped, ...]
    visit: Row | None
    visitor: HelperName | None
    plans: tuple[Row, ...]
    incidents: tuple[Row, ...]  # the newest first
    persons: Mapping[UUID, str]
    bodies: Mapping[UUID, str]
    heads: Mapping[UUID, str]  # of the households of `elsewhere`


def home_help(
    database: Database,
    definitions: Definitions,
    household: UUID,
    day: date,
    *,
    since: date = FIRST,
) -> HomeHelp:
    """What the household got since a day, all that was recorded; the rest as on `day`."""
    received = supports.since(database, household, since, day)
    needed = needs.on_day(database, day, household).get(household, ())
    with database.reader() as connection:
        elsewhere = _elsewhere(connection, household, day, since)
        found = [*received.supports, *elsewhere]
        parts = taken_part.taken_part(connection, household, day, since)
        gifts = taken_part.gifts(connection, household, since)
        visits = records.find(connection, Kind.VISIT, household=household)
        visit = max(
            (row for row in visits if row["visited_on"] <= day),
            key=lambda row: (row["visited_on"], row["uid"]),
            default=None,
        )
        visitor = next(iter(names_of(connection, [visit]).values()), None) if visit else None
        plans = records.find(connection, Kind.HOUSEHOLD_PLAN, household=household, year=day.year)
        incidents = [
            row
            for row in records.find(connection, Kind.INCIDENT, household=household)
            if stands_in(row, day.year)
        ]
        people = (row.person for row in (*found, *needed))
        persons = record_names.of_kind(connection, Kind.PERSON, people)
        bodies = record_names.of_kind(connection, Kind.BODY, _bodies(found, parts, gifts))
        heads = names.households(
            connection,
            sorted({row.household for row in elsewhere}),
            day,
            all_villages(connection, day),
        )
    return HomeHelp(
        day=day,
        received=received,
        elsewhere=elsewhere,
        parts=parts,
        gifts=gifts,
        doubts=supports.doubts(database, definitions, received.supports, day),
        needs=tuple(needed),
        helpers=helping.of_household(database, definitions, household, day),
        visit=visit,
        visitor=visitor,
        plans=tuple(plans),
        incidents=tuple(sorted(incidents, key=lambda row: row["happened_on"], reverse=True)),
        persons=persons,
        bodies=bodies,
        heads={one.household: one.head for one in heads},
    )


def _bodies(
    found: Iterable[Support], parts: Iterable[Part], gifts: Iterable[Row]
) -> Iterator[UUID | None]:
    yield from (row.body for row in found)
    yield from (one.activity["body"] for one in parts)
    yield from (row["body"] for row in gifts)


def _elsewhere(
    connection: Connection, household: UUID, day: date, since: date
) -> tuple[Support, ...]:
    members = records.find_on(connection, Kind.MEMBERSHIP, day, "household", [household])
    people = sorted({row["person"] for row in members})
    found = stored.of_persons(connection, people, since)
    return tuple(row for row in found if row.household != household)
