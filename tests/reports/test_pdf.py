"""The printed paper: what is on it, where, and that nothing is lost or cut off."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pypdfium2
import pytest

from giamngheo_desktop import paths
from giamngheo_desktop.domain.errors import Cancelled
from giamngheo_desktop.reports.document import (
    BLANK,
    Cell,
    Column,
    NumberFormat,
    Paragraph,
    ReportDoc,
    Row,
    Run,
    Table,
    text_column,
)
from giamngheo_desktop.reports.fonts import (
    Face,
    balanced,
    longest_word,
    printable,
    register,
    text_width,
    wrap,
)  # fmt: skip
from giamngheo_desktop.reports.heading_widths import narrowest
from giamngheo_desktop.reports.layout import first_value, label_boxes, row_groups, row_texts
from giamngheo_desktop.reports.pdf import render_pdf
from giamngheo_desktop.reports.pdf_table import TableBlocks
from giamngheo_desktop.reports.placed import PdfResult
from giamngheo_desktop.reports.widths import NUMBER_ROW, PAD, Fit, fit
from tests.harness.examples import examples
from tests.reports import papers

MM = 72 / 25.4
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
LETTERS = "".join(
    unicodedata.normalize("NFC", letter + tone)
    for letter in "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
    for tone in (TONES if letter in "aăâeêioôơuưy" else ("",))
)
ALPHABET = LETTERS + LETTERS.upper()


@contextmanager
def opened(result: PdfResult) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(result.data)
    try:
        yield document
    finally:
        document.close()


def squeezed(text: str) -> str:
    """Without blanks: a wrapped text comes back with line ends where its blanks were."""
    return re.sub(r"\s|\ufffe|\x02", "", text)


def page_texts(result: PdfResult) -> list[str]:
    with opened(result) as document:
        return [page.get_textpage().get_text_range() for page in document]


def expected_texts(table: Table) -> dict[tuple[int, int], str]:
    """By row and leaf column, what the paper must show there."""
    texts: dict[tuple[int, int], str] = {}
    for first, last in row_groups(table):
        boxes = label_boxes(table, first, last)
        count = first_value(table, boxes)
        for box in boxes:
            texts[box.row, box.left] = box.text
        for row in range(first, last):
            values = row_texts(table, table.rows[row])[count:]
            texts |= {(row, count + at): text for at, text in enumerate(values)}
    return texts


def assert_cells_hold_their_texts(doc: ReportDoc, result: PdfResult) -> None:
    """Each cell's rectangle holds its text and no other, and no letter leaves the rectangle."""
    found: dict[tuple[int, int, int], str] = {}
    with opened(result) as document:
        pages = [page.get_textpage() for page in document]
        boxes = [list(letters(page)) for page in pages]
        for cell in result.cells:
            inside = [
                (letter, left, right)
                for letter, left, bottom, right, top in boxes[cell.page]
                if cell.left <= (left + right) / 2 <= cell.right
                and cell.bottom <= (bottom + top) / 2 <= cell.top
            ]
            assert all(cell.left <= left and right <= cell.right for _, left, right in inside)
            key = (cell.table, cell.row, cell.column)
            found[key] = found.get(key, "") + "".join(letter for letter, *_ in inside)
            corners = (cell.left, cell.bottom, cell.right, cell.top)
            shown = pages[cell.page].get_text_bounded(*corners)
            assert squeezed(shown) == squeezed("".join(letter for letter, *_ in inside))
    expected = {
        (at, *key): text
        for at, table in enumerate(doc.tables)
        for key, text in expected_texts(table).items()
    }
    assert {key: squeezed(text) for key, text in found.items()} == {
        key: squeezed(printable(text)) for key, text in expected.items()
    }


def letters(page: pypdfium2.PdfTextPage) -> Iterator[tuple[str, float, float, float, float]]:
    """Every visible letter with its left, bottom, right and top."""
    for at in range(page.count_chars()):
        letter = page.get_text_range(at, 1)
        if letter.strip():
            yield (letter, *page.get_charbox(at))


