"""The records of one form that a unit has in a working year, those of what went into it among
them, and what a new one of them begins with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.record_form import OF_COMMUNE, OF_PLAN, RecordForm
from giamngheo_desktop.services.programme import entries
from giamngheo_desktop.services.programme.within import within
from giamngheo_desktop.storage import areas, plans, records
from giamngheo_desktop.storage.engine import Connection, Database

Row = dict[str, Any]
Values = Mapping[str, Any]
_DAYS = ("supported_on", "visited_on", "happened_on", "booked_on")  # the one day it is about


def of_year(database: Database, form: RecordForm, unit: UUID, year: int) -> dict[UUID, Values]:
    """Those with this year of their own (of the newest version of its plan, where they belong to
    one), in force on a day of it, or of a day in it, and what waits
    since an earlier year; the oldest first. Records of households are those of every household of
    the file.
    """
    with database.reader() as connection:
        return read(connection, form, unit, year)


def read(connection: Connection, form: RecordForm, unit: UUID, year: int) -> dict[UUID, Values]:
    """`of_year` of a connection."""
    if form.kind in OF_PLAN:
        plan = plans.in_hand(connection, year, unit)
        return entries.read(connection, form, document=plan["uid"]) if plan else {}
    by_year = {"year", "supported_on"} & set(records.columns(form.kind)) == {"year"}
    found = entries.read(connection, form, **({"year": year} if by_year else {}))
    found = {uid: values for uid, values in found.items() if stands_in(values, year)}
    if form.kind not in OF_COMMUNE:
        return found
    belongs = within(connection, unit, date(year, 12, 31))
    return {
        uid: values
        for uid, values in found.items()
        if belongs(values["area"], values.get("village"))
    }


def rows(
    connection: Connection, kind: Kind, unit: UUID, year: int, /, **equals: object
) -> list[Row]:
    """The living records of a kind whose columns equal these, of the unit and of what went into
    it by the end of the year, whatever their own year; the oldest first.
    """
    belongs = within(connection, unit, date(year, 12, 31))
    found = records.find(connection, kind, **equals)
    return [row for row in found if belongs(row["area"], row.get("village"))]


def others(
    connection: Connection, unit: UUID, year: int, found: Iterable[Values]
) -> dict[UUID, str]:
    """What the other units are called that recorded some of these."""
    wanted = {values["area"] for values in found if "area" in values} - {unit}
    if not wanted:
        return {}
    day = date(year, 12, 31)
    names, tree = areas.last_names(connection, date.max), areas.tree_on(connection, day)
    return {
        uid: name if tree.get(uid) else texts.OFFERS["former"].format(unit=name)
        for uid in wanted
        if (name := names.get(uid))
    }


def told(name: str, unit: str) -> str:
    """A name, with the other unit that recorded it, if any."""
    return texts.OFFERS["of_unit"].format(name=name, unit=unit).strip() if unit else name


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
