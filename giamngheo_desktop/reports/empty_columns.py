"""Columns of which no row of a table says anything: they take room and make a reader ask."""

from __future__ import annotations

from dataclasses import replace

from giamngheo_desktop.reports.document import Cell, Column, Table


def without_empty(table: Table, *keys: str) -> Table:
    """The table without those of the value columns `keys` that are blank in every row; a heading
    goes with its last column. A cell that says that something is not known is not blank.
    """
    leaves = table.value_leaves
    blank = {
        leaf.key
        for at, leaf in enumerate(leaves)
        if leaf.key in keys and all(_is_blank(row.cells[at]) for row in table.rows)
    }
    if not blank:
        return table
    stays = [at for at, leaf in enumerate(leaves) if leaf.key not in blank]
    rows = (replace(row, cells=tuple(row.cells[at] for at in stays)) for row in table.rows)
    return replace(table, columns=_kept(table.columns, blank), rows=tuple(rows))


def _is_blank(cell: Cell) -> bool:
    return cell.value in (None, "") and not cell.missing


def _kept(columns: tuple[Column, ...], blank: set[str]) -> tuple[Column, ...]:
    found = []
    for column in columns:
        inner = _kept(column.columns, blank)
        if inner or (not column.columns and column.key not in blank):
            found.append(replace(column, columns=inner))
    return tuple(found)
