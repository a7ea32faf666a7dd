"""A sample made once for many tests, and its tables read with nothing but sqlite3."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.sample import DEFAULT_SEED, make_sample, seeded_contexts
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import empty_database

YEARS = range(2020, 2027)
LAST_DAY = date(2026, 12, 31)
Row = dict[str, Any]


@dataclass
class Made:
    """The open database of a sample, and its file."""

    database: Database
    definitions: Definitions
    path: Path
    _tables: dict[str, list[Row]] = field(default_factory=dict)

    def rows(self, table: str) -> list[Row]:
        """All rows that are not removed, as stored; dates are ISO texts, ids hex texts."""
        if table not in self._tables:
            with closing(sqlite3.connect(self.path)) as connection:
                connection.row_factory = sqlite3.Row
                found = [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]
            self._tables[table] = [row for row in found if not row.get("removed")]
        return self._tables[table]

    def on(self, table: str, day: str) -> Iterator[Row]:
        """The dated rows that hold on a day."""
        return (row for row in self.rows(table) if holds(row, day))

    def village_names(self) -> dict[str, str]:
        levels = {row["uid"]: row["level"] for row in self.rows("area")}
        return {
            row["area"]: row["name"]
            for row in self.rows("area_version")
            if levels[row["area"]] == "village"
        }


def holds(row: Row, day: str) -> bool:
    return row["valid_from"] <= day and (row["valid_to"] is None or row["valid_to"] >= day)


def overlaps(rows: list[Row]) -> list[tuple[Row, Row]]:
    """Neighbours in time that hold on a common day."""
    ordered = sorted(rows, key=lambda row: row["valid_from"])
    return [
        (one, other)
        for one, other in pairwise(ordered)
        if one["valid_to"] is None or one["valid_to"] >= other["valid_from"]
    ]


def make(folder: Path, definitions: Definitions, seed: int = DEFAULT_SEED, **options: Any) -> Path:
    """The file of a new sample, whole and closed."""
    path = folder / "Xã mẫu.db"
    with empty_database(path) as database:
        make_sample(
            database, seeded_contexts(seed, "Dữ liệu mẫu"), definitions, seed=seed, **options
        )
        database.checkpoint()
    return path


@contextmanager
def opened(path: Path, definitions: Definitions) -> Iterator[Made]:
    with closing(Database(path)) as database:
        yield Made(database, definitions, path)


def digest(path: Path) -> dict[str, str]:
    """The content of every table, row by row, as one hash each."""
    found = {}
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        ).fetchall()
        for (name,) in names:
            content = hashlib.sha256()
            for row in connection.execute(f"SELECT * FROM {name} ORDER BY 1"):
                content.update(repr(row).encode())
            found[name] = content.hexdigest()
    return found
