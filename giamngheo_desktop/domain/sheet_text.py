"""A sheet whose old fonts are read as Unicode, with what was taken for what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from giamngheo_desktop.domain.legacy_text import CONVERSIONS, TCVN3, VNI, alone, is_open, readings
from giamngheo_desktop.domain.sheet_table import Cell, Sheet, letter

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A column that seems to be typed in an old encoding; `examples` are (before, after)."""

    sheet: str
    column: str
    encoding: str
    examples: tuple[tuple[str, str], ...]
    cells: int


OLD_FONT, MAYBE_OLD_FONT = "old_font", "old_font_maybe"  # marks of cells the officer is to look at

FONT_MARKS = {TCVN3: "font_tcvn3", VNI: "font_vni"}  # of a text whose font is one of these

_FONTS = {mark: encoding for encoding, mark in FONT_MARKS.items()}


def in_unicode(sheet: Sheet) -> tuple[Sheet, tuple[Suspicion, ...], frozenset[int]]:
    """The sheet to read, the suspicions, and the rows typed in a font without toned capitals.

    Of a sheet in an old font its suspicions are the question; in one of Unicode each such cell is
    marked.
    """
    numbers = sorted(sheet.rows)
    texts = [[cell for cell in sheet.rows[row] if isinstance(cell, str)] for row in numbers]
    if all(text.isascii() for row in texts for text in row):
        return sheet, (), frozenset()
    told = dict(zip(numbers, readings(texts), strict=True))
    if not any(told.values()):
        return sheet, (), frozenset()
    is_mixed = any(
        not told[row] and any(not is_open(text) for text in cells if not text.isascii())
        for row, cells in zip(numbers, texts, strict=True)
    )
    conversion = _Conversion(sheet)
    for row in filter(told.get, numbers):
        for at in range(len(sheet.rows[row])):
            conversion.read(row, at, told[row], marked=is_mixed)
    small = frozenset(row for row in numbers if told[row] == TCVN3)
    return *conversion.result(), small


def names_in_unicode(sheet: Sheet, columns: Iterable[int]) -> tuple[Sheet, tuple[Suspicion, ...]]:
    """The same of single names that stand in an old font in rows of Unicode; each is marked."""
    conversion = _Conversion(sheet)
    for at in columns:
        texts = {row: cell for row in sheet.rows if isinstance(cell := sheet.at(row, at), str)}
        fonts = [_FONTS.get(sheet.marks.get(f"{letter(at)}{row}", ""), "") for row in texts]
        for row, one in zip(texts, alone(list(texts.values()), fonts), strict=True):
            if one.encoding:
                conversion.read(row, at, one.encoding, marked=True)
            elif one.doubtful:
                conversion.marks[f"{letter(at)}{row}"] = MAYBE_OLD_FONT
    return conversion.result()


class _Conversion:
    """Cells of a sheet that are read as Unicode, with what was read as what, and their marks."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._rows: dict[int, list[Cell]] = {}
        self._found: dict[tuple[int, str], list[tuple[str, str]]] = {}
        self.marks: dict[str, str] = dict(sheet.marks)

    def read(self, row: int, at: int, encoding: str, *, marked: bool) -> None:
        cell = self._sheet.at(row, at)
        if not isinstance(cell, str) or cell.isascii():
            return
        new = CONVERSIONS[encoding](cell)
        if new != cell:
            self._rows.setdefault(row, list(self._sheet.rows[row]))[at] = new
            self._found.setdefault((at, encoding), []).append((cell, new))
            self.marks.pop(f"{letter(at)}{row}", None)
            if marked:
                self.marks[f"{letter(at)}{row}"] = OLD_FONT

    def result(self) -> tuple[Sheet, tuple[Suspicion, ...]]:
        name = self._sheet.name
        suspicions = tuple(
            Suspicion(name, letter(at), encoding, tuple(dict.fromkeys(pairs))[:_SHOWN], len(pairs))
            for (at, encoding), pairs in sorted(self._found.items())
        )
        rows = {**self._sheet.rows, **{row: tuple(cells) for row, cells in self._rows.items()}}
        return replace(self._sheet, rows=rows, marks=self.marks), suspicions
