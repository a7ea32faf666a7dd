"""`giamngheo helping`: the views as lines and data, each list as a file."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.reports.helping import CODES
from tests.cli.commands.console import Commands
from tests.harness.helping import Help
from tests.harness.register import empty_database, make_register

MARCH = date(2025, 3, 1)
ASKED = ("--year", "2025", "--quarter", "1")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Sổ.db"
    with empty_database(path) as database:
        here = Help(make_register(database))
        one, two, three = here.home("Một"), here.home("Hai"), here.home("Ba", "near_poor")
        hoa, binh = here.officer("Lê Hoa", title="Bí thư chi bộ"), here.officer("Đỗ Bình")
        here.assign(one, hoa, decision_number="5/QĐ")
        here.assign(two, binh)
        here.visit(one, MARCH, hoa)
        here.add(Kind.NEED, household=one, code="housing")
        here.add(Kind.NEED, household=three, code="credit")
        here.support(two, MARCH)
        here.add(
            Kind.HOUSEHOLD_PLAN, household=one, year=2025, registered=True, expected="above",
            deadline=MARCH, group="with_labour", measures="Nuôi bò", officer=hoa,
        )  # fmt: skip
        here.add(
            Kind.INCIDENT, household=two, happened_on=MARCH, kind="accident", proposes_review=True
        )
    return path


def test_the_views_of_a_quarter(run: Commands, file: Path) -> None:
    said = run("helping", *ASKED, "--db", file)
    lines = said.out.splitlines()
    assert lines.pop(5).startswith("Nhu cầu đang có: 2, chưa có chính sách đáp ứng: ")
    assert (said.code, lines) == (
        0,
        [
            "Trong danh sách ngày 31/03/2025: 3 hộ",
            "Chưa có người giúp: 1 hộ",
            "Người giúp: 2",
            "Chưa đến thăm trong quý 1: 1 người giúp",
            "Hộ quá hạn được thăm: 0",
            "Đăng ký thoát nghèo: 1 hộ, kế hoạch quá hạn: 1",
            "Biến cố, cả còn chờ từ năm trước: 1, chờ xử lý đề nghị rà soát: 1",
            "Hộ nghèo ba năm chưa được hỗ trợ: 0, chưa đủ dữ liệu: 1",
            "Từ 3 năm liền trong danh sách: 0 hộ",
        ],
    )
    found = run("helping", *ASKED, "--db", file, "--json").json
    assert (found["day"], found["quarter"], found["listed"]) == ("2025-03-31", 1, 3)
    assert [one["head"] for one in found["without_helper"]] == ["Ba"]
    helpers = {
        one["name"]: [(home["head"], home["last_visit"]) for home in one["households"]]
        for one in found["by_helper"]
    }
    assert helpers == {"Đỗ Bình": [("Hai", None)], "Lê Hoa": [("Một", "2025-03-01")]}
    assert [one["name"] for one in found["without_visit"]] == ["Đỗ Bình"]
    assert {code: len(lines) for code, lines in found["by_need"].items()} == {
        "credit": 1,
        "housing": 1,
    }
    assert found["plans"][0]["overdue"] is found["incidents"][0]["waits"] is True
    (unknown,) = found["without_support"]["unknown"]
    assert (unknown["head"], unknown["years"]) == ("Một", ["unknown", "unknown", "unknown"])
    assert {one["head"]: one["years"] for one in found["years_on_list"]} == {
        "Một": 1,
        "Hai": 1,
        "Ba": 1,
    }
    of_village = run("helping", *ASKED, "--unit", "Thôn B", "--db", file, "--json").json
    assert (of_village["listed"], of_village["by_helper"]) == (0, [])


LISTED = {
    "helpers": ["Đỗ Bình: 1 hộ", "Hai", "Lê Hoa, Bí thư chi bộ: 1 hộ", "Một", "Tổng cộng: 2 hộ"],
    "needs": [
        "Vay vốn tín dụng ưu đãi: 1 hộ",
        "Ba",
        "Xây mới, sửa chữa nhà ở: 1 hộ",
        "Một",
        "Tổng cộng: 2 hộ",
    ],
    "without": ["Ba", "Tổng cộng: 1 hộ"],
    "silent": ["Đỗ Bình"],
    "overdue": [],
    "registered": ["Một", "Tổng cộng: 1 hộ"],
    "nothing": ["Chưa đủ dữ liệu để biết: 1 hộ", "Một"],
    "years": ["Ba", "Hai", "Một", "Tổng cộng: 3 hộ"],
}


def test_each_list_is_a_file(run: Commands, file: Path, tmp_path: Path) -> None:
    for code in CODES:
        output = tmp_path / f"{code}.json"
        assert run("helping", *ASKED, "--list", code, "-o", output, "--db", file).code == 0
        found = json.loads(output.read_text(encoding="utf-8"))
        if code in LISTED:
            assert [row["label"] for row in found["rows"]] == LISTED[code], code
    plan = {row["label"]: row["values"] for row in found["rows"]}
    assert plan["Giải pháp"] == {"c1": "Nuôi bò"}
    assert plan["Nhóm hộ"] == {"c1": "Hộ có lao động"}
    output = tmp_path / "helpers.json"
    run("helping", *ASKED, "--list", "helpers", "--apart", "-o", output, "--db", file)
    apart = json.loads(output.read_text(encoding="utf-8"))
    tables = [apart, *apart["tables"]]  # a page each, without the sum of all
    assert [[row["label"] for row in table["rows"]] for table in tables] == [["Hai"], ["Một"]]
    for form in ("xlsx", "pdf"):
        output = tmp_path / f"Phiếu.{form}"
        run("helping", *ASKED, "--list", "plans", "-o", output, "--db", file)
        assert output.stat().st_size > 3_000


def test_what_cannot_be_asked(run: Commands, file: Path) -> None:
    assert "ghi 1, 2, 3 hoặc 4" in run.refused("helping", "--year", 2025, "--quarter", 5)
    assert "-o" in run.refused("helping", *ASKED, "--list", "needs", "--db", file)
    assert "chưa đến" in run.refused("helping", "--year", 2999, "--db", file)


def test_an_incident_goes_into_the_review_of_its_month(run: Commands, file: Path) -> None:
    (waiting,) = run("incidents", "list", "--year", "2025", "--db", file, "--json").json
    assert (waiting["head"], waiting["waits"]) == ("Hai", True)
    asked = ("incidents", "apply", waiting["record"], "--db", file, "--on")
    assert "xảy ra ngày 01/03/2025" in run.refused(*asked, "2025-02-28")
    said = run(*asked, "2025-03-10")
    assert said.out.strip() == "Đã vào sổ giấy đề nghị ngày 10/03/2025."
    assert "đã xử lý ngày 10/03/2025" in run.refused(*asked, "2025-03-10")
    (line,) = run("incidents", "list", "--year", "2025", "--db", file).out.splitlines()
    assert line.endswith("Hai, Thôn A: Tai nạn (đã xử lý ngày 10/03/2025)")
