"""How the columns of a sender's lists are read, as the officer corrected it: kept by name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.vietnamese import clean, search_key
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Connection, Database

_PREFIX = "import_mapping/"
Mappings = Mapping[str, Mapping[str, str]]  # sheet ("" : any) → letter → field ("" : nobody's)


def mappings(database: Database) -> dict[str, Mappings]:
    """All that are kept, by the name of the sender, in the order of names."""
    with database.reader() as connection:
        found = [json.loads(row["value"]) for row in _rows(connection)]
    return {
        one["name"]: one["sheets"] for one in sorted(found, key=lambda o: search_key(o["name"]))
    }


def mapping(database: Database, name: str) -> Mappings:
    """The one of that name, whatever its case. Raises AppError `import_no_mapping`."""
    found = mappings(database)
    for known, sheets in found.items():
        if search_key(known) == search_key(name):
            return sheets
    raise AppError("import_no_mapping", name=name, known=", ".join(found) or "–")


def save_mapping(
    database: Database, context: Context, definitions: Definitions, name: str, sheets: Mappings
) -> Done[None]:
    """Keep it; the one of that name is replaced. Raises AppError `import_column`."""
    known = {field.code for field in definitions.headings.fields} | {""}
    for columns in sheets.values():
        for column, field in columns.items():
            if field not in known:
                shown = ", ".join(sorted(known - {""}))
                raise AppError("import_column", column=column, field=field, known=shown)
    name = clean(name)
    value = json.dumps({"name": name, "sheets": sheets}, ensure_ascii=False, sort_keys=True)
    code = _PREFIX + search_key(name)
    with write_unit(database, context, Op.SAVE_SETTINGS) as work:
        work.subject = name
        there = [row for row in _rows(work.connection) if row["code"] == code]
        for row in there:
            work.change(Kind.SETTING, row["uid"], row, {"value": value})
        if not there:
            work.insert(
                Kind.SETTING,
                code=code,
                value=value,
                valid_from=context.today(),
                valid_to=None,
            )
    return Done(None, work.changes)


def _rows(connection: Connection) -> list[dict[str, Any]]:
    rows = records.find(connection, Kind.SETTING)
    return [row for row in rows if row["code"].startswith(_PREFIX)]
