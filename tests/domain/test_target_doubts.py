"""Each doubt of targets by itself; the five plans have none but what they print otherwise."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from giamngheo_desktop import texts
from giamngheo_desktop.domain.doubted import DoubtLevel, PlanFacts
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.linked_targets import Start
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.domain.target_doubts import doubts
from tests.harness.plan_targets import YEARS, printed, rows_of, target_row
from tests.harness.review import shipped

FACTS = PlanFacts(
    year=2024, day=date(2024, 3, 1), standard=("2022", "Chuẩn 2022"), before=("2022", "Chuẩn 2022")
)
BOTH = {"assigned_by": "QĐ 81/QĐ-UBND", "assigned_on": date(2024, 1, 5)}


def row(indicator: str, **values: Any) -> dict[str, Any]:
    return target_row(**{"key": indicator, "indicator": indicator, **values})


def told(*rows: dict[str, Any], facts: PlanFacts = FACTS) -> list[str]:
    """The codes; each has a sentence."""
    found = doubts(rows, shipped().indicators, facts)
    for one in found:
        assert "{" not in texts.target_doubt_text(one)
    return [one.code for one in found]


def sentence(*rows: dict[str, Any], facts: PlanFacts = FACTS) -> str:
    (found,) = doubts(rows, shipped().indicators, facts)
    return texts.target_doubt_text(found)


def test_the_five_plans_have_no_doubt_but_what_001_rounds() -> None:
    catalogue, standards = shipped().indicators, shipped().standards
    assert len(printed()) == 65
    found = []
    for plan, year in YEARS.items():
        codes = []
        for asked in (year, year - 1):
            try:
                codes.append((standard_for(standards, asked).code, ""))
            except AppError:
                codes.append(("", ""))
        facts = PlanFacts(year=year, standard=codes[0], before=codes[1])
        rows = rows_of(plan)
        assert {one["indicator"] for one in rows} <= set(catalogue.indicators)
        found += [(one.key, one.code, one.level) for one in doubts(rows, catalogue, facts)]
    assert found == [("001-3/HCN-GIAM-DIEM", "lists_rounded", DoubtLevel.NOTE)]


def test_what_is_wanted_is_no_less_than_what_is_given() -> None:
    """K10: by the good direction of the indicator, and by the comparator where it has none."""
    assert told(row("HN-GIAM-HO", assigned=300, pursued=400, **BOTH)) == []
    assert told(row("HN-GIAM-HO", assigned=300, pursued=200, **BOTH)) == ["weaker"]
    assert told(row("HN-TL", assigned=206, pursued=194, **BOTH)) == []
    assert told(row("HN-TL", assigned=194, pursued=206, **BOTH)) == ["weaker"]
    assert told(row("HN-BTXH", assigned=500, pursued=400, comparator="at_most", **BOTH)) == []
    least = {"comparator": "at_least", **BOTH}
    assert told(row("HN-BTXH", assigned=500, pursued=400, **least)) == ["weaker"]
    assert told(row("YT-BHYT", assigned=10_000, pursued=9_500, **BOTH)) == ["weaker"]
    # said in two rows
    two = (row("HN-GIAM-HO", assigned=300, **BOTH), row("HN-GIAM-HO", key="b", pursued=200))
    assert told(*two) == ["weaker"]
    other = row("NS-HVS", groups=("poor",), assigned=9_000, **BOTH)
    assert told(other, row("NS-HVS", groups=("near_poor",), pursued=8_000)) == []
    text = sentence(row("HN-GIAM-HO", assigned=300, pursued=200, **BOTH))
    assert text == "Số hộ nghèo giảm (thuần): phấn đấu 2 hộ, kém chỉ tiêu giao 3 hộ."


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("over_whole", {"indicator": "YT-BHYT", "pursued": 12_000}),
        ("over_whole", {"indicator": "HN-TL", "pursued": 10_100}),
        ("negative", {"indicator": "HN-GIAM-HO", "pursued": -100}),
        ("not_whole", {"indicator": "HN-GIAM-HO", "pursued": 350}),
        ("no_number", {"indicator": "HN-GIAM-HO"}),
        ("turned_lower", {"indicator": "HN-TL", "pursued": 100, "comparator": "at_least"}),
        ("turned_higher", {"indicator": "NS-HVS", "pursued": 9_000, "comparator": "at_most"}),
        ("no_document", {"indicator": "HN-GIAM-HO", "assigned": 300}),
        ("due_before", {"indicator": "HN-TL", "pursued": 100, "due_on": date(2023, 12, 31)}),
        ("due_after", {"indicator": "HN-TL", "pursued": 100, "due_on": date(2025, 6, 1)}),
        (
            "assigned_after",
            {"indicator": "HN-TL", "assigned": 100, **BOTH, "assigned_on": date(2024, 4, 1)},
        ),
        (
            "assigned_apart",
            {"indicator": "HN-TL", "assigned": 100, **BOTH, "assigned_on": date(2022, 12, 31)},
        ),
        (
            "not_comparable",
            {"indicator": "HN-TL", "pursued": 100, "baseline": 206, "baseline_standard": "2016"},
        ),
    ],
)
def test_each_doubt_of_one_target(code: str, values: dict[str, Any]) -> None:
    assert told(row(**values)) == [code]


def test_what_is_right_or_only_in_words_has_no_doubt() -> None:
    right = {"pursued": 10_000, "comparator": "equal", "due_on": date(2024, 12, 31)}
    assert told(row("YT-BHYT", **right)) == []
    assert told(row("MH-MOI", content="Nhân rộng mô hình")) == []
    assert told(row("HN-TL", pursued=194, baseline=206, baseline_standard="2022")) == []
    assert told(row("HN-TL", assigned=100, **BOTH | {"assigned_on": date(2023, 12, 21)})) == []
    assert told(row("???", pursued=-5)) == []  # of a newer catalogue


def test_more_than_there_is_cannot_leave() -> None:
    start = Start(listed=12, households=400)
    facts = PlanFacts(year=2024, starts={"poor": start})
    text = sentence(row("HN-GIAM-HO", pursued=2000), facts=facts)
    assert text == ("Số hộ nghèo giảm (thuần): giảm 20 hộ mà danh sách cuối năm 2023 chỉ có 12 hộ.")
    assert told(row("HN-GIAM-DIEM", pursued=310), facts=facts) == ["above_points"]
    assert told(row("HN-GIAM-DIEM", pursued=300), facts=facts) == []
    assert told(row("HN-GIAM-HO", pursued=1200), facts=facts) == []
    assert told(row("HN-TL", pursued=200, baseline=250), facts=facts) == ["baseline_apart"]
    assert told(row("HN-TL", pursued=200, baseline=300), facts=facts) == []


def test_a_year_of_another_standard_must_say_which() -> None:
    facts = PlanFacts(year=2027, standard=("2027", "mới"), before=("2022", "cũ"))
    assert told(row("HN-TL", pursued=100, baseline=206), facts=facts) == ["baseline_standard"]
    named = row("HN-TL", pursued=100, baseline=206, baseline_standard="2027")
    assert told(named, facts=facts) == []


def test_a_target_stands_once() -> None:
    assert told(row("HN-TL", pursued=100), row("HN-TL", key="b", pursued=100)) == ["twice"]
    assert told(row("HN-TL", assigned=100, **BOTH), row("HN-TL", key="b", pursued=90)) == []
    texts_only = [row("MH-MOI", key=key, content="Mô hình bò") for key in "ab"]
    assert told(*texts_only) == ["twice"]
    texts_only[1]["content"] = "Mô hình gà"
    assert told(*texts_only) == []


def test_three_targets_that_are_one_say_the_same() -> None:
    facts = PlanFacts(year=2024, starts={"poor": Start(listed=51, households=2471)})
    triple = [row("HN-TL", pursued=194), row("HN-GIAM-DIEM", pursued=12)]
    assert told(*triple, row("HN-GIAM-HO", pursued=300), facts=facts) == []
    # of other households expected at the end, the plan may divide by either, but by one of them
    grows = {"poor": Start(listed=51, households=2471, expected=2600)}
    growing = PlanFacts(year=2024, starts=grows)
    assert told(*triple, row("HN-GIAM-HO", pursued=300), facts=growing) == []
    by_end = [row("HN-TL", pursued=185), row("HN-GIAM-DIEM", pursued=22)]
    assert told(*by_end, row("HN-GIAM-HO", pursued=300), facts=growing) == []
    mixed = [row("HN-TL", pursued=185), row("HN-GIAM-HO", pursued=300), triple[1]]
    assert told(*mixed, facts=growing) == ["linked_apart", "linked_apart"]
    more = [*triple, row("HN-GIAM-HO", pursued=500)]
    assert told(*more, facts=facts) == ["linked_households", "linked_apart"]
    found = doubts(more, shipped().indicators, facts)
    assert texts.target_doubt_text(found[0]) == (
        "Mức giảm tỷ lệ hộ nghèo: 0,12 điểm % và 5 hộ chỉ khớp khi có 4.001–4.347 hộ, đầu năm có "
        "2.471 hộ."
    )
    # the commune types where it starts; the register is not asked then
    typed = row("HN-TL", pursued=115, baseline_numerator=36, baseline_denominator=1430)
    assert told(typed, row("HN-GIAM-DIEM", pursued=137)) == []
    assert told(typed, row("HN-GIAM-DIEM", pursued=150)) == ["linked_apart"]


@pytest.mark.parametrize(
    ("first", "last", "fall", "follows"),
    [(300, 200, 50, "1"), (400, 100, 250, "3"), (206, 194, 14, "0,12"), (206, 194, 10, "0,12")],
)
def test_a_fall_that_is_not_that_of_the_rate_is_no_rounding(
    first: int, last: int, fall: int, follows: str
) -> None:
    rows = [row("HN-TL", pursued=last, baseline=first), row("HN-GIAM-DIEM", pursued=fall)]
    (found,) = doubts(rows, shipped().indicators, FACTS)
    assert (found.code, found.level) == ("linked_apart", DoubtLevel.WARNING)
    assert texts.target_doubt_text(found).endswith(f" thì là {follows} điểm %.")
    rows[1]["pursued"] = first - last
    assert told(*rows) == []
    rows[1]["pursued"] += 1
    (found,) = doubts(rows, shipped().indicators, FACTS)
    assert (found.code, found.level) == ("linked_rounded", DoubtLevel.NOTE)


def test_of_two_ends_that_are_possible_the_one_that_only_rounds_is_told() -> None:
    """Households of the start contradict it, those expected are a hundredth beside."""
    start = Start(listed=100, households=1000, expected=1100)
    facts = PlanFacts(year=2024, starts={"poor": start})
    # 90 are 9 % of 1000, of 1100 they are 8,18 %
    rows = [row("HN-TL", pursued=819), row("HN-GIAM-HO", pursued=1000)]
    assert told(*rows, facts=facts) == ["linked_rounded"]
    assert told(*rows, row("HN-GIAM-DIEM", pursued=183), facts=facts) == [
        "linked_apart", "linked_rounded", "linked_rounded",
    ]  # fmt: skip


def test_plan_001_with_two_decimals_is_of_no_one_number_of_households() -> None:
    rows = [
        row("HN-GIAM-DIEM", pursued=111), row("HN-GIAM-HO", pursued=1600),
        row("HCN-GIAM-DIEM", pursued=31), row("HCN-GIAM-HO", pursued=500),
    ]  # fmt: skip
    (found,) = doubts(rows, shipped().indicators, FACTS)
    assert (found.code, found.key) == ("lists_apart", "HCN-GIAM-DIEM")
    assert texts.target_doubt_text(found) == (
        "Mức giảm tỷ lệ hộ nghèo khớp với 1.435–1.447 hộ, Mức giảm tỷ lệ hộ cận nghèo với "
        "1.588–1.639 hộ: không cùng một tổng số hộ."
    )


def test_one_number_of_households_is_said_as_one() -> None:
    facts = PlanFacts(year=2024, starts={"poor": Start(listed=30, households=200)})
    rows = [row("HN-GIAM-DIEM", pursued=2500), row("HN-GIAM-HO", pursued=1000)]
    found = {one.code: one for one in doubts(rows, shipped().indicators, facts)}
    text = texts.target_doubt_text(found["linked_households"])
    assert "chỉ khớp khi có 40 hộ, đầu năm có 200 hộ" in text


def test_a_fall_that_no_number_of_households_makes_is_told_by_itself() -> None:
    near = [row("HCN-GIAM-DIEM", pursued=200), row("HCN-GIAM-HO", pursued=1000)]
    text = sentence(row("HN-GIAM-DIEM", pursued=7000), row("HN-GIAM-HO", pursued=100), *near)
    assert text == (
        "Mức giảm tỷ lệ hộ nghèo: giảm 70 điểm % và giảm 1 hộ không khớp với tổng số hộ nào."
    )
    # 33,3 % are a third: rounded, and of another number than the second list
    third = [row("HN-GIAM-DIEM", pursued=3330), row("HN-GIAM-HO", pursued=100)]
    assert "khớp với 3 hộ" in sentence(*third, *near)
