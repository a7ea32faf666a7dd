"""What a thing does not take is refused, never passed over: nothing is written or issued."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from tests.cli.commands.console import Commands
from tests.harness.tables import sample_file

SOMEBODY = uuid4()
TABLE = "chỉ dùng --year, --unit, --standard, --as-of, --status, --geography."
LIST = "chỉ dùng --year, --unit, --standard, --as-of."
HOUSEHOLD = "chỉ dùng --household, --application, --day."
YEAR = ("--year", 2025)
DAY = "2025-06-30"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("issue", "BC6", *YEAR, "--household", SOMEBODY), f"không dùng --household, {TABLE}"),
        (("issue", "BC6", *YEAR, "--period", "2025-01"), f"không dùng --period, {TABLE}"),
        (("issue", "budget"), "Thiếu năm của biểu"),
        (("issue", "budget", *YEAR, "--as-of", DAY), "không dùng --as-of, chỉ dùng --year, --unit"),
        (("issue", "bhyt", *YEAR), "không dùng --year, chỉ dùng --period, --unit."),
        (("issue", "bhyt"), "Đã nêu bhyt thì cần nêu cả --period."),
        (("issue", "bang_ke"), "Đã nêu bang_ke thì cần nêu cả --event."),
        (("issue", "phieu_ho"), "Đã nêu phieu_ho thì cần nêu cả --household."),
        (("issue", "bang_ke", "--event", SOMEBODY, "--period", "1"), "không dùng --period"),
        (("issue", "needs", *YEAR, "--household", SOMEBODY), "không dùng --household"),
        (("issue", "needs", *YEAR, "--as-of", DAY), "Không dùng --year cùng với --as-of"),
        (("issue", "BC6", *YEAR, "--day", DAY), f"không dùng --day, {TABLE}"),
        (("issue", "BC6", *YEAR, "--review", 2025), f"không dùng --review, {TABLE}"),
        (("issue", "ho_ngheo", *YEAR, "--status", "preliminary"), f"không dùng --status, {LIST}"),
        (("issue", "ho_ngheo", *YEAR, "--geography", DAY), f"không dùng --geography, {LIST}"),
        (("issue", "thoat_ngheo", *YEAR, "--as-of", DAY), "luôn là của cả năm"),
        (("issue", "mau_04", *YEAR, "--household", SOMEBODY), f"không dùng --year, {HOUSEHOLD}"),
        (("issue", "mau_04", "--status", "official"), f"không dùng --status, {HOUSEHOLD}"),
        (("issue", "mau_04", "--as-of", DAY), f"không dùng --as-of, {HOUSEHOLD}"),
        (("issue", "mau_01", "--day", DAY), "cần cả --household hoặc --application"),
        (("issue", "bien_ban_hop", "--review", 2025), "dùng --review thì cần cả --village"),
        (("issue", "phieu_b", "--review", 2025), "dùng --review thì cần cả --household"),
        (("issue", "quyet_dinh_cong_nhan"), "thêm --review; tờ trắng"),
        (("issue", "mau_04"), "thêm --household hoặc --application; tờ trắng"),
        (("issue", "giay_chung_nhan"), "thêm --certificate; tờ trắng"),
        (("issue", "confirmation"), "giamngheo confirm make"),
        (("issue", "BC1", *YEAR, "--standard", 2016), "Năm 2025 không rà soát theo"),
        (("issue", "ho_ngheo", *YEAR, "--standard", 2016), "Năm 2025 không rà soát theo"),
        (("issue", "BC6", *YEAR, "--format", "pdf"), "cần cả -o TỆP"),
        (("confirm", "make", "An", "--what", "poor", "--format", "pdf"), "cần cả -o TỆP"),
        (("bridge", "BC1", *YEAR, "--column", "poor_households", "--persons"), "bỏ --persons"),
    ],
)
def test_what_writes_no_file(run: Commands, command: tuple[object, ...], said: str) -> None:
    assert said in run.refused(*command, "--db", sample_file())


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("report", "BC1", *YEAR, "--edition", 1, "--as-of", DAY), "Không dùng --edition cùng"),
        (("list", "ho_ngheo", *YEAR, "--edition", 1, "--as-of", DAY), "Không dùng --edition cùng"),
        (
            ("report", "BC1", *YEAR, "--edition", 1, "--status", "preliminary"),
            "Không dùng --edition cùng với --status preliminary",
        ),
        (("list", "thoat_can_ngheo", *YEAR, "--as-of", DAY), "luôn là của cả năm"),
        (("list", "--layout", "exit", *YEAR, "--as-of", DAY), "luôn là của cả năm"),
        (("paper", "mau_01", "--day", DAY), "cần cả --household hoặc --application"),
    ],
)
def test_what_writes_a_file(
    run: Commands, tmp_path: Path, command: tuple[object, ...], said: str
) -> None:
    target = tmp_path / "ra.xlsx"
    assert said in run.refused(*command, "--db", sample_file(), "-o", target)
    assert not target.exists()


def test_a_status_is_refused_exactly_where_the_table_would_pass_it_over(
    run: Commands, tmp_path: Path
) -> None:
    for code in ("BC1", "BC2", "BC4", "THON"):
        target = tmp_path / f"{code}.json"
        ran = run("report", code, *YEAR, "--status", "preliminary", "-o", target)
        if ran.code:
            assert ran.err == f"Biểu {code} chỉ có bản chính thức: bỏ --status preliminary.\n"
            assert not target.exists()
        else:
            assert '"status": "preliminary"' in target.read_text(encoding="utf-8")
        assert run("report", code, *YEAR, "--status", "official", "-o", target).code == 0
