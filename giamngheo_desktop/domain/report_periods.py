"""The periods that reports of a year are about: M01 … M12, Q1 … Q4, H1, H2, 9M, Y, ONCE."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum


class PeriodType(StrEnum):
    """How often a report comes; the values are those of `lists/report_period_types`."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"  # 6 tháng: of the first half alone
    NINE_MONTHS = "nine_months"
    YEAR = "year"
    ONCE = "once"


_MONTHS = tuple(f"M{month:02}" for month in range(1, 13))
_QUARTERS = ("Q1", "Q2", "Q3", "Q4")
CODES: dict[PeriodType, tuple[str, ...]] = {
    PeriodType.MONTH: _MONTHS,
    PeriodType.QUARTER: _QUARTERS,
    PeriodType.HALF: ("H1",),
    PeriodType.NINE_MONTHS: ("9M",),
    PeriodType.YEAR: ("Y",),
    PeriodType.ONCE: ("ONCE",),
}
ALL = tuple(code for codes in CODES.values() for code in codes)
_LAST_MONTHS = {
    **{code: month for month, code in enumerate(_MONTHS, 1)},
    **{code: 3 * quarter for quarter, code in enumerate(_QUARTERS, 1)},
    "H1": 6,
    "9M": 9,
    "Y": 12,
    "ONCE": 12,
}


def last_month(code: str) -> int:
    """The month a period ends with; KeyError for an unknown code."""
    return _LAST_MONTHS[code]


def first_month(code: str) -> int:
    last = last_month(code)
    if code in _MONTHS:
        return last
    return last - 2 if code in _QUARTERS else 1


def before(code: str) -> str:
    """The month or quarter before one of the same year; empty where there is none."""
    for codes in (_MONTHS, _QUARTERS):
        if code in codes[1:]:
            return codes[codes.index(code) - 1]
    return ""


def span(code: str, year: int) -> tuple[date, date]:
    """The first and the last day of a period."""
    return date(year, first_month(code), 1), month_end(year, last_month(code))


def month_end(year: int, month: int) -> date:
    after = date(year + month // 12, month % 12 + 1, 1)
    return after - timedelta(days=1)