@pytest.mark.parametrize("name", ["bc1", "village_table", "bc2"])
def test_every_cell_stands_where_the_map_says(name: str) -> None:
    doc = getattr(papers, name)()
    assert_cells_hold_their_texts(doc, render_pdf(doc))


def test_every_vietnamese_letter_comes_back() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 2 * (33 - 12 + 12 * 6)
    columns = (text_column("Chữ", "text"),)
    rows = [
        Row((ALPHABET[at : at + 12],), (Cell.of_text(f"{ALPHABET[at : at + 12]} – “…” ² ³ ≥ ·"),))
        for at in range(0, len(ALPHABET), 12)
    ]
    rows += [replace(row, level=0) for row in rows]  # bold
    table = Table(labels=(text_column("Tên", "name"),), columns=columns, rows=tuple(rows))
    doc = ReportDoc(code="CHU", title=(ALPHABET,), subtitle=(ALPHABET,), body=(table,),
                    notes=(ALPHABET,))  # fmt: skip
    result = render_pdf(doc)
    assert_cells_hold_their_texts(doc, result)
    whole = squeezed("".join(page_texts(result)))
    assert whole.count(ALPHABET) == 3  # title, subtitle and the note in italics


def test_the_faces_hold_every_letter() -> None:
    assert printable(ALPHABET) == ALPHABET
    assert printable("Hòa") == printable("Ho\u0300a") == "Hòa"
    assert printable("a\u200bb\x07c\u00a0d\t中") == "abc\u00a0d �"
    licence = (paths.resources() / "fonts" / "LICENSE-OFL.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE" in licence
    register()
    for face in Face:
        assert len({text_width(digit, face, 10) for digit in "0123456789"}) == 1  # tabular


def test_only_embedded_fonts_are_named() -> None:
    data = render_pdf(papers.bc1()).data
    assert b"Helvetica" not in data
    assert data.count(b"/FontFile2") == data.count(b"/Type /FontDescriptor") > 0


def test_same_data_same_bytes() -> None:
    """In one process, after other papers, and in another process with other hash seeds."""
    first = render_pdf(papers.bc1()).data
    render_pdf(papers.bc2())
    assert render_pdf(papers.bc1()).data == first
    program = (
        "import sys; from tests.reports import papers; "
        "from giamngheo_desktop.reports.pdf import render_pdf; "
        "sys.stdout.buffer.write(render_pdf(papers.bc1()).data)"
    )
    other = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": "."},
        capture_output=True,
        check=True,
    )
    assert other.stdout == first


def test_letterhead_title_and_signers_are_printed() -> None:
    doc = papers.bc1()
    pages = page_texts(render_pdf(doc))
    first, last = squeezed(pages[0]), squeezed(pages[-1])
    for text in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "HUYỆN HƯƠNG SƠN",
        "XÃ SƠN TÂY", "/BC-UBND", "Sơn Tây, ngày 05 tháng 01 năm 2026", papers.BC1_TITLE,
        *doc.subtitle, "ĐVT: hộ, khẩu, %", "(4=3/1*100)", "(14=13/2*100)",
    ):  # fmt: skip
        assert squeezed(text) in first
    for text in ("NGƯỜI LẬP BIỂU", "(ký, đóng dấu)", "Phan Xuân Đồng", doc.notes[0]):
        assert squeezed(text) in last


def test_headings_repeat_and_pages_are_numbered_from_the_second() -> None:
    result = render_pdf(papers.many_rows(60))
    assert result.pages > 3
    with opened(result) as document:
        for at, page in enumerate(document):
            text = page.get_textpage()
            height = page.get_height()
            margin = text.get_text_bounded(0, height - 55, page.get_width(), height)
            assert margin.strip() == (str(at + 1) if at else "")
            whole = squeezed(text.get_text_range())
            assert "(12=11/2*100)" in whole
            assert "Nhânkhẩu" in whole
            assert squeezed("Số liệu tính đến ngày 31/12/2025") in whole


