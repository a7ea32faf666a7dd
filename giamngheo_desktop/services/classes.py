"""Class records: what a household was recognised as, under which standard, from when to when.

Computed is not recognised: `source` tells them apart and tables count one or the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services.dated import DAY, free_until, holds, lasts
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import areas, classes, records, review_rows
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.review_rows import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassEntry:
    """One class record as typed: `source` is opening | computed | decision.

    `valid_from` is the first day it entitles; the year it is counted in is `review_year`. A
    computed record may have no class yet, but the `possible` ones.
    """

    household: UUID
    standard: str
    review_year: int
    household_class: str | None
    possible: tuple[str, ...] | None = None
    average_living: bool = False
    source: str = "opening"
    valid_from: date
    decision_number: str | None = None
    decision_on: date | None = None
    note: str | None = None


def of_household(database: Database, household: UUID) -> list[dict[str, Any]]:
    """The time line of classes, newest first, with `number` and `signed_on` of the decision."""
    with database.reader() as connection:
        return classes.of_household(connection, household)


def record(
    database: Database, context: Context, entry: ClassEntry, *, commune: UUID, subject: str = ""
) -> Done[UUID]:
    """Record one class; returns the record's uid."""
    with write_unit(database, context, Op.RECORD_CLASS, unit=commune) as work:
        work.subject = subject
        uid = record_in(work, entry, commune)
    return Done(uid, work.changes)


def record_in(work: WriteUnit, entry: ClassEntry, commune: UUID) -> UUID:
    """`record` inside an open unit of work.

    The same paper (or opening) for the same review year is corrected in place, its first day too;
    so is a record that begins on the same day for the same year. Any other record in force ends
    the day before this one begins, and this one ends where a later one begins. Raises RefusedError
    `class_already_newer` where review years and first days would run in opposite order.
    """
    paper = _decision(work, entry, commune)
    values: dict[str, Any] = {
        "household": entry.household,
        "standard": entry.standard,
        "review_year": entry.review_year,
        "household_class": entry.household_class,
        "possible": entry.possible,
        "average_living": entry.average_living,
        "source": entry.source,
        "decision": paper,
        "note": entry.note,
        "valid_from": entry.valid_from,
    }
    rows = _time_line(work, entry)
    same = next((row for row in rows if _is_same(row, entry, paper)), None)
    if same is not None:
        rows.remove(same)
        # Without it the one before would still hold.
        for row in rows:
            if row["valid_to"] == same["valid_from"] - DAY:
                row["valid_to"] = same["valid_to"]
    values["valid_to"] = _make_room(rows, entry)
    for row in rows:
        work.update(Kind.CLASS_RECORD, row["uid"], valid_to=row["valid_to"])
    if same is not None:
        work.update(Kind.CLASS_RECORD, same["uid"], **values)
        return UUID(str(same["uid"]))
    return work.insert(Kind.CLASS_RECORD, **values)


def _time_line(work: WriteUnit, entry: ClassEntry) -> list[dict[str, Any]]:
    """The recognised records of the household and standard, or the computed ones, in order."""
    rows = records.find(
        work.connection, Kind.CLASS_RECORD, household=entry.household, standard=entry.standard
    )
    computed = entry.source == "computed"
    kept = [
        row
        for row in rows
        if (row["source"] == "computed") == computed and lasts(row, row["valid_from"])
    ]
    return sorted(kept, key=lambda row: (row["valid_from"], row["uid"]))


def _is_same(row: Mapping[str, Any], entry: ClassEntry, paper: UUID | None) -> bool:
    """Whether the entry corrects the record instead of following it."""
    if row["review_year"] != entry.review_year:
        return False
    if row["valid_from"] == entry.valid_from:
        return True
    if row["source"] != entry.source:
        return False
    match entry.source:
        case "opening":
            return True
        case "decision":
            return paper is not None and row["decision"] == paper
    return bool(row["valid_from"] > entry.valid_from)


def _make_room(rows: Iterable[dict[str, Any]], entry: ClassEntry) -> date | None:
    """End the record in force on the entry's first day; returns the entry's own last day."""
    last_day = None
    for row in rows:
        year, first_day = row["review_year"], row["valid_from"]
        if first_day > entry.valid_from:
            in_order = year >= entry.review_year
        elif first_day == entry.valid_from:
            in_order = year < entry.review_year
        else:
            in_order = year <= entry.review_year
        if not in_order:
            raise RefusedError("class_already_newer", year=year, day=first_day)
        if holds(row, entry.valid_from):
            last_day, row["valid_to"] = row["valid_to"], entry.valid_from - DAY
    begins = free_until(rows, entry.valid_from)
    return min((day for day in (last_day, begins) if day is not None), default=None)


