"""`giamngheo budget`: sums, warnings and the fund as JSON and lines, and the tables as files."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from giamngheo_desktop.cli.main import entry as run_program
from giamngheo_desktop.domain.changes import Kind
from tests.harness.money import entry, line, put, support
from tests.harness.register import empty_database, make_register


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with empty_database(tmp_path / "xã.db") as database:
        register = make_register(database)
        (body,) = put(register, Kind.BODY, {"name": "Trạm Y tế", "valid_from": date(2025, 1, 1)})
        home = register.household("Hồ Thị Một").uid
        two = {"programme": "2021", "component": "DA4-TDA2"}
        three = {"programme": "2021", "component": "DA4-TDA3"}
        village = register.villages["A"]
        put(
            register,
            Kind.BUDGET_LINE,
            line(1_000_000_000, "assigned", **two, capital="recurrent", document="QĐ 12/QĐ-UBND"),
            line(400_000_001, "disbursed", **two, village=village, body=body),
            line(90, "assigned", "province", programme="2021", component="DA4"),
            line(100, "disbursed", "province", **three),
            line(7, "planned", "donors"),
        )
        support(register, home, "2026-03-01", {"central": 400_000_000}, **two)
        put(
            register,
            Kind.FUND_ENTRY,
            entry("out", "2026-01-05", 300, household=home),
            entry("in", "2026-01-06", 500, other_party="Nhà hảo tâm"),
            entry("in", "2026-01-07", 90, "goods", item="Gạo", quantity=1_050, unit="kg"),
            {**entry("out", "2026-01-08", 1), "fund": "other"},
        )
    return tmp_path / "xã.db"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    status = run_program([str(one) for one in arguments])
    return status, capsys.readouterr().out


def test_the_money_of_a_year_as_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out = run(capsys, "budget", "--db", file, "--year", 2026, "--json")
    found: dict[str, Any] = json.loads(out)
    assert status == 0
    assert (found["year"], found["unit"], found["lines"]) == (2026, "Sơn Tây", 5)
    assert [(one["code"], one["assigned"], one["disbursed"]) for one in found["sources"]] == [
        ("central", 1_000_000_000, 400_000_001),
        ("province", 90, 100),
        ("donors", None, None),
    ]
    central = found["sources"][0]
    assert central["rate"] == {
        "numerator": 400_000_001, "denominator": 1_000_000_000, "percent": "40.00",
    }  # fmt: skip
    assert (central["supported"], central["apart"], central["settled"]) == (400_000_000, 1, None)
    parts = {one["key"]: one for one in found["components"]}
    assert parts["2021/DA4"]["disbursed"] == 400_000_101
    assert list(parts["2021/DA4"]["own"]) == ["province"]
    assert parts["2021/DA4-TDA2"]["parent"] == "2021/DA4"
    assert parts[None]["planned"] == 7
    assert sum(one["disbursed"] or 0 for one in found["villages"]) == 400_000_101
    assert [one["name"] for one in found["bodies"]] == ["Trạm Y tế", "Chưa ghi cơ quan"]
    assert [(one["code"], one.get("component")) for one in found["warnings"]] == [
        ("budget_over", "2021/DA4"),
        ("fund_below", None),
        ("fund_below", None),
    ]
    assert [one["code"] for one in found["funds"]] == ["poor_fund", "other"]
    assert [one.get("fund") for one in found["warnings"]][1:] == ["poor_fund", "other"]
    money, goods = found["fund"]["forms"]
    assert (money["opening"], money["in"], money["out"], money["closing"]) == (0, 500, 300, 200)
    assert money["below"] == [{"day": "2026-01-05", "balance": -300}]
    assert goods["goods"] == [{"item": "Gạo", "unit": "kg", "in": 10.5, "out": None}]
    assert (found["fund"]["households"], found["fund"]["nameless"]) == (1, 0)


def test_the_same_as_lines(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = run(capsys, "budget", "--db", file, "--year", 2026, "--unit", "Thôn A")[1].splitlines()
    assert lines[0] == ("Năm 2026: giải ngân 400.000.001, theo hồ sơ hỗ trợ 400.000.000")
    whole = run(capsys, "budget", "--db", file, "--year", 2026)[1]
    assert (
        "Cần xem lại: DA4 Phát triển giáo dục nghề nghiệp, việc làm bền vững – Ngân sách tỉnh: "
        "giải ngân 100 đồng, nhiều hơn được giao 90 đồng." in whole
    )
    assert "Quỹ “Vì người nghèo”, Tiền: tồn đầu 0, thu 500, chi 300, tồn cuối 200" in whole
    assert "Nguồn vận động khác, Tiền: tồn đầu 0, thu 0, chi 1, tồn cuối -1" in whole
    assert "Cần xem lại: Nguồn vận động khác – Tiền: cuối ngày 08/01/2026 tồn -1 đồng" in whole
    assert run(capsys, "budget", "--db", file, "--year", 2024)[1].startswith(
        "Năm 2024: chưa ghi dòng nào"
    )


def test_every_warning_has_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with empty_database(tmp_path / "xã.db") as database:
        register = make_register(database)
        put(
            register,
            Kind.BUDGET_LINE,
            line(5, "disbursed", "district"),
            line(2, "disbursed", "district"),
            line(9, "planned", programme="2016", component="DA3"),
            line(-4, "planned", "donors"),
            line(8, "settled", "people"),
            line(3, "assigned", programme="2021", component="DA5"),
            line(1, "disbursed", programme="2021", component="DA7"),
        )
        home = register.household("Hồ Thị Một").uid
        support(register, home, "2026-03-01", {"central": 6}, programme="2021", component="DA6")
    asked = ("budget", "--db", tmp_path / "xã.db", "--year", 2026)
    found = {one["code"]: one for one in json.loads(run(capsys, *asked, "--json")[1])["warnings"]}
    assert {code: one["text"] for code, one in found.items()} == {
        "budget_negative": "Tổng cộng – Doanh nghiệp, tổ chức, cá nhân tài trợ: cộng các dòng dự "
        "kiến được -4 đồng, nhỏ hơn 0.",
        "budget_without": "Người dân đóng góp (tiền, ngày công, vật tư): đã ghi quyết toán 8 đồng "
        "nhưng chưa ghi dòng giải ngân nào.",
        "budget_without_here": "DA7 Nâng cao năng lực và giám sát, đánh giá Chương trình – Ngân "
        "sách trung ương: đã ghi giải ngân 1 đồng nhưng nội dung này và mục trên nó chưa ghi dòng "
        "được giao nào.",
        "budget_not_booked": "DA6 Truyền thông và giảm nghèo về thông tin – Ngân sách trung ương: "
        "hồ sơ hỗ trợ có 6 đồng, sổ kinh phí chưa ghi giải ngân.",
        "budget_late_district": "Chưa ghi chương trình, nội dung: 2 dòng giải ngân, cộng 7 đồng, "
        "ghi nguồn ngân sách huyện sau ngày 30/6/2025, khi không còn cấp huyện.",
        "budget_not_live": "DA3 Hỗ trợ phát triển sản xuất, đa dạng hóa sinh kế và nhân rộng mô "
        "hình giảm nghèo trên địa bàn các xã ngoài Chương trình 30a và Chương trình 135: không "
        "thuộc chương trình nào còn dùng trong năm 2026; chọn lại chương trình, thành phần.",
    }
    assert len(found["budget_late_district"]["lines"]) == 2
    assert run(capsys, *asked, "--fund", "khac")[0] == 2


def test_the_tables_are_workbooks_with_true_numbers(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    books = {}
    for table in ("summary", "lines", "fund"):
        target = tmp_path / f"{table}.xlsx"
        asked = ("--table", table, "-o", target)
        assert run(capsys, "budget", "--db", file, "--year", 2026, *asked)[0] == 0
        books[table] = openpyxl.load_workbook(io.BytesIO(target.read_bytes()))
    said = [
        cell.value for book in books.values() for sheet in book for row in sheet for cell in row
    ]
    assert not any("Cần xem lại" in str(value) for value in said)  # a doubt stays on the screen
    summary = books["summary"]
    assert summary.sheetnames == ["Nội dung", "Nguồn vốn", "Loại vốn", "Thôn", "Cơ quan"]
    for sheet in summary:
        (total,) = (row for row in sheet.iter_rows() if row[0].value == "Tổng cộng")
        assert [cell.value for cell in total[2:7]] == [
            7, 1_000_000_090, "–", 400_000_101, pytest.approx(40.0),
        ]  # fmt: skip
        assert total[3].number_format == "#,##0"
    cells = [cell.value for row in books["lines"].active.iter_rows() for cell in row]
    assert {1_000_000_000, "QĐ 12/QĐ-UBND", "Được giao (2 dòng)", 1_000_000_090} <= set(cells)
    fund = [cell.value for sheet in books["fund"] for row in sheet.iter_rows() for cell in row]
    assert {"Gạo", 10.5, -300, "Hồ Thị Một", "Nhà hảo tâm"} <= set(fund)


@pytest.mark.parametrize("table", ["summary", "lines", "fund"])
def test_a_year_without_money_prints_too(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], table: str
) -> None:
    target = tmp_path / "bảng.pdf"
    asked = ("--table", table, "-o", target)
    assert run(capsys, "budget", "--db", file, "--year", 2023, *asked)[0] == 0
    assert target.stat().st_size > 1_000