@pytest.mark.parametrize("landscape", [True, False])
def test_signatures_never_stand_alone(landscape: bool) -> None:
    for number in range(1, 46, examples(5, 1)):
        doc = replace(papers.many_rows(number), landscape=landscape)
        pages = [squeezed(text) for text in page_texts(render_pdf(doc))]
        assert "Tổngcộng" in pages[-1], number
        assert "NGƯỜILẬPBIỂU" in pages[-1], number
        assert "PhanXuânĐồng" in pages[-1], number
        (table,) = doc.tables
        last_village = table.rows[-2]
        assert squeezed("".join(row_texts(table, last_village))) in pages[-1], number


@pytest.mark.parametrize("lines", [1, 2, 3, 5])
def test_a_heading_never_ends_a_page(lines: int) -> None:
    """The name of a village stands on the page of its first household."""
    table = papers.many_rows(90).tables[0]
    rows = [
        replace(row, labels=(str(at), f"Thôn {at}" if at % (lines + 1) == 0 else f"Hộ {at}"),
                bold=at % (lines + 1) == 0)
        for at, row in enumerate(table.rows)
    ]  # fmt: skip
    doc = replace(papers.bc1(), body=(replace(table, rows=tuple(rows)),))
    found = render_pdf(doc)
    page_of = {cell.row: cell.page for cell in found.cells}
    heads = [at for at in range(len(rows) - 1) if at % (lines + 1) == 0]
    assert found.pages > 2
    assert [at for at in heads if page_of[at] != page_of[at + 1]] == []


def test_place_and_day_with_the_signatures_never_stand_alone() -> None:
    """What is before a short last paragraph goes over with it, at every height of the page."""
    table = papers.bc1().tables[0]
    short = replace(table, rows=table.rows[:1])
    for body in ((), (short,)):
        for number in range(14, 40):
            lines = [Paragraph(runs=(Run(f"dòng thứ {at}"),)) for at in range(number)]
            above = (*lines, *body, Paragraph(runs=(Run("Sơn Tây, ngày 5"),)))
            doc = papers.bc1(body=above, notes=(), landscape=False)
            last = squeezed(page_texts(render_pdf(doc))[-1])
            assert "SơnTây,ngày5" in last, number
            assert "NGƯỜILẬPBIỂU" in last, number
            before = f"dòngthứ{number - 1}"
            if body:
                before = squeezed("".join(row_texts(short, short.rows[0])))
            assert before in last, number


def test_what_leads_on_goes_over_with_the_signatures() -> None:
    """No page has dots and signatures alone; all of it stays where there is room for it."""
    leading = [Paragraph(runs=(Run(f"Lý do {at}"),), with_next=True) for at in range(8)]
    counts = set()
    for number in range(10, 31, 2):
        lines = [Paragraph(runs=(Run(f"dòng thứ {at}"),)) for at in range(number)]
        dots = Paragraph(runs=(Run("." * 200),), with_next=True)
        body = (*lines, *leading, dots, Paragraph(runs=(Run("Sơn Tây, ngày 5"),)))
        doc = papers.bc1(body=body, notes=(), landscape=False)
        found = [squeezed(text) for text in page_texts(render_pdf(doc))]
        counts.add(len(found))
        assert "Lýdo0" in found[-1], number
        assert "NGƯỜILẬPBIỂU" in found[-1], number
    assert counts == {1, 2}


def test_pairs_stay_on_one_page() -> None:
    doc = papers.bc2()
    (table,) = doc.tables
    rows = tuple(
        replace(row, labels=(str(at), f"Thôn {at}", row.labels[2]), unit=papers.unit_id(at))
        for at in range(1, 60)
        for row in table.rows[:2]
    )
    result = render_pdf(replace(doc, body=(replace(table, rows=rows),)))
    pages = {(cell.row, cell.page) for cell in result.cells}
    assert result.pages > 2
    for first in range(0, len(rows), 2):
        at = [page for row, page in pages if row in (first, first + 1)]
        assert len(set(at)) == 1


