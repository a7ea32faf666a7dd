"""Reads a folder of spoilt workbooks as the program's child does, under its limit of memory.

Run as `python -m tests.harness.spoilt_lists FOLDER`: a JSON line per file with the exit code, the
persons found and the seconds; a file that kills the reader is simply the last one named.
"""

import contextlib
import io
import json
import resource
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import Definitions, load_definitions
from giamngheo_desktop.domain.list_reading import read_list
from giamngheo_desktop.domain.sheet_headings import find_head
from giamngheo_desktop.domain.sheet_text import in_unicode
from giamngheo_desktop.exports.list_child import print_sheets
from giamngheo_desktop.exports.list_read import sheets_of
from giamngheo_desktop.exports.workbook_child import limit_memory
from giamngheo_desktop.services.importing.words import word_fields

PANIC = 101  # what a panic of the reader ends a child with


def read(path: Path, definitions: Definitions) -> dict[str, Any]:
    started, out = time.monotonic(), io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            code = print_sheets(path)
    except BaseException as error:
        if "Panic" not in type(error).__name__:
            raise
        code = PANIC
    names = sorted(_persons(out.getvalue(), definitions)) if code == 0 else []
    seconds = round(time.monotonic() - started, 3)
    return {"file": path.name, "code": code, "names": names, "seconds": seconds}


def _persons(printed: str, definitions: Definitions) -> set[str]:
    found = set()
    for stored in sheets_of(printed):
        sheet, _, small = in_unicode(stored)
        head = find_head(sheet, definitions.headings)
        if head is not None:
            fields = word_fields(definitions)
            for home in read_list(sheet, head, fields, date(2026, 3, 1), small).homes:
                found |= {person.name for person in home.members if person.name}
    return found


def main(folder: str) -> None:
    definitions = load_definitions(paths.resources() / "definitions")
    limit_memory()
    for path in sorted(Path(folder).iterdir()):
        print(json.dumps({"begun": path.name}), flush=True)
        print(json.dumps(read(path, definitions)), flush=True)
    print(json.dumps({"peak": _peak()}), flush=True)


def _peak() -> int:
    """kB of this program alone: what `getrusage` tells begins with the peak of who started it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1])


if __name__ == "__main__":
    main(sys.argv[1])
