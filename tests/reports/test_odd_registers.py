"""Every table and list of an odd commune: a sound page, or one clear sentence."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from giamngheo_desktop import texts
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.name_list import make_list
from giamngheo_desktop.reports.papers import make_paper
from giamngheo_desktop.reports.pdf import render_pdf
from giamngheo_desktop.sample import make_sample, seeded_contexts
from giamngheo_desktop.services import areas
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import Register, empty_database, make_register
from tests.harness.tables import definitions, paper

EDGE = 14.17  # points: 5 mm that no printer reaches
LONG = "Thôn Đội Một Hợp tác xã Nông nghiệp Quyết Tiến Thượng Hạ Trung"  # 62 letters
LONG_PERSON = "Nguyễn Hoàng Phương Thảo Trần Lê Thị Khánh Huyền Diễm Quỳnh Hương Giang"


def nobody(register: Register) -> None:
    """Villages without a household, no population, no office, no signer."""


def one_household(register: Register) -> None:
    home = register.household("Lò Văn Ún", "Lò Thị Hà")
    register.give_class(home.uid)


def long_names(register: Register) -> None:
    village = register.villages["A"]
    areas.change_area(register.database, register.context, village, date(2025, 1, 2), name=LONG)
    home = register.household(LONG_PERSON, LONG_PERSON)
    register.give_class(home.uid, "near_poor")


def sound(doc: ReportDoc) -> None:
    """All letters stand where a printer reaches, the title among them, and nothing is ours."""
    with pypdfium2.PdfDocument(render_pdf(doc).data) as pdf:
        for page in pdf:
            width, height = page.get_size()
            text = page.get_textpage()
            for at in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(at)
                assert min(left, bottom, width - right, height - top) >= EDGE, doc.code
        said = pdf[0].get_textpage().get_text_range()
    for word in doc.title[0].split():
        assert word in said, doc.code
    assert not {"None", "{"} & set(said.replace("{", " { ").split()), doc.code


def documents(database: Database, year: int) -> Iterator[tuple[str, Callable[[], ReportDoc]]]:
    found = definitions()
    for code in found.reports:
        yield code, lambda code=code: paper(database, code, year)
    for code in found.name_lists:
        yield code, lambda code=code: make_list(database, found, code, year=year)
    for code in found.papers:
        yield code, lambda code=code: make_paper(database, found, code, today=date(year, 12, 31))[0]


@pytest.mark.parametrize(
    "year", [2026, *(pytest.param(year, marks=pytest.mark.long) for year in (2019, 2027))]
)
@pytest.mark.parametrize(
    "fill", [nobody, long_names, pytest.param(one_household, marks=pytest.mark.long)]
)
def test_a_sound_page_or_a_sentence(
    tmp_path: Path, fill: Callable[[Register], None], year: int
) -> None:
    made, refused = 0, []
    with empty_database(tmp_path / "so.db") as database:
        fill(make_register(database, "AB"))
        for _, make in documents(database, year):
            try:
                doc = make()
            except AppError as error:
                refused.append(error)
                continue
            sound(doc)
            made += 1
    assert made >= (30 if year > 2019 else 10)
    for error in refused:
        assert error.code in texts.ERRORS
        assert texts.error_text(error).endswith(".")


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_ten_thousand_households(tmp_path: Path) -> None:
    with empty_database(tmp_path / "so.db") as database:
        make_sample(database, seeded_contexts(1, "đo"), definitions(), households=10_000)
        for code, make in documents(database, 2026):
            start = time.perf_counter()
            try:
                doc = make()
            except AppError:
                continue  # what it needs is not there: a sentence, as above
            made = time.perf_counter()
            data = render_pdf(doc).data
            end = time.perf_counter()
            rows = sum(len(table.rows) for table in doc.tables)
            print(f"{code}: {rows} rows, made {made - start:.2f} s, PDF {end - made:.2f} s")
            assert end - start < 60
            if rows < 1000:
                sound(doc)
            assert data.startswith(b"%PDF")
