"""Reads a foreign list (xlsx, xls, ods, csv) in a child process, as sheets of plain values."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.sheet_table import Cell, Row, Sheet
from giamngheo_desktop.exports.workbook_guard import LOCKED, UNSAFE
from giamngheo_desktop.exports.xlsx_read import run_child
from giamngheo_desktop.services.importing.planning import Source

_REFUSED = {LOCKED: "workbook_locked", UNSAFE: "workbook_unsafe"}


def read_list(path: Path) -> list[Sheet]:
    """All sheets, in order.

    Raises AppErrors file_missing, workbook_unreadable, workbook_too_big, workbook_locked,
    workbook_unsafe.
    """
    if not path.is_file():
        raise AppError("file_missing", path=path)
    return sheets_of(run_child("--read-list", path, _REFUSED))


def read_source(path: Path) -> Source:
    """The file as a plan is made of it. Raises the AppErrors of `read_list`."""
    sheets = read_list(path)
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:  # the stick was pulled out meanwhile
        raise AppError("workbook_unreadable", name=path.name) from error
    return Source(name=path.name, sha256=digest, sheets=sheets)


def sheets_of(printed: str) -> list[Sheet]:
    """The sheets of what the child prints."""
    found: list[tuple[dict[str, Any], dict[int, Row]]] = []
    for line in printed.splitlines():
        told = json.loads(line)
        if "sheet" in told:
            found.append((told, {}))
        else:
            found[-1][1][told["row"]] = tuple(map(_cell, told["cells"]))
    return [
        Sheet(
            name=about["sheet"],
            rows=rows,
            hidden=about["hidden"],
            merged=tuple(
                (top, left, bottom, right) for top, left, bottom, right in about["merged"]
            ),
            marks=about["marks"],
        )
        for about, rows in found
    ]


def _cell(told: Any) -> Cell:
    if isinstance(told, list):
        return date.fromisoformat(told[0])
    found: Cell = None if told == "" else told
    return found
