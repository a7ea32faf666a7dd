"""`giamngheo import-answers`: one line in, one line out, and the file as the window leaves it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.cli.import_answers import import_line
from giamngheo_desktop.cli.main import entry
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import Register, empty_database, make_register
from tests.services.test_case_entry import make_case


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "Sổ hộ.db"
    with empty_database(path) as database:
        register: Register = make_register(database)
        make_case(register, code="H-7")
        database.checkpoint()
    return path


def run(
    file: Path, lines: list[object], capsys: pytest.CaptureFixture[str]
) -> tuple[int, list[dict[str, Any]]]:
    source = file.parent / "phiếu.jsonl"
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    source.write_text("\n".join(texts), encoding="utf-8")
    code = entry(["import-answers", "--json", "--db", str(file), str(source)])
    said = capsys.readouterr()
    assert said.err == ""
    return code, [json.loads(line) for line in said.out.splitlines()]


def test_without_json_each_line_has_a_sentence(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = file.parent / "phiếu.jsonl"
    good = {"round": "2026", "household": "H-7", "answers": {"house_area": 24.5}}
    bad = {**good, "household": "H-8"}
    source.write_text("\n".join(map(json.dumps, (good, good, bad))), encoding="utf-8")
    assert entry(["import-answers", "--db", str(file), str(source)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("Dòng 1: đã ghi trả lời của hộ H-7 (2022: ")
    assert said[1].startswith("Dòng 2: trả lời của hộ H-7 không đổi")
    assert said[0].endswith("Còn: 25 câu như năm trước chưa xác nhận, 4 câu cần xem lại.")
    assert said[2].startswith("Dòng 3: Không có hộ “H-8”")


def stored(file: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    database = Database(file)
    try:
        with database.reader() as connection:
            (home,) = records.find(connection, Kind.HOUSEHOLD)
            return home, records.find(connection, Kind.CASE_RESULT)
    finally:
        database.close()


def test_good_lines_are_saved_and_bad_ones_named(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = {
        "round": "2026",
        "household": "H-7",
        "answers": {"house_area": 24.5, "members": {"1": {"health_insurance": "Không"}}},
    }
    lines: list[object] = [
        good,
        good,
        "{",
        {**good, "household": "H-8"},
        {**good, "answers": {"house_area": "24,55"}},
        {**good, "answers": ["house_area"]},
        {**good, "answers": {"1.sex": "nam", "members": {"1": {"sex": "nam"}}}},
        {**good, "year": 2026},
    ]
    code, answers = run(file, lines, capsys)
    assert code == 1
    assert [("error" in answer) for answer in answers] == [False, False, *[True] * 6]
    assert [answer["changed"] for answer in answers[:2]] == [True, False]
    assert answers[0]["results"]["2022"] == {"class": "poor", "possible": ["poor"]}
    assert answers[0]["open"]["yellow"] == 4
    assert answers[3]["error"].startswith("Không có hộ “H-8”")
    assert answers[4]["error"] == (
        "Không đọc được trả lời “house_area” – Quá nhiều chữ số sau dấu phẩy: bỏ bớt phần lẻ."
    )
    home, results = stored(file)
    assert home["house_area"] == 245
    # 4: the head without insurance; 7, 9, 10: the house, the water, the toilet
    assert {row["standard"]: row["deprived_bits"] for row in results}["2022"] == sum(
        1 << place for place in (3, 6, 8, 9)
    )


def test_all_good_is_done(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = {"round": "2026", "household": "H-7", "answers": {"toilet": "?"}}
    bare = {**line, "answers": {"toilet": None, "1.health_insurance": None}}
    code, answers = run(file, ["", line, "   ", bare], capsys)  # blank lines say nothing
    assert (code, len(answers)) == (0, 2)
    assert [one["open"]["unknown"] for one in answers] == [1, 0]
    assert [one["unanswered"] for one in answers] == [[], ["1.health_insurance", "toilet"]]
    assert "2 câu chưa trả lời (1.health_insurance, toilet)" in import_line(answers[1])


def test_a_household_is_named_by_its_id_with_dashes_or_without(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    uid: UUID = stored(file)[0]["uid"]
    lines = [
        {"round": "2026", "household": name, "answers": {"toilet": "?"}}
        for name in (str(uid), uid.hex, uid.hex.upper())
    ]
    code, answers = run(file, lines, capsys)
    assert (code, [answer.get("error") for answer in answers]) == (0, [None] * 3)


def test_without_a_file_there_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert entry(["import-answers", "--db", str(tmp_path / "x.db"), str(tmp_path / "y")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
