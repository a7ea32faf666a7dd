"""Lists with columns of the user's own choice, kept as settings of the file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.name_list import SavedList
from giamngheo_desktop.domain.vietnamese import clean, search_key
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Connection, Database

_PREFIX = "name_list/"


def saved_lists(database: Database) -> list[SavedList]:
    """In the order of their names."""
    with database.reader() as connection:
        found = [SavedList.from_json(row["value"]) for row in _rows(connection)]
    return sorted(found, key=lambda one: search_key(one.name))


def saved_list(database: Database, name: str) -> SavedList | None:
    """The one of that name; case and marks do not count."""
    key = search_key(name)
    return next((one for one in saved_lists(database) if search_key(one.name) == key), None)


def save_list(database: Database, context: Context, wanted: SavedList) -> Done[None]:
    """Keep columns under a name; the list that has it gets them. RefusedError `list_name_missing`,
    `list_name_taken` where it is one of another kind.
    """
    wanted = SavedList(clean(wanted.name), wanted.base, wanted.columns)
    code = _code(wanted.name)
    if code == _PREFIX:
        raise RefusedError("list_name_missing")
    with write_unit(database, context, Op.SAVE_LIST) as work:
        work.subject = wanted.name
        there = [row for row in _rows(work.connection) if row["code"] == code]
        for row in there:
            if SavedList.from_json(row["value"]).base != wanted.base:
                raise RefusedError("list_name_taken", name=wanted.name)
            work.change(Kind.SETTING, row["uid"], row, {"value": wanted.as_json()})
        if not there:
            today = context.today()
            work.insert(
                Kind.SETTING,
                code=code,
                value=wanted.as_json(),
                valid_from=today,
                valid_to=None,
            )
    return Done(None, work.changes)


def rename_list(database: Database, context: Context, name: str, new: str) -> Done[None]:
    """Another name for a saved list; nothing where there is none. RefusedError
    `list_name_missing`, `list_name_taken` where another one has that name.
    """
    new = clean(new)
    code = _code(new)
    if code == _PREFIX:
        raise RefusedError("list_name_missing")
    with write_unit(database, context, Op.RENAME_LIST) as work:
        work.subject = f"{clean(name)} → {new}"
        rows = {row["code"]: row for row in _rows(work.connection)}
        row = rows.get(_code(name))
        if row is not None:
            if code in rows and rows[code] is not row:
                raise RefusedError("list_name_taken", name=new)
            value = replace(SavedList.from_json(row["value"]), name=new).as_json()
            work.change(Kind.SETTING, row["uid"], row, {"code": code, "value": value})
    return Done(None, work.changes)


def remove_list(database: Database, context: Context, name: str) -> Done[None]:
    """Forget a saved list; nothing where there is none of that name."""
    with write_unit(database, context, Op.REMOVE_LIST) as work:
        work.subject = clean(name)
        for row in _rows(work.connection):
            if row["code"] == _code(name):
                work.remove(Kind.SETTING, row["uid"])
    return Done(None, work.changes)


def _code(name: str) -> str:
    return _PREFIX + search_key(name)


def _rows(connection: Connection) -> list[dict[str, Any]]:
    rows = records.find(connection, Kind.SETTING)
    return [row for row in rows if row["code"].startswith(_PREFIX)]
