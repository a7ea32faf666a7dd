"""The bridge of a counted number between two ends: who left it and who came, and why.

Who counts is read by the same road as the names behind the number (`services.behind`); why comes
from the classes at both ends and from what the register recorded between.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.bridge import (
    Asked,
    Cause,
    Chain,
    Past,
    Step,
    Stood,
    Why,
    came_because,
    came_home,
    chain,
    left_because,
    left_home,
)
from giamngheo_desktop.domain.measures import Measure, measure
from giamngheo_desktop.domain.movement import LISTED, Flow
from giamngheo_desktop.domain.standard import HouseholdClass
from giamngheo_desktop.services import settings
from giamngheo_desktop.services.open_years import running_day
from giamngheo_desktop.services.placing import Place, Placing
from giamngheo_desktop.services.row_units import households_within
from giamngheo_desktop.services.unit_names import all_villages
from giamngheo_desktop.storage import corrections, pasts, review_rows
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.pasts import Recognised, Stay
from giamngheo_desktop.storage.review_rows import Scope

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A counted cell: what it counts, of which unit, on the units of which day.

    With `unplaced` the unit is that of the table, whose row without a certain village is meant.
    """

    asked: Asked
    unit: UUID | None
    geography: date
    unplaced: bool = False


@dataclass(frozen=True, slots=True)
class Explained:
    """The chain, and why each id stands in its step; the village of the table in which each
    household stood then, and stands now (absent is who cannot be told one). `running` is the day of
    the numbers where the later end is a year that is not over.
    """

    chain: Chain
    reasons: Mapping[UUID, str]
    then: Mapping[UUID, UUID]
    now: Mapping[UUID, UUID]
    running: date | None


def explain(database: Database, number: Number, then: Scope, now: Scope) -> Explained:
    """From what counted in `then` to what counts in `now`, in one snapshot."""
    with database.reader() as connection:
        reader = _Reader(connection, number, then, now)
        found = chain(reader.then.amounts, reader.now.amounts, left=reader.left, came=reader.came)
        return Explained(
            found,
            {one: reader.why(one, step) for step in found.steps for one in step.ids},
            reader.then.villages,
            reader.now.villages,
            reader.running,
        )


class _End:
    """One end: the amounts that add up to the number, and where every household stood."""

    def __init__(self, connection: Connection, number: Number, scope: Scope) -> None:
        self.connection, self.number, self.scope = connection, number, scope
        self.placing = Placing(connection, scope.day, number.geography)
        classed = self.placing.placed(review_rows.classed(connection, scope))
        rows = [(place, row.household, row.household_class) for place, row in classed]
        self.places: dict[UUID, Place] = {home: place for place, home, _ in rows}
        self.classes = {home: HouseholdClass(code) for _, home, code in rows}
        self.here = self._within({home: place for place, home, _ in rows})
        self.listed = self._taken(number.asked.households())
        self.facts = {part: self._taken(number.asked.households(part)) for part in self.filters}
        self.homes = self._within(self._placed(number.asked.homes)).keys()

    @property
    def filters(self) -> tuple[str, ...]:
        return self.number.asked.filters

    @cached_property
    def amounts(self) -> Mapping[UUID, int]:
        """What each household adds to the number; each person once for each place counted."""
        counted = _measure(self.number.asked.measure)
        if self.number.asked.persons:
            return Counter(person for person, _ in self.persons)
        found = self.placing.households(self.scope, counted)
        adds = {row.household: row.amount for _, row in found}
        return {home: adds[home] for home in self._within(self._placed(counted.code))}

    @cached_property
    def persons(self) -> list[tuple[UUID, UUID]]:
        """Each person counted, with the household."""
        counted = _measure(self.number.asked.measure)
        homes = list(self._within(self._placed(counted.code)))
        found = review_rows.members(self.connection, self.scope, homes, counted)
        return [(person, home) for home, person in found]

    @cached_property
    def home_of(self) -> dict[UUID, UUID]:
        return dict(self.persons)

    @property
    def villages(self) -> dict[UUID, UUID]:
        return {home: place for home, place in self.places.items() if isinstance(place, UUID)}

    def stood(self, home: UUID) -> Stood:
        return Stood(
            self.classes.get(home),
            home in self.listed,
            home in self.here,
            frozenset(part for part, homes in self.facts.items() if home in homes),
        )

    def _taken(self, name: str) -> frozenset[UUID]:
        found = review_rows.households(self.connection, self.scope, _measure(name))
        return frozenset(row.household for row in found)

    def _placed(self, name: str) -> dict[UUID, Place]:
        found = self.placing.households(self.scope, _measure(name))
        return {row.household: place for place, row in found}

    def _within(self, placed: Mapping[UUID, Place]) -> dict[UUID, Place]:
        rows = ((place, home) for home, place in placed.items())
        unit, unplaced = self.number.unit, self.number.unplaced
        return dict(households_within(self.placing.tree, rows, unit, unplaced=unplaced))


