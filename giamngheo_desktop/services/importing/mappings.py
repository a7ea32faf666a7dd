"""How the columns of a sender's lists are read, as the officer corrected it: kept by name, and
known again by the head of the list.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.sheet_headings import Headings, find_head, guessed_head
from giamngheo_desktop.domain.sheet_table import Sheet, errors_marked
from giamngheo_desktop.domain.sheet_text import in_unicode
from giamngheo_desktop.domain.vietnamese import clean, search_key
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Connection, Database

_PREFIX = "import_mapping/"
Mappings = Mapping[str, Mapping[str, str]]  # sheet ("" : any) → letter → field ("" : nobody's)
SheetHeadings = Mapping[str, Mapping[str, str]]  # sheet → letter → heading


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMapping:
    """`headings` are those of the list it was made for, none where they were not kept."""

    name: str
    sheets: Mappings
    headings: SheetHeadings


def kept_mappings(database: Database) -> list[KeptMapping]:
    """All, in the order of the names of the senders."""
    with database.reader() as connection:
        found = [json.loads(row["value"]) for row in _rows(connection)]
    return [
        KeptMapping(name=one["name"], sheets=one["sheets"], headings=one.get("headings", {}))
        for one in sorted(found, key=lambda one: search_key(one["name"]))
    ]


def mappings(database: Database) -> dict[str, Mappings]:
    """The same by name, without the lists they were made for."""
    return {one.name: one.sheets for one in kept_mappings(database)}


def mapping(database: Database, name: str) -> Mappings:
    """The one of that name, whatever its case. Raises AppError `import_no_mapping`."""
    found = mappings(database)
    for known, sheets in found.items():
        if search_key(known) == search_key(name):
            return sheets
    raise AppError("import_no_mapping", name=name, known=", ".join(found) or "–")


def read_before(
    kept: Sequence[KeptMapping], headings: Headings, sheets: Iterable[Sheet]
) -> tuple[Mappings, tuple[str, ...]]:
    """How the sheets were read when they came with the same head, and whose lists those were.

    A head that was read in several ways is left to the officer.
    """
    found: dict[str, Mapping[str, str]] = {}
    names: dict[str, None] = {}
    for stored in sheets if any(one.headings for one in kept) else ():
        if stored.hidden:
            continue
        sheet = in_unicode(errors_marked(stored))[0]
        same = [
            (one.name, columns)
            for one in kept
            for name, columns in one.sheets.items()
            if columns and _is_head(sheet, headings, columns, one.headings.get(name, {}))
        ]
        if same and all(columns == same[0][1] for _, columns in same):
            found[sheet.name] = same[0][1]
            names |= dict.fromkeys(name for name, _ in same)
    return found, tuple(names)


def save_mapping(
    database: Database,
    context: Context,
    definitions: Definitions,
    name: str,
    sheets: Mappings,
    headings: SheetHeadings | None = None,
) -> Done[None]:
    """Keep it, with the head of the list; the one of that name is replaced. Raises AppError
    `import_column`.
    """
    known = {field.code for field in definitions.headings.fields} | {""}
    for columns in sheets.values():
        for column, field in columns.items():
            if field not in known:
                shown = ", ".join(sorted(known - {""}))
                raise AppError("import_column", column=column, field=field, known=shown)
    name = clean(name)
    told = {"name": name, "sheets": sheets, "headings": headings or {}}
    value = json.dumps(told, ensure_ascii=False, sort_keys=True)
    code = _PREFIX + search_key(name)
    with write_unit(database, context, Op.KEEP_MAPPING) as work:
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


def _is_head(
    sheet: Sheet, headings: Headings, columns: Mapping[str, str], known: Mapping[str, str]
) -> bool:
    """Whether the sheet, read so, has these headings."""
    if not known:
        return False
    head = find_head(sheet, headings, columns) or guessed_head(sheet, headings, columns)
    return head is not None and _keys(head.headings) == _keys(known)


def _keys(headings: Mapping[str, str]) -> dict[str, str]:
    return {letter: search_key(heading) for letter, heading in headings.items()}


def _rows(connection: Connection) -> list[dict[str, Any]]:
    rows = records.find(connection, Kind.SETTING)
    return [row for row in rows if row["code"].startswith(_PREFIX)]
