"""What a block of names and amounts pasted from Excel says of the lines of a grid.

A name that may be several lines, or stands twice in the block, is told and gives nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from giamngheo_desktop.domain.numbers import parse_money
from giamngheo_desktop.domain.vietnamese import clean, compare_key, search_key

_SUMS = frozenset({"cong", "tong", "tong cong", "tong so"})
_LEAST = 1_000  # đồng: smaller numbers are sizes of households or thousands of đồng
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Line:
    """Whom a line of the grid is of."""

    name: str
    village: str


@dataclass(frozen=True, slots=True)
class NamedAmounts:
    """The texts of the amounts by line; names that no line has, and those left open. `columns`
    are how many amounts the block has for each.
    """

    columns: int
    amounts: Mapping[int, Sequence[str]]
    unknown: Sequence[str]
    unclear: Sequence[str]


def named_amounts(block: Sequence[Sequence[str]], lines: Sequence[Line]) -> NamedAmounts | None:
    """None where no column names anybody of the lines."""
    width = max(map(len, block), default=0)
    rows = [[*map(clean, row), *[""] * (width - len(row))] for row in block]
    known: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        known.setdefault(compare_key(line.name), []).append(at)
    hits = [sum(compare_key(row[place]) in known for row in rows) for place in range(width)]
    if not any(hits):
        return None
    names = hits.index(max(hits))
    meant = [
        (row, _meant(row, known.get(compare_key(row[names]), ()), lines))
        for row in rows
        if row[names]
    ]
    places = [
        place
        for place in range(names + 1, width)
        if _is_money([row[place] for row, found in meant if found])
    ]
    times = Counter(found[0] for _, found in meant if len(found) == 1)
    amounts: dict[int, list[str]] = {}
    unknown, unclear = [], []
    for row, found in meant:
        if len(found) == 1 and times[found[0]] == 1:
            amounts[found[0]] = [row[place] for place in places]
        elif found:
            unclear.append(row[names])
        elif any(_money(row[place]) is not None for place in places):  # else a heading
            unknown.append(row[names])
    unknown = [name for name in unknown if search_key(name) not in _SUMS]
    return NamedAmounts(len(places), amounts, unknown, list(dict.fromkeys(unclear)))


def _meant(row: Sequence[str], found: Sequence[int], lines: Sequence[Line]) -> Sequence[int]:
    """Of several of one name those of the village that the row names."""
    if len(found) < 2:
        return found
    cells = set(map(compare_key, row))
    return [at for at in found if compare_key(lines[at].village) in cells] or found


def _is_money(cells: Sequence[str]) -> bool:
    """Whether all are amounts, no codes, years or counts."""
    said = [cell for cell in cells if cell]
    values = [_money(cell) for cell in said]
    if not said or any(value is None for value in values):
        return False
    if any(cell.startswith("0") and len(cell) > 1 for cell in said):
        return False
    numbers = [value for value in values if value]
    return any(value >= _LEAST and value not in _YEARS for value in numbers)


def _money(text: str) -> int | None:
    try:
        return parse_money(text)
    except ValueError:
        return None
