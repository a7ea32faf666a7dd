"""Which household has which class when: openings, monthly cases and December reviews.

A December decision holds from the day it was signed. The general review of 2021 gives the opening
under the standard of 2022, which holds from 01/01/2022; classes of 2016 end with their standard.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Protocol

from giamngheo_desktop.sample.book import YEARS, Book, ClassRow, Decision, Home
from giamngheo_desktop.sample.chance import count_of, some
from giamngheo_desktop.sample.decisions import DecisionBook
from giamngheo_desktop.sample.plan import Plan

OLD, NEW = "2016", "2022"
OLD_UNTIL, NEW_FROM = date(2021, 12, 31), date(2022, 1, 1)
OPENING_DAY = date(2020, 12, 31)
GENERAL_REVIEW = date(2021, 12, 20)
DECISION_DAYS = {
    2021: date(2021, 12, 15),
    2022: date(2022, 12, 12),
    2023: date(2023, 12, 13),
    2024: date(2024, 12, 11),
    2025: date(2025, 12, 10),
    2026: date(2026, 12, 9),
}
MONTHLY_DAYS = ((3, 30), (4, 29), (5, 30), (6, 30), (7, 30), (8, 29))

_REACHES = {"poor": "near_poor", "near_poor": "not_poor"}


@dataclass(frozen=True, slots=True)
class Rates:
    """Flows of one year: shares of the households of a class, and new cases of a whole commune."""

    poor_to_near: float
    poor_out: float
    near_out: float
    near_to_poor: float
    new_poor: float
    new_near: float
    again: float


_RATES_2021 = Rates(0.04, 0.05, 0.07, 0.01, 0.3, 1.5, 0.3)
_RATES = Rates(0.10, 0.07, 0.15, 0.025, 2.0, 3.5, 1.2)
# The general review: under the higher line more households are poor or near poor.
_STAYS_POOR, _NEAR_BECOMES_POOR, _NEAR_LEAVES = 0.82, 0.3, 0.07
_GENERAL_NEW_POOR, _GENERAL_NEW_NEAR = 12.0, 36.0
_AVERAGE_START, _AVERAGE_NEW, _AVERAGE_KEPT = 20.0, 2.5, 0.85
_MONTHLY_POOR, _MONTHLY_NEAR, _MONTHLY_LEAVING = 1.2, 0.8, 1.0
_CALM = 0.3  # fewer new cases within 2021, the last year of the old line


class Newcomers(Protocol):
    """Finds a household of a village that no review has seen yet."""

    def __call__(self, kind: str, day: date) -> Home: ...


class Course:
    """Writes the class records of all years into the book."""

    def __init__(
        self,
        random: Random,
        book: Book,
        plan: Plan,
        decisions: DecisionBook,
        newcomer: Newcomers,
    ) -> None:
        self.random = random
        self.book = book
        self.plan = plan
        self.decisions = decisions
        self.newcomer = newcomer
        self.average: list[Home] = []

    def open(self, homes: Sequence[tuple[Home, str]]) -> None:
        """The classes the books begin with, at the end of 2020."""
        for home, household_class in homes:
            self.book.recognise(
                home, ClassRow(OLD, YEARS[0], household_class, OPENING_DAY, source="opening")
            )

    def monthly(self, year: int) -> None:
        """Cases decided within the year."""
        standard = OLD if year == 2021 else NEW
        for kind, expected in (("poor", _MONTHLY_POOR), ("near_poor", _MONTHLY_NEAR)):
            for _ in range(self._count(expected * (_CALM if year == 2021 else 1))):
                decision = self._monthly_decision(year)
                day = decision.signed_on
                home = self.newcomer("poor", day.replace(day=20))
                self.book.recognise(home, self._row(standard, year, kind, day, decision))
                home.busy = year
        leaving = [
            home
            for home in self._of_class(standard, "poor", "near_poor")
            if home.busy < year and not home.idle
        ]
        for home in some(self.random, leaving, self._count(_MONTHLY_LEAVING)):
            decision = self._monthly_decision(year)
            now = home.class_in(standard)
            reached = _REACHES[now.household_class] if now else "not_poor"
            row = self._row(standard, year, reached, decision.signed_on, decision)
            self.book.recognise(home, row)

    def december(self, year: int) -> None:
        """The yearly review; in 2021 also the general review under the new standard."""
        rates = _RATES_2021 if year == 2021 else _RATES
        self._periodic(OLD if year == 2021 else NEW, year, rates)
        if year == 2021:
            self._general()

    def _periodic(self, standard: str, year: int, rates: Rates) -> None:
        day = DECISION_DAYS[year]
        poor, near = self._of_class(standard, "poor"), self._of_class(standard, "near_poor")
        former = self._of_class(standard, "not_poor")
        results: dict[Home, str] = {}
        # What a decision of this year settled stays until the next review.
        movable = [
            [home for home in homes if not self._settled(home, standard, year)]
            for homes in (poor, near, former)
        ]
        able = [home for home in movable[0] if not home.idle]
        out = self._draw(able, rates.poor_out * len(poor), results, "not_poor")
        self._draw(able, rates.poor_to_near * len(poor), results, "near_poor")
        out += self._draw(movable[1], rates.near_out * len(near), results, "not_poor")
        self._draw(movable[1], rates.near_to_poor * len(near), results, "poor")
        for kind in ("poor", "near_poor"):
            again = [home for home in movable[2] if home.was(kind) and home not in self.average]
            self._draw(again, rates.again * self.plan.scale, results, kind)
        for kind, expected in (("poor", rates.new_poor), ("near_poor", rates.new_near)):
            for _ in range(self._count(expected)):
                results[self.newcomer("poor", date(year, 9, 10))] = kind
        for home in (*poor, *near):
            now = home.class_in(standard)
            results.setdefault(home, now.household_class if now else "not_poor")
        recognised = self.decisions.take("recognised", day, year=year)
        left = self.decisions.take("left", day, year=year)
        for home, household_class in results.items():
            decision = left if household_class == "not_poor" else recognised
            row = self._row(standard, year, household_class, day, decision)
            self.book.recognise(home, row)
        self._review_split(standard, year, day, recognised)
        self._review_average(standard, year, day, out)

    def _review_split(self, standard: str, year: int, day: date, decision: Decision) -> None:
        """New households of the register are reviewed at the end of the year they split off."""
        for home in self.book.present():
            if home.split_off and not home.classes:
                reached = "near_poor" if self.random.random() < 0.5 else "not_poor"
                row = self._row(standard, year, reached, day, decision)
                row.note = self.decisions.words["class_new_household"]
                self.book.recognise(home, row)

    def _review_average(self, standard: str, year: int, day: date, out: list[Home]) -> None:
        """Average living is recognised on application and anew every year."""
        kept: list[Home] = []
        dropped: list[Home] = []
        for home in self.average:
            if home.left is None and not home.was_this_year(year, "poor", "near_poor"):
                (kept if self.random.random() < _AVERAGE_KEPT else dropped).append(home)
        kept += [home for home in out if home.left is None and self.random.random() < 0.3]
        for _ in range(self._count(_AVERAGE_NEW if self.average else _AVERAGE_START)):
            kept.append(self.newcomer("common", date(year, 9, 12)))
        self.average = kept
        decision = self.decisions.take("average", day, year=year)
        for homes, recognised in ((dropped, False), (kept, True)):
            for home in homes:
                if (now := home.class_in(standard)) and now.valid_from == day:
                    now.average_living, now.decision = recognised, decision
                    continue
                row = self._row(standard, year, "not_poor", day, decision)
                row.average_living = recognised
                self.book.recognise(home, row)

    def _general(self) -> None:
        """Tổng rà soát at the end of 2021: every household on a list is classed anew."""
        results: dict[Home, str] = {}
        for home in self._of_class(OLD, "poor"):
            stays = home.idle or self.random.random() < _STAYS_POOR
            results[home] = "poor" if stays else "near_poor"
        for home in self._of_class(OLD, "near_poor"):
            drawn = self.random.random()
            results[home] = "poor" if drawn < _NEAR_BECOMES_POOR else "near_poor"
            if drawn > 1 - _NEAR_LEAVES:
                results[home] = "not_poor"
        for kind, expected in (("poor", _GENERAL_NEW_POOR), ("near_poor", _GENERAL_NEW_NEAR)):
            for _ in range(self._count(expected)):
                results[self.newcomer("poor", date(2021, 9, 20))] = kind
        for home in self._of_class(OLD, "not_poor"):
            results[home] = "not_poor"
        decision = self.decisions.take("general", GENERAL_REVIEW, year=2021)
        for home, household_class in results.items():
            row = self._row(NEW, 2021, household_class, NEW_FROM, decision)
            row.average_living = home in self.average
            self.book.recognise(home, row)
        for home in self.book.homes:
            for row in home.classes:
                if row.standard == OLD and row.valid_to is None:
                    row.valid_to = OLD_UNTIL

    def arrive(self, home: Home, day: date, household_class: str) -> None:
        """A household moves in with the class another commune gave it at the end of last year."""
        elsewhere = self.random.choice(self.decisions.elsewhere)
        decision = self.decisions.of_other_commune(elsewhere, date(day.year - 1, 12, 14))
        standard = OLD if day.year == 2021 else NEW
        row = self._row(standard, day.year - 1, household_class, day, decision)
        row.note = self.decisions.words["class_elsewhere"].format(commune=elsewhere)
        row.recorded = day.year
        self.book.recognise(home, row)

    def _row(
        self, standard: str, year: int, household_class: str, day: date, decision: Decision
    ) -> ClassRow:
        return ClassRow(standard, year, household_class, day, decision=decision)

    def _count(self, expected: float) -> int:
        return count_of(self.random, expected * self.plan.scale)

    def _monthly_decision(self, year: int) -> Decision:
        month, day = self.random.choice(MONTHLY_DAYS)
        return self.decisions.take("monthly", date(year, month, day), year=year, month=month)

    def _of_class(self, standard: str, *classes: str) -> list[Home]:
        found = []
        for home in self.book.present():
            now = home.class_in(standard) if home.classes else None
            if now is not None and now.household_class in classes:
                found.append(home)
        return found

    def _settled(self, home: Home, standard: str, year: int) -> bool:
        now = home.class_in(standard)
        return now is not None and now.review_year == year

    def _draw(
        self, homes: Sequence[Home], expected: float, results: dict[Home, str], reached: str
    ) -> list[Home]:
        free = [home for home in homes if home not in results]
        drawn = some(self.random, free, count_of(self.random, expected))
        results.update(dict.fromkeys(drawn, reached))
        return drawn
