"""Widths with which the headings of a table take the fewest lines; knows no page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from giamngheo_desktop.reports.document import Table
from giamngheo_desktop.reports.fonts import Face, longest_word, printable, text_width, wrap
from giamngheo_desktop.reports.layout import header_cells, header_depth, number_labels

_MOST = 400  # combinations of line counts that are tried
_CLOSE = 0.01  # ems to which a width is found


@dataclass(frozen=True, slots=True)
class _Heading:
    """A text over columns and heading rows; `scale` is its size against the table's letters."""

    text: str
    face: Face
    rows: range
    columns: range
    scale: float = 1.0

    def width(self, lines: int) -> float:
        return narrowest(self.text, self.face, lines) * self.scale


def widened(
    table: Table, floor: Sequence[float], available: float, *, size: float, pad: float, small: float
) -> list[float]:
    """The `floor` widths, widened where that saves lines of heading and there is room for it.

    `small` is the size of the column numbers against the table's letters.
    """
    depth = header_depth(table)
    headings = tuple(_headings(table, depth, small))
    counts = [_lines_at(headings, row, floor, size, pad) for row in range(depth + 1)]
    costs = [1.0] * depth + [small]
    tries = sorted(
        product(*(range(1, count + 1) for count in counts)),
        key=lambda lines: sum(n * cost for n, cost in zip(lines, costs, strict=True)),
    )
    for lines in tries[:_MOST]:
        widths = _widths(headings, lines, floor, size, pad)
        if sum(widths) <= available:
            return widths
    return list(floor)


@lru_cache(maxsize=4096)
def narrowest(text: str, face: Face, lines: int) -> float:
    """The least width in ems with which `text` takes no more than `lines` lines."""
    low, high = longest_word(text, face, 1), text_width(text, face, 1)
    if lines <= 1 or low >= high:
        return max(low, high)
    if len(wrap(text, face, 1, low)) <= lines:
        return low
    while high - low > _CLOSE:
        middle = (low + high) / 2
        if len(wrap(text, face, 1, middle)) <= lines:
            high = middle
        else:
            low = middle
    return high


def _headings(table: Table, depth: int, small: float) -> Iterator[_Heading]:
    for cell in header_cells(table):
        yield _Heading(
            printable(cell.column.label),
            Face.BOLD,
            range(cell.row, cell.row + cell.row_span),
            range(cell.left, cell.left + cell.col_span),
        )
    for at, text in enumerate(number_labels(table)):
        yield _Heading(text, Face.REGULAR, range(depth, depth + 1), range(at, at + 1), small)


def _lines_at(
    headings: Sequence[_Heading], row: int, widths: Sequence[float], size: float, pad: float
) -> int:
    """How many lines a heading row has with these widths, cells over more rows left out."""
    most = 1
    for heading in headings:
        if heading.rows == range(row, row + 1):
            room = sum(widths[at] for at in heading.columns) - 2 * pad + 0.01
            scale = size * heading.scale
            most = max(most, len(wrap(heading.text, heading.face, scale, room)))
    return most


def _widths(
    headings: Sequence[_Heading],
    lines: Sequence[int],
    floor: Sequence[float],
    size: float,
    pad: float,
) -> list[float]:
    """The least widths with which no heading row has more than its `lines`."""
    widths = list(floor)
    # Single columns first: what a heading over more of them lacks is then shared out.
    for heading in sorted(headings, key=lambda found: len(found.columns)):
        allowed = sum(lines[row] for row in heading.rows)
        wanted = heading.width(allowed) * size + 2 * pad
        share = _level([widths[at] for at in heading.columns], wanted)
        for at in heading.columns:
            widths[at] = max(widths[at], share)
    return widths


def _level(widths: Sequence[float], wanted: float) -> float:
    """The width to which the narrowest must grow until all together are `wanted` wide."""
    ordered = sorted(widths)
    for count in range(1, len(ordered) + 1):
        level = (wanted - sum(ordered[count:])) / count
        if count == len(ordered) or level <= ordered[count]:
            return level
    return 0.0
