"""What a household had besides its supports: activities it took part in (models, groups, courses,
fairs), and what funds gave it. None of it is in the sums of its supports.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.passing_on import Returning, Taker, returnings
from giamngheo_desktop.storage import record_names, records
from giamngheo_desktop.storage.engine import Connection

Row = Mapping[str, Any]
_OUT, _DONE = "out", "done"  # of the lists fund_directions and activity_states


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Taking part in one activity: of the household, or of the `person` of it that is named.

    `returning` is what it owes, gave back and passed on, None where nothing of that is known;
    `came_from` and `went_to` are the households of a model before and after it.
    """

    row: Row  # of the participant
    activity: Row
    person: str
    returning: Returning | None
    came_from: str
    went_to: tuple[str, ...]

    @property
    def uid(self) -> UUID:
        uid: UUID = self.row["uid"]
        return uid

    @property
    def day(self) -> date | None:
        day: date | None = self.row["joined_on"] or self.activity["starts_on"]
        return day

    @property
    def year(self) -> int:
        """That of its activity, where its own day is not known."""
        year: int = self.day.year if self.day else self.activity["year"]
        return year


def taken_part(connection: Connection, household: UUID, day: date, since: date) -> tuple[Part, ...]:
    """Since the year of `since`, the oldest first; also who is named without a household and
    belongs to it on `day`.
    """
    members = records.find_on(connection, Kind.MEMBERSHIP, day, "household", [household])
    people = [row["person"] for row in members]
    alone = records.find_below(connection, Kind.PARTICIPANT, "person", people)
    rows = [
        *records.find(connection, Kind.PARTICIPANT, household=household),
        *(row for row in alone if row["household"] is None),
    ]
    activities = records.get_many(connection, Kind.ACTIVITY, [row["activity"] for row in rows])
    around = _around(connection, rows)
    names = record_names.names_of(connection, _homes(around), day)
    persons = record_names.of_kind(connection, Kind.PERSON, (row["person"] for row in rows))
    owed = returnings(map(taker, around.values()))
    found = [
        Part(
            row=row,
            activity=activities[row["activity"]],
            person=persons.get(row["person"], ""),
            returning=owed.get(row["uid"]),
            came_from=_name(names, around.get(row["received_from"])),
            went_to=tuple(
                _name(names, one) for one in around.values() if one["received_from"] == row["uid"]
            ),
        )
        for row in rows
    ]
    shown = (one for one in found if one.year >= since.year)
    return tuple(sorted(shown, key=lambda one: (one.year, one.day or date.max, one.uid)))


def part_line(definitions: Definitions, one: Part) -> str:
    """It in one line, for the screen and the paper."""
    kind, state = definitions.activities.get(one.activity["kind"]), one.activity["state"]
    labels = definitions.choice_list
    return texts.part_text(
        kind.label if kind else one.activity["kind"],
        one.activity["name"],
        one.row,
        person=one.person,
        role=labels("participant_roles").label_of(one.row["role"]),
        state="" if state == _DONE else labels("activity_states").label_of(state),
        came_from=one.came_from,
        went_to=one.went_to,
    )


def gift_line(definitions: Definitions, row: Row) -> str:
    """An entry of a fund book in one line."""
    return texts.gift_text(definitions.choice_list("funds").label_of(row["fund"]), row)


def gifts(connection: Connection, household: UUID, since: date) -> tuple[Row, ...]:
    """What funds gave the household, the oldest first."""
    rows = records.find(connection, Kind.FUND_ENTRY, household=household, direction=_OUT)
    shown = (row for row in rows if row["booked_on"] >= since)
    return tuple(sorted(shown, key=lambda row: (row["booked_on"], row["uid"])))


def _around(connection: Connection, rows: Sequence[Row]) -> dict[UUID, Row]:
    """These participants, from whom they have it, and who has it from them."""
    uids = [row["uid"] for row in rows]
    before = {row["received_from"] for row in rows if row["received_from"]}
    found = {row["uid"]: row for row in rows}
    for row in records.get_many(connection, Kind.PARTICIPANT, sorted(before)).values():
        if not row["removed"]:
            found[row["uid"]] = row
    for row in records.find_below(connection, Kind.PARTICIPANT, "received_from", uids):
        found[row["uid"]] = row
    return found


def _homes(around: Mapping[UUID, Row]) -> set[UUID]:
    return {row["household"] for row in around.values() if row["household"]}


def _name(names: Mapping[UUID, str], row: Row | None) -> str:
    return names.get(row["household"], "") or row["name"] or "" if row else ""


def taker(row: Row) -> Taker:
    """A participant as the rules of giving back look at it."""
    return Taker(
        uid=row["uid"],
        to_return=row["to_return"],
        returned=row["returned"],
        unit=row["unit"],
        received_from=row["received_from"],
    )
