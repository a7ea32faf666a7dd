"""Which working year a record belongs to, by the days it has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

_DAYS = ("supported_on", "visited_on", "happened_on", "booked_on")  # the one day it is about


def in_year(values: Mapping[str, Any], year: int) -> bool:
    """A record with a year of its own is asked for by that; a dated one is shown in each year it
    holds in, and one of a day in that of the day.
    """
    if "year" in values:
        return bool(values["year"] == year)
    if "valid_from" in values:
        begins, ends = values["valid_from"], values["valid_to"]
        return begins <= date(year, 12, 31) and (ends is None or ends >= date(year, 1, 1))
    days = (values[name] for name in _DAYS if name in values)
    return any(day is None or day.year == year for day in days)
