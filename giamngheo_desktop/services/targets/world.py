"""What the register and the records of a year know by a day, read once for all its indicators.

Everybody stands where the household was last by that day, so that a unit is its villages together.
What happened counts by the class of its own day, what is counts by the class of the day asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.actual import Actual, Wanted
from giamngheo_desktop.domain.area import AreaTree
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.entitlement import Standing
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.indicator_catalogue import Group
from giamngheo_desktop.services.placing import Place, Placing
from giamngheo_desktop.services.programme import entries
from giamngheo_desktop.services.programme.components import Components
from giamngheo_desktop.services.programme.standings import standings
from giamngheo_desktop.services.programme.within import within
from giamngheo_desktop.services.review import low_income
from giamngheo_desktop.services.row_units import households_within
from giamngheo_desktop.services.targets.poverty import Poverty
from giamngheo_desktop.storage import actuals as stored
from giamngheo_desktop.storage import audit, budgets, households, review_rows
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.records import batches
from giamngheo_desktop.storage.review_rows import Named
from giamngheo_desktop.storage.standings import first_day

Values = Mapping[str, Any]
_NO_GROUP = frozenset[str]()
HELD = ("running", "done")  # of list activity_states


class World:
    """Of a unit in a year as of `day`; what no indicator asks for is not read."""

    def __init__(
        self, connection: Connection, definitions: Definitions, unit: UUID, year: int, day: date
    ) -> None:
        self.connection, self.definitions = connection, definitions
        self.unit, self.year = unit, year
        self.first, self.day = date(year, 1, 1), min(day, date(year, 12, 31))
        self._stood: dict[date, dict[UUID, Standing]] = {}
        self._homes: dict[UUID, Household] = {}
        self._workers: dict[date, Mapping[UUID, UUID]] = {}
        self._within: dict[UUID | None, frozenset[UUID]] = {}

    @cached_property
    def poverty(self) -> Poverty:
        return Poverty(self.connection, self.definitions, self.unit, self.year, self.day)

    def begun(self, wanted: Wanted) -> Actual:
        """The answer that nothing is known of yet."""
        return Actual(code=wanted.code, day=self.day)

    # -- who ------------------------------------------------------------------------------------

    def groups(self, wanted: Wanted) -> frozenset[str]:
        """Whom an indicator speaks of: as asked, else as the catalogue has it; none: everybody."""
        known = self.definitions.indicators[wanted.code].groups if not wanted.groups else ()
        return wanted.groups or frozenset(group.value for group in known)

    def within(self, village: UUID | None) -> frozenset[UUID]:
        """The households of the unit, or of a village of it, that were here by the day."""
        if village not in self._within:
            placed = ((place, home) for home, place in self._placed.items())
            found = households_within(self._tree, placed, village or self.unit, unplaced=False)
            self._within[village] = frozenset(home for home, _ in found)
        return self._within[village]

    def present(self, wanted: Wanted) -> frozenset[UUID]:
        """Those of them that are here on the day and of the groups asked for."""
        homes, groups = self.within(wanted.village), self.groups(wanted)
        if not groups:
            return homes & self._here
        stood = self._standing(self.day, homes)
        return frozenset(home for home in homes if self.codes(stood[home], self.day) & groups)

    def was_of(
        self, home: UUID, day: date, groups: frozenset[str], person: UUID | None = None
    ) -> bool:
        """Whether a household, or one of it who is meant, was of one of the groups on a day; before
        the register began, on its first one.
        """
        if not groups:
            return True
        day = max(day, self.begun_on)
        if self.codes(self._standing(day, [home])[home], day) & groups:
            return True
        return Group.LOW_INCOME in groups and person in self.low_income(day)

    def low_income(self, day: date) -> Mapping[UUID, UUID]:
        """The low-income workers recognised by a day, each with the household."""
        if day not in self._workers:
            found = stored.with_fact(self.connection, day, low_income.CODE, ("yes",))
            self._workers[day] = {person: home for home, person in found}
        return self._workers[day]

    @property
    def knows_low_income(self) -> bool:
        """Whether such workers are recognised at all by then."""
        since = self.poverty.standard.low_income_from
        return since is not None and since.value is not None and since.value <= self.day

    def prepare(self, days: Iterable[tuple[date, UUID]]) -> None:
        """Reads how households stood on many days, a reading for each day."""
        found: dict[date, set[UUID]] = {}
        for day, home in days:
            found.setdefault(max(day, self.begun_on), set()).add(home)
        for day, homes in found.items():
            self._standing(day, homes)

    @staticmethod
    def codes(standing: Standing, day: date) -> frozenset[str]:
        """The groups of a household by the national standard."""
        if not standing.is_here:
            return _NO_GROUP
        held = replace(standing, by_province=None).held(day)
        return held - {"escaped_near_poor"} | (
            {"near_escape"} if "escaped_near_poor" in held else _NO_GROUP
        )

    def persons(self, wanted: Wanted) -> dict[UUID, UUID]:
        """The persons of the groups asked for on the day, each with the household."""
        homes = self.present(wanted)
        stood = self._standing(self.day, homes)
        found = {one: home for home in homes for one in stood[home].members}
        if Group.LOW_INCOME in self.groups(wanted):
            here = self.within(wanted.village)
            workers = self.low_income(self.day).items()
            found |= {one: home for one, home in workers if home in here}
        return found

    def households(self, homes: Collection[UUID]) -> dict[UUID, Household]:
        """The households as the register has them, with the members and dated facts of the day."""
        lacking = [home for home in homes if home not in self._homes]
        for batch in batches(lacking, 2_000):
            self._homes |= households.load(self.connection, batch, self.day)
        return {home: self._homes[home] for home in homes if home in self._homes}

    @property
    def has_moved_on(self) -> bool:
        """Whether the register is of a later year than the one after: what it says without days is
        no longer of this one.
        """
        written = audit.last_written(self.connection)
        return written is not None and written.year > self.year + 1

    def _standing(self, day: date, homes: Collection[UUID]) -> Mapping[UUID, Standing]:
        known = self._stood.setdefault(day, {})
        lacking = [home for home in homes if home not in known]
        asked = [home for home in lacking if home in self._classed]
        if asked:
            known |= standings(self.connection, self.definitions, asked, day)
        known |= dict.fromkeys((home for home in lacking if home not in known), _NOBODY)
        return known

    @cached_property
    def _classed(self) -> frozenset[UUID]:
        return stored.ever_classed(self.connection)

    @cached_property
    def begun_on(self) -> date:
        """The first day of the register."""
        return first_day(self.connection) or self.day

    @cached_property
    def _here(self) -> frozenset[UUID]:
        return frozenset(row.household for row in review_rows.places(self.connection, self.day))

    @cached_property
    def _tree(self) -> AreaTree:
        return self._placing.tree

    @cached_property
    def _placing(self) -> Placing:
        return Placing(self.connection, self.day, self.day)

    @cached_property
    def _placed(self) -> dict[UUID, Place]:
        last = stored.last_villages(self.connection, self.first, self.day)
        found = self._placing.placed(Named(home, village, 1) for home, village in last.items())
        return {row.household: place for place, row in found}

    @cached_property
    def has_needs(self) -> bool:
        """Whether anybody of the unit had a recorded need, of whatever, in the year by the day."""
        homes = self.within(None)
        found = stored.needs(self.connection, None, self.first, self.day)
        return any(span.household in homes for span in found)

    # -- what was done --------------------------------------------------------------------------

    @cached_property
    def activities(self) -> Mapping[UUID, Values]:
        """All of the unit and of what went into it, whatever their year, with their rows."""
        form = self.definitions.records[Kind.ACTIVITY]
        belongs = within(self.connection, self.unit, date(self.year, 12, 31))
        found = entries.read(self.connection, form)
        return {
            uid: values
            for uid, values in found.items()
            if belongs(values["area"], values["village"])
        }

    def participants(self, *kinds: str) -> Iterator[tuple[Values, Values]]:
        """Who took part in activities of these kinds that were held in the year by the day, each
        behind the activity.
        """
        for activity in self.activities.values():
            if activity["kind"] in kinds and self.was_held(activity):
                yield from ((activity, row) for row in activity["participants"])

    def was_held(self, activity: Values) -> bool:
        """Whether it was running or done in the year by the day; one without days is of its own
        year.
        """
        if activity["state"] not in HELD:
            return False
        days = [day for day in (activity["starts_on"], activity["ends_on"]) if day is not None]
        if not days:
            return bool(activity["year"] == self.year)
        return bool(days[0] <= self.day and days[-1] >= self.first)

    @cached_property
    def components(self) -> Components:
        plans = budgets.plan_components(self.connection)
        return Components(self.definitions, self.year, plans, ())

    def is_of(self, row: Values, component: str | None) -> bool:
        """Whether a record stands in a component, or in one below it."""
        return component is None or self.components.is_within(row, component)


_NOBODY = Standing(is_here=False)
