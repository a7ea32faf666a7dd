"""Việc còn treo: what of activities, tasks and supports waits for somebody on a day.

A last day is still in time: only what lies before the day asked is overdue. What has no day waits,
and is never overdue. Nothing is looked at by its year: it waits until it is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.passing_on import Doubt, Returning, returnings
from giamngheo_desktop.services.programme import entries
from giamngheo_desktop.services.programme.entries import Values
from giamngheo_desktop.services.programme.taken_part import taker
from giamngheo_desktop.services.programme.within import Belongs, unit_name, within
from giamngheo_desktop.storage import record_names
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.stays import Stays

WORKS, HOUSING = "works", "housing"  # a kind of activity, a policy
_PLANNED, _DONE, _DROPPED = "planned", "done", "dropped"


class Waits(StrEnum):
    """For what it waits."""

    ANSWER = "answer"  # a petition, a finding, upkeep
    TASK = "task"  # is late
    START = "start"  # planned for a day that is over
    ACCEPTANCE = "acceptance"  # of works
    RETURN = "return"  # of what a household has to give back
    CHECK = "check"  # of what was given back and on
    INSTALMENT = "instalment"  # of a house


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem:
    """One thing that waits. `day` is its last day, of an instalment the day on which the work was
    accepted. `outstanding` are hundredths of `unit`, `next` who gets it then; `instalment` is 1 or
    2.
    """

    waits: Waits
    uid: UUID
    year: int | None  # of the record that it stands in
    what: str
    code: str = ""  # of an item: petition finding upkeep
    day: date | None = None
    is_overdue: bool = False
    activity: UUID | None = None
    body: UUID | None = None
    household: UUID | None = None
    village: UUID | None = None
    outstanding: int | None = None
    unit: str = ""
    next: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    instalment: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItems:
    """What waits on `day`, by what it waits for, then by day; `names` are those of the records."""

    day: date
    unit_name: str
    items: tuple[OpenItem, ...]
    names: Mapping[UUID, str]

    def of(self, waits: Waits) -> tuple[OpenItem, ...]:
        return tuple(one for one in self.items if one.waits is waits)


def open_items(
    database: Database, definitions: Definitions, *, unit: UUID | None, day: date
) -> OpenItems:
    """What waits in a unit on a day; `unit` None is the whole file."""
    with database.reader() as connection:
        read = _Read(connection, definitions, unit, day)
        found = sorted(read.items(), key=_order)
        named = {uid for one in found for uid in _named(one)}
        names = record_names.names_of(connection, named, day)
        called = unit_name(connection, unit, day)
    return OpenItems(day=day, unit_name=called, items=tuple(found), names=names)


def _order(one: OpenItem) -> tuple[object, ...]:
    return (list(Waits).index(one.waits), one.day or date.max, one.uid)


def _named(one: OpenItem) -> Iterator[UUID]:
    yield from filter(None, (one.activity, one.body, one.household, one.village))


class _Read:
    def __init__(
        self, connection: Connection, definitions: Definitions, unit: UUID | None, day: date
    ) -> None:
        self._connection, self._definitions, self._day = connection, definitions, day
        self._belongs: Belongs = within(connection, unit, day)
        self._stays = Stays(connection)
        self._activities = entries.read(connection, definitions.records[Kind.ACTIVITY])

    def items(self) -> Iterator[OpenItem]:
        for uid, values in self._activities.items():
            if self._belongs(values["area"], values["village"]):
                yield from self._of_activity(uid, values)
        yield from self._tasks()
        yield from self._returns()
        yield from self._houses()

    def _is_over(self, day: date | None) -> bool:
        return day is not None and day < self._day

    def _is_to_come(self, day: date | None) -> bool:
        """Of a day that is over: what began later was no matter then."""
        return day is not None and day > self._day

    def _has_come(self, day: object) -> bool:
        return isinstance(day, date) and day <= self._day

    def _of_activity(self, uid: UUID, values: Values) -> Iterator[OpenItem]:
        if values["state"] == _DROPPED or self._is_to_come(values["starts_on"]):
            return
        kind = self._definitions.activities.get(values["kind"])
        for row in values["items"]:
            answered = row["answered_on"]
            if self._has_come(answered) or (answered is None and row["answer"]):
                continue
            yield OpenItem(
                waits=Waits.ANSWER,
                uid=row["uid"],
                year=values["year"],
                what=row["content"],
                code=kind.items if kind else "",
                day=row["due_on"],
                is_overdue=self._is_over(row["due_on"]),
                activity=uid,
                body=row["body"],
                village=values["village"],
            )
        last = values["ends_on"] or values["starts_on"]
        if values["kind"] == WORKS and self._is_begun(values):
            waits = not self._has_come(values.get("accepted_on"))
            late, of = last, Waits.ACCEPTANCE
        else:
            late, of = values["starts_on"] or last, Waits.START
            waits = values["state"] == _PLANNED and self._is_over(late)
        if waits:
            yield OpenItem(
                waits=of,
                uid=uid,
                year=values["year"],
                what=values["name"],
                day=late,
                is_overdue=self._is_over(late),
                activity=uid,
                body=values["body"],
                village=values["village"],
            )

    def _is_begun(self, values: Values) -> bool:
        """Said, or its first day has come and nobody says it is only planned."""
        if self._has_come(values.get("groundbreaking_on")):
            return True
        state = values["state"]
        return state not in (None, _PLANNED) or (
            state is None and self._has_come(values["starts_on"])
        )

    def _tasks(self) -> Iterator[OpenItem]:
        form = self._definitions.records[Kind.TASK]
        for uid, values in entries.read(self._connection, form).items():
            done = self._has_come(values["done_on"]) or (
                values["done_on"] is None and values["state"] == _DONE
            )
            if done or values["state"] == _DROPPED or not self._is_over(values["due_on"]):
                continue
            if self._belongs(values["area"], values["village"]):
                yield OpenItem(
                    waits=Waits.TASK,
                    uid=uid,
                    year=values["year"],
                    what=values["content"],
                    day=values["due_on"],
                    is_overdue=True,
                    body=values["body"],
                    village=values["village"],
                )

    def _returns(self) -> Iterator[OpenItem]:
        rows = {
            row["uid"]: (uid, row)
            for uid, values in self._activities.items()
            for row in values["participants"]
        }
        found = returnings(taker(row) for _, row in rows.values())
        called = record_names.names_of(
            self._connection, {uid for _, row in rows.values() for uid in _who(row)}, self._day
        )
        for uid, one in found.items():
            activity, row = rows[uid]
            village = self._village_of(row, self._activities[activity])
            begun = row["joined_on"] or self._activities[activity]["starts_on"]
            if self._is_to_come(begun):
                continue
            if not self._belongs(self._activities[activity]["area"], village):
                continue
            nexts = tuple(_called(called, rows[other][1]) for other in one.next)
            for waits in _reasons(one):
                yield OpenItem(
                    waits=waits,
                    uid=uid,
                    year=self._activities[activity]["year"],
                    what=_called(called, row),
                    activity=activity,
                    body=self._activities[activity]["body"],
                    household=row["household"],
                    village=village,
                    outstanding=one.outstanding,
                    unit=row["unit"] or "",
                    next=nexts,
                    doubts=one.doubts,
                )

    def _village_of(self, row: Values, activity: Values) -> UUID | None:
        home = row["household"]
        village: UUID | None = activity["village"]
        return (home and self._stays.village_on(home, self._day)) or village

    def _houses(self) -> Iterator[OpenItem]:
        """An instalment that was paid closes those before it."""
        form = self._definitions.records[Kind.SUPPORT]
        for uid, values in entries.read(self._connection, form, policy=HOUSING).items():
            given, home = values["supported_on"], values["household"]
            village = self._stays.village_on(home, max(given, self._day))
            village = village or self._stays.village_on(home, given)
            if given > self._day or self._has_come(values.get("second_paid_on")):
                continue
            if not self._belongs(None, village):
                continue
            first = not self._has_come(values.get("first_paid_on"))
            accepted = values.get("foundation_accepted_on" if first else "completed_on")
            yield OpenItem(
                waits=Waits.INSTALMENT,
                uid=uid,
                year=given.year,
                what=values["content"] or "",
                day=accepted if isinstance(accepted, date) else None,
                body=values["body"],
                household=home,
                village=village,
                instalment=1 if first else 2,
            )


def _reasons(one: Returning) -> Iterator[Waits]:
    if one.owes:
        yield Waits.RETURN
    if one.doubts:
        yield Waits.CHECK


def _who(row: Values) -> Iterable[UUID]:
    return filter(None, (row["household"], row["person"], row["officer"]))


def _called(names: Mapping[UUID, str], row: Values) -> str:
    """By household, person, officer, or as written."""
    return next((names[uid] for uid in _who(row) if uid in names), row["name"] or "")
