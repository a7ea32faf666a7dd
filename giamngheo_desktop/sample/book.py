"""The sample's register in memory: households with their dated stays, places and classes.

Changes follow `services.events`: what ends on a day held through the day before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from giamngheo_desktop.sample.people import Fact, Person, relation

FIRST_DAY = date(2020, 1, 1)  # from here on the register and the settings speak
YEARS = range(2020, 2027)
ADULT = 16


@dataclass(slots=True, eq=False)
class Stay:
    """A membership."""

    person: Person
    relation: str
    is_head: bool
    position: int
    reason: str
    valid_from: date
    valid_to: date | None = None
    end_reason: str | None = None


@dataclass(slots=True)
class Place:
    """The village of a household (its index) from day to day; `reason` as in household_place."""

    village: int
    reason: str
    valid_from: date
    valid_to: date | None = None


@dataclass(slots=True, eq=False)
class Decision:
    """A decision of the commune, or of another one."""

    number: str
    signed_on: date
    signer: str | None
    note: str
    uid: UUID | None = None


@dataclass(slots=True, eq=False)
class ClassRow:
    """A recognised class; `recorded` is the year in which the commune learnt of it."""

    standard: str
    review_year: int
    household_class: str
    valid_from: date
    source: str = "decision"
    average_living: bool = False
    decision: Decision | None = None
    note: str | None = None
    valid_to: date | None = None
    recorded: int = 0

    def __post_init__(self) -> None:
        self.recorded = self.recorded or self.review_year


@dataclass(slots=True, eq=False)
class Home:
    """A household; `village` is where it is now, `idle` one of which nobody can work."""

    village: int
    entered: date
    idle: bool = False
    split_off: bool = False
    left: date | None = None
    stays: list[Stay] = field(default_factory=list)
    current: list[Stay] = field(default_factory=list)  # those that have not ended, the head first
    places: list[Place] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    classes: list[ClassRow] = field(default_factory=list)
    busy: int = 0  # the year in which something last happened to it
    uid: UUID | None = None
    values: dict[str, Any] = field(default_factory=dict)
    lacks: frozenset[str] = frozenset()  # indicators that the survey found it deprived of

    @property
    def members(self) -> list[Person]:
        """Those who live here now, the head first."""
        return [stay.person for stay in self.current]

    @property
    def head(self) -> Person:
        return self.current[0].person

    @property
    def size(self) -> int:
        return len(self.current)

    @property
    def residents(self) -> list[Person]:
        """Those who live here, or lived here to the last day of the household."""
        if self.left is None:
            return self.members
        last = self.left - timedelta(days=1)
        return [stay.person for stay in self.stays if stay.valid_to == last]

    def begin(self, stay: Stay) -> None:
        self.stays.append(stay)
        self.current.append(stay)
        self.order()

    def order(self) -> None:
        self.current.sort(key=lambda stay: (not stay.is_head, stay.position))

    def end(self, stay: Stay, day: date, reason: str) -> None:
        stay.valid_to, stay.end_reason = day - timedelta(days=1), reason
        self.current.remove(stay)

    def class_in(self, standard: str) -> ClassRow | None:
        """The recognised class that holds now."""
        rows = [row for row in self.classes if row.standard == standard and row.valid_to is None]
        return rows[-1] if rows else None

    def was(self, household_class: str) -> bool:
        return any(row.household_class == household_class for row in self.classes)

    def was_this_year(self, year: int, *classes: str) -> bool:
        """Whether a review of the year gave one of the classes, and nothing later took it away."""
        return any(
            row.review_year == year and row.household_class in classes and row.valid_to is None
            for row in self.classes
        )

    def can_spare(self, person: Person, day: date) -> bool:
        """Whether a grown-up stays behind when `person` leaves."""
        return any(
            stay.person is not person and stay.person.age(day) >= ADULT for stay in self.current
        )


class Book:
    """All households that ever stood in the register, in order of entry."""

    def __init__(self) -> None:
        self.homes: list[Home] = []

    def present(self) -> list[Home]:
        return [home for home in self.homes if home.left is None]

    def enter(
        self,
        members: Iterable[Person],
        village: int,
        day: date,
        reason: str = "opening",
    ) -> Home:
        """A household comes into the register; children born later join on their first day."""
        home = Home(village, day, split_off=reason == "split", busy=day.year)
        home.places.append(Place(village, reason, day))
        self.homes.append(home)
        head: Person | None = None
        for person in members:
            head = head or person
            late = person.born > day
            start = person.born if late else day
            self.join(home, person, start, "birth" if late else reason, head=head)
        return home

    def join(
        self, home: Home, person: Person, day: date, reason: str, *, head: Person | None = None
    ) -> None:
        head = head or home.head
        position = max((stay.position for stay in home.stays), default=0) + 1
        tie = relation(head, person)
        home.begin(Stay(person, tie, person is head, position, reason, day))
        home.busy = max(home.busy, day.year)

    def leave(self, home: Home, person: Person, day: date, reason: str) -> None:
        """One member goes; a successor becomes head; with the last one the household ends."""
        stay = next(stay for stay in home.current if stay.person is person)
        home.end(stay, day, reason)
        home.busy = day.year
        if not home.size:
            self._close(home, day, reason)
        elif stay.is_head:
            self.change_head(home, _successor(person, home.members, day), day)

    def leave_all(self, home: Home, day: date, reason: str) -> None:
        for stay in tuple(home.current):
            home.end(stay, day, reason)
        home.busy = day.year
        self._close(home, day, reason)

    def change_head(self, home: Home, head: Person, day: date) -> None:
        """`head` leads from `day`; every tie that changes by it begins anew."""
        for stay in tuple(home.current):
            tie, leads = relation(head, stay.person), stay.person is head
            if (tie, leads) == (stay.relation, stay.is_head):
                continue
            if stay.valid_from >= day:
                stay.relation, stay.is_head = tie, leads
            else:
                home.end(stay, day, "head")
                home.begin(Stay(stay.person, tie, leads, stay.position, "head", day))
        home.order()
        home.busy = day.year

    def move(self, home: Home, village: int, day: date) -> None:
        home.places[-1].valid_to = day - timedelta(days=1)
        home.places.append(Place(village, "move_village", day))
        home.village = village
        home.busy = day.year

    def _close(self, home: Home, day: date, reason: str) -> None:
        home.left = day
        home.places[-1].valid_to = day - timedelta(days=1)
        home.places[-1].reason = reason
        for row in home.classes:
            if row.valid_to is None:
                row.valid_to = day - timedelta(days=1)

    def recognise(self, home: Home, row: ClassRow) -> None:
        """A new class record; the one in force under its standard ends the day before."""
        before = home.class_in(row.standard)
        if before is not None:
            before.valid_to = row.valid_from - timedelta(days=1)
        home.classes.append(row)


def _successor(late: Person, members: list[Person], day: date) -> Person:
    """The spouse, else the eldest child, else the eldest of all; grown-ups first."""

    def rank(person: Person) -> tuple[bool, bool, bool, date]:
        child = late in person.parents
        return person.age(day) < ADULT, person.spouse is not late, not child, person.born

    return min(members, key=rank)
