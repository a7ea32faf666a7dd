"""A year of births, deaths, marriages, moves and splits in the sample's register."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from random import Random

from giamngheo_desktop.sample.book import ADULT, Book, Home
from giamngheo_desktop.sample.chance import count_of, day_between, heaviest, some
from giamngheo_desktop.sample.people import People, Person

# How often a year: of 1,000 persons, or of 1,000 households.
_BIRTHS, _DEATHS, _GOING, _BRIDES, _MARRIAGES = 12, 8, 13, 3, 2
_MOVES_OUT, _VILLAGE_MOVES, _SPLITS, _MERGERS, _NEW_HEADS = 5, 4, 4, 2, 5
_CROWDED = 8

Pair = tuple[Home, Person]


class Life:
    """Lets one year happen; a household lives through at most one event a year."""

    def __init__(self, random: Random, book: Book, people: People, villages: int) -> None:
        self.random = random
        self.book = book
        self.people = people
        self.villages = villages

    def happen(self, year: int) -> None:
        homes = self.book.present()
        persons = sum(home.size for home in homes)
        middle = date(year, 7, 1)
        steps: list[tuple[Callable[[int, date, int], None], float]] = [
            (self._deaths, persons * _DEATHS),
            (self._births, persons * _BIRTHS),
            (self._splits, len(homes) * _SPLITS),
            (self._mergers, len(homes) * _MERGERS),
            (self._marriages, persons * _MARRIAGES),
            (self._brides, persons * _BRIDES),
            (self._new_heads, len(homes) * _NEW_HEADS),
            (self._goings, persons * _GOING),
            (self._village_moves, len(homes) * _VILLAGE_MOVES),
            (self._moves_out, len(homes) * _MOVES_OUT),
        ]
        for step, thousandths in steps:
            # A small register still sees each kind of event in most years.
            step(year, middle, count_of(self.random, max(0.8, thousandths / 1000)))

    def day(self, year: int) -> date:
        """Events fall before the autumn, when the review looks at the household."""
        return day_between(self.random, date(year, 1, 5), date(year, 8, 31))

    def _quiet(self, year: int) -> list[Home]:
        return [home for home in self.book.present() if home.busy < year]

    def _pairs(self, year: int) -> Iterator[Pair]:
        return ((home, person) for home in self._quiet(year) for person in home.members)

    def _each(self, pairs: Sequence[Pair], count: int, year: int) -> Iterator[Pair]:
        """Some of the pairs, no household twice."""
        for home, person in some(self.random, pairs, count * 2 + 2):
            if count and home.busy < year and home.left is None:
                count -= 1
                yield home, person

    def _births(self, year: int, middle: date, count: int) -> None:
        mothers = [
            (home, person)
            for home, person in self._pairs(year)
            if person.sex == "female" and person.spouse is not None and home.size < _CROWDED
            if 20 <= person.age(middle) <= 40 and person.spouse in home.members
            if all(child.age(middle) >= 2 for child in home.members if child.mother is person)
        ]
        for home, mother in self._each(mothers, count, year):
            father, day = mother.spouse, self.day(year)
            child = self.people.born_on(
                "male" if self.random.random() < 0.52 else "female",
                day,
                group=father.ethnicity if father else mother.ethnicity,
                family=father.family if father else mother.family,
                father=father,
                mother=mother,
                known=home.members,
            )
            self.book.join(home, child, day, "birth")

    def _deaths(self, year: int, middle: date, count: int) -> None:
        pairs = [
            (home, person)
            for home, person in self._pairs(year)
            if home.size == 1 or home.can_spare(person, middle)
        ]
        weights = [float(max(0, person.age(middle) - 45) ** 3) + 8 for _, person in pairs]
        for home, person in heaviest(self.random, pairs, weights, count):
            if home.busy < year:
                self.book.leave(home, person, self.day(year), "death")

    def _goings(self, year: int, middle: date, count: int) -> None:
        """Grown children go to work and live elsewhere."""
        pairs = [
            (home, person)
            for home, person in self._pairs(year)
            if _is_single_child(home, person) and 18 <= person.age(middle) <= 32
            if home.can_spare(person, middle)
        ]
        for home, person in self._each(pairs, count, year):
            self.book.leave(home, person, self.day(year), "move_out")

    def _grooms(self, year: int, middle: date) -> list[Pair]:
        return [
            (home, person)
            for home, person in self._pairs(year)
            if person.sex == "male" and _is_single_child(home, person)
            if 22 <= person.age(middle) <= 34 and home.size < _CROWDED
        ]

    def _brides(self, year: int, middle: date, count: int) -> None:
        """A wife comes from another commune."""
        for home, groom in self._each(self._grooms(year, middle), count, year):
            age = max(19, groom.age(middle) - self.random.randint(0, 5))
            bride = self.people.person(
                "female", age, middle, group=self.people.group(), known=home.members
            )
            groom.spouse, bride.spouse = bride, groom
            self.book.join(home, bride, self.day(year), "move_in")

    def _marriages(self, year: int, middle: date, count: int) -> None:
        """A daughter of the register marries into another household of it."""
        daughters = [
            (home, person)
            for home, person in self._pairs(year)
            if person.sex == "female" and _is_single_child(home, person)
            if 20 <= person.age(middle) <= 30 and home.can_spare(person, middle)
        ]
        grooms = some(self.random, self._grooms(year, middle), count)
        for (home, bride), (target, groom) in zip(
            self._each(daughters, count, year), grooms, strict=False
        ):
            if home is target or target.busy >= year or bride.family == groom.family:
                continue
            day = self.day(year)
            groom.spouse, bride.spouse = bride, groom
            self.book.leave(home, bride, day, "marriage")
            self.book.join(target, bride, day, "marriage")

    def _splits(self, year: int, middle: date, count: int) -> None:
        """A married son or daughter founds a household of their own in the village."""
        couples = [
            (home, person)
            for home, person in self._pairs(year)
            if person.sex == "male" and person is not home.head and home.size > 3
            if person.spouse is not None and person.spouse is not home.head
            if person.spouse in home.members
        ]
        for home, husband in self._each(couples, count, year):
            leaving = [
                person
                for person in home.members
                if person in (husband, husband.spouse) or husband in person.parents
            ]
            leaving.sort(key=lambda person: (person is not husband, person is not husband.spouse))
            staying = [person for person in home.members if person not in leaving]
            if not any(person.age(middle) >= ADULT for person in staying):
                continue
            day = self.day(year)
            for person in leaving:
                self.book.leave(home, person, day, "split")
            self.book.enter(leaving, home.village, day, "split")

    def _mergers(self, year: int, middle: date, count: int) -> None:
        """An old person alone is taken in by a household of the same village."""
        alone = [
            (home, person)
            for home, person in self._pairs(year)
            if home.size == 1 and person.age(middle) >= 65 and not home.idle
        ]
        for home, person in self._each(alone, count, year):
            hosts = [
                other
                for other in self._quiet(year)
                if other.village == home.village and other is not home
                if 2 <= other.size < 6 and not other.idle
            ]
            for host in some(self.random, hosts, 1):
                day = self.day(year)
                self.book.leave(home, person, day, "merge")
                self.book.join(host, person, day, "merge")

    def _new_heads(self, year: int, middle: date, count: int) -> None:
        """An old head hands over to a grown child or its spouse."""
        heirs = [
            (home, person)
            for home, person in self._pairs(year)
            if home.head in person.parents and person.age(middle) >= 25
            if home.head.age(middle) >= 62 and not person.disabled
        ]
        for home, heir in self._each(heirs, count, year):
            self.book.change_head(home, heir, self.day(year))

    def _village_moves(self, year: int, middle: date, count: int) -> None:
        heads = [(home, home.head) for home in self._quiet(year)]
        for home, _ in self._each(heads, count, year):
            villages = [village for village in range(self.villages) if village != home.village]
            self.book.move(home, self.random.choice(villages), self.day(year))

    def _moves_out(self, year: int, middle: date, count: int) -> None:
        heads = [(home, home.head) for home in self._quiet(year) if not home.idle]
        for home, _ in self._each(heads, count, year):
            self.book.leave_all(home, self.day(year), "move_out")


def _is_single_child(home: Home, person: Person) -> bool:
    """Unmarried, and not the one on whom the household rests."""
    return person.spouse is None and not person.disabled and home.head in person.parents
