"""`giamngheo village-sheets`: out to the village and back, as a technician types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.test_work_command import note, run
from tests.harness.register import empty_database, make_register

NOTE = 14  # the column of the household's note


def test_out_and_back_with_a_clash(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, folder = tmp_path / "xã.db", tmp_path / "phiếu"
    with empty_database(file) as database:
        register = make_register(database, "AB")
        home = register.household("Y Lan", "A Tý", house_wall="durable")
    leave = ("village-sheets", "export", "--year", 2026, "-o", folder, "--db", file)
    code, out, _ = run(capsys, *leave)
    (path,) = folder.iterdir()
    said = [f"{path}: Thôn A, 1 hộ", "Thôn B: không có hộ nào, không ghi tệp"]
    assert (code, out.splitlines()) == (0, said)
    note(file, home.uid, "của xã", seed=3)
    book = load_workbook(path)
    sheet = book["Hộ"]
    sheet.cell(4, NOTE).value, sheet.cell(4, 4).value = "của thôn", "Không bền chắc"
    sheet.cell(4, 7).value = "rộng"
    book.save(path)
    merge = ("village-sheets", "merge", path, "--db", file)
    code, out, _ = run(capsys, *merge, "--dry-run")
    assert code == 1
    assert out.splitlines() == [
        "Thôn A: mới 0, khác 1, xung đột 1, như nhau 0, chưa nhận 1",
        "Hộ – Y Lan: Vật liệu chính của tường nhà: “Bền chắc” thành “Không bền chắc”",
        "Hộ – Y Lan: Ghi chú: sổ ghi “của xã”, phiếu ghi “của thôn”; đang giữ “của xã”",
        "Hộ, dòng 4, cột G: “rộng”: Chỉ gõ số, phần lẻ sau dấu phẩy, ví dụ 32 hoặc 32,5.",
    ]
    code, out, _ = run(capsys, *merge, "--prefer", "theirs", "--json")
    (found,) = json.loads(out)["files"]
    assert (code, found["taken"], found["counts"]["clash"]) == (1, 2, 1)
    (tmp_path / "hỏng.xlsx").write_bytes(b"PK")
    row = next(cell.row for cell in sheet["A"] if cell.value == "M01")
    sheet.cell(row, 2).value = "A Tý"
    book.save(tmp_path / "mới.xlsx")
    merge_new = ("village-sheets", "merge", tmp_path / "mới.xlsx", "--db", file)
    code, out, _ = run(capsys, *merge_new, "--prefer", "theirs")  # takes nobody for new
    waits = "Hộ – A Tý: chưa nhận, đã có người có thể là một: A Tý · 05/1980 · Thôn A. "
    assert (code, waits + "Nếu là người khác thì lấy của phiếu." in out.splitlines()) == (1, True)
    for known in (("--known", "a tý"), ()):  # it is remembered
        out = run(capsys, *merge_new, *known)[1]
        assert "Hộ – A Tý: không nhận, đã giữ của sổ: A Tý · 05/1980 · Thôn A" in out.splitlines()
    code, out, _ = run(capsys, *merge_new, "--new", "a tý")
    assert "Hộ – A Tý: hồ sơ mới" in out.splitlines()
    code, out, _ = run(capsys, *merge[:2], tmp_path / "hỏng.xlsx", *merge[2:])
    assert code == 1
    assert out.startswith(f"{tmp_path / 'hỏng.xlsx'}: ")  # it stops no other
    assert "\nThôn A: mới 0, khác 0, xung đột 0, như nhau 0, chưa nhận 1\n" in out
    code, _, err = run(capsys, *leave, "--village", "Thôn B")
    assert (code, err) == (2, "Thôn B: không có hộ nào để ghi vào phiếu thôn.\n")
