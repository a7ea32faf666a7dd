"""The child process that opens a foreign workbook: what kills it does not kill the program.

Prints one JSON line per row: {"sheet", "row" (from 1), "cells"}; days as ISO texts. `exports.
xlsx_read` starts it and reads the lines.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path

MOST_BYTES = 400 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 60_000, 300
FAILED, TOO_BIG = 3, 4


def print_rows(path: Path) -> int:
    """0 done, FAILED for what is no workbook, TOO_BIG where it holds too much."""
    limit_memory()
    try:
        from python_calamine import CalamineError, load_workbook

        book = load_workbook(str(path))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.height > MOST_ROWS or sheet.width > MOST_COLUMNS:
                return TOO_BIG
            top = (sheet.start or (0, 0))[0]
            for number, cells in enumerate(sheet.to_python(skip_empty_area=True), start=top + 1):
                line = {"sheet": name, "row": number, "cells": [_plain(cell) for cell in cells]}
                print(json.dumps(line, ensure_ascii=False))
    except MemoryError:
        return TOO_BIG
    except (CalamineError, OSError):
        return FAILED
    sys.stdout.flush()
    return 0


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
