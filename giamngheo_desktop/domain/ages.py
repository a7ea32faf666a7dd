"""Ages that a birth date, full or partial, allows; every bound is certain."""

from __future__ import annotations

from datetime import date

from giamngheo_desktop.domain.partial_date import PartialDate


def last_birthday(birth: PartialDate) -> date:
    """The latest day the birth may have been on; the calendar ends with the year 9999."""
    return date.max if birth.year == date.max.year else birth.latest


def born_after(birth: PartialDate, day: date) -> bool:
    """Certainly not born yet on `day`."""
    return birth.earliest > day


def ages_on(birth: PartialDate | None, day: date) -> tuple[int, int] | None:
    """Youngest and oldest completed age on `day`; None where unknown or not born yet."""
    if birth is None or born_after(birth, day):
        return None
    latest = min(last_birthday(birth), day)
    return years_between(latest, day), years_between(birth.earliest, day)


def years_between(earlier: date, later: date) -> int:
    """Completed years; negative where `earlier` is the later day."""
    return later.year - earlier.year - ((later.month, later.day) < (earlier.month, earlier.day))


def most_years_between(older: PartialDate, younger: PartialDate) -> int:
    """The greatest age the older may have had when the younger was born."""
    return years_between(older.earliest, last_birthday(younger))


def certainly_younger(one: PartialDate, other: PartialDate) -> bool:
    return one.earliest > last_birthday(other)
