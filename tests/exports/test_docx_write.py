"""The Word document of a paper: what it says, that it is sound, that it is the same each time."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from giamngheo_desktop.exports.docx_write import render_docx, render_docx_bundle
from giamngheo_desktop.reports.document import PageBreak, Paragraph, ReportDoc, Run
from giamngheo_desktop.reports.layout import header_cells, row_texts
from tests.reports import papers


def opened(data: bytes):
    return docx.Document(io.BytesIO(data))


def grid(data: bytes, number: int) -> list[list[str]]:
    """The texts of a table by row; merged cells stand in each place they cover; no signatures."""
    table = opened(data).tables[number]
    return [[cell.text for cell in row.cells] for row in table.rows if not closing(row)]


def closing(row) -> bool:
    """Whether it is the row of the signatures, which has no lines."""
    return row._tr.tc_lst[0].tcPr.find(qn("w:tcBorders")) is not None


@pytest.mark.parametrize("make", [papers.bc1, papers.bc2, papers.village_table])
def test_every_cell_stands_in_the_document(make) -> None:
    doc = make()
    (table,) = doc.tables
    rows = grid(render_docx(doc), 1 if doc.letterhead else 0)
    body = rows[-len(table.rows) :]
    names = len(table.label_leaves)
    for row, written in zip(table.rows, body, strict=True):
        assert tuple(written[names:]) == row_texts(table, row)[names:]
    labels = {cell.column.label for cell in header_cells(table)}
    assert labels <= {text for row in rows for text in row}


def test_headings_repeat_and_rows_stay_whole() -> None:
    table = opened(render_docx(papers.bc1())).tables[1]
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    count = heads.count(True)
    assert heads == [True] * count + [False] * (len(heads) - count)
    assert count > 1
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_signatures_without_notes_are_the_last_row_and_stay_with_the_rows_above() -> None:
    table = opened(render_docx(papers.village_table(notes=()))).tables[-1]
    *body, last = table.rows
    assert closing(last)
    assert not any(map(closing, body))
    blocks = dict.fromkeys(cell.text for cell in last.cells)  # merged cells come more than once
    signers = papers.village_table().signatures
    for block, signer in zip(blocks, signers, strict=True):
        assert {*signer.titles, signer.name} <= set(block.split("\n"))
    for row in body[-2:]:
        assert all(p.paragraph_format.keep_with_next for c in row.cells for p in c.paragraphs)


@pytest.mark.parametrize("count", [1, 2, 4])
def test_notes_and_signatures_are_rows_that_stay_with_the_last_ones(count: int) -> None:
    """LibreOffice keeps no row with a paragraph behind the table."""
    notes = tuple(f"Ghi chú {number}" for number in range(count))
    table = opened(render_docx(papers.village_table(notes=notes))).tables[-1]
    *rows, last = table.rows
    assert closing(last)
    for row, note in zip(rows[-count:], notes, strict=True):
        assert {cell.text for cell in row.cells} == {note}
    for row in rows[-1 - count :]:
        assert all(p.paragraph_format.keep_with_next for c in row.cells for p in c.paragraphs)


def test_many_notes_stand_behind_the_table_and_are_kept_with_the_signatures() -> None:
    notes = tuple(f"Ghi chú {number}" for number in range(5))
    document = opened(render_docx(papers.village_table(notes=notes)))
    assert len(document.tables[-1].rows) == 1
    kept = [p.paragraph_format.keep_with_next for p in document.paragraphs if p.text in notes]
    assert kept[-2:] == [True, True]


def test_no_section_ends_with_a_line_that_could_begin_a_page() -> None:
    docs = [papers.village_table(), papers.village_table(notes=()), papers.bc1()]
    body = opened(render_docx_bundle(docs)).element.body
    ends = [p for p in body.p_lst if p.pPr is not None and p.pPr.find(qn("w:sectPr")) is not None]
    for end in [*ends, body.p_lst[-1]]:
        spacing = end.pPr.find(qn("w:spacing"))
        assert (spacing.get(qn("w:lineRule")), spacing.get(qn("w:line"))) == ("exact", "20")


def test_heading_rows_are_as_high_as_headings_over_several_of_them_need() -> None:
    (whole,) = papers.village_table().tables
    tall = replace(whole.labels[1], label="Một tiêu đề dài phải xuống nhiều dòng " * 3)
    table = replace(whole, labels=(whole.labels[0], tall))
    written = opened(render_docx(papers.village_table(body=(table,)))).tables[-1]
    heads = [row for row in written.rows if row._tr.trPr.find(qn("w:tblHeader")) is not None]
    heights = [row.height.pt for row in heads if row.height]
    lines = sum(heights) / 12
    assert len(heights) == 2
    assert lines > 4


def test_paragraphs_keep_faces_and_lines() -> None:
    runs = (Run("Kính gửi: "), Run("Ủy ban\nnhân dân", bold=True), Run(" & <xã>", italic=True))
    doc = ReportDoc(code="A", title=("A",), body=(Paragraph(runs=runs), PageBreak()))
    written = next(p for p in opened(render_docx(doc)).paragraphs if "Kính" in p.text)
    assert written.text == "Kính gửi: Ủy ban\nnhân dân & <xã>"
    assert [run.bold for run in written.runs] == [None, True, None]
    assert [run.italic for run in written.runs] == [None, None, True]


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert render_docx(papers.bc2()) == render_docx(papers.bc2())


def test_papers_of_a_bundle_are_sections_with_their_own_pages() -> None:
    docs = [papers.bc1(), replace(papers.village_table(), landscape=False)]
    sections = opened(render_docx_bundle(docs)).sections
    assert [section.page_width < section.page_height for section in sections] == [False, True]
    for section in sections:
        names = [child.tag for child in section._sectPr]
        assert names.index(qn("w:pgNumType")) < names.index(qn("w:cols"))
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_odd_letters_make_no_bad_file() -> None:
    text = 'a & b < c > d "e" \x07 \udcff 𝄞 ẬỶ'
    doc = papers.bc1(title=(text,))
    (table,) = doc.tables
    row = replace(table.rows[0], labels=("1", text))
    data = render_docx(replace(doc, body=(replace(table, rows=(row,)),)))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
    assert grid(data, 1)[-1][1].startswith('a & b < c > d "e"')


def test_an_empty_table_says_so() -> None:
    (table,) = papers.bc1().tables
    data = render_docx(papers.bc1(body=(replace(table, rows=(), empty="Không có thôn nào"),)))
    assert set(grid(data, 1)[-1]) == {"Không có thôn nào"}


def test_no_paper_is_an_error() -> None:
    with pytest.raises(ValueError, match="without papers"):
        render_docx_bundle([])
