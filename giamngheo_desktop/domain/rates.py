"""The one way to make a percentage: exact division, two places, rounded half up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class RateGap(StrEnum):
    """Why a rate isn't printed; `texts.MISSING` has the sentence."""

    NO_NUMERATOR = "no_numerator"
    NO_DENOMINATOR = "no_denominator"
    ZERO_DENOMINATOR = "zero_denominator"
    SMALL_DENOMINATOR = "small_denominator"  # smaller than its numerator: one of them is wrong


@dataclass(frozen=True, slots=True)
class Rate:
    """A fraction with its percentage; exactly one of `percent` and `gap` is set.

    Comparisons with targets use numerator and denominator, papers print `percent`.
    """

    numerator: int | None
    denominator: int | None
    percent: Decimal | None = None
    gap: RateGap | None = None


def rate(numerator: int | None, denominator: int | None) -> Rate:
    """`numerator / denominator * 100` to two places, half away from zero (1/32 is 3.13)."""
    if numerator is None:
        return Rate(numerator, denominator, gap=RateGap.NO_NUMERATOR)
    if denominator is None:
        return Rate(numerator, denominator, gap=RateGap.NO_DENOMINATOR)
    if denominator < 0:
        raise ValueError(denominator)
    if denominator < abs(numerator):
        return Rate(numerator, denominator, gap=RateGap.SMALL_DENOMINATOR)
    if denominator == 0:
        return Rate(numerator, denominator, gap=RateGap.ZERO_DENOMINATOR)
    # A decrease may be negative: a village whose poor households became more.
    return Rate(numerator, denominator, percent=percent_of(numerator, denominator))


def percent_of(numerator: int, denominator: int) -> Decimal:
    """The percentage of a fraction that may be more than the whole; the denominator is above 0."""
    hundredths = (2 * abs(numerator) * 10_000 + denominator) // (2 * denominator)
    return Decimal(hundredths if numerator >= 0 else -hundredths).scaleb(-2)
