"""`giamngheo corrections` and `report --edition` on a corrected file."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from giamngheo_desktop.cli.main import entry
from giamngheo_desktop.services import areas
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import empty_database, make_context, make_register
from tests.services.test_corrections import NEAR, POOR, close, correct, home


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with empty_database(tmp_path / "xã.db") as database:
        register = make_register(database)
        home(register, "Một", "A", (2025, POOR))
        two = home(register, "Hai", "B", (2025, POOR))
        close(register, 2025)
        correct(register, two, NEAR, document="12/QĐ-UBND")
    return tmp_path / "xã.db"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = entry([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_corrections_with_the_numbers_they_changed(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "corrections", "--db", file, "--year", 2025, "--json")
    found = json.loads(out)
    (one,) = found["corrections"]
    assert code == 0
    assert (one["head"], one["village"], one["document"]) == ("Hai", "Thôn B", "12/QĐ-UBND")
    assert one["before"] == {"class": "poor", "average_living": False}
    assert one["after"] == {"class": "near_poor", "average_living": False}
    total = [
        (diff["report"], diff["column"], diff["before"], diff["after"])
        for diff in found["differences"]
        if diff["row"] == "Tổng cộng" and diff["column"].endswith("_households")
    ]
    assert total == [("BC1", "poor_households", 2, 1), ("BC1", "near_poor_households", 0, 1)]
    assert {home["head"] for diff in found["differences"] for home in diff["households"]} == {"Hai"}


def test_corrections_as_lines(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "corrections", "--db", file, "--year", 2025)
    lines = out.splitlines()
    assert code == 0
    assert lines[0].endswith("Hai (Thôn B): nghèo → cận nghèo. Cộng nhầm điểm B1 (12/QĐ-UBND)")
    assert "BC1, lần 1 → lần 2: Tổng cộng, cột 3: 2 → 1" in lines
    (closing,) = (line for line in lines if "cột Hộ nghèo cuối năm 2025" in line and "Tổng" in line)
    assert closing.endswith("cột Hộ nghèo cuối năm 2025 (thực hiện) – TS: 2 → 1")
    _, out, _ = run(capsys, "corrections", "--db", file, "--year", 2026)
    assert out == "Năm 2026 chưa có đính chính nào.\n"


def test_a_report_of_an_edition(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("report", "BC1", "--db", file, "--year", 2025, "--format", "json", "-o")
    values = []
    for options in ((), ("--edition", 1), ("--edition", 2)):
        assert run(capsys, *asked, tmp_path / "ra.json", *options)[0] == 0
        doc = json.loads((tmp_path / "ra.json").read_text("utf-8"))
        total = doc["rows"][-1] if doc["rows"][-1]["level"] == 0 else doc["rows"][0]
        values.append((doc["extra"]["edition"], total["values"]["poor_households"]))
    assert values == [("2", 1), ("1", 2), ("2", 1)]
    code, _, said = run(capsys, *asked, tmp_path / "ra.json", "--edition", 3)
    assert (code, said) == (
        2,
        "Biểu năm 2025 không có lần 3 (đang có 2 lần, tính từ khi khóa sổ).\n",
    )


def test_the_movement_with_its_reasons(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "movement", "--db", file, "--year", 2026, "--json")
    found = json.loads(out)
    poor, near = found["tables"]
    assert code == 0
    assert (found["year"], found["standard"]) == (2026, "2022")
    assert [table["bridge"]["opening"] for table in (poor, near)] == [1, 1]
    assert {one["flow"] for one in poor["households"]} == {"opening", "other_decrease"}
    (left,) = (one for one in poor["households"] if one["flow"] == "other_decrease")
    assert left["why"] == "Cuối năm 2025 là hộ nghèo; không có kết quả cuối năm 2026."


def test_a_corrected_population_is_told_with_its_reason(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = Database(file)
    village = areas.tree(database, date(2025, 12, 31)).villages()[0].uid
    numbers = {village: {"households": 90, "persons": 300}}
    areas.save_population(database, make_context(seed=3), 2025, numbers, reason="Đếm nhầm")
    database.close()
    code, out, _ = run(capsys, "corrections", "--db", file, "--year", 2025)
    assert code == 0
    assert "Dân số Thôn A: Đếm nhầm" in out.splitlines()
    assert "BC1, lần 2 → lần 3: Thôn A, cột 1: – → 90" in out.splitlines()
    _, out, _ = run(capsys, "corrections", "--db", file, "--year", 2025, "--json")
    (one,) = json.loads(out)["population"]
    assert (one["name"], one["reason"]) == ("Thôn A", "Đếm nhầm")
