"""`giamngheo plan`: layouts, headings, doubts, files, and what is issued."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from giamngheo_desktop.cli.main import entry
from giamngheo_desktop.services import settings
from tests.harness.register import empty_database, make_register
from tests.independent.plans import skeleton
from tests.services.test_plan_skeletons import begun

YEAR = "2026"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with empty_database(tmp_path / "xã.db") as database:
        register = make_register(database)
        signers = {"signer_title": "CHỦ TỊCH", "signer_name": "Hồ Văn Một"}
        settings.save(database, register.context, signers, date(2025, 1, 1))
    return tmp_path / "xã.db"


def run(
    file: Path, capsys: pytest.CaptureFixture[str], *options: object, status: int = 0
) -> list[str]:
    asked = ["plan", "--db", file, "--year", YEAR, *options]
    assert entry([str(one) for one in asked]) == status
    said = capsys.readouterr()
    return (said.out or said.err).splitlines()


def told(file: Path, capsys: pytest.CaptureFixture[str], *options: object) -> dict[str, Any]:
    return dict(json.loads("\n".join(run(file, capsys, "--json", *options))))


def test_the_headings_of_a_plan_are_printed_exactly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with begun(tmp_path, "002", int(YEAR)):
        pass
    printed = "\n".join(f"{one.number} {one.title}" for one in skeleton.headings("002"))
    found = run(tmp_path / "002.db", capsys, "--skeleton")
    assert found == printed.replace("năm 2023", f"năm {YEAR}").splitlines()


def test_a_plan_is_begun_shown_and_written(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    layouts = run(file, capsys, "--layouts")
    assert len(layouts) == 6
    assert layouts[0] == "ke_hoach_chuan  Kế hoạch đủ các phần: nên dùng; mọi năm"
    assert "khung của kế hoạch cũ; theo kế hoạch năm 2024, cho phường" in layouts[1]
    assert layouts[1].endswith("giữ chỗ in sai của bản gốc: hai mục lớn cùng mang số II")
    (others,) = (one for one in layouts if "không dùng cho đơn vị này" in one)
    assert others.startswith("ke_hoach_theo_nhom_giai_phap")
    (said,) = run(file, capsys, "--begin", "x", status=2)
    assert said.startswith("Không có khung kế hoạch “x”, chỉ có ")
    assert "bao_cao" not in said
    assert all(line.split()[0] in said for line in layouts)
    (said,) = run(file, capsys, "--report", "Q1", "--begin", "x", status=2)
    assert "ke_hoach" not in said
    assert run(file, capsys, status=2) == [
        "Năm 2026 chưa có kế hoạch: bắt đầu bằng “plan --begin” và mã khung."
    ]
    begun = run(file, capsys, "--begin", "ke_hoach_muc_dich_yeu_cau")
    assert begun[:2] == [
        "Đã bắt đầu soạn theo khung “Kế hoạch có mục đích, yêu cầu (phường)”: 14 mục.",
        "Kế hoạch năm 2026, bản thứ 1 (dự thảo)",
    ]
    headings = run(file, capsys, "--skeleton")
    assert headings[0] == "I. MỤC ĐÍCH, YÊU CẦU"
    assert [line for line in headings if line.startswith("II.")] == [
        "II. MỤC TIÊU",
        "II. NHIỆM VỤ VÀ GIẢI PHÁP THỰC HIỆN",
    ]
    doubted = run(file, capsys, "--doubts", status=1)
    assert "Cần xem lại: Hai mục cạnh nhau cùng mang số “II.”: MỤC TIÊU." in doubted
    for form, mark in (("docx", b"PK"), ("pdf", b"%PDF"), ("json", b"{")):
        target = tmp_path / f"kế hoạch.{form}"
        run(file, capsys, "-o", target)
        assert target.read_bytes().startswith(mark)
    assert run(file, capsys, "--version", "2", status=2) == [
        "Kế hoạch năm 2026 không có bản thứ 2."
    ]
    assert "chỉ ghi một trong" in run(file, capsys, "--skeleton", "--doubts", status=2)[0]
    assert "--issue" in run(file, capsys, "--number", "5", status=2)[0]
    for name in ("Quảng Ngãi", "Thôn A"):
        (said,) = run(file, capsys, "--unit", name, status=2)
        assert f"“{name}” không có: ghi --unit với tên xã – Sơn Tây." in said
    (said,) = run(file, capsys, "-o", tmp_path / "a.txt", status=2)
    assert "--format" not in said


def test_a_plan_is_issued_and_stands(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(file, capsys, "--begin", "ke_hoach_chuan")
    target = tmp_path / "kế hoạch.pdf"
    options = ("--issue", "--number", "5", "--on", "2026-02-03", "-o", target)
    waits = run(file, capsys, *options, status=1)
    assert "Cần xem lại: Mục chưa có nội dung: 2. Chỉ tiêu chung toàn xã." in waits
    assert "--anyway" in waits[-1]
    assert not target.exists()
    assert told(file, capsys, *options, "--anyway")["issued_on"] == "2026-02-03"
    assert target.exists()
    assert run(file, capsys, "--issue", status=2) == ["Bản kế hoạch này đã ban hành."]
    assert entry(["issued", "list", "--db", str(file), "--year", YEAR, "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["issued"]
    assert (row["number"], row["code"]) == ("05/KH-UBND", "written_plan")
    asked = ["issue", "written_plan", "--db", str(file), "--year", YEAR]
    assert entry(asked) == 2
    assert "plan --issue" in capsys.readouterr().err


def test_a_report_of_a_period(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(run(file, capsys, "--layouts", "--report", "Q1")) == 2
    assert "Chưa có báo cáo quý I năm 2026" in run(file, capsys, "--report", "Q1", status=2)[0]
    found = told(file, capsys, "--report", "Q1", "--begin", "bao_cao_dinh_ky")
    assert (found["type"], found["period"], found["version"]) == ("report", "Q1", 1)
    assert next(one["number"] for one in found["headings"] if "." in one["number"]) == "I."
    changed = told(file, capsys, "--report", "Q1", "--changes")
    assert (changed["after"], changed["last_report"]) == ("2025-12-31", None)
    assert changed["happened"] == changed["targets"] == changed["late"] == []
    assert run(file, capsys, "--report", "Q1", "--changes")[0].endswith("chưa ghi thay đổi nào.")
    run(file, capsys, "--begin", "ke_hoach_chuan")
    assert "--changes cần --report" in run(file, capsys, "--changes", status=2)[0]
    target = tmp_path / "báo cáo.docx"
    run(file, capsys, "--report", "Q1", "-o", target)
    assert target.read_bytes().startswith(b"PK")


def test_a_version_is_adjusted_replaced_and_dropped(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(file, capsys, "--begin", "ke_hoach_chuan")
    assert run(file, capsys, "--adjust", status=2) == [
        "Kế hoạch này còn là dự thảo: sửa ngay trong đó, chưa cần bản điều chỉnh."
    ]
    issued = run(file, capsys, "--issue", "--on", "2026-02-03", "--anyway")
    assert issued[-1] == "Văn bản chưa có số: văn thư cho số rồi ghi vào sau."
    assert run(file, capsys, "--adjust")[:2] == [
        "Đã lập bản thứ 2, dự thảo, từ bản thứ 1.",
        "Kế hoạch năm 2026, bản thứ 2 (dự thảo)",
    ]
    assert run(file, capsys, "--drop-draft") == ["Đã bỏ bản dự thảo thứ 2."]
    assert run(file, capsys, "--replace")[0] == "Đã lập bản thứ 2, dự thảo, từ bản thứ 1."
    assert run(file, capsys, "--drop-draft", "--version", "1", status=2)
    assert "--report" in run(file, capsys, "--adjust", "--report", "Q1", status=2)[0]


def test_a_day_far_from_the_year_waits(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(file, capsys, "--begin", "ke_hoach_chuan")
    late = run(file, capsys, "--issue", "--on", "2027-02-01", status=1)
    said = "Cần xem lại: Kế hoạch năm 2026 mà ngày của văn bản là 01/02/2027: xem lại năm và ngày."
    assert said in late
    run(file, capsys, "--report", "H1", "--begin", "bao_cao_dinh_ky")
    early = run(file, capsys, "--report", "H1", "--issue", "--on", "2026-06-15", status=1)
    assert (
        "Cần xem lại: Báo cáo ngày 15/06/2026, trước ngày chốt số liệu 30/06/2026: số liệu chỉ "
        "tính đến ngày 15/06/2026."
    ) in early
