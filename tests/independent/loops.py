"""The tables once more, counted by plain loops over base rows: no join, no SUM.

Nothing of the project is used. Rows come from `SELECT *`.
Days are ISO texts, so that comparing texts compares days.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

YEARS = range(2020, 2027)
TOTAL = "Tổng cộng"
Row = dict[str, Any]
Counts = dict[str, dict[str, int | None]]  # village → key → number

CLASSES = ("poor", "near_poor", "average_living")
COUNTED = (*CLASSES, "poor_social_protection")
ROLLUP_KEYS = tuple(f"{group}_{what}" for group in COUNTED for what in ("households", "persons"))
TABLES = (
    "area",
    "area_version",
    "population",
    "village_target",
    "household",
    "household_place",
    "household_fact",
    "person",
    "membership",
    "class_record",
    "review_round",
    "review_result",
    "review_result_person",
)


class Register:
    """The rows of a file that were not typed by mistake."""

    def __init__(self, path: Path) -> None:
        self.rows: dict[str, list[Row]] = {}
        with closing(sqlite3.connect(path)) as connection:
            connection.row_factory = sqlite3.Row
            for table in TABLES:
                found = [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]
                self.rows[table] = [row for row in found if row["removed"] == 0]


def change(source: Path, target: Path, *statements: str) -> Path:
    """A copy of a file with rows changed behind the program's back."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        for statement in statements:
            assert new.execute(statement).rowcount > 0, statement
        new.commit()
    return target


def standard_of(year: int) -> str:
    return "2016" if year <= 2021 else "2022"


def holds(row: Row, day: str) -> bool:
    return row["valid_from"] <= day and (row["valid_to"] is None or day <= row["valid_to"])


# --- Who lives where, in which class ---------------------------------------------------------


def villages(register: Register, day: str) -> dict[str, str]:
    """Village → name, in the order of the paper."""
    levels = {row["uid"]: row["level"] for row in register.rows["area"]}
    found = []
    for row in register.rows["area_version"]:
        if levels[row["area"]] == "village" and holds(row, day):
            found.append((row["position"], row["area"], row["name"]))
    return {area: name for _, area, name in sorted(found)}


def homes(register: Register, day: str) -> dict[str, str]:
    """Household → its village on a day; those that left or ended have none."""
    kept = {row["uid"] for row in register.rows["household"]}
    found: dict[str, str] = {}
    for row in register.rows["household_place"]:
        if row["household"] in kept and holds(row, day):
            assert row["household"] not in found, f"two villages on {day}"
            found[row["household"]] = row["village"]
    return found


def sizes(register: Register, day: str) -> dict[str, int]:
    """Household → its persons on a day; nobody is counted twice."""
    kept = {row["uid"] for row in register.rows["person"]}
    found: dict[str, int] = {}
    seen = set()
    for row in register.rows["membership"]:
        if row["person"] in kept and holds(row, day):
            assert row["person"] not in seen, f"one person in two households on {day}"
            seen.add(row["person"])
            found[row["household"]] = found.get(row["household"], 0) + 1
    return found


def protected(register: Register, day: str) -> set[str]:
    return {
        row["household"]
        for row in register.rows["household_fact"]
        if (row["code"], row["value"]) == ("social_protection", "yes") and holds(row, day)
    }


