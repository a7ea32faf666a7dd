"""`giamngheo period-list`: the list of a period as data, as lines and as a paper."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from giamngheo_desktop.cli.main import entry
from giamngheo_desktop.services import events
from tests.harness.register import empty_database, make_register
from tests.services.test_period_lists import issue, person, poor


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("xã") / "xã.db"
    with empty_database(path) as database:
        register = make_register(database)
        args = (register.database, register.context)
        home = poor(register, "An", "Bình")
        other = poor(register, "Dũng", village="B", name="near_poor")
        issue(register, "2026-09", issued_on=date(2026, 9, 5))
        child = register.member("Khánh", birth=None, id_number="012345678901")
        events.birth(*args, household=home.uid, child=child, day=date(2026, 10, 20))
        events.death(*args, household=home.uid, person=person(home, "Bình"), day=date(2026, 9, 9))
        register.give_class(
            other.uid, "poor", valid_from=date(2026, 10, 10), source="decision",
            decision_number="7/QĐ-UBND", decision_on=date(2026, 10, 10),
        )  # fmt: skip
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = entry(["period-list", *(str(argument) for argument in arguments)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_month_as_data(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--db", file, "--policy", "bhyt", "--period", "2026-10", "--json")
    code, out, _ = run(capsys, *asked)
    found: dict[str, Any] = json.loads(out)
    assert (code, found["base"]["period"], found["base"]["rows"]) == (0, "2026-09", 3)
    assert [(row["name"], row["ground"], row["village"]) for row in found["rows"]] == [
        ("An", "poor", "Thôn A"),
        ("Khánh", "poor", "Thôn A"),
        ("Dũng", "poor", "Thôn B"),
    ]
    told = {
        key: [(row["name"], row["why"], row["day"]) for row in found[key]]
        for key in ("added", "removed", "changed")
    }
    assert told == {
        "added": [("Khánh", "birth", "2026-10-20")],
        "removed": [("Bình", "death", "2026-09-09")],
        "changed": [("Dũng", "recognised", "2026-10-10")],
    }
    assert (found["kept"], found["certainty"]) == (1, "to_confirm")
    assert found["changed"][0]["then"]["ground"] == "near_poor"
    assert run(capsys, *asked)[1] == out  # nothing was written


def test_a_month_as_lines(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = run(capsys, "--db", file, "--policy", "bhyt", "--period", "2026-10")[1].splitlines()
    assert lines[0] == "Bảo hiểm y tế – Xã Sơn Tây – Tháng 10 năm 2026"
    assert (
        "So với danh sách của tháng 9 năm 2026 lập ngày 05/09/2026: tăng 1, giảm 1, đổi 1, "
        "giữ nguyên 1"
    ) in lines
    assert (
        "    Dũng – hộ Dũng, Thôn B: Hộ nghèo, được công nhận: nghèo (QĐ 7/QĐ-UBND ngày "
        "10/10/2026) 10/10/2026"
    ) in lines


def test_a_paper_has_the_changes_and_a_posting_no_numbers(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--db", file, "--policy", "bhyt", "--period", "2026-10", "-o")
    book = tmp_path / "tháng 10.xlsx"
    assert run(capsys, *asked, book)[0] == 0
    sheets = openpyxl.load_workbook(book)
    assert sheets.sheetnames == ["Tăng", "Giảm", "Đổi", "Danh sách"]
    whole = _words(sheets["Danh sách"])
    assert {"Khánh", "012345678901", "Tổng cộng: 3 người"} <= whole
    assert "chết" in _words(sheets["Giảm"])
    posted = tmp_path / "công khai.xlsx"
    assert run(capsys, *asked, posted, "--posting")[0] == 0
    sheets = openpyxl.load_workbook(posted)
    assert sheets.sheetnames == ["Danh sách"]
    words = _words(sheets["Danh sách"])
    assert {"Khánh", "2026", "Năm sinh"} <= words
    assert not {"012345678901", "Ngày sinh", "Số định danh"} & words
    for form in ("pdf", "docx"):
        assert run(capsys, *asked, tmp_path / f"a.{form}")[0] == 0


def _words(sheet: Any) -> set[str]:
    return {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell}


@pytest.mark.parametrize(
    ("policy", "period", "said"),
    [
        ("bhyt", "2026-Q1", "lập theo tháng, ví dụ 2026-11; không nhận “2026-Q1”"),
        ("hoc_phi", "2026-2027", "từ 27/08/2021 đến 31/08/2025, không lập cho kỳ 2026-2027"),
        ("gạo", "2026-11", "chỉ có bhyt, chi_phi_hoc_tap, hoc_phi, tien_dien"),
    ],
)
def test_what_cannot_be_listed_is_refused(
    file: Path, capsys: pytest.CaptureFixture[str], policy: str, period: str, said: str
) -> None:
    code, _, err = run(capsys, "--db", file, "--policy", policy, "--period", period)
    assert code == 2
    assert said in err
