"""The records of one form that a unit has in a working year, and what a new one of them begins
with.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.record_form import RecordForm
from giamngheo_desktop.services.programme import entries
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Database

Values = Mapping[str, Any]
_DAYS = ("supported_on", "visited_on", "happened_on", "booked_on")  # the one day it is about


def of_year(database: Database, form: RecordForm, unit: UUID, year: int) -> dict[UUID, Values]:
    """Those with this year of their own, in force on a day of it, or of a day in it, and what waits
    since an earlier year; the oldest first. Records of households are those of every household of
    the file.
    """
    found = entries.entries(database, form, **given(form, unit, year))
    return {uid: values for uid, values in found.items() if stands_in(values, year)}


def given(form: RecordForm, unit: UUID, year: int) -> Values:
    """The columns of a record that no field asks."""
    held = records.columns(form.kind)
    known = {"area": unit, "year": year}
    return {name: value for name, value in known.items() if name in held}


def stands_in(values: Values, year: int) -> bool:
    """Whether it is of the year, or happened before it and still waits for a review."""
    return in_year(values, year) or (waits(values) and values["happened_on"].year < year)


def waits(values: Values) -> bool:
    """Of a biến cố: whether it proposes a review and nobody has handled it."""
    return bool(values.get("proposes_review")) and values["handled_on"] is None


def in_year(values: Values, year: int) -> bool:
    """Whether a record belongs to a working year. What was given belongs to the year of its day,
    whatever plan its event is of.
    """
    if values.get("supported_on") is not None:
        return bool(values["supported_on"].year == year)
    if "year" in values:
        return bool(values["year"] == year)
    if "valid_from" in values:
        begins, ends = values["valid_from"], values["valid_to"]
        return begins <= date(year, 12, 31) and (ends is None or ends >= date(year, 1, 1))
    days = (values[name] for name in _DAYS if name in values)
    return any(day is None or day.year == year for day in days)
