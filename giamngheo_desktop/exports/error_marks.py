"""Which cells of an .ods or an .xls show an error: the reader gives them as empty ones.

Like `xlsx_marks`, nothing where a file is built otherwise than the office programs build it.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import olefile

from giamngheo_desktop.domain.sheet_table import CELL_ERROR, letter

_TABLE = re.compile(rb'<table:table [^>]*?table:name="([^"]*)"[^>]*>(.*?)</table:table>', re.DOTALL)
_ROW = re.compile(rb"<table:table-row([^>]*?)(?:/>|>(.*?)</table:table-row>)", re.DOTALL)
_CELL = re.compile(rb"<table:(?:covered-)?table-cell([^>]*)>")
_REPEATED = re.compile(rb'table:number-(?:rows|columns)-repeated="([0-9]{1,7})"')
_MOST = 40 * 1024 * 1024  # larger ones are read without
_MOST_MARKS = 10_000
_BROKEN = (
    *(OSError, KeyError, ValueError, IndexError, NotImplementedError, RuntimeError),
    *(struct.error, zlib.error, zipfile.BadZipFile),
)
_SHEET, _FORMULA, _ERROR = 0x85, 0x06, 0x205  # records of BIFF8

Marks = dict[str, dict[str, str]]


def error_marks(path: Path) -> Marks:
    """By sheet and address."""
    try:
        if olefile.isOleFile(str(path)):
            return _of_xls(path)
        with zipfile.ZipFile(path) as archive:
            if "content.xml" not in archive.namelist():
                return {}
            if archive.getinfo("content.xml").file_size > _MOST:
                return {}
            return _of_ods(archive.read("content.xml"))
    except _BROKEN:
        return {}


def _of_ods(content: bytes) -> Marks:
    return {
        unescape(name.decode("utf-8")): dict(_marked(_ods_errors(table)))
        for name, table in _TABLE.findall(content)
    }


def _ods_errors(table: bytes) -> Iterator[tuple[int, int]]:
    row = 0
    for attributes, cells in _ROW.findall(table):
        column = 0
        for cell in _CELL.findall(cells):
            if b'calcext:value-type="error"' in cell:
                yield row, column
            column += _times(cell)
        row += _times(attributes)


def _times(attributes: bytes) -> int:
    found = _REPEATED.search(attributes)
    return int(found[1]) if found else 1


def _of_xls(path: Path) -> Marks:
    with olefile.OleFileIO(str(path)) as book:
        if not book.exists("Workbook") or book.get_size("Workbook") > _MOST:
            return {}
        return of_workbook(book.openstream("Workbook").read())


def of_workbook(data: bytes) -> Marks:
    """Those of the stream of an .xls."""
    found: Marks = {}
    for record, body in _records(data, 0):
        if record == _SHEET:
            (begins,) = struct.unpack_from("<I", body)
            length, is_wide = body[6], body[7] & 1
            name = body[8 : 8 + length * (1 + is_wide)]
            errors = _xls_errors(data, begins)
            found[name.decode("utf-16-le" if is_wide else "latin-1")] = dict(_marked(errors))
    return found


def _records(data: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Those of a substream, to its end."""
    while at + 4 <= len(data):
        record, size = struct.unpack_from("<HH", data, at)
        if record == 0x0A:
            return
        yield record, data[at + 4 : at + 4 + size]
        at += 4 + size


def _xls_errors(data: bytes, begins: int) -> Iterator[tuple[int, int]]:
    for record, body in _records(data, begins):
        is_error = record == _ERROR and body[7] == 1
        # a formula whose result is no number says so in the last two of its eight bytes
        is_error |= record == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2
        if is_error:
            row, column = struct.unpack_from("<HH", body)
            yield row, column


def _marked(errors: Iterator[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    for count, (row, column) in enumerate(errors):
        if count >= _MOST_MARKS:
            return
        yield f"{letter(column)}{row + 1}", CELL_ERROR
