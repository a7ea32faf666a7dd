"""`giamngheo list`: lists and layouts without a window, refusals in one sentence."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

from giamngheo_desktop.cli.main import entry
from tests.harness.register import empty_database, make_register
from tests.services.test_corrections import NEAR, POOR, close, home


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with empty_database(tmp_path / "xã.db") as database:
        register = make_register(database)
        home(register, "Một", "A", (2025, POOR))
        home(register, "Hai", "B", (2025, POOR))
        home(register, "Ba", "B", (2025, NEAR))
        close(register, 2025)
    return tmp_path / "xã.db"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = entry([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_list_of_a_village_with_chosen_columns(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "list.json"
    code, out, err = run(
        capsys, "list", "ho_ngheo", "--db", file, "--year", 2025, "--village", "thon b",
        "--columns", "head_name,persons,note", "--format", "json", "-o", target, "--json",
    )  # fmt: skip
    assert (code, err) == (0, "")
    assert json.loads(out) == {"code": "ho_ngheo", "output": str(target)}
    rows = json.loads(target.read_text("utf-8"))["rows"]
    assert [(row["label"], row["values"]) for row in rows] == [
        ("Hai", {"persons": 2, "note": ""}),
        ("Tổng cộng: 1 hộ", {"persons": 2, "note": ""}),
    ]


@pytest.mark.parametrize("form", ["xlsx", "pdf", "docx"])
def test_every_list_is_written_in_each_format(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    target = tmp_path / f"list.{form}"
    code, out, _ = run(
        capsys, "list", "HO_CAN_NGHEO", "--db", file, "--year", 2025, "--format", form, "-o", target
    )
    assert (code, out.strip()) == (0, str(target))
    assert target.stat().st_size > 1000


@pytest.mark.parametrize(("layout", "sheets"), [("27", 1), ("exit", 2), ("detail", 2)])
def test_layouts(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], layout: str, sheets: int
) -> None:
    target = tmp_path / "layout.xlsx"
    code, _, _ = run(capsys, "list", "--layout", layout, "--db", file, "--year", 2025, "-o", target)
    assert code == 0
    book = openpyxl.load_workbook(io.BytesIO(target.read_bytes()))
    assert len(book.sheetnames) == sheets


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ho_giau"], "Không có danh sách “ho_giau”"),
        (["ho_ngheo", "--columns", "head_name,salary"], "Không có cột “salary”"),
        (["ho_ngheo", "--columns", "member_name"], "Không có cột “member_name”"),
        ([], "Hãy ghi mã của một danh sách"),
        (["ho_ngheo", "--layout", "27"], "Hãy ghi mã của một danh sách"),
        (["--layout", "27", "--columns", "persons"], "--layout cùng với --columns"),
        (["--layout", "27", "--format", "pdf"], "chỉ có dạng xlsx"),
        (["ra_soat"], "Năm 2025 chưa có kỳ rà soát"),
        (["ho_ngheo", "--edition", "7"], "lần"),
        (["ho_ngheo", "--village", "thôn z"], "thôn z"),
    ],
)
def test_refusals(
    file: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    target = tmp_path / "list.out"
    code, out, err = run(capsys, "list", *arguments, "--db", file, "--year", 2025, "-o", target)
    assert (code, out) == (2, "")
    assert said in err
    assert not target.exists()
