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
    if form == "xlsx":
        assert openpyxl.load_workbook(target).sheetnames == ["Hộ cận nghèo"]


@pytest.mark.parametrize(("layout", "sheets"), [("27", 1), ("exit", 2), ("detail", 2)])
def test_layouts(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], layout: str, sheets: int
) -> None:
    target = tmp_path / "layout.xlsx"
    code, _, _ = run(capsys, "list", "--layout", layout, "--db", file, "--year", 2025, "-o", target)
    assert code == 0
    book = openpyxl.load_workbook(io.BytesIO(target.read_bytes()))
    assert len(book.sheetnames) == sheets
    if layout == "detail":
        assert book.sheetnames == ["Chi tiết hộ nghèo", "Chi tiết hộ cận nghèo"]


@pytest.mark.parametrize(
    ("code", "heading", "width"),
    [("bang_27", 7, 27), ("BANG_THOAT_NGHEO", 9, 16), ("bang_thoat_can_ngheo", 9, 16)],
)
def test_the_code_of_a_fixed_layout_gives_that_layout(
    file: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    code: str,
    heading: int,
    width: int,
) -> None:
    asked = ("list", code, "--db", file, "--year", 2025, "-o")
    target = tmp_path / "list.xlsx"
    assert run(capsys, *asked, target)[0] == 0
    (sheet,) = openpyxl.load_workbook(target).worksheets
    assert sheet.freeze_panes == f"A{heading + 1}"
    assert sheet.max_column == width
    assert sheet.cell(heading, 2).value == "STT hộ"
    if code == "bang_27":  # the same file as its layout
        other = tmp_path / "layout.xlsx"
        run(capsys, "list", "--layout", "27", "--db", file, "--year", 2025, "-o", other)
        assert other.read_bytes() == target.read_bytes()
    assert run(capsys, *asked, tmp_path / "list.pdf")[0] == 0
    status, _, err = run(capsys, *asked, tmp_path / "list.docx")
    assert (status, "không ghi được Word" in err, err.count("\n")) == (2, True, 1)


@pytest.mark.parametrize(
    ("name", "begins"),
    [("a.pdf", b"%PDF"), ("a.DOCX", b"PK"), ("a.json", b"{"), ("a.xlsx", b"PK"), ("a", b"PK")],
)
def test_the_name_of_the_file_says_its_format(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, begins: bytes
) -> None:
    target = tmp_path / name
    assert run(capsys, "list", "ho_ngheo", "--db", file, "--year", 2025, "-o", target)[0] == 0
    assert target.read_bytes().startswith(begins)


def test_a_name_against_its_format_is_refused(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "a.xlsx"
    for command in ("list", "report"):
        status, _, err = run(
            capsys, command, "BC1" if command == "report" else "ho_ngheo",
            "--db", file, "--year", 2025, "--format", "pdf", "-o", target,
        )  # fmt: skip
        assert (status, "không hợp với dạng pdf" in err) == (2, True)
    status, _, err = run(
        capsys, "report", "BC1", "--db", file, "--year", 2025, "-o", tmp_path / "a"
    )
    assert (status, "Chưa rõ ghi" in err) == (2, True)
    assert not target.exists()


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
