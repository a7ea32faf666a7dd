"""The child process that opens a foreign workbook: what kills it does not kill the program.

Prints one JSON line per row: {"sheet", "row" (from 1), "cells" (from column A), "marks"}; days as
ISO texts, one that shows its month only as 2001-03; marks tell by the letter of an empty cell why.
`exports.xlsx_read` starts it and reads the lines.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from giamngheo_desktop.domain.sheet_return import letter_of
from giamngheo_desktop.domain.sheet_table import NO_VALUE

MOST_BYTES = 400 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 60_000, 300
MOST_PRINTED = 48 * 1024 * 1024  # letters: whoever reads them holds them several times over
FAILED, TOO_BIG = 3, 4


def print_rows(path: Path) -> int:
    """0 done, FAILED for what is no workbook, TOO_BIG where it holds too much."""
    limit_memory()
    lines = Lines()
    try:
        from python_calamine import CalamineError, load_workbook

        from giamngheo_desktop.exports.xlsx_marks import MONTH, marks_of

        book, marks = load_workbook(str(path)), marks_of(path)
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.height > MOST_ROWS or sheet.width > MOST_COLUMNS:
                return TOO_BIG
            top, left = sheet.start or (0, 0)
            marked = marks.get(name, {})
            for number, cells in enumerate(sheet.to_python(skip_empty_area=True), start=top + 1):
                plain = [None] * left + [_plain(cell) for cell in cells]
                why: dict[str, str] = {}
                for at, cell in enumerate(cells, start=left):
                    mark = marked.get(f"{letter_of(at)}{number}", "") if marked else ""
                    if isinstance(cell, date) and mark == MONTH:
                        plain[at] = f"{cell:%Y-%m}"
                    elif cell in ("", None) and mark in NO_VALUE:
                        why[letter_of(at)] = mark
                lines.say({"sheet": name, "row": number, "cells": plain, "marks": why})
    except MemoryError:
        return TOO_BIG
    except (CalamineError, OSError):
        return FAILED
    sys.stdout.flush()
    return 0


class Lines:
    """JSON lines that are printed; MemoryError where they become more than a reader can hold: a
    few kilobytes of a workbook may name one long text a million times.
    """

    def __init__(self) -> None:
        self._left = MOST_PRINTED

    def say(self, line: dict[str, Any]) -> None:
        text = json.dumps(line, ensure_ascii=True)
        self._left -= len(text)
        if self._left < 0:
            raise MemoryError
        print(text)


def _plain(cell: object) -> object:
    match cell:
        case datetime():
            at_midnight = cell.time() == time()
            return cell.date().isoformat() if at_midnight else cell.isoformat()
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return cell.total_seconds()
        case float() if cell.is_integer():
            return int(cell)
    return cell


def limit_memory() -> None:
    """Where the system can; elsewhere the parent's time limit remains."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
