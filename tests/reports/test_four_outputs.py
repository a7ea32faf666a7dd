"""PDF, workbook, Word document and JSON of BC1–BC13 hold the same numbers in the same places."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from giamngheo_desktop.domain.vietnamese import nfc
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.document import Cell, ReportDoc, Table
from giamngheo_desktop.reports.layout import cell_text, row_texts
from giamngheo_desktop.reports.name_list import make_list
from giamngheo_desktop.reports.pdf import render_pdf
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import empty_database
from tests.harness.register_2026 import Written
from tests.harness.tables import definitions, paper


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path: Path = tmp_path_factory.mktemp("register") / "2026.db"
    with empty_database(path) as database:
        Written(database).write()
        yield database


@pytest.mark.parametrize("code", [f"BC{number}" for number in range(1, 14)])
def test_four_outputs_hold_the_same_numbers(written: Database, code: str) -> None:
    doc = paper(written, code)
    (table,) = doc.tables
    texts = [
        [cell_text(cell, leaf) for cell, leaf in zip(row.cells, table.value_leaves, strict=True)]
        for row in table.rows
    ]
    assert in_pdf(doc, table) == texts
    assert in_word(doc, table) == texts
    values = [[_number(cell) for cell in row.cells] for row in table.rows]
    assert in_workbook(doc, table) == values
    assert in_json(doc) == values


LISTS = [code for code, found in definitions().name_lists.items() if not found[-1].of_review]


@pytest.mark.parametrize("code", LISTS)
def test_four_outputs_of_a_list_say_the_same(written: Database, code: str) -> None:
    doc = make_list(written, definitions(), code, year=2026)
    (table,) = doc.tables
    texts = [list(map(squeezed, row_texts(table, row))) for row in table.rows]
    labels = len(table.label_leaves)
    values = [row[labels:] for row in texts]
    assert values
    assert [list(map(squeezed, row)) for row in in_pdf(doc, table)] == values
    assert [list(map(squeezed, row)) for row in in_word(doc, table)] == values
    sheet = openpyxl.load_workbook(io.BytesIO(make.render(doc, "xlsx"))).active
    assert sheet is not None
    assert sheet.print_title_rows
    body = int(sheet.print_title_rows.rsplit("$", 1)[-1]) + 1
    rows = sheet.iter_rows(min_row=body, max_row=body + len(texts) - 1, values_only=True)
    found = [[squeezed(_shown(value)) for value in row[labels : len(table.leaves)]] for row in rows]
    assert found == values
    data = json.loads(make.render(doc, "json"), parse_float=Decimal)
    written_rows = [
        [squeezed(_shown(value)) for value in row["values"].values()] for row in data["rows"]
    ]
    assert written_rows == values


def squeezed(text: str) -> str:
    return "".join(nfc(text).split())


def _shown(value: object) -> str:
    """As a paper writes it: nothing is an empty cell here, and an unknown number a dash."""
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal):
        return f"{value:,}".replace(",", ".")
    return str(value)


def in_pdf(doc: ReportDoc, table: Table) -> list[list[str]]:
    """What is written inside the rectangle of each cell; nothing where a heading lies over it."""
    result = render_pdf(doc)
    pages = [page.get_textpage() for page in pypdfium2.PdfDocument(result.data)]
    found: dict[tuple[int, int], str] = {}
    for at in result.cells:
        box = {"left": at.left, "bottom": at.bottom, "right": at.right, "top": at.top}
        found[at.row, at.column] = pages[at.page].get_text_bounded(**box).strip()
    first, last = len(table.label_leaves), len(table.leaves)
    return [
        [found.get((row, at), "") for at in range(first, last)] for row in range(len(table.rows))
    ]


def in_word(doc: ReportDoc, table: Table) -> list[list[str]]:
    archive = zipfile.ZipFile(io.BytesIO(make.render(doc, "docx")))
    body = archive.read("word/document.xml").decode()
    tables = re.findall(r"<w:tbl>.*?</w:tbl>", body, re.DOTALL)
    grids = [one for one in tables if doc.tables[0].labels[0].label in one]
    labels = len(table.label_leaves)
    groups = [_word_rows(grid)[-len(table.rows) :] for grid in grids]  # columns side by side
    if len(groups) == 1:
        return [row[-len(table.value_leaves) :] for row in groups[0]]
    return [
        [cell for part in parts for cell in part[labels:]] for parts in zip(*groups, strict=True)
    ]


def _word_rows(grid: str) -> list[list[str]]:
    """The text of each column of the grid; a cell over several columns stands in the first."""
    return [
        [
            text
            for cell in re.findall(r"<w:tc>.*?</w:tc>", row, re.DOTALL)
            for text in (
                "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", cell)),
                *[""] * (int("".join(re.findall(r'gridSpan w:val="(\d+)"', cell)) or 1) - 1),
            )
        ]
        for row in re.findall(r"<w:tr[ >].*?</w:tr>", grid, re.DOTALL)
        if "<w:tcBorders>" not in row  # the signatures, which follow the last row
    ]


def in_workbook(doc: ReportDoc, table: Table) -> list[list[object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(make.render(doc, "xlsx"))).active
    assert sheet is not None
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    start = next(at for at, row in enumerate(rows) if row[:2] == ["A", "B"]) + 1
    first, last = len(table.label_leaves), len(table.leaves)
    found = [row[first:last] for row in rows[start : start + len(table.rows)]]
    return [[None if one == "–" else _as_decimal(one) for one in row] for row in found]


def in_json(doc: ReportDoc) -> list[list[object]]:
    data = json.loads(make.render(doc, "json"), parse_float=Decimal)
    return [list(map(_as_decimal, row["values"].values())) for row in data["rows"]]


def _number(cell: Cell) -> object:
    return _as_decimal(cell.value)


def _as_decimal(value: object) -> object:
    return None if value is None else Decimal(str(value)).quantize(Decimal("0.01"))
