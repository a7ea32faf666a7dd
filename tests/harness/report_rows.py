"""What the tests of table rows share: villages that merge and split, closed years, a province."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Op
from giamngheo_desktop.services import areas, classes, events, register, successions
from giamngheo_desktop.services.areas import NewVillage
from giamngheo_desktop.services.register import HouseholdFilter
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import FIRST_DAY, STANDARD, Register
from tests.harness.tables import (
    column,
    explained,
    paper,
)

DAY = date(2026, 7, 1)


BEFORE = DAY - timedelta(days=1)


LAST = date(2026, 12, 31)


POOR = "poor_households"


def counts(reg: Register, key: str = POOR, **options: Any) -> dict[str, Any]:
    """One column without noughts; the whole table is asked back."""
    doc = paper(reg.database, **options)
    explained(reg.database, doc)
    return {label: value for label, value in column(doc, key).items() if value != 0}


def type_population(reg: Register, year: int = 2026, **villages: Any) -> None:
    rows = {}
    for name, values in villages.items():
        homes, people, *day = values if isinstance(values, tuple) else (values, None)
        rows[reg.villages[name]] = {"households": homes, "persons": people}
        if day:
            rows[reg.villages[name]]["as_of"] = day[0]
    areas.save_population(reg.database, reg.context, year, rows)


def add_village(reg: Register, name: str, day: date = DAY, commune: UUID | None = None) -> UUID:
    """Also in a year that was closed: a merger typed late finds its heir."""
    new = NewVillage(name=f"Thôn {name}")
    with write_unit(reg.database, reg.context, Op.SAVE_UNIT) as work:
        uid = areas.add_village_in(work, commune or reg.commune, new, day)
    reg.villages[name] = uid
    return uid


def succeed(reg: Register, olds: str, news: str, day: date = DAY, reason: str = "merged") -> None:
    successions.record_succession(
        reg.database,
        reg.context,
        olds=[reg.villages[name] for name in olds],
        news=[reg.villages[name] for name in news],
        reason=reason,
        effective_on=day,
    )


def move(reg: Register, home: UUID, village: str, day: date) -> None:
    events.move_village(
        reg.database, reg.context, household=home, village=reg.villages[village], day=day
    )


def poor_in(reg: Register, village: str, count: int = 1, *, year: int = 2026) -> list[UUID]:
    """Recognised poor households of two persons."""
    found = []
    for number in range(count):
        home = reg.household(f"Chủ {village}{number}", "Vợ", village=village)
        reg.give_class(home.uid, "poor", year=year)
        found.append(home.uid)
    return found


def reviewed(reg: Register, *villages: str) -> None:
    """The households listed there had their review of 2026: not poor any more."""
    wanted = tuple(reg.villages[name] for name in villages)
    for row in listed(reg, villages=wanted, classes=("poor",)):
        reg.give_class(row.uid, "not_poor", valid_from=date(2026, 12, 1), source="decision")


def close(reg: Register, year: int = 2026) -> None:
    classes.close_year(
        reg.database,
        reg.context,
        year=year,
        standard=STANDARD,
        definition="f" * 64,
        commune=reg.commune,
    )


def listed(reg: Register, **options: Any) -> list[Any]:
    wanted = HouseholdFilter(day=LAST, standard=STANDARD, **options)
    return register_rows(reg.database, wanted)


def register_rows(database: Database, wanted: HouseholdFilter) -> list[Any]:
    return register.households(database, wanted)


def split_a(reg: Register, day: date = DAY) -> None:
    add_village(reg, "D", day)
    add_village(reg, "E", day)
    succeed(reg, "A", "DE", day, "split")


class Province:
    """A province of two communes, each with its Thôn 1 and Thôn 2."""

    def __init__(self, reg: Register) -> None:
        self.reg = reg
        tree = areas.tree(reg.database, FIRST_DAY)
        (self.province,) = (area.uid for area in tree.of_level(Level.PROVINCE))
        self.communes: dict[str, UUID] = {}
        for name in "XY":
            with write_unit(reg.database, reg.context, Op.SAVE_UNIT) as work:
                self.communes[name] = areas.add_area(
                    work,
                    Level.COMMUNE,
                    name=f"Xã {name}",
                    kind="xa",
                    parent=self.province,
                    valid_from=FIRST_DAY,
                )
            for number in "12":
                uid = add_village(reg, number, FIRST_DAY, self.communes[name])
                reg.villages[f"{name}{number}"] = uid

    def merge(self, day: date = DAY) -> UUID:
        """X and Y become Z; the two Thôn 1 stay two."""
        with write_unit(self.reg.database, self.reg.context, Op.SAVE_UNIT) as work:
            new = areas.add_area(
                work,
                Level.COMMUNE,
                name="Xã Z",
                kind="xa",
                parent=self.province,
                valid_from=day,
            )
        successions.record_succession(
            self.reg.database,
            self.reg.context,
            olds=list(self.communes.values()),
            news=[new],
            reason="merged",
            effective_on=day,
        )
        return new
