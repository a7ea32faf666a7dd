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
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.services.dated import set_fact
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
    work: WriteUnit, draft: Household, *, day: date, base: Household | None = None
) -> Household:
    """`save` inside a unit of work that is already open."""
    stored = stored_households.load(work.connection, [draft.uid], day).get(draft.uid)
    if stored is not None and base is not None and stored != base:
        raise StaleRecordError("stale_record", subject=label(stored))
    if stored is None and records.get(work.connection, Kind.HOUSEHOLD, draft.uid) is not None:
        raise RefusedError("record_missing")
    draft = _normalised(draft)
    work.subject = work.subject or label(draft)
    _save_household(work, draft, stored)
    _save_place(work, draft, stored, day)
    _save_facts(work, Kind.HOUSEHOLD_FACT, "household", draft, stored, HOUSEHOLD_FACTS, day)
    _save_members(work, draft, stored, day)
    if stored is not None and work.changes.touches_only(Kind.HOUSEHOLD):
        # The usual save changes no dated row: what is stored is known without reading it again.
        return replace(stored, **_values(draft, stored_households.HOUSEHOLD_FIELDS))
    return _get(work.connection, draft.uid, day)


def label(household: Household) -> str:
    """How a sentence names the household: its head, else its code."""
    return household.head.full_name if household.head else household.code or ""


def _normalised(draft: Household) -> Household:
    return replace(draft, members=tuple(_normal_member(member) for member in draft.members))


def _normal_member(member: Member) -> Member:
    name = clean(member.full_name)
    given = clean(member.given_name)
    # A given name is the clerk's correction only as long as it is part of the name.
    if not given or given not in name:
        given = split_name(name)[1]
    return replace(member, full_name=name, given_name=given)


def _values(record: Household | Member, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}


def _save_household(work: WriteUnit, draft: Household, stored: Household | None) -> None:
    values = _values(draft, stored_households.HOUSEHOLD_FIELDS)
    if stored is None:
        work.insert(Kind.HOUSEHOLD, uid=draft.uid, **values)
    else:
        before = _values(stored, stored_households.HOUSEHOLD_FIELDS)
        work.change(Kind.HOUSEHOLD, draft.uid, before, values)


def _save_place(work: WriteUnit, draft: Household, stored: Household | None, day: date) -> None:
    before = stored.village if stored else None
    if draft.village == before:
        return
    if draft.village is None:
        raise RefusedError("village_missing")
    if before is None:
        work.insert(
            Kind.PLACE,
            household=draft.uid,
            village=draft.village,
            reason="opening",
            valid_from=day,
            valid_to=None,
        )
    else:  # the wrong village was typed; a real move is an event
        (place,) = records.find_on(work.connection, Kind.PLACE, day, "household", [draft.uid])
        work.update(Kind.PLACE, place["uid"], village=draft.village)


def _save_members(work: WriteUnit, draft: Household, stored: Household | None, day: date) -> None:
    before = {member.uid: member for member in stored.members} if stored else {}
    order = [member.uid for member in stored.members] if stored else []
    kept = [member.uid for member in draft.members if member.uid in before]
    moved = kept != order[: len(kept)]
    for position, member in enumerate(draft.members, start=1):
        if member.uid in before:
            old = before.pop(member.uid)
            _update_member(work, member, old, position=position, moved=moved, day=day)
        else:
            add_member(work, draft.uid, member, position=position, day=day, reason="opening")
    for member in before.values():
        work.remove(Kind.MEMBERSHIP, member.membership)


def add_member(
    work: WriteUnit, household: UUID, member: Member, *, position: int, day: date, reason: str
) -> None:
    """A person joins the household on `day`; the person is created if not yet known."""
    if records.get(work.connection, Kind.PERSON, member.uid) is None:
        values = _values(_normal_member(member), stored_households.PERSON_FIELDS)
        work.insert(Kind.PERSON, uid=member.uid, **values)
        _save_facts(work, Kind.PERSON_FACT, "person", member, None, PERSON_FACTS, day)
    work.insert(
        Kind.MEMBERSHIP,
        uid=member.membership,
        household=household,
        person=member.uid,
        relation=member.relation,
        is_head=member.is_head,
        position=position,
        reason=reason,
        end_reason=None,
        valid_from=member.joined_on or day,
        valid_to=None,
    )


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
        if value == (getattr(stored, code) if stored else None):
            continue
        set_fact(work, kind, owner, draft.uid, code, value, day)
