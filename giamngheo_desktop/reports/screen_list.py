"""A list as it stands on screen as a paper: a title, lines below it, the columns and rows shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.lengths import whole_length
from giamngheo_desktop.reports.document import (
    Cell,
    Column,
    NumberFormat,
    ReportDoc,
    Row,
    Table,
    number_column,
    text_column,
)

Value = str | int | date | None
_WIDE = 90.0  # letters of all columns from which the paper lies


def screen_list(
    code: str,
    title: str,
    lines: Sequence[str],
    columns: Sequence[tuple[str, float]],
    rows: Sequence[tuple[UUID, Sequence[Value]]],
    day: date,
) -> ReportDoc:
    """`columns` are headings and widths in letters; rows of numbers alone keep them as numbers.
    Each row names the household it is about.
    """
    (name, width), *others = columns
    kinds = [_format([values[at] for _, values in rows]) for at in range(1, len(columns))]
    table = Table(
        labels=(
            number_column(),
            text_column(name, "c0", weight=max(1, whole_length(width))),
        ),
        columns=tuple(
            Column(label, f"c{at}", format=kind, weight=max(1, whole_length(wide)))
            for at, ((label, wide), kind) in enumerate(zip(others, kinds, strict=True), 1)
        ),
        rows=tuple(
            Row(
                (str(number), str(_shown(values[0]))),
                tuple(Cell(_shown(value)) for value in values[1:]),
                household=uid,
            )
            for number, (uid, values) in enumerate(rows, 1)
        ),
        number_row=False,
        empty=texts.LIST["empty"],
    )
    return ReportDoc(
        code=code,
        title=(title,),
        subtitle=tuple(lines),
        landscape=sum(wide for _, wide in columns) > _WIDE,
        body=(table,),
        data_date=day,
    )


def _format(values: Sequence[Value]) -> NumberFormat:
    known = [value for value in values if value not in (None, "")]
    counted = known and all(isinstance(value, int) for value in known)
    return NumberFormat.COUNT if counted else NumberFormat.TEXT


def _shown(value: Value) -> str | int:
    if isinstance(value, date):
        return format_date(value)
    return "" if value is None else value
