"""What the villages of a commune shall reach in a year: its number spread over them, and where
each of them ends.

Numbers are households. What nobody typed of those that come back or fall is nothing expected; a
village without a fall of its own has no end.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar
from uuid import UUID

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.rates import Rate, rate

Key = TypeVar("Key", bound=Hashable)
EXPECTED = "expected_households"  # as typed
AT_END = "households_at_end"  # the same, or those the year begins with where nobody typed any
POOR, NEAR_POOR = "poor", "near_poor"
# The columns typed for a village.
COLUMNS = (
    "poor_decrease", "poor_to_near_poor", "poor_again", "poor_new",
    "near_poor_decrease", "near_poor_again", "near_poor_new", EXPECTED,
)  # fmt: skip
# How a list becomes smaller: the column that takes away, and those that bring somebody back to it.
NETS = {
    f"{POOR}_net": ("poor_decrease", ("poor_again", "poor_new")),
    f"{NEAR_POOR}_net": (
        "near_poor_decrease",
        ("near_poor_again", "near_poor_new", "poor_to_near_poor"),
    ),
}
# The same columns where nobody expecting anything is nought: what forecasts are made of.
BACK = {f"{column}_or_none": column for _, back in NETS.values() for column in back}


class Way(StrEnum):
    """How the number of a commune comes to its villages."""

    TYPED = "typed"
    PROPORTIONAL = "proportional"
    NAMED = "named"  # by the households registered to leave


class Denominators(StrEnum):
    """Of which households the rate at the end is."""

    OPENING = "opening"  # đầu kỳ
    EXPECTED = "expected"  # dự kiến


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """One list from the start of the year to its end; None: not known, or nobody typed it."""

    start: int | None
    fall: int | None
    again: int | None = None
    new: int | None = None
    gained: int | None = None  # hộ cận nghèo that were poor

    @property
    def net(self) -> int | None:
        """By how many the list becomes smaller."""
        if self.fall is None:
            return None
        return self.fall - (self.again or 0) - (self.new or 0) - (self.gained or 0)

    @property
    def end(self) -> int | None:
        return None if self.start is None or self.net is None else self.start - self.net


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A list with its rates; the fall of the rate is exact, papers round what they print."""

    forecast: Forecast
    opening: Rate
    closing: Rate

    @property
    def points(self) -> Fraction | None:
        """By how many percentage points the rate falls."""
        first, last = share(self.opening), share(self.closing)
        return None if first is None or last is None else 100 * (first - last)


def course(
    forecast: Forecast,
    households: int | None,
    expected: int | None,
    denominators: Denominators,
) -> Course:
    """Of a village or a whole: a total is made of totals, no rate is an average of rates."""
    last = households if denominators is Denominators.OPENING else expected
    return Course(
        forecast=forecast,
        opening=rate(forecast.start, households),
        closing=rate(forecast.end, last),
    )


def share(found: Rate) -> Fraction | None:
    """The fraction of a rate that is known."""
    if found.percent is None or found.numerator is None or found.denominator is None:
        return None
    return Fraction(found.numerator, found.denominator)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A household of a list that registered to leave it; `expected` is a code of
    `lists/expected_classes`.
    """

    household: UUID
    head: str
    village: UUID | None  # None: one of several after a split
    listed: str  # poor near_poor
    expected: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationRow:
    """A village, or a unit below the one asked for; `unit` None is what belongs to no certain one.

    `typed` has `COLUMNS` as they stand in the plan. `households` are those that the year begins
    with: rates of the start divide by them. `expected` are those of the end, the same where
    nobody expects others.
    """

    unit: UUID | None
    name: str
    households: int | None
    expected: int | None
    persons: int | None
    poor_persons: int | None
    near_poor_persons: int | None
    typed: Mapping[str, int | None]
    poor: Course
    near_poor: Course
    registered: tuple[Registered, ...] = ()

    def course(self, listed: str) -> Course:
        return self.poor if listed == POOR else self.near_poor


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationTable:
    """The rows in paper order with their total. `plan` is the version it speaks of, None: the
    year has none; one that `stands` is issued and not typed into. `base_year` is the year whose
    households the rates of the start are of: the one before, where these are known.
    """

    unit: UUID | None
    year: int
    plan: UUID | None
    stands: bool
    denominators: Denominators
    base_year: int
    level: Level
    rows: tuple[AllocationRow, ...]
    total: AllocationRow


def spread(total: int, weights: Mapping[Key, int]) -> dict[Key, int]:
    """`total` in proportion to the weights, by the largest remainder: the sum is exact, nobody
    gets more than his weight. Of equal remainders the larger weight goes first, then the order.

    ValueError where the total is below nought, or more than all there is.
    """
    whole = sum(weights.values())
    if not 0 <= total <= whole or any(weight < 0 for weight in weights.values()):
        raise ValueError(total)
    if not whole:
        return dict.fromkeys(weights, 0)
    found = {key: total * weight // whole for key, weight in weights.items()}
    left = total - sum(found.values())
    order = sorted(weights, key=lambda key: (-(total * weights[key] % whole), -weights[key]))
    for key in order[:left]:
        found[key] += 1
    return found


def grown(households: int, growth: int) -> int:
    """The households expected where they grow by `growth` hundredths of a percent, half up."""
    return (2 * households * (10_000 + growth) + 10_000) // 20_000


def growth(households: int | None, expected: int | None) -> Fraction | None:
    """By how many percent the households grow."""
    if not households or expected is None:
        return None
    return Fraction(100 * (expected - households), households)
