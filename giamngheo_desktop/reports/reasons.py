"""Why a table has gaps, as the notes printed below it."""

from __future__ import annotations

from giamngheo_desktop import texts
from giamngheo_desktop.reports.document import Table

_NAMED = 8  # rows a note names; the rest is counted


def missing_notes(table: Table) -> tuple[str, ...]:
    """One sentence per reason, naming its rows; nothing where every cell is printed.

    KeyError for a reason that `texts.MISSING` does not know.
    """
    rows: dict[str, dict[str, str]] = {}
    for row in table.rows:
        for cell, leaf in zip(row.cells, table.value_leaves, strict=True):
            if cell.missing:
                rows.setdefault(cell.missing, {}).setdefault(table.row_name(row), leaf.absent)
    return tuple(_note(reason, named) for reason, named in rows.items())


def _note(reason: str, named: dict[str, str]) -> str:
    """`named` maps a row's name to the sign printed in its place."""
    names, sign = list(named), next(iter(named.values()))
    listed = ", ".join(names[:_NAMED])
    pattern = "missing_note_more" if len(names) > _NAMED else "missing_note"
    return texts.PAPER[pattern].format(
        sign=sign, rows=listed, more=len(names) - _NAMED, reason=texts.MISSING[reason]
    )
