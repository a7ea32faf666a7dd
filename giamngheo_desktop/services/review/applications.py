"""Sổ giấy đề nghị: who applied for what and when, and by when each one must be answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.applications import (
    Outcome,
    Purpose,
    Slot,
    State,
    slot_in,
    slot_of,
    state_of,
)
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.income import IncomeSource
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.services import settings
from giamngheo_desktop.services.households import refuse_missing_village
from giamngheo_desktop.services.review.present_list import classed_on
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.services.unit_names import all_villages
from giamngheo_desktop.storage import areas, records
from giamngheo_desktop.storage.engine import Connection, Database

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """A paper as typed; `household` and `person` are None until they stand in the register.

    `reasons` are codes of the list `application_reasons`; `income` is asked where it decides.
    """

    village: UUID
    applicant: str
    purpose: Purpose
    received_on: date
    household: UUID | None = None
    person: UUID | None = None
    channel: str | None = None
    reasons: tuple[str, ...] = ()
    detail: str | None = None
    income: tuple[IncomeSource, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A line of the book. `slot` is the review it belongs to; `days_left` is negative once the
    limit has passed, None where it is answered. `class_now` is recognised and in force today.
    """

    uid: UUID
    paper: Application
    village_name: str
    state: State
    slot: Slot
    days_left: int | None
    class_now: str | None
    review: UUID | None
    outcome: Outcome | None
    answered_on: date | None
    answer_number: str | None
    answer: str | None

    @property
    def overdue(self) -> bool:
        return self.days_left is not None and self.days_left < 0


def save(
    database: Database, context: Context, paper: Application, *, uid: UUID | None = None
) -> Done[UUID]:
    """Enter an application, or correct the one of `uid`.

    Raises RefusedErrors `applicant_missing`, `event_in_future`, `unit_not_there_then`,
    `application_needs_household` (to leave a list one must be in it), `application_pending` (the
    same household waits for the same) and `application_answered`.
    """
    with write_unit(database, context, Op.SAVE_APPLICATION, unit=paper.village) as work:
        uid = save_in(work, paper, uid)
    return Done(uid, work.changes)


def save_in(work: WriteUnit, paper: Application, uid: UUID | None = None) -> UUID:
    """`save` inside an open unit of work."""
    paper = replace(paper, applicant=clean(paper.applicant))
    work.subject = paper.applicant
    _check(work, paper, uid)
    values = {
        "village": paper.village,
        "household": paper.household,
        "person": paper.person,
        "applicant": paper.applicant,
        "purpose": paper.purpose.value,
        "received_on": paper.received_on,
        "channel": paper.channel,
        "reasons": paper.reasons or None,
        "detail": clean(paper.detail or "") or None,
    }
    if uid is None:
        empty = dict.fromkeys(
            ("standard", "review", "outcome", "answered_on", "answer_number", "answer")
        )
        uid = work.insert(Kind.APPLICATION, **values, **empty)
    else:
        work.update(Kind.APPLICATION, uid, **values)
    _save_income(work, uid, paper.income)
    return uid


def remove(database: Database, context: Context, uid: UUID) -> Done[None]:
    """Take out what was typed by mistake. Raises RefusedErrors `application_answered`,
    `application_in_review`: what a review has taken is withdrawn, not wiped out.
    """
    with write_unit(database, context, Op.SAVE_APPLICATION) as work:
        row = open_row(work.connection, uid)
        if row["review"] is not None:
            raise RefusedError("application_in_review", name=row["applicant"])
        work.subject = row["applicant"]
        _save_income(work, uid, ())
        work.remove(Kind.APPLICATION, uid)
    return Done(None, work.changes)


def _check(work: WriteUnit, paper: Application, uid: UUID | None) -> None:
    if not paper.applicant:
        raise RefusedError("applicant_missing")
    if paper.received_on > work.context.today():
        raise RefusedError("event_in_future", day=paper.received_on.strftime("%d/%m/%Y"))
    refuse_missing_village(work, paper.village, paper.received_on)
    if uid is not None:
        stored = open_row(work.connection, uid)
        asks = (paper.purpose.value, paper.household)
        if stored["review"] is not None and asks != (stored["purpose"], stored["household"]):
            raise RefusedError("application_in_review", name=stored["applicant"])
    if paper.household is None:
        if paper.purpose is Purpose.LEAVE:
            raise RefusedError("application_needs_household")
        return
    same = records.find(
        work.connection,
        Kind.APPLICATION,
        household=paper.household,
        purpose=paper.purpose.value,
        person=paper.person,
        outcome=None,
    )
    for row in same:
        if row["uid"] != uid:
            raise RefusedError("application_pending", name=row["applicant"], day=row["received_on"])


