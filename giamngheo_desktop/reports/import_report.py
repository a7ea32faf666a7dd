"""The report of an import as a document: what was done with each row, to be kept with the file."""

from __future__ import annotations

from collections.abc import Iterator

from giamngheo_desktop.reports.document import Align, Cell, ReportDoc, Row, Table, text_column
from giamngheo_desktop.reports.lined import said_above
from giamngheo_desktop.services.importing.apply import ImportReport
from giamngheo_desktop.services.importing.plan import CellState, PlannedRow
from giamngheo_desktop.texts import IMPORT_FINDINGS, IMPORT_PURPOSES, IMPORT_REPORT, ROW_STATES

CODE = "NHAP"


def import_report(report: ImportReport) -> ReportDoc:
    """Every row but those that were the same already."""
    plan, said = report.plan, IMPORT_REPORT
    head = said["file"].format(
        name=plan.file_name, purpose=IMPORT_PURPOSES[plan.purpose.value], year=plan.year
    )
    total = said["sum"].format(
        households=report.households, persons=report.persons, cells=report.cells
    )
    counts = "; ".join(
        f"{ROW_STATES[state.value]}: {count}" for state, count in plan.counts().items()
    )
    table = Table(
        labels=(
            text_column(said["sheet"], "sheet", weight=8),
            text_column(said["row"], "row", weight=4, align=Align.CENTER),
            text_column(said["name"], "name", weight=14),
        ),
        columns=(
            text_column(said["state"], "state", weight=8),
            text_column(said["done"], "done", weight=9),
            text_column(said["cells"], "cells", weight=36),
        ),
        rows=tuple(_row(report, row) for row in plan.rows if report.done(row) != "same"),
        name_at=2,
        number_row=False,
        empty=said["same"],
    )
    lines = (head, said["sha256"].format(digest=plan.sha256), f"{total} {counts}.")
    return ReportDoc(
        code=CODE,
        title=(said["title"],),
        body=(*said_above(lines), table),
        data_date=plan.day,
    )


def _row(report: ImportReport, row: PlannedRow) -> Row:
    done = IMPORT_REPORT[report.done(row)]
    waits = [IMPORT_FINDINGS["head_waits"]] if report.waits_for_head(row) else []
    texts = (ROW_STATES[row.state.value], done, "; ".join([*waits, *_said(report, row)]))
    return Row((row.sheet, str(row.row), row.name), tuple(Cell(value=text) for text in texts))


def _said(report: ImportReport, row: PlannedRow) -> Iterator[str]:
    """What the row is found to be, and of each cell what was written or stands in the file only."""
    if row.finding:
        yield IMPORT_FINDINGS[row.finding]
    for cell in row.cells:
        if cell.state is CellState.SAME:
            continue
        written = report.wrote(row, cell)
        in_file = cell.new_text or " / ".join(one.text for one in cell.readings) or cell.raw or "–"
        how = IMPORT_REPORT["refused" if written is None else "change"]
        yield how.format(
            label=cell.label, old=cell.old_text or "–", new=in_file if written is None else written
        )
        if cell.finding:
            yield IMPORT_FINDINGS[cell.finding]
