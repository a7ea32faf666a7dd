"""The last survey of every household: fills the columns that are not dated.

Such columns hold one value, so they are taken as of the autumn of the last year; of those who left
before, as of the autumn before they left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from random import Random

from giamngheo_desktop.sample.book import YEARS, Book, Home, Stay
from giamngheo_desktop.sample.chance import day_between
from giamngheo_desktop.sample.houses import house_columns, residence_columns, review_columns
from giamngheo_desktop.sample.material import Commune, Village
from giamngheo_desktop.sample.members import Members
from giamngheo_desktop.sample.needs import deprive
from giamngheo_desktop.sample.people import Fact, Person

_AUTUMN = ((9, 13), (10, 30))
_NURSED_UNTIL = 3  # years of age of the youngest child


class Survey:
    """Visits all households of the book once."""

    def __init__(
        self, random: Random, members: Members, commune: Commune, villages: tuple[Village, ...]
    ) -> None:
        self.random = random
        self.members = members
        self.commune = commune
        self.villages = villages
        self._started: dict[Person, date] = {}
        self._certificates = 0

    def visit(self, book: Book) -> None:
        for home in book.homes:
            for stay in home.stays:
                first = self._started.get(stay.person, stay.valid_from)
                self._started[stay.person] = min(first, stay.valid_from)
        # Who moved on is described where he lives now.
        for home in sorted(book.homes, key=lambda home: home.left is not None):
            self._visit_home(home)
        for home in book.homes:
            self._remember(home.stays)
        self._number(book.homes)

    def _day(self, home: Home) -> date:
        last = YEARS[-1] if home.left is None else home.left.year - 1
        (first_month, first_day), (last_month, last_day) = _AUTUMN
        day = day_between(
            self.random, date(last, first_month, first_day), date(last, last_month, last_day)
        )
        return max(day, home.entered)

    def _visit_home(self, home: Home) -> None:
        day = self._day(home)
        household_class = home.classes[-1].household_class if home.classes else "not_poor"
        residents = home.residents
        for person in residents:
            self._describe(person, day, household_class != "not_poor", home.idle)
        home.lacks = lacks = deprive(self.random, home, day, household_class)
        village = home.places[-1].village
        home.values |= house_columns(self.random, len(residents), lacks)
        home.values |= review_columns(self.random, home, household_class, lacks)
        surveyor = self.commune.surveyors[village % len(self.commune.surveyors)]
        home.values |= residence_columns(
            self.random, self.commune.words, self.villages[village].name, surveyor, day
        )
        home.values["quick_screen_by"] = surveyor if home.values["quick_screen"] else None
        home.values["certificate_number"] = self._certificate(home, household_class)
        home.facts.append(Fact("residence", "permanent", home.entered))
        if home.idle:
            start = home.classes[0].valid_from if home.classes else home.entered
            home.facts.append(Fact("no_labour_capacity", "yes", start))
            if household_class == "poor":
                home.facts.append(Fact("social_protection", "yes", start))
        self._nursing(residents, day)

    def _describe(self, person: Person, day: date, poor: bool, idle: bool) -> None:
        if not person.values:
            since = self._started[person]
            self.members.describe(person, max(day, since), poor=poor, idle=idle, since=since)

    def _nursing(self, residents: Sequence[Person], day: date) -> None:
        """Mothers of small children, from the birth on."""
        for child in residents:
            mother = child.mother
            if mother is not None and mother in residents and child.age(day) < _NURSED_UNTIL:
                if any(fact.code == "pregnant_or_nursing" for fact in mother.facts):
                    continue
                start = max(child.born, self._started[mother])
                mother.facts.append(Fact("pregnant_or_nursing", "nursing", start))

    def _remember(self, stays: Iterable[Stay]) -> None:
        """Those who died or went away while their household stayed."""
        for stay in stays:
            end = stay.valid_to or date(YEARS[-1], 12, 31)
            autumn = date(end.year - 1, 10, 1)
            self._describe(stay.person, min(max(autumn, stay.valid_from), end), False, False)

    def _certificate(self, home: Home, household_class: str) -> str | None:
        if home.left is not None or household_class == "not_poor":
            return None
        self._certificates += 1
        return self.commune.words["certificate_number"].format(number=self._certificates)

    def _number(self, homes: Iterable[Home]) -> None:
        """Running numbers of the village lists; the code also names the village."""
        last = [0] * len(self.villages)
        for home in homes:
            village = home.places[0].village
            last[village] += 1
            home.values["list_number"] = last[village]
            home.values["code"] = f"{village + 1:02d}-{last[village]:04d}"
