"""From the decisions of a year to its movement: who entered and left a list, one after the other.

The yearly table compares two ends; the monthly reports count every decision. The passages of a
household lead from one end to the other, so that opening + entries − exits = closing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from giamngheo_desktop.domain.standard import HouseholdClass


class By(StrEnum):
    """What brought a household onto a list or off it."""

    IN_YEAR = "in_year"  # a decision of the review of a month
    PERIODIC = "periodic"  # the review at the year's end
    OTHER = "other"  # came, left, died, moved between units


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a decision made of a household, and on which day."""

    household_class: HouseholdClass
    day: date
    by: By = By.IN_YEAR
    number: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A household enters a list, or leaves it; `ruling` None where no decision says so."""

    entered: bool
    by: By
    ruling: Ruling | None = None


def passages(
    table: HouseholdClass, *, opened: bool, closed: bool, rulings: Iterable[Ruling]
) -> Iterator[Passage]:
    """From standing on a list at the opening (or not) to the closing, by every change between."""
    listed = opened
    for ruling in rulings:
        if (ruling.household_class is table) != listed:
            listed = not listed
            yield Passage(listed, ruling.by, ruling)
    if listed != closed:
        yield Passage(closed, By.OTHER)


@dataclass(slots=True)
class Count:
    """How many entered and left."""

    entered: int = 0
    left: int = 0

    def add(self, passage: Passage) -> None:
        self.entered += passage.entered
        self.left += not passage.entered


@dataclass(slots=True)
class Bridge:
    """Households of one list: opening + all that entered − all that left = closing."""

    opening: int
    months: dict[int, Count]  # of the decisions in the year
    periodic: Count
    other: Count
    closing: int

    @classmethod
    def empty(cls) -> Bridge:
        return cls(0, {}, Count(), Count(), 0)

    @property
    def in_year(self) -> Count:
        counts = self.months.values()
        return Count(sum(one.entered for one in counts), sum(one.left for one in counts))

    def add(self, *, opened: bool, closed: bool, found: Iterable[Passage]) -> None:
        self.opening += opened
        self.closing += closed
        for passage in found:
            count = self.other
            if passage.by is By.PERIODIC:
                count = self.periodic
            elif passage.by is By.IN_YEAR and passage.ruling is not None:
                count = self.months.setdefault(passage.ruling.day.month, Count())
            count.add(passage)
