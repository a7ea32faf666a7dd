"""An error of a formula is seen in every kind of workbook, not taken for an empty cell; and what
the fonts of an .xlsx say.
"""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from giamngheo_desktop.domain.sheet_table import Sheet
from giamngheo_desktop.domain.sheet_text import names_in_unicode
from giamngheo_desktop.exports import error_marks
from giamngheo_desktop.exports.xlsx_marks import marks_of
from tests.independent.lists.legacy import vni

ODS = (
    '<office:body><table:table table:name="Hộ &amp; người" table:style-name="t">'
    '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    '<table:table-row><table:table-cell table:number-columns-repeated="2"/>'
    '<table:table-cell office:value-type="string" calcext:value-type="error"><text:p>#N/A</text:p>'
    "</table:table-cell></table:table-row></table:table></office:body>"
)


def test_an_ods_counts_what_is_repeated(tmp_path: Path) -> None:
    path = tmp_path / "ds.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", ODS)
    assert error_marks.error_marks(path) == {"Hộ & người": {"C4": "cell_error"}}


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def test_an_xls_has_errors_typed_and_worked_out() -> None:
    cell = struct.pack("<HHH", 4, 2, 0)  # row 5, column C
    head = struct.pack("<HHH", 0, 0, 0)
    sheet = (
        _record(0x205, head + b"\x2a\x01")  # #N/A
        + _record(0x205, cell + b"\x01\x00")  # TRUE is no error
        + _record(0x06, cell + b"\x02\x00\x17\x00\x00\x00\xff\xff" + bytes(8))  # #REF!
        + _record(0x06, cell + struct.pack("<d", 2.5) + bytes(8))
        + _record(0x0A, b"")
    )
    name = "Hộ".encode("utf-16-le")
    begins = 4 + 8 + len(name) + 4
    bound = struct.pack("<IHBB", begins, 0, 2, 1) + name
    data = _record(0x85, bound) + _record(0x0A, b"") + sheet
    assert error_marks.of_workbook(data) == {"Hộ": {"A1": "cell_error", "C5": "cell_error"}}


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)]
)
def test_what_is_broken_has_no_marks(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "ds.xls"
    path.write_bytes(data)
    assert error_marks.error_marks(path) == {}


def test_the_font_tells_what_the_letters_leave_open(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    names = {2: vni("A Lăng Đhơ"), 3: "Hà Thái Sô", 4: "Lê Đức Thắng", 5: "Mai Lan", 6: 1980}
    for row, name in names.items():
        book.active.cell(row, 1, name).font = Font(name="VNI-Times")
    book.active.cell(7, 1, "Y Ôr").font = Font(name="Times New Roman")
    book.save(tmp_path / "ds.xlsx")
    marks = marks_of(tmp_path / "ds.xlsx")["Sheet"]
    assert marks == {f"A{row}": "font_vni" for row in (2, 3, 4, 5)}
    rows = {row: (name,) for row, name in {**names, 7: "Y Ôr"}.items()}
    read, _ = names_in_unicode(Sheet(name="DS", rows=rows, marks=marks), [0])
    assert read.text(2, 0) == "A Lăng Đhơ"
    assert (read.marks["A2"], read.marks["A3"]) == ("old_font", "old_font_maybe")
    # Unicode in such a cell, and words that are the same in both, are nobody's question
    assert (read.text(4, 0), read.marks["A4"]) == ("Lê Đức Thắng", "font_vni")
    assert "A7" not in read.marks
