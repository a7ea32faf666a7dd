"""The child process that opens packages: what kills it does not kill the program.

Reads one JSON line per request from standard input, {"path", "tables": whether to read them,
"passphrase": of a locked file, or null}, and prints JSON lines: {"manifest": rows}, {"table",
"columns"}, {"rows": how many} and as many lines of cell texts between tabs …, then {"end": true} or
{"refused": code, "params"}. Hashes are checked here, so that the program can write meanwhile.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.package import (
    CHECK,
    FORMAT,
    MANIFEST,
    Manifest,
    TableHash,
    broken_row,
    format_of,
    joined,
    manifest_of,
    row_check,
    sheet_seal,
    table_of,
)
from giamngheo_desktop.domain.passphrase import Passphrase
from giamngheo_desktop.exports.office_lock import OLE, unlocked
from giamngheo_desktop.exports.package_looks import looks
from giamngheo_desktop.exports.workbook_child import limit_memory
from giamngheo_desktop.exports.workbook_guard import most_unpacked

MOST_BYTES = 40 * 1024 * 1024
_UNPACKED = 1024 * 1024 * 1024
_MEMBERS = 2_000
_BATCH, _LETTERS = 1_000, 4_000_000  # of rows that are printed together


class Refused(Exception):  # noqa: N818 - not a failure of ours
    """Why a file is no sound package; code and parameters of the sentence."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def serve_packages(requests: IO[str], out: IO[str]) -> int:
    """Answers requests until there are no more."""
    limit_memory()
    for request in requests:
        asked = json.loads(request)
        told = asked["passphrase"]
        passphrase = None if told is None else Passphrase(told)
        try:
            for line in _read(Path(asked["path"]), passphrase, tables=asked["tables"]):
                out.write(json.dumps(line, ensure_ascii=False) if isinstance(line, dict) else line)
                out.write("\n")
            last: dict[str, Any] = {"end": True}
        except (Refused, AppError) as refused:
            last = {"refused": refused.code, "params": refused.params}
        except MemoryError:
            last = {"refused": "workbook_too_big", "params": {}}
        out.write(json.dumps(last) + "\n")
        out.flush()
    return 0


def _read(
    path: Path, passphrase: Passphrase | None, *, tables: bool
) -> Iterator[dict[str, Any] | str]:
    from python_calamine import CalamineError, load_workbook

    try:
        data = guarded(path, passphrase)
        book = load_workbook(io.BytesIO(data))
        _refuse_twice(book.sheet_names)
        if MANIFEST not in book.sheet_names:
            raise Refused("package_foreign")
        rows = list(joined(_cells(book, MANIFEST)))
        manifest = _manifest(rows)
        yield {"manifest": rows}
        if tables:
            if manifest.seals:
                _prove_shown(book, manifest.seals)
                _prove_looks(data, manifest)
            yield from _tables(book, manifest)
    except (CalamineError, OSError, zipfile.BadZipFile) as error:
        raise Refused("package_unreadable") from error


def guarded(path: Path, passphrase: Passphrase | None) -> bytes:
    """The workbook's bytes, where it is one without macros or links that unpacks to bounds.

    Raises Refused, the AppErrors of `unlocked`, OSError, BadZipFile.
    """
    if path.stat().st_size > MOST_BYTES:
        raise Refused("workbook_too_big")
    data = path.read_bytes()
    if data.startswith(OLE):
        data = unlocked(data, passphrase)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
    if (
        len(members) > _MEMBERS
        or sum(one.file_size for one in members) > _UNPACKED
        or any(one.file_size > most_unpacked(one) for one in members)
    ):
        raise Refused("workbook_too_big")
    _refuse_twice([one.filename for one in members])
    for one in members:
        if one.filename.endswith("vbaProject.bin"):
            raise Refused("table_macros")
        if one.filename.startswith("xl/externalLinks/"):
            raise Refused("table_links")
    return data


def _refuse_twice(names: list[str]) -> None:
    """Of two under one name one is proven, and another program may show the other."""
    if len({*names}) < len(names):
        raise Refused("package_damaged")


def _cells(book: Any, sheet: str) -> Iterator[list[str | None]]:
    """The rows of a sheet from A1 on, NULL for an empty cell; a cell that is no text is refused."""
    for number, row in enumerate(book.get_sheet_by_name(sheet).to_python(), start=1):
        if any(not isinstance(cell, str) for cell in row):
            raise Refused("package_row_changed", sheet=sheet, row=number)
        if any(row):  # a program that saved it again may leave empty rows below
            yield [cell or None for cell in row]


