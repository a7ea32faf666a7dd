"""The real income of a household over 12 months, and the bands of the law it falls into.

Only for hộ nông, lâm, ngư, diêm nghiệp có mức sống trung bình and người lao động có thu nhập
thấp; the poverty review goes by points. Compared exactly, rounded only for print.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.standard import AreaType, PovertyStandard

FARM = frozenset({"agriculture", "forestry", "fishery", "salt"})
NOT_COUNTED = frozenset({"state_allowance"})  # trợ cấp, trợ giúp xã hội từ ngân sách nhà nước
MONTHS = 12


@dataclass(frozen=True, slots=True)
class IncomeSource:
    """One source over the 12 months before the review, in đồng; None: not known."""

    source: str  # a code of the list `income_sources`
    revenue: int | None
    cost: int | None
    note: str | None = None


class Band(StrEnum):
    """Where an income lies: up to the poverty line, in the average band, above it."""

    UP_TO_LINE = "up_to_line"
    AVERAGE = "average"
    ABOVE = "above"


def income_per_person(sources: Iterable[IncomeSource], members: int) -> Fraction | None:
    """(Σ revenue - Σ cost) / members / 12; None where an amount is unknown or nothing was typed,
    the household has no members, or the sum is negative: such papers are asked about again.
    """
    counted = [item for item in sources if item.source not in NOT_COUNTED]
    amounts = [amount for item in counted for amount in (item.revenue, item.cost)]
    if not counted or members <= 0 or any(amount is None or amount < 0 for amount in amounts):
        return None
    total = sum((item.revenue or 0) - (item.cost or 0) for item in counted)
    return Fraction(total, members * MONTHS) if total >= 0 else None


def band(standard: PovertyStandard, area_type: AreaType, income: Fraction) -> Band:
    """Raises AppError `average_line_missing` where the standard's upper bound is not known."""
    lines = standard.lines[area_type]
    upper = lines.average_line.value
    if upper is None:
        raise AppError("average_line_missing", standard=standard.label)
    lower = (lines.upper_line or lines.income_line).value
    assert lower is not None  # the loader refuses such a file
    if income <= lower:
        return Band.UP_TO_LINE
    return Band.AVERAGE if income <= upper else Band.ABOVE


def is_low_income(standard: PovertyStandard, area_type: AreaType, income: Fraction) -> bool:
    """Whether it is that of a low-income worker, who belongs to no poor or near-poor household.

    Raises AppError `low_income_line_missing` under a standard that names no such line.
    """
    line = standard.lines[area_type].low_income_line
    if line is None or line.value is None:
        raise AppError("low_income_line_missing", standard=standard.label)
    return income <= line.value


def printed(income: Fraction) -> int:
    """Whole đồng for papers and screens, half up."""
    return int(income + Fraction(1, 2))
