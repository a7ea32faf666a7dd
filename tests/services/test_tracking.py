"""Targets beside what is reached: counted or typed, in state on a day, expected, by months."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TypeVar
from uuid import UUID

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.target_state import TargetState
from giamngheo_desktop.reports.target_numbers import rounded
from giamngheo_desktop.reports.targets import (
    day_text,
    fall_text,
    forecast_text,
    reason_text,
    state_text,
)
from giamngheo_desktop.services.closed_years import shown_day
from giamngheo_desktop.services.documents import versions
from giamngheo_desktop.services.targets import results
from giamngheo_desktop.services.targets.tracking import Point, history, month_ends
from tests.harness.plan_year import YEAR, Plan
from tests.harness.register import Register
from tests.harness.report_rows import close, move, type_population
from tests.harness.tables import definitions

T = TypeVar("T")
SPRING, SUMMER, END, AFTER = (
    date(2026, 3, 31), date(2026, 6, 30), date(2026, 12, 31), date(2027, 1, 1),
)  # fmt: skip


def sure(value: T | None) -> T:
    assert value is not None
    return value


@pytest.fixture
def plan(register: Register) -> Plan:
    return Plan(register)


def test_without_a_plan_and_with_an_empty_one_there_is_nothing_to_reach(plan: Plan) -> None:
    empty = plan.track(SUMMER)
    assert (empty.plan, empty.is_draft, empty.lines) == (plan.plan, True, ())
    none = plan.track(SUMMER, year=2025)
    assert (none.plan, none.is_draft, none.lines) == (None, False, ())


def test_a_rate_is_judged_by_both_numbers_unrounded(plan: Plan) -> None:
    """4 of 200 are 2 %: what was assigned holds at its boundary, what is pursued does not yet."""
    homes = plan.homes(4)
    plan.target("HN-TL", assigned=200, pursued=150)
    line = plan.line(SPRING)
    assert (line.value, line.numerator, line.denominator) == (2, 4, 200)
    assert sure(line.actual.numerator).ids == set(homes)
    assert (sure(line.assigned).state, line.state) == (
        TargetState.REACHED, TargetState.ON_WAY,
    )  # fmt: skip
    assert state_text(line) == "Chưa đạt, còn thời hạn (phấn đấu); Đạt (giao)"
    assert (sure(line.baseline).value, sure(line.baseline).typed) == (2, False)
    assert (line.share, sure(line.assigned).share) == (0, None)
    plan.becomes(homes[0], "not_poor", date(2026, 5, 1))
    line = plan.line(SUMMER)
    assert (line.value, line.state, line.share) == (Fraction(3, 2), TargetState.REACHED, 100)


def test_what_is_printed_as_the_target_is_not_yet_the_target(plan: Plan) -> None:
    type_population(plan.reg, YEAR, A=(209, 800))
    for home in plan.homes(6):
        plan.becomes(home, "poor", date(2026, 11, 30))
    plan.target("HN-TL", pursued=194)
    line = plan.line(AFTER)
    assert line.value == Fraction(600, 309)
    assert str(rounded(sure(line.value))) == "1.94"
    assert line.state is TargetState.NOT_REACHED


@pytest.mark.parametrize(
    ("value", "printed"),
    [("1/200", "0.01"), ("1/201", "0.00"), ("-1/200", "-0.01"), ("16", "16.00"), ("1/3", "0.33")],
)
def test_paper_rounds_half_up(value: str, printed: str) -> None:
    assert str(rounded(Fraction(value))) == printed


def test_a_target_waits_to_the_end_of_its_last_day(plan: Plan) -> None:
    """After it what was reached by then counts, whatever came later."""
    (home, *_) = plan.homes(2)
    plan.target("HN-GIAM-HO", pursued=100, due_on=SPRING)
    plan.becomes(home, "not_poor", date(2026, 4, 15))
    assert plan.line(SPRING).state is TargetState.ON_WAY
    late = plan.line(SUMMER)
    assert (late.state, late.measured_on, late.value) == (TargetState.NOT_REACHED, SPRING, 0)
    assert forecast_text(late) == ""


def test_the_year_is_expected_to_end_as_households_registered(plan: Plan) -> None:
    poor, near = plan.homes(4), plan.homes(3, "near_poor")
    plan.target("HN-GIAM-HO", pursued=300)
    plan.target("HCN-GIAM-HO", pursued=100)
    plan.target("HN-TL", pursued=100)
    assert plan.line(SPRING).forecast is None
    assert forecast_text(plan.line(SPRING)) == "chưa có cơ sở dự báo"
    registered = ((poor[0], "above"), (poor[1], "near_poor"), (near[0], "above"), (near[1], None))
    for home, expected in registered:
        said = {"household": home, "registered": True, "expected": expected}
        plan.help.add(Kind.HOUSEHOLD_PLAN, year=YEAR, **said)
    plan.help.add(Kind.HOUSEHOLD_PLAN, household=poor[2], year=YEAR, registered=False)
    fall, near_fall, rate = plan.track(SPRING).lines
    assert (sure(fall.forecast).value, sure(fall.forecast).leaving) == (2, {*poor[:2]})
    assert fall.state is TargetState.BEHIND
    expected = sure(near_fall.forecast)
    assert (expected.leaving, expected.fallen, expected.value) == ({*near[:2]}, {poor[1]}, 1)
    assert near_fall.state is TargetState.ON_WAY
    assert (sure(rate.forecast).value, rate.state) == (1, TargetState.ON_WAY)
    assert forecast_text(rate) == (
        "dự báo cuối năm 1,00%: danh sách hiện nay, trừ 2 hộ đăng ký thoát còn trong danh sách, "
        "chưa kể tái nghèo, phát sinh mới (chưa có số dự kiến)"
    )


def test_what_is_expected_to_come_counts_until_it_came(plan: Plan) -> None:
    plan.homes(4)
    plan.target("HN-GIAM-HO", pursued=100)
    village = plan.reg.villages["A"]
    given = {"year": YEAR, "document": plan.plan, "poor_again": 1, "poor_new": 2}
    plan.help.add(Kind.VILLAGE_TARGET, area=village, **given)
    first = sure(plan.line(SPRING).forecast)
    assert (first.value, first.coming) == (-3, 3)
    new = plan.help.home("Mới", None)
    plan.becomes(new, "poor", date(2026, 5, 1))
    later = sure(plan.line(SUMMER).forecast)
    assert (later.value, later.coming) == (-3, 2)


def test_planned_models_are_expected_and_nothing_else_is(plan: Plan) -> None:
    common = {"kind": "model", "name": "Nuôi bò", "year": YEAR}
    plan.help.add(Kind.ACTIVITY, state="running", starts_on=date(2026, 2, 1), **common)
    planned = plan.help.add(Kind.ACTIVITY, state="planned", starts_on=date(2026, 9, 1), **common)
    plan.help.add(Kind.ACTIVITY, state="dropped", starts_on=date(2026, 9, 1), **common)
    plan.target("MH-MOI", pursued=200)
    plan.target("SX-HO", pursued=500)
    model, production = plan.track(SUMMER).lines
    assert (model.value, model.state) == (1, TargetState.ON_WAY)
    assert (sure(model.forecast).value, sure(model.forecast).planned) == (2, {planned})
    assert production.forecast is None


def test_planned_models_that_take_over_another_are_expected(plan: Plan) -> None:
    """Those alone that say so; one that began and says nothing leaves it open."""

    def model(state: str, starts_on: date, answer: str) -> UUID:
        common = {"kind": "model", "name": "Nuôi bò", "year": YEAR}
        uid = plan.help.add(Kind.ACTIVITY, state=state, starts_on=starts_on, **common)
        told = {"activity": uid, "code": "replicates", "value": answer}
        if answer:
            plan.help.add(Kind.ACTIVITY_VALUE, **told)
        return uid

    later = date(2026, 9, 1)
    model("running", date(2026, 2, 1), "1")
    planned = model("planned", later, "1")
    model("planned", later, "0")
    model("planned", later, "")
    plan.target("MH-NHANRONG", pursued=200)
    line = plan.line(SUMMER)
    assert (line.value, sure(line.forecast).value, sure(line.forecast).planned) == (1, 2, {planned})
    model("running", date(2026, 2, 1), "")
    line = plan.line(SUMMER)
    assert (line.value, line.actual.low, line.actual.high, line.forecast) == (None, 1, 2, None)
    assert "chưa ghi" in reason_text(line)


def test_points_are_told_by_both_rates(plan: Plan) -> None:
    homes = plan.homes(4)
    plan.target("HN-GIAM-DIEM", pursued=100)
    plan.becomes(homes[0], "not_poor", date(2026, 2, 1))
    type_population(plan.reg, A=(150, 400))
    line = plan.line(SUMMER)
    assert line.value == Fraction(400, 200) - Fraction(300, 250)
    assert fall_text(line) == "Đầu năm 2,00% (4/200 hộ), nay 1,20% (3/250 hộ)."


def test_a_fall_is_told_by_who_escaped_and_who_came(plan: Plan) -> None:
    """Thoát − (phát sinh mới + tái), and what else moved."""
    homes = plan.homes(4)
    plan.target("HN-GIAM-HO", pursued=100)
    for home, code in ((homes[0], "not_poor"), (homes[1], "near_poor")):
        plan.becomes(home, code, date(2026, 2, 1))
    new = plan.help.home("Mới", None)
    plan.becomes(new, "poor", date(2026, 3, 1))
    line = plan.line(SUMMER)
    assert (line.value, line.actual.escaped, line.actual.net_escaped) == (1, 2, 1)
    assert fall_text(line) == (
        "Trong năm thoát nghèo 2 hộ − (phát sinh mới 1 hộ + tái nghèo 0 hộ) = 1 hộ."
    )
    plan.target("HCN-GIAM-HO", pursued=100)
    plan.becomes(plan.help.home("Cận", "near_poor"), "poor", date(2026, 5, 1))
    poor, near = map(fall_text, plan.track(SUMMER).lines)
    assert poor.endswith("= 1 hộ; 1 hộ − từ hộ cận nghèo trở thành hộ nghèo 1 hộ = 0 hộ.")
    assert near == (  # who became poor did not escape
        "Trong năm thoát cận nghèo 0 hộ − (phát sinh mới 0 hộ + tái cận nghèo 0 hộ) = 0 hộ; "
        "0 hộ + trở thành hộ nghèo 1 hộ − từ hộ nghèo trở thành hộ cận nghèo 1 hộ = 0 hộ."
    )


def test_a_target_of_a_component_counts_what_was_done_in_it(plan: Plan) -> None:
    common = {"kind": "model", "name": "Nuôi bò", "year": YEAR, "state": "running"}
    place = {"programme": "2021", "component": "DA2"}
    for more in (place, {}):
        plan.help.add(Kind.ACTIVITY, starts_on=date(2026, 2, 1), **common, **more)
    plan.target("MH-MOI", "all", pursued=200)
    plan.target("MH-MOI", "part", pursued=200, **place)
    plan.target("YT-BHYT", pursued=10_000, **place)  # which is not told by components
    lines = plan.track(SUMMER).lines
    assert [line.value for line in lines[:2]] == [2, 1]
    assert [line.target.node for line in lines] == ["", "2021/DA2", ""]


def test_what_nothing_counts_is_typed_and_the_newest_holds(plan: Plan) -> None:
    plan.target("YT-VITA", pursued=9800)
    assert plan.line(SUMMER).state is TargetState.NO_DATA
    assert reason_text(plan.line(SUMMER)).endswith("nhập kết quả kèm nguồn và ngày.")
    plan.typed("YT-VITA", date(2026, 6, 1), numerator=96, denominator=98)
    first = plan.typed("YT-VITA", date(2026, 12, 1), value=9799)
    plan.typed("YT-VITA", date(2026, 12, 1), value=9800)
    summer = plan.line(SUMMER)
    assert (summer.value, summer.measured_on) == (Fraction(9600, 98), date(2026, 6, 1))
    assert (summer.is_typed, summer.state) == (True, TargetState.ON_WAY)
    assert (plan.line(AFTER).value, plan.line(AFTER).state) == (98, TargetState.REACHED)
    reg = plan.reg
    found = results.results(reg.database, reg.commune, YEAR)
    assert [one.value for one in found.of("YT-VITA")] == [None, 9799, 9800]
    values = {"key": "YT-VITA", "measured_on": date(2026, 12, 1), "source": "Trạm Y tế"}
    args = (reg.database, reg.context, definitions(), {**values, "denominator": 0}, first)
    results.save(*args, unit=reg.commune, year=YEAR)
    with pytest.raises(RefusedError, match="record_lacks"):
        plan.typed("YT-VITA", SUMMER, source="")


def test_what_was_so_before_the_year_is_no_result_of_it(plan: Plan) -> None:
    plan.target("NS-XA", pursued=10_000)
    plan.typed("NS-XA", date(2025, 12, 31), value=10_000)
    assert plan.line(SUMMER).state is TargetState.NO_DATA
    assert plan.line(AFTER).typed is None
    plan.typed("NS-XA", date(2026, 1, 1), value=5_000)
    assert plan.line(AFTER).value == 50


def test_nobody_in_need_is_neither_a_hundred_nor_nought(plan: Plan) -> None:
    plan.target("TD-VAY", pursued=10_000)
    plan.target("YT-VITA", pursued=9800)
    plan.typed("YT-VITA", SPRING, denominator=0)
    (home,) = plan.homes(1)
    line = plan.line(SUMMER)
    assert (line.state, line.reason) == (TargetState.NO_DATA, "no_needs")  # nobody was asked
    assert reason_text(line) == "Năm này chưa ghi nhu cầu nào."
    plan.help.add(Kind.NEED, household=home, code="other")
    for line in plan.track(SUMMER).lines:
        assert (line.state, line.value) == (TargetState.NO_NEED, None)
        assert state_text(line) == "Không phát sinh nhu cầu"


def test_of_a_target_without_a_number_somebody_says_whether_it_is_reached(plan: Plan) -> None:
    plan.target("MH-NHANRONG", content="Nhân rộng các mô hình có hiệu quả")
    assert plan.line(SUMMER).state is TargetState.UNSAID
    plan.typed("MH-NHANRONG", SPRING, reached=False)
    plan.typed("MH-NHANRONG", SUMMER, reached=True)
    assert plan.line(SPRING).state is TargetState.NOT_DONE
    assert plan.line(SUMMER).state is TargetState.DONE


def test_no_number_stands_beside_what_somebody_said_of_a_target_without_one(plan: Plan) -> None:
    """No tự kiểm tra is on record, so that the program would count 0 of 1."""
    plan.target("GS-TUKT", content="Tự kiểm tra ở mỗi thôn")
    plan.typed("GS-TUKT", SPRING, reached=True)
    line = plan.line(SUMMER)
    assert (line.state, line.value, line.numerator) == (TargetState.DONE, None, None)


def test_no_number_is_counted_for_a_target_in_words(plan: Plan) -> None:
    """Of one that the program counts, somebody may only not have typed how much is asked."""
    plan.homes(4)
    plan.target("GS-TUKT", content="Tự kiểm tra ở mỗi thôn")
    plan.target("HN-TL", content="Giảm nghèo bền vững")
    plan.target("HCN-TL")
    check, fall, count = plan.track(SUMMER).lines
    assert (check.state, check.value) == (TargetState.UNSAID, None)
    assert (fall.state, fall.value, fall.start) == (TargetState.UNSAID, None, None)
    assert (count.state, count.value) == (TargetState.NO_NUMBER, 0)
    assert state_text(count) == "Chưa ghi số"


def test_a_start_under_another_standard_is_not_compared(plan: Plan) -> None:
    plan.homes(4)
    said = {"baseline": 900, "baseline_standard": "2016"}
    plan.target("HN-TL", pursued=800, **said)
    line = plan.line(SUMMER)
    assert (line.state, line.value) == (TargetState.NOT_COMPARABLE, None)
    assert reason_text(line) == (
        "Đầu năm và cuối năm theo hai chuẩn nghèo khác nhau. Đầu kỳ theo chuẩn của năm nay: 2,00%."
    )


def test_a_decrease_lies_between_two_numbers(plan: Plan) -> None:
    """What it is a part of, and what it began with, are those of the list: it has neither."""
    homes = plan.homes(4)
    plan.target("HN-GIAM-HO", pursued=100)
    plan.target("HN-GIAM-DIEM", pursued=100)
    plan.becomes(homes[0], "not_poor", date(2026, 2, 1))
    move(plan.reg, homes[1], "B", date(2026, 3, 1))
    for line, value in zip(plan.track(SUMMER).lines, (1, Fraction(1, 2)), strict=True):
        assert (line.value, line.numerator, line.denominator, line.start) == (
            value, None, None, None,
        )  # fmt: skip
        assert sure(line.baseline).numerator == 4
    moved = plan.line(SUMMER).actual.moved  # within the commune nobody left
    assert (moved["other_decrease"], moved["other_increase"]) == (0, 0)


def test_a_start_typed_in_the_plan_stands_where_the_register_has_none(register: Register) -> None:
    plan = Plan(register)
    (home,) = (plan.help.home("Một", None),)
    plan.becomes(home, "poor", date(2026, 2, 1))
    plan.target("HN-GIAM-HO", pursued=200, baseline_numerator=3)
    plan.target("HN-GIAM-DIEM", pursued=100, baseline=150)
    fall, points = plan.track(SUMMER).lines
    assert (fall.value, fall.state) == (2, TargetState.REACHED)
    assert (points.value, points.state) == (1, TargetState.REACHED)
    assert sure(fall.baseline).typed


def test_a_plan_of_next_year_has_a_start_and_nothing_reached(plan: Plan) -> None:
    plan.homes(4)
    plan.target("HN-TL", pursued=150)
    line = plan.line(date(2025, 12, 15))
    assert (line.value, line.state) == (None, TargetState.NO_DATA)
    assert sure(line.baseline).value == 2
    assert reason_text(line) == "Năm kế hoạch chưa bắt đầu."


def test_a_closed_list_stands_at_the_end_of_its_year(plan: Plan) -> None:
    """By a clock that is behind, too; what goes on after the closing is of its own day."""
    homes, reg = plan.homes(4), plan.reg
    for indicator in ("HN-TL", "HN-GIAM-HO", "MH-MOI"):
        plan.target(indicator, pursued=200)
    plan.becomes(homes[0], "not_poor", date(2026, 12, 9))
    before, closed = date(2026, 11, 28), date(2026, 12, 17)
    place = (reg.database, reg.commune, YEAR)
    assert shown_day(*place, before) == before
    assert (plan.track(before).lines[0].numerator, plan.track(before).has_closed) == (4, False)
    close(reg.on("2026-12-17"))
    assert [shown_day(*place, day) for day in (before, date(2026, 12, 20), AFTER)] == [
        closed, date(2026, 12, 20), END,
    ]  # fmt: skip
    found = plan.track(shown_day(*place, before))
    rate, fall, models = found.lines
    assert (rate.numerator, fall.value, models.value) == (3, 1, 0)
    assert [line.measured_on for line in found.lines] == [END, END, closed]
    assert [line.state for line in found.lines] == [
        TargetState.REACHED, TargetState.NOT_REACHED, TargetState.ON_WAY,
    ]  # fmt: skip
    assert [line.is_closed for line in found.lines] == [True, True, False]
    assert day_text(found) == (
        "Số liệu tính đến ngày 17/12/2026; hộ nghèo, hộ cận nghèo là số cuối năm 2026, đã khóa sổ"
    )
    later = day_text(plan.track(shown_day(*place, date(2026, 12, 20))))
    said = "Số liệu tính đến ngày 20/12/2026 (ghi vào sổ lần cuối ngày 17/12/2026); "
    assert later.startswith(said)
    assert plan.track(SUMMER).lines[0].numerator == 4  # what was known then


def test_months_show_how_it_went(plan: Plan) -> None:
    (home, *_) = plan.homes(4)
    plan.target("HN-GIAM-HO", pursued=100)
    plan.target("YT-VITA", pursued=9800)
    plan.target("MH-NHANRONG", content="Nhân rộng")
    plan.becomes(home, "not_poor", date(2026, 2, 15))
    plan.typed("YT-VITA", SPRING, value=5_000)
    reg = plan.reg
    day = date(2026, 4, 10)
    found = history(reg.database, definitions(), reg.commune, YEAR, day)
    assert found["HN-GIAM-HO"] == (
        Point(date(2026, 1, 31), Fraction(0)),
        Point(date(2026, 2, 28), Fraction(1)),
        Point(SPRING, Fraction(1)),
        Point(day, Fraction(1)),
    )
    assert [point.value for point in found["YT-VITA"]] == [None, None, 50, 50]
    assert [*found] == ["HN-GIAM-HO", "YT-VITA"]
    assert len(month_ends(YEAR, AFTER)) == len(month_ends(YEAR, END)) == 12
    assert month_ends(YEAR, date(2025, 12, 31)) == ()


def test_a_village_has_its_own_decrease_and_every_share_of_the_commune(plan: Plan) -> None:
    (home, *_), village = plan.homes(2), plan.reg.villages["A"]
    plan.homes(1, village="B")
    plan.target("HN-TL", pursued=100)
    plan.target("YT-BHYT", pursued=10_000)
    given = {"year": YEAR, "document": plan.plan, "poor_decrease": 1, "near_poor_decrease": 0}
    plan.help.add(Kind.VILLAGE_TARGET, area=village, **given)
    plan.becomes(home, "not_poor", date(2026, 2, 15))
    found = plan.track(SUMMER, village=village)
    fall, near, insured = found.lines
    assert found.unit_name == "Thôn A"
    assert [line.target.indicator.code for line in found.lines] == [
        "HN-GIAM-HO", "HCN-GIAM-HO", "YT-BHYT",
    ]  # fmt: skip
    assert (fall.target.pursued, fall.value, fall.state) == (1, 1, TargetState.REACHED)
    assert (near.value, near.state) == (0, TargetState.REACHED)
    assert insured.target.pursued == 100


def test_an_issued_version_is_tracked_until_the_next_one_is_issued(plan: Plan) -> None:
    reg = plan.reg
    plan.target("HN-TL", pursued=150)
    versions.issue(reg.database, reg.context, plan.plan, date(2026, 1, 10))
    args = (reg.database, reg.context, plan.plan, versions.Change.ADJUSTS)
    versions.next_version(*args)
    found = plan.track(SUMMER)
    assert (found.plan, found.is_draft, found.version) == (plan.plan, False, 1)
