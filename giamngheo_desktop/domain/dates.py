"""How dates are typed and written in Vietnamese: day, month, year – never the other way round.

Parsers raise ValueError(code); `texts.PARSE_ERRORS` has the sentence of each code.
"""

from __future__ import annotations

import re
from datetime import date

from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.vietnamese import clean

EARLIEST_YEAR, LATEST_YEAR = 1850, 2150  # outside, it is a slip of the finger

_SEPARATED = re.compile(r"[0-9]+(?: ?[-/. ] ?[0-9]+){0,2}")
_FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)} | {
    ord("／"): "/",
    ord("．"): ".",
    ord("－"): "-",
}


def parse_partial_date(text: str) -> PartialDate:
    """5/3/1987, 5-3-1987, 5.3.1987, 05031987, 3/1987, 031987, 1987; also year first (1987-03-05).

    Codes: empty, date_format, two_digit_year, year_out_of_range, no_such_month, no_such_day.
    """
    return _checked(*_split(text))


def parse_date(text: str) -> date:
    """A full date; codes as for parse_partial_date, and date_incomplete."""
    found = parse_partial_date(text)
    if not found.is_full:
        raise ValueError("date_incomplete")
    return found.earliest


def ambiguous_readings(text: str) -> tuple[date, ...]:
    """Every day the text may mean, day/month before month/day; two where it is ambiguous.

    For cells of foreign workbooks, where the order is not known: 03/05/2025 gives 3 May and
    5 March, 25/12/2025 one day, 12/25/2025 one day (read month first), nonsense none.
    """
    try:
        year, month, day = _split(text)
    except ValueError:
        return ()
    year_first = re.match("[0-9]{4}[^0-9]", clean(text)) is not None
    readings = [(month, day)] if year_first else [(month, day), (day, month)]
    found: list[date] = []
    for reading in readings:
        try:
            partial = _checked(year, *reading)
        except ValueError:
            continue
        if partial.is_full and partial.earliest not in found:
            found.append(partial.earliest)
    return tuple(found)


def format_date(value: date) -> str:
    """05/03/1987"""
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"


def format_partial_date(value: PartialDate) -> str:
    """05/03/1987, 03/1987 or 1987"""
    parts = [f"{part:02d}/" for part in (value.day, value.month) if part is not None]
    return f"{''.join(parts)}{value.year:04d}"


def document_date(value: date) -> str:
    """ngày 05 tháng 01 năm 2026, ngày 05 tháng 3 năm 2026.

    A zero stands before days under 10 and before months 1 and 2 only (NĐ 30/2020/NĐ-CP, Annex I).
    """
    month = f"{value.month:02d}" if value.month < 3 else f"{value.month}"
    return f"ngày {value.day:02d} tháng {month} năm {value.year}"


def _split(text: str) -> tuple[int, int | None, int | None]:
    """Year, month and day as written, not yet looked up in the calendar."""
    plain = clean(text).translate(_FULL_WIDTH)
    if not plain:
        raise ValueError("empty")
    if not _SEPARATED.fullmatch(plain):
        raise ValueError("date_format")
    numbers = re.findall("[0-9]+", plain)
    if len(numbers) == 1:
        numbers = _cut(numbers[0])
    elif len(numbers[0]) == 4:
        numbers.reverse()
    *before, year = numbers
    if len(year) <= 2:
        raise ValueError("two_digit_year")
    if len(year) != 4 or any(len(number) > 2 for number in before):
        raise ValueError("date_format")
    day, month = [None] * (2 - len(before)) + [int(number) for number in before]
    return int(year), month, day


def _cut(digits: str) -> list[str]:
    """The parts of a date typed without separators."""
    match len(digits):
        case 1 | 2 | 4:
            return [digits]
        case 6 if not EARLIEST_YEAR <= int(digits[2:]) <= LATEST_YEAR:
            raise ValueError("two_digit_year")  # 050387 for 5/3/87
        case 6:
            return [digits[:2], digits[2:]]
        case 8:
            return [digits[:2], digits[2:4], digits[4:]]
    raise ValueError("date_format")


def _checked(year: int, month: int | None, day: int | None) -> PartialDate:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise ValueError("year_out_of_range")
    if month is not None and not 1 <= month <= 12:
        raise ValueError("no_such_month")
    if day == 0:
        raise ValueError("no_such_day")
    try:
        return PartialDate(year, month, day)
    except ValueError as error:
        raise ValueError("no_such_day") from error
