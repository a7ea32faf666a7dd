"""Tells the whole sample in memory: opening, seven years of events and reviews, the last survey."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from random import Random

from giamngheo_desktop.sample.book import FIRST_DAY, YEARS, Book, Home
from giamngheo_desktop.sample.census import Census, Count
from giamngheo_desktop.sample.chance import count_of, day_between, parts, pick, some
from giamngheo_desktop.sample.course import NEW, Course
from giamngheo_desktop.sample.decisions import DecisionBook
from giamngheo_desktop.sample.families import LARGEST, POOR_SIZES, Families
from giamngheo_desktop.sample.life import Life
from giamngheo_desktop.sample.material import Material
from giamngheo_desktop.sample.members import Members
from giamngheo_desktop.sample.papers import Papers
from giamngheo_desktop.sample.people import People, Person
from giamngheo_desktop.sample.plan import (
    NEAR_POOR_PERSONS,
    POOR_PERSONS,
    PROTECTED,
    PROTECTED_PERSONS,
    Plan,
    make_plan,
)
from giamngheo_desktop.sample.survey import Survey

_COUNTED = date(2020, 12, 1)  # ages of the opening; children born in 2020 are there by then
_OLD_AGE = 66
_ARRIVALS = 2.0  # households a year that come with a class of another commune
_TRIES = 400

Target = tuple[int, int]  # planned decrease of poor and of near poor households


@dataclass(frozen=True, slots=True)
class Story:
    """What will be written: the register, typed populations and targets by year and village."""

    book: Book
    plan: Plan
    populations: dict[int, list[Count]]
    targets: dict[int, list[Target]]


def tell(
    material: Material,
    *,
    seed: int,
    households: int | None,
    full: bool,
    running: bool,
    told: Callable[[], None],
) -> Story:
    """The sample of a seed; `told` is called after every year. The review of the last year is not
    done yet where it is `running`.
    """
    random = Random(f"{seed}/story")
    plan = make_plan(random, material.villages, households, full)
    return _Teller(material, plan, random).tell(told, running=running)


def _all_old(members: Iterable[Person], day: date) -> bool:
    return all(person.age(day) >= _OLD_AGE for person in members)


class _Teller:
    def __init__(self, material: Material, plan: Plan, random: Random) -> None:
        self.material = material
        self.plan = plan
        self.random = random
        self.book = Book()
        people = People(random, material.names)
        self.families = Families(people)
        self.life = Life(random, self.book, people, len(material.villages))
        words = material.commune.words
        signer = material.commune.settings[0][1]["signer_name"]
        decisions = DecisionBook(random, words, signer, material.commune.elsewhere)
        self.course = Course(random, self.book, plan, decisions, self.newcomer)
        self.papers = Papers(random, words)

    def tell(self, told: Callable[[], None], *, running: bool) -> Story:
        targets: dict[int, list[Target]] = {}
        self._open()
        told()
        for year in YEARS[1:]:
            targets[year] = self._targets(year)
            self.life.happen(year)
            self._arrivals(year)
            self.course.monthly(year)
            if not (running and year == YEARS[-1]):
                self.course.december(year)
            self._settle(year)
            told()
        members = Members(self.random, self.papers)
        Survey(self.random, members, self.material.commune, self.material.villages).visit(self.book)
        census = Census(self.book, self.plan, self.random)
        populations = {year: census.of(year) for year in YEARS}
        return Story(self.book, self.plan, populations, targets)

    def newcomer(self, kind: str, day: date) -> Home:
        """A household that no review has seen: of the register, else one that now enters it."""
        if self.plan.register is not None:
            for _ in range(_TRIES):
                home = self.random.choice(self.book.homes)
                if home.left is None and not home.classes and home.busy < day.year:
                    home.busy = day.year
                    home.idle = kind == "poor" and _all_old(home.members, day)
                    return home
        village = self._village()
        return self._enter(kind, pick(self.random, POOR_SIZES), village, day)

    def _village(self) -> int:
        weights = self.plan.typed[YEARS[0]]
        return self.random.choices(range(len(weights)), weights)[0]

    def _enter(
        self, kind: str, size: int, village: int, day: date, reason: str = "opening"
    ) -> Home:
        ages_on = _COUNTED if day == FIRST_DAY else day
        members = self.families.make(size, kind, ages_on)
        home = self.book.enter(members, village, day, reason)
        old = kind == "poor" and day > FIRST_DAY and _all_old(members, day)
        home.idle = kind == "elder" or old
        return home

    def _open(self) -> None:
        """The published totals of the end of 2020, household by household."""
        plan = self.plan
        slots = [village for village, count in enumerate(plan.poor) for _ in range(count)]
        protected = some(self.random, range(len(slots)), plan.scaled(PROTECTED))
        persons = plan.scaled(PROTECTED_PERSONS)
        elders = iter(parts(self.random, persons, len(protected), 2))
        others = len(slots) - len(protected)
        rest = plan.scaled(POOR_PERSONS) - persons
        sizes = iter(parts(self.random, rest, others, LARGEST))
        opened: list[tuple[Home, str]] = []
        for place, village in enumerate(slots):
            kind, size = ("elder", next(elders)) if place in protected else ("poor", next(sizes))
            opened.append((self._enter(kind, size, village, FIRST_DAY), "poor"))
        near = [village for village, count in enumerate(plan.near_poor) for _ in range(count)]
        persons = plan.scaled(NEAR_POOR_PERSONS)
        for village, size in zip(
            near, parts(self.random, persons, len(near), LARGEST), strict=True
        ):
            opened.append((self._enter("poor", size, village, FIRST_DAY), "near_poor"))
        self.course.open(opened)
        self._settle(YEARS[0])

    def _arrivals(self, year: int) -> None:
        if year == YEARS[1]:
            return  # nobody moved in with a class in the first year
        for _ in range(count_of(self.random, _ARRIVALS * self.plan.scale)):
            day = self.life.day(year)
            size = pick(self.random, POOR_SIZES)
            home = self._enter("poor", size, self._village(), day, "move_in")
            household_class = "poor" if self.random.random() < 0.4 else "near_poor"
            self.course.arrive(home, day, household_class)

    def _settle(self, year: int) -> None:
        """Ordinary households come and go until the register is as large as planned."""
        if self.plan.register is None:
            return
        here: list[list[Home]] = [[] for _ in self.plan.poor]
        for home in self.book.present():
            here[home.village].append(home)
        goals = self.plan.register[year]
        for homes, goal in zip(here, goals, strict=True):
            self._let_go(homes, len(homes) - goal, year)
        for village, goal in enumerate(goals):
            # Where a village cannot shrink, the others grow less.
            room = sum(goals) - len(self.book.present())
            for _ in range(min(room, goal - len(here[village]))):
                first = year == YEARS[0]
                day = FIRST_DAY if first else self.life.day(year)
                size = pick(self.random, self.plan.sizes)
                self._enter("common", size, village, day, "opening" if first else "move_in")
        present = self.book.present()
        self._let_go(present, len(present) - sum(goals), year)

    def _let_go(self, homes: list[Home], count: int, year: int) -> None:
        """Ordinary households move away in November, after all else that happened."""
        ordinary = [home for home in homes if not home.classes and home.left is None]
        for home in some(self.random, ordinary, count):
            day = day_between(self.random, date(year, 11, 2), date(year, 11, 28))
            self.book.leave_all(home, day, "move_out")

    def _targets(self, year: int) -> list[Target]:
        """The decreases planned at the start of a year; those of 2021 as printed."""
        if year == YEARS[1]:
            return list(self.plan.decreases)
        planned: list[Target] = []
        counts = [[0, 0] for _ in self.plan.poor]
        for home in self.book.present():
            now = home.class_in(NEW)
            if now is not None and now.household_class != "not_poor":
                counts[home.village][now.household_class == "near_poor"] += 1
        for poor, near in counts:
            planned.append(
                (
                    min(poor, count_of(self.random, poor * 0.15)),
                    min(near, count_of(self.random, near * 0.1)),
                )
            )
        return planned
