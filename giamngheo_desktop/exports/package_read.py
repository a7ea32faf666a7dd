"""Reads packages through a child process, proving every hash; rows come in batches."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import Any

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.package import (
    Batch,
    Manifest,
    PackageKind,
    manifest_of,
    row_values,
)
from giamngheo_desktop.domain.passphrase import Passphrase
from giamngheo_desktop.exports.xlsx_read import own_program

_SAID_OF = {
    PackageKind.UP: "package_is_upward",
    PackageKind.WORK: "package_is_work",
    PackageKind.VILLAGE: "package_is_village",
    PackageKind.COMMENTS: "package_is_comments",
}

SECONDS = 120  # of silence, after which a file is given up
_STUMBLED = 1  # what Python ends with over an error nobody thought of; memory ends it otherwise


def other_kind(kind: PackageKind, name: str) -> AppError:
    """What is said of a package that came to the wrong place: what it is and where it goes."""
    return AppError(_SAID_OF[kind], name=name)


class PackageReader:
    """One child for as many packages as are read; a context manager.

    `passphrase` opens those that are locked. A file whose reading was not carried to its end costs
    a new child, nothing else.
    """

    def __init__(self, passphrase: Passphrase | None = None) -> None:
        self._passphrase = passphrase.text if passphrase else None
        self._child: subprocess.Popen[str] | None = None
        self._busy = False

    def __enter__(self) -> PackageReader:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def manifest(self, path: Path) -> Manifest:
        """What the package says of itself, proven; its rows are not looked at.

        Raises the AppErrors of `read`.
        """
        manifest, rest = self._open(path, tables=False)
        for _ in rest:
            pass
        return manifest

    def read(self, path: Path) -> tuple[Manifest, Iterator[Batch]]:
        """The manifest, and the rows of each table in the order of the manifest.

        A damaged row is found when the rows reach it: what was made of those before it must be
        taken back. Raises AppErrors (name): file_missing, package_unreadable, workbook_too_big,
        package_foreign, package_newer, package_locked, package_asks_passphrase,
        package_wrong_passphrase, package_damaged, package_row_changed (sheet, row),
        package_sheet_changed (sheet: gone or new), package_look_changed (sheet), table_macros,
        table_links.
        """
        return self._open(path, tables=True)

    def _open(self, path: Path, *, tables: bool) -> tuple[Manifest, Iterator[Batch]]:
        if not path.is_file():
            raise AppError("file_missing", path=path)
        if self._busy:
            self._end()
        self._begin()
        lines = self._lines(path, tables=tables)
        manifest = manifest_of(next(lines)["manifest"])
        return manifest, self._rows(lines, path.name)

    def _rows(self, lines: Iterator[dict[str, Any]], name: str) -> Iterator[Batch]:
        table, columns = "", ()
        for line in lines:
            if "table" in line:
                table, columns = line["table"], tuple(line["columns"])
                yield Batch(table, columns, ())
                continue
            try:
                rows = [row_values(text) for text in line["texts"]]
            except ValueError as error:
                raise AppError("package_damaged", name=name) from error
            yield Batch(table, columns, rows)

    def _lines(self, path: Path, *, tables: bool) -> Iterator[dict[str, Any]]:
        """What the child says of a file, until it is done with it."""
        child = self._child
        assert child is not None
        assert child.stdin is not None
        assert child.stdout is not None
        self._busy = True
        try:
            asked = {"path": str(path), "tables": tables, "passphrase": self._passphrase}
            child.stdin.write(json.dumps(asked) + "\n")
            child.stdin.flush()
        except OSError as error:
            self._end()
            raise AppError("workbook_too_big", name=path.name) from error
        while True:
            watch = Timer(SECONDS, child.kill)
            watch.daemon = True
            watch.start()
            said = child.stdout.readline()
            if not said.endswith("\n"):  # it died of the file
                watch.cancel()
                stumbled = child.wait() == _STUMBLED
                self._end()
                raise AppError(
                    "package_unreadable" if stumbled else "workbook_too_big", name=path.name
                )
            line = json.loads(said)
            if "rows" in line:
                line["texts"] = [child.stdout.readline()[:-1] for _ in range(line["rows"])]
            watch.cancel()
            if "refused" in line:
                self._busy = False
                raise AppError(line["refused"], name=path.name, **line["params"])
            if "end" in line:
                self._busy = False
                return
            yield line

    def _begin(self) -> None:
        if self._child is None:
            self._child = subprocess.Popen(
                [*own_program(), "--read-packages"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
                env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            )

    def _end(self) -> None:
        child, self._child, self._busy = self._child, None, False
        if child is None:
            return
        child.kill()
        with suppress(OSError), child:  # waits, and closes the pipes
            pass
