"""Days in cells of foreign lists: true days, serial numbers, texts in every manner.

Nothing is guessed: what may be two days gives both, unless the rest of the column decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from giamngheo_desktop.domain.cell_reading import NOTHING, Read, Reading
from giamngheo_desktop.domain.dates import format_partial_date, parse_partial_date
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.sheet_table import Cell, text_of
from giamngheo_desktop.domain.vietnamese import lower

DAY_FIRST, MONTH_FIRST = "day_first", "month_first"

_ZERO = date(1899, 12, 30)  # day 0 of Excel after February 1900
_OLDEST = 1870  # births of a list
_THREE = re.compile(r"([0-9]{1,2}) ?[-/. ] ?([0-9]{1,2}) ?[-/. ] ?([0-9]{2}|[0-9]{4})")
_TWO = re.compile(r"([0-9]{1,2}) ?[-/. ] ?([0-9]{1,2})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ][0-9:.]*)?")
_WORDS = re.compile(
    r"(?:(?:ngày )?([0-9]{1,2}) )?(?:tháng ([0-9]{1,2}) )?(?:năm )?([0-9]{4})", re.IGNORECASE
)
_DOUBT = re.compile(r"\s*\(?\s*\?+\s*\)?\s*$")
_NONE = frozenset({"-", "–", "—", "...", "…", "không rõ", "không nhớ", "chưa rõ", "k rõ", "ko rõ"})


@dataclass(frozen=True, slots=True)
class DateColumn:
    """What the whole column says: the order of its texts, and whether Excel may have taken day
    and month of its true days the other way round.
    """

    order: str = ""
    swapped: bool = False


def date_column(heading: str, cells: Iterable[Cell]) -> DateColumn:
    plain = lower(heading).replace(" ", "")
    if any(sign.join(parts) in plain for sign in "/-." for parts in _HEADED):
        return DateColumn(DAY_FIRST)
    firsts, seconds, days = [], [], []
    for cell in cells:
        if isinstance(cell, date):
            days.append(cell.day)
        elif isinstance(cell, str) and (found := _THREE.fullmatch(text_of(cell))):
            firsts.append(int(found[1]))
            seconds.append(int(found[2]))
    day_first, month_first = max(firsts, default=0) > 12, max(seconds, default=0) > 12
    order = DAY_FIRST if day_first and not month_first else ""
    order = MONTH_FIRST if month_first and not day_first else order
    return DateColumn(order, swapped=day_first and bool(days) and max(days) <= 12)


_HEADED = (("dd", "mm", "yyyy"), ("ngày", "tháng", "năm"), ("dd", "mm", "yy"))


def read_birth(cell: Cell, column: DateColumn, today: date, *, only_month: bool = False) -> Read:
    """A birth, as much of it as is written. `only_month`: the cell shows month and year only."""
    match cell:
        case bool():
            return Read(finding="date_unreadable")
        case date():
            if only_month:
                return Read(PartialDate(cell.year, cell.month), "month_shown", mended=True)
            return _true_day(cell, column, today)
        case float() if not cell.is_integer():
            return _number(int(cell), column, today)
        case int() | float():
            return _number(int(cell), column, today)
        case str():
            return _text(text_of(cell), column, today)
    return NOTHING


def read_day(cell: Cell, column: DateColumn, today: date) -> Read:
    """A whole day, of a decision."""
    found = read_birth(cell, column, today)
    kept = [
        Reading(each.value.earliest, each.text)
        for each in found.readings
        if isinstance(each.value, PartialDate) and each.value.is_full
    ]
    if len(kept) > 1:
        return Read(readings=tuple(kept))
    if isinstance(found.value, PartialDate):
        if not found.value.is_full:
            return Read(finding="date_incomplete")
        return Read(found.value.earliest, found.finding, found.mended)
    if kept:
        return Read(kept[0].value)
    return Read(finding=found.finding)


def _true_day(day: date, column: DateColumn, today: date) -> Read:
    serial = (day - _ZERO).days
    full = PartialDate(day.year, day.month, day.day)
    if _OLDEST <= serial <= today.year and day.year < 1906:
        return _several([PartialDate(serial), full])  # a year that was formatted as a day
    if day > today:
        return Read(finding="date_future")
    if day.year < _OLDEST:
        return Read(finding="date_impossible")
    if column.swapped and day.day <= 12 and day.day != day.month:
        return _several([full, PartialDate(day.year, day.day, day.month)])
    return Read(full)


def _number(number: int, column: DateColumn, today: date) -> Read:
    if number == 0:
        return NOTHING
    if _OLDEST <= number <= today.year:
        return Read(PartialDate(number))
    if 2 * today.year < number <= (today - _ZERO).days:
        day = _ZERO + timedelta(days=number)
        return Read(PartialDate(day.year, day.month, day.day), "date_serial", mended=True)
    return _text(str(number), column, today)


def _text(text: str, column: DateColumn, today: date) -> Read:
    if not text or lower(text) in _NONE:
        return NOTHING
    doubted = _DOUBT.search(text)
    if doubted:
        found = _text(text[: doubted.start()], column, today)
        if not isinstance(found.value, PartialDate):
            return found if found.readings or found.finding else Read(finding="date_unreadable")
        return Read(readings=(*_readings([found.value]), Reading(None, "?")))
    if found_iso := _ISO.fullmatch(text):
        year, month, day = map(int, found_iso.groups())
        return _checked(year, month, day, today)
    if found_words := _WORDS.fullmatch(text):
        day_text, month_text, year_text = found_words.groups()
        if month_text or not day_text:
            return _checked(
                int(year_text),
                int(month_text) if month_text else None,
                int(day_text) if day_text else None,
                today,
            )
    if found_three := _THREE.fullmatch(text):
        return _three(*found_three.groups(), column=column, today=today)
    if found_two := _TWO.fullmatch(text):
        return _two(int(found_two[1]), int(found_two[2]), today)
    if len(text) == 8 and text.isdigit():
        return _compact(text, today)
    try:
        found_date = parse_partial_date(text)
    except ValueError as error:
        impossible = error.args[0] in ("no_such_day", "no_such_month", "year_out_of_range")
        return Read(finding="date_impossible" if impossible else "date_unreadable")
    return _checked(found_date.year, found_date.month, found_date.day, today)


def _three(first: str, second: str, year: str, *, column: DateColumn, today: date) -> Read:
    """day/month/year or month/day/year, the year with two digits or four."""
    orders = {DAY_FIRST: [(second, first)], MONTH_FIRST: [(first, second)]}.get(
        column.order, [(second, first), (first, second)]
    )
    years = [int(year)] if len(year) == 4 else [2000 + int(year), 1900 + int(year)]
    found = _possible(years, orders, today)
    mended = "" if len(year) == 4 else "year_short"
    if not found and column.order:
        found = _possible(years, [(first, second), (second, first)], today)
        mended = "month_first"
    elif len(found) == 1 and not column.order and int(second) > 12:
        mended = "month_first"
    if len(found) > 1:
        return _several(found)
    if found:
        return Read(found[0], mended, mended=bool(mended))
    late = [each for each in years if each > today.year]
    return Read(finding="date_future" if len(late) == len(years) else "date_impossible")


def _possible(years: list[int], orders: list[tuple[str, str]], today: date) -> list[PartialDate]:
    found: list[PartialDate] = []
    for each in years:
        for month, day in orders:
            read = _checked(each, int(month), int(day), today)
            if isinstance(read.value, PartialDate) and read.value not in found:
                found.append(read.value)
    return found


def _two(first: int, second: int, today: date) -> Read:
    """`03/04`: a day without its year, or a month and the last digits of the year."""
    found: list[Reading] = []
    for day, month in dict.fromkeys(((first, second), (second, first))):
        if 1 <= month <= 12 and 1 <= day <= 31:
            found.append(Reading(None, f"{day:02d}/{month:02d}/?"))
    for year in (2000 + second, 1900 + second):
        read = _checked(year, first, None, today)
        if isinstance(read.value, PartialDate):
            found += _readings([read.value])
    return Read(readings=tuple(found)) if found else Read(finding="date_impossible")


def _compact(text: str, today: date) -> Read:
    """Eight digits: year first or day first."""
    found = [
        (code, read.value)
        for code, read in (
            ("", _checked(int(text[4:]), int(text[2:4]), int(text[:2]), today)),
            ("date_compact", _checked(int(text[:4]), int(text[4:6]), int(text[6:]), today)),
        )
        if isinstance(read.value, PartialDate)
    ]
    if len(found) > 1:
        return _several([value for _, value in found])
    if not found:
        return Read(finding="date_impossible")
    code, value = found[0]
    return Read(value, code, mended=bool(code))


def _checked(year: int, month: int | None, day: int | None, today: date) -> Read:
    try:
        found = PartialDate(year, month, day)
    except ValueError:
        return Read(finding="date_impossible")
    if found.earliest > today:
        return Read(finding="date_future")
    return Read(found) if year >= _OLDEST else Read(finding="date_impossible")


def _several(found: list[PartialDate]) -> Read:
    return Read(readings=_readings(found))


def _readings(found: list[PartialDate]) -> tuple[Reading, ...]:
    return tuple(Reading(each, format_partial_date(each)) for each in found)
