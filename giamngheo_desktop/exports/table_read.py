"""Opens a workbook for a table of the unit, in a child process: what kills that does no harm."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.sheet_formula import place_of
from giamngheo_desktop.domain.table_template import Shape
from giamngheo_desktop.exports.table_child import LINKS, MACROS, MOST_BYTES, OLD
from giamngheo_desktop.exports.xlsx_read import run_child

_REFUSED = {OLD: "table_old_format", MACROS: "table_macros", LINKS: "table_links"}


def read_table(path: Path) -> tuple[Shape, bytes]:
    """The sheet with the bindings, and the whole file.

    Raises AppErrors file_missing, workbook_unreadable, workbook_too_big, table_old_format (also
    one with a password), table_macros, table_links.
    """
    if not path.is_file():
        raise AppError("file_missing", path=path)
    if path.stat().st_size > MOST_BYTES:
        raise AppError("workbook_too_big", name=path.name)
    data = path.read_bytes()
    said = run_child("--read-table", path, _REFUSED)
    found = json.loads(said)
    if found["sha256"] != hashlib.sha256(data).hexdigest():
        raise AppError("workbook_unreadable", name=path.name)
    merges = [area.split(":") for area in found["merges"]]
    shape = Shape(
        sheet=found["sheet"],
        cells={place_of(name): value for name, value in found["cells"].items()},
        merges=tuple((place_of(first), place_of(last)) for first, last in merges),
        odd=tuple(found["odd"]),
    )
    return shape, data
