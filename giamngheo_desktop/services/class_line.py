"""The time line of a household's classes: where a record has its place in it, which it follows or
corrects, and what may not be recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services.dated import DAY, free_until, holds, lasts
from giamngheo_desktop.storage import classes, records, review_rows
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.review_rows import Scope

Paper = tuple[str | None, date | None]  # number and day of a decision


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


@dataclass(frozen=True, slots=True)
class Fitted:
    """Where an entry stands in the time line: the record it corrects, the others as they end then,
    its own last day.
    """

    same: dict[str, Any] | None
    others: list[dict[str, Any]]
    valid_to: date | None

    def is_counted(self, entry: ClassEntry) -> bool:
        """Whether the entry is what its review year counts, and no later one of that year."""
        last = date(entry.review_year, 12, 31)
        later = (
            row["review_year"] == entry.review_year
            and row["valid_from"] > entry.valid_from
            and lasts(row, last)
            for row in self.others
        )
        return (self.valid_to is None or self.valid_to >= last) and not any(later)


def fit(
    connection: Connection, entry: ClassEntry, corrects: UUID | None = None, *, beside: bool = False
) -> Fitted:
    """As `classes.record_in` says, with the RefusedErrors of it; nothing is written."""
    computed = entry.source == "computed"
    if not (beside or computed):
        refuse_closed(connection, entry.household, entry.standard, entry.review_year)
    last_day = _last_day_here(connection, entry)
    rows = time_line(connection, entry.household, entry.standard, computed=computed)
    same = next(
        (
            row
            for row in reversed(rows)
            if not beside and (row["uid"] == corrects if corrects else _is_same(row, entry))
        ),
        None,
    )
    if same is not None:
        rows.remove(same)
        give_back(rows, same)
    signed = date.max if beside else entry.decision_on or entry.valid_from
    until = _make_room(rows, entry, signed)
    ends = [day for day in (until, last_day) if day is not None]
    return Fitted(same, rows, min(ends, default=None))


def refuse_closed(connection: Connection, household: UUID, standard: str, year: int) -> None:
    """What a closed year counted, or what it opened with, is corrected and not written anew."""
    places = records.find(connection, Kind.PLACE, household=household)
    for closed in closed_since(connection, standard, year):
        first, last = date(closed, 1, 1), date(closed, 12, 31)
        here = [row["village"] for row in places if row["valid_from"] <= last and lasts(row, first)]
        frozen = review_rows.is_frozen(connection, Scope(year=closed, standard=standard))
        if any(review_rows.is_closed(frozen, [village]) for village in here):
            raise RefusedError("class_of_closed_year", year=closed)


def closed_since(connection: Connection, standard: str, year: int) -> list[int]:
    """The review years from `year` on that any unit has closed under a standard, in order."""
    rounds = records.find(connection, Kind.ROUND, standard=standard)
    closed = {row["review_year"] for row in rounds if row["closed_on"] is not None}
    return sorted(each for each in closed if each >= year)


def _last_day_here(connection: Connection, entry: ClassEntry) -> date | None:
    """The last day of a household that left later; None where it is still in the register."""
    places = records.find(connection, Kind.PLACE, household=entry.household)
    days = [row["valid_to"] for row in places if lasts(row, entry.valid_from)]
    if places and not days:
        raise RefusedError("household_not_here_then")
    return None if not days or None in days else max(days)


def time_line(
    connection: Connection, household: UUID, standard: str, *, computed: bool
) -> list[dict[str, Any]]:
    """The recognised records of the household and standard, or the computed ones, in order."""
    kept = [
        row
        for row in classes.of_household(connection, household)
        if row["standard"] == standard and (row["source"] == "computed") == computed
    ]
    return sorted(kept, key=lambda row: (row["valid_from"], _signed(row), row["uid"]))


def _signed(row: Mapping[str, Any]) -> date:
    """What ranks the results that begin on one day."""
    day: date = row["signed_on"] or row["valid_from"]
    return day


def is_same_paper(one: Paper, other: Paper) -> bool:
    """Neither has a paper, or number and day agree as far as both are known."""
    if not any(one) or not any(other):
        return not any(one) and not any(other)
    both = [(a, b) for a, b in zip(one, other, strict=True) if a and b]
    return bool(both) and all(a == b for a, b in both)


def _is_same(row: Mapping[str, Any], entry: ClassEntry) -> bool:
    """Whether the entry corrects the record instead of following it."""
    if row["review_year"] != entry.review_year:
        return False
    if entry.source == "computed":
        return bool(row["valid_from"] >= entry.valid_from)
    mine, its = (entry.decision_number, entry.decision_on), (row["number"], row["signed_on"])
    if any(mine) and not any(its):  # the paper of this very result, typed later?
        result = (entry.household_class, entry.average_living)
        known = (row["household_class"], row["average_living"])
        return result == known and bool(entry.valid_from <= row["valid_from"])
    if any(mine) or any(its):
        return is_same_paper(mine, its)
    both_open = row["source"] == entry.source == "opening"
    return both_open or bool(row["valid_from"] == entry.valid_from)


def give_back(rows: Iterable[dict[str, Any]], gone: Mapping[str, Any]) -> None:
    """The record that ended where `gone` began holds on: without `gone` it still would."""
    day = gone["valid_from"]
    if lasts(gone, day):  # what was to begin later ended with the household, not with `gone`
        ended = [row for row in rows if row["valid_to"] == day - DAY and row["valid_from"] <= day]
        if ended:
            ended[-1]["valid_to"] = gone["valid_to"]


def _make_room(rows: Iterable[dict[str, Any]], entry: ClassEntry, signed: date) -> date | None:
    """End the record in force on the entry's first day; returns the entry's own last day."""
    last_day = None
    for row in rows:
        year, first_day = row["review_year"], row["valid_from"]
        if not lasts(row, first_day):
            continue
        later = first_day > entry.valid_from
        if year < entry.review_year if later else year > entry.review_year:
            raise RefusedError("class_already_newer", year=year, day=first_day)
        if holds(row, entry.valid_from):
            if first_day == entry.valid_from and _signed(row) > signed:
                return entry.valid_from - DAY  # the one signed later holds; this one never did
            last_day, row["valid_to"] = row["valid_to"], entry.valid_from - DAY
    begins = free_until(rows, entry.valid_from)
    return min((day for day in (last_day, begins) if day is not None), default=None)
