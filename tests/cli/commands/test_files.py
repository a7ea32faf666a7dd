"""Arguments and files of the command line: what is refused, in one sentence."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from giamngheo_desktop.cli.main import entry
from tests.cli.commands.console import (
    Commands,
)
from tests.harness.powerless import let_in, run_powerless
from tests.harness.tables import sample_file


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "thiếu LỆNH"),
        (
            ["frob"],
            "không nhận “frob”, chỉ nhận sample, classify, import-answers, report, list, rollup",
        ),
        (["rollup", "--db", "x.db"], "thiếu --year"),
        (["rollup", "--year"], "--year thiếu giá trị"),
        (["rollup", "--year", "x"], "--year: năm viết bốn chữ số, không nhận “x”"),
        (["rollup", "--year", "99999"], "năm viết bốn chữ số"),
        (["rollup", "--year", "0000"], "năm viết bốn chữ số"),
        (["rollup", "--year", "2026", "--status", "x"], "chỉ nhận official, preliminary"),
        (["rollup", "--year", "2026", "--what"], "không biết --what"),
        (["rollup", "--year", "2026", "--as-of", "31/02/2026"], "không hiểu ngày “31/02/2026”"),
        (["rollup", "--year", "2026", "--as-of", "2026-13-01"], "không hiểu ngày"),
        (["rollup", "--year", "2026", "--as-of", "hôm nay"], "không hiểu ngày"),
        (
            ["report", "BC1", "--year", "2026", "-o", "x", "--format", "odt"],
            "xlsx, pdf, docx, json",
        ),
        (["report", "BC1", "--year", "2026", "--format", "pdf"], "thiếu -o"),
        (["report", "--year", "2026", "--format", "pdf", "-o", "x"], "thiếu MÃ"),
        (["sample", "--households", "0"], "số nguyên từ 1 trở lên"),
        (["sample", "--households", "-5"], "số nguyên từ 1 trở lên"),
        (["sample", "--seed", "x"], "--seed phải là số nguyên, không nhận “x”"),
    ],
)
def test_wrong_arguments(run: Commands, arguments: list[str], said: str) -> None:
    sentence = run.refused(*arguments)
    assert sentence.startswith("Dòng lệnh chưa đúng – ")
    assert said in sentence


def test_help_is_no_refusal(run: Commands) -> None:
    with pytest.raises(SystemExit) as left:
        run("rollup", "--help")
    assert left.value.code == 0


@pytest.mark.parametrize("command", ["sample", "report", "rollup", "check"])
def test_a_command_without_a_file(capsys: pytest.CaptureFixture[str], command: str) -> None:
    more = {
        "report": ["BC1", "--year", "2026", "--format", "json", "-o", "x.json"],
        "rollup": ["--year", "2026"],
    }
    assert entry([command, *more.get(command, [])]) == 2
    assert capsys.readouterr().err == "Thiếu tệp dữ liệu: thêm --db TỆP.\n"


def test_files_that_are_no_register(run: Commands, tmp_path: Path) -> None:
    text = tmp_path / "chữ.db"
    text.write_text("xin chào\n" * 100, encoding="utf-8")
    empty = tmp_path / "rỗng.db"
    empty.touch()
    half = tmp_path / "cụt.db"
    half.write_bytes(sample_file().read_bytes()[:70_001])
    other = tmp_path / "khác.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE t (x)")
        connection.commit()
    for path in (tmp_path / "không có.db", text, empty, half, other, tmp_path):
        before = path.read_bytes() if path.is_file() else None
        for command in (
            ["rollup", "--year", "2026"],
            ["check"],
            ["report", "BC1", "--year", "2026", "--format", "json", "-o", tmp_path / "x.json"],
        ):
            assert run.refused(*command, "--db", path)
        assert (path.read_bytes() if path.is_file() else None) == before
    assert not (tmp_path / "x.json").exists()
    assert not (tmp_path / "không có.db").exists()


def test_reading_leaves_the_file_as_it_was(run: Commands, tmp_path: Path) -> None:
    path = tmp_path / "mẫu.db"
    shutil.copyfile(sample_file(), path)
    before = path.read_bytes()
    assert run("rollup", "--year", 2026, "--db", path).code == 0
    assert run("check", "--db", path).code == 0
    out = tmp_path / "bc1.json"
    assert (
        run("report", "bc1", "--year", 2026, "--format", "json", "-o", out, "--db", path).code == 0
    )
    assert path.read_bytes() == before
    assert json.loads(out.read_text(encoding="utf-8"))["code"] == "BC1"


def test_an_output_that_cannot_be_written(run: Commands, tmp_path: Path) -> None:
    report = ["report", "BC1", "--year", 2026, "--format", "json", "-o"]
    assert "Không có thư mục" in run.refused(*report, tmp_path / "không có" / "x.json")
    assert "thư mục" in run.refused(*report, tmp_path)
    assert "tên" in run.refused(*report, tmp_path / ("a" * 300 + ".json"))
    mine = tmp_path / "sổ.db"
    shutil.copyfile(sample_file(), mine)
    before = mine.read_bytes()
    assert "tệp dữ liệu" in run.refused(*report, mine, "--db", mine)
    assert mine.read_bytes() == before
    old = tmp_path / "cũ.json"
    old.write_text("cũ", encoding="utf-8")
    assert run(*report, old).code == 0
    assert old.read_text(encoding="utf-8").startswith("{")


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_an_output_folder_without_rights(tmp_path: Path) -> None:
    """As a user without rights, for root writes everywhere."""
    let_in(tmp_path)
    database = tmp_path / "mẫu.db"
    shutil.copyfile(sample_file(), database)
    database.chmod(0o644)
    said = run_powerless(
        "import sys, sqlalchemy.dialects.sqlite.pysqlite\n"
        "from giamngheo_desktop.cli import main\n"
        "from giamngheo_desktop import definitions, paths\n"
        "import giamngheo_desktop.reports.as_json, giamngheo_desktop.exports.safe_file\n"
        "read = main._definitions()\n"
        "main._definitions = lambda: read\n"  # the checkout may lie where nobody else may look
        "POWERLESS\n"
        "arguments = ['report', 'BC1', '--year', '2026', '--format', 'json', '--db', sys.argv[1]]\n"
        "import io, contextlib\n"
        "caught = io.TextIOWrapper(io.BytesIO(), encoding='utf-8')\n"
        "with contextlib.redirect_stderr(caught):\n"
        "    code = main.entry([*arguments, '-o', sys.argv[2]])\n"
        "caught.flush()\n"
        "print(code, caught.buffer.getvalue().decode())\n",
        database,
        tmp_path / "ra.json",
    )
    assert said.startswith("2 Không được phép ghi vào thư mục")
    assert said.strip().count("\n") == 0


def test_a_sample_is_made_once(run: Commands, tmp_path: Path) -> None:
    path = tmp_path / "mới" / "mẫu.db"
    ran = run("sample", "--db", path, "--households", 60, "--json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.json["db"] == str(path)
    assert ran.json["households"] >= 60
    before = path.read_bytes()
    assert "đã có" in run.refused("sample", "--db", path)
    assert path.read_bytes() == before
    ran = run("check", "--db", path, "--as-of", "2026-12-31")
    assert ran.code in {0, 1}
    assert ran.out.strip().endswith("điểm cần xem lại.")
