"""Puts a register written down by hand (tests/independent/period_lists) into a real file, each fact
on the day it was typed, and turns lists of the program into the words of that file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.period_list import Entitled, Period
from giamngheo_desktop.services import areas, events, households
from giamngheo_desktop.services.areas import NewCommune, NewVillage
from giamngheo_desktop.services.class_line import ClassEntry
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import STANDARD, Register, make_context

FOLDER = Path(__file__).parents[1] / "independent" / "period_lists"
DAY = timedelta(days=1)
Table = dict[str, Any]


def by_hand(name: str) -> Table:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass
class Hand:
    """The register of the file as far as it was typed; `named` are its codes by id."""

    said: Table
    register: Register
    homes: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)
    typed: int = 0  # how many events

    @property
    def named(self) -> dict[UUID, str]:
        return {uid: code for table in (self.homes, self.people) for code, uid in table.items()}

    def type_until(self, day: date) -> None:
        """What the file says was typed by then, each thing on its day."""
        rows = self.said["event"]
        while self.typed < len(rows) and rows[self.typed]["typed_on"] <= day:
            row = rows[self.typed]
            self.typed += 1
            getattr(self, f"_{row['kind']}")(row, self.register.on(row["typed_on"].isoformat()))

    # The kinds of the file.

    def _join(self, row: Table, desk: Register) -> None:
        home, day = self.homes[row["household"]], row["first_day"]
        member, asked = self._member(row["person"]), (desk.database, desk.context)
        if row["reason"] == "birth":
            events.birth(*asked, household=home, child=member, day=day)
        elif row["reason"] == "move_in":
            events.person_moves_in(*asked, household=home, member=member, day=day)
        # marriage and merge are one act with the leaving

    def _leave(self, row: Table, desk: Register) -> None:
        home, last, asked = self.homes[row["household"]], row["last_day"], self._asked(row, desk)
        if row["reason"] == "death":  # on that day
            events.death(**asked, household=home, day=last)
        elif row["reason"] == "move_out":
            events.person_moves_out(**asked, household=home, day=last + DAY)
        elif row["reason"] == "marriage":
            (joins,) = self._of("join", person=row["person"], reason="marriage")
            events.marriage(
                **asked, leaves=home, joins=self.homes[joins["household"]], relation=None,
                day=joins["first_day"],
            )  # fmt: skip

    def _asked(self, row: Table, desk: Register) -> dict[str, Any]:
        person = self.people[row["person"]]
        return {"database": desk.database, "context": desk.context, "person": person}

    def _end_household(self, row: Table, desk: Register) -> None:
        home, day = self.homes[row["household"]], row["last_day"] + DAY
        asked = (desk.database, desk.context)
        if row["reason"] == "move_out":
            events.move_out(*asked, household=home, day=day)
            return
        gone = {one["person"] for one in self._of("leave", household=row["household"])}
        into = {
            one["household"] for one in self._of("join", reason="merge") if one["person"] in gone
        }
        events.merge(*asked, source=home, target=self.homes[into.pop()], day=day)

    def _class(self, row: Table, desk: Register) -> None:
        desk.give_class(
            self.homes[row["household"]], row["class"], valid_from=row["first_day"],
            average_living=row.get("average_living", False), source="decision",
            decision_number=row["decision"], decision_on=row["signed_on"],
        )  # fmt: skip

    def _place(self, row: Table, desk: Register) -> None:
        events.move_village(
            desk.database, desk.context, household=self.homes[row["household"]],
            village=desk.villages[row["village"]], day=row["first_day"],
        )  # fmt: skip

    def _household(self, row: Table, desk: Register) -> None:
        code, day, asked = row["household"], row["first_day"], (desk.database, desk.context)
        if row["reason"] == "split":
            found = self._of("leave", person=row["members"][0], reason="split")
            whence = row.get("from_household") or found[0]["household"]
            people = [self.people[one] for one in row["members"]]
            self.homes[code] = events.split(
                *asked, household=self.homes[whence], persons=people, head=people[0],
                village=desk.villages[row["village"]], day=day,
            ).value  # fmt: skip
            self._class(row, desk)
            return
        draft = self._draft(code, row["village"], row["members"], desk)
        brought = ClassEntry(
            household=draft.uid, standard=STANDARD, review_year=day.year,
            household_class=row["class"], average_living=row["average_living"],
            source="decision", valid_from=day,
        )  # fmt: skip
        events.move_in(*asked, draft=draft, day=day, brought=brought, commune=desk.commune)

    def _remove(self, row: Table, desk: Register) -> None:
        """No button takes a household out of the middle of what was typed: by the one road."""
        home = self.homes[row["household"]]
        with write_unit(desk.database, desk.context, Op.SAVE_HOUSEHOLD) as work:
            stays = records.find(work.connection, Kind.MEMBERSHIP, household=home)
            for kind in (Kind.MEMBERSHIP, Kind.PLACE, Kind.CLASS_RECORD):
                for one in records.find(work.connection, kind, household=home):
                    work.remove(kind, one["uid"])
            for stay in stays:
                work.remove(Kind.PERSON, stay["person"])
            work.remove(Kind.HOUSEHOLD, home)

    # The opening.

    def open(self) -> None:
        opening = self.said["opening"]
        desk, first = self.register, opening["first_day"]
        for code, village, name, *more in opening["households"]:
            average = more[0] is True
            people = [row for row in self._members() if row[1] == code]
            people.sort(key=lambda row: not row[2])
            draft = self._draft(code, village, [row[0] for row in people], desk)
            households.save(desk.database, desk.context, draft, day=first)
            desk.give_class(draft.uid, name, valid_from=first, average_living=average)

    def _members(self) -> Iterator[tuple[str, str, bool]]:
        """Person, household, head: by code, or by name where the file has no codes."""
        opening = self.said["opening"]
        for row in opening["households"]:
            if isinstance(row[3], str):
                yield row[3], row[0], True
        for row in opening["members"]:
            yield (row[0], row[1], row[2]) if len(row) == 3 else (row[1], row[0], False)

    # Records.

    def _of(self, kind: str, **equals: str) -> list[Table]:
        return [
            row
            for row in self.said["event"]
            if row["kind"] == kind and all(row.get(key) == value for key, value in equals.items())
        ]

    def _draft(self, code: str, village: str, people: Sequence[str], desk: Register) -> Household:
        draft = households.new_household(desk.context, desk.villages[village])
        self.homes[code] = draft.uid
        members = [self._member(one) for one in people]
        heads = [replace(members[0], is_head=True, relation="head")]
        rest = [replace(one, relation="other") for one in members[1:]]
        return replace(draft, members=(*heads, *rest), address="Thôn")

    def _member(self, code: str) -> Member:
        """As the file writes him; the same person when he comes back."""
        facts = {row[0]: row for row in self.said.get("persons", {}).get("rows", ())}.get(code)
        _, name, sex, born = facts or (code, code, "male", date(1970, 1, 1))
        member = households.new_member(
            self.register.context,
            full_name=name,
            sex=sex,
            birth=PartialDate(born.year, born.month, born.day),
            social_allowance=(),  # nobody of these registers has one
        )
        return replace(member, uid=self.people.setdefault(code, member.uid))


def opened(database: Database, name: str) -> Hand:
    """The register of a file as it was opened."""
    said = by_hand(name)
    context = make_context()
    first = said["opening"]["first_day"]
    villages = {row["name"]: row["code"] for row in said["village"]}
    new = NewCommune(
        province="Quảng Ngãi",
        commune="Sơn Tây",
        first_day=first,
        year=first.year,
        villages=[NewVillage(name=one) for one in villages],
        settings={"issuing_body": "UBND xã Sơn Tây"},
    )
    commune = areas.new_commune(database, context, new).value
    found = areas.tree(database, first).villages(commune)
    register = Register(
        database, context, commune, {villages[area.name]: area.uid for area in found}
    )
    hand = Hand(said, register.on(said["opening"]["typed_on"].isoformat()))
    hand.open()
    return hand


def within(row: Entitled, period: Period) -> tuple[date, date]:
    """The days of a row inside its period, as the file writes them."""
    last = min(row.to_day or period.last, period.last)
    return max(row.from_day, period.first), last


def told(rows: Iterable[Entitled], period: Period, named: dict[UUID, str]) -> list[list[Any]]:
    """Rows in the words of the file: (person,) household, ground, first and last day (, months)."""
    found = []
    for row in rows:
        whom = [named[row.person]] if row.person else []
        count = [] if row.person else [row.months]
        found.append(
            [*whom, named[row.household], row.ground, *within(row, period), *count]
        )  # fmt: skip
    return sorted(found, key=str)
