"""A small real register for tests: a clock that only moves when read, ids in order, a commune.

`template()` is migrated once per run; each test copies the file, which takes under a millisecond.
"""

from __future__ import annotations

import atexit
import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.ids import uuid7_factory
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.services import areas, classes, households
from giamngheo_desktop.services.areas import NewCommune, NewVillage
from giamngheo_desktop.services.classes import ClassEntry
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.tables import TABLES, audit_change, audit_group
from giamngheo_desktop.storage.upgrade import upgrade

FIRST_DAY = date(2025, 1, 1)
TODAY = date(2026, 12, 31)  # events cannot lie in the future
STANDARD = "2022"


class Clock:
    """Gives one second more each time it is read."""

    def __init__(self, start: datetime | None = None) -> None:
        self.time = start or datetime.fromisoformat("2026-12-31 08:00")

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


def make_context(actor: str = "Lò Thị Hà", start: datetime | None = None, seed: int = 1) -> Context:
    clock = Clock(start)
    bits = random.Random(seed)
    new_id = uuid7_factory(clock, bits.getrandbits)
    return Context(now=clock, new_id=new_id, actor=actor, origin=new_id())


@cache
def template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="giamngheo-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    database = Database(folder / "template.db")
    upgrade(database)
    database.checkpoint()
    database.close()
    return database.path


@contextmanager
def empty_database(path: Path) -> Iterator[Database]:
    shutil.copyfile(template(), path)
    database = Database(path)
    try:
        yield database
    finally:
        database.close()


@dataclass
class Register:
    """A commune with villages, and the shortest ways to put households into it."""

    database: Database
    context: Context
    commune: UUID
    villages: dict[str, UUID]

    def on(self, day: str) -> Register:
        """The same at its desk on another day."""
        clock = Clock(datetime.fromisoformat(f"{day} 09:00"))
        return replace(self, context=replace(self.context, now=clock))

    def household(
        self, *names: str, village: str = "A", day: date = FIRST_DAY, **values: Any
    ) -> Household:
        """Saved with the first name as head; `day` is the first day in the register."""
        members = tuple(
            self.member(name, is_head=not number, relation="other" if number else "head")
            for number, name in enumerate(names)
        )
        draft = households.new_household(self.context, self.villages[village])
        draft = Household(
            uid=draft.uid, village=draft.village, members=members, **{"address": "Thôn", **values}
        )
        return households.save(self.database, self.context, draft, day=day).value

    def member(self, name: str, **values: Any) -> Member:
        values = {"sex": "male", "birth": PartialDate(1980, 5), "ethnicity": "01", **values}
        return households.new_member(self.context, full_name=name, **values)

    def give_class(
        self,
        household: UUID,
        name: str = "poor",
        *,
        year: int = 2026,
        valid_from: date = FIRST_DAY,
        source: str = "opening",
        **values: Any,
    ) -> UUID:
        entry = ClassEntry(
            household=household,
            standard=STANDARD,
            review_year=year,
            household_class=name,
            source=source,
            valid_from=valid_from,
            **values,
        )
        return classes.record(self.database, self.context, entry, commune=self.commune).value

    def second_commune(self, name: str, village: str) -> UUID:
        """Another commune of the province, with one village."""
        with write_unit(self.database, self.context, Op.SAVE_UNIT) as work:
            (province,) = areas.tree(self.database, FIRST_DAY).of_level(Level.PROVINCE)
            commune = areas.add_area(
                work, Level.COMMUNE, name=name, kind="xa", parent=province.uid,
                valid_from=FIRST_DAY,
            )  # fmt: skip
        new = NewVillage(name=f"Thôn {village}")
        done = areas.add_village(self.database, self.context, commune, new, FIRST_DAY)
        self.villages[village] = done.value
        return commune

    def get(self, household: UUID, day: date = TODAY) -> Household:
        return households.get(self.database, household, day)


def make_register(
    database: Database, villages: str = "ABC", seed: int = 1, first_day: date = FIRST_DAY
) -> Register:
    context = make_context(seed=seed)
    new = NewCommune(
        province="Quảng Ngãi",
        commune="Sơn Tây",
        first_day=first_day,
        year=2026,
        villages=[NewVillage(name=f"Thôn {name}") for name in villages],
        settings={"issuing_body": "UBND xã Sơn Tây"},
    )
    commune = areas.new_commune(database, context, new).value
    tree = areas.tree(database, first_day)
    found = {area.name.removeprefix("Thôn "): area.uid for area in tree.villages(commune)}
    return Register(database, context, commune, found)


def dump(database: Database) -> dict[Kind, dict[UUID, dict[str, Any]]]:
    """Every row of every recorded table."""
    with database.reader() as connection:
        return {
            kind: {row["uid"]: dict(row) for row in connection.execute(sa.select(table)).mappings()}
            for kind, table in TABLES.items()
        }


def living(rows: dict[Kind, dict[UUID, dict[str, Any]]]) -> dict[Kind, dict[UUID, Any]]:
    """The rows that are not removed: what every reader of the file goes by."""
    return {
        kind: {uid: row for uid, row in table.items() if not row["removed"]}
        for kind, table in rows.items()
    }


def groups(database: Database) -> list[dict[str, Any]]:
    query = sa.select(audit_group).order_by(audit_group.c.seq)
    with database.reader() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def all_changes(database: Database) -> list[dict[str, Any]]:
    query = sa.select(audit_change).order_by(audit_change.c.uid)
    with database.reader() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]