def _decision(work: WriteUnit, entry: ClassEntry, commune: UUID) -> UUID | None:
    """The decision by number and day, found or made; None where no paper is named."""
    if not entry.decision_number and not entry.decision_on:
        return None
    same = records.find(
        work.connection,
        Kind.DECISION,
        number=entry.decision_number,
        signed_on=entry.decision_on,
        area=commune,
    )
    if same:
        return UUID(str(same[0]["uid"]))
    return work.insert(
        Kind.DECISION,
        area=commune,
        number=entry.decision_number,
        signed_on=entry.decision_on,
        signer=None,
        note=None,
    )


def end_all(work: WriteUnit, household: UUID, day: date) -> None:
    """From `day` on the household has no class: it died out, left or was merged."""
    for row in records.find(work.connection, Kind.CLASS_RECORD, household=household):
        if lasts(row, day):
            work.update(Kind.CLASS_RECORD, row["uid"], valid_to=day - DAY)


def close_year(
    database: Database,
    context: Context,
    *,
    year: int,
    standard: str,
    definition: str,
    commune: UUID,
    kind: str = "periodic",
) -> Done[UUID]:
    """Freeze what the yearly tables of a commune (or of all below a unit) count.

    `definition` is the sha256 of the standard's file.
    """
    with write_unit(database, context, Op.CLOSE_YEAR, unit=commune) as work:
        work.subject = str(year)
        uid = close_year_in(
            work, year=year, standard=standard, definition=definition, commune=commune, kind=kind
        )
    return Done(uid, work.changes)


def close_year_in(
    work: WriteUnit,
    *,
    year: int,
    standard: str,
    definition: str,
    commune: UUID,
    kind: str = "periodic",
) -> UUID:
    """`close_year` inside an open unit of work. Raises RefusedError `year_closed`."""
    scope = Scope(year=year, standard=standard)
    tree = areas.tree_on(work.connection, scope.day)
    own = {village.uid for village in tree.villages(commune)}
    frozen = review_rows.is_frozen(work.connection, scope)
    if review_rows.is_closed(frozen, own):
        raise RefusedError("year_closed", year=year)
    # A commune closes also what stands in villages that ended and in none that is another's.
    others = {village.uid for village in tree.villages()} - own if own else set()
    done = frozenset() if isinstance(frozen, bool) else frozen
    counted = classes.frozen_households(work.connection, scope)
    round_uid = work.insert(
        Kind.ROUND,
        area=commune,
        review_year=year,
        standard=standard,
        kind=kind,
        reference_day=scope.day,
        closed_on=work.context.today(),
        note=None,
    )
    by_household: dict[UUID, dict[str, Any]] = {}  # two typed heads are no two households
    for row in classes.rows_to_freeze(work.connection, scope):
        if row["village"] not in others | done and row["household"] not in counted:
            by_household.setdefault(row["household"], row)
    rows = list(by_household.values())
    results = work.insert_many(
        Kind.RESULT,
        [
            {
                **row,
                "round": round_uid,
                "standard": standard,
                "review_year": year,
                "recognised": True,
                "score_income": None,
                "income": None,
                "deprived_bits": None,
                "unknown_bits": None,
                "definition": definition,
            }
            for row in rows
        ],
    )
    members = classes.members_on(work.connection, scope.day)
    work.insert_many(
        Kind.RESULT_PERSON,
        [
            {"result": result, "person": person}
            for result, row in zip(results, rows, strict=True)
            for person in members.get(row["household"], ())
        ],
    )
    return round_uid


def reopen_year(
    database: Database,
    context: Context,
    *,
    year: int,
    standard: str,
    reason: str,
    commune: UUID | None = None,
) -> Done[None]:
    """Let the tables of a closed year follow the register again; a reason is required.

    `commune` None reopens it everywhere, else where it, a unit above it or one that went into it
    closed it.
    """
    if not reason.strip():
        raise RefusedError("reason_missing")
    with write_unit(database, context, Op.REOPEN_YEAR, reason=reason) as work:
        work.subject = str(year)
        rounds = records.find(work.connection, Kind.ROUND, review_year=year, standard=standard)
        meant = None if commune is None else _closers(work, commune, year)
        closed = [
            row
            for row in rounds
            if row["closed_on"] is not None and (meant is None or row["area"] in meant)
        ]
        if not closed:
            raise RefusedError("year_not_closed", year=year)
        for row in closed:
            work.update(Kind.ROUND, row["uid"], closed_on=None)
            results, people = classes.results_of_round(work.connection, row["uid"])
            work.remove_many(Kind.RESULT_PERSON, people)
            work.remove_many(Kind.RESULT, results)
    return Done(None, work.changes)


def _closers(work: WriteUnit, commune: UUID, year: int) -> frozenset[UUID]:
    """The units whose closing closes the year of a commune."""
    tree = areas.tree_on(work.connection, date(year, 12, 31))
    above = {area.uid for area in tree.ancestors(commune)} | {commune}
    below = {area.uid for area in tree if commune in {up.uid for up in tree.ancestors(area.uid)}}
    parts = {step.old for step in areas.successions(work.connection) if step.new == commune}
    return frozenset(above | below | parts)
