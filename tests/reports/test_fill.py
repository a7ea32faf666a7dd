"""A paper filled with facts, and the same paper blank; paragraphs as they are printed."""

from __future__ import annotations

import io
import json
import re
from datetime import date

import docx
import openpyxl
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.definitions.loader import DefinitionError, parse_toml
from giamngheo_desktop.definitions.papers import paper_from
from giamngheo_desktop.domain.paper import spans
from giamngheo_desktop.domain.paper_facts import Facts
from giamngheo_desktop.exports.docx_write import render_docx
from giamngheo_desktop.exports.xlsx_write import render_xlsx
from giamngheo_desktop.reports.as_json import render_json
from giamngheo_desktop.reports.as_text import as_text
from giamngheo_desktop.reports.document import Align, Paragraph, ReportDoc, Run
from giamngheo_desktop.reports.fill import fill
from giamngheo_desktop.reports.paragraphs import leader_lines, paragraph_lines
from giamngheo_desktop.reports.pdf import render_bundle, render_pdf
from tests.harness.tables import definitions

TEXT = """
code = "THU"
version = 1
label = "Giấy thử"
valid_from = 2022-01-01
legal_basis = "không"
certainty = "to_confirm"
form_number = "Mẫu số 99"
subject = "household"
kind = "TB"
title = ["THÔNG BÁO", "Về hộ ông (bà) {head.name}"]
[[body]]
text = "Kính gửi: **{head.name:30}**, thôn {village.name:12}."
first_line = 10
[[body]]
text = "Ghi chú: {household.note}"
when = "household.note"
[[body]]
rows = "members"
lines = 4
columns = [
  { field = "name", label = "Họ và tên", weight = 20 },
  { field = "job", label = "Số khẩu", format = "count" },
]
[[body]]
text = "- {name}"
each = "members"
[[signers]]
titles = ["CHỦ HỘ"]
name = "{head.name}"
"""
FACTS = Facts(
    {"head.name": "Đặng Thị Ngữ", "village.name": "Làng Mới"},
    {"members": [{"name": "Đặng Thị Ngữ", "job": 1}, {"name": "Võ Ẩn", "job": 2}]},
    date(2026, 11, 1),
)


def paper(text: str = TEXT):
    return paper_from(parse_toml(text, "thu.toml"))


