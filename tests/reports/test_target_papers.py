"""Targets with their results, and the analysis of poor households, on paper."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import openpyxl

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.reports.as_text import as_text
from giamngheo_desktop.reports.make import render
from giamngheo_desktop.reports.poverty_analysis import analysis_paper, table
from giamngheo_desktop.reports.targets import target_sentence, targets_paper
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.targets.plan_targets import PlanTarget
from giamngheo_desktop.services.targets.poverty_analysis import analysis, before_plan
from giamngheo_desktop.storage.engine import Database
from tests.harness.plan_year import YEAR, Plan
from tests.harness.register import empty_database, make_register
from tests.harness.tables import definitions, sample_file

DAY, FALL = date(YEAR, 6, 30), "Toàn xã giảm tối thiểu 02 hộ nghèo"
RATE = "Tỷ lệ hộ nghèo toàn xã còn 1%"
ABBREVIATED = re.compile(r"\b(?:NLĐ|HN|HCN|HMTN|MSTB|SDD|BHYT|BTXH|NHCSXH)\b")


def written(database: Database) -> Plan:
    """A target of each kind: counted, typed, partly known, not known, định tính, nobody in need,
    and one that goes the other way.
    """
    plan = Plan(make_register(database))
    homes = plan.homes(4)
    plan.becomes(homes[0], "not_poor", date(YEAR, 2, 15))
    plan.help.add(Kind.HOUSEHOLD_PLAN, household=homes[1], year=YEAR, registered=True)
    plan.help.add(Kind.NEED, household=homes[1], code="other")
    plan.target("HN-TL", position=1, assigned=200, pursued=100)
    plan.target("HN-GIAM-HO", position=2, assigned=100, pursued=200)
    plan.target("HN-GIAM-DIEM", position=3, pursued=33)
    plan.target("YT-BHYT", position=4, pursued=10_000, groups=("poor", "near_poor"))
    plan.target("TD-VAY", position=5, pursued=10_000)
    plan.target("YT-VITA", position=6, pursued=9800)
    plan.target("YT-SDD", position=7, pursued=500)
    plan.target("DT-NGHE", position=8, pursued=300, comparator="about", due_on=date(YEAR, 3, 31))
    plan.target("MH-NHANRONG", position=9, content="Nhân rộng các mô hình có hiệu quả")
    plan.target("HCN-GIAM-HO", position=10, assigned=100)
    plan.becomes(plan.help.home("Mới", None), "near_poor", date(YEAR, 3, 1))
    plan.typed("YT-VITA", date(YEAR, 6, 1), numerator=196, denominator=200)
    plan.typed("MH-NHANRONG", date(YEAR, 6, 2), reached=True, source="Hội Nông dân")
    return plan


def test_every_target_stands_on_paper_with_what_is_said_of_it(
    tmp_path: Path, golden: Callable[[str, str], None]
) -> None:
    with empty_database(tmp_path / "xã.db") as database:
        doc = targets_paper(database, written(database).track(DAY))
        golden("targets.txt", as_text(doc))
        sheet = openpyxl.load_workbook(io.BytesIO(render(doc, "xlsx"))).active
        rows = {row[1].value: row for row in sheet.iter_rows()}
        shown = {name: rows[name][6].number_format for name in (RATE, FALL)}
        assert shown == {RATE: "#,##0.00", FALL: "#,##0"}  # 1,50 is not shown as 2


def test_a_target_in_words_has_neither_number_nor_unit_on_paper(tmp_path: Path) -> None:
    with empty_database(tmp_path / "xã.db") as database:
        plan = Plan(make_register(database))
        plan.homes(4)
        words = "Tự kiểm tra ở mỗi thôn"
        plan.target("GS-TUKT", content=words)
        sheet = openpyxl.load_workbook(
            io.BytesIO(render(targets_paper(database, plan.track(DAY)), "xlsx"))
        ).active
        (row,) = (row for row in sheet.iter_rows() if row[1].value == words)
        assert [cell.value for cell in row[2:] if cell.value] == ["Định tính, chưa đánh giá"]


def test_a_signed_paper_has_no_short_names() -> None:
    for indicator in definitions().indicators.indicators.values():
        whole = PlanTarget(
            uid=None, key="", indicator=indicator, comparator=indicator.comparator,
            due=date(YEAR, 12, 31), pursued=Fraction(5),
        )  # fmt: skip
        for target in (whole, replace(whole, pursued=None)):
            said = target_sentence(target, "phuong")
            assert not ABBREVIATED.search(said), said
            assert "toàn xã" not in said.lower()


def test_without_a_plan_the_paper_says_so(tmp_path: Path) -> None:
    with empty_database(tmp_path / "xã.db") as database:
        plan = Plan(make_register(database))
        empty = targets_paper(database, plan.track(DAY))
        none = targets_paper(database, plan.track(DAY, year=2025))
        assert empty.tables[0].empty == "Kế hoạch năm 2026 chưa ghi chỉ tiêu nào."
        assert none.tables[0].empty == "Năm 2025 chưa có kế hoạch nên chưa có chỉ tiêu."
        assert none.subtitle[1] == "Số liệu tính đến ngày 31/12/2025"


def test_the_analysis_of_plan_004_on_paper(golden: Callable[[str, str], None]) -> None:
    database = Database(sample_file())
    try:
        unit = areas.top_unit(database, date(2020, 12, 31))
        found = before_plan(database, definitions(), unit=unit, year=2021)
        golden("poverty_analysis.txt", as_text(analysis_paper(database, definitions(), found)))
        before = analysis(database, definitions(), unit=unit, year=2018)
        assert table(before, definitions()).rows == ()
    finally:
        database.close()