def _save_income(work: WriteUnit, application: UUID, income: Iterable[IncomeSource]) -> None:
    stored = records.find(work.connection, Kind.INCOME_SOURCE, application=application)
    typed = [
        {"source": item.source, "revenue": item.revenue, "cost": item.cost, "note": item.note}
        for item in income
    ]
    for row, values in zip(stored, typed, strict=False):
        work.change(Kind.INCOME_SOURCE, row["uid"], row, values)
    for values in typed[len(stored) :]:
        work.insert(Kind.INCOME_SOURCE, review_case=None, application=application, **values)
    for row in stored[len(typed) :]:
        work.remove(Kind.INCOME_SOURCE, row["uid"])


def open_row(connection: Connection, uid: UUID) -> dict[str, Any]:
    """The stored application. Raises RefusedErrors `record_missing`, `application_answered`."""
    row = records.get(connection, Kind.APPLICATION, uid)
    if row is None or row["removed"]:
        raise RefusedError("record_missing")
    if row["outcome"]:
        raise RefusedError("application_answered", name=row["applicant"])
    return row


def book(
    database: Database, definitions: Definitions, *, commune: UUID, year: int, today: date
) -> list[Filed]:
    """The applications whose review is of the year, the oldest first."""
    standard = standard_for(definitions.standards, year).code
    with database.reader() as connection:
        slots = Slots(connection, definitions, today)
        found = [
            (row, slot)
            for row in of_commune(connection, commune)
            if (slot := slots.of(row)).year == year
        ]
        income = _income(connection) if found else {}
        now = {
            row.household: row.household_class
            for row in classed_on(connection, definitions, standard, today)
        }
        names = all_villages(connection, today)
    return [_filed(row, slot, income, now, names, today) for row, slot in found]


def of_commune(connection: Connection, commune: UUID) -> list[dict[str, Any]]:
    """All applications from villages of the commune, in the order they came."""

    @cache
    def villages(day: date) -> frozenset[UUID]:
        return frozenset(area.uid for area in areas.tree_on(connection, day).villages(commune))

    rows = records.find(connection, Kind.APPLICATION)
    own = [row for row in rows if row["village"] in villages(row["received_on"])]
    return sorted(own, key=lambda row: (row["received_on"], row["uid"]))


class Slots:
    """Which review each application belongs to; a running one's own first day counts."""

    def __init__(self, connection: Connection, definitions: Definitions, day: date) -> None:
        self._definitions = definitions
        values = settings.read(connection, day)
        self._days = {code: int(value) for code, value in values.items() if value.isdecimal()}
        self._reviews = {row["uid"]: row for row in records.find(connection, Kind.REVIEW)}

    def of(self, row: Row) -> Slot:
        review = self._reviews.get(row["review"])
        workflow = self._definitions.workflow
        received = row["received_on"]
        own = slot_of(
            received, workflow("in_year", received), workflow("periodic", received), self._days
        )
        if review is None:
            return own
        begun = review["begun_on"]
        taken = slot_in(begun, workflow(review["workflow"], begun), self._days)
        dues = [slot.due for slot in (own, taken) if slot.due is not None]
        return replace(taken, due=min(dues, default=None))  # a later review wins no time


def of_review(database: Database, review: UUID) -> list[dict[str, Any]]:
    """The applications a review took in."""
    with database.reader() as connection:
        return records.find(connection, Kind.APPLICATION, review=review)


def _income(connection: Connection) -> dict[UUID, list[IncomeSource]]:
    found: dict[UUID, list[IncomeSource]] = {}
    for row in records.find(connection, Kind.INCOME_SOURCE):
        if row["application"] is not None:
            found.setdefault(row["application"], []).append(income_source(row))
    return found


def income_source(row: Row) -> IncomeSource:
    return IncomeSource(row["source"], row["revenue"], row["cost"], row["note"])


def _filed(
    row: Row,
    slot: Slot,
    income: Mapping[UUID, list[IncomeSource]],
    now: Mapping[UUID, str],
    names: Mapping[UUID, str],
    today: date,
) -> Filed:
    open_until = None if row["outcome"] else slot.due
    return Filed(
        uid=row["uid"],
        paper=Application(
            village=row["village"],
            applicant=row["applicant"],
            purpose=Purpose(row["purpose"]),
            received_on=row["received_on"],
            household=row["household"],
            person=row["person"],
            channel=row["channel"],
            reasons=row["reasons"] or (),
            detail=row["detail"],
            income=tuple(income.get(row["uid"], ())),
        ),
        village_name=names.get(row["village"], ""),
        state=state_of(in_review=row["review"] is not None, outcome=row["outcome"]),
        slot=slot,
        days_left=None if open_until is None else (open_until - today).days,
        class_now=now.get(row["household"]),
        review=row["review"],
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        answered_on=row["answered_on"],
        answer_number=row["answer_number"],
        answer=row["answer"],
    )