def words(data: bytes) -> list[str]:
    """The text of each page, blanks and line ends alike."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def test_facts_stand_where_the_paper_names_them():
    doc = fill(paper(), FACTS)
    assert doc.title == ("THÔNG BÁO", "Về hộ ông (bà) Đặng Thị Ngữ")
    first, table, *each = doc.body
    assert first.text == "Kính gửi: Đặng Thị Ngữ, thôn Làng Mới."
    assert [run.bold for run in first.runs] == [False, True, False, False, False]
    assert [[cell.value for cell in row.cells] for row in table.rows] == [
        ["Đặng Thị Ngữ", 1],
        ["Võ Ẩn", 2],
        ["", ""],
        ["", ""],
    ]
    assert [piece.text for piece in each] == ["- Đặng Thị Ngữ", "- Võ Ẩn"]
    assert doc.signatures[0].name == "Đặng Thị Ngữ"
    assert doc.form_number == ""  # not sure of it


def test_a_blank_paper_has_dots_and_empty_lines():
    doc = fill(paper())
    assert doc.body[0].text == f"Kính gửi: {'.' * 30}, thôn {'.' * 12}."
    assert len(doc.tables[0].rows) == 4
    assert doc.signatures[0].name == ""


def test_the_pdf_reads_out_as_it_was_typed():
    pages = words(render_pdf(fill(paper(), FACTS)).data)
    assert "Kính gửi: Đặng Thị Ngữ, thôn Làng Mới." in pages[0]


def test_papers_of_a_bundle_count_their_own_pages():
    long = "Đoạn văn dài có nhiều chữ. " * 400
    doc = ReportDoc(code="A", title=("A",), body=(Paragraph(runs=(Run(long),)),))
    result = render_bundle([doc, fill(paper(), FACTS), doc])
    pages = words(result.data)
    each = (len(pages) - 1) // 2
    assert result.pages == len(pages) == 2 * each + 1
    assert each > 1
    assert pages[1].startswith("2 ")
    assert pages[each + 2].startswith("2 ")
    assert not pages[each].startswith(str(each + 1))


def test_what_no_writer_could_print_is_refused():
    with pytest.raises(DefinitionError, match="definition_value"):
        paper(TEXT.replace("**{head.name:30}**", "**{head.name:30}"))
    with pytest.raises(DefinitionError, match="definition_repeated_key"):
        paper(TEXT.replace('field = "job"', 'field = "name"'))
    for asked, field in (("{head.name}", "{head.shoe}"), ('"members"', '"pets"')):
        with pytest.raises(DefinitionError, match="definition_unknown_field"):
            paper(TEXT.replace(asked, field))


PARTS = ["Ẫ", "nghiêng ", "đậm", " ", "\n", "dài" * 40, "." * 90]


@given(st.lists(st.sampled_from(PARTS), max_size=60),
       st.sampled_from(list(Align)), st.integers(60, 500))  # fmt: skip
def test_lines_keep_every_letter_and_stay_inside(parts, align, width):
    runs = tuple(Run(text, bold=at % 2 == 0) for at, text in enumerate(parts)) or (Run(""),)
    blocks = paragraph_lines(Paragraph(runs=runs, align=align), 10, width)
    printed = "".join(text.text for block in blocks for text in block.texts)
    typed = "".join(parts)
    assert "".join(printed.replace(".", "").split()) == "".join(typed.replace(".", "").split())
    left_out = typed.count(".") - printed.count(".")  # ends too short to write on
    assert 0 <= left_out <= 7 * sum(part.startswith(".") for part in parts)
    for block in blocks:
        assert all(9.9 <= text.x <= 10 + width for text in block.texts)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Lý do: " + "." * 30, 1),
        ("Lý do: " + "." * 90 + " ", 2),
        ("." * 200, 3),
        ("Lý do:\n" + "." * 110, 2),
        ("." * 40 + "\n" + "." * 110, 2),
        ("Lý do: " + "." * 200 + " là", 0),
        ("Lý do...", 0),
        ("", 0),
    ],
)
def test_how_many_lines_are_dots(text, count):
    paragraph = Paragraph(runs=(Run(text),))  # a dot of 13 points is 3.25 wide
    assert leader_lines(paragraph, 300) == count


@given(st.text(alphabet="ab{}:*_.19 ", max_size=30))
def test_marks_are_read_or_refused(text):
    bare = text.replace("**", "").replace("__", "")
    marks = re.findall(r"\*\*|__", text)
    if any(marks.count(mark) % 2 for mark in marks):
        with pytest.raises(ValueError, match=re.escape(text)):
            spans(text)
        return
    back = "".join(f"{{{one.field}:{one.dots}}}" if one.field else one.text for one in spans(text))
    assert re.sub(r":\d+}", "}", back) == re.sub(r":\d+}", "}", bare)


def test_all_writers_say_the_same():
    doc = fill(paper(), FACTS)
    said = "Kính gửi: Đặng Thị Ngữ, thôn Làng Mới."
    data = json.loads(render_json(doc))
    assert data["text"][0] == said
    assert [row["values"]["name"] for row in data["rows"][:2]] == ["Đặng Thị Ngữ", "Võ Ẩn"]
    assert "text: Kính gửi: **Đặng Thị Ngữ**, thôn Làng Mới." in as_text(doc).splitlines()
    sheet = openpyxl.load_workbook(io.BytesIO(render_xlsx(doc))).active
    cells = [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert said in cells
    assert cells.index(said) < cells.index("Võ Ẩn") < cells.index("- Đặng Thị Ngữ")
    document = docx.Document(io.BytesIO(render_docx(doc)))
    assert said in [paragraph.text for paragraph in document.paragraphs]


def test_a_paper_without_a_table_has_a_sheet():
    doc = ReportDoc(code="A", title=("A",), body=(Paragraph(runs=(Run("Một câu."),)),))
    sheet = openpyxl.load_workbook(io.BytesIO(render_xlsx(doc))).active
    assert "Một câu." in [cell.value for row in sheet.iter_rows() for cell in row]


def test_the_head_says_of_what_kind_a_village_is():
    names = {"village.name": "Kim Thành", "village.full": "thôn Kim Thành"}
    of_village = definitions().paper("ket_qua_thon", date(2026, 10, 1))
    head = fill(of_village, Facts(names)).letterhead
    assert head is not None
    assert head.issuer == ("THÔN KIM THÀNH",)
