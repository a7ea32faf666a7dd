"""The dated rows of the sample: no gaps, no overlaps, one head, nobody in two places."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from contextlib import closing

import pytest

from giamngheo_desktop.storage import audit
from tests.sample.conftest import SIZE
from tests.sample.made import YEARS, Made, overlaps

ENDS = [f"{year}-12-31" for year in YEARS]


@pytest.fixture(params=["sample", "sized", pytest.param("full", marks=pytest.mark.long)])
def made(request: pytest.FixtureRequest) -> Made:
    found: Made = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("household_place", ("household",)),
        ("membership", ("person",)),
        ("area_version", ("area",)),
        ("setting", ("code",)),
        ("class_record", ("household", "standard")),
        ("household_fact", ("household", "code")),
        ("person_fact", ("person", "code")),
    ],
)
def test_facts_of_one_thing_do_not_overlap(made: Made, table: str, key: tuple[str, ...]):
    groups = defaultdict(list)
    for row in made.rows(table):
        groups[tuple(row[name] for name in key)].append(row)
        assert row["valid_to"] is None or row["valid_from"] <= row["valid_to"]
    assert groups
    assert [pair for rows in groups.values() for pair in overlaps(rows)] == []


def test_every_reference_leads_somewhere(made: Made):
    with closing(sqlite3.connect(made.path)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("day", ENDS)
def test_every_household_has_one_head_and_its_members(made: Made, day: str):
    here = {row["household"] for row in made.on("household_place", day)}
    heads: Counter[str] = Counter()
    members: Counter[str] = Counter()
    persons = {row["uid"] for row in made.rows("person")}
    for row in made.on("membership", day):
        members[row["household"]] += 1
        heads[row["household"]] += row["is_head"]
        assert row["is_head"] == (row["relation"] == "head")
        assert row["person"] in persons
    assert set(members) == here
    assert set(heads.values()) == {1}


def test_nobody_joins_before_birth(made: Made):
    born = {row["uid"]: row["birth"] for row in made.rows("person")}
    for row in made.rows("membership"):
        assert born[row["person"]] <= row["valid_from"]


def test_classes_hold_only_while_the_household_is_there(made: Made):
    last: dict[str, str] = defaultdict(str)
    for row in made.rows("household_place"):
        last[row["household"]] = max(last[row["household"]], row["valid_to"] or "9")
    for row in made.rows("class_record"):
        assert row["valid_from"] <= (row["valid_to"] or "8") <= last[row["household"]]


def test_classes_of_the_old_standard_end_with_it(made: Made):
    old = [row for row in made.rows("class_record") if row["standard"] == "2016"]
    assert old
    assert all(row["valid_to"] is not None and row["valid_to"] <= "2021-12-31" for row in old)
    new = [row["valid_from"] for row in made.rows("class_record") if row["standard"] == "2022"]
    assert min(new) == "2022-01-01"


def test_everything_is_on_the_audit_chain(made: Made):
    created = {(row["kind"], row["record"]) for row in made.rows("audit_change")}
    for table in ("household", "person", "membership", "class_record", "review_result_person"):
        assert {(table, row["uid"]) for row in made.rows(table)} <= created
    with made.database.reader() as connection:
        assert audit.broken_link(connection) is None
    plans = {"begin_document", "save_document", "take_schedules", "issue_document"}
    ops = {row["op"] for row in made.rows("audit_group")}
    assert ops == {"load_sample", *plans, "record_receipt"}  # a plan is written as officers do it


def _register_on(made: Made, day: str) -> dict[str, list[int]]:
    village = {row["household"]: row["village"] for row in made.on("household_place", day)}
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for name in village.values():
        found[name][0] += 1
    for row in made.on("membership", day):
        found[village[row["household"]]][1] += 1
    return found


@pytest.mark.parametrize("year", YEARS)
def test_a_complete_register_counts_what_is_typed(full: Made, year: int):
    typed = {
        row["area"]: [row["households"], row["persons"]]
        for row in full.rows("population")
        if row["year"] == year
    }
    assert dict(_register_on(full, f"{year}-12-31")) == typed


def test_only_a_complete_register_is_declared_so(full: Made, sample: Made, sized: Made):
    declared = {row["area"] for row in full.rows("area_fact") if row["code"] == "register_complete"}
    assert declared == set(full.village_names())
    assert sample.rows("area_fact") == sized.rows("area_fact") == []


@pytest.mark.parametrize("day", ENDS)
def test_a_register_of_a_given_size(sized: Made, day: str):
    assert sum(homes for homes, _ in _register_on(sized, day).values()) == SIZE


@pytest.mark.parametrize("name", ["sample", "sized"])
def test_the_typed_population_holds_the_register(name: str, request: pytest.FixtureRequest):
    made: Made = request.getfixturevalue(name)
    for year in YEARS:
        register = _register_on(made, f"{year}-12-31")
        for row in made.rows("population"):
            if row["year"] == year:
                homes, people = register[row["area"]]
                assert homes <= row["households"]
                assert people <= row["persons"]


def test_the_default_register_holds_only_reviewed_households(sample: Made):
    reviewed = {row["household"] for row in sample.rows("class_record")}
    assert reviewed == {row["uid"] for row in sample.rows("household")}
    assert 200 <= len(reviewed) <= 300
