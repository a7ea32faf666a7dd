"""Sơ bộ: computed classes typed into a copy whose last year is open, counted by a plain loop."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import openpyxl
import pytest

from tests.independent.commands import Request, cells, read_json, run_many, write_reports
from tests.independent.loops import TOTAL, Register, change, homes, rate, sizes, villages

YEAR = 2026
LAST_DAY = "2026-12-31"
INSERT = (
    "INSERT INTO class_record (uid, removed, household, standard, review_year, household_class, "
    "possible, average_living, source, valid_from) "
    "VALUES (?, 0, ?, '2022', 2026, ?, ?, 0, 'computed', '2026-10-15')"
)
RESULTS = (("poor", None), ("near_poor", None), ("not_poor", None), ("near_poor", None))
NOT_YET = 10  # households without any result
OPEN = 15  # households for which unknown indicators decide


@dataclass(frozen=True)
class Drafted:
    path: Path
    register: Register
    tables: dict[str, Path]
    rollup: dict[str, Any]


@pytest.fixture(scope="module")
def drafted(samples, tmp_path_factory) -> Drafted:
    folder = tmp_path_factory.mktemp("drafted")
    path = change(
        samples.first,
        folder / "drafted.db",
        "UPDATE review_round SET closed_on = NULL WHERE review_year = 2026",
        "UPDATE review_result SET removed = 1 WHERE review_year = 2026",
    )
    households = sorted(homes(Register(path), LAST_DAY))
    with closing(sqlite3.connect(path)) as connection:
        for number, household in enumerate(households[NOT_YET:]):
            result = (None, "near_poor poor") if number < OPEN else RESULTS[number % 4]
            connection.execute(INSERT, (UUID(int=number + 1).hex, household, *result))
        connection.commit()
    asked = {
        "preliminary": Request(path, "BC1", YEAR, ("--status", "preliminary")),
        "xlsx": Request(path, "BC1", YEAR, ("--status", "preliminary"), form="xlsx"),
        "official": Request(path, "BC1", YEAR),
    }
    tables = dict(zip(asked, write_reports(folder, list(asked.values())), strict=True))
    (ran,) = run_many(
        [("rollup", "--db", path, "--year", YEAR, "--status", "preliminary", "--json")]
    )
    return Drafted(path, Register(path), tables, json.loads(ran.out))


def ranges(register: Register) -> dict[tuple[str, str], tuple[int, int]]:
    """(village or total, key) → fewest and most it can be."""
    names = villages(register, LAST_DAY)
    where, persons = homes(register, LAST_DAY), sizes(register, LAST_DAY)
    found = {
        (label, f"{group}_{what}"): [0, 0]
        for label in (*names.values(), TOTAL)
        for group in ("poor", "near_poor")
        for what in ("households", "persons")
    }
    for row in register.rows["class_record"]:
        if row["source"] != "computed" or row["household"] not in where:
            continue
        sure = row["household_class"]
        for group in {sure} - {None, "not_poor"} if sure else row["possible"].split():
            for label in (names[where[row["household"]]], TOTAL):
                for what, number in (("households", 1), ("persons", persons[row["household"]])):
                    bounds = found[label, f"{group}_{what}"]
                    bounds[0] += number if sure else 0
                    bounds[1] += number
    return {place: (low, high) for place, (low, high) in found.items()}


def test_computed_classes_are_counted_as_they_can_be(drafted):
    document = read_json(drafted.tables["preliminary"])
    found = cells(document)
    said = {
        (row["label"], key): tuple(bounds)
        for row in document["rows"]
        for key, bounds in row.get("ranges", {}).items()
    }
    assert "SƠ BỘ" in document["title"]
    for (label, key), (low, high) in ranges(drafted.register).items():
        group, what = key.rsplit("_", 1)
        total, rate_key = found[label, what], f"{group}_{what[:-1]}_rate"
        shown_rates = (rate(low, total), rate(high, total))
        if low == high:
            assert (found[label, key], found[label, rate_key]) == (low, shown_rates[0])
            assert (label, key) not in said
        else:
            assert (found[label, key], found[label, rate_key]) == (None, None)
            assert (said[label, key], said[label, rate_key]) == ((low, high), shown_rates)
    low, high = said[TOTAL, "poor_households"]
    assert high - low == OPEN


def test_ranges_stand_on_paper(drafted):
    low, high = ranges(drafted.register)[TOTAL, "poor_households"]
    sheet = openpyxl.load_workbook(drafted.tables["xlsx"]).active
    (row,) = [line for line in sheet.iter_rows(values_only=True) if line[0] == TOTAL]
    assert row[4] == f"{low}–{high}"


def test_official_table_ignores_what_is_computed(drafted, documents):
    official = read_json(drafted.tables["official"])
    assert cells(official) == cells(documents["BC1", YEAR])
    assert isinstance(cells(official)[TOTAL, "poor_household_rate"], Decimal)


def test_table_says_how_many_households_are_unfinished(drafted):
    notes = read_json(drafted.tables["preliminary"])["notes"]
    unfinished = [note for note in notes if "sơ bộ" in note or "chưa" in note]
    assert any(f"{NOT_YET} hộ" in note or f"{NOT_YET + OPEN} hộ" in note for note in unfinished)


def test_table_says_why_a_number_is_a_range(drafted):
    """Households that still can be two classes are unfinished too, and the paper shows "4–6"."""
    notes = " ".join(read_json(drafted.tables["preliminary"])["notes"])
    assert f"{OPEN} hộ" in notes or f"{NOT_YET + OPEN} hộ" in notes


def test_rollup_does_not_take_the_fewest_for_the_number(drafted):
    bounds = ranges(drafted.register)
    (commune,) = [row for row in drafted.rollup["rows"] if row["level"] == "commune"]
    for key in ("poor_households", "poor_persons", "near_poor_households", "near_poor_persons"):
        low, high = bounds[TOTAL, key]
        assert low < high
        assert commune[key] != low, f"{key} is {low}–{high}"
