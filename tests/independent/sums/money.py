"""What `money.sql` counts, as figures to compare.

A figure is a mapping of keys to sums of whole đồng (of households where it counts them). Keys are
tuples of what the figure is broken down by, () for a figure of one sum; ids are UUIDs, a place
nothing is known of is None. A sum is a tuple too where it is several: (disbursed, assigned) and
(opening, in, out, closing).
"""

from __future__ import annotations

import sqlite3
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from uuid import UUID

from giamngheo_desktop import paths

Key = tuple[str | UUID | None, ...]
Sums = int | tuple[int, ...]
Figures = dict[str, dict[Key, Sums]]

_IDS = frozenset({"village", "household", "person", "body"})
_KEYS = frozenset({"source", "programme", "component", "policy", "stage", "fund", "form", *_IDS})


def expected(path: Path, year: int, commune: UUID) -> Figures:
    """Every figure of the commune's year, counted by SQL in the register file."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        connection.execute("create temp table asked (year integer, commune text)")
        connection.execute("insert into asked values (?, ?)", (year, commune.hex))
        connection.execute("create temp table tree (programme text, component text, parent text)")
        connection.executemany("insert into tree values (?, ?, ?)", components())
        views, *queries = _sql().split("-- figure: ")
        connection.executescript(views)
        return {
            name: dict(_rows(connection.execute(query)))
            for name, query in (query.split("\n", 1) for query in queries)
        }
    finally:
        connection.close()


@cache
def components() -> tuple[tuple[str, str, str | None], ...]:
    """(programme, component, the one above it) of every tree."""
    found = []
    for file in sorted((paths.resources() / "definitions" / "programmes").glob("*.toml")):
        tree = tomllib.loads(file.read_text(encoding="utf-8"))
        for one in tree["component"]:
            found.append((tree["code"], one["code"], one.get("parent")))
    return tuple(found)


def differences(ours: Figures, theirs: Figures) -> list[str]:
    """Where they are not the same; a sum of nothing is as good as none."""
    found = [f"{name}: only one of them has it" for name in sorted(set(ours) ^ set(theirs))]
    for name in ours.keys() & theirs.keys():
        one, other = _with_money(ours[name]), _with_money(theirs[name])
        found += [
            f"{name} {key}: {one.get(key)} here, {other.get(key)} there"
            for key in one.keys() | other.keys()
            if one.get(key) != other.get(key)
        ]
    return sorted(found)


def _with_money(figure: Mapping[Key, Sums]) -> dict[Key, Sums]:
    return {
        key: sums
        for key, sums in figure.items()
        if (any(sums) if isinstance(sums, tuple) else sums)
    }


@cache
def _sql() -> str:
    return Path(__file__).with_name("money.sql").read_text(encoding="utf-8")


def _rows(cursor: sqlite3.Cursor) -> Iterator[tuple[Key, Sums]]:
    columns = [column[0] for column in cursor.description]
    keys = sum(column in _KEYS for column in columns)
    for row in cursor:
        key = tuple(
            UUID(value) if column in _IDS and value else value
            for column, value in zip(columns[:keys], row[:keys], strict=True)
        )
        sums = row[keys:]
        yield key, sums[0] if len(sums) == 1 else sums
