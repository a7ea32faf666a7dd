"""What could meet the open needs, which poor households got nothing, how long who is on the list.

Money is that of the year's budget lines, by the components that a policy was given by; what the
unit's support records and fund say is all that counts as help received.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain import matching as rules
from giamngheo_desktop.domain.area import AreaTree, Level
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.matching import Component, Got, Money, Offer, OnList, Twelve
from giamngheo_desktop.domain.standard import (
    AVERAGE_LIVING,
    NEW_ESCAPE,
    HouseholdClass,
    standard_for,
)
from giamngheo_desktop.services.movement.new_escape import escapes
from giamngheo_desktop.services.programme.homes import Home, Homes
from giamngheo_desktop.services.review.present_list import LISTED, classed_on
from giamngheo_desktop.storage import areas, classes, helping, records, review_rows
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.review_rows import Scope

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An open need with what may meet it; `grounds` None: the household has no class."""

    need: UUID
    home: Home
    person: str
    code: str
    since: date
    grounds: frozenset[str] | None
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unhelped:
    """A poor household for whom nothing is recorded in the last years; of an UNKNOWN one nobody
    can tell. `known_from` is the day from which help to it would be; None: nothing is, of anybody.
    """

    home: Home
    known_from: date | None
    years: tuple[Got, ...]

    @property
    def is_sure(self) -> bool:
        return Got.UNKNOWN not in self.years


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """The years that were looked at, and who got nothing in any that is known."""

    years: tuple[Twelve, ...]
    households: tuple[Unhelped, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A household of the list with its years there."""

    home: Home
    stands: OnList


def matches(
    database: Database, definitions: Definitions, *, unit: UUID | None, day: date
) -> tuple[Match, ...]:
    """The open needs of a day by village, then head, each with the policies that answer it."""
    with database.reader() as connection:
        needs = helping.overlapping(connection, Kind.NEED, day, day)
        homes = Homes(connection, definitions, day, unit)
        named = homes.named(row["household"] for row in needs)
        money = policy_money(connection, unit, day)
        average = _average(connection, definitions, day)
        escaped = escapes(connection, day)
        people = records.get_many(
            connection, Kind.PERSON, [row["person"] for row in needs if row["person"]]
        )
    found = []
    for uid, home in named.items():
        grounds = _grounds(home, is_average=uid in average, is_escaped=uid in escaped)
        found += [
            Match(
                need=row["uid"],
                home=home,
                person=people[row["person"]]["full_name"] if row["person"] else "",
                code=row["code"],
                since=row["valid_from"],
                grounds=grounds,
                offers=rules.offers(
                    definitions.supports.values(), row["code"], grounds, day, money
                ),
            )
            for row in needs
            if row["household"] == uid
        ]
    return tuple(found)


def policy_money(
    connection: Connection, unit: UUID | None, day: date
) -> dict[str, dict[Component, Money | None]]:
    """By policy the components of the year that gave it, with what the unit's commune was assigned
    and spent of them up to `day`.
    """
    tree = areas.tree_on(connection, day)
    others = {one.uid for one in tree.of_level(Level.COMMUNE)} - _communes(tree, unit)
    first = date(day.year, 1, 1)
    events = helping.between(connection, Kind.SUPPORT_EVENT, "supported_on", first, day)
    given = [*events, *helping.between(connection, Kind.SUPPORT, "supported_on", first, day)]
    own = {row["uid"]: row for row in records.find(connection, Kind.PLAN_COMPONENT, year=day.year)}
    assigned: dict[Component, int] = {}
    spent: dict[Component, int] = {}
    for row in records.find(connection, Kind.BUDGET_LINE, year=day.year):
        component = _component(row, own)
        sums = {"assigned": assigned, "disbursed": spent}.get(row["stage"])
        booked = row["booked_on"] is None or row["booked_on"] <= day
        ours = row["area"] not in others  # a former commune's lines are of what it went into
        if sums is not None and component is not None and booked and ours:
            sums[component] = sums.get(component, 0) + row["amount"]
    found: dict[str, dict[Component, Money | None]] = {}
    for row in given:
        component = _component(row, own)
        if component is not None:
            known = component in assigned
            money = Money(assigned[component], spent.get(component, 0)) if known else None
            found.setdefault(row["policy"], {})[component] = money
    return found


def without_support(
    database: Database, definitions: Definitions, *, unit: UUID | None, day: date
) -> Received:
    """The poor households of a day for whom no support and no payment of the fund is recorded in
    the last three years.

    What a commune recorded is known from the year of its first record on, by the commune in which
    a household was entered: one that merged into another may have begun later. Of who came into
    the register after the others it is known from then.
    """
    years = rules.last_years(day)
    with database.reader() as connection:
        got = _received(connection, years[0].first, day)
        known = _Known(connection)
        homes = Homes(connection, definitions, day, unit)
        poor = [uid for uid in homes.listed if homes.classes[uid] == HouseholdClass.POOR]
        named = homes.named(poor)
    found = []
    for uid, home in named.items():
        told = tuple(rules.got(years, got.get(uid, ()), known.since(uid)))
        if Got.SOMETHING not in told:
            found.append(Unhelped(home=home, known_from=known.since(uid), years=told))
    return Received(years=years, households=tuple(found))


def years_on_list(
    database: Database, definitions: Definitions, *, unit: UUID | None, day: date
) -> tuple[Listed, ...]:
    """Everybody on the list of a day with the years there, under whichever standard."""
    with database.reader() as connection:
        homes = Homes(connection, definitions, day, unit)
        named = homes.named(homes.listed)
        listed = _listed_at_ends(connection, definitions, unit, day, frozenset(named))
    return tuple(
        Listed(
            home=home,
            stands=rules.on_list(day.year, {year: uid in at for year, at in listed.items()}),
        )
        for uid, home in named.items()
    )


def _listed_at_ends(
    connection: Connection,
    definitions: Definitions,
    unit: UUID | None,
    day: date,
    asked: frozenset[UUID],
) -> dict[int, frozenset[UUID]]:
    """Who of these stood on the list at the end of each earlier year, as far back as one did.

    By the result of the year's review; whom it gave none, by the class that held on.
    """
    tree = areas.tree_on(connection, day)
    communes = _communes(tree, unit)
    known = [classes.first_recognised_year(connection, uid) for uid in communes]
    first = min((year for year in known if year is not None), default=day.year)
    found: dict[int, frozenset[UUID]] = {}
    for year in range(day.year - 1, first - 1, -1):
        try:
            standard = standard_for(definitions.standards, year).code
        except AppError:  # no standard covers what lies before
            break
        results = review_rows.classed(connection, Scope(year=year, standard=standard))
        stood = {row.household: row.household_class for row in results}
        for row in classed_on(connection, definitions, standard, date(year, 12, 31)):
            stood.setdefault(row.household, row.household_class)
        found[year] = asked & {uid for uid, code in stood.items() if code in LISTED}
        if not found[year]:
            break
        asked = found[year]
    return found


def _communes(tree: AreaTree, unit: UUID | None) -> frozenset[UUID]:
    """Those of a unit; of a village the one it lies in."""
    above = (area for village in tree.villages(unit) for area in tree.ancestors(village.uid))
    return frozenset(area.uid for area in above if area.level is Level.COMMUNE)


def _received(connection: Connection, first: date, day: date) -> dict[UUID, list[date]]:
    """The days on which households got something."""
    found: dict[UUID, list[date]] = {}
    for row in helping.between(connection, Kind.SUPPORT, "supported_on", first, day):
        found.setdefault(row["household"], []).append(row["supported_on"])
    for row in helping.between(connection, Kind.FUND_ENTRY, "booked_on", first, day):
        if row["direction"] == "out" and row["household"]:
            found.setdefault(row["household"], []).append(row["booked_on"])
    return found


class _Known:
    """From which day help to a household would be recorded."""

    def __init__(self, connection: Connection) -> None:
        parents = helping.first_parents(connection)
        self._stays = {
            uid: (parents.get(village), day)
            for uid, (village, day) in helping.first_stays(connection).items()
        }
        self._begun: dict[UUID | None, date] = {}  # the register of each commune
        self._first: dict[UUID | None, date] = {}  # and what is recorded of help
        for commune, day in self._stays.values():
            self._begun[commune] = min(day, self._begun.get(commune, day))
        for kind, column in ((Kind.SUPPORT, "supported_on"), (Kind.FUND_ENTRY, "booked_on")):
            for uid, day in helping.first_days(connection, kind, column).items():
                commune, _ = self._stays.get(uid, (None, day))
                self._first[commune] = min(day, self._first.get(commune, day))

    def since(self, household: UUID) -> date | None:
        commune, entered = self._stays[household]
        first = self._first.get(commune)
        if first is None:
            return None
        year = date(first.year, 1, 1)
        return max(year, entered) if entered > self._begun[commune] else year


def _component(row: Row, own: Mapping[UUID, Row]) -> Component | None:
    """Whose money a line is; None where it names no component. A part of the unit's plan stands
    for the component that it prints.
    """
    part = own.get(row["plan_component"]) if row.get("plan_component") else None
    for one in (row, part or {}):
        if one.get("component"):
            return Component(one["programme"] or "", one["component"])
    return Component("", part["printed_name"], part["uid"]) if part else None


def _average(connection: Connection, definitions: Definitions, day: date) -> frozenset[UUID]:
    """Hộ có mức sống trung bình on a day."""
    standard = standard_for(definitions.standards, day.year).code
    rows = review_rows.listed(connection, Scope(year=day.year, standard=standard, as_of=day))
    return frozenset(uid for uid, row in rows.items() if row["average_living"])


def _grounds(home: Home, *, is_average: bool, is_escaped: bool) -> frozenset[str] | None:
    more = {AVERAGE_LIVING: is_average, NEW_ESCAPE: is_escaped}
    found = {code for code, holds in more.items() if holds}
    if home.household_class is not None:
        found.add(home.household_class)
    return frozenset(found) or None
