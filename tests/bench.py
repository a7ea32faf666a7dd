"""Prints the speed of the everyday paths, on screen and as ratios to plain sqlite3 in one run.

`python3 run.py bench [--households N] [--forms N]`. Bounds: list on screen ≤ 150 ms, search
≤ 100 ms a key, a save ≤ 8 × a bare commit with the same settings, rollup of a year in which every
household was reviewed ≤ 2 × the same GROUP BY, keys of changed-only entry ≤ 30 % of typing all,
papers of 13 village meetings ≤ 60 s; those of the writers stand in `bench_lists`. Of other figures
the median and the best are printed:
where they differ much, the machine was busy with something else.
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

import bench_lists
import sqlalchemy as sa
from PySide6.QtCore import QEvent, QEventLoop, QObject, QSignalBlocker, Slot
from PySide6.QtWidgets import QApplication

from giamngheo_desktop import paths
from giamngheo_desktop.cli.machine import machine_context
from giamngheo_desktop.definitions.catalogue import Definitions, load_definitions
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.measures import MEASURES
from giamngheo_desktop.gui import start_up
from giamngheo_desktop.gui.bus import Bus
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.jobs import JobRunner
from giamngheo_desktop.gui.pages.households_page import HouseholdsPage
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.reports.meeting_package import render_package
from giamngheo_desktop.sample import make_sample, seeded_contexts
from giamngheo_desktop.services import areas, households, register, rollups
from giamngheo_desktop.services.register import HouseholdFilter
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.tables import household_place, review_result
from giamngheo_desktop.storage.upgrade import upgrade
from tests.gui.changed_only import PILES, type_pile
from tests.harness.package_town import package_town
from tests.harness.register import empty_database

SEARCHES = ("n", "ng", "nguyen", "nguyễn v", "tran thi", "038", "cay thi")
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
  AND edition_to IS NULL
GROUP BY village
"""


def keystrokes(folder: Path, forms: int) -> None:
    """Presses of keys for piles of forms in which 15 % of the answers change, bound 30 %."""
    for number, pile in enumerate(PILES):
        place = folder / f"pile {number}"
        place.mkdir()
        print(f"keys, {type_pile(place, pile, forms)}", flush=True)


def times_ms(action: Callable[[int], object], runs: int) -> list[float]:
    times = []
    for run in range(runs):
        start = time.perf_counter()
        action(run)
        times.append((time.perf_counter() - start) * 1000)
    return times


def said(times: list[float]) -> str:
    return f"{statistics.median(times):.0f} ms (best {min(times):.0f})"


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
    parser.add_argument("--forms", type=int, default=20)
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
        loop = times_ms(lambda _: sum(range(10_000_000)), 3)
        print(f"this machine now: ten million additions in {said(loop)}")
        on_screen(database, definitions)
        for line in bench_lists.lines(database, definitions, YEAR):
            print(line)
        against_sqlite(database, path, options.runs)
        database.close()
        keystrokes(Path(folder), options.forms)
        packages(Path(folder) / "packages.db", definitions)
    return 0


def on_screen(database: Database, definitions: Definitions) -> None:
    """The real page with its threads, from the question to the painted rows."""
    app = QApplication([])
    start_up.prepare(app)
    bus = Bus()
    (commune,) = areas.tree(database, DAY).of_level(Level.COMMUNE)
    desk = Desk(
        database=database,
        context=machine_context("bench"),
        definitions=definitions,
        runner=JobRunner(bus),
        bus=bus,
        commune=commune.uid,
    )
    page = HouseholdsPage(desk, YEAR)
    page.resize(1100, 620)
    page.show()
    painted = Painted(page.list.table)

    def until_painted(action: Callable[[], object]) -> None:
        painted.rows_set = painted.done = False
        action()
        while not painted.done:
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def settle() -> None:
        while desk.runner.busy:
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        app.processEvents()

    def open_list(runs: int) -> tuple[list[float], list[float]]:
        """From the empty table: until its first rows are painted, and until all are."""
        firsts, wholes = [], []
        for _ in range(runs):
            page.list.table.set_rows([])
            settle()
            start = time.perf_counter()
            until_painted(page.list.load)
            firsts.append((time.perf_counter() - start) * 1000)
            while desk.runner.busy:
                until_painted(lambda: None)
            wholes.append((time.perf_counter() - start) * 1000)
            settle()
        return firsts, wholes

    settle()
    firsts, wholes = open_list(10)
    rows = page.list.table.rows.rowCount()
    print(f"list of {rows} rows, the first of them on screen: {said(firsts)}, bound 150")
    print(f"list of {rows} rows, all of them on screen: {said(wholes)}")
    for text in SEARCHES:
        with QSignalBlocker(page.list.filters.text_edit):  # not what waits for the typing to pause
            page.list.filters.text_edit.setText(text)
        times = times_ms(lambda _: until_painted(page.list.search), 7)
        found = page.list.table.rows.rowCount()
        print(f"search “{text}” ({found} rows) on screen: {said(times)}, bound 100")
    page.close()
    desk.runner.close()


