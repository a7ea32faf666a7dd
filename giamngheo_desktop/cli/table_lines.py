"""A paper with tables as lines somebody reads: titles, a line a row with its columns, notes."""

from __future__ import annotations

from collections.abc import Iterator

from giamngheo_desktop import texts
from giamngheo_desktop.reports.document import Column, ReportDoc, Table
from giamngheo_desktop.reports.layout import cell_text

_SAID = texts.CLI_TARGETS


def paper_lines(doc: ReportDoc) -> Iterator[str]:
    yield from (*doc.title, *doc.subtitle)
    for table in doc.tables:
        yield from table_lines(table)
    yield from doc.notes


def table_lines(table: Table) -> Iterator[str]:
    """`Cây Tắt: Tổng số hộ gia đình 188; Hộ nghèo đầu năm 2026: TS 3, % 1,60`."""
    if not table.rows and table.empty:
        yield table.empty
    for row in table.rows:
        values = map(cell_text, row.cells, table.value_leaves)
        said = "; ".join(_said(column, values) for column in table.columns)
        yield _SAID["line"].format(target=table.row_name(row), said=said)


def _said(column: Column, values: Iterator[str]) -> str:
    """What a row says in a column, or in those below a heading."""
    label = " ".join(column.label.split())
    if not column.columns:
        return _SAID["column"].format(label=label, value=next(values))
    parts = ", ".join(_said(one, values) for one in column.columns)
    return _SAID["columns"].format(label=label, parts=parts)
