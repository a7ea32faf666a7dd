"""One JSON answer a line, whatever the line holds."""

from __future__ import annotations

import json
from typing import Any

import pytest

from giamngheo_desktop import paths
from giamngheo_desktop.cli.classify import classify_lines
from giamngheo_desktop.definitions.standards import load_standards

STANDARDS = load_standards(paths.resources() / "definitions" / "standards")
GOOD: dict[str, Any] = {
    "standard": "2022",
    "area": "rural",
    "income": 1_500_000,
    "b1": None,
    "deprived": ["employment", "water"],
    "unknown": [],
}


def answer(line: str) -> dict[str, Any]:
    answers = list(classify_lines([line], STANDARDS))
    assert len(answers) == 1
    return answers[0]


def asked(**changes: object) -> dict[str, Any]:
    return answer(json.dumps(GOOD | changes))


def test_a_decided_household() -> None:
    assert asked() == {
        "class": "near_poor",
        "possible": ["near_poor"],
        "reason": "Thu nhập 1.500.000 đồng/người/tháng không quá 1.500.000 đồng (nông thôn) và "
        "thiếu hụt 2 chỉ số (dưới 3): hộ cận nghèo, theo Điều 3 Nghị định 07/2021/NĐ-CP.",
        "basis": "Điều 3 Nghị định 07/2021/NĐ-CP; áp dụng tiếp từ 01/01/2026 đến 31/12/2026 "
        "theo Nghị định 351/2025/NĐ-CP",
    }


def test_an_undecided_household() -> None:
    found = asked(unknown=["toilet", "telecom"])
    assert (found["class"], found["possible"]) == (None, ["poor", "near_poor"])
    assert "2–4 chỉ số: cận nghèo hoặc nghèo" in found["reason"]
    assert "missing" not in found


def test_b1_and_its_basis() -> None:
    found = asked(income=None, b1=140, deprived=["employment", "water", "toilet"])
    assert found["class"] == "poor"
    assert found["basis"].startswith("Điều 3 Thông tư 07/2021/TT-BLĐTBXH; ")


def test_above_the_line_of_2027() -> None:
    found = asked(standard="2027", income=2_200_001, deprived=["waste_treatment"])
    assert (found["class"], found["missing"]) == ("not_poor", ["average_line"])


def test_left_out_keys_count_as_null_and_empty() -> None:
    line = '{"standard": "2022", "area": "urban", "b1": 176}'
    assert answer(line)["class"] == "not_poor"


def test_answers_are_plain_json() -> None:
    assert json.loads(json.dumps(asked()))["class"] == "near_poor"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("", "Dòng này không phải JSON."),
        ("   \n", "Dòng này không phải JSON."),
        ("{", "Dòng này không phải JSON."),
        ('{"standard": NaN}', "Dòng này không phải JSON."),
        ("[" * 100_000, "Dòng này không phải JSON."),
        ('{"income": ' + "9" * 5000 + "}", "Dòng này không phải JSON."),
        ("[]", "Dòng này phải là một đối tượng JSON: { … }."),
        ("null", "Dòng này phải là một đối tượng JSON: { … }."),
        ('{"income": 1, "income": 2}', "Một khóa ghi hai lần."),
        (
            '{"incom": 1}',
            "Khóa không biết: incom; chỉ nhận standard, area, income, b1, deprived, unknown.",
        ),
        ("{}", "“standard” phải có và phải là chữ."),
        ('{"standard": 2022}', "“standard” phải có và phải là chữ."),
        (
            '{"standard": "\\ud800", "area": "rural"}',
            "Không có bộ chuẩn “?”; đang có: 2016, 2022, dong_nai_2022, 2027.",
        ),
    ],
)
def test_a_bad_line(line: str, sentence: str) -> None:
    assert answer(line) == {"error": sentence}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"area": "suburb"}, "“area” phải là rural hoặc urban, không nhận “suburb”."),
        ({"area": None}, "“area” phải có và phải là chữ."),
        ({"income": None}, "Cần đúng một trong hai: thu nhập hoặc điểm B1."),
        ({"b1": 100}, "Cần đúng một trong hai: thu nhập hoặc điểm B1."),
        ({"income": True}, "“income” phải là số nguyên hoặc null, không nhận true."),
        ({"income": 1.5}, "“income” phải là số nguyên hoặc null, không nhận 1.5."),
        ({"income": "1"}, '“income” phải là số nguyên hoặc null, không nhận "1".'),
        ({"income": None, "b1": False}, "“b1” phải là số nguyên hoặc null, không nhận false."),
        ({"income": -1}, "Thu nhập, điểm B1 không được là số âm (-1)."),
        ({"deprived": "water"}, "“deprived” phải là danh sách mã chỉ số."),
        ({"deprived": None}, "“deprived” phải là danh sách mã chỉ số."),
        ({"unknown": [1]}, "“unknown” phải là danh sách mã chỉ số."),
        (
            {"deprived": ["water", "toilet", "water"]},
            "“deprived” ghi một chỉ số hai lần: water.",
        ),
        ({"unknown": ["toilet", "toilet"]}, "“unknown” ghi một chỉ số hai lần: toilet."),
        ({"deprived": ["waters"]}, "Chuẩn nghèo 2022–2026: không có chỉ số waters."),
        (
            {"unknown": ["water"]},
            "Chỉ số vừa ghi thiếu hụt vừa ghi chưa đủ dữ liệu: water.",
        ),
        (
            {"standard": "2027", "income": None, "b1": 100},
            "Chuẩn nghèo 2027–2030: chưa có mức điểm B1, chỉ phân loại được theo thu nhập.",
        ),
        (
            {"standard": "2027", "deprived": ["information_assets"]},
            "Chuẩn nghèo 2027–2030: không có chỉ số information_assets.",
        ),
    ],
)
def test_a_bad_value(changes: dict[str, object], sentence: str) -> None:
    assert asked(**changes) == {"error": sentence}


def test_one_answer_for_each_line_and_none_stops_the_next() -> None:
    good = json.dumps(GOOD)
    answers = list(classify_lines(["\ufeff" + good, "", "bad", good], STANDARDS))
    assert ["error" in item for item in answers] == [False, True, True, False]


def test_errors_can_be_printed() -> None:
    line = json.dumps(GOOD | {"deprived": ["\udfff" + "x" * 500]})
    found = answer(line)["error"]
    assert found.encode("utf-8")
    assert len(found) < 200