class Painted(QObject):
    """Notes when a table painted the rows it got last."""

    def __init__(self, table: TableView) -> None:
        super().__init__(table)
        self.rows_set = self.done = False
        table.rows.modelReset.connect(self._reset)
        table.viewport().installEventFilter(self)

    @Slot()
    def _reset(self) -> None:
        self.rows_set = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.rows_set and event.type() == QEvent.Type.Paint:
            self.done = True
        return False


def review_everyone(database: Database, context: Context) -> int:
    """Add results to the closed year until every household has one; returns how many there are."""
    with database.reader() as connection:
        results = connection.execute(sa.select(review_result)).mappings().all()
        places = connection.execute(
            sa.select(household_place.c.household, household_place.c.village).where(
                household_place.c.valid_to.is_(None)
            )
        ).all()
    of_year = [row for row in results if (row["review_year"], row["standard"]) == (YEAR, STANDARD)]
    reviewed = {row["household"] for row in of_year}
    pattern = {name: value for name, value in of_year[0].items() if name not in ("uid", "removed")}
    pattern |= {"household_class": "not_poor", "persons": 4}
    rows = [
        {**pattern, "household": home, "village": village}
        for home, village in places
        if home not in reviewed
    ]
    with write_unit(database, context, Op.SAVE_UNIT) as work:
        work.insert_many(Kind.RESULT, rows)
    return len(of_year) + len(rows)


def against_sqlite(database: Database, path: Path, runs: int) -> None:
    context = machine_context("bench")
    wanted = HouseholdFilter(day=DAY, standard=STANDARD, limit=1)
    (row,) = register.households(database, wanted)
    stored = households.get(database, row.uid, DAY)
    bare = bare_connection(path)
    bare.execute("CREATE TABLE bare (text)")
    state = [stored]

    def save(run: int) -> None:
        draft = replace(state[0], note=f"bench {run}")
        state[0] = households.save(database, context, draft, day=DAY, base=state[0]).value

    saves, commits = [], []
    for run in range(runs):  # in turn, so that a busy machine slows both
        saves += times_ms(save, 1)
        commits += times_ms(lambda _, run=run: bare_commit(bare, run), 1)
    ratio = statistics.median(saves) / statistics.median(commits)
    print(
        f"save {statistics.median(saves):.2f} ms, bare commit {statistics.median(commits):.2f} ms: "
        f"ratio {ratio:.1f}, bound 8"
    )
    bare.execute("DROP TABLE bare")

    def roll(_: int) -> object:
        return rollups.rollup(
            database, year=YEAR, standard=STANDARD, measures=tuple(MEASURES.values())
        )

    counted = review_everyone(database, context)
    ours, plain = [], []
    for _ in range(runs):
        ours += times_ms(roll, 1)
        plain += times_ms(lambda _: bare.execute(BARE_ROLLUP).fetchall(), 1)
    ratio = statistics.median(ours) / statistics.median(plain)
    print(
        f"rollup of {counted} results {statistics.median(ours):.2f} ms, "
        f"plain GROUP BY {statistics.median(plain):.2f} ms: ratio {ratio:.1f}, bound 2"
    )
    bare.close()


def packages(path: Path, definitions: Definitions) -> None:
    """The papers of the meetings of 13 villages with 60 households each, as one PDF."""
    with empty_database(path) as database:
        _, review = package_town(database)
        start, used = time.perf_counter(), time.process_time()
        found = render_package(database, definitions, review, today=DAY)
        print(
            f"packages of 13 villages × 60 households, {found.pages} pages: "
            f"{time.perf_counter() - start:.1f} s ({time.process_time() - used:.1f} s of work), "
            "bound 60"
        )


if __name__ == "__main__":
    sys.exit(main())
