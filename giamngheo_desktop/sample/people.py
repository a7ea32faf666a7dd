"""Persons of the sample with their kin, and what they are to the head of their household."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.names import join_name
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.sample.chance import day_between, pick
from giamngheo_desktop.sample.material import Names

_GENERATION_STARTS = (("young", 1990), ("middle", 1960))
MINORITIES = {"06": 4, "03": 3, "02": 2, "37": 1}  # Mường, Thái, Tày, Lào
MINORITY_SHARE = 0.02
_DISABILITIES = {"movement": 4, "hearing_speech": 2, "vision": 2, "mental": 2, "intellectual": 2}
_LEVELS = {"severe": 5, "very_severe": 2, "light": 3}


@dataclass(slots=True)
class Fact:
    """A dated attribute as it will be stored."""

    code: str
    value: str
    valid_from: date
    valid_to: date | None = None


@dataclass(slots=True, eq=False)
class Person:
    """One person for life; `born` is the true day, `birth` what the papers give of it."""

    sex: str
    born: date
    birth: PartialDate
    family: str
    full_name: str
    given_name: str
    ethnicity: str
    father: Person | None = None
    mother: Person | None = None
    spouse: Person | None = None
    disability: tuple[str, str] | None = None  # kind, level
    merit: bool = False
    uid: UUID | None = None
    values: dict[str, Any] = field(default_factory=dict)  # columns set from the last survey
    facts: list[Fact] = field(default_factory=list)

    @property
    def parents(self) -> tuple[Person, ...]:
        return tuple(parent for parent in (self.father, self.mother) if parent is not None)

    @property
    def disabled(self) -> bool:
        """With a disability that brings a monthly allowance and leaves no capacity to work."""
        return self.disability is not None and self.disability[1] != "light"

    def age(self, day: date) -> int:
        born = self.born
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def relation(head: Person, other: Person) -> str:
    """The code of `other`'s relation to `head`; kin of the head's spouse count as the head's."""
    pair = [head] if head.spouse is None else [head, head.spouse]
    woman = other.sex == "female"
    if other is head:
        return "head"
    if other.spouse is head:
        return "wife" if woman else "husband"
    if any(other in one.parents for one in pair):
        return "mother" if woman else "father"
    if any(one in other.parents for one in pair):
        return "child"
    if other.spouse is not None and any(one in other.spouse.parents for one in pair):
        return "daughter_in_law" if woman else "son_in_law"
    if any(one in parent.parents for parent in other.parents for one in pair):
        return "grandchild"
    if any(other in parent.parents for parent in head.parents):
        return "grandmother" if woman else "grandfather"
    if any(parent in head.parents for parent in other.parents):
        return "sibling"
    return "other"


class People:
    """Makes persons with names that fit sex, generation and ethnic group."""

    def __init__(self, random: Random, names: Names) -> None:
        self.random = random
        self._names = names

    def group(self) -> str:
        """The ethnic group of a household."""
        if self.random.random() < MINORITY_SHARE:
            return pick(self.random, MINORITIES)
        return "01"

    def person(
        self,
        sex: str,
        age: int,
        day: date,
        *,
        group: str,
        family: str = "",
        father: Person | None = None,
        mother: Person | None = None,
        known: Iterable[Person] = (),
    ) -> Person:
        """Somebody who is `age` on `day`; given names of `known` persons are avoided."""
        return self.born_on(
            sex,
            self.birthday(age, day),
            group=group,
            family=family,
            father=father,
            mother=mother,
            known=known,
        )

    def born_on(
        self,
        sex: str,
        born: date,
        *,
        group: str,
        family: str = "",
        father: Person | None = None,
        mother: Person | None = None,
        known: Iterable[Person] = (),
    ) -> Person:
        family = family or self._names.families[group].draw(self.random)
        kind = (sex, _generation(born.year))
        taken = {person.given_name for person in known}
        given = self._names.givens[kind].draw(self.random)
        for _ in range(8):
            if given not in taken:
                break
            given = self._names.givens[kind].draw(self.random)
        middle = self._names.middles[kind].draw(self.random)
        # Ngọc Ngọc and Văn Anh Anh are nobody's name.
        while given in middle.split():
            middle = self._names.middles[kind].draw(self.random)
        person = Person(
            sex=sex,
            born=born,
            birth=self._paper_birth(born),
            family=family,
            full_name=join_name(f"{family} {middle}", given),
            given_name=given,
            ethnicity=group,
            father=father,
            mother=mother,
        )
        chance = 0.012 + (0.03 if born.year < 1965 else 0)
        if self.random.random() < chance:
            person.disability = (pick(self.random, _DISABILITIES), pick(self.random, _LEVELS))
        person.merit = 1940 <= born.year <= 1957 and self.random.random() < 0.12
        return person

    def birthday(self, age: int, day: date) -> date:
        """A day of birth from which exactly `age` years are complete on `day`."""
        latest = _years_before(day, age)
        earliest = _years_before(day, age + 1)
        return day_between(self.random, date.fromordinal(earliest.toordinal() + 5), latest)

    def _paper_birth(self, born: date) -> PartialDate:
        year_only, month_only = (0.4, 0.1) if born.year < 1955 else (0.04, 0.02)
        if born.year >= 1980:
            year_only = month_only = 0.0
        drawn = self.random.random()
        if drawn < year_only:
            return PartialDate(born.year)
        if drawn < year_only + month_only:
            return PartialDate(born.year, born.month)
        return PartialDate(born.year, born.month, born.day)


def _generation(year: int) -> str:
    return next((name for name, start in _GENERATION_STARTS if year >= start), "old")


def _years_before(day: date, years: int) -> date:
    return date(day.year - years, day.month, min(day.day, 28))
