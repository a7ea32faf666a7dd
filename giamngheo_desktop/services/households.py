"""Keeping the register: read a household, save an edited one, list and search them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError, StaleRecordError
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.names import split_name
from giamngheo_desktop.domain.vietnamese import clean, nfc
from giamngheo_desktop.services import living
from giamngheo_desktop.services.dated import DAY, free_until, holds, lasts, set_fact
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import households as stored_households
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Connection, Database

# Dated facts of a household and of a person: fields of the record that are not columns.
HOUSEHOLD_FACTS = (
    "residence",
    "minority",
    "local_minority",
    "no_labour_capacity",
    "merit_household",
    "social_protection",
    "land_recovered",
)
PERSON_FACTS = (
    "phone",
    "disability_kind",
    "disability_level",
    "merit",
    "pregnant_or_nursing",
    "labour_capacity",
    "stable_livelihood",
)


def get(database: Database, uid: UUID, day: date) -> Household:
    """The household as it was on `day`. Raises RefusedError `record_missing`."""
    with database.reader() as connection:
        return _get(connection, uid, day)


def _get(connection: Connection, uid: UUID, day: date) -> Household:
    found = stored_households.load(connection, [uid], day)
    if uid not in found:
        raise RefusedError("record_missing")
    return found[uid]


def new_household(context: Context, village: UUID | None = None) -> Household:
    """An empty household that exists only in its form until it is saved."""
    return Household(uid=context.new_id(), village=village)


def new_member(context: Context, **values: Any) -> Member:
    return Member(uid=context.new_id(), membership=context.new_id(), **{"full_name": "", **values})


def save(
    database: Database,
    context: Context,
    draft: Household,
    *,
    day: date,
    base: Household | None = None,
    reason: str | None = None,
) -> Done[Household]:
    """Save what the form holds: one transaction, one undo step.

    New rows and changed dated facts hold from `day`. A member left out was typed by mistake;
    departures are events. Raises StaleRecordError when the stored household is no longer `base`.
    """
    with write_unit(
        database, context, Op.SAVE_HOUSEHOLD, reason=reason, unit=draft.village
    ) as work:
        saved = save_in(work, draft, day=day, base=base)
    return Done(saved, work.changes)


def save_in(
    work: WriteUnit,
    draft: Household,
    *,
    day: date,
    base: Household | None = None,
    reason: str = "opening",
) -> Household:
    """`save` inside a unit of work that is already open; `reason` is why new members are here."""
    stored = stored_households.load(work.connection, [draft.uid], day).get(draft.uid)
    if stored is not None and base is not None and stored != base:
        raise StaleRecordError("stale_record", subject=label(stored))
    if stored is None and records.get(work.connection, Kind.HOUSEHOLD, draft.uid) is not None:
        raise RefusedError("record_missing")
    draft = _normalised(draft, stored)
    work.subject = work.subject or label(draft)
    _save_household(work, draft, stored)
    _save_place(work, draft, stored, day, reason)
    _save_facts(work, Kind.HOUSEHOLD_FACT, "household", draft, stored, HOUSEHOLD_FACTS, day)
    _save_members(work, draft, stored, day, reason)
    if stored is not None and work.changes.touches_only(Kind.HOUSEHOLD):
        # The usual save changes no dated row: what is stored is known without reading it again.
        return replace(stored, **_values(draft, stored_households.HOUSEHOLD_FIELDS))
    return _get(work.connection, draft.uid, day)


def label(household: Household) -> str:
    """How a sentence names the household: its head, else its code."""
    return household.head.full_name if household.head else household.code or ""


def _normalised(draft: Household, stored: Household | None) -> Household:
    before = {member.uid: member for member in stored.members} if stored else {}
    return replace(
        draft,
        members=tuple(_normal_member(member, before.get(member.uid)) for member in draft.members),
    )


def _normal_member(member: Member, before: Member | None) -> Member:
    """The names cleaned, the given name guessed where the clerk has not corrected it."""
    name, given = clean(member.full_name), clean(member.given_name)
    if not given or f" {given} " not in f" {name} ":
        given = split_name(name)[1]
    if before is not None and name != before.full_name and given == before.given_name:
        # What was guessed of the old name is guessed anew; a correction of the clerk stays.
        guessed = given == split_name(before.full_name)[1]
        given = split_name(name)[1] if guessed else given
    return replace(member, full_name=name, given_name=given)


def _values(record: Household | Member, names: Iterable[str]) -> dict[str, Any]:
    values = {name: getattr(record, name) for name in names}
    return {name: nfc(value) if isinstance(value, str) else value for name, value in values.items()}


def _save_household(work: WriteUnit, draft: Household, stored: Household | None) -> None:
    values = _values(draft, stored_households.HOUSEHOLD_FIELDS)
    if stored is None:
        work.insert(Kind.HOUSEHOLD, uid=draft.uid, **values)
    else:
        before = _values(stored, stored_households.HOUSEHOLD_FIELDS)
        work.change(Kind.HOUSEHOLD, draft.uid, before, values)


def _save_place(
    work: WriteUnit, draft: Household, stored: Household | None, day: date, reason: str
) -> None:
    before = stored.village if stored else None
    if draft.village is None and (stored is None or before is not None):
        raise RefusedError("village_missing")  # it would stand in no list
    if draft.village is None or draft.village == before:
        return
    refuse_missing_village(work, draft.village, day)
    rows = records.find(work.connection, Kind.PLACE, household=draft.uid)
    if before is None:
        uid = work.insert(
            Kind.PLACE,
            household=draft.uid,
            village=draft.village,
            reason=reason,
            valid_from=day,
            valid_to=free_until(rows, day),
        )
    else:  # the wrong village was typed; a real move is an event
        (place,) = (row for row in rows if holds(row, day))
        uid = place["uid"]
        work.update(Kind.PLACE, uid, village=draft.village)
    living.follow(work, uid, instead_of=before)


def refuse_missing_village(work: WriteUnit, village: UUID, day: date) -> None:
    """A household in a village that is not there on `day` would stand in no table."""
    if not records.find_on(work.connection, Kind.AREA_VERSION, day, "area", [village]):
        raise RefusedError("unit_not_there_then")


def _save_members(
    work: WriteUnit, draft: Household, stored: Household | None, day: date, reason: str
) -> None:
    before = {member.uid: member for member in stored.members} if stored else {}
    order = [member.uid for member in stored.members] if stored else []
    moved = [member.uid for member in draft.members][: len(order)] != order[: len(draft.members)]
    added = []
    for position, member in enumerate(draft.members, start=1):
        if member.uid in before:
            old = before.pop(member.uid)
            _update_member(work, member, old, position=position, moved=moved, day=day)
        else:
            added.append((position, member))
    for member in before.values():
        _remove_member(work, draft.uid, member)
    for position, member in added:
        add_member(work, draft.uid, member, position=position, day=day, reason=reason)


def _remove_member(work: WriteUnit, household: UUID, member: Member) -> None:
    """The member was typed by mistake: this whole stay, and the person who has no other one."""
    rows = records.find(work.connection, Kind.MEMBERSHIP, person=member.uid)
    stay = stored_households.stay_of(rows, household, member.membership)
    for row in stay:
        work.remove(Kind.MEMBERSHIP, row["uid"])
    counted = records.find(work.connection, Kind.RESULT_PERSON, person=member.uid)
    if len(stay) == len(rows) and not counted:
        work.remove(Kind.PERSON, member.uid)


def set_joined(
    work: WriteUnit, household: UUID, member: Member, joined_on: date, *, day: date
) -> None:
    """Correct the first day of the stay that `member` has on `day`; it began on `joined_on`.

    Raises RefusedErrors `joined_after_shown` (it would not be there on `day`) and
    `person_member_elsewhere`.
    """
    if joined_on > day:
        raise RefusedError("joined_after_shown", name=member.full_name)
    rows = records.find(work.connection, Kind.MEMBERSHIP, person=member.uid)
    stay = stored_households.stay_of(rows, household, member.membership)
    kept = {row["uid"] for row in stay}
    for row in rows:
        if row["uid"] not in kept and row["valid_from"] <= day and lasts(row, joined_on):
            raise RefusedError("person_member_elsewhere", name=member.full_name)
    first = next(row for row in stay if lasts(row, joined_on))
    for row in stay[: stay.index(first)]:
        work.remove(Kind.MEMBERSHIP, row["uid"])
    work.update(Kind.MEMBERSHIP, first["uid"], valid_from=joined_on)


def stay_end(connection: Connection, household: UUID, since: date, name: str) -> dict[str, Any]:
    """When and why a stay that is typed late ended: with the household, if that has left by now.

    Raises RefusedErrors `household_not_here_then`, `event_later_exists`.
    """
    rows = records.find(connection, Kind.PLACE, household=household)
    places = [row for row in rows if lasts(row, row["valid_from"])]
    if not places or any(row["valid_to"] is None for row in places):
        return {"valid_to": None, "end_reason": None}
    last = max(places, key=lambda row: row["valid_to"])
    if last["valid_to"] < since:
        raise RefusedError("household_not_here_then")
    if last["reason"] in {"merge", "marriage"}:  # its members live on elsewhere
        raise RefusedError("event_later_exists", name=name, day=last["valid_to"] + DAY)
    return {"valid_to": last["valid_to"], "end_reason": last["reason"]}


def add_member(
    work: WriteUnit, household: UUID, member: Member, *, position: int, day: date, reason: str
) -> None:
    """A person joins the household on `day`; the person is created if not yet known.

    Of a known person what is typed counts, but an unknown does not wipe out what is known.
    Raises RefusedError `person_member_elsewhere` where that person is a member already, and those
    of `stay_end`.
    """
    since = member.joined_on or day
    _save_person(work, member, day)
    for row in records.find(work.connection, Kind.MEMBERSHIP, person=member.uid):
        if lasts(row, since):
            raise RefusedError("person_member_elsewhere", name=member.full_name)
    values = {
        "household": household,
        "person": member.uid,
        "relation": member.relation,
        "is_head": member.is_head,
        "position": position,
        "reason": reason,
        "valid_from": since,
        **stay_end(work.connection, household, since, member.full_name),
    }
    earlier = records.get(work.connection, Kind.MEMBERSHIP, member.membership)
    if earlier is None:
        work.insert(Kind.MEMBERSHIP, uid=member.membership, **values)
    elif earlier["removed"] and earlier["household"] == household:  # taken out, and back again
        work.change(Kind.MEMBERSHIP, member.membership, earlier, {**values, "removed": False})
    else:  # a stay of its own, after one that ended
        work.insert(Kind.MEMBERSHIP, **values)


def _save_person(work: WriteUnit, member: Member, day: date) -> None:
    known = records.get(work.connection, Kind.PERSON, member.uid)
    before = None
    if known is not None:
        before = replace(member, full_name=known["full_name"], given_name=known["given_name"])
    values = _values(_normal_member(member, before), stored_households.PERSON_FIELDS)
    if known is None:
        work.insert(Kind.PERSON, uid=member.uid, **values)
    else:
        typed = {name: value for name, value in values.items() if value is not None}
        work.change(Kind.PERSON, member.uid, known, {**typed, "removed": False})
    for code in PERSON_FACTS:
        if getattr(member, code) is not None:
            value = nfc(getattr(member, code))
            set_fact(work, Kind.PERSON_FACT, "person", member.uid, code, value, day)


def _update_member(
    work: WriteUnit, member: Member, before: Member, *, position: int, moved: bool, day: date
) -> None:
    fields = stored_households.PERSON_FIELDS
    values = _values(member, fields)
    if values != _values(before, fields):
        work.update(Kind.PERSON, member.uid, **values)
    ties = ("relation", "is_head")
    if _values(member, ties) != _values(before, ties) or moved:
        work.update(Kind.MEMBERSHIP, before.membership, **_values(member, ties), position=position)
    _save_facts(work, Kind.PERSON_FACT, "person", member, before, PERSON_FACTS, day)


def _save_facts(
    work: WriteUnit,
    kind: Kind,
    owner: str,
    draft: Household | Member,
    stored: Household | Member | None,
    codes: Iterable[str],
    day: date,
) -> None:
    for code in codes:
        value = getattr(draft, code)
        value = nfc(value) if isinstance(value, str) else value
        if value == (getattr(stored, code) if stored else None):
            continue
        set_fact(work, kind, owner, draft.uid, code, value, day)
