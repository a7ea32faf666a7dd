"""Which cells of a table have a number, and whether that is enough for a signature."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.rates import RateGap
from giamngheo_desktop.reports.build import NOT_COUNTED
from giamngheo_desktop.reports.document import Cell, ReportDoc

_KNOWN = (NOT_COUNTED, RateGap.ZERO_DENOMINATOR)  # why a cell has no number that there is not


def unknown_cells(docs: Sequence[ReportDoc]) -> int:
    """How many cells of the tables print no number because it is not known."""
    return sum(_is_unknown(cell) for doc in docs for cell in _cells(doc))


def refuse_empty(doc: ReportDoc) -> None:
    """A table that knows no number but the population is not signed.

    Raises RefusedError `preliminary_lost` (of a closed year that kept no preliminary result),
    `table_without_numbers`.
    """
    if "lost" in doc.extra:
        raise RefusedError("preliminary_lost", year=doc.extra["year"])
    found = [
        cell
        for cell in _cells(doc)
        if cell.source is not None and not cell.source.measure.startswith("population_")
    ]
    if found and all(map(_is_unknown, found)):
        raise RefusedError("table_without_numbers")


def _cells(doc: ReportDoc) -> Iterator[Cell]:
    for table in doc.tables:
        for row in table.rows:
            yield from row.cells


def _is_unknown(cell: Cell) -> bool:
    return bool(cell.missing) and cell.missing not in _KNOWN