def _by_household(rows: Iterable[Row]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        assert row["household"] not in found, "two recognised classes at one time"
        found[row["household"]] = row
    return found


def classes_on(register: Register, standard: str, day: str) -> dict[str, Row]:
    """Recognised and in force on a day, whatever the year of the review."""
    return _by_household(
        row
        for row in register.rows["class_record"]
        if row["source"] in ("opening", "decision")
        and row["standard"] == standard
        and holds(row, day)
    )


def classes_of(register: Register, standard: str, year: int) -> dict[str, Row]:
    """Recognised by the review of a year and not ended before its last day."""
    last = f"{year}-12-31"
    return _by_household(
        row
        for row in register.rows["class_record"]
        if row["source"] in ("opening", "decision")
        and row["standard"] == standard
        and row["review_year"] == year
        and (row["valid_to"] is None or row["valid_to"] >= last)
    )


# --- Counts ------------------------------------------------------------------------------------


def _zeros(places: Iterable[str]) -> Counts:
    return {place: dict.fromkeys(ROLLUP_KEYS, 0) for place in places}


def _add(counts: Counts, village: str, row: Row, persons: int, is_protected: bool) -> None:
    groups = []
    if row["household_class"] in ("poor", "near_poor"):
        groups.append(row["household_class"])
    if row["average_living"]:
        groups.append("average_living")
    if row["household_class"] == "poor" and is_protected:
        groups.append("poor_social_protection")
    for group in groups:
        counts[village][f"{group}_households"] += 1
        counts[village][f"{group}_persons"] += persons


def dated_counts(register: Register, classes: dict[str, Row], day: str) -> Counts:
    """From the dated facts; where no household of the commune has a class, nothing is known."""
    counts = _zeros(villages(register, day))
    where, persons, covered = homes(register, day), sizes(register, day), protected(register, day)
    counted = 0
    for household, row in classes.items():
        if household in where:
            counted += 1
            size = persons.get(household, 0)
            _add(counts, where[household], row, size, household in covered)
    if not counted:
        return {place: dict.fromkeys(ROLLUP_KEYS) for place in counts}
    return counts


def year_counts(register: Register, standard: str, year: int) -> Counts:
    classes = classes_of(register, standard, year)
    return dated_counts(register, classes, f"{year}-12-31")


def frozen_counts(register: Register, standard: str, year: int) -> Counts:
    """From what closing the year copied."""
    counts = _zeros(villages(register, f"{year}-12-31"))
    persons: dict[str, int] = {}
    for row in register.rows["review_result_person"]:
        persons[row["result"]] = persons.get(row["result"], 0) + 1
    for row in register.rows["review_result"]:
        if (row["standard"], row["review_year"], row["recognised"]) == (standard, year, 1):
            assert row["persons"] == persons.get(row["uid"], 0)
            _add(counts, row["village"], row, row["persons"], bool(row["social_protection"]))
    return counts


def summed(values: Iterable[int | None]) -> int | None:
    """A sum with an unknown part is unknown."""
    total = 0
    for value in values:
        if value is None:
            return None
        total += value
    return total


def rate(count: int | None, total: int | None) -> Decimal | None:
    """count*100/total, half away from zero, in whole hundredths; not of a total that cannot be."""
    if count is None or total is None or total == 0 or total < abs(count):
        return None
    hundredths = (abs(count) * 20000 + total) // (2 * total)
    return Decimal(hundredths if count >= 0 else -hundredths) / 100


# --- The tables --------------------------------------------------------------------------------


def typed_totals(register: Register, year: int) -> dict[str, tuple[int | None, int | None]]:
    return {
        row["area"]: (row["households"], row["persons"])
        for row in register.rows["population"]
        if row["year"] == year
    }


def bc1(register: Register, counts: Counts, year: int, day: str | None = None) -> dict[Any, Any]:
    """The cells of BC1: (label, key) → value."""
    names = villages(register, day or f"{year}-12-31")
    typed = typed_totals(register, year)
    rows = []
    for village, name in names.items():
        households, persons = typed.get(village, (None, None))
        rows.append((name, {"households": households, "persons": persons, **counts[village]}))
    keys = list(rows[0][1])
    rows.append((TOTAL, {key: summed(row[key] for _, row in rows) for key in keys}))
    found = {}
    for label, row in rows:
        for what in ("households", "persons"):
            found[label, what] = row[what]
        for what, one in (("households", "household"), ("persons", "person")):
            for group in CLASSES:
                count = row[f"{group}_{what}"]
                found[label, f"{group}_{what}"] = count
                found[label, f"{group}_{one}_rate"] = rate(count, row[what])
    return found


def village_table(
    register: Register, year: int, opening: Counts, closing: Counts | None
) -> dict[Any, Any]:
    """The cells of the village table: without a closing the plan, with one what came of it."""
    names = villages(register, f"{year}-12-31")
    typed = typed_totals(register, year)
    targets = {row["area"]: row for row in register.rows["village_target"] if row["year"] == year}
    rows = []
    for village, name in names.items():
        row: dict[str, int | None] = {"households": typed.get(village, (None, None))[0]}
        for group in ("poor", "near_poor"):
            first = opening[village][f"{group}_households"]
            if closing is None:
                less = targets[village][f"{group}_decrease"] if village in targets else None
                last = None if first is None or less is None else first - less
            else:
                last = closing[village][f"{group}_households"]
                less = None if first is None or last is None else first - last
            row |= {f"{group}_opening": first, f"{group}_decrease": less, f"{group}_closing": last}
        rows.append((name, row))
    keys = list(rows[0][1])
    rows.append((TOTAL, {key: summed(row[key] for _, row in rows) for key in keys}))
    found = {}
    for label, row in rows:
        found[label, "households"] = row["households"]
        for key in keys[1:]:
            found[label, key] = row[key]
            found[label, f"{key}_rate"] = rate(row[key], row["households"])
    return found
