"""PDF, workbook and JSON of one table carry the same cells; the same data gives the same bytes."""

from __future__ import annotations

import re
import zipfile
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest

from tests.independent.commands import Request, cells, read_json, write_reports
from tests.independent.loops import TOTAL, Register, change

WANTED = [("BC1", 2020), ("BC1", 2022), ("BC1", 2026), ("THON", 2021), ("THON-TH", 2026)]
FORMS = ("json", "xlsx", "pdf")


def make(database: Path, folder: Path, wanted: list[tuple[str, int]]) -> dict[Any, Path]:
    asked = [Request(database, code, year, form=form) for code, year in wanted for form in FORMS]
    places = [(code, year, form) for code, year in wanted for form in FORMS]
    return dict(zip(places, write_reports(folder, asked), strict=True))


@pytest.fixture(scope="module")
def papers(samples, tmp_path_factory):
    return make(samples.first, tmp_path_factory.mktemp("papers"), WANTED)


@pytest.fixture(scope="module")
def without_totals(samples, tmp_path_factory):
    folder = tmp_path_factory.mktemp("without-totals")
    path = change(samples.first, folder / "nobody.db", "UPDATE population SET removed = 1")
    return make(path, folder, [("BC1", 2020)])


def is_rate(key: str) -> bool:
    return key.endswith("_rate")


def lines_of(document: dict[str, Any]) -> list[list[Any]]:
    """Per row: number in the list (none for the total), label, (key, value) …"""
    found = []
    for number, row in enumerate(document["rows"], 1):
        head = [] if row["level"] == 0 else [number]
        found.append([*head, row["label"], *row["values"].items()])
    return found


def vietnamese(key: str, value: Any) -> str:
    """As it must stand on paper: 2.471 and 2,06; a dash where nothing is known."""
    if value is None:
        return "–"
    if is_rate(key):
        return f"{Decimal(value):.2f}".replace(".", ",")
    digits = str(abs(value))
    groups = re.sub(r"(?<=\d)(?=(\d{3})+$)", ".", digits)
    return ("-" if value < 0 else "") + groups


def pdf_lines(path: Path) -> list[str]:
    found = []
    with closing(pypdfium2.PdfDocument(path)) as pdf:
        for page in pdf:
            with closing(page), closing(page.get_textpage()) as text:
                found += [" ".join(line.split()) for line in text.get_text_range().splitlines()]
    return [line.replace("\N{MINUS SIGN}", "-") for line in found]


def check_pdf(document: dict[str, Any], path: Path) -> None:
    text = pdf_lines(path)
    for line in lines_of(document):
        shown = [vietnamese(*part) if isinstance(part, tuple) else str(part) for part in line]
        assert text.count(" ".join(shown)) == 1, shown
    joined = " ".join(text)
    assert document["title"].split(";")[0] in joined
    for note in document["notes"]:
        assert note.replace("\N{MINUS SIGN}", "-") in joined


def check_workbook(document: dict[str, Any], path: Path) -> None:
    book = openpyxl.load_workbook(path)
    (sheet,) = book.worksheets
    heads = ("Thôn, tổ dân phố", "Đơn vị")
    (first_head,) = [row[0].row for row in sheet.iter_rows() if row[1].value in heads]
    expected = lines_of(document)
    first = next(row[0].row for row in sheet.iter_rows() if row[1].value == expected[0][1])
    # Every head row is repeated on paper and stays in sight on screen.
    assert sheet.print_title_rows == f"${first_head}:${first - 1}"
    assert sheet.freeze_panes == f"C{first}"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    for offset, line in enumerate(expected):
        row = list(sheet[first + offset])
        values = [part for part in line if isinstance(part, tuple)]
        named = [part for part in line if not isinstance(part, tuple)]
        assert [cell.value for cell in row[: len(named)]] == named
        assert len(row) == 2 + len(values)
        for cell, (key, value) in zip(row[2:], values, strict=True):
            if value is None:
                assert cell.value in (None, "–"), (named, key)
                continue
            assert type(cell.value) in (int, float), (named, key)
            assert Decimal(str(cell.value)) == value, (named, key)
            assert cell.number_format == ("0.00" if is_rate(key) else "#,##0")
    book.close()


@pytest.mark.parametrize(("code", "year"), WANTED)
def test_pdf_and_workbook_carry_the_cells_of_json(papers, code, year):
    document = read_json(papers[code, year, "json"])
    check_pdf(document, papers[code, year, "pdf"])
    check_workbook(document, papers[code, year, "xlsx"])


def test_paper_without_totals_prints_no_rate(without_totals):
    document = read_json(without_totals["BC1", 2020, "json"])
    pdf, book = (without_totals["BC1", 2020, form] for form in ("pdf", "xlsx"))
    check_pdf(document, pdf)
    check_workbook(document, book)
    assert not [line for line in pdf_lines(pdf) if re.search(r"\d,\d", line)]
    total = f"{TOTAL} – – 51 – 74 – 0 – 111 – 181 – 0 –"
    assert pdf_lines(pdf).count(total) == 1


def test_column_numbers_and_formulas_stand_on_paper(papers):
    """The row below the head: A, B, (1) … (14), with the formulas of the law."""
    (row,) = [
        line
        for line in openpyxl.load_workbook(papers["BC1", 2020, "xlsx"]).active.iter_rows(
            values_only=True
        )
        if line[:2] == ("A", "B")
    ]
    shown = ["".join(str(value).split()).strip("()") for value in row[2:]]
    assert shown == [
        *("1", "2", "3", "4=3/1*100", "5", "6=5/1*100", "7", "8=7/1*100"),
        *("9", "10=9/2*100", "11", "12=11/2*100", "13", "14=13/2*100"),
    ]


def test_every_page_repeats_the_head(papers):
    with closing(pypdfium2.PdfDocument(papers["BC1", 2022, "pdf"])) as pdf:
        for page in pdf:
            with closing(page), closing(page.get_textpage()) as text:
                width, height = page.get_size()
                assert (round(width), round(height)) == (842, 595)
                assert "Thôn, tổ dân phố" in " ".join(text.get_text_range().split())


def test_same_seed_gives_the_same_bytes(samples, papers, tmp_path):
    again = make(samples.again, tmp_path, [("BC1", 2020), ("BC1", 2026)])
    assert samples.again.name != samples.first.name
    for place, path in again.items():
        assert path.read_bytes() == papers[place].read_bytes(), place
    with zipfile.ZipFile(papers["BC1", 2020, "xlsx"]) as book:
        assert {entry.date_time for entry in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_another_seed_gives_other_people_and_the_same_totals(samples, papers, tmp_path):
    people = [
        {row["full_name"] for row in Register(path).rows["person"]}
        for path in (samples.first, samples.other_seed)
    ]
    assert len(people[0] & people[1]) < min(map(len, people)) / 2
    (path,) = write_reports(tmp_path, [Request(samples.other_seed, "BC1", 2020)])
    other, one = cells(read_json(path)), cells(read_json(papers["BC1", 2020, "json"]))
    for label, key in one:
        # How many live in a village and in its households is not on the printed plan.
        if "person" not in key:
            assert other[label, key] == one[label, key], (label, key)
    assert (other[TOTAL, "poor_persons"], other[TOTAL, "near_poor_persons"]) == (111, 181)
