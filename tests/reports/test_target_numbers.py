"""How numbers of targets are written: as typed in the plan, as official tables print what is
measured; the same on paper and by the command.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from giamngheo_desktop import texts
from giamngheo_desktop.domain.indicator_catalogue import IndicatorType
from giamngheo_desktop.reports.layout import row_texts
from giamngheo_desktop.reports.target_numbers import (
    measured_amount,
    measured_text,
    promised_text,
    share_text,
)
from giamngheo_desktop.reports.targets import fall_text, target_name, targets_paper
from giamngheo_desktop.services.targets.plan_targets import PlanTarget
from tests.harness.plan_year import YEAR, Plan
from tests.harness.register import empty_database, make_register
from tests.harness.tables import definitions

RATE, COUNT = IndicatorType.RATE, IndicatorType.COUNT
DAY = date(YEAR, 6, 30)


def aimed(code: str) -> PlanTarget:
    indicator = definitions().indicators.indicators[code]
    return PlanTarget(
        uid=None, key="", indicator=indicator, comparator=indicator.comparator,
        due=date(YEAR, 12, 31),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [
        (Fraction(22, 10), RATE, "2,20"),
        (Fraction(2), RATE, "2,00"),
        (Fraction(0), RATE, "0,00"),
        (Fraction(216, 100), RATE, "2,16"),
        (Fraction(25, 8), RATE, "3,13"),
        (Fraction(2, 5), IndicatorType.POINTS, "0,40"),
        (Fraction(-1, 20), IndicatorType.POINTS, "−0,05"),
        (Fraction(100), IndicatorType.COVERAGE, "100"),
        (Fraction(99_999, 1000), IndicatorType.COVERAGE, "100,00"),  # one is missing
        (Fraction(74), IndicatorType.NEED, "74,00"),
        (Fraction(1234), COUNT, "1.234"),
        (Fraction(-2), COUNT, "−2"),
        (None, RATE, "–"),
    ],
)
def test_what_is_measured_is_written_as_official_tables_have_it(
    value: Fraction | None, kind: IndicatorType, said: str
) -> None:
    assert measured_text(value, kind) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Fraction(183, 100), "1,83"),
        (Fraction(3, 10), "0,3"),
        (Fraction(2), "2"),
        (Fraction(100), "100"),
        (Fraction(1000), "1.000"),
        (None, "–"),
    ],
)
def test_the_plan_stands_as_it_was_typed(value: Fraction | None, said: str) -> None:
    assert promised_text(value) == said


def test_a_unit_stands_beside_a_number_alone() -> None:
    assert texts.with_unit("100", "% người") == "100% người"
    assert texts.with_unit("0,35", "điểm %") == "0,35 điểm %"
    assert texts.with_unit("–", "hộ") == "–"


def test_a_fall_below_nought_is_said_to_be_a_rise() -> None:
    fall, points = aimed("HCN-GIAM-HO"), aimed("HN-GIAM-DIEM")
    assert measured_amount(Fraction(-2), fall) == "−2 hộ (tăng 2 hộ)"
    assert measured_amount(Fraction(-1, 20), points) == "−0,05 điểm % (tăng 0,05 điểm %)"
    assert measured_amount(Fraction(2), fall) == "2 hộ"
    assert share_text(Fraction(-100, 3)) == "–"
    assert share_text(Fraction(50)) == "50,00"


def test_a_row_on_paper_and_the_steps_behind_a_fall(tmp_path: Path) -> None:
    with empty_database(tmp_path / "xã.db") as database:
        plan = Plan(make_register(database))
        homes = plan.homes(4)
        plan.becomes(homes[0], "not_poor", date(YEAR, 2, 15))
        plan.becomes(homes[1], "near_poor", date(YEAR, 2, 15))
        plan.becomes(plan.help.home("Mới", None), "near_poor", date(YEAR, 3, 1))
        plan.target("HN-TL", position=1, assigned=150, pursued=30)
        plan.target("HCN-GIAM-HO", position=2, assigned=100)
        plan.target("YT-BHYT", position=3, pursued=10_000, groups=("poor", "near_poor"))
        found = plan.track(DAY)
        (table,) = targets_paper(database, found).tables
        rate, fall, _ = (row_texts(table, row)[3:9] for row in table.rows)
        assert rate == ("2,00", "1,5", "0,3", "1,00", "200,00", "58,82")
        assert fall == ("", "1", "", "−2", "–", "")
        _, near, coverage = found.lines
        assert fall_text(near) == (
            "Trong năm thoát cận nghèo 0 hộ − (phát sinh mới 1 hộ + tái cận nghèo 0 hộ) = −1 hộ; "
            "−1 hộ − từ hộ nghèo trở thành hộ cận nghèo 1 hộ = −2 hộ."
        )
        assert target_name(coverage.target, definitions()).endswith("(hộ nghèo, hộ cận nghèo)")
