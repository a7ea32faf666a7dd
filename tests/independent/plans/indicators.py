"""What `indicators.sql` counts: numerator and denominator of every computed indicator.

`counts` reads the file alone, with the standard library's SQLite; what is law (indicators of a
standard, ages) is read from the definitions of the program.
"""

from __future__ import annotations

import sqlite3
import tomllib
from collections.abc import Collection, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from giamngheo_desktop import paths

Counted = tuple[int, int | None]
_MARK = "-- indicator: "


def counts(
    path: Path, year: int, day: date, groups: Collection[str], commune: UUID | None = None
) -> dict[str, Counted]:
    """By code (TH-CHISO by code/indicator): numerator, denominator or None for a plain count.

    `groups` are of poor near_poor new_escape near_escape average_living low_income; none: all
    households. `commune` may be left out where the file has one alone.
    """
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        if commune is None:
            (found,) = connection.execute(
                "select uid from area where level = 'commune' and removed = 0"
            ).fetchall()
            commune = UUID(found[0])
        _ask(connection, commune, year, day, groups)
        tables, *queries = _sql().split(_MARK)
        connection.executescript(tables)
        return dict(_counted(connection, queries))
    finally:
        connection.close()


def _counted(connection: sqlite3.Connection, queries: list[str]) -> Iterator[tuple[str, Counted]]:
    for query in queries:
        code, sql = query.split("\n", 1)
        for *name, numerator, denominator in connection.execute(sql):
            yield "/".join([code.strip(), *name]), (numerator, denominator)


def _ask(
    connection: sqlite3.Connection, commune: UUID, year: int, day: date, groups: Collection[str]
) -> None:
    first = date(year, 1, 1)
    _table(connection, "asked", "commune, year, first, day",
           [(commune.hex, year, first.isoformat(), day.isoformat())])  # fmt: skip
    _table(connection, "asked_group", "name", [(group,) for group in sorted(groups)])
    _table(connection, "deprivation", "standard, bit, code", _deprivations())
    ages = _toml(paths.resources() / "definitions" / "ages.toml")
    _table(connection, "working_age_end", "year, sex, months", [
        (row["year"], sex, row[sex][0] * 12 + row[sex][1])
        for row in ages["working_age"]["retirement"]
        for sex in ("male", "female")
    ])  # fmt: skip
    levels = ages["school"]["levels"]
    _table(connection, "school_age", "youngest, oldest, code", [
        (*level["years"], level["code"]) for level in levels if "years" in level
    ])  # fmt: skip
    _table(connection, "school_level", "place, code",
           [(place, level["code"]) for place, level in enumerate(levels)])  # fmt: skip


def _table(
    connection: sqlite3.Connection, name: str, columns: str, rows: Collection[tuple[Any, ...]]
) -> None:
    connection.execute(f"create temp table {name} ({columns})")
    marks = ", ".join("?" * len(columns.split(",")))
    connection.executemany(f"insert into {name} values ({marks})", rows)


@cache
def _deprivations() -> tuple[tuple[str, int, str], ...]:
    folder = paths.resources() / "definitions" / "standards"
    standards = [_toml(path) for path in sorted(folder.glob("*.toml"))]
    return tuple(
        (standard["code"], indicator["order"] - 1, indicator["code"])
        for standard in standards
        for indicator in standard.get("indicators", ())
    )


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _sql() -> str:
    return Path(__file__).with_name("indicators.sql").read_text(encoding="utf-8")
