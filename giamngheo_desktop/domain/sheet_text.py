"""A sheet whose old fonts are read as Unicode, with what was taken for what."""

from __future__ import annotations

from dataclasses import dataclass, replace

from giamngheo_desktop.domain.legacy_text import CONVERSIONS, TCVN3, readings
from giamngheo_desktop.domain.sheet_table import Cell, Row, Sheet, letter

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A column that seems to be typed in an old encoding; `examples` are (before, after)."""

    sheet: str
    column: str
    encoding: str
    examples: tuple[tuple[str, str], ...]
    cells: int


def in_unicode(sheet: Sheet) -> tuple[Sheet, tuple[Suspicion, ...], frozenset[int]]:
    """The sheet to read, the suspicions, and the rows typed in a font without toned capitals."""
    numbers = sorted(sheet.rows)
    texts = [[cell for cell in sheet.rows[row] if isinstance(cell, str)] for row in numbers]
    if all(text.isascii() for row in texts for text in row):
        return sheet, (), frozenset()
    told = dict(zip(numbers, readings(texts), strict=True))
    if not any(told.values()):
        return sheet, (), frozenset()
    found: dict[tuple[int, str], list[tuple[str, str]]] = {}
    rows: dict[int, Row] = {}
    for row in numbers:
        rows[row] = _converted(sheet.rows[row], told[row], found)
    suspicions = tuple(
        Suspicion(sheet.name, letter(at), name, tuple(dict.fromkeys(pairs))[:_SHOWN], len(pairs))
        for (at, name), pairs in sorted(found.items())
    )
    small = frozenset(row for row in numbers if told[row] == TCVN3)
    return replace(sheet, rows=rows), suspicions, small


def _converted(row: Row, encoding: str, found: dict[tuple[int, str], list[tuple[str, str]]]) -> Row:
    if not encoding:
        return row
    convert, made = CONVERSIONS[encoding], list[Cell]()
    for at, cell in enumerate(row):
        new = convert(cell) if isinstance(cell, str) and not cell.isascii() else cell
        if isinstance(cell, str) and isinstance(new, str) and new != cell:
            found.setdefault((at, encoding), []).append((cell, new))
        made.append(new)
    return tuple(made)
