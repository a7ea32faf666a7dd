"""What a cell of an .xlsx shows and its value does not tell: errors, formulas without a result,
days that show only month and year, texts in a font of TCVN3 or VNI. Read from the sheets
themselves; other formats have none.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from html import unescape
from pathlib import Path

from giamngheo_desktop.domain.legacy_text import TCVN3, VNI
from giamngheo_desktop.domain.sheet_text import FONT_MARKS

ERROR, NO_RESULT, MONTH = "cell_error", "formula_without_value", "month_shown"

_OLD_FONTS = {".vn": FONT_MARKS[TCVN3], "vni": FONT_MARKS[VNI]}
_CELL = re.compile(rb"<c ([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_SHEET = re.compile(rb"<sheet [^>]*?/?>")
_REL = re.compile(rb"<Relationship [^>]*?/?>")
_FORMAT = re.compile(rb"<numFmt [^>]*?/?>")
_FONTS = re.compile(rb"<fonts[^>]*>(.*?)</fonts>", re.DOTALL)
_FONT = re.compile(rb"<font\b[^>]*?(?:/>|>(.*?)</font>)", re.DOTALL)
_NAME = re.compile(rb"<name [^>]*?/?>")
_TEXT = re.compile(rb't="(?:s|inlineStr|str)"')
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
    styles = _styles(archive)
    found: dict[str, dict[str, str]] = {}
    for sheet in _SHEET.findall(archive.read("xl/workbook.xml")):
        target = targets.get(_value(sheet, b"r:id"), "").lstrip("/")
        name = target if target.startswith("xl/") else f"xl/{target}"
        if name in archive.namelist() and archive.getinfo(name).file_size <= _MOST:
            found[unescape(_value(sheet, b"name"))] = _marks(archive.read(name), styles)
    return found


def _marks(body: bytes, styles: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    fonts: dict[str, str] = {}
    for attributes, inner in _CELL.findall(body):
        mark = ""
        if b't="e"' in attributes:
            mark = ERROR
        elif b"<f" in inner and (b"<v" not in inner or b"<v></v>" in inner or b"<v/>" in inner):
            mark = NO_RESULT
        elif styles and inner:
            mark = styles.get(_value(attributes, b"s"), "")
        if mark in FONT_MARKS.values():
            if _TEXT.search(attributes) and len(fonts) < _MOST_MARKS:
                fonts[_value(attributes, b"r")] = mark
        elif mark:
            found[_value(attributes, b"r")] = mark
            if len(found) >= _MOST_MARKS:
                break
    return fonts | found


def _styles(archive: zipfile.ZipFile) -> dict[str, str]:
    """The numbers of styles that show a month and a year, and no day, or are in an old font."""
    styles = archive.read("xl/styles.xml")
    own = {
        _value(one, b"numFmtId"): unescape(_value(one, b"formatCode"))
        for one in _FORMAT.findall(styles)
    }
    told = _FONTS.search(styles)
    fonts = [_font_mark(inner) for inner in _FONT.findall(told[1])] if told else []
    block = _XFS.search(styles)
    found = {}
    for at, attributes in enumerate(_XF.findall(block[1]) if block else ()):
        number, font = (_value(attributes, name) for name in (b"numFmtId", b"fontId"))
        code = own.get(number, "").lower()
        plain = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", code)
        shows_month = "m" in plain and "y" in plain and not re.search("[dhs]", plain)
        if number == str(_MONTHS) or shows_month:
            found[str(at)] = MONTH
        elif font.isdigit() and int(font) < len(fonts) and fonts[int(font)]:
            found[str(at)] = fonts[int(font)]
    return found


def _font_mark(font: bytes) -> str:
    """`.VnTime`, `VNI-Times`."""
    told = _NAME.search(font)
    name = _value(told[0], b"val").lower() if told else ""
    return next((mark for start, mark in _OLD_FONTS.items() if name.startswith(start)), "")


def _value(tag: bytes, name: bytes) -> str:
    found = re.search(rb"(?:^|\s)" + name + rb"=[\"']([^\"']*)[\"']", tag)
    return found[1].decode("utf-8", "replace") if found else ""
