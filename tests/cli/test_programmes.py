"""`giamngheo programmes` and `giamngheo policies`: the trees and values, as data and as lines."""

from __future__ import annotations

import json

import pytest

from giamngheo_desktop.cli.main import entry


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str]:
    status = entry(args)
    return status, capsys.readouterr().out


def test_the_trees_of_a_year(capsys: pytest.CaptureFixture[str]) -> None:
    status, out = run(capsys, "programmes", "--year", "2026", "--json")
    found = json.loads(out)["programmes"]
    assert (status, [one["code"] for one in found]) == (0, ["2021", "2026"])
    assert [len(one["components"]) for one in found] == [18, 17]
    by_code = {one["code"]: one for one in found[0]["components"]}
    assert by_code["DA4-TDA3"]["parent"] == "DA4"
    assert "Tiểu dự án 2" in by_code["DA4-TDA3"]["note"]  # as one plan prints it
    assert by_code["DA7-TDA1"]["lead"] == "Bộ LĐTBXH"


def test_all_three_trees_print(capsys: pytest.CaptureFixture[str]) -> None:
    lines = run(capsys, "programmes")[1].splitlines()
    assert len(lines) == 3 + 12 + 18 + 17
    assert "    DA3-TDA2  Cải thiện dinh dưỡng – Bộ Y tế" in lines
    assert sum(line.endswith("[cần đối chiếu]") for line in lines) > 5


def test_the_values_of_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(run(capsys, "policies", "--as-of", "2026-01-01", "--json")[1])
    values = {one["key"]: one for one in found["values"]}
    assert values["ls_hn"]["value"] == "6,24"
    assert "ls_hcn" not in values  # what it is since then no source says
    assert values["tgxh_chuan"]["certainty"] == "to_confirm"
    lines = run(capsys, "policies", "--as-of", "30/06/2024")[1]
    assert "Mức chuẩn trợ giúp xã hội: 360.000 đồng/tháng (NĐ 20/2021 Điều 4)" in lines
