"""Prints the speed of collecting packages: 40,000 reviewed households of 150 communes in one run.

`python3 tests/bench_exchange.py [--packages N] [--households N]`. The floor of the same run reads
all packages with calamine and inserts the same rows with plain sqlite3. Bounds: ≤ 2.5 × the floor,
peak memory with the reading child ≤ 500 MB.
"""

from __future__ import annotations

import argparse
import io
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from python_calamine import load_workbook

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import load_definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.package import DataTable, Values, table_of
from giamngheo_desktop.domain.package_columns import Recipient
from giamngheo_desktop.exports.package_read import PackageReader
from giamngheo_desktop.exports.package_write import write_package
from giamngheo_desktop.sample import make_sample, seeded_contexts
from giamngheo_desktop.services.exchange import collecting
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.records import derived_columns
from tests.harness.packages import BOOK, collection, data_package
from tests.harness.register import empty_database, make_context

PROVINCE = "Hà Tĩnh"


@dataclass(frozen=True)
class Figures:
    """What a run cost: seconds, megabytes, and how many rows it wrote."""

    seconds: float
    megabytes: float
    rows: int


def make_packages(folder: Path, count: int, households: int) -> Iterator[Path]:
    """Packages of a sample commune, each with ids of its own."""
    with empty_database(folder / "sample.db") as database:
        definitions = load_definitions(paths.resources() / "definitions")
        make_sample(
            database, seeded_contexts(1, "bench"), definitions, households=households, full=True
        )
        data, manifest, _ = data_package(database, make_context(), Recipient.PROVINCE)
    source = folder / "source.xlsx"
    source.write_bytes(data)
    with PackageReader() as reader:
        _, batches = reader.read(source)
        tables: dict[str, tuple[Sequence[str], list[Values]]] = {}
        for batch in batches:
            tables.setdefault(batch.table, (batch.columns, []))[1].extend(batch.rows)
    facts = {**manifest.facts, "province": PROVINCE}
    for number in range(count):
        unit = _other(manifest.unit, number)
        named = replace(manifest, unit=unit, unit_name=f"Xã {number}", facts=facts)
        data, _ = write_package(BOOK, named, list(_cloned(tables, number)))
        path = folder / f"xa-{number:03}.xlsx"
        path.write_bytes(data)
        yield path


def _other(uid: str, number: int) -> str:
    return f"{int(uid, 16) ^ number:032x}"


def _cloned(
    tables: dict[str, tuple[Sequence[str], list[Values]]], number: int
) -> Iterator[DataTable]:
    for name, (columns, rows) in tables.items():
        cloned = [
            [
                _other(cell, number) if cell and len(cell) == 32 and _is_uid(cell) else cell
                for cell in row
            ]
            for row in rows
        ]
        yield DataTable(name, columns, cloned)


def _is_uid(cell: str) -> bool:
    return set(cell) <= set("0123456789abcdef")


def floor(packages: Sequence[Path], database: Path) -> Figures:
    """Reads every sheet with calamine and inserts the rows into the same tables."""
    start, count = time.perf_counter(), 0
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    for path in packages:
        book = load_workbook(io.BytesIO(path.read_bytes()))
        connection.execute("BEGIN IMMEDIATE")
        for name in book.sheet_names:
            table = table_of(name)
            if table is None:
                continue
            heading, *rows = book.get_sheet_by_name(name).to_python()
            blank = sorted(derived_columns(Kind(table)))
            listed = ", ".join(f'"{one}"' for one in (*heading[:-1], *blank))
            marks = ", ".join(["?"] * (len(heading) - 1) + ["''"] * len(blank))
            said = f'INSERT OR IGNORE INTO "{table}" ({listed}) VALUES ({marks})'
            values = [[None if cell == "" else cell for cell in row[:-1]] for row in rows]
            connection.executemany(said, values)
            count += len(rows)
        connection.execute("COMMIT")
    connection.close()
    return _figures(start, count)


def collect(packages: Sequence[Path], path: Path) -> Figures:
    """Takes the packages in as a province does."""
    start, count = time.perf_counter(), 0
    database = Database(path)
    context = collection(database, province=PROVINCE)
    with PackageReader() as reader:
        for one in packages:
            manifest, batches = reader.read(one)
            found = collecting.receive(database, context, manifest, batches, name=one.name).value
            count += sum(found.added.values())
    database.close()
    return _figures(start, count)


def _figures(start: float, rows: int) -> Figures:
    seconds = time.perf_counter() - start
    own, children = (
        resource.getrusage(resource.RUSAGE_SELF),
        resource.getrusage(resource.RUSAGE_CHILDREN),
    )
    return Figures(seconds, (own.ru_maxrss + children.ru_maxrss) / 1024, rows)


def measured(what: str, packages: Sequence[Path], database: Path) -> Figures:
    """A run in a process of its own, whose memory is counted."""
    with empty_database(database):
        pass
    said = subprocess.run(
        [sys.executable, "-m", "tests.bench_exchange", "--run", what, str(database),
         *map(str, packages)],
        stdout=subprocess.PIPE, check=True, text=True,
    )  # fmt: skip
    return Figures(**json.loads(said.stdout))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--packages", type=int, default=150)
    parser.add_argument("--households", type=int, default=265)
    parser.add_argument("--run", nargs="+")
    options = parser.parse_args()
    if options.run:
        what, database, *named = options.run
        run = {"floor": floor, "collect": collect}[what]
        found = run([Path(one) for one in named], Path(database))
        print(json.dumps(asdict(found)))
        return 0
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        packages = list(make_packages(folder, options.packages, options.households))
        with PackageReader() as reader:
            tables = {table.name: table.rows for table in reader.manifest(packages[0]).tables}
        print(
            f"{len(packages)} packages: {tables['household'] * len(packages)} households, "
            f"{tables['person'] * len(packages)} persons, "
            f"{sum(tables.values()) * len(packages)} rows"
        )
        plain = measured("floor", packages, folder / "floor.db")
        print(f"floor: {plain.seconds:.1f} s, {plain.megabytes:.0f} MB")
        ours = measured("collect", packages, folder / "province.db")
        print(
            f"collected: {ours.seconds:.1f} s, {ours.megabytes:.0f} MB (bound 500), "
            f"{ours.seconds / plain.seconds:.2f} × the floor (bound 2.5)"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
