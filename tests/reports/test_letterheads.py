"""The head of an official paper of a unit that has typed nothing about itself yet: its place at the
left is blank, its number stands on one line with place and day. In PDF, Word and Excel.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest

from giamngheo_desktop import texts
from giamngheo_desktop.exports.docx_write import render_docx
from giamngheo_desktop.exports.xlsx_write import render_xlsx
from giamngheo_desktop.reports.document import Letterhead, Paragraph, ReportDoc, Run
from giamngheo_desktop.reports.issuer import of_unit
from giamngheo_desktop.reports.pdf import render_pdf
from giamngheo_desktop.reports.written import written
from giamngheo_desktop.services import settings
from giamngheo_desktop.services.documents import sections
from tests.harness.register import Register, empty_database, make_register
from tests.harness.review import shipped

DATE = "Sơn Tây, ngày 05 tháng 01 năm 2026"
NUMBER = "Số:         /KH-UBND"
HEADS = {
    "unknown": Letterhead(issuer=(), number=NUMBER, place_date=DATE),
    "one line": Letterhead(issuer=("UBND XÃ SƠN TÂY",), number=NUMBER, place_date=DATE),
    "three lines": Letterhead(
        superior=("UBND TỈNH HÀ TĨNH",),
        issuer=("ỦY BAN NHÂN DÂN", "XÃ SƠN TÂY"),
        number=NUMBER,
        place_date=DATE,
    ),
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Register]:
    """What was known of the unit is taken out again."""
    with empty_database(tmp_path / "Sổ hộ.db") as database:
        found = make_register(database)
        nothing = dict.fromkeys(settings.get(database, date(2026, 1, 5)), "")
        settings.save(database, found.context, nothing, date(2025, 1, 1))
        yield found


def paper(head: Letterhead) -> ReportDoc:
    body = (Paragraph(runs=(Run("Nội dung."),)),)
    return ReportDoc(code="thu", title=("KẾ HOẠCH",), body=body, letterhead=head, landscape=False)


def box(page: pypdfium2.PdfPage, text: str) -> tuple[float, float]:
    """Left end and baseline of a text that stands on one line."""
    words = page.get_textpage()
    found = words.search(text).get_next()
    assert found, text
    first, last = (words.get_charbox(found[0] + at) for at in (0, len(text) - 1))
    assert abs(first[1] - last[1]) < 6, text
    return first[0], first[1]


def cells(data: bytes) -> list[list[list[str]]]:
    """Rows, cells, lines of the letterhead in Word."""
    table = docx.Document(io.BytesIO(data)).tables[0]
    return [[[one.text for one in cell.paragraphs] for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize("name", HEADS)
def test_number_and_day_stand_on_one_line(name: str) -> None:
    doc = paper(HEADS[name])
    with pypdfium2.PdfDocument(render_pdf(doc).data) as pdf:
        page = pdf[0]
        number, day = box(page, "/KH-UBND"), box(page, "ngày 05")
        nation = box(page, texts.PAPER["nation"])
    assert number[0] < nation[0] < day[0] + 100
    assert abs(number[1] - day[1]) < 6
    *_, last = cells(render_docx(doc))
    assert last == [[NUMBER], [DATE]]


def test_what_a_citizen_writes_has_the_state_in_the_middle() -> None:
    doc = paper(Letterhead(issuer=()))
    with pypdfium2.PdfDocument(render_pdf(doc).data) as pdf:
        width = pdf[0].get_width()
        left = box(pdf[0], texts.PAPER["nation"])[0]
    assert left < width / 2 - 50
    assert docx.Document(io.BytesIO(render_docx(doc))).tables == []


def test_a_plan_of_a_unit_without_settings(desk: Register) -> None:
    known = (desk.database, desk.context, shipped(), desk.commune, 2026, "ke_hoach_chuan")
    plan = sections.begin(*known).value
    main, *_ = written(desk.database, shipped(), plan, today=date(2026, 12, 31))
    assert main.letterhead is not None
    assert main.letterhead.issuer == ()
    with pypdfium2.PdfDocument(render_pdf(main).data) as pdf:
        page = pdf[0]
        assert "Số: /KH-UBND" in page.get_textpage().get_text_range()  # it reads one blank
        assert box(page, "/KH-UBND")[0] < box(page, texts.PAPER["nation"])[0]
    *_, last = cells(render_docx(main))
    assert last[0] == [NUMBER]


def test_a_table_of_a_unit_without_settings(desk: Register) -> None:
    """The state stands where it stands on the table of every other unit; nothing is underlined."""
    plain = replace(paper(Letterhead(issuer=())), data_date=date(2026, 1, 5))
    doc = of_unit(desk.database, plain)
    with pypdfium2.PdfDocument(render_pdf(doc).data) as pdf:
        assert box(pdf[0], texts.PAPER["nation"])[0] > 200
    left, right = cells(render_docx(doc))[0]
    assert not any(left)
    assert right[0] == texts.PAPER["nation"]
    sheet = openpyxl.load_workbook(io.BytesIO(render_xlsx(doc))).active
    said = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert texts.PAPER["nation"] in said
    assert not any(set(one) == {"_"} for one in said)
