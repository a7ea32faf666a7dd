"""A report as plain lines, everything it holds: what golden files keep and a diff can show."""

from __future__ import annotations

from collections.abc import Iterator

from giamngheo_desktop.reports.document import (
    Cell,
    Column,
    Letterhead,
    PageBreak,
    Paragraph,
    ReportDoc,
    Run,
    Table,
)
from giamngheo_desktop.reports.layout import cell_text, number_labels


def as_text(doc: ReportDoc) -> str:
    """One line per heading, row, note and signer; a cell with its reason or fraction behind it."""
    return "".join(f"{line.rstrip()}\n" for line in _lines(doc))


def _lines(doc: ReportDoc) -> Iterator[str]:
    yield f"# {doc.code} {'landscape' if doc.landscape else 'portrait'}"
    if doc.letterhead:
        yield from _letterhead(doc.letterhead)
    if doc.form_number:
        yield f"form: {doc.form_number}"
    yield from (f"title: {line}" for line in doc.title)
    yield from (f"subtitle: {line}" for line in doc.subtitle)
    for piece in doc.body:
        match piece:
            case Table():
                yield from _table(piece)
            case Paragraph():
                yield f"text: {''.join(_marked(run) for run in piece.runs)}"
            case PageBreak():
                yield "page"
    yield from (f"note: {line}" for line in doc.notes)
    yield from (f"recipient: {line}" for line in doc.recipients)
    for signer in doc.signatures:
        parts = (signer.place_date, *signer.titles, signer.hint, signer.name)
        yield f"signed: {' | '.join(parts)}"
    yield f"footer: {doc.data_date or ''} | {doc.footer}"
    yield from (f"extra: {key} = {value}" for key, value in doc.extra.items())


def _marked(run: Run) -> str:
    text = f"__{run.text}__" if run.italic else run.text
    return f"**{text}**" if run.bold else text


def _letterhead(head: Letterhead) -> Iterator[str]:
    yield from (f"superior: {line}" for line in head.superior)
    yield from (f"issuer: {line}" for line in head.issuer)
    yield f"number: {head.number} | {head.place_date}"


def _table(table: Table) -> Iterator[str]:
    yield f"table: {table.title} | {table.unit}"
    yield from _headings(table.labels + table.columns, "  ")
    yield f"numbers: {' | '.join(number_labels(table))}"
    leaves = table.value_leaves
    for row in table.rows:
        cells = [
            # Most cells of a long list are texts that stand for themselves.
            cell.value if type(cell.value) is str and not cell.missing else _cell(cell, leaf)
            for cell, leaf in zip(row.cells, leaves, strict=True)
        ]
        mark = f"{row.level}{'*' if row.is_bold else ''} {row.kind}".strip()
        yield f"row {mark}: {' | '.join((*row.labels, *cells))}"


def _headings(columns: tuple[Column, ...], indent: str) -> Iterator[str]:
    for column in columns:
        yield f"{indent}{column.label}{f' [{column.key}]' if column.key else ''}"
        yield from _headings(column.columns, f"{indent}  ")


def _cell(cell: Cell, column: Column) -> str:
    text = cell_text(cell, column)
    if cell.missing:
        return f"{text} ({cell.missing})"
    if cell.denominator is not None:
        return f"{text} ({cell.numerator}/{cell.denominator})"
    return text
