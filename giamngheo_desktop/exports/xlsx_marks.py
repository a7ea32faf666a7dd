"""What a cell of an .xlsx shows and its value does not tell: errors, formulas without a result,
days that show only month and year. Read from the sheets themselves; other formats have none.
"""

from __future__ import annotations

import re
import zipfile
from html import unescape
from pathlib import Path

ERROR, NO_RESULT, MONTH = "cell_error", "formula_without_value", "month_shown"

_CELL = re.compile(rb"<c ([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_SHEET = re.compile(rb"<sheet [^>]*?/?>")
_REL = re.compile(rb"<Relationship [^>]*?/?>")
_FORMAT = re.compile(rb"<numFmt [^>]*?/?>")
_XFS = re.compile(rb"<cellXfs[^>]*>(.*?)</cellXfs>", re.DOTALL)
_XF = re.compile(rb"<xf ([^>]*?)/?>")
_MONTHS = 17  # built-in: mmm-yy
_MOST = 40 * 1024 * 1024  # larger sheets are read without
_MOST_MARKS = 10_000


def marks_of(path: Path) -> dict[str, dict[str, str]]:
    """By sheet and address; nothing where the file is no .xlsx or is built otherwise."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _read(archive)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return {}


def _read(archive: zipfile.ZipFile) -> dict[str, dict[str, str]]:
    targets = {
        _value(rel, b"Id"): _value(rel, b"Target")
        for rel in _REL.findall(archive.read("xl/_rels/workbook.xml.rels"))
    }
    months = _month_styles(archive)
    found: dict[str, dict[str, str]] = {}
    for sheet in _SHEET.findall(archive.read("xl/workbook.xml")):
        target = targets.get(_value(sheet, b"r:id"), "").lstrip("/")
        name = target if target.startswith("xl/") else f"xl/{target}"
        if name in archive.namelist() and archive.getinfo(name).file_size <= _MOST:
            found[unescape(_value(sheet, b"name"))] = _marks(archive.read(name), months)
    return found


def _marks(body: bytes, months: frozenset[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for attributes, inner in _CELL.findall(body):
        mark = ""
        if b't="e"' in attributes:
            mark = ERROR
        elif b"<f" in inner and (b"<v" not in inner or b"<v></v>" in inner or b"<v/>" in inner):
            mark = NO_RESULT
        elif months and _value(attributes, b"s") in months and inner:
            mark = MONTH
        if mark:
            found[_value(attributes, b"r")] = mark
            if len(found) >= _MOST_MARKS:
                break
    return found


def _month_styles(archive: zipfile.ZipFile) -> frozenset[str]:
    """The numbers of styles that show a month and a year, and no day."""
    styles = archive.read("xl/styles.xml")
    own = {
        _value(one, b"numFmtId"): unescape(_value(one, b"formatCode"))
        for one in _FORMAT.findall(styles)
    }
    block = _XFS.search(styles)
    found = set()
    for at, attributes in enumerate(_XF.findall(block[1]) if block else ()):
        number = _value(attributes, b"numFmtId")
        code = own.get(number, "").lower()
        plain = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", code)
        shows_month = "m" in plain and "y" in plain and not re.search("[dhs]", plain)
        if number == str(_MONTHS) or shows_month:
            found.add(str(at))
    return frozenset(found)


def _value(tag: bytes, name: bytes) -> str:
    found = re.search(rb"(?:^|\s)" + name + rb"=[\"']([^\"']*)[\"']", tag)
    return found[1].decode("utf-8", "replace") if found else ""
