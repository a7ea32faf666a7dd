"""A result that cannot be is told with its target, in the plan and the report, never refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from giamngheo_desktop.domain.plan_content import Content
from giamngheo_desktop.services.documents import doubts as documents
from giamngheo_desktop.services.documents import reading, sections
from giamngheo_desktop.services.documents.doubts import DocumentDoubt
from giamngheo_desktop.services.targets import doubts as target_doubts
from giamngheo_desktop.services.targets import result_doubts
from tests.harness.plan_year import YEAR, Plan
from tests.harness.register import TODAY, empty_database, make_register
from tests.harness.review import shipped

EARLY, DAY = date(2025, 6, 1), date(2026, 6, 1)


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    with empty_database(tmp_path / "Sổ hộ.db") as database:
        made = Plan(make_register(database))
        made.target("NS-XA", pursued=9800)
        made.target("YT-VITA", pursued=9800)
        yield made


def told(plan: Plan) -> dict[str, set[str]]:
    """The codes about results by the key of their target."""
    asked = (plan.reg.database, shipped(), plan.reg.commune, YEAR)
    found: dict[str, set[str]] = {}
    for one in target_doubts.doubts(*asked, today=TODAY):
        if one.code.startswith("result_"):
            found.setdefault(one.key, set()).add(one.code)
    return found


def test_they_are_told_with_their_target_and_each_beside_itself(plan: Plan) -> None:
    right = plan.typed("YT-VITA", date(2026, 1, 31), numerator=49, denominator=50)
    assert told(plan) == {}
    odd = plan.typed("YT-VITA", date(2026, 1, 31), numerator=5, denominator=3)
    early = plan.typed("NS-XA", EARLY, value=10_000)
    plan.typed("gone", EARLY, value=99_999)  # of no target of the plan
    assert told(plan) == {"YT-VITA": {"result_parts"}, "NS-XA": {"result_before"}}
    asked = (plan.reg.database, shipped(), plan.reg.commune, YEAR, TODAY)
    found = result_doubts.in_words(*asked)
    assert right not in found.of_result
    ((said,), (before,)) = found.of_result[odd], found.of_result[early]
    assert said.endswith("ghi 5 trong tổng số 3.")
    assert "trước năm 2026" in before
    assert found.of_target == {"YT-VITA": [said], "NS-XA": [before]}


def test_an_empty_result_is_told_and_hides_no_earlier_one(plan: Plan) -> None:
    plan.typed("YT-VITA", date(2026, 1, 31), numerator=49, denominator=50)
    plan.typed("YT-VITA", DAY)
    line = plan.line(DAY, 1)
    assert line.value == 98
    assert told(plan)["YT-VITA"] == {"result_empty"}


def test_the_plan_and_a_report_that_prints_them_tell_them_before_they_are_issued(
    plan: Plan,
) -> None:
    plan.typed("YT-VITA", DAY, value=25_000)

    def of(document: UUID) -> list[str]:
        found = documents.doubts(plan.reg.database, shipped(), document, TODAY)
        said = (one for one in found if one.doubt is DocumentDoubt.TARGET)
        return [one.params["text"] for one in said if "250 %" in one.params["text"]]

    assert len(of(plan.plan)) == 1
    known = (plan.reg.database, plan.reg.context, shipped(), plan.reg.commune, YEAR)
    report = sections.begin_report(*known, "bao_cao_nam", "Y").value
    printed = reading.read(plan.reg.database, shipped(), report).printed()
    assert any(part.content == Content.PROGRESS for part in printed)
    assert len(of(report)) == 1
