"""When reports of a year are due, on the days around each limit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.report_calendar import (
    SOON_DAYS,
    Rule,
    RuleDoubt,
    Standing,
    State,
    doubts,
    occurrences,
    standing,
)
from giamngheo_desktop.domain.report_periods import CODES, PeriodType, last_month
from giamngheo_desktop.texts import (
    occurrence_name,
    report_due_text,
    schedule_sentence,
    standing_text,
)

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
PERIODS = st.sampled_from([one for one in PeriodType if one is not PeriodType.ONCE])
QUARTER = Rule(period=PeriodType.QUARTER, due_day=20, before=True, cutoff_day=14)
HALF = Rule(period=PeriodType.HALF, due_day=15, due_month=6, before=True)
YEAR = Rule(period=PeriodType.YEAR, due_day=5, due_month=12, before=True)


def due(rule: Rule, year: int = 2026) -> dict[str, date | None]:
    return {one.period: one.due for one in occurrences(rule, year)}


def test_before_a_day_means_that_the_day_before_is_the_last_one() -> None:
    assert due(QUARTER) == {
        "Q1": date(2026, 3, 19),
        "Q2": date(2026, 6, 19),
        "Q3": date(2026, 9, 19),
        "Q4": date(2026, 12, 19),
    }
    assert due(HALF) == {"H1": date(2026, 6, 14)}  # beside quý II, of its own
    assert due(YEAR) == {"Y": date(2026, 12, 4)}  # of the same year
    assert due(Rule(period=PeriodType.YEAR, due_day=5, due_month=12)) == {"Y": date(2026, 12, 5)}
    once = Rule(period=PeriodType.ONCE, due_on=date(2026, 4, 10), before=True)
    assert due(once) == {"ONCE": date(2026, 4, 9)}
    assert due(Rule(period=PeriodType.ONCE)) == {"ONCE": None}


def test_a_month_report_is_due_in_its_month_and_the_31st_in_its_last_day() -> None:
    monthly = Rule(period=PeriodType.MONTH, due_day=31)
    found = due(monthly, 2024)
    assert len(found) == 12
    assert (found["M02"], found["M04"]) == (date(2024, 2, 29), date(2024, 4, 30))
    strictly = due(Rule(period=PeriodType.MONTH, due_day=31, before=True), 2026)
    assert strictly["M02"] == date(2026, 2, 28)  # there is no 31st that it could reach
    assert (strictly["M04"], strictly["M12"]) == (date(2026, 4, 30), date(2026, 12, 30))
    first = due(Rule(period=PeriodType.MONTH, due_day=1, before=True), 2026)
    assert (first["M01"], first["M03"]) == (date(2025, 12, 31), date(2026, 2, 28))


def test_data_go_to_the_end_of_their_last_day() -> None:
    assert [one.cutoff for one in occurrences(QUARTER, 2026)][1] == date(2026, 6, 14)
    assert occurrences(HALF, 2026)[0].cutoff == date(2026, 6, 30)
    elsewhere = Rule(period=PeriodType.YEAR, due_day=5, cutoff_day=31, cutoff_month=11)
    assert occurrences(elsewhere, 2026)[0].cutoff == date(2026, 11, 30)


@given(PERIODS, st.integers(1, 31), st.booleans(), st.integers(2020, 2040))
def test_the_last_day_in_time_is_found_by_trying_every_day(
    period: PeriodType, due_day: int, before: bool, year: int
) -> None:
    rule = Rule(period=period, due_day=due_day, before=before)
    for one in occurrences(rule, year):
        month = last_month(one.period)
        begins = date(year, month, 1)
        tried = [begins + timedelta(days=n) for n in range(-1, 31)]
        in_time = [
            day
            for day in tried
            if day < begins
            or (day.month == month and (day.day < due_day if before else day.day <= due_day))
        ]
        assert one.due == max(in_time)
        assert one.first <= one.cutoff == one.last


@given(DAYS, DAYS, st.none() | DAYS)
def test_a_report_stands_in_one_state_with_its_days(
    due_on: date, day: date, submitted: date | None
) -> None:
    found = standing(due_on, submitted, day)
    is_there = submitted is not None and submitted <= day
    assert found.is_open is not is_there
    if submitted is not None and is_there:
        assert found.state is (State.DONE if submitted <= due_on else State.DONE_LATE)
        assert found.days in (None, (submitted - due_on).days)
    else:
        left = (due_on - day).days
        assert found.days == abs(left)
        assert (found.state is State.LATE) is (left < 0)
        assert (found.state is State.SOON) is (0 <= left <= SOON_DAYS)
    assert standing_text(found)


def test_days_around_the_last_one() -> None:
    last = date(2026, 6, 14)
    told = {
        n: standing_text(standing(last, None, last + timedelta(days=n))) for n in (-8, -7, 0, 1)
    }
    assert told == {
        -8: "chưa đến hạn, còn 8 ngày",
        -7: "sắp đến hạn, còn 7 ngày",
        0: "hôm nay là ngày cuối",
        1: "chưa nộp, trễ 1 ngày",
    }
    assert standing(last, last, last) == Standing(State.DONE)
    assert standing(last, last + timedelta(days=1), last) == Standing(State.SOON, 0)
    assert standing(None, None, last) == Standing(State.UNDATED)
    assert standing(None, last, last) == Standing(State.DONE)


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (QUARTER, ()),
        (HALF, (RuleDoubt.CUTOFF_OPEN,)),
        (Rule(period=PeriodType.MONTH), (RuleDoubt.NO_DUE,)),
        (Rule(period=PeriodType.MONTH, due_day=5, due_month=3), (RuleDoubt.MONTH_UNUSED,
                                                                  RuleDoubt.CUTOFF_OPEN)),
        (Rule(period=PeriodType.MONTH, due_day=1, before=True), (RuleDoubt.DUE_BEFORE_PERIOD,
                                                                  RuleDoubt.CUTOFF_OPEN)),
        (Rule(period=PeriodType.YEAR, due_day=5, due_month=12, before=True, cutoff_day=14),
         (RuleDoubt.CUTOFF_AFTER_DUE,)),
        (Rule(period=PeriodType.YEAR, due_day=31, due_month=12), ()),
        (Rule(period=PeriodType.ONCE), (RuleDoubt.NO_DUE,)),
        (Rule(period=PeriodType.ONCE, due_on=date(2027, 4, 10)), (RuleDoubt.DUE_OTHER_YEAR,)),
    ],
)  # fmt: skip
def test_what_looks_wrong_is_told(rule: Rule, found: tuple[RuleDoubt, ...]) -> None:
    assert doubts(rule, 2026) == found


def test_sentences_are_those_of_the_plans() -> None:
    assert schedule_sentence(QUARTER, "") == "Báo cáo quý: trước ngày 20 của tháng cuối quý"
    assert schedule_sentence(HALF, "") == "Báo cáo 6 tháng: trước ngày 15/6"
    assert schedule_sentence(YEAR, "") == "Báo cáo năm: trước ngày 05/12"
    once = Rule(period=PeriodType.ONCE, due_on=date(2021, 4, 10), before=True)
    assert schedule_sentence(once, "Kế hoạch của xã") == "Kế hoạch của xã: trước ngày 10/4/2021"
    assert report_due_text(Rule(period=PeriodType.MONTH, due_day=5)) == (
        "chậm nhất ngày 05 hằng tháng"
    )
    assert report_due_text(Rule(period=PeriodType.NINE_MONTHS, due_day=9)) == "chậm nhất ngày 09/9"
    assert report_due_text(Rule(period=PeriodType.YEAR)) == "theo quy định"
    assert all(schedule_sentence(Rule(period=period, due_day=1), "Kế hoạch") for period in CODES)


def test_a_report_is_named_by_its_period() -> None:
    told = {"M03": "tháng 3", "Q2": "quý II", "H1": "6 tháng đầu năm", "9M": "9 tháng", "Y": "năm"}
    for period, said in told.items():
        assert occurrence_name("Kết quả", period) == f"Báo cáo {said}: Kết quả"
    assert occurrence_name("Kết quả", "Q4", 2025) == "Báo cáo quý IV năm 2025: Kết quả"
    assert occurrence_name("Kết quả", "H1", 2025) == "Báo cáo 6 tháng đầu năm 2025: Kết quả"
    assert occurrence_name("Kết quả", "Y", 2025) == "Báo cáo năm 2025: Kết quả"
    assert occurrence_name("Kế hoạch của xã", "ONCE", 2025) == "Kế hoạch của xã"
