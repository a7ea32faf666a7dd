"""The Word document of a paper: what it says, that it is sound, that it is the same each time."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn

from giamngheo_desktop.exports.docx_write import render_docx, render_docx_bundle
from giamngheo_desktop.reports.document import PageBreak, Paragraph, ReportDoc, Run
from giamngheo_desktop.reports.fill import fill
from giamngheo_desktop.reports.fonts import Face, text_width
from giamngheo_desktop.reports.layout import header_cells, row_texts
from tests.harness.review import shipped
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


def test_a_pair_of_rows_stays_on_one_page() -> None:
    table = opened(render_docx(papers.bc2())).tables[1]
    pairs = [row for row in table.rows if any(cell.text == "Hộ" for cell in row.cells)]
    assert len(pairs) > 2
    for row in pairs:
        assert all(p.paragraph_format.keep_with_next for c in row.cells[-3:] for p in c.paragraphs)


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
    tall = replace(whole.labels[1], label="Một tiêu đề dài phải xuống nhiều dòng " * 6)
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


def said(code: str, begins: str):
    """The first paragraph of a blank paper that begins so, and those behind it."""
    written = opened(render_docx(fill(shipped().paper(code)))).paragraphs
    return written[next(at for at, p in enumerate(written) if p.text.startswith(begins)) :]


@pytest.mark.parametrize(
    ("code", "begins", "count"),
    [
        ("mau_04", "Lý do đề nghị: ", 3),
        ("tra_loi_de_nghi", "Lý do: ", 2),
        ("bien_ban_hop", "Ý kiến khác: ", 2),
        ("mau_01", "\t", 2),
    ],
)
def test_dots_over_several_lines_lead_to_the_margin(code: str, begins: str, count: int) -> None:
    """As one long word they would tear the words before them apart."""
    line = said(code, begins)[0]
    assert line.text == begins.rstrip("\t") + "\n".join("\t" * count)
    assert line.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.LEFT
    (stop,) = line.paragraph_format.tab_stops
    assert (stop.alignment, stop.leader) == (WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    assert stop.position.mm == pytest.approx(210 - 30 - 15, abs=0.1)


def test_only_the_last_dots_lead_to_the_margin() -> None:
    runs = (Run("Điều 3. ", bold=True), Run("." * 10), Run(" và\n"), Run("." * 300 + " "))
    doc = ReportDoc(code="A", title=("A",), body=(Paragraph(runs=runs),), landscape=False)
    line = opened(render_docx(doc)).paragraphs[-1]
    assert line.text == "Điều 3. .......... và\n\t\n\t\n\t"
    assert [run.bold for run in line.runs[:2]] == [True, None]


def test_the_reasons_of_an_application_go_with_its_signature() -> None:
    *lines, last = said("mau_01", "Lý do đề nghị")
    assert all(line.paragraph_format.keep_with_next for line in lines)
    assert not last.text  # behind the signatures


def test_a_table_that_nearly_fits_is_set_as_close_as_on_the_printed_page() -> None:
    """Else its last rows would stand on the next page with half of the first one free."""
    few, many = papers.bc1(), papers.village_table()
    (whole,) = few.tables
    few = replace(few, body=(replace(whole, rows=whole.rows[-1:]),))
    looks = []
    for doc in (few, many):
        document = opened(render_docx(doc))
        assert document.styles["Normal"].paragraph_format.line_spacing == 1.0
        row = [row for row in document.tables[-1].rows if not closing(row)][-1]
        line = row.cells[-1].paragraphs[0]
        looks.append((line.runs[0].font.size.pt, line.paragraph_format.space_before.pt))
    assert looks[0] == (12, 2.75)
    assert looks[1] < looks[0]


def test_where_room_is_short_the_unit_stands_beside_the_subtitle() -> None:
    doc = papers.bc1()
    (table,) = doc.tables
    written = opened(render_docx(doc)).paragraphs
    (line,) = (one for one in written if table.unit in one.text)
    assert line.text == f"\t{doc.subtitle[-1]}\t{table.unit}"


def test_titles_stand_in_lines_of_about_the_same_length() -> None:
    title = "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO, HỘ THOÁT NGHÈO, HỘ THOÁT CẬN NGHÈO NĂM 2026"
    doc = ReportDoc(code="A", title=(title,), body=(Paragraph(runs=(Run("A"),)),), landscape=False)
    first, second = opened(render_docx(doc)).paragraphs[0].text.split("\n")
    assert f"{first} {second}" == title
    assert abs(len(first) - len(second)) < 10


def test_a_formula_is_broken_where_it_may_be() -> None:
    rows = grid(render_docx(papers.bc1(landscape=False)), 1)
    assert "(10=\n9/2*100)" in {text for row in rows for text in row}


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


def test_an_empty_cell_is_no_higher_than_one_with_letters() -> None:
    (table,) = papers.bc1().tables
    row = replace(table.rows[0], labels=("", table.rows[0].labels[1]))
    written = opened(render_docx(papers.bc1(body=(replace(table, rows=(row,)),)))).tables[1]
    cells = [row for row in written.rows if not closing(row)][-1].cells
    (size,) = {run.font.size.pt for run in cells[1].paragraphs[0].runs}
    mark = cells[0].paragraphs[0]._p.pPr.find(f"{qn('w:rPr')}/{qn('w:sz')}")
    assert int(mark.get(qn("w:val"))) == size * 2


def test_an_empty_table_says_so() -> None:
    (table,) = papers.bc1().tables
    data = render_docx(papers.bc1(body=(replace(table, rows=(), empty="Không có thôn nào"),)))
    assert set(grid(data, 1)[-1]) == {"Không có thôn nào"}


def test_no_paper_is_an_error() -> None:
    with pytest.raises(ValueError, match="without papers"):
        render_docx_bundle([])


def test_the_line_below_the_motto_is_as_long_as_it() -> None:
    """NĐ 30/2020/NĐ-CP, Phụ lục I."""
    _, nation = opened(render_docx(papers.bc1())).tables[0].rows[0].cells
    motto, line = nation.paragraphs[1:3]
    size = line.runs[0].font.size.pt
    lack = text_width(motto.text, Face.BOLD, 13) - text_width(line.text, Face.REGULAR, size)
    assert abs(lack) < text_width("_", Face.REGULAR, size)
