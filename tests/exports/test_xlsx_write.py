"""The workbook of a report: true numbers, the paper's look, no formulas from what users type."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from decimal import Decimal
from itertools import count
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from giamngheo_desktop.domain.errors import Cancelled
from giamngheo_desktop.exports.fixed_zip import repacked
from giamngheo_desktop.exports.xlsx_write import render_xlsx
from giamngheo_desktop.reports.document import (
    Cell,
    Column,
    NumberFormat,
    ReportDoc,
    Row,
    Table,
    text_column,
)
from giamngheo_desktop.reports.layout import cell_text, header_depth, number_labels
from giamngheo_desktop.reports.pdf import render_pdf
from tests.harness.examples import examples
from tests.harness.libreoffice import SOFFICE, printed
from tests.reports import papers


def opened(doc: ReportDoc) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(render_xlsx(doc)), rich_text=True).worksheets[0]


def body_row(sheet: Worksheet) -> int:
    """The first row below the headings."""
    assert sheet.print_title_rows
    return int(sheet.print_title_rows.rsplit("$", 1)[-1]) + 1


@pytest.mark.parametrize("name", ["bc1", "village_table", "bc2"])
def test_cells_are_true_numbers_of_the_document(name: str) -> None:
    doc = getattr(papers, name)()
    (table,) = doc.tables
    sheet = opened(doc)
    top, left = body_row(sheet), len(table.label_leaves) + 1
    for at, row in enumerate(table.rows):
        for index, (cell, leaf) in enumerate(zip(row.cells, table.value_leaves, strict=True)):
            shown = sheet.cell(top + at, left + index)
            if cell.value is None or cell.upper is not None:
                assert (shown.data_type, shown.value) == ("s", cell_text(cell, leaf))
            else:
                assert shown.data_type == "n"
                assert Decimal(str(shown.value)) == cell.value
                code = "0.00" if leaf.format is NumberFormat.RATE else "#,##0"
                assert shown.number_format.split(";")[0] == code
            assert shown.font.name == "Times New Roman"
            assert shown.font.bold == (row.level == 0)
            assert shown.border.left.style == shown.border.bottom.style == "thin"
    assert sheet.cell(top, 1).value == 1


def test_signs_for_nought_are_kept() -> None:
    sheet = opened(papers.village_table())
    shown = sheet.cell(body_row(sheet), 7)  # Cây Tắt: decrease in per cent, 0
    assert (shown.value, shown.number_format) == (0, '0.00;-0.00;"0"')
    assert sheet.cell(body_row(sheet), 6).number_format == "#,##0"


def test_headings_merge_and_repeat() -> None:
    doc = papers.bc1()
    (table,) = doc.tables
    sheet = opened(doc)
    top = body_row(sheet)
    header = top - 1 - header_depth(table)
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {f"A{header}:A{header + 2}", f"C{header}:D{header}", f"E{header}:J{header}"} <= merged
    assert sheet.cell(header, 5).value == "Kết quả rà soát về hộ"
    assert f"A{top + 13}:B{top + 13}" in merged
    assert sheet.cell(top + 13, 1).value == "Tổng cộng"
    numbers = [sheet.cell(top - 1, at).value for at in range(1, 17)]
    assert [re.sub(r"\s", "", str(number)) for number in numbers] == list(number_labels(table))
    assert sheet.print_title_rows == f"${header}:${top - 1}"
    assert sheet.freeze_panes == f"C{top}"


def test_texts_that_would_stand_in_many_lines_have_more_than_a_page() -> None:
    """Its print makes it smaller, by no more than letters of six points."""
    names = [text_column(f"Cột {at}", f"c{at}", weight=4) for at in range(24)]
    words = Cell("Thiếu kỹ năng lao động; Ốm đau, tai nạn")
    rows = tuple(Row((str(at), "An"), (words,) * 24) for at in range(1, 9))
    doc = replace(
        papers.bc1(), body=(Table(labels=papers.LABELS, columns=tuple(names), rows=rows),)
    )
    sheet = openpyxl.load_workbook(io.BytesIO(render_xlsx(doc))).active
    widths = sum(one.width * (one.max - one.min + 1) for one in sheet.column_dimensions.values())
    narrow = openpyxl.load_workbook(io.BytesIO(render_xlsx(papers.bc1()))).active
    page = sum(one.width * (one.max - one.min + 1) for one in narrow.column_dimensions.values())
    assert widths > 1.4 * page


def test_page_setup_is_a4_one_page_wide() -> None:
    sheet = opened(papers.many_rows(100))
    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation) == (9, "landscape")
    assert (setup.fitToWidth, setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.HeaderFooter.differentFirst
    assert (sheet.oddHeader.center.text, sheet.firstHeader.center.text) == ("&P", None)
    for footer in (sheet.oddFooter, sheet.firstFooter):
        assert footer.left.text == "Số liệu tính đến ngày 31/12/2025"
    assert opened(papers.bc2()).page_setup.orientation == "portrait"
    assert opened(papers.bc2()).oddFooter.right.text == "01/2026 && BC2"
    assert opened(papers.village_table()).page_setup.fitToHeight == 1


def test_letterhead_notes_and_signers_are_there() -> None:
    for doc in (papers.bc1(), papers.bc2()):
        sheet = opened(doc)
        written = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
        whole = re.sub(r"\s+", " ", "\n".join(written))
        assert doc.letterhead
        for text in (
            *doc.title, *doc.subtitle, *doc.letterhead.issuer, "Độc lập - Tự do - Hạnh phúc",
            doc.letterhead.place_date, *doc.notes, *doc.recipients,
            *(line for signer in doc.signatures for line in (*signer.titles, signer.name)),
        ):  # fmt: skip
            assert re.sub(r"\s+", " ", text) in whole


@pytest.mark.parametrize(
    "text", ["=1+1", "+84912", "-5 hộ", "@SUM(A1)", "#N/A", "=cmd|' /C calc'!A0"]
)
def test_what_users_type_never_becomes_a_formula(text: str) -> None:
    (table,) = papers.bc1().tables
    columns = (*table.columns, Column("Ghi chú", "note", format=NumberFormat.TEXT))
    row = replace(table.rows[0], labels=("1", text))
    row = replace(row, cells=(*row.cells, Cell.of_text(text)))
    doc = papers.bc1(body=(replace(table, columns=columns, rows=(row,)),), title=(text,),
                     notes=(text,), recipients=(text,))  # fmt: skip
    data = render_xlsx(doc)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    found = [cell for line in sheet.iter_rows() for cell in line if str(cell.value) == text]
    assert len(found) == 4  # title, label, value and note
    assert {cell.data_type for cell in found} == {"s"}
    assert all(cell.quotePrefix for cell in found) == (text[0] != "#")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_control_characters_and_long_digits_are_text() -> None:
    (table,) = papers.bc1().tables
    row = replace(table.rows[0], labels=("1", "012345678901\x00\x0b"))
    sheet = opened(papers.bc1(body=(replace(table, rows=(row,)),)))
    shown = sheet.cell(body_row(sheet), 2)
    assert (shown.value, shown.data_type, shown.number_format) == ("012345678901 ", "s", "@")


def test_same_data_same_bytes() -> None:
    first = render_xlsx(papers.bc1())
    assert render_xlsx(papers.bc1()) == first
    program = (
        "import sys; from tests.reports import papers; "
        "from giamngheo_desktop.exports.xlsx_write import render_xlsx; "
        "sys.stdout.buffer.write(render_xlsx(papers.bc1()))"
    )
    other = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": ".", "TZ": "Asia/Ho_Chi_Minh"},
        capture_output=True,
        check=True,
    )
    assert other.stdout == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {member.date_time[0] for member in archive.infolist()} == {1980}
        core = archive.read("docProps/core.xml").decode()
        assert core.count("2025-12-31T00:00:00Z") == 2
        assert papers.BC1_TITLE in core


def test_old_excel_finds_nothing_it_does_not_know() -> None:
    with zipfile.ZipFile(io.BytesIO(render_xlsx(papers.bc2()))) as archive:
        for name in archive.namelist():
            assert b"extLst" not in archive.read(name)
            assert b"mc:Ignorable" not in archive.read(name)
        sheet = archive.read("xl/worksheets/sheet1.xml")
        assert b't="inlineStr" />' not in sheet  # a string cell without a string
        assert b"&amp;9 01/2026 &amp;&amp; BC2" in sheet  # 01 is no part of the letters' size


def test_signatures_keep_the_last_rows_on_their_page() -> None:
    """By heights of rows: the manual break stands before the last village where it must."""
    broken = []
    for number in range(10, 60, examples(4, 1)):
        doc = papers.many_rows(number)
        sheet = opened(doc)
        breaks = [at.id for at in sheet.row_breaks.brk]
        last_village = body_row(sheet) + number - 1
        if breaks:
            broken.append(number)
            assert breaks == [last_village - 1]
    assert 0 < len(broken) < 40


def test_no_page_ends_within_the_signatures() -> None:
    """However many notes stand before them; pages are counted by the heights of rows."""
    moved = 0
    for many in range(20, 60, examples(4, 1)):
        notes = tuple(f"Ghi chú {at}." for at in range(many))
        doc = papers.many_rows(10, papers.bc1(notes=notes))
        sheet = opened(doc)
        rows = {str(cell.value): cell.row for row in sheet.iter_rows() for cell in row}
        begins = {at.id + 1 for at in sheet.row_breaks.brk}
        first = rows[notes[-1]]
        moved += first in begins
        heights = {row: sheet.row_dimensions[row].height or 15.0 for row in range(1, 999)}
        header = sum(heights[row] for row in range(*_repeated(sheet)))
        pages, used = [1], 0.0
        for row in range(1, sheet.max_row + 1):
            if row in begins or used + heights[row] > (480.0 if doc.landscape else 727.0):
                pages, used = [*pages, row], header
            used += heights[row]
        assert sheet.page_setup.fitToHeight or pages[-1] <= first, many
    assert moved


def _repeated(sheet: Worksheet) -> tuple[int, int]:
    first, last = (int(at.strip("$")) for at in sheet.print_title_rows.split(":"))
    return first, last + 1


def test_no_rows_is_said() -> None:
    (table,) = papers.bc1().tables
    sheet = opened(papers.bc1(body=(replace(table, rows=()),)))
    assert sheet.cell(body_row(sheet), 1).value == "Không có số liệu"


def test_sheets_have_the_names_of_what_they_hold() -> None:
    """Whole as far as Excel has room, without its forbidden signs, never twice."""
    (table,) = papers.bc1().tables
    long = "Tổ dân phố số 12 khu tái định cư phía Bắc"
    said = ["Thôn A/B: [1]", "Thôn Đồi", "thôn đồi", f"{long} 1", f"{long} 2", long[:31]]
    doc = papers.bc1(body=tuple(replace(table, sheet=name) for name in said))
    names = openpyxl.load_workbook(io.BytesIO(render_xlsx(doc))).sheetnames
    assert names[:3] == ["Thôn A B   1", "Thôn Đồi (2)", "thôn đồi (3)"]
    assert [name.startswith(long[:20]) for name in names[3:]] == [True] * 3
    assert len({name.casefold() for name in names}) == len(said)
    assert all(len(name) <= 31 for name in names)


def test_several_tables_are_several_sheets() -> None:
    (first,), (second,) = papers.bc1().tables, papers.bc2().tables
    doc = papers.bc1(code="BC/1: [a]", body=(first, replace(second, title="Diễn biến")))
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(doc)))
    assert book.sheetnames == ["BC 1   a (1)", "BC 1   a (2)"]
    texts = [[str(c.value) for row in sheet.iter_rows() for c in row] for sheet in book]
    assert papers.BC1_TITLE not in texts[1]
    assert "Diễn biến" in texts[1]
    assert "Phan Xuân Đồng" in texts[1]


def test_a_table_of_one_column_still_has_letterhead_and_signers() -> None:
    table = Table(labels=(), columns=(Column("Số hộ", "n", "1"),), rows=())
    doc = papers.bc1(body=(table,))
    written = [str(cell.value) for row in opened(doc).iter_rows() for cell in row]
    assert {"XÃ SƠN TÂY", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Phan Xuân Đồng"} <= set(written)
    assert render_pdf(doc).pages == 1


def test_2000_rows_and_cancelling() -> None:
    steps = count()
    start = time.perf_counter()
    render_xlsx(papers.many_rows(2000), lambda: next(steps))
    assert time.perf_counter() - start < 30
    assert next(steps) == 11

    def cancel() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        render_xlsx(papers.bc1(), cancel)


def test_a_member_that_is_not_there_cannot_be_replaced() -> None:
    with pytest.raises(KeyError):
        repacked(render_xlsx(papers.bc1()), {"docProps/other.xml": b""})


@pytest.mark.long
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_prints_it(tmp_path: Path) -> None:
    """Nothing is cut: every number is printed in full, never as ###, on pages one sheet wide."""
    for name, pages in (("bc1", 2), ("village_table", 1), ("bc2", 1)):
        file = tmp_path / f"{name}.xlsx"
        file.write_bytes(render_xlsx(getattr(papers, name)()))
        (made,) = printed([file], tmp_path)
        document = pypdfium2.PdfDocument(made)
        texts = [page.get_textpage().get_text_range() for page in document]
        document.close()
        assert len(texts) == pages
        assert "###" not in "".join(texts)
        assert "Phan Xuân Đồng" in texts[-1]
        assert "Tổng cộng" in texts[-1]
