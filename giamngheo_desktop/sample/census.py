"""What the population table of a year shows for each village."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random

from giamngheo_desktop.sample.book import YEARS, Book, Home
from giamngheo_desktop.sample.people import MINORITY_SHARE
from giamngheo_desktop.sample.plan import Plan

_MAJORITY = "01"
_PER_HOUSEHOLD = (325, 355)  # persons of 100 households, village by village


@dataclass(slots=True)
class Count:
    """Households and persons of a village; minority households by the group of their head."""

    households: int = 0
    persons: int = 0
    minority_households: int = 0
    minority_persons: int = 0


@dataclass(slots=True)
class Census:
    """Counts the register at each year's end and completes it to the typed totals."""

    book: Book
    plan: Plan
    random: Random
    _density: list[int] = field(default_factory=list)

    def of(self, year: int) -> list[Count]:
        """The typed population: the register, and the households that do not stand in it."""
        counts = register_on(self.book, date(year, 12, 31), len(self.plan.poor))
        if not self._density:
            self._density = [self.random.randint(*_PER_HOUSEHOLD) for _ in counts]
        for count, typed, density in zip(counts, self.plan.typed[year], self._density, strict=True):
            others = max(0, typed - count.households)
            # Households grow a little smaller every year.
            persons = others * (density - (year - YEARS[0])) // 100
            minority = int(others * MINORITY_SHARE + 0.5)
            count.households += others
            count.persons += persons
            count.minority_households += minority
            count.minority_persons += minority * persons // others if others else 0
        return counts


def register_on(book: Book, day: date, villages: int) -> list[Count]:
    counts = [Count() for _ in range(villages)]
    for home in book.homes:
        for place in home.places:
            if place.valid_from <= day and (place.valid_to is None or place.valid_to >= day):
                _add(counts[place.village], home, day)
    return counts


def _add(count: Count, home: Home, day: date) -> None:
    members = list(_members_on(home, day))
    minority = [group for _, group in members if group != _MAJORITY]
    count.households += 1
    count.persons += len(members)
    count.minority_persons += len(minority)
    count.minority_households += any(is_head and group != _MAJORITY for is_head, group in members)


def _members_on(home: Home, day: date) -> Iterator[tuple[bool, str]]:
    for stay in home.stays:
        if stay.valid_from <= day and (stay.valid_to is None or stay.valid_to >= day):
            yield stay.is_head, stay.person.ethnicity
