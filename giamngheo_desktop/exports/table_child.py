"""The child process that opens a workbook for tables of the unit, and says what stands in it.

Prints one JSON object: the sheet with the bindings as plain values. `exports.table_read` reads it.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from giamngheo_desktop.exports.workbook_child import FAILED, TOO_BIG, limit_memory

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS, MOST_MERGED = 300, 120, 20_000
_UNPACKED = 60 * 1024 * 1024
OLD, MACROS, LINKS = 5, 6, 7  # exit codes: no xlsx (or a password), macros, other workbooks


def print_shape(path: Path) -> int:
    """0 done, or why the workbook is refused."""
    limit_memory()
    try:
        data = path.read_bytes()
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            return OLD
        if len(data) > MOST_BYTES:
            return TOO_BIG
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.namelist()
            if sum(one.file_size for one in archive.infolist()) > _UNPACKED:
                return TOO_BIG
        if any(name.endswith("vbaProject.bin") for name in members):
            return MACROS
        if any(name.startswith("xl/externalLinks/") for name in members):
            return LINKS
        found = shape_of(data, members)
    except MemoryError:
        return TOO_BIG
    except (OSError, zipfile.BadZipFile):
        return FAILED  # whatever else a broken file makes the reader stumble over ends it as well
    if found is None:
        return TOO_BIG
    print(json.dumps({**found, "sha256": hashlib.sha256(data).hexdigest()}, ensure_ascii=False))
    return 0


def shape_of(data: bytes, members: list[str]) -> dict[str, Any] | None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data))
    bound = [sheet for sheet in book.worksheets if any(_has_braces(sheet))]
    sheet = bound[0] if bound else book.worksheets[0]
    cells = {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if _is(cell)}
    merges = [str(area) for area in sheet.merged_cells.ranges]
    areas = [area.size for area in sheet.merged_cells.ranges]
    merged = sum(area["rows"] * area["columns"] for area in areas)
    rows = max((cell.row for row in sheet.iter_rows() for cell in row if _is(cell)), default=0)
    if rows > MOST_ROWS or sheet.max_column > MOST_COLUMNS or merged > MOST_MERGED:
        return None
    for name, value in _hidden(data, book.sheetnames.index(sheet.title), sheet):
        cells.setdefault(name, value)
    odd = []
    if len(bound) > 1:
        odd.append("other_sheets")
    if any(name.startswith(("xl/charts/", "xl/drawings/")) for name in members):
        odd.append("drawings")
    if any(not isinstance(value, _PLAIN) for value in cells.values()):
        odd.append("array_formula")
    if _named(book, sheet.title):
        odd.append("named_area")
    if any(_reads(other, sheet.title) for other in book.worksheets if other is not sheet):
        odd.append("read_by_sheet")
    plain = {name: value for name, value in cells.items() if isinstance(value, _PLAIN)}
    return {"sheet": sheet.title, "cells": plain, "merges": merges, "odd": odd}


_PLAIN = (str, int, float)


def _is(cell: Any) -> bool:
    return cell.value is not None and cell.value != ""


def _has_braces(sheet: Any) -> Iterator[bool]:
    for row in sheet.iter_rows(values_only=True):
        yield from (isinstance(value, str) and "{{" in value for value in row)


def _hidden(data: bytes, at: int, sheet: Any) -> Iterator[tuple[str, str]]:
    """Bindings in cells that a merged area hides."""
    from openpyxl import load_workbook

    raw = load_workbook(io.BytesIO(data), read_only=True).worksheets[at]
    for row in raw.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and "{{" in cell.value:
                yield f"{cell.column_letter}{cell.row}", cell.value


def _named(book: Any, title: str) -> bool:
    """Whether a name stands for cells of the sheet: it would not move with them."""
    quoted = re.compile(rf"(^|[,(]|'){re.escape(title)}'?!", re.IGNORECASE)
    names = [*book.defined_names.values()]
    names += [name for sheet in book.worksheets for name in sheet.defined_names.values()]
    return any(
        quoted.search(name.attr_text or "") and not name.name.startswith("_xlnm.") for name in names
    )


def _reads(sheet: Any, title: str) -> bool:
    wanted = (f"{title}!", f"{title}'!")
    for row in sheet.iter_rows(values_only=True):
        for value in row:
            if isinstance(value, str) and value.startswith("=") and any(w in value for w in wanted):
                return True
    return False