class _Reader:
    def __init__(self, connection: Connection, number: Number, then: Scope, now: Scope) -> None:
        self.connection, self.asked = connection, number.asked
        self.then, self.now = (_End(connection, number, scope) for scope in (then, now))
        self.first, self.last = then.day + _DAY, now.day
        self._papers: dict[Scope, Mapping[UUID, list[Recognised]]] = {}
        placing = self.now.placing
        villages = frozenset(area.uid for area in placing.tree.villages(number.unit))
        self.running = running_day(placing, now, villages)

    # -- causes ---------------------------------------------------------------------------------

    def left(self, one: UUID) -> Cause:
        if not self.asked.persons:
            if one in self.now.homes and one in self.then.homes:
                return Cause(Why.FEWER)
            return self._home_left(one)
        home = self.then.home_of[one]
        if home not in self.now.homes:
            return self._home_left(home)
        stay = self._ended(one, home)
        return left_home(stay.end_reason if stay else None)

    def came(self, one: UUID) -> Cause:
        if not self.asked.persons:
            if one in self.now.homes and one in self.then.homes:
                return Cause(Why.MORE)
            return self._home_came(one)
        home = self.now.home_of[one]
        if home not in self.then.homes:
            return self._home_came(home)
        stay = self._begun(one, home)
        return came_home(stay.reason if stay else None)

    def _home_left(self, home: UUID) -> Cause:
        ends = self.then.stood(home), self.now.stood(home)
        return left_because(self.asked, *ends, self._past(home))

    def _home_came(self, home: UUID) -> Cause:
        ends = self.then.stood(home), self.now.stood(home)
        return came_because(self.asked, *ends, self._past(home))

    def _past(self, home: UUID) -> Past:
        gone = None if home in self._registered else self._gone.get(home)
        return Past(
            left=gone[1] if gone else (None if home in self._registered else ""),
            arrived=home in self._arrived,
            again=self._before(home) is not None,
            by_hand=self._by_hand.get(home),
            later=self._between[home][1] if home in self._between else None,
        )

    def _ended(self, person: UUID, home: UUID) -> Stay | None:
        """How the person's last stay in a household ended between the ends."""
        stays = [
            stay
            for stay in self._stays.get(person, ())
            if stay.household == home
            and stay.end_reason != "head"
            and stay.valid_to is not None
            and self.first - _DAY <= stay.valid_to < self.last
        ]
        return stays[-1] if stays else None

    def _begun(self, person: UUID, home: UUID) -> Stay | None:
        stays = [
            stay
            for stay in self._stays.get(person, ())
            if stay.household == home
            and stay.reason != "head"
            and self.first <= stay.valid_from <= self.last
        ]
        return stays[0] if stays else None

    # -- what the register says -----------------------------------------------------------------

    @cached_property
    def _registered(self) -> frozenset[UUID]:
        return frozenset(row.household for row in review_rows.places(self.connection, self.last))

    @cached_property
    def _gone(self) -> Mapping[UUID, tuple[date, str]]:
        return pasts.left(self.connection, self.first, self.last)

    @cached_property
    def _arrived(self) -> Mapping[UUID, date]:
        return pasts.arrived_listed(self.connection, self.now.scope, self.first, self.last)

    @cached_property
    def _earlier(self) -> Mapping[UUID, Mapping[str, int]]:
        """The classes up to the first end, as far as the settings look back."""
        scope = self.now.scope
        since = Scope(year=self.first.year, standard=scope.standard, edition=scope.edition)
        years = settings.number(self.connection, "movement_look_back_years", self.last)
        return pasts.recognised_before(self.connection, since, years)

    def _before(self, home: UUID) -> int | None:
        """The last year before the first end in which it was in the group."""
        known = self._earlier.get(home, {})
        classes = LISTED if self.asked.group == "listed" else (self.asked.group,)
        return max((known[code] for code in classes if code in known), default=None)

    @cached_property
    def _between(self) -> Mapping[UUID, tuple[Scope, HouseholdClass]]:
        """Who was out of the group at the end of a year between, with the last class of one."""
        asked, found = self.asked, dict[UUID, tuple[Scope, HouseholdClass]]()
        for year in range(self.first.year, self.now.scope.year):
            scope = replace(self.now.scope, year=year, as_of=None, recognised=True)
            listed = {
                row.household
                for row in review_rows.households(
                    self.connection, scope, _measure(asked.households())
                )
            }
            for row in review_rows.classed(self.connection, scope):
                found[row.household] = scope, HouseholdClass(row.household_class)
            for home in listed:
                found.pop(home, None)
        return found

    @cached_property
    def _by_hand(self) -> Mapping[UUID, Flow]:
        """Flows of BC2 or BC3 counted otherwise, where the bridge spans the year of that table."""
        then, now = self.then.scope, self.now.scope
        whole = then.as_of is None and now.as_of is None and then.year == now.year - 1
        if not whole or self.asked.table is None:
            return {}
        return {
            row.household: Flow(row.flow)
            for row in corrections.flowed(self.connection, now)
            if row.list == self.asked.table
        }

    @cached_property
    def _stays(self) -> Mapping[UUID, list[Stay]]:
        persons = {*self.then.amounts, *self.now.amounts}
        changed = [
            one for one in persons if self.then.amounts.get(one) != self.now.amounts.get(one)
        ]
        return pasts.stays_of(self.connection, changed)

    def _ruling(self, scope: Scope, home: UUID) -> str:
        """By which paper it stood there as it did."""
        if scope not in self._papers:
            self._papers[scope] = pasts.recognised_at(self.connection, scope)
        found = self._papers[scope].get(home)
        return texts.ruling_text(*found[-1][6:8], found[-1].valid_from) if found else ""

    @cached_property
    def _villages(self) -> Mapping[UUID, str]:
        return all_villages(self.connection, self.now.number.geography)

    # -- sentences ------------------------------------------------------------------------------

    def why(self, one: UUID, step: Step) -> str:
        """The sentence behind one household or person of a step."""
        left = step.amount < 0
        home = (self.then if left else self.now).home_of[one] if self.asked.persons else one
        day = self._day(one, home, left=left) if self.asked.persons else None
        ends = [(end.scope, end.classes.get(home)) for end in (self.then, self.now)]
        if left and ends[1][1] is None and home in self._between:
            ends[1] = self._between[home]
        return texts.bridge_reason(
            step.cause,
            self.asked.group,
            of_person=self.asked.persons,
            ends=(self._words(ends[0][0]), self._words(ends[1][0])),
            classes=(ends[0][1], ends[1][1]),
            in_group=(home in self.then.listed, home in self.now.listed),
            villages=(self._village(self.then, home), self._village(self.now, home)),
            ruling=self._ruling(ends[1][0], home),
            event=self._event(home),
            day=day,
            earlier=self._before(home),
        )

    def _words(self, scope: Scope) -> str:
        runs = self.running is not None and scope == self.now.scope
        return texts.bridge_end(scope.year, scope.as_of, runs=runs)

    def _day(self, person: UUID, home: UUID, *, left: bool) -> date | None:
        """The first day without a person who left, the first with one who came."""
        if not left:
            stay = self._begun(person, home)
            return stay.valid_from if stay else None
        stay = self._ended(person, home)
        return stay.valid_to + _DAY if stay and stay.valid_to else None

    def _event(self, home: UUID) -> str:
        """Why it left the register, or that it came."""
        year = self.last.year
        if home in self._registered and home in self._arrived:
            return texts.event_text("", self._arrived[home], year, arrived=True)
        day, code = self._gone.get(home, (None, ""))
        return texts.event_text(code, day, year, arrived=False)

    def _village(self, end: _End, home: UUID) -> str:
        place = end.places.get(home)
        return self._villages.get(place, "") if isinstance(place, UUID) else ""


def _measure(name: str) -> Measure:
    found = measure(name)
    assert found is not None, name
    return found
