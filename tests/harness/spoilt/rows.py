"""Something else said under hashes that are right: only what the program makes of it can refuse."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from openpyxl import Workbook

from giamngheo_desktop.domain.package import (
    CHECK,
    MANIFEST,
    DataTable,
    Manifest,
    PackageKind,
    TableHash,
    manifest_rows,
    row_check,
    row_line,
    sheet_name,
)
from tests.harness.spoilt.kinds import Sound, sealed

_ODD: tuple[str | None, ...] = (
    None, "", "0", "1", "-1", "2", "x", "9" * 30, "0001-01-01", "9999-12-31", "2026-02-30", "2026",
    "0" * 32, "f" * 32, "F" * 32, "g" * 32, "\0", "\u202e", "=1+1", "NaN", "1_0", " 1", "٣", "{}",
    "[]", "null", "a" * 40_000, "9223372036854775807", "9223372036854775808", "{name}", "%s",
)  # fmt: skip
_FIELDS: dict[str, tuple[Any, ...]] = {
    "unit": ("", "x", "ab" * 16, "0" * 32, "ab" * 40),
    "unit_name": ("", "{name}", "=1+1", "a" * 40_000),
    "level": ("", "x", "village", "province"),
    "year": (None, 0, -1, 1, 99_999, 10**30),
    "sequence": (0, -5, 2**63, 2**70),
    "schema": ("", "0001", "zzzz", "٩"),
    "made_at": ("", "x", "2026-99-99", "9999-12-31T23:59:59", "2026-01-01T00:00:00+07:00"),
    "made_by": ("", "a" * 40_000),
    "standard": ("", "x", "1900"),
    "kind": tuple(PackageKind),
    "program": ("", "9.9"),
    "replaces": ("x",),
}


@sealed
def manifest_sealed(rng: random.Random, sound: Sound) -> bytes:
    """One thing in the manifest, a fact of it, or half of its facts."""
    facts = dict(sound.manifest.facts)
    chance = rng.random()
    if facts and chance < 0.4:
        facts[rng.choice(list(facts))] = rng.choice(_ODD) or ""
    elif facts and chance < 0.6:
        facts = {name: said for name, said in facts.items() if rng.random() < 0.5}
    else:
        name = rng.choice(list(_FIELDS))
        said = {name: rng.choice(_FIELDS[name])}
        return sound.write(replace(sound.manifest, **said), sound.tables)
    return sound.write(replace(sound.manifest, facts=facts), sound.tables)


def _with_table(
    rng: random.Random, sound: Sound, change: Callable[[DataTable], DataTable], *, least: int = 1
) -> bytes:
    """With one table of at least so many rows changed."""
    full = [at for at, table in enumerate(sound.tables) if len(list(table.rows)) >= least]
    chosen = rng.choice(full)
    tables = [change(one) if at == chosen else one for at, one in enumerate(sound.tables)]
    return sound.write(sound.manifest, tables)


def _with_cells(
    rng: random.Random, table: DataTable, other: Callable[[str | None], str | None]
) -> DataTable:
    """With one to three of its values said otherwise; the first one of a row is never empty."""
    rows = [list(row) for row in table.rows]
    for _ in range(rng.randint(1, 3)):
        row, at = rng.choice(rows), rng.randrange(len(table.columns))
        said = other(row[at])
        row[at] = said if at or said else "x"
    return replace(table, rows=rows)


@sealed
def values_sealed(rng: random.Random, sound: Sound) -> bytes:
    return _with_table(
        rng, sound, lambda table: _with_cells(rng, table, lambda _: rng.choice(_ODD))
    )


@sealed
def records_added(rng: random.Random, sound: Sound) -> bytes:
    """Copies of some rows under keys of their own, one or two of their values said otherwise."""

    def change(table: DataTable) -> DataTable:
        rows = [list(row) for row in table.rows]
        some = [list(rng.choice(rows)) for _ in range(rng.randint(1, 3))]
        for row in some:
            row[0] = f"{rng.getrandbits(128):032x}"
            for _ in range(rng.randint(0, 2) if len(row) > 1 else 0):
                at = rng.randrange(1, len(row))
                row[at] = rng.choice([rng.choice(_ODD), rng.choice(rows)[at]])
        return replace(table, rows=[*rows, *some])

    return _with_table(rng, sound, change)


@sealed
def references_sealed(rng: random.Random, sound: Sound) -> bytes:
    """Keys name something else that is there: rings, strangers, the thing itself."""
    known = sorted(
        {
            value
            for table in sound.tables
            for row in table.rows
            for value in row
            if value and re.fullmatch("[0-9a-f]{32}", value)
        }
    )

    def change(table: DataTable) -> DataTable:
        rows = [list(row) for row in table.rows]
        keys = [
            (row, at)
            for row in rows
            for at, value in enumerate(row)
            if value and re.fullmatch("[0-9a-f]{32}( [0-9a-f]{32})*", value)
        ]
        for row, at in rng.sample(keys, min(len(keys), rng.randint(1, 4))):
            row[at] = rng.choice([rng.choice(known), row[0]])
        return replace(table, rows=rows)

    return _with_table(rng, sound, change)


@sealed
def columns_sealed(rng: random.Random, sound: Sound) -> bytes:
    def change(table: DataTable) -> DataTable:
        names, rows = list(table.columns), [list(row) for row in table.rows]
        at = rng.randrange(len(names))
        match rng.randrange(4):
            case 0 if len(names) > 1:  # lost
                names.pop(at)
                rows = [[*row[:at], *row[at + 1 :]] for row in rows]
                rows = [[row[0] or "x", *row[1:]] for row in rows]
            case 1:  # under another name
                names[at] = rng.choice(["x", "uid", "removed", 'a"b', "name; DROP TABLE area"])
            case 2:  # one more
                names.append(rng.choice(["x", *names]))
                rows = [[*row, row[0]] for row in rows]
            case _:  # in another order
                order = list(range(len(names)))
                rng.shuffle(order)
                names = [names[to] for to in order]
                rows = [[row[to] for to in order] for row in rows]
                rows = [[row[0] or "x", *row[1:]] for row in rows]
        return replace(table, columns=names, rows=rows)

    return _with_table(rng, sound, change)


@sealed
def rows_sealed(rng: random.Random, sound: Sound) -> bytes:
    """Some rows twice, lost, or in another order."""

    def change(table: DataTable) -> DataTable:
        rows = list(table.rows)
        some = rng.sample(rows, rng.randint(1, min(3, len(rows))))
        match rng.randrange(3):
            case 0:
                rows += some
            case 1:
                rows = [row for row in rows if row not in some]
            case _:
                rng.shuffle(rows)
        return replace(table, rows=rows)

    return _with_table(rng, sound, change)


@sealed
def tables_sealed(rng: random.Random, sound: Sound) -> bytes:
    """A table lost, renamed, one more, or all in another order."""
    tables = list(sound.tables)
    at = rng.randrange(len(tables))
    match rng.randrange(4):
        case 0:
            tables.pop(at)
        case 1:
            named = {table.name for table in tables}
            names = {"x", "area", "household", "setting", "definition", "audit_group"} - named
            tables[at] = replace(tables[at], name=rng.choice(sorted(names)))
        case 2:
            tables.append(DataTable("sqlite_master", ("uid", "sql"), [("ab" * 16, "x")]))
        case _:
            rng.shuffle(tables)
    return sound.write(sound.manifest, tables)


@sealed
def letters_sealed(rng: random.Random, sound: Sound) -> bytes:
    """Letters that part cells and rows, or escapes that are none, in cells whose hashes fit."""
    odd = ("a\tb", "a\nb", "\n", "a_x000D_b", "a_x000A_b", "\\", "\\q", "\\u00", "\\uzzzz",
           "\\ud800", "a\u2028b", "a\x85b", "#", "\\0\\0")  # fmt: skip
    full = [table for table in sound.tables if list(table.rows)]
    chosen = rng.choice(full)

    def change(table: DataTable) -> DataTable:
        return _with_cells(rng, table, lambda _: rng.choice(odd)) if table is chosen else table

    return by_hand(sound.manifest, [change(table) for table in sound.tables])


def by_hand(manifest: Manifest, tables: Sequence[DataTable]) -> bytes:
    """A package whose cells are taken as they are, without readable sheets to be sealed."""
    book = Workbook()
    book.active.title = "Sheet"
    entries = []
    for table in tables:
        sheet = book.create_sheet(sheet_name(table.name, 1))
        sheet.append([*table.columns, CHECK])
        digest = TableHash(table.name, table.columns)
        for texts in table.rows:
            line = row_line(texts)
            digest.add(line)
            sheet.append([*texts, row_check(line)])
        entries.append(digest.entry())
    listed = book.create_sheet(MANIFEST)
    for row in manifest_rows(manifest.sealed(entries)):
        listed.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
