"""The footer of every page says which data, standard and program it is from, and never today."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise

import pypdfium2
import pytest
from docx import Document
from openpyxl import load_workbook

from giamngheo_desktop import __version__
from giamngheo_desktop.exports.docx_write import render_docx
from giamngheo_desktop.exports.xlsx_write import render_xlsx
from giamngheo_desktop.reports.as_json import as_data
from giamngheo_desktop.reports.document import Cell, ReportDoc, Table
from giamngheo_desktop.reports.imprint import footer, program, short_hash
from giamngheo_desktop.reports.pdf import render_pdf
from tests.reports import papers

STANDARD = "Chuẩn nghèo 2022–2025"


@pytest.fixture
def doc() -> ReportDoc:
    return replace(papers.bc1(), footer="Phiếu số 12", standard=STANDARD, program=program())


def _page_texts(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def test_every_writer_says_where_the_paper_is_from(doc: ReportDoc) -> None:
    mark = f"Giảm nghèo {__version__} · mã {short_hash(doc)}"
    dated = f"Số liệu tính đến ngày {doc.data_date:%d/%m/%Y} · {STANDARD}"
    for page in _page_texts(render_pdf(doc).data):
        assert mark in page
        assert dated in page
        assert doc.footer in page
    word = Document(io.BytesIO(render_docx(doc)))
    said = word.sections[0].first_page_footer.paragraphs[0].text
    assert said == "    ".join((dated, doc.footer, mark))
    sheet = load_workbook(io.BytesIO(render_xlsx(doc))).active
    assert sheet.firstFooter.left.text == sheet.oddFooter.left.text == dated
    assert sheet.oddFooter.right.text == f"{doc.footer}\n{mark}"
    assert as_data(doc)["hash"] == short_hash(doc)


def test_the_mark_follows_what_is_printed_and_nothing_else(doc: ReportDoc) -> None:
    table = doc.tables[0]
    row = table.rows[0]
    other = replace(row, cells=(Cell.of_count(98_765), *row.cells[1:]))
    changed = replace(doc, body=(replace(table, rows=(other, *table.rows[1:])),))
    assert short_hash(changed) != short_hash(doc)
    assert short_hash(replace(doc, program="Giảm nghèo 9.9")) == short_hash(doc)
    assert render_pdf(doc).data == render_pdf(replace(doc)).data


def test_a_paper_of_an_older_program_keeps_its_footer(doc: ReportDoc) -> None:
    assert footer(replace(doc, program="")).maker == ""


def test_a_narrow_page_has_its_footer_on_two_lines(doc: ReportDoc) -> None:
    narrow = replace(doc, landscape=False, footer="Phiếu A-00012-77 – Nguyễn Thị Hồng Nhung Em")
    assert isinstance(narrow.body[0], Table)
    with pypdfium2.PdfDocument(render_pdf(narrow).data) as pdf:
        page = pdf[0].get_textpage()
        boxes = [page.get_rect(at) for at in range(page.count_rects())]
    low = sorted(box for box in boxes if box[3] < 45)
    assert all(box[1] > 14.2 for box in low)  # 5 mm no printer reaches
    lines = {round(box[1]) for box in low}
    assert len(lines) == 2
    for line in lines:
        there = [box for box in low if round(box[1]) == line]
        assert all(one[2] <= two[0] for one, two in pairwise(there))