def test_no_rows_is_said() -> None:
    (table,) = papers.bc1().tables
    result = render_pdf(papers.bc1(body=(replace(table, rows=()),)))
    assert "Không có số liệu" in page_texts(result)[0]
    assert (result.cells, result.pages) == ((), 1)
    result = render_pdf(papers.bc1(body=(replace(table, rows=(), empty="Không có thôn nào"),)))
    assert "Không có thôn nào" in page_texts(result)[0]


def test_2000_rows() -> None:
    doc = papers.many_rows(2000)
    steps = itertools.count()
    start = time.perf_counter()
    result = render_pdf(doc, lambda: next(steps))
    assert time.perf_counter() - start < 20
    assert len({(cell.row, cell.column) for cell in result.cells}) == 2001 * 16 - 1
    assert next(steps) == 11


@pytest.mark.long
def test_time_grows_with_rows_not_faster() -> None:
    def seconds(number: int) -> float:
        start = time.process_time()
        render_pdf(papers.many_rows(number))
        return time.process_time() - start

    seconds(100)
    assert seconds(20_000) < 15 * seconds(2_000)


def test_a_step_can_cancel() -> None:
    def step() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        render_pdf(papers.bc1(), step)


def test_a_row_higher_than_a_page_goes_on_overleaf() -> None:
    text = " ".join(f"chữ{at}" for at in range(3000))
    columns = (Column("Ghi chú", "note", format=NumberFormat.TEXT),)
    rows = (
        Row(("1", "Cây Tắt"), (Cell.of_text(text),)),
        Row(("2", "Phố Tây"), (Cell.of_text("ngắn"),)),
    )
    table = Table(labels=papers.LABELS, columns=columns, rows=rows)
    doc = papers.bc1(body=(table,))
    result = render_pdf(doc)
    assert result.pages > 2
    assert_cells_hold_their_texts(doc, result)


def test_a_word_without_blanks_is_broken_not_cut() -> None:
    (table,) = papers.bc1().tables
    row = replace(table.rows[0], labels=("1", "KrôngNăng" * 40))
    doc = papers.bc1(body=(replace(table, rows=(row, *table.rows[1:])),))
    assert_cells_hold_their_texts(doc, render_pdf(doc))


def test_numbers_of_nine_digits_in_every_column() -> None:
    (table,) = papers.bc1().tables
    row = papers.bc1_row("Tỉnh", "1", (999_999_999,) * 8, 0, papers.unit_id(1))
    doc = papers.bc1(body=(replace(table, rows=(row,)),))
    assert_cells_hold_their_texts(doc, render_pdf(doc))


def test_more_columns_than_fit_break_inside_their_cells() -> None:
    columns = tuple(Column(f"Chỉ tiêu thứ {at}", f"c{at}", str(at)) for at in range(30))
    row = Row(("1", "Cây Tắt"), tuple(Cell.of_count(999_999_999 - at) for at in range(30)))
    doc = papers.bc1(body=(Table(labels=papers.LABELS, columns=columns, rows=(row,)),))
    assert_cells_hold_their_texts(doc, render_pdf(doc))


def test_several_tables_and_long_notes() -> None:
    (first,), (second,) = papers.bc1().tables, papers.bc2().tables
    doc = papers.bc1(
        body=(replace(first, title="I. Theo thôn"), replace(second, title="II. Diễn biến")),
        notes=tuple(f"Ghi chú {at}: {papers.LONG_NOTE}" for at in range(40)),
    )
    result = render_pdf(doc)
    assert_cells_hold_their_texts(doc, result)
    whole = squeezed("".join(page_texts(result)))
    for text in ("I. Theo thôn", "II. Diễn biến", *doc.notes):
        assert squeezed(text) in whole
    assert "Ghichú39" in squeezed(page_texts(result)[-1])  # signatures are not alone


def test_a_nearly_fitting_table_is_set_closer() -> None:
    """The village table of 13 villages is one page; at the usual room it would be two."""
    result = render_pdf(papers.village_table())
    assert result.pages == 1
    assert render_pdf(papers.many_rows(1)).pages == 1


