"""A report as JSON for technicians and tests: true numbers, exactly the rounded Decimals."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from giamngheo_desktop.reports.document import Cell, Column, Paragraph, ReportDoc, Row, Table
from giamngheo_desktop.reports.imprint import short_hash

Json = str | int | Decimal | None | Sequence["Json"] | Mapping[str, "Json"]


def as_data(doc: ReportDoc) -> dict[str, Json]:
    """`{"code","title","columns":[…],"rows":[…]}` of the first table, and what else the paper says.

    A column's label is its path ("Hộ nghèo / Số hộ"). A row's `values` are numbers, null where
    nothing is printed (the code of the reason in `missing`), and null with both ends in `ranges`
    where data are unfinished. Further tables stand under `tables`, paragraphs under `text`.
    """
    first, *others = [_table(table) for table in doc.tables] or [{}]
    said = [piece.text for piece in doc.body if isinstance(piece, Paragraph)]
    return {
        "code": doc.code,
        "title": " ".join(doc.title),
        "subtitle": list(doc.subtitle),
        "data_date": doc.data_date.isoformat() if doc.data_date else None,
        **({"program": doc.program, "hash": short_hash(doc)} if doc.program else {}),
        **({"text": said} if said else {}),
        **first,
        "notes": list(doc.notes),
        **({"tables": others} if others else {}),
        **({"extra": dict(doc.extra)} if doc.extra else {}),
    }


def render_json(doc: ReportDoc) -> str:
    """The JSON text, indented, ending with a line feed; a rate of 3,13 reads 3.13 in it."""
    return "".join(_written(as_data(doc), "\n")) + "\n"


def _table(table: Table) -> dict[str, Json]:
    columns: list[Json] = [
        {"key": leaf.key, "number": leaf.number, "label": " / ".join(path), "formula": leaf.formula}
        for path, leaf in column_paths(table.columns)
    ]
    return {"columns": columns, "rows": [_row(table, row) for row in table.rows]}


def column_paths(
    columns: tuple[Column, ...], above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Column]]:
    """Each leaf with the labels of the headings down to it."""
    for column in columns:
        path = (*above, column.label)
        if column.columns:
            yield from column_paths(column.columns, path)
        else:
            yield path, column


def _row(table: Table, row: Row) -> Json:
    cells = dict(zip((leaf.key for leaf in table.value_leaves), row.cells, strict=True))
    missing: Json = {key: cell.missing for key, cell in cells.items() if cell.missing}
    ranges: dict[str, Json] = {
        key: [_number(cell.value), cell.upper]
        for key, cell in cells.items()
        if cell.upper is not None
    }
    return {
        "label": table.row_name(row),
        "level": row.level,
        "kind": row.kind,
        "unit": str(row.unit) if row.unit else None,
        "values": {key: _single(cell) for key, cell in cells.items()},
        **({"missing": missing} if missing else {}),
        **({"ranges": ranges} if ranges else {}),
    }


def _single(cell: Cell) -> int | Decimal | str | None:
    return None if cell.upper is not None else cell.value


def _number(value: int | Decimal | str | None) -> int | Decimal | None:
    return None if isinstance(value, str) else value


def _written(value: Json, indent: str) -> Iterator[str]:
    """JSON text; written here because the library would send a Decimal through a float."""
    if isinstance(value, Decimal):
        yield f"{value:f}"
    elif value is None or isinstance(value, str | int):
        yield json.dumps(value, ensure_ascii=False)
    elif isinstance(value, Mapping):
        members = ((f"{json.dumps(key, ensure_ascii=False)}: ", one) for key, one in value.items())
        yield from _listed("{", "}", members, indent)
    else:
        yield from _listed("[", "]", (("", one) for one in value), indent)


def _listed(
    opening: str, closing: str, members: Iterator[tuple[str, Json]], indent: str
) -> Iterator[str]:
    yield opening
    inner = f"{indent}  "
    separator, end = "", ""
    for name, value in members:
        yield f"{separator}{inner}{name}"
        yield from _written(value, inner)
        separator, end = ",", indent
    yield f"{end}{closing}"
