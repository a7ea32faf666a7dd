"""What users typed is text in every workbook we write, whatever it begins with."""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from giamngheo_desktop.domain.package import DataTable, Manifest, PackageKind, ReadableSheet
from giamngheo_desktop.domain.sheet_table import Sheet
from giamngheo_desktop.exports.import_template import template_workbook
from giamngheo_desktop.exports.list_write import ListColumn, list_workbook
from giamngheo_desktop.exports.package_book import package_book
from giamngheo_desktop.exports.package_write import write_package
from giamngheo_desktop.exports.table_fill import filled
from giamngheo_desktop.exports.village_sheet import village_workbook
from giamngheo_desktop.exports.work_file import write_work
from giamngheo_desktop.exports.xlsx_write import render_xlsx
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.collecting import write_comments
from giamngheo_desktop.reports.document import Cell, Form
from giamngheo_desktop.reports.import_report import import_report
from giamngheo_desktop.reports.list_layouts import list_bytes, render_layout
from giamngheo_desktop.reports.name_list import read_list
from giamngheo_desktop.reports.packs import pack_bytes
from giamngheo_desktop.services.exchange import comments, work_package
from giamngheo_desktop.services.importing.plan import Purpose
from giamngheo_desktop.services.importing.planning import Source
from giamngheo_desktop.services.importing.template import ImportTemplate, template_columns
from tests.harness.list_imports import town
from tests.harness.long_lists import long_list
from tests.harness.register import STANDARD, Register, empty_database, make_register
from tests.harness.review import shipped
from tests.harness.village_sheets import collected
from tests.reports import papers
from tests.reports.test_packs import OWN, own

TYPED = ["=1+1", "+84912", "-5 hộ", "@SUM(A1)", "\t=1+1", "\r=1+1", "#N/A", "=cmd|' /C calc'!A0"]


def listed() -> bytes:
    return list_workbook(TYPED[0], TYPED, [ListColumn(text) for text in TYPED], [TYPED])


def report() -> bytes:
    return render_xlsx(papers.bc1(title=tuple(TYPED), notes=tuple(TYPED)))


def own_table() -> bytes:
    book, target = openpyxl.Workbook(), io.BytesIO()
    book.save(target)
    cells = {f"A{row}": Cell.of_text(text) for row, text in enumerate(TYPED, start=1)}
    form = Form(
        data=target.getvalue(), sheet="Sheet", first=1, last=1, count=1, cells=cells,
        below=tuple(TYPED),
    )  # fmt: skip
    return filled(papers.bc1(), form)


def package() -> bytes:
    """Its cover, its tables, the sheets for people and those of data."""
    book = package_book(
        TYPED[0], [(text, text) for text in TYPED], [papers.bc1(notes=tuple(TYPED))],
        unit=TYPED[1], made=datetime.fromisoformat("2026-12-31 08:00"),
    )  # fmt: skip
    manifest = Manifest(
        kind=PackageKind.UP, schema="1", program="1", unit="0" * 32, unit_name=TYPED[0],
        level="commune", made_by=TYPED[1],
    )  # fmt: skip
    rows = [(text, text) for text in TYPED]
    readable = [ReadableSheet("Sổ", TYPED, [TYPED])]
    return write_package(book, manifest, [DataTable("t", ("a", "b"), rows)], readable=readable)[0]


def typed(register: Register) -> None:
    for text in TYPED:
        home = register.household(text.strip(), text, address=text, note=text, code=text)
        register.give_class(home.uid, "poor")


def of_register(register: Register, folder: Path) -> Iterator[bytes]:
    args = (register.database, register.context)
    yield render_layout(register.database, shipped(), "27", year=2026, standard=STANDARD)
    yield village_workbook(collected(register))
    yield pack_bytes(register.database, shipped(), "bang_27_cot", year=2026)
    yield list_bytes(read_list(register.database, shipped(), "ho_ngheo", year=2026), "xlsx")
    unit, path = register.commune, folder / "a.xlsx"
    villages = [register.villages["A"]]
    write_work(path, work_package.collect(*args, villages, unit=unit, program=TYPED[0]))
    yield path.read_bytes()
    for text in TYPED:
        said = dict.fromkeys(("report", "row", "column", "figure", "text"), text)
        comments.add(*args, unit=unit, year=2026, **said)
    write_comments(*args, unit, path)
    yield path.read_bytes()


def import_report_of(folder: Path) -> bytes:
    with town(folder) as here:
        rows = dict(long_list(4 * len(TYPED)).rows)
        for text, number in zip(TYPED, range(8, 8 + 4 * len(TYPED), 4), strict=True):
            rows[number] = (*rows[number][:3], text, *rows[number][4:])
        plan = here.plan(Source(name=TYPED[0], sha256="", sheets=[Sheet(name=TYPED[1], rows=rows)]))
        return make.render(import_report(here.apply(plan).value), "xlsx")


def template() -> bytes:
    columns = tuple(template_columns(shipped(), Purpose.NEW, TYPED))
    rows = tuple((text,) * len(columns) for text in TYPED)
    made = ImportTemplate(
        purpose=Purpose.NEW, year=2026, unit=TYPED[0], day=None, columns=columns, rows=rows
    )
    return template_workbook(made)


SHOWN = frozenset({"=1+1", "+84912", "-5 hộ", "@SUM(A1)", "#N/A"})


def check(data: bytes, shown: frozenset[str] = SHOWN) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                assert b"<f>" not in archive.read(name), name
    book = openpyxl.load_workbook(io.BytesIO(data))
    seen = {
        cell.value: cell.data_type
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    }
    assert shown <= set(seen)
    assert set(seen.values()) == {"s"}


@pytest.mark.parametrize("make", [listed, report, own_table, package, template])
def test_typed_texts_stay_texts(make: Callable[[], bytes]) -> None:
    check(make())


def test_in_what_a_register_gives(tmp_path: Path) -> None:
    with empty_database(tmp_path / "a.db") as database:
        register = make_register(database, "A")
        typed(register)
        for data in of_register(register, tmp_path):
            check(data)


def test_in_the_report_of_an_import(tmp_path: Path) -> None:
    check(import_report_of(tmp_path), frozenset({TYPED[1]}))  # its sheet; such names are refused


def test_in_a_pack_of_texts(tmp_path: Path) -> None:
    """Nothing there says what is a text: what would be a formula is marked."""
    definitions = own(tmp_path, OWN.replace("FORM", "csv").replace("near_poor", "poor"))
    with empty_database(tmp_path / "a.db") as database:
        register = make_register(database, "A")
        typed(register)
        for text in (" =1+1", "\u00a0+1", "\uff1d1+1", "\n@A1", "Y =1"):
            home = register.household("Chủ", text)
            register.give_class(home.uid, "poor")
        data = pack_bytes(database, definitions, "he_thong_x", year=2026)
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    names = [row[0] for row in rows[1:]]
    assert len(names) == 2 * (len(TYPED) + 5)
    assert {"'=1+1", "'+84912", "'-5 hộ", "'@SUM(A1)", "Y =1"} <= {*names}
    begins = {unicodedata.normalize("NFKC", name.strip())[0] for name in names}
    assert not begins & set("=+-@")
