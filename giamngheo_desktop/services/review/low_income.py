"""Người lao động có thu nhập thấp: a flag of a person, from a decision until it ends."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.services.dated import DAY, holds, lasts, set_fact
from giamngheo_desktop.services.unit import WriteUnit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Connection

CODE = "low_income_worker"


def recognise_in(work: WriteUnit, person: UUID, day: date) -> None:
    """From the day of the decision on; only the worker's own application leads here."""
    set_fact(work, Kind.PERSON_FACT, "person", person, CODE, "yes", day)


def end_in(work: WriteUnit, household: UUID, day: date, until: date | None) -> None:
    """The household is poor or near-poor from `day` (to `until`): its members lose the flag."""
    last = until or date.max
    for tie in records.find(work.connection, Kind.MEMBERSHIP, household=household):
        if not lasts(tie, day) or tie["valid_from"] > last:
            continue
        for flag in records.find(
            work.connection, Kind.PERSON_FACT, person=tie["person"], code=CODE
        ):
            if lasts(flag, day) and flag["valid_from"] <= last:
                work.change(Kind.PERSON_FACT, flag["uid"], flag, {"valid_to": day - DAY})


def of_day(connection: Connection, day: date) -> frozenset[UUID]:
    """The persons who are low-income workers on a day."""
    rows = records.find(connection, Kind.PERSON_FACT, code=CODE)
    return frozenset(row["person"] for row in rows if holds(row, day))