def test_lines_break_at_blanks_and_behind_equals_signs() -> None:
    register()
    face, size = Face.REGULAR, 10.0
    assert wrap("(10=9/2*100)", face, size, 42) == ("(10=", "9/2*100)")
    assert wrap("một hai ba bốn", face, size, 40) == ("một hai", "ba bốn")
    assert wrap("một\nhai", face, size, 400) == ("một", "hai")
    assert wrap("", face, size, 40) == ("",)
    assert all(text_width(line, face, size) <= 40 for line in wrap("Ộ" * 50, face, size, 40))
    assert wrap("WW", face, size, 1) == ("W", "W")
    lines = balanced("Hộ nghèo đầu năm 2025", face, size, 80)
    assert lines == ("Hộ nghèo đầu", "năm 2025")
    assert longest_word("xã Sơn\nTây", face, size) == text_width("Sơn", face, size)


def test_the_model_loads_no_pdf_library() -> None:
    """Screens import the model at start-up; reportlab and openpyxl come with the first file."""
    program = (
        "import sys, giamngheo_desktop.reports.placed, giamngheo_desktop.reports.document, "
        "giamngheo_desktop.reports.layout, giamngheo_desktop.reports.as_json; "
        "print(sorted({'reportlab', 'openpyxl', 'PySide6'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    )
    assert done.stdout.strip() == "[]"


def test_bc1_of_thirteen_villages_is_one_page_of_readable_letters() -> None:
    """Headings in few lines, letters of the body no smaller than 9 points, legal margins."""
    result = render_pdf(papers.bc1())
    assert result.pages == 1
    assert_cells_hold_their_texts(papers.bc1(), result)
    with opened(result) as document:
        page = document[0]
        sizes = {
            round(part.get_font_size(), 2)
            for part in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_TEXT])
        }
        assert min(sizes - {round(size * NUMBER_ROW, 2) for size in sizes}) >= 9
        width = page.get_width()
        edges = [(left, right) for _, left, _, right, _ in letters(page.get_textpage())]
    assert min(left for left, _ in edges) >= 30 * MM - 1
    assert max(right for _, right in edges) <= width - 15 * MM + 1


def test_a_heading_is_widened_only_where_that_saves_a_line() -> None:
    title = "Hộ làm nông, lâm, ngư, diêm nghiệp"
    lines = [len(wrap(title, Face.BOLD, 1, narrowest(title, Face.BOLD, n))) for n in (1, 2, 3)]
    assert lines == [1, 2, 3]
    table = papers.bc1().tables[0]
    low, high = (fit(table, 714, 9.5, low_headings=wanted) for wanted in (True, False))
    assert low.size == high.size
    assert sum(low.widths) == pytest.approx(sum(high.widths)) == pytest.approx(714)
    assert header_height(table, low) < header_height(table, high)


def test_a_very_long_village_name_takes_the_room_that_numbers_leave() -> None:
    name = "Tổ dân phố Nguyễn Thị Minh Khai – Trần Hưng Đạo phía Đông Bắc"
    table = papers.bc1().tables[0]
    rows = tuple(replace(row, labels=("1", name)) for row in table.rows[:1])
    for low_headings in (True, False):
        fitted = fit(replace(table, rows=rows), 714, low_headings=low_headings)
        assert fitted.size == fit(table, 714, low_headings=low_headings).size
        assert sum(fitted.widths) == pytest.approx(714)
        assert len(wrap(name, Face.REGULAR, fitted.size, fitted.widths[1] - 2 * PAD)) <= 3


def test_a_table_to_be_written_into_keeps_the_room_for_that() -> None:
    """Lower headings would leave the names the least width there is."""
    table = papers.bc1().tables[0]
    empty = replace(table.rows[0], labels=("", ""), cells=(BLANK,) * len(table.value_leaves))
    blank = replace(table, rows=(*table.rows, empty))
    low, high = (fit(blank, 714, 9.5, low_headings=wanted) for wanted in (True, False))
    assert low == high != fit(table, 714, 9.5, low_headings=True)


def header_height(table: Table, fitted: Fit) -> float:
    return TableBlocks(table, fitted, 0.0, 1.0).header().height
