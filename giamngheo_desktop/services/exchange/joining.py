"""Two households that turned out to be one: typed on two computers, or twice on one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.identity_numbers import fold_identity
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.services.dated import holds
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Database

Row = Mapping[str, Any]

# What the household that stays has already is kept; the same of the other was typed twice.
_SINGLE: dict[Kind, tuple[str, ...]] = {
    Kind.HOUSEHOLD_FACT: ("code",),
    Kind.CLASS_RECORD: ("standard",),
    Kind.INDICATOR_ANSWER: ("standard", "indicator"),
    Kind.CASE: ("review",),
    Kind.HOUSEHOLD_PLAN: ("year",),
}
# Each is one of its own.
_ALL = (
    Kind.CERTIFICATE,
    Kind.APPLICATION,
    Kind.ISSUED,
    Kind.NEED,
    Kind.SUPPORT,
    Kind.ASSIGNMENT,
    Kind.VISIT,
    Kind.INCIDENT,
    Kind.PARTICIPANT,
    Kind.FUND_ENTRY,
    Kind.PERIOD_ROW,
)
_OF_PERSON = (
    Kind.APPLICATION,
    Kind.ISSUED,
    Kind.NEED,
    Kind.SUPPORT,
    Kind.PARTICIPANT,
    Kind.PERIOD_ROW,
)
_OF_CASE = (Kind.CASE_ANSWERS, Kind.CASE_RESULT, Kind.INCOME_SOURCE, Kind.VOTE, Kind.COMPLAINT)


def join(database: Database, context: Context, *, keep: UUID, other: UUID) -> Done[UUID]:
    """`other` becomes one with `keep`: what only it has moves over, what both have stays as in
    `keep`, and `other` counts as typed by mistake.

    Raises RefusedErrors `same_household`, `record_missing`, and `join_closed` where a closed year
    counts `other`.
    """
    with write_unit(database, context, Op.JOIN_TWINS) as work:
        if keep == other:
            raise RefusedError("same_household")
        stays, goes = (work.living(Kind.HOUSEHOLD, uid) for uid in (keep, other))
        if records.find(work.connection, Kind.RESULT, household=other):
            raise RefusedError("join_closed")
        work.subject = _head(work, keep)
        _members(work, keep, other)
        for kind, key in _SINGLE.items():
            _single(work, kind, key, keep, other)
        for kind in _ALL:
            for row in records.find(work.connection, kind, household=other):
                work.change(kind, row["uid"], row, {"household": keep})
        for place in records.find(work.connection, Kind.PLACE, household=other):
            work.remove(Kind.PLACE, place["uid"])
        _fill(work, Kind.HOUSEHOLD, stays, goes)
        work.remove(Kind.HOUSEHOLD, other)
    return Done(keep, work.changes)


def _head(work: WriteUnit, household: UUID) -> str:
    today = work.context.today()
    for row in _stays(work, household):
        if row["is_head"] and holds(row, today):
            return str(work.living(Kind.PERSON, row["person"])["full_name"])
    return ""


def _stays(work: WriteUnit, household: UUID) -> list[dict[str, Any]]:
    return records.find(work.connection, Kind.MEMBERSHIP, household=household)


def _members(work: WriteUnit, keep: UUID, other: UUID) -> None:
    """Who is in both stays once; the others come over."""
    stays = _stays(work, keep)
    here = [work.living(Kind.PERSON, row["person"]) for row in stays]
    heads = any(row["is_head"] and row["valid_to"] is None for row in stays)
    last = max((row["position"] or 0 for row in stays), default=0)
    twins: dict[UUID, UUID] = {}
    for row in _stays(work, other):
        person = work.living(Kind.PERSON, row["person"])
        twin = next((one for one in here if is_same(one, person)), None)
        if twin is not None and twin["uid"] != person["uid"]:
            twins[person["uid"]] = twin["uid"]
        if twin is not None:
            work.remove(Kind.MEMBERSHIP, row["uid"])
            continue
        last += 1
        ties: dict[str, Any] = {"household": keep, "position": last}
        if row["is_head"] and heads:  # whose relation to the head was typed for another one
            ties |= {"is_head": False, "relation": None}
        work.change(Kind.MEMBERSHIP, row["uid"], row, ties)
    for gone, same in twins.items():
        _one_person(work, same, gone)


def is_same(one: Row, other: Row) -> bool:
    """Whether two persons are one: by uid, by their numbers where both have one, else by name and
    birth.
    """
    if one["uid"] == other["uid"]:
        return True
    if one["id_number"] and other["id_number"]:
        return fold_identity(one["id_number"]) == fold_identity(other["id_number"])
    same = search_key(one["full_name"]) == search_key(other["full_name"])
    return same and one["birth"] == other["birth"]


def _one_person(work: WriteUnit, keep: UUID, other: UUID) -> None:
    """Unless the person also lived elsewhere: then that is for the officer."""
    if records.find(work.connection, Kind.MEMBERSHIP, person=other):
        return
    _fill(work, Kind.PERSON, *(work.living(Kind.PERSON, uid) for uid in (keep, other)))
    _single(work, Kind.PERSON_FACT, ("code",), keep, other, owner="person")
    for kind in _OF_PERSON:
        for row in records.find(work.connection, kind, person=other):
            work.change(kind, row["uid"], row, {"person": keep})
    for row in records.find(work.connection, Kind.CASE_ANSWERS, record=other):
        case = {"review_case": row["review_case"], "record": keep}
        if records.find(work.connection, Kind.CASE_ANSWERS, **case):
            work.remove(Kind.CASE_ANSWERS, row["uid"])
        else:
            work.change(Kind.CASE_ANSWERS, row["uid"], row, {"record": keep})
    work.remove(Kind.PERSON, other)


def _single(
    work: WriteUnit,
    kind: Kind,
    key: tuple[str, ...],
    keep: UUID,
    other: UUID,
    owner: str = "household",
) -> None:
    here = {
        tuple(row[name] for name in key): row["uid"]
        for row in records.find(work.connection, kind, **{owner: keep})
    }
    for row in records.find(work.connection, kind, **{owner: other}):
        held = here.get(tuple(row[name] for name in key))
        if held is None:
            work.change(kind, row["uid"], row, {owner: keep})
            continue
        if kind is Kind.CASE:
            _one_case(work, held, row["uid"])
        work.remove(kind, row["uid"])


def _one_case(work: WriteUnit, keep: UUID, other: UUID) -> None:
    """What hangs on the case that goes and is missing at the one that stays moves there."""
    keys = {Kind.CASE_ANSWERS: "record", Kind.CASE_RESULT: "standard", Kind.VOTE: "meeting"}
    for kind in _OF_CASE:
        here = records.find(work.connection, kind, review_case=keep)
        key = keys.get(kind)
        known = {row[key] for row in here} if key else set()
        for row in records.find(work.connection, kind, review_case=other):
            if key and row[key] in known:
                work.remove(kind, row["uid"])
            else:
                work.change(kind, row["uid"], row, {"review_case": keep})
    _fill(work, Kind.CASE, *(work.living(Kind.CASE, uid) for uid in (keep, other)))


def _fill(work: WriteUnit, kind: Kind, stays: Row, goes: Row) -> None:
    """What one left empty and the other has."""
    values = {
        name: goes[name]
        for name in records.columns(kind)
        if stays[name] is None and goes[name] is not None
    }
    work.change(kind, stays["uid"], stays, values)