def _manifest(rows: list[list[str | None]]) -> Manifest:
    found = format_of(rows)
    if found is None:
        raise Refused("package_foreign")
    if found > FORMAT:
        raise Refused("package_newer")
    try:
        manifest = manifest_of(rows)
    except ValueError as error:
        raise Refused("package_damaged") from error
    if not manifest.is_sound:
        raise Refused("package_damaged")
    return manifest


def shown_sheets(book: Any) -> list[str]:
    """The sheets of a package that are for people."""
    return [name for name in book.sheet_names if name != MANIFEST and table_of(name) is None]


def shown_rows(book: Any, sheet: str) -> list[list[Any]]:
    """The rows of a readable sheet from A1 on, as values."""
    rows: list[list[Any]] = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return rows


def _prove_shown(book: Any, seals: dict[str, str]) -> None:
    """Refuses readable sheets that say otherwise than when the package was made."""
    for sheet in sorted(seals.keys() ^ {*shown_sheets(book)}):
        raise Refused("package_sheet_changed", sheet=sheet)
    for sheet, seal in seals.items():
        row = broken_row(seal, sheet_seal(shown_rows(book, sheet)))
        if row is not None:
            raise Refused("package_row_changed", sheet=sheet, row=row)


def _prove_looks(data: bytes, manifest: Manifest) -> None:
    """Refuses readable sheets in which people would read something else than their cells hold."""
    for sheet, look in looks(data, manifest.seals).items():
        if look.is_strange or manifest.looks.get(sheet, look.seal) != look.seal:
            raise Refused("package_look_changed", sheet=sheet)


def _tables(book: Any, manifest: Manifest) -> Iterator[dict[str, Any] | str]:
    """Every table the manifest names, proven; a sheet it does not name is refused."""
    sheets: dict[str, list[str]] = {}
    for name in book.sheet_names:
        table = table_of(name)
        if table is not None:
            sheets.setdefault(table, []).append(name)
    if set(sheets) != {entry.name for entry in manifest.tables}:
        raise Refused("package_damaged")
    for entry in manifest.tables:
        digest = None
        for sheet in sorted(sheets[entry.name], key=lambda name: (len(name), name)):
            rows = book.get_sheet_by_name(sheet).to_python()
            columns = [name for name in rows[0] if name] if rows else []
            is_text = all(isinstance(name, str) for name in columns)
            if columns[-1:] != [CHECK] or len(columns) < 2 or not is_text:
                raise Refused("package_damaged")
            if digest is None:
                digest = TableHash(entry.name, columns[:-1])
                yield {"table": entry.name, "columns": columns[:-1]}
            yield from _batches(sheet, len(columns), rows, digest)
        if digest is None or digest.entry() != entry:
            raise Refused("package_damaged")


def _batches(
    sheet: str, width: int, rows: list[list[Any]], digest: TableHash
) -> Iterator[dict[str, Any] | str]:
    batch: list[str] = []
    letters = 0
    for number, row in _records(sheet, width, rows):
        text = "\t".join(row[:-1])
        line = text.encode() + b"\n"
        if row_check(line) != row[-1]:
            raise Refused("package_row_changed", sheet=sheet, row=number)
        digest.add(line)
        batch.append(text)
        letters += len(text)
        if len(batch) == _BATCH or letters > _LETTERS:
            yield from _told(batch, width)
            batch, letters = [], 0
    if batch:
        yield from _told(batch, width)


def _told(batch: list[str], width: int) -> Iterator[dict[str, Any] | str]:
    """The rows as they are printed; a cell that holds what parts cells or rows is refused."""
    whole = "\n".join(batch)
    if (
        whole.count("\n") != len(batch) - 1
        or whole.count("\t") != len(batch) * (width - 2)
        or "\r" in whole
    ):
        raise Refused("package_damaged")
    yield {"rows": len(batch)}
    yield whole


def _records(sheet: str, width: int, rows: list[list[Any]]) -> Iterator[tuple[int, list[str]]]:
    """The rows below the heading with their numbers; those without a first cell go on the one
    before. A cell that is no text is refused.
    """
    begun, whole = 0, None
    for number, row in enumerate(rows[1:], start=2):
        cells = row[:width] if len(row) > width else row + [""] * (width - len(row))
        try:
            "".join(cells)
        except TypeError as error:
            raise Refused("package_row_changed", sheet=sheet, row=number) from error
        if cells[0]:
            if whole is not None:
                yield begun, whole
            begun, whole = number, cells
        elif whole is not None:  # a program that saved it again may leave empty rows below
            whole = [before + more for before, more in zip(whole, cells, strict=True)]
    if whole is not None:
        yield begun, whole


def main() -> int:
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    return serve_packages(sys.stdin, sys.stdout)
