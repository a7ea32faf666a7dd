"""Tables too wide for a page: cut between groups, every value once, labels in every part."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import accumulate

import pypdfium2
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.exports.docx_write import render_docx
from giamngheo_desktop.exports.xlsx_write import render_xlsx
from giamngheo_desktop.reports import fonts
from giamngheo_desktop.reports.column_parts import Part, column_parts
from giamngheo_desktop.reports.document import (
    Cell,
    Column,
    NumberFormat,
    ReportDoc,
    Row,
    Table,
    group,
    text_column,
)
from giamngheo_desktop.reports.fonts import Face, text_width
from giamngheo_desktop.reports.pages import Furniture, Pages
from giamngheo_desktop.reports.pdf import render_pdf
from giamngheo_desktop.reports.widths import READABLE, fit, is_squeezed
from tests.reports import papers

WIDTH = Pages(Furniture(title="", author=""), is_landscape=True).width
LABELS = (text_column("TT", "tt", weight=3), text_column("Tên thôn", "unit"))


def wide(groups: tuple[int, ...], rows: int = 3) -> Table:
    """Groups of that many columns, numbered through; a cell is 1000 × row + column."""
    starts = [*accumulate(groups, initial=0)]
    columns = []
    for name, (first, count) in enumerate(zip(starts, groups, strict=False)):
        leaves = [
            Column(f"Dân tộc {at}", f"c{at}", str(at + 1)) for at in range(first, first + count)
        ]
        columns.append(group(f"Nhóm {name}", *leaves) if count > 1 else leaves[0])
    body = [
        Row(
            (str(row), f"Thôn {row}"),
            tuple(Cell.of_count(1000 * row + at) for at in range(sum(groups))),
        )
        for row in range(1, rows + 1)
    ]
    return Table(labels=LABELS, columns=tuple(columns), rows=tuple(body))


def paper(table: Table) -> ReportDoc:
    return replace(papers.bc1(), body=(table,))


@given(st.lists(st.integers(1, 9), min_size=1, max_size=14).map(tuple))
def test_every_column_stands_in_one_part_and_groups_stay_whole(groups: tuple[int, ...]) -> None:
    fonts.register()
    table = wide(groups)
    fitted = fit(table, WIDTH)
    parts = column_parts(table, fitted)
    keys = [leaf.key for part in parts for leaf in part.table.value_leaves]
    assert keys == [leaf.key for leaf in table.value_leaves]
    assert (len(parts) == 1) == (fitted.size >= READABLE)
    for part in parts:
        assert part.table.labels == table.labels
        assert fit(part.table, WIDTH).size >= READABLE
        for whole, cut in zip(table.rows, part.table.rows, strict=True):
            end = part.first + len(cut.cells)
            assert (cut.labels, cut.cells) == (whole.labels, whole.cells[part.first : end])
    starts = {part.first for part in parts}
    if all(column_parts(wide((count,)), fit(wide((count,)), WIDTH))[1:] == () for count in groups):
        assert starts <= set(accumulate(groups, initial=0))


def test_a_group_wider_than_the_page_is_cut_under_its_heading() -> None:
    fonts.register()
    table = wide((60,))
    parts = column_parts(table, fit(table, WIDTH))
    assert len(parts) > 1
    assert {part.table.columns[0].label for part in parts} == {"Nhóm 0"}


def test_the_page_shows_every_number_and_knows_its_column() -> None:
    table = wide((9,) * 7, rows=40)
    found = render_pdf(paper(table))
    labels = len(table.label_leaves)
    values = [cell for cell in found.cells if cell.column >= labels]
    places = {(cell.row, cell.column) for cell in values}
    assert len(values) == len(places) == 40 * 63
    with pypdfium2.PdfDocument(found.data) as pdf:
        pages = [page.get_textpage() for page in pdf]
        for cell in values[::97]:
            said = pages[cell.page].get_text_bounded(cell.left, cell.bottom, cell.right, cell.top)
            assert said.strip() == f"{1000 * (cell.row + 1) + cell.column - labels:,}".replace(
                ",", "."
            )
        assert any("(tiếp theo)" in page.get_text_range() for page in pages)


def test_word_holds_the_parts_and_excel_the_whole() -> None:
    table = wide((9,) * 7)
    word = Document(io.BytesIO(render_docx(paper(table))))
    grids = [one for one in word.tables if "Tên thôn" in one.rows[0].cells[1].text]
    assert len(grids) > 1
    texts = {cell.text for one in grids for row in one.rows for cell in row.cells}
    assert {
        f"{1000 * row + at:,}".replace(",", ".") for row in (1, 2, 3) for at in range(63)
    } <= texts
    assert render_xlsx(paper(table))[:2] == b"PK"


def test_texts_that_were_squeezed_get_room_in_parts() -> None:
    """A wide list of names: cut, each name in one line; not where letters are large enough."""
    names = ["Nguyễn Thị Hoàng Quân", "Trần Văn Minh Đạt", "Đào Thị Thu Hường"]

    def listed(count: int) -> Table:
        columns = [
            Column(f"Cột {at}", f"c{at}", format=NumberFormat.TEXT, weight=6) for at in range(count)
        ]
        # Blank ones need no room, and take none from the others.
        rows = [
            Row((name, name), tuple(Cell(name if at < 2 else "") for _ in columns))
            for at, name in enumerate(names)
        ]
        labels = tuple(text_column(label, label, weight=8) for label in ("Chủ hộ", "Thành viên"))
        return Table(labels=labels, columns=tuple(columns), rows=tuple(rows), number_row=False)

    few = listed(4)
    assert column_parts(few, fit(few, 720)) == (Part(few),)
    wide = listed(20)
    parts = column_parts(wide, fit(wide, 720))
    assert len(parts) > 1
    assert [part.first for part in parts] == sorted({part.first for part in parts})
    assert sum(len(part.table.value_leaves) for part in parts) == 20
    for part in parts:
        fitted = fit(part.table, 720)
        assert fitted.size >= 9
        assert not is_squeezed(part.table, fitted)
        assert min(fitted.widths) > text_width(names[0], Face.REGULAR, fitted.size)
