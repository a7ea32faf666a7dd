"""The writers on a list of 2,000 rows, as ratios to the bare libraries in the same run.

The best of some runs counts, by the time of the process: the machine may be busy. Bounds: PDF ≤
2.5 × a reportlab LongTable with the same widths, grid and strings; workbook ≤ 1.5 × the same
library with one style for all cells; Word document ≤ 10 s.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import LongTable, SimpleDocTemplate, TableStyle

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.exports.docx_write import render_docx
from giamngheo_desktop.exports.xlsx_write import render_xlsx
from giamngheo_desktop.reports.document import ReportDoc, Table
from giamngheo_desktop.reports.fonts import Face, register
from giamngheo_desktop.reports.layout import row_texts
from giamngheo_desktop.reports.name_list import make_list
from giamngheo_desktop.reports.pdf import render_pdf
from giamngheo_desktop.reports.widths import fit
from giamngheo_desktop.storage.engine import Database

ROWS, RUNS = 2_000, 5
_WIDTH = 714.0  # points between the margins


def paper(database: Database, definitions: Definitions, year: int) -> ReportDoc:
    """The list of the sample's poor households, its lines repeated."""
    doc = make_list(database, definitions, "ho_ngheo", year=year)
    (table,) = doc.tables
    rows = [row for row in table.rows if row.labels[0]]
    many = tuple(
        replace(rows[at % len(rows)], labels=(str(at + 1), *rows[at % len(rows)].labels[1:]))
        for at in range(ROWS)
    )
    return replace(doc, body=(replace(table, rows=many),))


def strings(table: Table) -> list[list[str]]:
    heads = [leaf.label for leaf in table.leaves]
    return [heads, *(list(row_texts(table, row)) for row in table.rows)]


def bare_pdf(table: Table, texts: list[list[str]]) -> bytes:
    register()
    fitted = fit(table, _WIDTH, low_headings=True)
    target = io.BytesIO()
    page = SimpleDocTemplate(target, pagesize=landscape(A4), leftMargin=85, rightMargin=42)
    grid = LongTable(texts, colWidths=list(fitted.widths), repeatRows=1)
    grid.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, "black"),
                ("FONT", (0, 0), (-1, -1), Face.REGULAR.value, fitted.size),
            ]
        )
    )
    page.build([grid])
    return target.getvalue()


def bare_xlsx(table: Table) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    thin = Side(style="thin")
    first = sheet.cell(1, 1)
    first.font = Font(name="Times New Roman", size=11)
    first.border = Border(left=thin, right=thin, top=thin, bottom=thin)
    first.alignment = Alignment(vertical="center", wrap_text=True)
    style = first._style
    for at, leaf in enumerate(table.leaves, 1):
        sheet.cell(1, at, leaf.label)._style = style
        sheet.column_dimensions[get_column_letter(at)].width = 12
    for number, row in enumerate(table.rows, 2):
        for at, value in enumerate((*row.labels, *(cell.value for cell in row.cells)), 1):
            cell = sheet.cell(number, at, value)
            cell._style = style
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def seconds(action: Callable[[], object]) -> float:
    start = time.process_time()
    action()
    return time.process_time() - start


def lines(database: Database, definitions: Definitions, year: int) -> Iterator[str]:
    """One line for each writer."""
    doc = paper(database, definitions, year)
    (table,) = doc.tables
    texts = strings(table)
    said = f"list of {ROWS} rows and {len(table.leaves)} columns"
    for name, ours, bare, bound in (
        ("PDF", lambda: render_pdf(doc), lambda: bare_pdf(table, texts), 2.5),
        ("workbook", lambda: render_xlsx(doc), lambda: bare_xlsx(table), 1.5),
    ):
        pairs = [(seconds(ours), seconds(bare)) for _ in range(RUNS)]
        mine, plain = (min(one) for one in zip(*pairs, strict=True))
        found = f"{mine:.2f} s, bare {plain:.2f} s: ratio {mine / plain:.2f}"
        yield f"{said} as {name} {found}, bound {bound}"
    word = min(seconds(lambda: render_docx(doc)) for _ in range(RUNS))
    yield f"{said} as Word document {word:.2f} s, bound 10"
