"""Households through time, for a danh sách kỳ: on which days each of its grounds is met."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain import policy
from giamngheo_desktop.domain.period_list import (
    FOREVER,
    ClassDays,
    Days,
    Ground,
    Home,
    Per,
    Period,
    PeriodListDef,
    common,
    joined,
    with_day_of_death,
)
from giamngheo_desktop.domain.standard import StandardLevel
from giamngheo_desktop.services.programme.policy_values import KnownValues
from giamngheo_desktop.storage import period_lists as stored
from giamngheo_desktop.storage.engine import Connection


class Lacking(StrEnum):
    """What the register does not know of somebody."""

    ATTENDING = "attending_school"
    LEVEL = "school_level"
    KWH = "electricity_kwh"
    ALLOWANCE = "social_allowance"


class Register:
    """The households a list may name and their persons.

    Schools, allowances and electricity are what the register says now: they have no days.
    `lacking` says, by whom the list compares, what is not known of who may be entitled.
    """

    def __init__(
        self,
        connection: Connection,
        definitions: Definitions,
        definition: PeriodListDef,
        period: Period,
        values: KnownValues,
        households: Collection[UUID],
    ) -> None:
        self._connection, self._definition, self._period = connection, definition, period
        self._values = values
        self._standards = {
            one.code: (date(one.first_review_year, 1, 1), date(one.last_review_year, 12, 31))
            for one in definitions.standards
            if one.level is StandardLevel.NATIONAL
        }
        self.homes: dict[UUID, Home] = {}
        self.people: dict[UUID, dict[str, Any]] = {}
        self._rows: dict[UUID, dict[str, Any]] = {}
        self.lacking: dict[UUID, Lacking] = {}
        self.also(households)

    def also(self, households: Collection[UUID]) -> None:
        """Read these households too."""
        wanted = sorted(set(households) - set(self.homes))
        places = stored.places(self._connection, wanted)
        classes = stored.classes(self._connection, wanted)
        stays = stored.stays(self._connection, wanted)
        self._rows |= stored.homes(self._connection, wanted)
        people = {stay.person for one in stays.values() for stay in one}
        self.people |= stored.persons(self._connection, people)
        for uid in wanted:
            home = Home(
                uid,
                places.get(uid, ()),
                tuple(self._class_days(classes.get(uid, ()))),
                stays.get(uid, ()),
            )
            is_last = self._definition.day_of_death.value
            self.homes[uid] = with_day_of_death(home) if is_last else home

    def know(self, persons: Iterable[UUID | None]) -> None:
        """Read these persons too: an issued list names whom the register no longer does."""
        wanted = {person for person in persons if person is not None} - set(self.people)
        self.people |= stored.persons(self._connection, wanted)

    def _class_days(self, rows: Iterable[dict[str, Any]]) -> Iterator[ClassDays]:
        """A class entitles while its standard is in use; a province's own is no national one."""
        for row in rows:
            in_use = self._standards.get(row["standard"])
            if in_use is None:
                continue
            for first, last in common([(row["valid_from"], row["valid_to"] or FOREVER)], [in_use]):
                yield ClassDays(
                    first,
                    last,
                    row["household_class"],
                    bool(row["average_living"]),
                    row["number"],
                    row["signed_on"],
                )

    def addresses(self) -> dict[UUID, str]:
        return {uid: row["address"] or "" for uid, row in self._rows.items()}

    def listed(self) -> Iterator[Home]:
        """Each household with the days of its grounds and the persons the list may name."""
        for home in self.homes.values():
            grounds = {one.code: self._days(home, one) for one in self._definition.grounds}
            yield replace(home, grounds=grounds, listed=self._pupils(home))

    def doubtful(self) -> Iterator[Home]:
        """The same with the households or persons of whom something is not known."""
        self.lacking = {}
        for home in self.homes.values():
            grounds = {
                one.code: self._days(home, one, doubted=True) for one in self._definition.grounds
            }
            yield replace(home, grounds=grounds, listed=self._maybe_pupils(home))

    # Grounds of households.

    def _days(self, home: Home, ground: Ground, *, doubted: bool = False) -> list[Days]:
        days: list[Days] = [(date.min, FOREVER)]
        if ground.household_class is not None:
            days = joined(
                (one.first, one.last)
                for one in home.classes
                if one.household_class == ground.household_class
            )
        if ground.average_living:
            held = ((one.first, one.last) for one in home.classes if one.average_living)
            days = common(days, joined(held))
        if ground.allowance and days:
            days = common(days, self._with_allowance(home, doubted=doubted))
        if ground.most_kwh and days and not self._within(home, ground.most_kwh, doubted=doubted):
            days = []
        return days

    def _with_allowance(self, home: Home, *, doubted: bool) -> list[Days]:
        found: list[Days] = []
        for stay in home.stays:
            allowance = self.people.get(stay.person, {}).get("social_allowance")
            if allowance:
                found.append((stay.first, stay.last))
            elif doubted and allowance is None:
                found.append((stay.first, stay.last))
                self._lacks(home.household, Lacking.ALLOWANCE)
        return joined(found)

    def _within(self, home: Home, key: str, *, doubted: bool) -> bool:
        used = self._rows.get(home.household, {}).get("electricity_kwh")
        place = home.places[-1].village if home.places else None
        held = policy.on(self._values.at(place), key, self._period.first)
        most = held[0].number if held else None
        if used is None or most is None:
            if doubted:
                self._lacks(home.household, Lacking.KWH)
            return doubted
        return bool(used <= most)

    def _lacks(self, household: UUID, lacking: Lacking) -> None:
        if self._definition.per is Per.HOUSEHOLD:
            self.lacking.setdefault(household, lacking)

    # Persons at school.

    def _pupils(self, home: Home) -> frozenset[UUID] | None:
        if not self._definition.school_levels:
            return None
        return frozenset(stay.person for stay in home.stays if self._is_pupil(stay.person))

    def _is_pupil(self, person: UUID) -> bool:
        row = self.people.get(person, {})
        level = row.get("school_level")
        return bool(row.get("attending_school")) and level in self._definition.school_levels

    def _maybe_pupils(self, home: Home) -> frozenset[UUID] | None:
        if not self._definition.school_levels:
            return None
        found = set()
        for stay in home.stays:
            row = self.people.get(stay.person, {})
            if self._is_pupil(stay.person):
                continue
            if row.get("attending_school") is None and self._may_be_of_age(row):
                self.lacking[stay.person] = Lacking.ATTENDING
            elif row.get("attending_school") and row.get("school_level") is None:
                self.lacking[stay.person] = Lacking.LEVEL
            else:
                continue
            found.add(stay.person)
        return frozenset(found)

    def _may_be_of_age(self, row: dict[str, Any]) -> bool:
        ages, birth = self._definition.school_ages, row.get("birth")
        if ages is None or birth is None:
            return True
        youngest, _ = birth.ages_on(self._period.first)
        _, oldest = birth.ages_on(self._period.last)
        return bool(oldest >= ages[0] and youngest <= ages[1])
