"""Kế hoạch giúp hộ of a year: who registered to leave poverty, what is overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.helping import Helper
from giamngheo_desktop.services.programme.helping import HelperName, names_of
from giamngheo_desktop.services.programme.homes import Home, Homes
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """One plan; codes are those of its form. `home` stands as on the day of the view."""

    uid: UUID
    home: Home
    group: str | None
    causes: tuple[str, ...]
    needs: tuple[str, ...]
    measures: str
    helper: HelperName | None
    deadline: date | None
    registered: bool | None  # None: nobody said
    expected: str | None
    result: str
    result_on: date | None
    note: str
    is_overdue: bool

    @property
    def is_done(self) -> bool:
        """Whether what came of it is written."""
        return bool(self.result or self.result_on)


def household_plans(
    database: Database, definitions: Definitions, *, unit: UUID | None, year: int, day: date
) -> tuple[PlanLine, ...]:
    """The plans of a year of households that were in the register in it, by village, then head.

    One is overdue once its deadline has passed without a result.
    """
    with database.reader() as connection:
        rows = records.find(connection, Kind.HOUSEHOLD_PLAN, year=year)
        helpers = names_of(connection, rows)
        homes = Homes(connection, definitions, day, unit, since=date(year, 1, 1))
        named = homes.named(row["household"] for row in rows)
    of_home: dict[UUID, list[dict[str, Any]]] = {}
    for row in rows:
        of_home.setdefault(row["household"], []).append(row)
    found = []
    for uid, home in named.items():
        for row in of_home[uid]:
            done = bool(row["result"] or row["result_on"])
            late = row["deadline"] is not None and row["deadline"] < day
            found.append(
                PlanLine(
                    uid=row["uid"],
                    home=home,
                    group=row["group"],
                    causes=row["causes"] or (),
                    needs=row["needs"] or (),
                    measures=row["measures"] or "",
                    helper=helpers.get(Helper.of(row["officer"], row["body"])),
                    deadline=row["deadline"],
                    registered=row["registered"],
                    expected=row["expected"],
                    result=row["result"] or "",
                    result_on=row["result_on"],
                    note=row["note"] or "",
                    is_overdue=late and not done,
                )
            )
    return tuple(found)
