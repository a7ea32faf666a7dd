"""Batches of a package, cut and put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from giamngheo_desktop.domain.package import Batch, DataTable

_ROWS = 1_000

Tables = Iterator[tuple[str, Iterator[Batch]]]


def take(tables: Tables, count: int) -> Iterator[tuple[str, list[Batch]]]:
    """The next tables whole; empty ones where there are no more."""
    for _ in range(count):
        table, rows = next(tables, ("", iter(())))
        yield table, list(rows)


def whole(batches: Iterable[Batch]) -> Batch:
    """A table in one batch. Raises ValueError where there is none."""
    found = list(batches)
    if not found:
        raise ValueError("empty")
    rows = list(chain.from_iterable(batch.rows for batch in found))
    return Batch(found[0].table, found[0].columns, rows)


def batches_of(tables: Iterable[DataTable]) -> Iterator[Batch]:
    """The tables of a package that is not written."""
    for table in tables:
        yield Batch(table.name, table.columns, ())
        rows = iter(table.rows)
        while some := [list(row) for row in islice(rows, _ROWS)]:
            yield Batch(table.name, table.columns, some)
