"""What people read in a package is sealed beside the values: nothing may show other figures."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.formatting.rule import CellIsRule

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.package import (
    SEAL,
    Manifest,
    PackageKind,
    ReadableSheet,
    manifest_rows,
)
from giamngheo_desktop.exports.package_book import package_book
from giamngheo_desktop.exports.package_read import PackageReader
from giamngheo_desktop.exports.package_write import write_package
from giamngheo_desktop.texts import error_text
from tests.harness.libreoffice import SOFFICE, saved_again

SHOWN = [ReadableSheet("Sổ", ("Tên", "Số hộ"), [("Thôn A", 183), ("Thôn B", 0)])]
NOUGHT = '#,##0;-#,##0;"–"'


@pytest.fixture(scope="module")
def package() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["BC1", 21])
    sheet["B1"].number_format = NOUGHT
    sheet.print_area = "A1:B1"
    sheet.merge_cells("A3:B3")
    sheet.oddFooter.left.text = "Số liệu tính đến ngày 31/12/2026"
    target = io.BytesIO()
    book.save(target)
    manifest = Manifest(
        kind=PackageKind.UP, schema="0007", program="1.0", unit="ab" * 16, unit_name="Xã",
        level="commune", year=2026,
    )  # fmt: skip
    return write_package(target.getvalue(), manifest, [], readable=SHOWN)[0]


@pytest.fixture(scope="module")
def reader() -> Iterator[PackageReader]:
    with PackageReader() as opened:
        yield opened


def proven(reader: PackageReader, path: Path) -> Manifest:
    manifest, batches = reader.read(path)
    assert list(batches) == []
    return manifest


def in_book(change: Callable[[Workbook], None]) -> Callable[[bytes], bytes]:
    def made(data: bytes) -> bytes:
        opened = load_workbook(io.BytesIO(data))
        change(opened)
        target = io.BytesIO()
        opened.save(target)
        return target.getvalue()

    return made


def in_sheet(old: str, new: str) -> Callable[[bytes], bytes]:
    """In the XML of the plain sheet, which keeps its values."""

    def made(data: bytes) -> bytes:
        target = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(data)) as archive,
            zipfile.ZipFile(target, "w") as changed,
        ):
            for name in archive.namelist():
                text = archive.read(name)
                if name == "xl/worksheets/data1.xml":
                    assert old.encode() in text
                    text = text.replace(old.encode(), new.encode(), 1)
                changed.writestr(name, text)
        return target.getvalue()

    return made


def shows(code: str, sheet: str = "Sổ", place: str = "B2") -> Callable[[bytes], bytes]:
    def change(opened: Workbook) -> None:
        opened[sheet][place].number_format = code

    return in_book(change)


_END = "</sheetData>"


@pytest.mark.parametrize(
    "change",
    [
        shows('"9"'),
        shows(';;;"9"', place="A2"),
        shows('#,##0;-#,##0;"9"'),
        shows("0%"),
        shows("#,##0,"),
        shows('"9"', "Sheet", "B1"),
        in_sheet("<c><v>183</v>", "<c><f>4+5</f><v>183</v>"),
        in_sheet("<row>", '<row hidden="1">'),
        in_sheet("<row>", '<row ht="0" customHeight="1">'),
        in_sheet('<col min="2"', '<col hidden="true" min="2"'),
        in_sheet(_END, f"{_END}<headerFooter><oddHeader>&amp;C184 hộ</oddHeader></headerFooter>"),
        in_sheet(_END, f'{_END}<mergeCells><mergeCell ref="A2:B2"/></mergeCells>'),
        in_sheet(_END, f'{_END}<drawing xmlns:r="r" r:id="rId1"/>'),
        in_sheet("<worksheet", "<!DOCTYPE a><worksheet"),
        in_book(lambda book: setattr(book["Sổ"], "sheet_state", "hidden")),
        in_book(lambda book: setattr(book["Sổ"], "print_area", "A1:B2")),
        in_book(lambda book: setattr(book["Sheet"], "print_area", "A1:A1")),
        in_book(lambda book: book["Sheet"].unmerge_cells("A3:B3")),
        in_book(lambda book: setattr(book["Sheet"].oddFooter.left, "text", "Số liệu cuối năm")),
        in_book(
            lambda book: book["Sổ"].conditional_formatting.add(
                "B2", CellIsRule(operator="equal", formula=["183"])
            )
        ),
    ],
)
def test_what_shows_something_else_than_the_value_is_refused(
    change: Callable[[bytes], bytes], package: bytes, reader: PackageReader, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(change(package))
    with pytest.raises(AppError) as refused:
        proven(reader, path)
    assert refused.value.code == "package_look_changed"
    assert "a.xlsx bị sửa cách hiện ở sheet S" in error_text(refused.value)


@pytest.mark.parametrize("code", ["General", "#,##0", "0.00", NOUGHT, r"#,##0;\-#,##0;\–"])
def test_saved_again_and_with_a_format_of_the_program_it_proves_whole(
    code: str, package: bytes, reader: PackageReader, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(shows(code)(package))
    assert proven(reader, path).looks.keys() == {"Sheet", "Sổ"}


def test_a_package_of_before_the_looks_is_looked_at_all_the_same(
    package: bytes, reader: PackageReader, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(package)
    now = proven(reader, path)
    old = replace(now, facts={SEAL + name: said for name, said in now.seals.items()})

    def without_looks(opened: Workbook) -> None:
        del opened["manifest"]
        sheet = opened.create_sheet("manifest")
        for row in manifest_rows(old.sealed(old.tables)):
            sheet.append(row)
        opened["Sheet"].oddFooter.left.text = "Số liệu cuối năm"

    made = in_book(without_looks)(package)
    path.write_bytes(made)
    assert proven(reader, path).looks == {}
    path.write_bytes(shows('"9"')(made))
    with pytest.raises(AppError, match="package_look_changed"):
        proven(reader, path)


@pytest.mark.long
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_saved_by_libreoffice_it_shows_the_same(
    package: bytes, reader: PackageReader, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(package)
    (tmp_path / "again").mkdir()
    again = saved_again(path, tmp_path / "again")
    assert again.read_bytes() != package
    assert proven(reader, again).looks.keys() == {"Sheet", "Sổ"}


def test_the_cover_gives_every_line_of_a_text_its_room_and_writes_a_label_once() -> None:
    said = "TỔNG HỢP KẾT QUẢ CHÍNH THỨC RÀ SOÁT HỘ NGHÈO; HỘ CẬN NGHÈO – lập từ dữ liệu hiện có"
    lines = [("Đơn vị", "=Xã"), ("Các biểu", said), ("Các biểu", f"{said}, {said}, {said}")]
    made = datetime.fromisoformat("2026-11-28 08:00")
    cover = load_workbook(io.BytesIO(package_book("Bìa", lines, unit="Xã", made=made)))["Bìa"]
    rows = list(cover.iter_rows(min_row=3, max_row=5))
    assert [row[0].value for row in rows] == ["Đơn vị", "Các biểu", None]
    assert [(row[1].value, row[1].data_type) for row in rows] == [(text, "s") for _, text in lines]
    one, two, more = (cover.row_dimensions[row].height for row in (3, 4, 5))
    assert one <= two < more
    assert more >= 3 * 12 * 1.2  # three lines of size 12
