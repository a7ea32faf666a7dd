"""A table of the program as a workbook to start from: its look, with bindings for numbers."""

from __future__ import annotations

import io

from openpyxl import load_workbook
from openpyxl.styles import Alignment

from giamngheo_desktop import texts
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.binding import Fact, TableColumn, written
from giamngheo_desktop.domain.report import ReportDef
from giamngheo_desktop.exports.fixed_zip import repacked
from giamngheo_desktop.exports.xlsx_write import render_xlsx
from giamngheo_desktop.reports.build import (
    HOUSEHOLDS,
    PERSONS,
    blank_table,
    letterhead,
    signatures,
)
from giamngheo_desktop.reports.document import Cell, NumberFormat, ReportDoc, Row, Table

_FORMATS = {NumberFormat.COUNT: "#,##0", NumberFormat.RATE: "#,##0.00"}
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
        subtitle=(texts.report_subtitle(standard=written(Fact.STANDARD), state="", as_of=None)),
        letterhead=letterhead(settings),
        landscape=report.landscape,
        body=(table,),
        form_number=written(Fact.FORM_NUMBER),
        notes=(written(Fact.NOTES),),
        recipients=(written(Fact.RECIPIENTS),),
        signatures=signatures(settings),
    )
    return _dressed(render_xlsx(doc), table)


def _table(report: ReportDef) -> Table:
    table = blank_table(report, Level.VILLAGE, written(Fact.YEAR), written(Fact.LAST_YEAR))
    kinds = (HOUSEHOLDS, PERSONS) if report.pairs else ("",)
    labels = (written(Fact.NUMBER), written(Fact.UNIT))
    rows = [_row(report, kind, labels, 1) for kind in kinds]
    totals = [_row(report, kind, ("", report.total_label), 0) for kind in kinds]
    ordered = [*totals, *rows] if report.total == "first" else [*rows, *totals]
    return Table(
        labels=table.labels,
        columns=table.columns,
        rows=tuple(ordered),
        unit=table.unit,
        number_row=table.number_row,
    )


def _row(report: ReportDef, kind: str, labels: tuple[str, ...], level: int) -> Row:
    persons = None if not kind else kind == PERSONS
    cells = (
        Cell.of_text(written(TableColumn(report.code, leaf.number, persons)))
        for leaf in report.leaves()
    )
    named = (texts.PAPER[f"kind_{kind}"],) if kind else ()
    return Row((*labels, *named), tuple(cells), level=level, kind=kind)


def _dressed(data: bytes, table: Table) -> bytes:
    """Bindings of numbers are dressed as the numbers that will stand there."""
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    first = len(table.label_leaves) + 1
    for row in sheet.iter_rows(min_col=first, max_col=len(table.leaves)):
        for cell in row:
            text = str(cell.value or "")
            if text.startswith("{{") and "." in text:
                cell.number_format = _FORMATS[table.leaves[cell.column - 1].format]
                cell.alignment = Alignment(
                    horizontal="right", vertical="center", shrink_to_fit=True
                )
    target = io.BytesIO()
    book.save(target)
    return repacked(target.getvalue(), {})
