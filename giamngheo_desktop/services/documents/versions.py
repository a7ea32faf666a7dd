"""The versions of a year's plan: dự thảo, ban hành, điều chỉnh, thay thế.

Sections, targets, what villages shall reach and the calendar belong to a version; the next one
begins as a copy. Parts of the plan, bodies and tasks belong to the year.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain import issued_merge, merging
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.record_form import OF_VERSION
from giamngheo_desktop.domain.vietnamese import lower
from giamngheo_desktop.services.exchange.work_package import held_on
from giamngheo_desktop.services.issuing import NewIssue, issue_in
from giamngheo_desktop.services.programme.within import within
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import exchange, plans, records
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.plans import PLAN


class Change(StrEnum):
    """How a version stands to the one before it."""

    ADJUSTS = "adjusts"  # điều chỉnh
    REPLACES = "replaces"  # thay thế


# Said anew of each version.
_OF_ONE = ("issued_on", "number", "signed_on")


def in_hand(database: Database, unit: UUID, year: int) -> dict[str, Any] | None:
    """The newest version of a unit's plan, draft or not; None without a plan."""
    with database.reader() as connection:
        return plans.in_hand(connection, year, unit)


def begin(
    database: Database, context: Context, unit: UUID, year: int, /, **head: Any
) -> Done[UUID]:
    """The first version of a year's plan, a draft; what villages were given so far becomes its.

    Raises RefusedError `plan_begun` where the year has one.
    """
    with write_unit(database, context, Op.BEGIN_DOCUMENT) as work:
        uid = begin_in(work, unit, year, **head)
    return Done(uid, work.changes)


def begin_in(work: WriteUnit, unit: UUID, year: int, /, **head: Any) -> UUID:
    """`begin` within another action."""
    if plans.in_hand(work.connection, year, unit) is not None:
        raise RefusedError("plan_begun", year=str(year))
    uid = work.insert(Kind.DOCUMENT, area=unit, year=year, type=PLAN, version=1, **head)
    belongs = within(work.connection, unit, date(year, 12, 31))
    rows = records.find(work.connection, Kind.VILLAGE_TARGET, year=year, document=None)
    # As records of its own: another copy may begin a plan with the same ones.
    for row in [row for row in rows if belongs(None, row["area"])]:
        work.remove(Kind.VILLAGE_TARGET, row["uid"])
        work.insert(Kind.VILLAGE_TARGET, **{**_copied(row), "document": uid})
    work.subject = texts.document_subject({"type": PLAN, "year": year, "version": 1})
    return uid


def next_version(database: Database, context: Context, plan: UUID, change: Change) -> Done[UUID]:
    """A draft that adjusts or replaces an issued version, with all that this one holds.

    Raises RefusedErrors `plan_is_draft` where that one was never issued, `plan_has_draft` where a
    draft of the year waits already.
    """
    with write_unit(database, context, Op.BEGIN_DOCUMENT) as work:
        uid = next_in(work, plan, change)
    return Done(uid, work.changes)


def next_in(work: WriteUnit, plan: UUID, change: Change) -> UUID:
    """`next_version` within another action."""
    before = work.living(Kind.DOCUMENT, plan)
    newest = plans.in_hand(work.connection, before["year"], before["area"])
    if before["issued_on"] is None:
        raise RefusedError("plan_is_draft")
    if newest is not None and newest["issued_on"] is None:
        raise RefusedError("plan_has_draft", version=str(newest["version"]))
    last = newest["version"] if newest else before["version"]
    head = _copied(before) | dict.fromkeys(_OF_ONE)
    head |= {"version": last + 1, "change": change.value, "before": plan}
    head["summary"] = _summary(work, before, change)
    uid = work.insert(Kind.DOCUMENT, **head)
    for kind in OF_VERSION:
        _copy(work, kind, plan, uid)
    work.subject = texts.document_subject({**before, "version": last + 1})
    return uid


def _summary(work: WriteUnit, before: Mapping[str, Any], change: Change) -> str | None:
    """The trích yếu of the next version: of one that adjusts it says so, once; one that replaces is
    called as what was adjusted.
    """
    while change is Change.REPLACES and before["change"] == Change.ADJUSTS:
        before = work.living(Kind.DOCUMENT, before["before"])
    said: str = before["summary"] or ""
    if change is Change.REPLACES or before["change"] == Change.ADJUSTS or not said:
        return said or None
    return texts.DOCUMENT["adjusting"].format(summary=f"{lower(said[:1])}{said[1:]}")


def issue(
    database: Database, context: Context, plan: UUID, issued_on: date, /, **head: Any
) -> Done[None]:
    """The version holds from now on; its number and day may still be typed later.

    Raises RefusedErrors `plan_issued`, `report_issued` where it is issued already.
    """
    with write_unit(database, context, Op.ISSUE_DOCUMENT) as work:
        _issue(work, plan, issued_on, head)
    return Done(None, work.changes)


def issue_paper(
    database: Database, context: Context, plan: UUID, paper: NewIssue, /, **head: Any
) -> Done[UUID]:
    """`issue` with the paper that is signed, which the book of what was issued keeps; its uid.

    Raises RefusedErrors of `issue` and of `issuing.issue`.
    """
    with write_unit(database, context, Op.ISSUE_DOCUMENT) as work:
        uid = issue_in(work, paper)
        _issue(work, plan, paper.issued_on, head)
    return Done(uid, work.changes)


def _issue(work: WriteUnit, plan: UUID, issued_on: date, head: Mapping[str, Any]) -> None:
    row = work.living(Kind.DOCUMENT, plan)
    refuse_issued_again(row)
    values, made_of = {"issued_on": issued_on, **head}, {"issued_on": _made_of(work, row)}
    work.change(Kind.DOCUMENT, plan, row, values, made_of)
    work.subject = texts.document_subject(row)


def _made_of(work: WriteUnit, row: Mapping[str, Any]) -> tuple[UUID, ...]:
    """The edits a document consists of, by which it stands where copies meet (`issued_merge`); none
    in a file of some villages, which knows a part of the document alone.
    """
    if held_on(work.connection, work.context.today(), row["area"]):
        return ()
    found = exchange.pointing(work.connection, {row["uid"]: Kind.DOCUMENT})
    parts = {uid: kind for uid, kind in found.items() if kind in OF_VERSION}
    history = exchange.read(work.connection, {row["uid"]: Kind.DOCUMENT, **parts})
    return issued_merge.named(row["uid"], merging.merge(history).values())


def refuse_issued_again(row: Mapping[str, Any]) -> None:
    """RefusedErrors `plan_issued`, `report_issued`."""
    if row["issued_on"] is not None:
        raise RefusedError("plan_issued" if row["type"] == PLAN else "report_issued")


def _copy(work: WriteUnit, kind: Kind, plan: UUID, to: UUID) -> None:
    """The records of a version into another, those that name each other too."""
    rows = records.find(work.connection, kind, document=plan)
    new = {row["uid"]: work.context.new_id() for row in rows}
    copies = [
        {**_copied(row), "uid": new[row["uid"]], "document": to}
        | ({"parent": new.get(row["parent"])} if "parent" in row else {})
        for row in rows
    ]
    if copies:
        work.insert_many(kind, copies)


def _copied(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("uid", "removed")}
