"""The child process that opens a workbook with a list in it, after the guard has looked at it.

Prints JSON lines: for each sheet {"sheet", "hidden", "merged": [[top, left, bottom, right] …],
"marks": {"B7": code}}, then for each row {"row", "cells"}; rows count from 1, columns from 0, a
true day is [iso]. `exports.list_read` reads the lines.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from giamngheo_desktop.exports.csv_rows import csv_rows
from giamngheo_desktop.exports.workbook_child import MOST_COLUMNS, MOST_ROWS, Lines, limit_memory
from giamngheo_desktop.exports.workbook_guard import FAILED, LOCKED, MOST_FILE, TOO_BIG, refusal

TEXTS = (".csv", ".txt", ".tsv")
MOST_SHEETS, MOST_CELLS = 200, 4_000_000
LONGEST = 2_000  # letters of a cell; the rest says nothing about a person
_MOST_MERGED = 20_000


def print_list(path: Path) -> int:
    """0 done, else what the guard or the reader says."""
    limit_memory()
    return print_sheets(path)


def print_sheets(path: Path) -> int:
    """The same without a limit of memory."""
    lines = Lines()
    try:
        if path.suffix.lower() in TEXTS:
            return _print_text(path, lines)
        found = refusal(path)
        if found is not None:
            return found
        return _print_book(path, lines)
    except MemoryError:
        return TOO_BIG


def _print_text(path: Path, lines: Lines) -> int:
    if path.stat().st_size > MOST_FILE:
        return TOO_BIG
    try:
        rows = csv_rows(path.read_bytes())
    except (ValueError, OSError):
        return FAILED
    if len(rows) > MOST_ROWS or max(map(len, rows), default=0) > MOST_COLUMNS:
        return TOO_BIG
    lines.say({"sheet": path.stem, "hidden": False, "merged": [], "marks": {}})
    for number, cells in enumerate(rows, 1):
        _say_row(lines, number, list(cells))
    sys.stdout.flush()
    return 0


def _print_book(path: Path, lines: Lines) -> int:
    from python_calamine import CalamineError, PasswordError, SheetVisibleEnum, load_workbook

    from giamngheo_desktop.exports.error_marks import error_marks
    from giamngheo_desktop.exports.xlsx_marks import marks_of

    try:
        book = load_workbook(str(path))
        if len(book.sheet_names) > MOST_SHEETS:
            return TOO_BIG
        marks, cells = marks_of(path) or error_marks(path), 0
        for about in book.sheets_metadata:
            sheet = book.get_sheet_by_name(about.name)
            height, width = sheet.total_height, sheet.total_width
            if height > MOST_ROWS or width > MOST_COLUMNS:
                return TOO_BIG
            cells += height * width
            if cells > MOST_CELLS:
                return TOO_BIG
            lines.say(
                {
                    "sheet": about.name,
                    "hidden": about.visible != SheetVisibleEnum.Visible,
                    "merged": list(_merged(sheet)),
                    "marks": marks.get(about.name, {}),
                }
            )
            for number, row in enumerate(sheet.to_python(skip_empty_area=False), start=1):
                _say_row(lines, number, row)
    except PasswordError:
        return LOCKED
    except (CalamineError, OSError, ValueError, OverflowError):
        return FAILED
    sys.stdout.flush()
    return 0


def _merged(sheet: Any) -> Iterator[list[int]]:
    for (top, left), (bottom, right) in (sheet.merged_cell_ranges or ())[:_MOST_MERGED]:
        yield [top + 1, left, min(bottom + 1, MOST_ROWS), min(right, MOST_COLUMNS)]


def _say_row(lines: Lines, number: int, cells: list[Any]) -> None:
    plain = [_plain(cell) for cell in cells]
    if any(cell not in ("", None) for cell in plain):
        lines.say({"row": number, "cells": plain})


def _plain(cell: object) -> object:
    match cell:
        case datetime():
            return [cell.date().isoformat()]
        case date():
            return [cell.isoformat()]
        case bool() | int():
            return cell
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return int(cell)
        case float():
            return cell if cell == cell and abs(cell) < 1e300 else None
        case str():
            return cell[:LONGEST]
    return None if cell is None else str(cell)
