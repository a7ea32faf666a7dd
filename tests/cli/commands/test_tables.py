"""Reports, rollups, checks and classes from the command line."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from giamngheo_desktop.cli.main import entry
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.services import areas, successions
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import person_list
from giamngheo_desktop.storage.engine import Database
from tests.cli.commands.console import (
    Commands,
    Ran,
)
from tests.harness.register import FIRST_DAY, Register, empty_database, make_context, make_register
from tests.harness.tables import sample_copy, sample_file

START = "from giamngheo_desktop.cli.main import entry; exit(entry())"
GOOD = '{"standard": "2022", "area": "rural", "income": 1500000, "deprived": ["water"]}'


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with empty_database(tmp_path / "Sổ hộ.db") as database:
        yield make_register(database)


def feed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="ascii"))


@pytest.mark.parametrize("form", ["json", "xlsx", "pdf", "docx"])
def test_reports_are_written(run: Commands, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"ra.{form}"
    ran = run("report", "thon-th", "--year", 2026, "--format", form, "-o", path)
    assert (ran.code, ran.out, ran.err) == (0, f"{path}\n", "")
    assert path.stat().st_size > 1000
    ran = run("report", "BC1", "--year", 2026, "--format", form, "-o", path, "--json")
    assert ran.json == {"code": "BC1", "output": str(path)}


def test_the_json_of_a_report_has_the_agreed_shape(run: Commands, tmp_path: Path) -> None:
    path = tmp_path / "ra.json"
    run("report", "BC1", "--year", 2026, "--format", "json", "-o", path)
    found = json.loads(path.read_text(encoding="utf-8"))
    assert {"code", "title", "columns", "rows"} <= set(found)
    assert [set(column) for column in found["columns"]] == [
        {"key", "number", "label", "formula"}
    ] * 14
    assert [row["level"] for row in found["rows"]] == [1] * 13 + [0]
    for row in found["rows"]:
        assert set(row["values"]) == {column["key"] for column in found["columns"]}
        assert all(
            value is None or isinstance(value, int | float) for value in row["values"].values()
        )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["XX", "--year", "2026"],
            "Không có biểu “XX”, chỉ có BC1, BC2, BC3, BC4, BC5, BC6, BC7, BC8, BC9, BC10, BC11",
        ),
        (["BC1", "--year", "2010"], "Chưa có chuẩn nghèo cho năm rà soát 2010."),
        (["BC1", "--year", "2040"], "Chưa có chuẩn nghèo cho năm rà soát 2040."),
        (["BC1", "--year", "2019"], "Sổ chưa có xã nào vào ngày 31/12/2019."),
        (["BC1", "--year", "2026", "--standard", "1999"], "Không có bộ chuẩn “1999”"),
        (["BC1", "--year", "2026", "--unit", "Atlantis"], "Không có đơn vị “Atlantis”."),
        (["BC1", "--year", "2026", "--unit", ""], "Không có đơn vị “”."),
        (["BC1", "--year", "2026", "--as-of", "30/06/2025"], "không thuộc năm 2026"),
        (["THON", "--year", "2026", "--as-of", "30/06/2026"], "không lập theo một ngày"),
    ],
)
def test_reports_that_cannot_be(
    run: Commands, tmp_path: Path, arguments: list[str], said: str
) -> None:
    path = tmp_path / "x.json"
    assert said in run.refused("report", *arguments, "--format", "json", "-o", path)
    assert not path.exists()


def test_units_by_name_without_marks_by_code_and_by_id(run: Commands, tmp_path: Path) -> None:
    rows = run("rollup", "--year", 2026, "--json").json["rows"]
    (village,) = [row for row in rows if row["name"] == "Tân Thủy"]
    for unit in ("Tân Thủy", "tan thuy", "TAN THUY", village["unit"]):
        found = run("rollup", "--year", 2026, "--unit", unit, "--json").json["rows"]
        assert found == [village]


def test_a_name_that_two_units_have_is_not_guessed(run: Commands, register: Register) -> None:
    """Two former "Thôn 1": the first one found would be a table of the wrong village."""
    with write_unit(register.database, register.context, Op.SAVE_UNIT) as work:
        (province,) = areas.tree(register.database, FIRST_DAY).of_level(Level.PROVINCE)
        for name in ("X", "Y"):
            commune = areas.add_area(
                work,
                Level.COMMUNE,
                name=f"Xã {name}",
                kind="xa",
                code=f"C{name}",
                parent=province.uid,
                valid_from=FIRST_DAY,
            )
            areas.add_area(
                work,
                Level.VILLAGE,
                name="Thôn 1",
                kind="thon",
                parent=commune,
                valid_from=FIRST_DAY,
            )
    arguments = ("rollup", "--year", 2026, "--db", register.database.path)
    sentence = run.refused(*arguments, "--unit", "thon 1")
    assert "Thôn 1 – Xã X – Quảng Ngãi: " in sentence
    uid = sentence.split("Thôn 1 – Xã Y – Quảng Ngãi: ")[1].split(",")[0].rstrip(".")
    (row,) = run(*arguments, "--unit", uid, "--json").json["rows"]
    assert (row["unit"], row["name"]) == (uid, "Thôn 1")
    rows = run(*arguments, "--unit", "CX", "--json").json["rows"]
    assert [row["name"] for row in rows] == ["Xã X", "Thôn 1"]


def test_a_unit_that_only_a_geography_has(
    run: Commands, register: Register, tmp_path: Path
) -> None:
    args = (register.database, register.context)
    day = date(2026, 7, 1)
    new = areas.add_village(*args, register.commune, areas.NewVillage(name="Thôn D"), day).value
    successions.record_succession(
        *args,
        olds=[register.villages["A"], register.villages["B"]],
        news=[new],
        reason="merged",
        effective_on=day,
    )
    home = register.household("Hộ", village="A", day=FIRST_DAY)
    register.give_class(home.uid, "poor", year=2025)
    out = tmp_path / "ra.json"
    report = ["report", "BC1", "--year", 2025, "--format", "json", "-o", out]
    report += ["--db", register.database.path, "--unit", "Thôn D"]
    assert "Không có đơn vị" in run.refused(*report)
    assert run(*report, "--geography", "2026-12-31").code == 0
    (row, total) = json.loads(out.read_text(encoding="utf-8"))["rows"]
    assert (row["label"], row["values"]["poor_households"]) == ("Thôn D", 1)
    assert total["values"]["poor_households"] == 1


def test_the_rollup_in_tree_order(run: Commands) -> None:
    lines = run("rollup", "--year", 2026).out.splitlines()
    names = [line.split("\t")[0] for line in lines]
    assert names[1:4] == ["Tỉnh Hà Tĩnh", "Xã Sơn Tây (dữ liệu mẫu)", "Cây Tắt"]
    assert len(names) == 1 + 2 + 13
    numbers = [[int(cell) for cell in line.split("\t")[1:]] for line in lines[1:]]
    assert numbers[0] == numbers[1] == [sum(column) for column in zip(*numbers[2:], strict=True)]
    rows = run("rollup", "--year", 2026, "--json").json["rows"]
    assert [row["name"] for row in rows] == names[1:]
    assert [row["poor_households"] for row in rows] == [row[0] for row in numbers]
    old = [line.split("\t")[0] for line in run("rollup", "--year", 2024).out.splitlines()]
    assert old[1:4] == ["Tỉnh Hà Tĩnh", "Huyện Hương Sơn", "Xã Sơn Tây (dữ liệu mẫu)"]


def test_a_rollup_of_a_year_nobody_recorded(run: Commands) -> None:
    text = run("rollup", "--year", 2020, "--as-of", "01/06/2020")
    assert text.code == 0
    assert {cell for line in text.out.splitlines()[1:] for cell in line.split("\t")[1:]} <= {"–"}
    assert "không" not in text.err


@pytest.mark.parametrize("year", ["2010", "2040"])
def test_a_rollup_of_a_year_without_standard(run: Commands, year: str) -> None:
    assert run.refused("rollup", "--year", year) == f"Chưa có chuẩn nghèo cho năm rà soát {year}."


def test_check_finds_and_says_how_much(run: Commands, tmp_path: Path) -> None:
    with sample_copy(tmp_path / "mẫu.db") as database:
        spoil(database)
        path = database.path
    clean = run("check")
    assert (clean.code, clean.out) == (0, "0 điểm cần xem lại.\n")
    ran = run("check", "--db", path)
    assert ran.code == 1
    lines = ran.out.splitlines()
    assert lines[-1].endswith("điểm cần xem lại.")
    assert not [line for line in lines if re.match(r"(.+: )\1", line)]
    found = run("check", "--db", path, "--json")
    assert found.code == 1
    assert {row["code"] for row in found.json} >= {"name_has_digits"}
    for row in found.json:
        assert set(row) == {"household", "label", "severity", "code", "text"}
    assert run("check", "--db", path, "--as-of", "1999-01-01").code in {0, 1}


def spoil(database: Database) -> None:
    with database.reader() as connection:
        (hit, *_) = person_list.persons(connection, "nguyen", date(2026, 12, 31))
    with write_unit(database, make_context(), Op.SAVE_UNIT) as work:
        work.update(Kind.PERSON, hit.person, full_name="Nguyễn Văn 2", given_name="2")


def test_classify_from_a_file_and_from_stdin(
    run: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "hộ.jsonl"
    path.write_text(f"{GOOD}\n{GOOD}\n", encoding="utf-8-sig")
    from_file = run("classify", path)
    assert (from_file.code, from_file.err) == (0, "")
    answers = [json.loads(line) for line in from_file.out.splitlines()]
    assert [answer["class"] for answer in answers] == ["near_poor"] * 2
    for arguments in (["classify"], ["classify", "-"]):
        feed(monkeypatch, f"{GOOD}\n{GOOD}\n".encode())
        assert run(*arguments).out == from_file.out


def test_every_line_has_its_answer_also_one_that_is_no_utf8(
    run: Commands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lines = [GOOD.encode(), b"\xff\xfe bad", b"", b'{"area": "r\xe9al"}', GOOD.encode()]
    data = b"\n".join(lines) + b"\n"
    feed(monkeypatch, data)
    ran = run("classify")
    assert (ran.code, ran.err) == (1, "")
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert ["error" in answer for answer in answers] == [False, True, True, True, False]
    path = tmp_path / "hộ.jsonl"
    path.write_bytes(data)
    assert run("classify", path) == ran
    feed(monkeypatch, b"")
    assert run("classify") == Ran(0, "", "")


def test_classify_without_its_file(run: Commands, tmp_path: Path) -> None:
    assert "Không có tệp" in run.refused("classify", tmp_path / "không có")
    assert run.refused("classify", tmp_path).endswith("là tên một thư mục: chọn tên tệp khác.")


def test_the_module_runs_as_the_command_does() -> None:
    command = [sys.executable, "-m", "giamngheo_desktop.cli.main", "classify", "không có"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 2
    assert "Không có tệp" in done.stderr.decode()


def started(*arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", START, *arguments],
        capture_output=True,
        timeout=60,
        check=False,
        **options,
    )


@pytest.mark.skipif(
    not __file__.isascii(), reason="in a C locale Python itself cannot read the path of the project"
)
def test_utf8_whatever_the_console_says(tmp_path: Path) -> None:
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON"))}
    env = {**plain, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    done = started("rollup", "--db", str(sample_file()), "--year", "2026", env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "hộ nghèo" in done.stdout.decode()
    done = started("classify", env=env, input=b'{"standard": "\xc4\x90"}\n')
    assert done.returncode == 1
    assert "Không có bộ chuẩn “Đ”" in json.loads(done.stdout.decode())["error"]
    done = started("rollup", "--db", str(tmp_path / "không.db"), "--year", "2026", env=env)
    assert done.returncode == 2
    assert f"Không có tệp dữ liệu {tmp_path / 'không.db'}" in done.stderr.decode()


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_reader_that_has_seen_enough(tmp_path: Path) -> None:
    """`giamngheo classify … | head -1` ends in peace."""
    path = tmp_path / "nhiều.jsonl"
    path.write_text(f"{GOOD}\n" * 3000, encoding="utf-8")
    command = [sys.executable, "-c", START, "classify", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b'{"class"')
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=30) == 0


@pytest.mark.parametrize(
    "command", [(), ("sample",), ("classify",), ("report",), ("rollup",), ("check",)]
)
def test_the_help_is_vietnamese(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        entry([*command, "--help"])
    _check_help(capsys.readouterr().out)


def test_the_help_of_the_window_is_vietnamese(capsys: pytest.CaptureFixture[str]) -> None:
    from giamngheo_desktop import app

    with pytest.raises(SystemExit):
        app.entry(["--help"])
    _check_help(capsys.readouterr().out)


def _check_help(said: str) -> None:
    assert said.startswith("cách dùng: ")
    assert said.count("cách dùng:") == 1
    assert "hiện hướng dẫn này rồi thoát" in said
    for word in ("usage", "positional", "options:", "show this", "FILE", "DIR"):
        assert word not in said
    # every argument says what it is for
    arguments = [line for line in said.splitlines() if line.startswith("  -")]
    for at, line in enumerate(said.splitlines()):
        if line in arguments:
            below = ([*said.splitlines(), ""])[at + 1]
            assert "  " in line.strip() or below.startswith("      "), line
