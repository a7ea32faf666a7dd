"""What users typed is text in every workbook we write, whatever it begins with."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from giamngheo_desktop.domain.package import DataTable, Manifest, PackageKind
from giamngheo_desktop.exports.import_template import template_workbook
from giamngheo_desktop.exports.list_write import ListColumn, list_workbook
from giamngheo_desktop.exports.package_write import write_package
from giamngheo_desktop.exports.table_fill import filled
from giamngheo_desktop.exports.village_sheet import village_workbook
from giamngheo_desktop.exports.xlsx_write import render_xlsx
from giamngheo_desktop.reports.document import Cell, Form
from giamngheo_desktop.reports.list_layouts import render_layout
from giamngheo_desktop.services.importing.plan import Purpose
from giamngheo_desktop.services.importing.template import ImportTemplate, template_columns
from tests.harness.register import STANDARD, Register, empty_database, make_register
from tests.harness.review import shipped
from tests.harness.village_sheets import collected
from tests.reports import papers

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
    manifest = Manifest(
        kind=PackageKind.UP, schema="1", program="1", unit="0" * 32, unit_name=TYPED[0],
        level="commune", made_by=TYPED[1],
    )  # fmt: skip
    rows = [(text, text) for text in TYPED]
    return write_package(listed(), manifest, [DataTable("t", ("a", "b"), rows)])[0]


def of_register(register: Register) -> Iterator[bytes]:
    for text in TYPED:
        home = register.household(text.strip(), text, address=text, note=text, code=text)
        register.give_class(home.uid, "poor")
    yield render_layout(register.database, shipped(), "27", year=2026, standard=STANDARD)
    yield village_workbook(collected(register))


def template() -> bytes:
    columns = tuple(template_columns(shipped(), Purpose.NEW, TYPED))
    rows = tuple((text,) * len(columns) for text in TYPED)
    made = ImportTemplate(
        purpose=Purpose.NEW, year=2026, unit=TYPED[0], day=None, columns=columns, rows=rows
    )
    return template_workbook(made)


def check(data: bytes) -> None:
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
    assert {"=1+1", "+84912", "-5 hộ", "@SUM(A1)", "#N/A"} <= set(seen)
    assert set(seen.values()) == {"s"}


@pytest.mark.parametrize("make", [listed, report, own_table, package, template])
def test_typed_texts_stay_texts(make: Callable[[], bytes]) -> None:
    check(make())


def test_in_what_a_register_gives(tmp_path: Path) -> None:
    with empty_database(tmp_path / "a.db") as database:
        for data in of_register(make_register(database, "A")):
            check(data)
