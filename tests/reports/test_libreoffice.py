"""LibreOffice opens every table, list and paper, as workbook and as Word document, and prints all
that stands in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import cycle, groupby, islice
from pathlib import Path
from uuid import UUID

import pypdfium2
import pytest

from giamngheo_desktop.domain.vietnamese import nfc
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.layout import row_texts
from giamngheo_desktop.reports.name_list import make_list
from giamngheo_desktop.reports.papers import make_paper
from giamngheo_desktop.reports.pdf import render_pdf
from giamngheo_desktop.storage.engine import Database
from tests.harness.libreoffice import SOFFICE, printed
from tests.harness.register import empty_database
from tests.harness.register_2026 import Written
from tests.harness.tables import TOTAL, definitions, paper

# Where the files shall stay to be looked at.
KEPT = os.environ.get("GIAMNGHEO_TEST_PAGES")


def documents(database: Database) -> Iterator[ReportDoc]:
    found = definitions()
    for code in found.reports:
        yield paper(database, code)
    for code, versions in found.name_lists.items():
        if not versions[-1].of_review:  # the register holds no review
            yield make_list(database, found, code, year=2026)
    for code in found.papers:
        yield from make_paper(database, found, code, today=date(2026, 12, 31))


def squeezed(text: str) -> str:
    """Without spaces, hyphens at the end of lines, separators in numbers: they are the PC's own."""
    return "".join(nfc(text).translate(str.maketrans("", "", ".,-\ufffe\u0002")).split())


def pages(doc: ReportDoc) -> int:
    """How many our own printed paper has."""
    with pypdfium2.PdfDocument(render_pdf(doc).data) as pdf:
        return len(pdf)


def of_villages(doc: ReportDoc, count: int) -> ReportDoc:
    """The same table with so many villages, those of the register again and again."""
    (table,) = doc.tables
    *villages, total = [list(rows) for _, rows in groupby(table.rows, lambda row: row.labels[:2])]
    rows = [
        replace(
            row, labels=(str(number), f"Thôn số {number}", *row.labels[2:]), unit=UUID(int=number)
        )
        for number, of_one in enumerate(islice(cycle(villages), count), start=1)
        for row in of_one
    ]
    return replace(doc, body=(replace(table, rows=(*rows, *total)),))


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_a_table_in_word_ends_as_the_printed_one(tmp_path: Path) -> None:
    """Nothing goes over to a page that our own paper does not need, and there stand a village, the
    total and the signatures.
    """
    folder = Path(KEPT or tmp_path)
    docs: dict[Path, ReportDoc] = {}
    with empty_database(tmp_path / "so.db") as database:
        Written(database).write()
        for code in definitions().reports:
            doc = paper(database, code)
            for count in (1, 3, 13, 40):
                docs[folder / f"{code}-{count:02}.docx"] = of_villages(doc, count)
    for file, doc in docs.items():
        file.write_bytes(make.render(doc, "docx"))
    for file, pdf_file in zip(docs, printed(list(docs), tmp_path), strict=True):
        with pypdfium2.PdfDocument(pdf_file) as pdf:
            assert len(pdf) <= pages(docs[file]), file.name
            last = squeezed(pdf[len(pdf) - 1].get_textpage().get_text_range())
        for text in (TOTAL, f"Thôn số {int(file.stem[-2:])}", "(Ký, đóng dấu)"):
            assert squeezed(text) in last, (file.name, text)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_prints_every_paper(tmp_path: Path) -> None:
    folder = Path(KEPT or tmp_path)
    docs: dict[Path, ReportDoc] = {}
    with empty_database(tmp_path / "so.db") as database:
        Written(database).write()
        for number, doc in enumerate(documents(database)):
            for form in ("xlsx", "docx"):
                file = folder / f"{number:02}-{doc.code}-{form}.{form}"
                file.write_bytes(make.render(doc, form))
                docs[file] = doc
    pdfs = dict(zip(docs, printed(list(docs), tmp_path), strict=True))
    for file, doc in docs.items():
        with pypdfium2.PdfDocument(pdfs[file]) as pdf:
            said = squeezed("".join(page.get_textpage().get_text_range() for page in pdf))
            if file.suffix == ".docx":
                assert len(pdf) <= pages(doc), file.name
        assert "###" not in said, file.name
        for line in doc.title:
            assert squeezed(line) in said, (file.name, line)
        for table in doc.tables:
            for row in table.rows:
                for text in row_texts(table, row):
                    assert squeezed(text) in said, (file.name, text)
    print(f"{len(docs)} files printed by LibreOffice")
