"""Tables of the unit: workbooks with bindings, kept in the file like definitions.

Each save is a new version, and so is taking a table away: a version without text.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.sheet_formula import name_of, place_of
from giamngheo_desktop.domain.table_template import Shape
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import definitions as kept
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Connection, Database

PREFIX = "BR"  # biểu riêng: BR1, BR2 …
_KEPT = "table_template/"
_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTable:
    """A table of the unit; `data` is its workbook, `shape` what was read from it."""

    code: str
    version: int
    name: str
    shape: Shape
    data: bytes
    sha256: str


def get(database: Database, code: str) -> OwnTable | None:
    """A table that is in use; None: there is none of that code."""
    if not code.startswith(PREFIX):
        return None
    with database.reader() as connection:
        return _newest(connection, code)


def tables(database: Database) -> tuple[OwnTable, ...]:
    """All that are in use, in the order they were added."""
    with database.reader() as connection:
        found = [_newest(connection, code) for code in _codes(connection)]
    return tuple(one for one in found if one is not None)


def labels(database: Database) -> tuple[tuple[str, str], ...]:
    """Code and name of each table in use."""
    return tuple((one.code, one.name) for one in tables(database))


def save(
    database: Database,
    context: Context,
    *,
    name: str,
    shape: Shape,
    data: bytes,
    code: str | None = None,
) -> Done[str]:
    """A workbook without faults as a new table, or as that of `code`; returns the code.

    Raises RefusedErrors `table_without_name`, `table_name_taken`; AppError `unknown_own_table`.
    """
    name = clean(name)
    if not name:
        raise RefusedError("table_without_name")
    text = json.dumps(
        {
            "format": _FORMAT,
            "name": name,
            "sheet": shape.sheet,
            "cells": {name_of(place): said for place, said in sorted(shape.cells.items())},
            "merges": [f"{name_of(first)}:{name_of(last)}" for first, last in shape.merges],
            "odd": list(shape.odd),
            "file": b64encode(data).decode(),
        },
        ensure_ascii=False,
    )
    with write_unit(database, context, Op.SAVE_TABLE_TEMPLATE) as work:
        used = [one for each in _codes(work.connection) if (one := _newest(work.connection, each))]
        if code is not None and code not in [one.code for one in used]:
            raise AppError("unknown_own_table", name=code)
        if any(one.name == name and one.code != code for one in used):
            raise RefusedError("table_name_taken", name=name)
        code = code or f"{PREFIX}{len(_codes(work.connection)) + 1}"
        work.subject = name
        work.insert(
            Kind.DEFINITION,
            code=_KEPT + code,
            version=kept.next_version(work.connection, _KEPT + code),
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            text=text,
        )
    return Done(code, work.changes)


def remove(database: Database, context: Context, code: str) -> Done[None]:
    """No longer offered; what was issued stays. Raises AppError `unknown_own_table`."""
    with write_unit(database, context, Op.REMOVE_TABLE_TEMPLATE) as work:
        found = _newest(work.connection, code)
        if found is None:
            raise AppError("unknown_own_table", name=code)
        work.subject = found.name
        work.insert(
            Kind.DEFINITION,
            code=_KEPT + code,
            version=kept.next_version(work.connection, _KEPT + code),
            sha256=hashlib.sha256(b"").hexdigest(),
            text="",
        )
    return Done(None, work.changes)


def _codes(connection: Connection) -> list[str]:
    found = [code.removeprefix(_KEPT) for code in kept.codes(connection, _KEPT)]
    return sorted(found, key=lambda code: int(code.removeprefix(PREFIX)))


def _newest(connection: Connection, code: str) -> OwnTable | None:
    rows = records.find(connection, Kind.DEFINITION, code=_KEPT + code)
    row = max(rows, key=lambda row: int(row["version"]), default=None)
    return _table(code, row) if row is not None and row["text"] else None


def _table(code: str, row: dict[str, Any]) -> OwnTable:
    whole = json.loads(row["text"])
    merges: Sequence[list[str]] = [merge.split(":") for merge in whole["merges"]]
    return OwnTable(
        code=code,
        version=row["version"],
        name=whole["name"],
        shape=Shape(
            sheet=whole["sheet"],
            cells={place_of(name): said for name, said in whole["cells"].items()},
            merges=tuple((place_of(first), place_of(last)) for first, last in merges),
            odd=tuple(whole["odd"]),
        ),
        data=b64decode(whole["file"]),
        sha256=row["sha256"],
    )
