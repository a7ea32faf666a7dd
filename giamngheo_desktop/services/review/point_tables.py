"""The imported table of points: kept in the file like a definition, each import a new version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.point_table import PointForm, PointRow, PointTable
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import definitions, records
from giamngheo_desktop.storage.engine import Connection, Database


def get(database: Database, form: PointForm) -> PointTable | None:
    """The newest table of a form; None while nothing was imported."""
    with database.reader() as connection:
        return read(connection, form)


def read(connection: Connection, form: PointForm, version: int | None = None) -> PointTable | None:
    """`get` on an open connection; with `version` the table of that version."""
    row = _newest(connection, form)
    if version is not None:
        found = records.find(connection, Kind.DEFINITION, code=_code(form), version=version)
        row = found[0] if found else None
    return None if row is None else PointTable(form, tuple(_rows(row["text"])), row["version"])


def save(
    database: Database, context: Context, form: PointForm, rows: Iterable[PointRow]
) -> Done[int]:
    """Keep a checked table; returns its version. The same table again is no new version."""
    text = json.dumps([_plain(row) for row in rows], ensure_ascii=False, sort_keys=True, indent=0)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    with write_unit(database, context, Op.IMPORT_POINTS) as work:
        work.subject = form.label
        newest = _newest(work.connection, form)
        if newest is not None and newest["sha256"] == sha256:
            return Done(newest["version"], work.changes)
        version = definitions.next_version(work.connection, _code(form))
        work.insert(Kind.DEFINITION, code=_code(form), version=version, sha256=sha256, text=text)
    return Done(version, work.changes)


def _newest(connection: Connection, form: PointForm) -> dict[str, Any] | None:
    rows = records.find(connection, Kind.DEFINITION, code=_code(form))
    return max(rows, key=lambda row: row["version"], default=None)


def _code(form: PointForm) -> str:
    return f"point_table/{form.code}"


def _plain(row: PointRow) -> dict[str, Any]:
    bounds = {name: _text(getattr(row, name)) for name in ("low", "high")}
    own = {name: getattr(row, name) for name in ("region", "item", "option", "points", "label")}
    return own | bounds


def _text(number: Fraction | None) -> str | None:
    return None if number is None else str(number)


def _rows(text: str) -> Iterable[PointRow]:
    for row in json.loads(text):
        bounds = {
            name: None if row[name] is None else Fraction(row[name]) for name in ("low", "high")
        }
        yield PointRow(**{**row, **bounds})
