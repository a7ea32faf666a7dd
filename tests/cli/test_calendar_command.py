"""`giamngheo calendar`: what is due as JSON, lines and papers; presets, receipts, refusals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from giamngheo_desktop.cli.main import entry
from giamngheo_desktop.services.documents import versions
from tests.harness.register import empty_database, make_register

YEAR = 2025  # the machine's day lies behind it


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with empty_database(tmp_path / "xã.db") as database:
        register = make_register(database)
        versions.begin(database, register.context, register.commune, YEAR)
    return tmp_path / "xã.db"


def run(
    capsys: pytest.CaptureFixture[str], file: Path, *arguments: object, status: int = 0
) -> dict[str, Any]:
    asked = [str(one) for one in ("calendar", "--db", file, "--year", YEAR, *arguments, "--json")]
    assert entry(asked) == status
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_a_year_of_reports(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    presets = run(capsys, file, "--presets")["presets"]
    assert {one["code"]: len(one["schedules"]) for one in presets} == {
        "cam_phuc_nam_2023": 6,
        "dia_phuong_thua_thien_hue_2021": 3,
        "pho_minh_2024": 1,
        "son_tay_2021": 3,
        "thua_thien_hue_2021": 5,
    }
    for code in ("dia_phuong_thua_thien_hue_2021", "pho_minh_2024"):
        run(capsys, file, "--take", code)
    found = run(capsys, file, "--day", "2025-06-16")
    assert (found["year"], found["unit"], found["is_draft"]) == (YEAR, "Sơn Tây", True)
    assert [one["confirmed"] for one in found["schedules"]] == [False] * 4
    assert found["schedules"][3]["doubts"][0]["code"] == "no_due"
    outgoing = run(capsys, file, "--outgoing", "--day", "2025-06-16")["reports"]
    assert [(one["period"], one["due"], one["state"], one["days"]) for one in outgoing] == [
        ("ONCE", "2025-04-09", "late", 68),
        ("H1", "2025-06-19", "soon", 3),
        ("Y", "2025-11-29", "not_due", 166),
    ]
    incoming = run(capsys, file, "--incoming")["reports"]
    assert [(one["sender"], one["state"]) for one in incoming] == [
        ("Thôn A", "undated"),
        ("Thôn B", "undated"),
        ("Thôn C", "undated"),
    ]
    half, heads = found["schedules"][1]["key"], found["schedules"][3]["key"]
    assert run(capsys, file, "--confirm", half)["confirmed"] == [found["schedules"][1]["record"]]
    assert len(run(capsys, file, "--confirm")["confirmed"]) == 3
    (sent,) = run(capsys, file, "--received", half, "H1", "19/06/2025")["received"]
    run(capsys, file, "--received", heads, "Y", "2025-12-20", "Thôn B")
    assert len(run(capsys, file, "--received", heads, "Y", "2025-12-21")["received"]) == 2
    states = [one["text"] for one in run(capsys, file)["reports"]]
    assert states[1] == "đã nộp"
    assert states[3:] == ["đã nộp"] * 3
    assert run(capsys, file, "--received", half, "H1", "2025-06-19", status=2)["error"]["code"] == (
        "receipt_twice"
    )
    run(capsys, file, "--take-back", sent)
    assert run(capsys, file, "--outgoing")["reports"][1]["state"] == "late"
    for options in ((), ("--period", "Y")):
        book = tmp_path / "lịch.xlsx"
        assert run(capsys, file, *options, "-o", book)["output"] == str(book)
        sheet = openpyxl.load_workbook(book).worksheets[0]
        told = {cell.value for row in sheet.iter_rows() for cell in row}
        title = "TÌNH HÌNH NỘP BÁO CÁO" if options else "LỊCH BÁO CÁO NĂM 2025"
        assert title in told
    assert entry(["calendar", "--db", str(file), "--year", str(YEAR), "--period", "H1"]) == 0
    assert capsys.readouterr().out.startswith(
        "19/06/2025  Báo cáo 6 tháng đầu năm: Tình hình thực hiện Kế hoạch: chưa nộp, trễ"
    )


def test_what_is_refused(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def code(*options: object) -> str:
        return str(run(capsys, file, *options, status=2)["error"]["code"])

    assert code("--take", "nowhere") == "unknown_code"
    for name in ("Quảng Ngãi", "Thôn A"):
        assert code("--unit", name) == "planning_unit"
    assert code("-o", "a.txt") == "format_ending"
    assert code("--take", "son_tay_2021", "--presets") == "calendar_option"
    assert code("--received", "x", "Q1") == "calendar_received"
    assert code("--received", "x", "Q1", "hôm qua") == "calendar_received"
    assert code("--received", "x", "Q1", "2025-03-01") == "no_record_named"
    assert code("--confirm", "x") == "no_record_named"
    run(capsys, file, "--take", "son_tay_2021")
    key = run(capsys, file)["schedules"][0]["key"]
    for period in ("Q1", "Q7", "MX"):  # of another kind of report, of none
        assert code("--received", key, period, "2025-03-01") == "receipt_period"
    assert code("--received", key, "M01", "2025-02-01", "Thôn A") == "no_record_named"
    assert code("--take-back", "00000000-0000-0000-0000-000000000001") == "record_missing"
    asked = ["calendar", "--db", str(file), "--year", "2026", "--json", "--take", "son_tay_2021"]
    assert entry(asked) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "calendar_no_plan"
    assert entry(["calendar", "--db", str(file), "--year", "2026"]) == 0
    assert capsys.readouterr().out == "Chưa ghi chế độ báo cáo nào trong kế hoạch của năm.\n"


def test_the_lines_say_which_report_it_is(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its code, which way, from whom to whom, and what looks wrong, also where it is confirmed."""

    def said(*options: str) -> list[str]:
        assert entry(["calendar", "--db", str(file), "--year", str(YEAR), *options]) == 0
        return capsys.readouterr().out.splitlines()

    run(capsys, file, "--take", "cam_phuc_nam_2023")
    first, *others = run(capsys, file)["schedules"]
    (at,) = (n for n, line in enumerate(said()) if line.startswith(f"  {first['key']}  "))
    line = said()[at]
    assert first["direction"] == "incoming"
    assert "  Báo cáo gửi về: Báo cáo quý: " in line
    assert line.endswith(f"; {first['sender']} gửi Sơn Tây; hạn chưa xác nhận")
    open_cutoffs = [
        one
        for one in (first, *others)
        if "cutoff_open" in [doubt["code"] for doubt in one["doubts"]]
    ]
    assert open_cutoffs
    told = "hạn nộp trước khi hết kỳ mà chưa ghi ngày chốt số liệu."
    assert sum(line.endswith(told) for line in said()) == len(open_cutoffs)
    assert sum(line.endswith(told) for line in said("--confirm")) == len(open_cutoffs)
