"""The monthly report as a workbook, read back."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from giamngheo_desktop.cli.main import entry
from giamngheo_desktop.exports.monthly_list import monthly_workbook
from giamngheo_desktop.services.review import monthly_report
from tests.harness.register import empty_database, make_register
from tests.services.test_applications import DEFINITIONS, apply
from tests.services.test_in_year import answer, open_month


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with empty_database(tmp_path / "s.gndb") as file:
        register = make_register(file)
        new = register.household("Y Mới", "Y Con", village="B")
        register.give_class(register.household("Hồ Văn Cũ").uid, "poor", year=2025)
        uid = apply(register, household=new.uid, village="B")
        open_month(register)
        answer(register, uid, household_class="poor")
        found = monthly_report.report(
            file, DEFINITIONS, commune=register.commune, year=2026, month=3
        )
        (tmp_path / "thang.xlsx").write_bytes(monthly_workbook(found))
        assert monthly_workbook(found) == monthly_workbook(found)
        file.checkpoint()
    return tmp_path / "s.gndb"


def test_the_workbook_has_numbers_and_names(path: Path) -> None:
    book = load_workbook(io.BytesIO((path.parent / "thang.xlsx").read_bytes()))
    rows = [tuple(row) for row in book.active.iter_rows(values_only=True)]
    assert rows[1][0] == (
        "Giấy đề nghị: 1; công nhận 1, không đủ điều kiện 0, rút 0, chưa trả lời 0."
    )
    assert rows[2][0] == "Báo cáo chậm nhất ngày 05/04/2026."
    assert rows[3][:4] == (
        "STT",
        "Thôn, tổ dân phố",
        "Hộ nghèo đầu tháng (hộ)",
        "Hộ nghèo: vào (hộ)",
    )
    assert [row[1:9] for row in rows[4:]] == [
        ("Thôn A", 1, 0, 0, 1, 1, None, None),
        ("Thôn B", 0, 1, 0, 1, 2, "Y Mới", None),
        ("Thôn C", 0, 0, 0, 0, 0, None, None),
        ("Tổng cộng", 1, 1, 0, 2, 3, None, None),
    ]


def test_the_command_says_the_same(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = path.parent / "xuat.xlsx"
    command = ["monthly", "--db", str(path), "--year", "2026", "--month", "3"]
    assert entry([*command, "--json", "-o", str(out)]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["total"]["poor"]["closing"] == {"households": 2, "persons": 3}
    assert [one["name"] for one in said["moved"]] == ["Y Mới"]
    assert said["due"] == date(2026, 4, 5).isoformat()
    assert out.read_bytes() == (path.parent / "thang.xlsx").read_bytes()
    assert entry([*command[:-1], "2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "Trong tháng không có giấy đề nghị nên không mở đợt rà soát." in lines
    assert "Hộ nghèo đầu tháng (hộ): 1" in lines
