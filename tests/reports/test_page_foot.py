"""What may not stand alone: a line that leads to a table, dots that nobody can write on."""

from __future__ import annotations

import pypdfium2
import pytest

from giamngheo_desktop.reports.document import (
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
from giamngheo_desktop.reports.paragraphs import paragraph_lines
from giamngheo_desktop.reports.pdf import render_pdf

LEADS = "Theo kết quả đã thống nhất:"


def table(rows: int) -> Table:
    return Table(
        labels=(text_column("Họ tên chủ hộ", "name", weight=20),),
        columns=(Column("Ghi chú", "note", format=NumberFormat.TEXT, weight=10),),
        rows=tuple(Row((f"Chủ hộ {at}",), (Cell(""),)) for at in range(rows)),
        title="1. Danh sách hộ nghèo",
        number_row=False,
        empty="Không có hộ nào",
    )


def pages(above: int, rows: int) -> list[str]:
    """A page and what comes over, with the line that leads to the table at every height."""
    lines = [Paragraph(runs=(Run(f"Dòng {at}"),)) for at in range(above)]
    leads = Paragraph(runs=(Run(LEADS),), with_next=True)
    doc = ReportDoc(code="X", title=("BIÊN BẢN",), body=(*lines, leads, table(rows), table(9)))
    found = pypdfium2.PdfDocument(render_pdf(doc).data)
    texts = [page.get_textpage().get_text_bounded() for page in found]
    found.close()
    return texts


@pytest.mark.parametrize("rows", [0, 2, 5])
def test_a_line_that_leads_to_a_table_stands_with_its_first_row(rows: int) -> None:
    parted = 0
    for above in range(18, 45):
        texts = pages(above, rows)
        (at,) = [number for number, text in enumerate(texts) if LEADS in text]
        assert "1. Danh sách hộ nghèo" in texts[at]
        assert ("Chủ hộ 0" if rows else "Không có hộ nào") in texts[at]
        parted += at > 0
    assert 0 < parted < 27


@pytest.mark.parametrize("words", [3, 25, 60])
def test_no_heading_stands_at_the_foot_of_a_page(words: int) -> None:
    """With room above its text, at every height of the page."""
    said = Paragraph(runs=(Run(" ".join(["chữ"] * words)),), above=9)
    last = Paragraph(runs=(Run("Hết."),))
    parted = 0
    for above in range(18, 45):
        lines = [Paragraph(runs=(Run(f"Dòng {at}"),)) for at in range(above)]
        head = Paragraph(runs=(Run("6. Đối thoại", bold=True),), with_next=True, above=9)
        doc = ReportDoc(code="X", title=("BÁO CÁO",), body=(*lines, head, said, last))
        found = pypdfium2.PdfDocument(render_pdf(doc).data)
        texts = [page.get_textpage().get_text_bounded() for page in found]
        found.close()
        (at,) = [number for number, text in enumerate(texts) if "6. Đối thoại" in text]
        assert "chữ" in texts[at], above
        parted += at > 0
    assert 0 < parted < 27


def test_a_note_stands_with_the_last_row_of_its_table() -> None:
    parted = 0
    for above in range(5, 45):
        lines = [Paragraph(runs=(Run(f"Dòng {at}"),)) for at in range(above)]
        said = Paragraph(runs=(Run("Số tiền: đồng.", italic=True),), size=11)
        doc = ReportDoc(code="X", title=("BÁO CÁO",), body=(*lines, table(4), said, table(2)))
        found = pypdfium2.PdfDocument(render_pdf(doc).data)
        texts = [page.get_textpage().get_text_bounded() for page in found]
        found.close()
        (at,) = [number for number, text in enumerate(texts) if "Số tiền" in text]
        assert "Chủ hộ 3" in texts[at], above
        parted += at > 0
    assert 0 < parted < 40


@pytest.mark.parametrize("dots", range(60, 260, 7))
def test_no_line_is_a_few_dots(dots: int) -> None:
    said = f"Ý kiến khác: {'.' * dots} của hộ"
    lines = paragraph_lines(Paragraph(runs=(Run(said),)), 0.0, 400.0)
    texts = ["".join(text.text for text in line.texts) for line in lines]
    assert any("." * 8 in text for text in texts)
    for text in texts:
        assert text.count(".") >= 8 or "." not in text
    assert " ".join(texts).replace(".", "").split() == said.replace(".", "").split()
