"""Packages: what is written comes back whole, and what was changed on the way is refused."""

from __future__ import annotations

import io
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from giamngheo_desktop.domain import package
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.package import (
    DataTable,
    Manifest,
    PackageKind,
    ReadableSheet,
    Values,
)
from giamngheo_desktop.exports.package_read import PackageReader
from giamngheo_desktop.exports.package_write import write_package
from giamngheo_desktop.texts import error_text
from tests.harness.examples import examples
from tests.harness.libreoffice import SOFFICE, saved_again
from tests.harness.spoilt.rows import by_hand

COLUMNS = ("uid", "name", "note")
LONG = "Xã Tân Hợp " * 9_000
ROWS: tuple[Values, ...] = (
    ("a1", "Nguyễn Văn A", None),
    ("a2", "", "=1+1"),
    ("a3", " đầu và cuối ", "dòng\r\nhai\tcột\\ _x000D_ \x00 <&>\"'"),
    ("a4", LONG, "\\0"),
    ("a5", "00123", "1e5"),
    ("a6", "TRUE", "#N/A"),
    ("a7", None, "\xa0\u3000"),
)


def manifest(**changed: object) -> Manifest:
    said: dict[str, object] = {
        "kind": PackageKind.UP,
        "schema": "0007",
        "program": "1.0",
        "unit": "ab" * 16,
        "unit_name": "Xã =Tân Hợp",
        "level": "commune",
        "year": 2026,
        "facts": {"checks": "0", "dài": LONG},
    }
    return Manifest(**{**said, **changed})  # type: ignore[arg-type]


def _book() -> bytes:
    made = Workbook()
    made.active.append(["Bìa"])
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


BOOK = _book()


def written(rows: Sequence[Values] = ROWS) -> tuple[bytes, Manifest]:
    tables = [DataTable("person", COLUMNS, rows), DataTable("area", ("uid",), ())]
    return write_package(BOOK, manifest(), tables)


@pytest.fixture(scope="module")
def reader() -> Iterator[PackageReader]:
    with PackageReader() as opened:
        yield opened


def read(reader: PackageReader, path: Path) -> tuple[Manifest, dict[str, list[Values]]]:
    found, batches = reader.read(path)
    tables: dict[str, list[Values]] = {}
    for batch in batches:
        tables.setdefault(batch.table, []).extend(tuple(row) for row in batch.rows)
    return found, tables


def test_what_is_written_comes_back(reader: PackageReader, tmp_path: Path) -> None:
    data, sealed = written()
    path = tmp_path / "gói.xlsx"
    path.write_bytes(data)
    found, tables = read(reader, path)
    assert found == sealed == reader.manifest(path)
    assert tables == {"person": list(ROWS), "area": []}
    assert written()[0] == data
    shown = load_workbook(io.BytesIO(data))
    assert [sheet.title for sheet in shown.worksheets if sheet.sheet_state == "visible"] == [
        "Sheet"
    ]


