"""What an officer may type wrongly in a target: more than there is, days, starts, the same twice;
and the first year of a standard, of which nobody knows the start.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop import texts
from giamngheo_desktop.domain.doubted import Doubted, DoubtLevel, PlanFacts
from giamngheo_desktop.domain.linked_targets import Start
from giamngheo_desktop.domain.target_bounds import People
from giamngheo_desktop.domain.target_doubts import doubts
from tests.harness.plan_targets import target_row
from tests.harness.review import shipped

PEOPLE = People(
    year=2025,
    everybody={"household": 400, "person": 1500},
    listed={
        "household": {"poor": 12, "near_poor": 40},
        "person": {"poor": 30, "near_poor": 120},
    },
)
FACTS = PlanFacts(year=2026, people=PEOPLE)
FIRST = PlanFacts(
    year=2027, standard=("2027", "Chuẩn mới"), before=("2022", "Chuẩn cũ"), people=PEOPLE
)


def row(indicator: str, **values: Any) -> dict[str, Any]:
    return target_row(**{"key": indicator, "indicator": indicator, **values})


def found(*rows: dict[str, Any], facts: PlanFacts = FACTS) -> tuple[Doubted, ...]:
    return doubts(rows, shipped().indicators, facts)


def codes(*rows: dict[str, Any], facts: PlanFacts = FACTS) -> list[str]:
    return [one.code for one in found(*rows, facts=facts)]


def said(*rows: dict[str, Any], facts: PlanFacts = FACTS) -> str:
    (one,) = found(*rows, facts=facts)
    return texts.target_doubt_text(one)


# -- more than there is -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("indicator", "groups", "most", "code", "sentence"),
    [
        ("NO-HOTRO", ("poor",), 12, "more_than_poor",
         "danh sách hộ nghèo cuối năm 2025 chỉ có 12 hộ."),
        ("NO-HOTRO", ("near_poor",), 40, "more_than_near_poor",
         "danh sách hộ cận nghèo cuối năm 2025 chỉ có 40 hộ."),
        ("NO-HOTRO", (), 52, "more_than_near_poor_poor",
         "danh sách hộ nghèo, hộ cận nghèo cuối năm 2025 chỉ có 52 hộ."),
        ("HN-BTXH", (), 12, "more_than_poor", "danh sách hộ nghèo cuối năm 2025 chỉ có 12 hộ."),
        ("VL-KETNOI", ("poor", "near_poor"), 150, "more_than_near_poor_poor",
         "danh sách hộ nghèo, hộ cận nghèo cuối năm 2025 chỉ có 150 người."),
        ("SX-HO", (), 400, "more_than", "số dân năm 2025 cả đơn vị chỉ có 400 hộ."),
        ("XKLD", (), 1500, "more_than", "số dân năm 2025 cả đơn vị chỉ có 1.500 người."),
    ],
)  # fmt: skip
def test_more_than_there_are_is_told_with_both_numbers_and_the_list(
    indicator: str, groups: tuple[str, ...], most: int, code: str, sentence: str
) -> None:
    at = row(indicator, groups=groups, pursued=100 * most, comparator="equal")
    assert codes(at) == []
    over = {**at, "pursued": 100 * (most + 1)}
    assert codes(over) == [code]
    text = said(over)
    assert text.endswith(sentence)
    assert f"ghi {most + 1:,}".replace(",", ".") in text


@given(number=st.integers(0, 20_000), poor=st.integers(0, 150), near=st.integers(0, 150))
def test_a_count_is_doubted_exactly_above_the_lists(number: int, poor: int, near: int) -> None:
    listed = {"household": {"poor": poor, "near_poor": near}}
    facts = PlanFacts(year=2026, people=People(year=2025, listed=listed))
    told = codes(row("NO-HOTRO", pursued=100 * number), facts=facts)
    assert ("more_than_near_poor_poor" in told) is (number > poor + near)


@given(number=st.integers(0, 300), listed=st.integers(0, 150), homes=st.integers(150, 900))
def test_a_decrease_is_doubted_exactly_above_the_list(number: int, listed: int, homes: int) -> None:
    facts = PlanFacts(year=2026, starts={"near_poor": Start(listed=listed, households=homes)})
    told = codes(row("HCN-GIAM-HO", pursued=100 * number), facts=facts)
    assert ("above_households" in told) is (number > listed)


@given(rate=st.integers(0, 1200), listed=st.integers(0, 100))
def test_a_rate_is_doubted_exactly_above_that_of_the_start(rate: int, listed: int) -> None:
    facts = PlanFacts(year=2026, starts={"poor": Start(listed=listed, households=1000)})
    told = found(row("HN-TL", pursued=rate), facts=facts)
    assert [one.code for one in told] == (["above_rate"] if rate > 10 * listed else [])
    assert all(one.level is DoubtLevel.WARNING for one in told)


@pytest.mark.parametrize(
    "people",
    [
        People(),
        People(listed={"household": {"poor": 12}}),
        People(listed={"household": {"poor": 12, "near_poor": None}}),
        People(everybody={"household": 400}),
    ],
)
def test_what_nobody_knows_is_compared_with_nothing(people: People) -> None:
    facts = PlanFacts(year=2026, people=people)
    assert codes(row("NO-HOTRO", pursued=9_999_900), facts=facts) == []


def test_what_is_no_household_and_no_person_has_no_bound() -> None:
    assert codes(row("MH-MOI", pursued=9_999_900)) == []
    assert codes(row("HN-GIAM-HO", pursued=9_999_900)) == []  # its list is not known here


# -- days, documents, starts, twice -------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"assigned": 100, "assigned_by": "QĐ 81", "assigned_on": date(2026, 3, 2),
             "due_on": date(2026, 3, 1)},
            "Tỷ lệ hộ nghèo: hạn đạt 01/03/2026, trước ngày 02/03/2026 của văn bản giao.",
        ),
        (
            {"pursued": 100, "assigned_by": "QĐ 81"},
            "Tỷ lệ hộ nghèo: ghi văn bản giao “QĐ 81” mà chưa ghi số giao.",
        ),
        ({"pursued": 0, "baseline": -100}, "Tỷ lệ hộ nghèo: số đầu năm −1 là số âm."),
        (
            {"pursued": 100, "baseline": 10_001},
            "Tỷ lệ hộ nghèo: số đầu năm 100,01 % vượt quá 100 %.",
        ),
        (
            {"pursued": 100, "baseline_numerator": 41, "baseline_denominator": 40},
            "Tỷ lệ hộ nghèo: đầu năm ghi 41 trong tổng số 40.",
        ),
        (
            {"pursued": 100, "baseline": 210, "baseline_numerator": 8,
             "baseline_denominator": 400},
            "Tỷ lệ hộ nghèo: số đầu năm ghi 2,1 %, mà 8 trong tổng số 400 là 2 %.",
        ),
        (
            {"pursued": 220, "baseline": 200},
            "Tỷ lệ hộ nghèo: ghi 2,2 %, kém số đầu năm đã ghi (2 %).",
        ),
    ],
)  # fmt: skip
def test_what_one_target_says_against_itself(values: dict[str, Any], sentence: str) -> None:
    told = [texts.target_doubt_text(one) for one in found(row("HN-TL", **values))]
    assert sentence in told
    assert len(told) == 1 or "số âm" in sentence


def test_the_ends_of_what_is_allowed_have_no_doubt() -> None:
    given_on = {"assigned": 100, "assigned_by": "QĐ 81", "assigned_on": date(2026, 3, 2)}
    assert codes(row("HN-TL", **given_on, due_on=date(2026, 3, 2))) == []
    assert codes(row("HN-TL", pursued=200, baseline=200)) == []
    assert codes(row("NS-HVS", pursued=9_000, baseline=9_000)) == []
    assert codes(row("NS-HVS", pursued=8_900, baseline=9_000)) == ["behind_start"]
    parts = {"baseline": 200, "baseline_numerator": 8, "baseline_denominator": 400}
    assert codes(row("HN-TL", pursued=150, **parts)) == []
    assert codes(row("HN-GIAM-HO", pursued=300, baseline=1_250)) == ["start_not_whole"]
    assert codes(row("MH-MOI", content="Mô hình bò", assigned_by="QĐ 81")) == []


def test_a_document_of_a_day_to_come_is_told_while_the_plan_has_no_day() -> None:
    given_on = {"assigned": 100, "assigned_by": "QĐ 81", "assigned_on": date(2026, 3, 2)}
    row_ = row("HN-TL", **given_on)
    before, same = (PlanFacts(year=2026, today=day) for day in (date(2026, 3, 1), date(2026, 3, 2)))
    assert said(row_, facts=before) == (
        "Tỷ lệ hộ nghèo: văn bản giao ngày 02/03/2026, sau hôm nay (01/03/2026)."
    )
    assert codes(row_, facts=same) == []


@given(number=st.integers(0, 60), first=st.integers(0, 60), counted=st.booleans())
def test_more_than_the_start_that_the_plan_types_cannot_leave(
    number: int, first: int, counted: bool
) -> None:
    start = {"baseline_numerator": first} if counted else {"baseline": 100 * first}
    aim = row("HN-GIAM-HO", pursued=100 * number, **start)
    assert codes(aim) == (["above_typed"] if number > first else [])
    known = PlanFacts(year=2026, starts={"poor": Start(listed=first, households=400)})
    assert "above_typed" not in codes(aim, facts=known)


def test_the_same_twice_with_two_numbers_says_both() -> None:
    first = row("NS-HVS", pursued=9_500)
    usual = row("NS-HVS", key="b", groups=("near_poor", "poor"), pursued=9_000)
    assert said(first, usual) == (
        "Hộ dùng nước sinh hoạt hợp vệ sinh: ghi hai lần trong kế hoạch với hai số, 95 và 90 % hộ."
    )
    assert codes(first, {**usual, "pursued": 9_500}) == ["twice"]
    assert codes(first, {**usual, "groups": ("poor",)}) == []


# -- the first year of a standard ---------------------------------------------------------------


def test_targets_of_a_new_standard_without_a_start_are_told_once() -> None:
    triple = [
        row("HN-TL", pursued=150), row("HN-GIAM-DIEM", pursued=20), row("HN-GIAM-HO", pursued=500),
    ]  # fmt: skip
    (one,) = found(*triple, facts=FIRST)
    assert (one.code, one.key, one.also) == (
        "no_opening", "HN-TL", {"HN-GIAM-DIEM", "HN-GIAM-HO"},
    )  # fmt: skip
    assert texts.target_doubt_text(one) == (
        "Tỷ lệ hộ nghèo, Mức giảm tỷ lệ hộ nghèo, Số hộ nghèo giảm (thuần): chưa có số đầu năm để "
        "so. Năm 2027 áp dụng Chuẩn mới: số năm 2026 theo Chuẩn cũ không so sánh được với số năm "
        "2027. Lập danh sách đầu năm 2027 theo chuẩn mới: lấy kết quả rà soát cuối năm 2026 theo "
        "chuẩn ấy, hoặc ghi ở Mở sổ đầu kỳ."
    )


def test_what_does_not_compare_with_the_year_before_has_no_such_doubt() -> None:
    assert codes(row("NS-HVS", pursued=9_000), facts=FIRST) == []
    assert codes(row("HN-TL", content="Giảm tỷ lệ hộ nghèo"), facts=FIRST) == []
    own = row("HN-TL", pursued=100, baseline=206, baseline_standard="2027")
    assert codes(own, facts=FIRST) == []
    old = {**own, "baseline_standard": "2022"}
    assert codes(old, facts=FIRST) == ["not_comparable"]
    assert said(old, facts=FIRST).endswith(
        "không so sánh được, lập danh sách đầu năm 2027 theo chuẩn mới."
    )


def test_a_start_under_the_new_standard_ends_the_doubt_of_its_list_alone() -> None:
    known = PlanFacts(
        year=2027,
        standard=FIRST.standard,
        before=FIRST.before,
        starts={"poor": Start(listed=12, households=400), "near_poor": Start(households=400)},
    )
    assert codes(row("HN-TL", pursued=100), facts=known) == []
    assert codes(row("HCN-TL", pursued=100), facts=known) == ["no_opening"]
