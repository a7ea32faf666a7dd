"""What happens to persons and households: each event is one action by the day it happened.

A stay that ends on `day` held through the day before; what begins on `day` holds from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.services import classes, households, living
from giamngheo_desktop.services.classes import ClassEntry
from giamngheo_desktop.services.dated import DAY, Row, holds, lasts
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import households as stored
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Database


def _load(work: WriteUnit, household: UUID, day: date) -> Household:
    """The household on `day`, after what is already recorded for that day.

    Raises RefusedError `household_not_here_then`, `event_in_future`.
    """
    _must_have_come(work, day)
    found = stored.load(work.connection, [household], day).get(household)
    if found is None or found.village is None:
        raise RefusedError("household_not_here_then")
    return found


def _must_have_come(work: WriteUnit, day: date) -> None:
    """A mistyped year would take people out of every list without a word."""
    if day > work.context.today():
        raise RefusedError("event_in_future", day=day.strftime("%d/%m/%Y"))


def _member(household: Household, person: UUID) -> Member:
    member = next((member for member in household.members if member.uid == person), None)
    if member is None:
        raise RefusedError("person_not_member_then")
    return member


def _end_membership(work: WriteUnit, member: Member, day: date, reason: str) -> None:
    """The stay ends; one that already ends or goes on otherwise later is another story."""
    row = records.get(work.connection, Kind.MEMBERSHIP, member.membership)
    assert row is not None
    if row["valid_to"] is not None:
        raise RefusedError("event_later_exists", name=member.full_name, day=row["valid_to"] + DAY)
    work.change(
        Kind.MEMBERSHIP, member.membership, row, {"valid_to": day - DAY, "end_reason": reason}
    )


def _close_household(work: WriteUnit, home: Household, day: date, reason: str) -> None:
    """The household is no longer in the register: its place and its classes end."""
    for kind in (Kind.MEMBERSHIP, Kind.PLACE):
        for row in records.find(work.connection, kind, household=home.uid):
            if row["valid_from"] > day and lasts(row, day):
                name = households.label(home)
                raise RefusedError("event_later_exists", name=name, day=row["valid_from"])
    for place in records.find(work.connection, Kind.PLACE, household=home.uid):
        if holds(place, day):
            work.change(Kind.PLACE, place["uid"], place, {"valid_to": day - DAY, "reason": reason})
    classes.end_all(work, home.uid, day)


def _close_if_empty(work: WriteUnit, home: Household, day: date, reason: str) -> None:
    """With its last member a household leaves the register; one who came later keeps it."""
    rows = records.find(work.connection, Kind.MEMBERSHIP, household=home.uid)
    if not any(lasts(row, day) for row in rows):
        _close_household(work, home, day, reason)


def birth(
    database: Database, context: Context, *, household: UUID, child: Member, day: date
) -> Done[UUID]:
    """A child is born into the household; its birth date is `day` unless given."""
    with write_unit(database, context, Op.BIRTH) as work:
        home = _load(work, household, day)
        work.subject = child.full_name or households.label(home)
        born = child.birth or PartialDate(day.year, day.month, day.day)
        households.add_member(
            work,
            household,
            replace(child, joined_on=day, birth=born),
            position=home.size + 1,
            day=day,
            reason="birth",
        )
    return Done(child.uid, work.changes)


def death(
    database: Database, context: Context, *, household: UUID, person: UUID, day: date
) -> Done[UUID]:
    """A member dies; with the last member the household leaves the register."""
    with write_unit(database, context, Op.DEATH) as work:
        home = _load(work, household, day)
        member = _member(home, person)
        work.subject = member.full_name
        _end_membership(work, member, day, "death")
        _close_if_empty(work, home, day, "death")
    return Done(person, work.changes)


def move_in(
    database: Database,
    context: Context,
    *,
    draft: Household,
    day: date,
    brought: ClassEntry | None = None,
    commune: UUID,
) -> Done[Household]:
    """A household arrives, with the class and the paper of the commune it comes from."""
    with write_unit(database, context, Op.MOVE_IN, unit=draft.village) as work:
        _must_have_come(work, day)
        for place in records.find(work.connection, Kind.PLACE, household=draft.uid):
            if lasts(place, day):
                raise RefusedError("household_already_here", name=households.label(draft))
        members = tuple(replace(member, joined_on=day) for member in draft.members)
        moved = replace(draft, members=members)
        saved = households.save_in(work, moved, day=day, reason="move_in")
        if brought is not None:
            classes.record_in(work, replace(brought, household=draft.uid, valid_from=day), commune)
    return Done(saved, work.changes)


def person_moves_in(
    database: Database, context: Context, *, household: UUID, member: Member, day: date
) -> Done[UUID]:
    """One person joins a household from outside the commune."""
    with write_unit(database, context, Op.MOVE_IN) as work:
        home = _load(work, household, day)
        work.subject = member.full_name
        joined = replace(member, joined_on=day)
        households.add_member(
            work, household, joined, position=home.size + 1, day=day, reason="move_in"
        )
    return Done(member.uid, work.changes)


def move_out(
    database: Database, context: Context, *, household: UUID, day: date, note: str = ""
) -> Done[UUID]:
    """The whole household leaves the commune."""
    with write_unit(database, context, Op.MOVE_OUT, reason=note or None) as work:
        move_out_in(work, household, day)
    return Done(household, work.changes)


def move_out_in(work: WriteUnit, household: UUID, day: date) -> None:
    """`move_out` inside an open unit of work."""
    home = _load(work, household, day)
    work.subject = households.label(home)
    for member in home.members:
        _end_membership(work, member, day, "move_out")
    _close_household(work, home, day, "move_out")


def person_moves_out(
    database: Database, context: Context, *, household: UUID, person: UUID, day: date
) -> Done[UUID]:
    """One member leaves the commune; with the last one the household leaves the register."""
    with write_unit(database, context, Op.MOVE_OUT) as work:
        home = _load(work, household, day)
        member = _member(home, person)
        work.subject = member.full_name
        _end_membership(work, member, day, "move_out")
        _close_if_empty(work, home, day, "move_out")
    return Done(person, work.changes)


def move_village(
    database: Database, context: Context, *, household: UUID, village: UUID, day: date
) -> Done[UUID]:
    """The household moves to another village of the commune; its classes go with it."""
    with write_unit(database, context, Op.MOVE_VILLAGE, unit=village) as work:
        home = _load(work, household, day)
        work.subject = households.label(home)
        if home.village == village:
            raise RefusedError("same_village")
        households.refuse_missing_village(work, village, day)
        (place,) = records.find_on(work.connection, Kind.PLACE, day, "household", [household])
        # On the day it came the household came to the other village: that it came stays known.
        began = place["valid_from"] == day
        reason = place["reason"] if began else "move_village"
        uid = work.succeed(Kind.PLACE, place, day, village=village, reason=reason)
        living.follow(work, uid, instead_of=place["village"])
    return Done(household, work.changes)


def _transfer(
    work: WriteUnit, member: Member, day: date, reason: str, target: UUID, **ties: Any
) -> None:
    """A person goes from one household to another; the person stays the same for life."""
    _end_membership(work, member, day, reason)
    values = {"relation": None, "is_head": False, "position": None, **ties}
    work.insert(
        Kind.MEMBERSHIP,
        household=target,
        person=member.uid,
        reason=reason,
        valid_from=day,
        **households.stay_end(work.connection, target, day, member.full_name),
        **values,
    )


def marriage(
    database: Database,
    context: Context,
    *,
    person: UUID,
    leaves: UUID,
    joins: UUID,
    relation: str | None,
    day: date,
) -> Done[UUID]:
    """A member marries into another household of the commune."""
    with write_unit(database, context, Op.MARRIAGE) as work:
        home, target = _load(work, leaves, day), _load(work, joins, day)
        if leaves == joins:
            raise RefusedError("same_household")
        member = _member(home, person)
        work.subject = member.full_name
        ties = {"relation": relation, "position": target.size + 1}
        _transfer(work, member, day, "marriage", joins, **ties)
        _close_if_empty(work, home, day, "marriage")
    return Done(person, work.changes)


def split(
    database: Database,
    context: Context,
    *,
    household: UUID,
    persons: Sequence[UUID],
    head: UUID,
    relations: Mapping[UUID, str] | None = None,
    village: UUID | None = None,
    day: date,
) -> Done[UUID]:
    """Some members found a household of their own; it has no class until it is reviewed."""
    with write_unit(database, context, Op.SPLIT_HOUSEHOLD) as work:
        parting = Parting(household, tuple(persons), head, relations or {}, village, day)
        new = split_in(work, parting)
    return Done(new, work.changes)


@dataclass(frozen=True, slots=True)
class Parting:
    """Who leaves `household` with which `head`, related to that head how, to live where."""

    household: UUID
    persons: tuple[UUID, ...]
    head: UUID
    relations: Mapping[UUID, str]
    village: UUID | None  # None: where the others live
    day: date


def split_in(work: WriteUnit, parting: Parting) -> UUID:
    """`split` inside an open unit of work."""
    day, head = parting.day, parting.head
    home = _load(work, parting.household, day)
    if head not in parting.persons or len(set(parting.persons)) >= home.size:
        raise RefusedError("split_needs_both_sides")
    work.subject = households.label(home)
    if parting.village is not None:
        households.refuse_missing_village(work, parting.village, day)
    new = work.insert(Kind.HOUSEHOLD, code=None, list_number=None, address=home.address)
    place = work.insert(
        Kind.PLACE,
        household=new,
        village=parting.village or home.village,
        reason="split",
        valid_from=day,
        valid_to=None,
    )
    living.follow(work, place)
    for position, person in enumerate(dict.fromkeys([head, *parting.persons]), start=1):
        is_head = person == head
        relation = "head" if is_head else parting.relations.get(person)
        ties = {"relation": relation, "is_head": is_head, "position": position}
        _transfer(work, _member(home, person), day, "split", new, **ties)
    return new


def merge(
    database: Database,
    context: Context,
    *,
    source: UUID,
    target: UUID,
    relations: Mapping[UUID, str] | None = None,
    day: date,
) -> Done[UUID]:
    """All members of `source` join `target`; `source` leaves the register with its classes."""
    with write_unit(database, context, Op.MERGE_HOUSEHOLDS) as work:
        if source == target:
            raise RefusedError("same_household")
        home, other = _load(work, source, day), _load(work, target, day)
        work.subject = households.label(other)
        for position, member in enumerate(home.members, start=other.size + 1):
            relation = (relations or {}).get(member.uid)
            ties = {"relation": relation, "position": position}
            _transfer(work, member, day, "merge", target, **ties)
        _close_household(work, home, day, "merge")
    return Done(target, work.changes)


def change_head(
    database: Database,
    context: Context,
    *,
    household: UUID,
    head: UUID,
    relations: Mapping[UUID, str] | None = None,
    day: date,
) -> Done[UUID]:
    """Another member becomes head from `day`.

    `relations` are those to the new head; who has none there has an unknown one: the relation to
    the old head would be wrong.
    """
    with write_unit(database, context, Op.CHANGE_HEAD) as work:
        found = _load(work, household, day)
        new = _member(found, head)
        work.subject = new.full_name
        for member in found.members:
            is_head = member.uid == head
            relation = "head" if is_head else (relations or {}).get(member.uid)
            if (is_head, relation) != (member.is_head, member.relation):
                row = records.get(work.connection, Kind.MEMBERSHIP, member.membership)
                assert row is not None
                _change_tie(work, row, day, is_head=is_head, relation=relation)
    return Done(head, work.changes)


def _change_tie(work: WriteUnit, row: Row, day: date, **ties: Any) -> None:
    """The stay goes on as another row; both say that only the head changed, no one came or left."""
    if row["valid_from"] < day:
        work.succeed(Kind.MEMBERSHIP, row, day, reason="head", **ties)
        work.update(Kind.MEMBERSHIP, row["uid"], end_reason="head")
    else:
        work.change(Kind.MEMBERSHIP, row["uid"], row, ties)
