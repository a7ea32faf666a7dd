"""An error of a formula is seen in every kind of workbook, not taken for an empty cell."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from giamngheo_desktop.exports import error_marks

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
