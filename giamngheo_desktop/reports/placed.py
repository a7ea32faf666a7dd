"""A finished PDF and where its cells stand; loads no PDF library, so that screens may import it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class PlacedCell(NamedTuple):
    """A cell of the body on a page: corners in points from the page's lower left.

    `page` counts from 0, `row` is the table's row, `column` the leaf column, labels first. A label
    over a pair of rows is placed once, at its first row.
    """

    page: int
    left: float
    bottom: float
    right: float
    top: float
    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class PdfResult:
    """The file, where every body cell stands in it, and its number of pages."""

    data: bytes
    cells: tuple[PlacedCell, ...]
    pages: int
