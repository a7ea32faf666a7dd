"""`giamngheo import-answers` of what it should not take: a sentence, the line, nothing written."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from giamngheo_desktop.cli.main import entry
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.form_code import form_code
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import dump, empty_database, make_context, make_register
from tests.services.test_case_entry import make_case

GOOD: dict[str, Any] = {"round": "2026", "household": "Hộ-7", "answers": {"toilet": "none"}}


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "Sổ hộ.db"
    with empty_database(path) as database:
        make_case(make_register(database), code="Hộ-7")
        database.checkpoint()
    return path


def run(
    file: Path, data: bytes, capsys: pytest.CaptureFixture[str]
) -> tuple[int, list[dict[str, Any]]]:
    source = file.parent / "phiếu.jsonl"
    source.write_bytes(data)
    code = entry(["import-answers", "--json", "--db", str(file), str(source)])
    said = capsys.readouterr()
    assert said.err == ""
    return code, [json.loads(line) for line in said.out.splitlines()]


def line(answers: object = None, **changes: object) -> bytes:
    given = GOOD["answers"] if answers is None else answers
    return json.dumps(GOOD | {"answers": given} | changes, ensure_ascii=False).encode()


def content(file: Path) -> object:
    database = Database(file)
    try:
        return dump(database)
    finally:
        database.close()


def home(file: Path) -> dict[str, Any]:
    database = Database(file)
    try:
        with database.reader() as connection:
            return records.find(connection, Kind.HOUSEHOLD)[0]
    finally:
        database.close()


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (line(round="2031"), "Không có kỳ rà soát “2031”"),
        (line(round=True), "“round” phải có"),
        (line(household="Hộ-8"), "Không có hộ “Hộ-8”"),
        (line(household=7), "“household” phải có"),
        (line(household=""), "Không có hộ “”"),
        (line({"house_size": 3}), "“house_size” không phải câu hỏi"),
        (line({"aXX": 1}).replace(b"XX", b"\\ud800"), "“a?” không phải câu hỏi"),
        (line({"house_wall": 3}), "“house_wall” – Câu này không nhận kiểu"),
        (line({"shared_assets": [1]}), "không nhận kiểu trả lời ấy"),
        (line({"toilet": {"x": 1}}), "không nhận kiểu trả lời ấy"),
        (line({"house_area": 99_999}), "“house_area” – Số ngoài khoảng"),
        (line({"score_income": -5}), "“score_income” – Số ngoài khoảng"),
        (line({"score_income": 10**30}), "Số quá lớn"),
        (line({"2.height": 3}), "Không có thành viên “2”"),
        (line({"surveyed_on": "30/2/2026"}), "Tháng ấy không có ngày này"),
        (line({"address": "a" * 1_000_000}), "Chữ quá dài"),
        (b"x" * 1_000_000, "Dòng này không phải JSON"),
        (b"[" * 100_000, "Dòng này không phải JSON"),
        (b"[1, 2]", "Dòng này phải là một đối tượng JSON"),
        (line([1]), "“answers” phải là một đối tượng"),
        (line(year=2026), "Khóa không biết: year"),
        (b'{"round": "2026", "round": "2027"}', "Một khóa ghi hai lần"),
        (line({"address": "Xóm Cồn"}).decode().encode("cp1258", "replace"), "bảng mã UTF-8"),
        (line().decode().encode("utf-16"), "bảng mã UTF-8"),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)  # fmt: skip
def test_a_bad_line_is_named_and_writes_nothing(
    file: Path, capsys: pytest.CaptureFixture[str], bad: bytes, said: str
) -> None:
    before = content(file)
    code, answers = run(file, b"\n" + bad, capsys)
    assert code == 1
    # UTF-16 has no lines that anybody could count
    assert {answer["line"] for answer in answers} <= {1, 2}
    assert all(said in answer["error"] for answer in answers)
    assert answers
    assert content(file) == before


def test_a_bad_answer_among_good_ones_leaves_the_whole_form(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = content(file)
    code, answers = run(file, line({"toilet": "none", "house_wall": "vàng"}), capsys)
    assert (code, [answer["line"] for answer in answers]) == (1, [1])
    assert content(file) == before


@pytest.mark.parametrize("data", [b"", b"\n  \r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_a_file_with_nothing_in_it_says_so(
    file: Path, capsys: pytest.CaptureFixture[str], data: bytes
) -> None:
    code, answers = run(file, data, capsys)
    assert (code, len(answers)) == (1, 1)
    assert answers[0]["error"] == "Không có dòng nào để nhập."


def test_a_file_from_windows_or_a_mac_is_read_and_its_bad_line_counted(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = unicodedata.normalize("NFD", line({"house_wall": "Bền chắc"}).decode())
    address = unicodedata.normalize("NFD", "Xóm Cồn")
    lines = [text.encode(), line({"address": address}), b"", b"{", line(round=2026), line()]
    code, answers = run(file, b"\xef\xbb\xbf" + b"\r\n".join(lines), capsys)
    assert code == 1
    assert [answer["line"] for answer in answers] == [1, 2, 4, 5, 6]
    assert ["error" in answer for answer in answers] == [False, False, True, False, False]
    assert [answer.get("changed") for answer in answers[-2:]] == [True, False]  # said twice
    stored = home(file)
    assert (stored["house_wall"], stored["address"]) == ("durable", "Xóm Cồn")


def change_case(file: Path, kind: Kind = Kind.CASE, **values: object) -> None:
    database = Database(file)
    try:
        with write_unit(database, make_context(seed=9), Op.SAVE_UNIT) as work:
            (row,) = records.find(work.connection, kind)
            work.update(kind, row["uid"], **values)
    finally:
        database.close()


def test_a_form_is_named_by_its_printed_code_however_it_is_written(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = form_code(40)
    change_case(file, form_code=code)
    names = (code, code.lower(), f" {code[:2]} {code[2:]} ")
    status, answers = run(file, b"\n".join(line(household=name) for name in names), capsys)
    assert (status, len(answers)) == (0, 3)
    wrong = code[1] + code[0] + code[2:]
    status, answers = run(file, line(household=wrong), capsys)
    assert (status, answers[0]["error"].startswith("Không có hộ")) == (1, True)


@pytest.mark.parametrize(
    ("kind", "values", "said"),
    [
        (Kind.CASE, {"outcome": "reviewed"}, "kết thúc"),
        (Kind.REVIEW, {"closed_on": date(2026, 12, 14)}, "khóa"),
    ],
)
def test_what_is_finished_takes_nothing(
    file: Path, capsys: pytest.CaptureFixture[str], kind: Kind, values: dict[str, Any], said: str
) -> None:
    change_case(file, kind, **values)
    before = content(file)
    code, answers = run(file, line(), capsys)
    assert (code, said in answers[0]["error"]) == (1, True), answers
    assert content(file) == before
