"""Each contradiction is found where it was put, and the sample has none."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import shipped_definitions
from giamngheo_desktop.sample import make_sample, seeded_contexts
from giamngheo_desktop.services.checks import stored_contradictions
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.upgrade import upgrade
from giamngheo_desktop.texts import CONTRADICTIONS

DAY = date(2026, 12, 31)

PLACE = "SELECT uid FROM household_place WHERE valid_to IS NULL ORDER BY uid LIMIT 1"
STAY = "SELECT uid FROM membership WHERE valid_to IS NULL ORDER BY uid LIMIT 1"
CLASS = "SELECT uid FROM class_record WHERE valid_to IS NULL ORDER BY uid LIMIT 1"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("consistency") / "sample.db"
    database = Database(path)
    upgrade(database)
    definitions = shipped_definitions(paths.resources() / "definitions")
    make_sample(database, seeded_contexts(1, "test"), definitions)
    database.close()
    return path


@pytest.fixture
def broken(sample: Path, tmp_path: Path) -> Callable[[str], set[str]]:
    """Runs SQL in a copy and returns the codes found there."""

    def run(sql: str) -> set[str]:
        copy = tmp_path / "copy.db"
        copy.write_bytes(sample.read_bytes())
        connection = sqlite3.connect(copy)
        connection.executescript(sql)
        connection.commit()
        connection.close()
        database = Database(copy)
        try:
            return {item.contradiction.code for item in stored_contradictions(database, DAY)}
        finally:
            database.close()

    return run


def doubled(table: str, chosen: str) -> str:
    """SQL that inserts a second row equal to the chosen one."""
    return f"""
    CREATE TEMP TABLE twin AS SELECT * FROM {table} WHERE uid = ({chosen});
    UPDATE twin SET uid = 'ffffffffffff7fffbfffffffffffffff';
    INSERT INTO {table} SELECT * FROM twin;
    """


def test_the_sample_contradicts_nothing(broken: Callable[[str], set[str]]):
    assert broken("SELECT 1") == set()


FAULTS = [
    (
        f"""UPDATE household_place SET removed = 1 WHERE household =
        (SELECT household FROM household_place WHERE uid = ({PLACE}))""",
        "household_without_village",
    ),
    (
        f"UPDATE household_place SET valid_to = '2001-01-01' WHERE uid = ({PLACE})",
        "ends_before_beginning",
    ),
    (
        f"UPDATE class_record SET valid_to = '2001-01-01' WHERE uid = ({CLASS})",
        "ends_before_beginning",
    ),
    (doubled("household_place", PLACE), "two_places"),
    (doubled("membership", STAY), "two_memberships"),
    (doubled("class_record", CLASS), "two_classes"),
    ("UPDATE membership SET is_head = 1", "two_heads_stored"),
    (
        "UPDATE review_result SET persons = persons + 1 WHERE review_year = 2025",
        "frozen_size_differs",
    ),
    (
        "".join(
            f"""INSERT INTO document (uid, removed, area, year, type, version)
            SELECT 'ffffffffffff7fffbffffffffffffff{n}', 0, uid, 2020, 'plan', 1 FROM area LIMIT 1;
            """
            for n in (1, 2)
        ),
        "two_plan_versions",
    ),
    ("UPDATE population SET households = 1 WHERE year = 2026", "population_too_small"),
]


@pytest.mark.parametrize(("sql", "code"), FAULTS)
def test_each_contradiction_is_found(broken: Callable[[str], set[str]], sql: str, code: str):
    assert code in broken(sql)


def test_every_sentence_has_a_fault():
    assert {code for _, code in FAULTS} == set(CONTRADICTIONS)
