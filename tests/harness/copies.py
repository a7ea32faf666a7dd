"""Copies of one register on several computers, each with random actions of its own."""

from __future__ import annotations

import random
import shutil
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.review_case import Ground
from giamngheo_desktop.services import events, households
from giamngheo_desktop.services.exchange import merging
from giamngheo_desktop.services.exchange.deciding import decide_place
from giamngheo_desktop.services.exchange.merging import Incoming
from giamngheo_desktop.services.review import case_lists
from giamngheo_desktop.storage import exchange, records
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.tables import TABLES
from tests.harness.random_records import Clerk
from tests.harness.register import Register, dump, make_context

FIRST = date(2026, 2, 1)
NOT_SHARED = {Kind.PACKAGE}


def copy_of(register: Register, path: Path, seed: int, actor: str = "Đinh Văn Ba") -> Register:
    """The same file on another computer."""
    register.database.checkpoint()
    shutil.copyfile(register.database.path, path)
    context = make_context(actor, seed=seed)
    return Register(Database(path), context, register.commune, register.villages)


def everything(database: Database) -> Incoming:
    """All that this copy knows, as another one takes it in."""
    with database.reader() as connection:
        wanted = {
            uid: kind
            for kind, table in TABLES.items()
            if kind not in NOT_SHARED
            for uid in connection.execute(sa.select(table.c.uid)).scalars()
        }
        history = exchange.read(connection, wanted)
        done = exchange.actions(connection, {edit.action for edit in history.edits.values()})
    return Incoming(history=history, actions=tuple(done), label="gói")


def contents(database: Database) -> dict[UUID, dict[str, Any]]:
    """What stands in every record, but for what only says how it travelled."""
    with database.reader() as connection:
        return {
            row["uid"]: dict(row)
            for kind, table in TABLES.items()
            if kind not in NOT_SHARED
            for row in connection.execute(sa.select(table)).mappings()
        }


def ends_to_decide(database: Database) -> set[tuple[str, object]]:
    """Of households that copies ended otherwise: what ended with them waits for whoever decides."""
    places = dump(database)[Kind.PLACE]
    clashes = merging.open_clashes(database)
    ended = [one.record for one in clashes if (one.kind, one.field) == (Kind.PLACE, "valid_to")]
    return {("ends_before_beginning", places[uid]["household"]) for uid in ended}


@dataclass
class Officer:
    """Does whatever comes to mind on one copy; what is refused is left."""

    register: Register
    rng: random.Random
    done: int = 0
    review: UUID | None = None

    @property
    def args(self) -> Any:
        return self.register.database, self.register.context

    def work(self, actions: int) -> None:
        acts = [
            self.edit_household, self.edit_household, self.edit_person, self.edit_person,
            self.birth, self.death, self.move_village, self.split, self.merge, self.change_head,
            self.new, self.recognise, self.move_out, self.list_case, self.decide, self.decide,
            self.record, self.record, self.record, self.write,
        ]  # fmt: skip
        for _ in range(actions):
            with suppress(RefusedError):
                self.done += bool(self.rng.choice(acts)())

    def record(self) -> object:
        """Of the programme: an activity, a support, a visit …"""
        return Clerk(*self.args, self.register.commune, self.rng).act()

    def write(self) -> object:
        """The plan of the year."""
        return Clerk(*self.args, self.register.commune, self.rng).write()

    def day(self) -> date:
        return FIRST + timedelta(days=self.rng.randrange(60))

    def home(self, day: date) -> Any:
        with self.register.database.reader() as connection:
            places = records.find(connection, Kind.PLACE)
        here = sorted({row["household"] for row in places})
        home = households.get(self.register.database, self.rng.choice(here), day)
        if not home.members:
            raise RefusedError("household_not_here_then")
        return home

    def edit_household(self) -> object:
        day = self.day()
        home = self.home(day)
        name = self.rng.choice(("address", "note", "toilet", "causes"))
        value: Any = self.rng.choice(("một", "hai", "ba", None))
        if name == "causes":
            value = self.rng.choice(((), ("land",), ("capital", "land")))
        return households.save(*self.args, replace(home, **{name: value}), day=day)

    def edit_person(self) -> object:
        day = self.day()
        home = self.home(day)
        member = self.rng.choice(home.members)
        changed = replace(
            member,
            full_name=self.rng.choice(("Y Lan", "Y Hoa", "A Tý")),
            birth=PartialDate(self.rng.randrange(1970, 1974)),
        )
        if self.rng.random() < 0.5:
            changed = replace(member, id_number=f"05118000000{self.rng.randrange(10)}")
        members = tuple(changed if one.uid == member.uid else one for one in home.members)
        return households.save(*self.args, replace(home, members=members), day=day)

    def birth(self) -> object:
        day = self.day()
        child = self.register.member("Bé", birth=None, relation="child")
        return events.birth(*self.args, household=self.home(day).uid, child=child, day=day)

    def death(self) -> object:
        day = self.day()
        home = self.home(day)
        person = self.rng.choice(home.members).uid
        return events.death(*self.args, household=home.uid, person=person, day=day)

    def move_village(self) -> object:
        day = self.day()
        village = self.rng.choice(list(self.register.villages.values()))
        return events.move_village(
            *self.args, household=self.home(day).uid, village=village, day=day
        )

    def move_out(self) -> object:
        day = self.day()
        return events.move_out(*self.args, household=self.home(day).uid, day=day)

    def split(self) -> object:
        day = self.day()
        home = self.home(day)
        some = self.rng.sample(home.members, self.rng.randint(1, len(home.members)))
        people = [one.uid for one in some]
        return events.split(*self.args, household=home.uid, persons=people, head=people[0], day=day)

    def merge(self) -> object:
        day = self.day()
        source, target = self.home(day), self.home(day)
        return events.merge(*self.args, source=source.uid, target=target.uid, day=day)

    def change_head(self) -> object:
        day = self.day()
        home = self.home(day)
        head = self.rng.choice(home.members).uid
        return events.change_head(*self.args, household=home.uid, head=head, day=day)

    def new(self) -> object:
        names = ["Hộ Mới", *["Con Mới"] * self.rng.randrange(3)]
        village = self.rng.choice(list(self.register.villages))
        return self.register.household(*names, village=village, day=self.day())

    def recognise(self) -> object:
        day = self.day()
        return self.register.give_class(
            self.home(day).uid,
            self.rng.choice(("poor", "near_poor", "not_poor")),
            valid_from=day,
            year=2026,
            source="decision",
            decision_number=f"0{self.rng.randrange(3)}/QĐ-UBND",
            decision_on=day,
        )

    def list_case(self) -> object:
        assert self.review is not None
        home = self.home(self.day())
        return case_lists.add(*self.args, self.review, home.uid, Ground.OTHER)

    def decide(self) -> object:
        """One of what copies left open is decided, as one of them has it or otherwise."""
        clashes = merging.open_clashes(self.register.database)
        if not clashes:
            return None
        clash = self.rng.choice(clashes)
        if clash.winner is None:
            value = self.rng.choice((clash.ours, clash.theirs))
            return merging.settle(*self.args, {(clash.record, clash.field): value})
        pair = [clash.winner, clash.record]
        self.rng.shuffle(pair)
        return decide_place(*self.args, keep=pair[0], other=pair[1])
