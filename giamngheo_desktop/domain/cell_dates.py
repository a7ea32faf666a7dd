"""Days in cells of foreign lists: true days, serial numbers, texts in every manner.

Nothing is guessed: what may be two days gives both, unless the rest of the column decides. That a
day has not come yet is no reason to read it month first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
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
    and month of its true days the other way round. `recent`: a year of two digits is of the last
    hundred years, as on a paper.
    """

    order: str = ""
    swapped: bool = False
    recent: bool = False


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
    found = read_birth(cell, replace(column, recent=True), today)
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
        other = _checked(day.year, day.day, day.month, today).value
        return _several([full, other]) if isinstance(other, PartialDate) else Read(full)
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
    """day/month/year or month/day/year, the year with two digits or four. It is read month first
    only where the whole column is, or where it is no day of the calendar else.
    """
    years, short = _years(year, column, today), len(year) == 2
    by_day, by_month = (
        [_checked(each, month, day, today) for each in years]
        for month, day in ((int(second), int(first)), (int(first), int(second)))
    )
    usual, other = (by_month, by_day) if column.order == MONTH_FIRST else (by_day, by_month)
    found, others = _days(usual), _days(other)
    if not found and any(one.finding == "date_future" for one in usual):
        return Read(finding="date_future")
    if found and not column.order:
        found = list(dict.fromkeys([*found, *others]))
    is_flipped = not found or column.order == MONTH_FIRST
    found = found or others
    if len(found) > 1:
        return _several(found)
    if found:
        mended = "month_first" if is_flipped else "year_short" if short else ""
        return Read(found[0], mended, mended=bool(mended))
    return Read(finding="date_impossible")


def _years(year: str, column: DateColumn, today: date) -> list[int]:
    if len(year) == 4:
        return [int(year)]
    found = [2000 + int(year), 1900 + int(year)]
    return [each for each in found if each <= today.year][:1] if column.recent else found


def _days(read: Iterable[Read]) -> list[PartialDate]:
    return [one.value for one in read if isinstance(one.value, PartialDate)]


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
    read = {
        "": _checked(int(text[4:]), int(text[2:4]), int(text[:2]), today),
        "date_compact": _checked(int(text[:4]), int(text[4:6]), int(text[6:]), today),
    }
    found = [(code, one.value) for code, one in read.items() if isinstance(one.value, PartialDate)]
    if len(found) > 1:
        return _several([value for _, value in found])
    if not found:
        late = any(one.finding == "date_future" for one in read.values())
        return Read(finding="date_future" if late else "date_impossible")
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
