"""The rows of a list of supports as each says it alone: what is merged over the goods of one
household stands in the row of each of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from giamngheo_desktop.domain.sheet_headings import Head
from giamngheo_desktop.domain.sheet_table import Cell, Sheet

OF_PERSON = (
    "full_name", "name.first", "name.last", "head_name", "birth", "birth.day", "birth.month",
    "birth.year", "birth.male", "birth.female", "sex", "sex.male", "sex.female", "id_number",
    "relation", "village", "address", "code", "key", "line", "household_number", "member_number",
    "province", "district", "commune",
)  # fmt: skip
_OF_ALL = (  # what is said once for several goods; amounts and goods are counted where they stand
    "content", "source", "class_then", "supported_on", "period_from", "period_to", "receipt",
    "recipient", "decision_number", "decision_on",
)  # fmt: skip


def merged_said(sheet: Sheet, head: Head) -> tuple[Sheet, Head]:
    """The cells merged down the rows of a list that say something themselves, in each row."""
    held = {at for at, code in head.fields.items() if code in (*OF_PERSON, *_OF_ALL)}
    held |= {*head.name_parts}
    rows = dict[int, dict[int, Cell]]()
    for top, left, bottom, _right in sheet.merged:
        if top <= head.last or left not in held or sheet.at(top, left) is None:
            continue
        for row in range(top + 1, bottom + 1):
            if sheet.filled(row) and not sheet.text(row, left):
                rows.setdefault(row, {})[left] = sheet.at(top, left)
    return with_cells(sheet, rows), head


def with_cells(sheet: Sheet, rows: Mapping[int, Mapping[int, Cell]]) -> Sheet:
    """The sheet with other cells, by row and column."""
    if not rows:
        return sheet
    return replace(sheet, rows={**sheet.rows, **dict(_written(sheet, rows))})


def _written(
    sheet: Sheet, rows: Mapping[int, Mapping[int, Cell]]
) -> Iterable[tuple[int, tuple[Cell, ...]]]:
    for row, cells in rows.items():
        width: Collection[int] = (len(sheet.rows.get(row, ())), *(at + 1 for at in cells))
        yield row, tuple(cells.get(at, sheet.at(row, at)) for at in range(max(width)))
