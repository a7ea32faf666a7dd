"""Sums of supports, budget and funds: the program's equal those of an independent count.

What is counted how: `tests/independent/sums/README.md`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from giamngheo_desktop.storage.engine import Database
from tests.harness.examples import examples
from tests.harness.program_money import figures_of
from tests.harness.register import empty_database
from tests.harness.tables import definitions
from tests.independent.sums.by_hand import counted
from tests.independent.sums.money import differences, expected
from tests.independent.sums.random_money import YEARS, Made, make
from tests.independent.sums.small_money import YEAR, make_small

SEEDS = range(examples(10, 200))


@contextmanager
def random_register(folder: Path, seed: int) -> Iterator[tuple[Database, Made]]:
    with empty_database(folder / f"tiền {seed}.db") as database:
        yield database, make(database, seed)


def test_a_small_register_is_counted_as_on_paper(tmp_path):
    with empty_database(tmp_path / "nhỏ.db") as database:
        commune, on_paper = make_small(database)
        assert differences(expected(database.path, YEAR, commune), on_paper) == []


def test_the_program_counts_a_small_register_as_on_paper(tmp_path):
    with empty_database(tmp_path / "nhỏ.db") as database:
        commune, on_paper = make_small(database)
        assert differences(figures_of(database, definitions(), YEAR, commune), on_paper) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_the_program_agrees_with_an_independent_count(tmp_path, seed):
    with random_register(tmp_path, seed) as (database, made):
        for year in YEARS:
            found = figures_of(database, definitions(), year, made.commune)
            assert differences(expected(database.path, year, made.commune), found) == []


def test_the_independent_count_is_that_of_its_notes(tmp_path):
    """And the registers hold every awkward case there is a name for."""
    traps: Counter[str] = Counter()
    for seed in SEEDS:
        with random_register(tmp_path, seed) as (database, made):
            traps += made.traps
            for year in YEARS:
                ours = expected(database.path, year, made.commune)
                assert differences(ours, counted(made, year)) == [], (seed, year)
    assert [name for name in made.traps if not traps[name]] == []
