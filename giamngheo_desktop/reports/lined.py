"""A document of plain lines under a title: reports of what came in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from giamngheo_desktop.reports.document import (
    Align,
    Cell,
    Paragraph,
    ReportDoc,
    Row,
    Run,
    Table,
    text_column,
)


def lined(
    code: str,
    title: str,
    head: Sequence[str],
    columns: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[str]],
    *,
    day: date,
    empty: str,
) -> ReportDoc:
    """`columns` are headings with the weight of their width; the first one names the row."""
    made = [text_column(text, f"c{at}", weight=width) for at, (text, width) in enumerate(columns)]
    table = Table(
        labels=tuple(made[:1]),
        columns=tuple(made[1:]),
        rows=tuple(
            Row((first,), tuple(Cell(value=text) for text in rest)) for first, *rest in rows
        ),
        name_at=0,
        number_row=False,
        empty=empty,
    )
    return ReportDoc(code=code, title=(title,), body=(*said_above(head), table), data_date=day)


def said_above(lines: Iterable[str]) -> tuple[Paragraph, ...]:
    """What stands between the title and the table, a line each."""
    return tuple(Paragraph(runs=(Run(line),), align=Align.LEFT, size=11) for line in lines)
