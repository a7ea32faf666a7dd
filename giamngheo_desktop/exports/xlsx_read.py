"""Reads a foreign workbook (xlsx, xls, ods) in a child process, as plain rows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.exports.workbook_child import TOO_BIG

SECONDS = 60
Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: the sheet's name, the number as Excel counts, the values from column A on; `marks`
    tell by the letter of an empty cell why nothing stands there (`domain.sheet_table.NO_VALUE`).
    """

    sheet: str
    number: int
    cells: tuple[Value, ...]
    marks: Mapping[str, str] = field(default_factory=dict)

    def text(self, column: int) -> str:
        """The value of a column (from 0) as text without blanks around it."""
        value = self.cells[column] if column < len(self.cells) else None
        return "" if value is None else str(value).strip()


def read_workbook(path: Path) -> list[SheetRow]:
    """All rows of all sheets, in order.

    Raises AppError: file_missing, workbook_unreadable, workbook_too_big (name).
    """
    if not path.is_file():
        raise AppError("file_missing", path=path)
    lines = (json.loads(line) for line in run_child("--read-workbook", path).splitlines())
    return [
        SheetRow(line["sheet"], line["row"], tuple(line["cells"]), line["marks"]) for line in lines
    ]


def run_child(option: str, path: Path, refused: Mapping[int, str] | None = None) -> str:
    """What the program prints that opens a workbook; `refused` are errors by its exit code.

    Raises AppErrors workbook_unreadable, workbook_too_big (name), and those of `refused`.
    """
    try:
        done = subprocess.run(
            [*own_program(), option, str(path)],
            capture_output=True,
            check=False,
            timeout=SECONDS,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )
    except subprocess.TimeoutExpired as error:
        raise AppError("workbook_too_big", name=path.name) from error
    if refused and done.returncode in refused:
        raise AppError(refused[done.returncode], name=path.name)
    if done.returncode == TOO_BIG or done.returncode < 0:
        raise AppError("workbook_too_big", name=path.name)
    if done.returncode:
        raise AppError("workbook_unreadable", name=path.name)
    return done.stdout.decode("utf-8")


def own_program() -> list[str]:
    """How a child is started: `app.py` answers it, which in a build is the program of the window,
    also for the command line beside it.
    """
    if not getattr(sys, "frozen", False):
        return [sys.executable, "-m", "giamngheo_desktop"]
    here = Path(sys.executable)
    return [str(here.with_name(f"giamngheo-desktop{here.suffix}"))]
