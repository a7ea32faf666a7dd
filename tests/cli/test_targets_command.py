"""`giamngheo targets`: targets as JSON and lines, the history, the analysis by name, the files."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from giamngheo_desktop.cli import main
from giamngheo_desktop.domain.changes import Kind
from tests.harness.plan_year import YEAR, Plan
from tests.harness.register import empty_database, make_register


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """3 of 4 poor households left; one registered; a target that was typed, one without number."""
    path = tmp_path_factory.mktemp("targets") / "xã.db"
    with empty_database(path) as database:
        plan = Plan(make_register(database))
        homes = plan.homes(4)
        plan.becomes(homes[0], "not_poor", date(YEAR, 2, 15))
        plan.help.add(Kind.HOUSEHOLD_PLAN, household=homes[1], year=YEAR, registered=True)
        plan.target("HN-TL", position=1, assigned=200, pursued=100, assigned_by="QĐ 81")
        plan.target("YT-VITA", position=2, pursued=9800)
        plan.target("MH-NHANRONG", position=3, content="Nhân rộng mô hình")
        plan.target("HN-GIAM-HO", position=4, pursued=100)
        plan.typed("YT-VITA", date(YEAR, 6, 1), numerator=1, denominator=3)
    return path


def run(capsys: pytest.CaptureFixture[str], file: Path, *more: object) -> tuple[int, str]:
    said = ("targets", "--db", file, "--year", YEAR, *more)
    status = main.entry([str(one) for one in said])
    printed = capsys.readouterr()
    return status, printed.out or printed.err


def told(capsys: pytest.CaptureFixture[str], file: Path, *more: object) -> dict[str, Any]:
    status, out = run(capsys, file, "--json", *more)
    assert status == 0
    found: dict[str, Any] = json.loads(out)
    return found


def test_the_targets_of_a_day_as_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, file, "--day", "2026-06-30", "--history")
    assert (found["unit"], found["day"], found["plan"]["version"]) == ("Sơn Tây", "2026-06-30", 1)
    rate, typed, quality, fall = found["targets"]
    assert rate["value"] == {"exact": "3/2", "rounded": "1.50"}
    assert (rate["numerator"], rate["denominator"]) == (3, 200)
    assert (rate["counted"]["kind"], len(rate["counted"]["ids"])) == ("household", 3)
    records = rate["counted"]["records"]
    assert {one["id"] for one in records} == {*rate["counted"]["ids"]}
    assert {(one["name"][:4], one["more"]) for one in records} == {("poor", "Thôn A")}
    assert (rate["assigned"]["met"], rate["pursued"]["met"]) == (True, False)
    assert rate["pursued"]["share"] == {"exact": "50", "rounded": "50.00"}
    assert (rate["state"], rate["tone"], rate["assigned_by"]) == ("on_way", "neutral", "QĐ 81")
    assert rate["forecast"]["exact"] == "1"
    assert len(rate["forecast"]["leaving"]) == 1
    assert (rate["baseline"]["exact"], rate["baseline"]["standard"]) == ("2", "2022")
    assert [point["exact"] for point in rate["history"]] == ["2", *["3/2"] * 5]
    assert typed["value"] == {"exact": "100/3", "rounded": "33.33"}
    assert (typed["typed"]["source"], typed["measured_on"]) == ("Trạm Y tế", "2026-06-01")
    assert (quality["name"], quality["state"]) == ("Nhân rộng mô hình", "unsaid")
    assert "history" not in quality
    assert (fall["value"]["exact"], fall["numerator"], fall["denominator"]) == ("1", None, None)
    assert (fall["baseline"], fall["counted"], fall["out_of"]) == (None, None, None)
    assert (fall["moved"]["above"], fall["moved"]["net_escaped"]) == (1, 1)
    assert "moved" not in rate
    ends = fall["between"]
    assert [ends[end]["numerator"] for end in ("opening", "closing")] == [4, 3]
    assert [len(ends[end]["counted"]["records"]) for end in ("opening", "closing")] == [4, 3]


def test_as_lines(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out = run(capsys, file, "--day", "30/06/2026")
    assert status == 0
    lines = out.splitlines()
    assert lines[0] == ("Theo bản dự thảo kế hoạch năm 2026 · Số liệu tính đến ngày 30/06/2026")
    assert lines[1] == (
        "Tỷ lệ hộ nghèo: chỉ tiêu giao 2%; chỉ tiêu phấn đấu 1%; thực hiện 1,50%; % đạt 50,00; "
        "Chưa đạt, còn thời hạn (phấn đấu); Đạt (giao)"
    )
    assert lines[2].startswith("  dự báo cuối năm 1,00%: danh sách hiện nay, trừ 1 hộ đăng ký")
    _, out = run(capsys, file, "--day", "30/06/2026", "--history")
    months = [line for line in out.splitlines() if line.startswith("  31/01/2026: ")]
    assert [months[at].split("; ")[0][14:] for at in (0, 1, 2)] == ["2,00%", "–", "0 hộ"]
    assert months[1].endswith("; 30/06/2026: 33,33% trẻ em")
    status, out = run(capsys, file, "--day", "30/06/2026", "--village", "thon a")
    assert (status, out.splitlines()[1][:14]) == (0, "Trẻ 6–36 tháng")


def test_the_analysis_names_whom_it_counts(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, file, "--analysis")
    poor = found["parts"][0]
    assert (found["year"], poor["code"], poor["count"], poor["percent"]) == (
        2025, "poor", 4, "2.00",
    )  # fmt: skip
    assert [home["head"] for home in poor["households"]] == [f"poor A {at}" for at in range(4)]
    parts = {part["code"]: part for part in found["parts"]}
    assert len(parts["with_labour"]["unknown"]) == 4
    _, out = run(capsys, file, "--analysis", "--village", "Thôn B")
    assert out.startswith("Cuối năm 2025, trên địa bàn thôn B không có hộ nghèo.")


def test_the_names_of_the_analysis_are_printed_where_they_are_asked_for(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, said = run(capsys, file, "--analysis")
    assert "poor A 0" not in said
    status, out = run(capsys, file, "--analysis", "--names")
    assert status == 0
    assert out.startswith(said)
    lines = out.splitlines()
    at = lines.index("Hộ nghèo: 4")
    assert lines[at + 1 : at + 5] == [f"  poor A {home}, Thôn A" for home in range(4)]
    assert any(line.endswith(", chưa rõ: 4") for line in lines)


def test_a_village_as_the_unit_is_that_village(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = told(capsys, file, "--unit", "Thôn A")
    assert found == told(capsys, file, "--village", "Thôn A")
    assert found["village"]


def test_what_villages_were_given_is_a_line_each(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out = run(capsys, file, "--villages")
    assert status == 0
    lines = out.splitlines()
    assert lines[0] == "CHỈ TIÊU GIẢM HỘ NGHÈO, HỘ CẬN NGHÈO CÁC THÔN NĂM 2026"
    (village,) = [line for line in lines if line.startswith("Thôn A: ")]
    assert village.startswith(
        "Thôn A: Tổng số hộ gia đình 100; Hộ nghèo đầu năm 2026: TS 4, % 4,00; "
    )
    assert "[" not in out  # no name of the program's own


@pytest.mark.parametrize(
    ("form", "more"), [("xlsx", ()), ("json", ("--analysis",)), ("docx", ("--villages",))]
)
def test_a_paper_is_written(
    file: Path, capsys: pytest.CaptureFixture[str], form: str, more: tuple[str, ...]
) -> None:
    path = file.with_suffix(f".{form}")
    assert told(capsys, file, "--print", "-o", path, *more)["output"] == str(path)
    assert path.stat().st_size


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("-o", "x.pdf"), "-o chỉ dùng cùng với --print"),
        (("--analysis", "--history"), "--history"),
        (("--names",), "--names chỉ dùng cùng với --analysis"),
        (("--villages", "--analysis"), "--analysis"),
        (("--day", "2999-01-01"), "01/01/2999"),
        (("--village", "Sơn Tây"), "Thôn A"),
        (("--unit", "Quảng Ngãi"), "Chỉ tiêu của kế hoạch là của từng xã"),
        (("--unit", "Quảng Ngãi"), "“Quảng Ngãi” không có: ghi --unit với tên xã – Sơn Tây."),
        (("--print", "-o", "a.txt"), "đổi đuôi tệp a.txt thành một trong xlsx, pdf, docx, json."),
    ],
)
def test_what_makes_no_sense_is_refused(
    file: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...], sentence: str
) -> None:
    status, err = run(capsys, file, *more)
    assert status == main.REFUSED
    assert sentence in err


def test_what_is_odd_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "xã.db"
    with empty_database(file) as database:
        Plan(make_register(database)).target("HCN-TL", pursued=12_000)
    (one,) = told(capsys, file)["doubts"]
    assert one["code"] == "over_whole"
    said = f"Cần xem lại: {one['text']}"
    assert said in run(capsys, file)[1].splitlines()
    assert main.entry(["plan", "--db", str(file), "--year", str(YEAR), "--doubts"]) == 1
    assert said in capsys.readouterr().out.splitlines()
