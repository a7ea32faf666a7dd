"""Prints the speed of the everyday paths as ratios to plain sqlite3 in the same run.

`python3 run.py bench [--households N]`. Bounds of the first issue: list ≤ 150 ms, search ≤ 100 ms
a key, a save ≤ 8 × a bare commit with the same settings, rollup ≤ 2 × the same GROUP BY.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from giamngheo_desktop import paths
from giamngheo_desktop.cli.machine import machine_context
from giamngheo_desktop.definitions.catalogue import load_definitions
from giamngheo_desktop.domain.measures import MEASURES
from giamngheo_desktop.sample import make_sample, seeded_contexts
from giamngheo_desktop.services import households, register, rollups
from giamngheo_desktop.services.register import HouseholdFilter
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.upgrade import upgrade

YEAR, STANDARD, DAY = 2026, "2022", date(2026, 12, 31)
BARE_ROLLUP = """
SELECT village,
  SUM(household_class = 'poor'), SUM(household_class = 'near_poor'), SUM(average_living),
  SUM(household_class = 'poor' AND social_protection = 1),
  SUM(CASE WHEN household_class = 'poor' THEN persons ELSE 0 END),
  SUM(CASE WHEN household_class = 'near_poor' THEN persons ELSE 0 END),
  SUM(CASE WHEN average_living THEN persons ELSE 0 END),
  SUM(CASE WHEN household_class = 'poor' AND social_protection = 1 THEN persons ELSE 0 END)
FROM review_result
WHERE review_year = 2026 AND standard = '2022' AND removed = 0 AND recognised = 1
GROUP BY village
"""


def median_ms(action: Callable[[int], object], runs: int) -> float:
    times = []
    for run in range(runs):
        start = time.perf_counter()
        action(run)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def bare_connection(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def bare_commit(connection: sqlite3.Connection, run: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO bare VALUES (?)", (f"{run}",))
    connection.execute("COMMIT")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--households", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        database = Database(path)
        upgrade(database)
        definitions = load_definitions(paths.resources() / "definitions")
        start = time.perf_counter()
        make_sample(
            database, seeded_contexts(1, "bench"), definitions, households=options.households
        )
        print(f"sample of {options.households} households: {time.perf_counter() - start:.1f} s")
        report(database, path, options.runs)
        database.close()
    return 0


def report(database: Database, path: Path, runs: int) -> None:
    wanted = HouseholdFilter(day=DAY, standard=STANDARD)
    rows = register.households(database, wanted)
    listing = median_ms(lambda _: register.households(database, wanted), 10)
    print(f"list of {len(rows)} rows: {listing:.0f} ms (bound 150 with painting)")
    keys = ["n", "ng", "nguyen", "nguyễn v", "tran thi", "038", "cay thi"]
    search = max(
        median_ms(lambda _, key=key: register.matching(database, key, DAY), 5) for key in keys
    )
    print(f"slowest search of {len(keys)} keys: {search:.0f} ms (bound 100)")

    context = machine_context("bench")
    stored = households.get(database, rows[0].uid, DAY)
    bare = bare_connection(path)
    bare.execute("CREATE TABLE bare (text)")
    state = [stored]

    def save(run: int) -> None:
        draft = replace(state[0], note=f"bench {run}")
        state[0] = households.save(database, context, draft, day=DAY, base=state[0]).value

    saves, commits = [], []
    for run in range(runs):  # in turn, so that a busy machine slows both
        saves.append(median_ms(save, 1))
        commits.append(median_ms(lambda _, run=run: bare_commit(bare, run), 1))
    ratio = statistics.median(saves) / statistics.median(commits)
    print(
        f"save {statistics.median(saves):.2f} ms, bare commit {statistics.median(commits):.2f} ms: "
        f"ratio {ratio:.1f} (bound 8)"
    )
    bare.execute("DROP TABLE bare")

    def roll(_: int) -> object:
        return rollups.rollup(
            database, year=YEAR, standard=STANDARD, measures=tuple(MEASURES.values())
        )

    ours, plain = [], []
    for _ in range(runs):
        ours.append(median_ms(roll, 1))
        plain.append(median_ms(lambda _: bare.execute(BARE_ROLLUP).fetchall(), 1))
    ratio = statistics.median(ours) / statistics.median(plain)
    print(
        f"rollup {statistics.median(ours):.2f} ms, "
        f"plain GROUP BY {statistics.median(plain):.2f} ms: ratio {ratio:.1f} (bound 2)"
    )
    bare.close()


if __name__ == "__main__":
    sys.exit(main())
