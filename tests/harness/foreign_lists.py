"""The workbooks of strangers, read without starting a child process for each."""

import contextlib
import io
import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import Definitions, shipped_definitions
from giamngheo_desktop.domain.sheet_table import Sheet
from giamngheo_desktop.exports.list_child import print_sheets
from giamngheo_desktop.exports.list_read import sheets_of
from tests.independent.lists.make_books import COPIES, EXPECTED, make


@cache
def definitions() -> Definitions:
    return shipped_definitions(paths.resources() / "definitions")


def printed(path: Path) -> tuple[int, str]:
    """The exit code of the child and what it prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = print_sheets(path)
    return code, out.getvalue()


def write_book(name: str, folder: Path) -> Path:
    path = folder / (name if name in COPIES else f"{name}.xlsx")
    path.write_bytes(make(name))
    return path


@cache
def sheets(name: str) -> tuple[Sheet, ...]:
    """Read once per run."""
    with tempfile.TemporaryDirectory() as folder:
        code, text = printed(write_book(name, Path(folder)))
    assert code == 0
    return tuple(sheets_of(text))


def expected(name: str) -> dict[str, Any]:
    stored = EXPECTED / f"{COPIES.get(name, name)}.json"
    found: dict[str, Any] = json.loads(stored.read_text(encoding="utf-8"))
    return found