def test_a_long_table_goes_on_in_a_second_sheet(
    reader: PackageReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("giamngheo_desktop.exports.package_write.MOST_ROWS", 3)
    data, sealed = written()
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    assert "data_person.3" in load_workbook(io.BytesIO(data), read_only=True).sheetnames
    assert read(reader, path) == (sealed, {"person": list(ROWS), "area": []})


def test_saved_by_another_program_it_still_proves_whole(
    reader: PackageReader, tmp_path: Path
) -> None:
    data, sealed = written()
    path = tmp_path / "a.xlsx"
    load_workbook(io.BytesIO(data)).save(path)
    assert read(reader, path) == (sealed, {"person": list(ROWS), "area": []})


@pytest.mark.long
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_saved_by_libreoffice_it_still_proves_whole(reader: PackageReader, tmp_path: Path) -> None:
    data, sealed = written()
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    (tmp_path / "again").mkdir()
    again = saved_again(path, tmp_path / "again")
    assert again.read_bytes() != data
    assert read(reader, again) == (sealed, {"person": list(ROWS), "area": []})


def _changed(data: bytes, change: Callable[[Workbook], None]) -> bytes:
    opened = load_workbook(io.BytesIO(data))
    change(opened)
    target = io.BytesIO()
    opened.save(target)
    return target.getvalue()


def _set(sheet: str, place: str, value: object) -> Callable[[Workbook], None]:
    def change(opened: Workbook) -> None:
        opened[sheet][place] = value

    return change


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_set("data_person", "B2", "Nguyễn Văn B"), "package_row_changed"),
        (_set("data_person", "B6", 123), "package_row_changed"),
        (_set("data_person", "D1", None), "package_damaged"),
        (_set("data_person", "A1", 1.5), "package_damaged"),
        (lambda opened: opened["data_person"].delete_rows(2), "package_damaged"),
        (lambda opened: opened.remove(opened["data_area"]), "package_damaged"),
        (lambda opened: opened.create_sheet("data_more"), "package_damaged"),
        (_set("manifest", "B5", "cd" * 16), "package_damaged"),
        (_set("manifest", "B2", "kind"), "package_damaged"),
        (_set("manifest", "B1", "2"), "package_newer"),
        (_set("manifest", "A1", "x"), "package_foreign"),
        (lambda opened: opened.remove(opened["manifest"]), "package_foreign"),
    ],
)
def test_what_was_changed_is_refused(
    change: Callable[[Workbook], None], code: str, reader: PackageReader, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(_changed(written()[0], change))
    with pytest.raises(AppError) as refused:
        read(reader, path)
    assert refused.value.code == code
    assert "a.xlsx" in error_text(refused.value)


@pytest.mark.parametrize("said", ["a\tb", "a\nb", "a_x000D_b", "\\q", "\\u00"])
def test_a_cell_that_no_writer_makes_is_refused_though_its_hash_fits(
    said: str, reader: PackageReader, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"

    def made(cell: str) -> bytes:
        return by_hand(manifest(facts={}), [DataTable("person", COLUMNS, [("a1", cell, None)])])

    path.write_bytes(made("a b"))
    assert read(reader, path)[1] == {"person": [("a1", "a b", None)]}
    path.write_bytes(made(said))
    with pytest.raises(AppError, match=r"package_(damaged|row_changed)"):
        read(reader, path)


@pytest.mark.parametrize(
    "said",
    [{"unit": "x"}, {"year": 10**30}, {"sequence": 2**70}, {"sequence": -1}, {"made_at": "x"},
     {"made_at": "2026-01-01T00:00:00+07:00"}],
)  # fmt: skip
def test_a_manifest_that_names_no_unit_year_or_moment_is_refused(
    said: dict[str, object], reader: PackageReader, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(write_package(BOOK, manifest(**said), [])[0])
    with pytest.raises(AppError, match="package_damaged"):
        reader.manifest(path)


def test_of_two_under_one_name_neither_is_believed(reader: PackageReader, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(written()[0])
    with zipfile.ZipFile(path, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("xl/worksheets/sheet1.xml", archive.read("xl/worksheets/data1.xml"))
    with pytest.raises(AppError, match="package_damaged"):
        read(reader, path)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_set("Sheet", "A1", "Bìa giả"), "sheet Sheet, dòng 1"),
        (_set("Sheet", "C3", 184), "sheet Sheet, dòng 2"),
        (_set("Sổ", "B2", 184), "sheet Sổ, dòng 2"),
        (lambda opened: opened.remove(opened["Sổ"]), "thiếu sheet Sổ"),
        (lambda opened: opened.create_sheet("BC1"), "thiếu sheet BC1"),
    ],
)
def test_a_readable_sheet_that_was_changed_is_refused(
    change: Callable[[Workbook], None], said: str, reader: PackageReader, tmp_path: Path
) -> None:
    shown = [ReadableSheet("Sổ", ("Tên", "Số hộ"), [("Thôn\u00a0A _x0041_ ", 183)])]
    data, sealed = write_package(BOOK, manifest(), [], readable=shown)
    path = tmp_path / "a.xlsx"
    path.write_bytes(_changed(data, lambda _: None))
    assert read(reader, path) == (sealed, {})
    path.write_bytes(_changed(data, change))
    with pytest.raises(AppError) as refused:
        read(reader, path)
    assert said in error_text(refused.value)


def test_a_package_of_before_the_seals_is_read(reader: PackageReader, tmp_path: Path) -> None:
    data, sealed = write_package(BOOK, manifest(facts={"checks": "0"}), [])
    old = replace(sealed, facts={"checks": "0"}).sealed(sealed.tables)

    def unsealed(opened: Workbook) -> None:
        del opened["manifest"]
        made = opened.create_sheet("manifest")
        for row in package.manifest_rows(old):
            made.append(row)
        opened["Sheet"]["A1"] = "Bìa khác"

    path = tmp_path / "a.xlsx"
    path.write_bytes(_changed(data, unsealed))
    assert sealed.seals
    assert not old.seals
    assert read(reader, path) == (old, {})


def test_a_sheet_for_a_village_head_may_be_changed(reader: PackageReader, tmp_path: Path) -> None:
    data, sealed = write_package(BOOK, manifest(kind=PackageKind.VILLAGE), [])
    path = tmp_path / "a.xlsx"
    path.write_bytes(_changed(data, _set("Sheet", "A1", "Ghi thêm")))
    assert not sealed.seals
    assert read(reader, path) == (sealed, {})


def test_what_is_no_workbook_is_refused_and_the_next_is_read(
    reader: PackageReader, tmp_path: Path
) -> None:
    data, sealed = written()
    whole = tmp_path / "whole.xlsx"
    whole.write_bytes(data)
    path = tmp_path / "a.xlsx"
    wide = io.BytesIO()
    made = Workbook()
    made.active.title = "manifest"
    made.active["A1"], made.active["XFD1048576"] = "format", "1"
    made.save(wide)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"")
        archive.filelist[0].file_size = 2_000_000_000
    codes = set()
    for content in (
        data[: len(data) // 2],
        b"",
        b"\xd0\xcf\x11\xe0",
        wide.getvalue(),
        bomb.getvalue(),
    ):
        path.write_bytes(content)
        with pytest.raises(AppError) as refused:
            read(reader, path)
        codes.add(refused.value.code)
        assert reader.manifest(whole) == sealed
    assert codes == {"package_unreadable", "package_locked", "workbook_too_big"}


def test_a_reading_left_in_the_middle_costs_nothing(reader: PackageReader, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(written([(f"u{at}", "x", None) for at in range(3_000)])[0])
    _, batches = reader.read(path)
    next(batches)
    _, tables = read(reader, path)
    assert len(tables["person"]) == 3_000


def test_a_child_begins_with_nothing_it_does_not_need() -> None:
    """A spoilt file costs a child, and a folder may hold many."""
    heavy = {"sqlalchemy", "giamngheo_desktop.texts", "openpyxl", "docx", "PySide6"}
    code = (
        "import sys; from giamngheo_desktop.app import entry; "
        f"entry(['--read-packages']); print(sorted({heavy!r} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, stdin=subprocess.DEVNULL
    )
    assert done.stdout.split() == [b"[]"], done.stdout


@settings(max_examples=examples(50, 2_000))
@given(st.lists(st.one_of(st.none(), st.text()), min_size=1, max_size=4))
def test_a_cell_keeps_any_text(values: list[str | None]) -> None:
    texts = package.cell_texts(values)
    assert [package.value_of(text) for text in texts] == values
    assert texts == [package.cell_text(value) for value in values]
    line = package.row_line(texts)
    assert line.count(b"\t") == len(values) - 1
    assert line.count(b"\n") == 1


@settings(max_examples=examples(30, 500))
@given(
    st.dictionaries(st.text("ab", min_size=1), st.text()),
    st.one_of(st.none(), st.integers(1, 9999)),
)
def test_a_manifest_comes_back_from_its_rows(facts: dict[str, str], year: int | None) -> None:
    sealed = manifest(facts=facts, year=year).sealed([package.TableEntry("area", 3, "ab")])
    assert package.manifest_of(package.manifest_rows(sealed)) == sealed
    assert sealed.is_sound


def test_a_readable_list_shows_its_cells_whole_on_pages_of_one_width() -> None:
    long = "Nguyễn Thị Thanh Hằng"
    shown = [ReadableSheet("Sổ", ("TT", "Tên"), [(1, long), (2, "An")])]
    data, _ = write_package(BOOK, manifest(), [], readable=shown)
    sheet = load_workbook(io.BytesIO(data))["Sổ"]
    assert sheet.column_dimensions["B"].width > len(long)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToHeight, sheet.page_setup.orientation) == (0, "landscape")
