"""A table of the program as a workbook to start from: its look, with bindings for numbers."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

from openpyxl import load_workbook
from openpyxl.styles import Alignment

from giamngheo_desktop import texts
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.binding import Fact, TableColumn, written
from giamngheo_desktop.domain.bound_table import numbered
from giamngheo_desktop.domain.report import ReportDef
from giamngheo_desktop.exports.fixed_book import spooled
from giamngheo_desktop.exports.fixed_zip import repacked
from giamngheo_desktop.exports.xlsx_write import render_xlsx
from giamngheo_desktop.reports.build import (
    HOUSEHOLDS,
    PERSONS,
    blank_table,
)
from giamngheo_desktop.reports.document import Cell, Number, NumberFormat, ReportDoc, Row, Table
from giamngheo_desktop.reports.issuer import letterhead, signatures

_WIDE: dict[NumberFormat, Number] = {
    NumberFormat.COUNT: 123_456,
    NumberFormat.RATE: Decimal("99.99"),
}
_LONG_NAME = "Thôn Nguyễn Thượng Hiền"
_SETTINGS = {
    "superior_body": Fact.SUPERIOR,
    "issuing_body": Fact.ISSUER,
    "place_name": Fact.PLACE,
    "signer_authority": Fact.AUTHORITY,
    "signer_title": Fact.SIGNER_TITLE,
    "signer_name": Fact.SIGNER,
    "preparer_name": Fact.PREPARER,
}


def example_workbook(report: ReportDef) -> bytes:
    """The workbook of a report whose columns are those that are printed."""
    table = _table(report)
    settings = {code: written(fact) for code, fact in _SETTINGS.items()}
    words = {
        "year": written(Fact.YEAR),
        "last_year": written(Fact.LAST_YEAR),
        "status": written(Fact.STATUS),
        "STATUS": written(Fact.STATUS_CAPITALS),
        "unit": written(Fact.COMMUNE),
        "rows": report.rows[Level.VILLAGE].many,
    }
    doc = ReportDoc(
        code=report.code,
        title=tuple(line.format(**words) for line in report.title),
        subtitle=(written(Fact.BASIS),),
        letterhead=letterhead(settings),
        landscape=report.landscape,
        body=(table,),
        form_number=written(Fact.FORM_NUMBER),
        notes=(*(note.format(**words) for note in report.notes), written(Fact.NOTES)),
        recipients=(written(Fact.RECIPIENTS),),
        signatures=signatures(settings),
    )
    return _bound(render_xlsx(doc), table, report)


def _table(report: ReportDef) -> Table:
    """The rows as wide as numbers and names will be; `_bind` puts the bindings in their place."""
    table = blank_table(report, Level.VILLAGE, written(Fact.YEAR), written(Fact.LAST_YEAR))
    kinds = (HOUSEHOLDS, PERSONS) if report.pairs else ("",)
    rows = [_row(table, kind, ("1", _LONG_NAME), 1) for kind in kinds]
    totals = [_row(table, kind, ("", report.total_label), 0) for kind in kinds]
    ordered = [*totals, *rows] if report.total == "first" else [*rows, *totals]
    return replace(table, rows=tuple(ordered))


def _row(table: Table, kind: str, labels: tuple[str, ...], level: int) -> Row:
    cells = tuple(Cell(_WIDE[leaf.format]) for leaf in table.value_leaves)
    named = (texts.PAPER[f"kind_{kind}"],) if kind else ()
    return Row((*labels, *named), cells, level=level, kind=kind)


def _bound(data: bytes, table: Table, report: ReportDef) -> bytes:
    """The workbook with bindings where the numbers and the name stand."""
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    first = len(table.label_leaves) + 1
    numbers = list(numbered(report))
    rows = iter(table.rows)
    for cells in sheet.iter_rows(max_col=len(table.leaves)):
        if cells[first - 1].value not in _WIDE.values():
            continue
        row = next(rows)
        persons = None if not row.kind else row.kind == PERSONS
        for cell, number in zip(cells[first - 1 :], numbers, strict=True):
            cell.value = written(TableColumn(report.code, number, persons))
            cell.alignment = Alignment(horizontal="right", vertical="center", shrink_to_fit=True)
        if row.level and row.kind != PERSONS:
            cells[0].value, cells[1].value = written(Fact.NUMBER), written(Fact.UNIT)
    target = io.BytesIO()
    with spooled():
        book.save(target)
    return repacked(target.getvalue(), {})
