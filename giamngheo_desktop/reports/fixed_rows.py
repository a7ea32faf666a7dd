"""Rows that are printed onto a paper later: all of one height, with letters that fit into it.

Their columns follow the weights alone (`widths.fit`), and the table begins a page (`reports.fill`),
so nothing that stands in it or before it moves a cell.
"""

from __future__ import annotations

from giamngheo_desktop.reports.blocks import LEADING
from giamngheo_desktop.reports.fonts import Face, wrap
from giamngheo_desktop.reports.widths import SIZES

ROOM = 3.0  # points above and below what stands in a cell, whatever the style of the paper
_INSIDE = 3 * SIZES[0] * LEADING  # three lines: room for a signature
HEIGHT = _INSIDE + 2 * ROOM


def fitted(text: str, face: Face, width: float) -> tuple[float, tuple[str, ...]]:
    """The largest letters with which a text fits, and its lines; `width` is that inside a cell."""
    for size in SIZES:
        lines = wrap(text, face, size, width)
        if len(lines) * size * LEADING <= _INSIDE + 0.01:
            break
    return size, lines
