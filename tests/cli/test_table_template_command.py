"""`giamngheo table-template`: a workbook is checked, taken, printed and taken away."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from giamngheo_desktop.cli.main import entry
from tests.harness.own_tables import workbook
from tests.harness.register import empty_database, make_register
from tests.harness.report_rows import type_population
from tests.services.test_corrections import POOR, close, home


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = entry([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_from_the_example_to_the_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, example = tmp_path / "xã.db", tmp_path / "Mẫu.xlsx"
    with empty_database(file) as database:
        register = make_register(database)
        home(register, "Một", "A", (2025, POOR))
        type_population(register, 2025, A=(16, 60), B=(32, 128), C=(5, 17))
        close(register.on("2025-12-18"), 2025)

    def table(*arguments: object) -> tuple[int, str, str]:
        return run(capsys, "table-template", *arguments)

    assert table("example", "-o", example) == (0, f"{example}\n", "")
    assert table("check", example)[0] == 0  # without a file there are no values
    code, out, err = table("add", example, "--db", file, "--name", "Biểu tỉnh", "--year", 2025)
    assert (code, out, err) == (0, "Đã nhận biểu BR1 · Biểu tỉnh.\n", "")
    assert table("list", "--db", file)[1] == "BR1 · Biểu tỉnh\n"
    target = tmp_path / "BR1.xlsx"
    asked = ("--db", file, "--year", 2025)
    assert run(capsys, "report", "br1", *asked, "--format", "xlsx", "-o", target)[0] == 0
    sheet = openpyxl.load_workbook(target).active
    texts = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[1:6] for row in texts if row[1] == "Thôn A"] == [["Thôn A", 16, 60, 1, 6.25]]
    code, out, _ = run(capsys, "issue", "BR1", *asked, "--number", "7/BC-UBND")
    assert (code, "7/BC-UBND" in out) == (0, True)

    broken = workbook(tmp_path / "Hỏng.xlsx", {"D8": "{{BC1.33}}", "E6": "Nghèo {{"})
    code, out, _ = table("check", broken, "--db", file, "--year", 2025, "--json")
    wrong = {one["cell"] for one in json.loads(out)["bindings"] if one["problem"]}
    assert (code, wrong >= {"D8", "E6"}) == (1, True)
    code, out, _ = table("add", broken, "--db", file, "--name", "Hỏng", "--year", 2025)
    assert code == 1
    assert "D8 · {{BC1.33}} ⚠ Không có cột “BC1.33”" in out
    assert out.splitlines()[-1].startswith("Mẫu Hỏng.xlsx còn")
    assert table("remove", "br1", "--db", file)[0] == 0
    code, _, err = table("remove", "br1", "--db", file)
    assert (code, err) == (2, "Không có biểu “br1” của đơn vị.\n".replace("br1", "BR1"))
    said = table("bindings")[1]
    assert "{{BC2.9}}  BC2 cột 9: Tổng số hộ nghèo cuối kỳ" in said
    assert "{{THON.2}}  THON cột 2: Hộ nghèo đầu năm › TS" in said
    assert "{{TINH.1}}  TINH cột 1: Kết quả rà soát năm trước › Tổng số hộ dân" in said
    assert "năm năm" not in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "không có.xlsx"), "Không có tệp không có.xlsx"),
        (("list",), "Thiếu tệp dữ liệu"),
        (("example", "BC77", "-o", "x.xlsx"), "Không có biểu “BC77”"),
    ],
)
def test_refusals_are_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    code, _, err = run(capsys, "table-template", *arguments)
    assert code == 2
    assert err.startswith(said)
    assert err.count("\n") == 1
