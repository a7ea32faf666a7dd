"""What could meet the open needs, which poor households got nothing, how long who is on the list.

Money is that of the year's budget lines, by the components that a policy was given by; what the
unit's support records and fund say is all that counts as help received.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain import matching as rules
from giamngheo_desktop.domain.area import AreaTree, Level
from giamngheo_desktop.domain.budgeting import Stage
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.entitlement import ListedYears
from giamngheo_desktop.domain.matching import Got, Offer, Twelve
from giamngheo_desktop.domain.standard import HouseholdClass
from giamngheo_desktop.services.programme import budget
from giamngheo_desktop.services.programme import standings as stands_of
from giamngheo_desktop.services.programme.components import Components, Part
from giamngheo_desktop.services.programme.homes import Home, Homes
from giamngheo_desktop.services.programme.within import within
from giamngheo_desktop.storage import areas, budgets, helping, record_names, records, supports
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.needs import Need, needs_on

_SAYS = ("programme", "component", "plan_component")  # of which component a support is


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An open need with what may meet it; `held` is all that may entitle the household."""

    need: Need
    home: Home
    person: str
    held: frozenset[str]
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """`parts` names the components whose money is told."""

    lines: tuple[Match, ...]
    parts: Mapping[str, Part]


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


def matches(
    database: Database, definitions: Definitions, *, unit: UUID | None, day: date
) -> Matching:
    """The open needs of a day by village, then head, each with the policies that answer it."""
    with database.reader() as connection:
        needs = needs_on(connection, day)
        homes = Homes(connection, definitions, day, unit)
        named = homes.named(row.household for row in needs)
        stands = stands_of.standings(connection, definitions, [*named], day)
        left, parts = policy_money(connection, definitions, day.year, unit)
        people = record_names.of_kind(connection, Kind.PERSON, (row.person for row in needs))
    by_home: dict[UUID, list[Need]] = {}
    for row in needs:
        by_home.setdefault(row.household, []).append(row)
    lines = []
    for uid, home in named.items():
        held = stands[uid].held(day)
        for row in by_home[uid]:
            found = rules.offers(definitions.supports.values(), row.code, held, day, left)
            person = people.get(row.person, "") if row.person else ""
            lines.append(Match(need=row, home=home, person=person, held=held, offers=found))
    return Matching(lines=tuple(lines), parts=parts)


def policy_money(
    connection: Connection, definitions: Definitions, year: int, unit: UUID | None
) -> tuple[dict[str, dict[str, int | None]], dict[str, Part]]:
    """By policy the components that gave it in the year, as its supports and events say, each
    with what is left of its money: assigned and not disbursed, with all within it.
    """
    day = date(year, 12, 31)
    whole = _commune_of(areas.tree_on(connection, day), unit)
    belongs = within(connection, whole, day)
    plans = budgets.plan_components(connection)
    printed = [row for row in plans.values() if belongs(row["area"], None)]
    tree = Components(definitions, year, plans, printed)
    given = [
        (one.policy, {name: getattr(one, name) for name in _SAYS})
        for one in supports.find(connection, *supports.within(year=year))
        if belongs(None, one.village)
    ]
    given += [
        (row["policy"], row)
        for row in records.find(connection, Kind.SUPPORT_EVENT, year=year)
        if belongs(row["area"], None)
    ]
    nodes = {
        (policy, tree.key(row))
        for policy, row in given
        if row["component"] or row["plan_component"]
    }
    money = {
        one.node.key: one.total
        for one in budget.read(connection, definitions, year, whole).branches
    }
    found: dict[str, dict[str, int | None]] = {}
    for policy, node in sorted(nodes):
        amounts = money.get(node)
        assigned = amounts.get(Stage.ASSIGNED) if amounts else None
        spent = (amounts.get(Stage.DISBURSED) if amounts else None) or 0
        found.setdefault(policy, {})[node] = None if assigned is None else assigned - spent
    parts = {one.node.key: one for one in tree.parts(node for _, node in nodes)}
    return found, parts


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
) -> tuple[tuple[Home, ListedYears], ...]:
    """Everybody on the list of a day with the years there, by village, then head."""
    with database.reader() as connection:
        homes = Homes(connection, definitions, day, unit)
        named = homes.named(homes.listed)
    years = stands_of.years_on_list(database, [*named], day)
    return tuple((home, years[uid]) for uid, home in named.items())


def _commune_of(tree: AreaTree, unit: UUID | None) -> UUID | None:
    """Of a village its commune, which has the money; any other unit itself."""
    area = tree.get(unit)
    return area.parent if area is not None and area.level is Level.VILLAGE else unit


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
