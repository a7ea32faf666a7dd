"""Saving one household from its screen: record, members, class and ticks in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.indicators import Answer
from giamngheo_desktop.services import assessment, classes, households
from giamngheo_desktop.services.classes import ClassEntry
from giamngheo_desktop.services.dated import set_fact
from giamngheo_desktop.services.households import HOUSEHOLD_FACTS, PERSON_FACTS
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import households as stored
from giamngheo_desktop.storage.engine import Database

Answers = Mapping[str, Mapping[str, Answer | None]]  # standard → indicator → tick (None: no tick)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassChange:
    """The class of the working year as typed.

    `stored` is the record it corrects, or takes away where `entry` is None; without it the entry
    is recorded as its paper says.
    """

    entry: ClassEntry | None
    stored: UUID | None = None


def save(
    database: Database,
    context: Context,
    draft: Household,
    *,
    base: Household | None,
    shown_on: date,
    since: date,
    commune: UUID,
    change: ClassChange | None = None,
    answers: Answers | None = None,
    arrives: bool = False,
) -> Done[Household]:
    """Save all of it, or nothing; one undo step. Returns the household as on `shown_on`.

    `base` is what the form was filled with on `shown_on` (None: a new household). New members
    and changed dated facts hold from `since`; a new household that `arrives` came on that day,
    with the class and the paper of the commune it comes from. Raises RefusedError
    `village_missing`, `since_after_shown`; StaleRecordError where the stored household is no
    longer `base`.
    """
    if draft.village is None:
        raise RefusedError("village_missing")  # it would stand in no list
    if since > shown_on:
        raise RefusedError("since_after_shown", day=shown_on.strftime("%d/%m/%Y"))
    op = Op.MOVE_IN if arrives else Op.SAVE_HOUSEHOLD
    with write_unit(database, context, op, unit=draft.village) as work:
        if base is None:
            households.save_in(work, draft, day=since, reason="move_in" if arrives else "opening")
        else:
            _save_known(work, draft, base, shown_on, since)
        if change is not None:
            _save_class(work, change, commune)
        for standard, ticks in (answers or {}).items():
            assessment.save_answers_in(work, draft.uid, standard, ticks)
        found = stored.load(work.connection, [draft.uid], shown_on)[draft.uid]
    return Done(found, work.changes)


def _save_known(
    work: WriteUnit, draft: Household, base: Household, shown_on: date, since: date
) -> None:
    """What is compared is the day shown; what is new begins on its own day."""
    before = {member.uid: member for member in base.members}
    plain = replace(
        draft,
        members=tuple(_plain(member, before.get(member.uid), since) for member in draft.members),
        **_facts(base, HOUSEHOLD_FACTS),
    )
    households.save_in(work, plain, day=shown_on, base=base)
    _set_facts(work, Kind.HOUSEHOLD_FACT, "household", draft, base, HOUSEHOLD_FACTS, since)
    for member in draft.members:
        old = before.get(member.uid)
        _set_facts(work, Kind.PERSON_FACT, "person", member, old, PERSON_FACTS, since)
        joined = member.joined_on
        if old is not None and joined is not None and joined != old.joined_on:
            households.set_joined(work, draft.uid, old, joined, day=shown_on)


def _plain(member: Member, before: Member | None, since: date) -> Member:
    """The member without changes of dated facts; those get their own day."""
    facts = _facts(before, PERSON_FACTS) if before else dict.fromkeys(PERSON_FACTS)
    joined = member.joined_on or (since if before is None else None)
    return replace(member, joined_on=joined, **facts)


def _facts(record: Household | Member, codes: tuple[str, ...]) -> dict[str, Any]:
    return {code: getattr(record, code) for code in codes}


def _set_facts(
    work: WriteUnit,
    kind: Kind,
    owner: str,
    draft: Household | Member,
    before: Household | Member | None,
    codes: tuple[str, ...],
    since: date,
) -> None:
    for code in codes:
        value = getattr(draft, code)
        if value != (getattr(before, code) if before else None):
            set_fact(work, kind, owner, draft.uid, code, value, since)


def _save_class(work: WriteUnit, change: ClassChange, commune: UUID) -> None:
    if change.entry is not None:
        classes.record_in(work, change.entry, commune, corrects=change.stored)
    elif change.stored is not None:
        classes.remove_in(work, change.stored)
