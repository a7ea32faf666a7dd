"""The rule against an oracle typed by hand from the tables of the law, on and beside every line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.standards import load_standards
from giamngheo_desktop.domain.classify import (
    Branch,
    ChangeKind,
    Classification,
    ClassifyError,
    classify,
)
from giamngheo_desktop.domain.standard import (
    AreaType,
    Certainty,
    Fact,
    HouseholdClass,
    PovertyStandard,
    standard_for,
)
from giamngheo_desktop.texts import reason_text, what_if_text

STANDARDS = load_standards(paths.resources() / "definitions" / "standards")
SEVERITY = ["poor", "near_poor", "average", "not_poor"]

# Typed from the law, not read from the definitions: rural, urban.
# standard: (lines poor whatever d), (lines up to which d decides), (average), d, indicators
INCOME = {
    "2016": ((700_000, 900_000), (1_000_000, 1_300_000), (1_500_000, 1_950_000), 3, 10),
    "2022": ((None, None), (1_500_000, 2_000_000), (2_250_000, 3_000_000), 3, 12),
    "2027": ((None, None), (2_200_000, 2_800_000), (None, None), 3, 12),
    "dong_nai_2022": ((None, None), (2_000_000, 2_500_000), (3_000_000, 3_750_000), 2, 12),
}
SCORES = {
    "2016": ((120, 140), (150, 175), 3, 10),
    "2022": ((None, None), (140, 175), 3, 12),
}
AREAS = ("rural", "urban")


def income_oracle(code: str, area: str, income: int, deprived: int) -> str:
    outright, deciding, average, count, _ = INCOME[code]
    at = AREAS.index(area)
    if outright[at] is not None and income <= outright[at]:
        return "poor"
    if income <= deciding[at]:
        return "poor" if deprived >= count else "near_poor"
    if average[at] is not None and income <= average[at]:
        return "average"
    return "not_poor"


def score_oracle(code: str, area: str, b1: int, deprived: int) -> str:
    outright, deciding, count, _ = SCORES[code]
    at = AREAS.index(area)
    if outright[at] is not None and b1 <= outright[at]:
        return "poor"
    if b1 <= deciding[at]:
        return "poor" if deprived >= count else "near_poor"
    return "not_poor"


def around(lines: tuple[int | None, ...]) -> list[int]:
    return [0, *(line + step for line in lines if line is not None for step in (-1, 0, 1)), 10**9]


INCOME_GRID = [
    (code, area, income)
    for code, (*lines, _, _) in INCOME.items()
    for at, area in enumerate(AREAS)
    for income in around(tuple(line[at] for line in lines))
]
SCORE_GRID = [
    (code, area, b1)
    for code, (*lines, _, _) in SCORES.items()
    for at, area in enumerate(AREAS)
    for b1 in around(tuple(line[at] for line in lines))
]


def result(code: str, area: str, deprived: int, unknown: int = 0, **value: int) -> Classification:
    standard = STANDARDS.get(code)
    codes = standard.codes
    return classify(
        standard,
        AreaType(area),
        deprived=frozenset(codes[:deprived]),
        unknown=frozenset(codes[deprived : deprived + unknown]),
        **value,
    )


@pytest.mark.parametrize(("code", "area", "income"), INCOME_GRID)
def test_income_grid(code: str, area: str, income: int) -> None:
    indicators = INCOME[code][-1]
    assert len(STANDARDS.get(code).codes) == indicators
    for deprived in range(indicators + 1):
        expected = income_oracle(code, area, income, deprived)
        assert result(code, area, deprived, income=income).household_class == expected
        for unknown in range(1, indicators - deprived + 1):
            completions = {
                income_oracle(code, area, income, d)
                for d in range(deprived, deprived + unknown + 1)
            }
            found = result(code, area, deprived, unknown, income=income)
            assert list(found.possible) == sorted(completions, key=SEVERITY.index)
            expected_class = completions.pop() if len(completions) == 1 else None
            assert found.household_class == expected_class
            assert bool(found.questions) == (expected_class is None)


@pytest.mark.parametrize(("code", "area", "b1"), SCORE_GRID)
def test_score_grid(code: str, area: str, b1: int) -> None:
    indicators = SCORES[code][-1]
    for deprived in range(indicators + 1):
        for unknown in range(indicators - deprived + 1):
            completions = {
                score_oracle(code, area, b1, d) for d in range(deprived, deprived + unknown + 1)
            }
            found = result(code, area, deprived, unknown, b1=b1)
            assert list(found.possible) == sorted(completions, key=SEVERITY.index)


def test_the_grids_are_whole() -> None:
    assert set(INCOME) == {standard.code for standard in STANDARDS}
    assert set(SCORES) == {standard.code for standard in STANDARDS if standard.has_score_form}
    assert len(INCOME_GRID) == 2 * (11 + 8 + 5 + 8)
    assert len(SCORE_GRID) == 2 * (8 + 5)


N, CN, TB, K = SEVERITY
CASES = [
    (1, "2016", "rural", {"income": 700_000}, 0, N),
    (2, "2016", "rural", {"income": 700_001}, 2, CN),
    (3, "2016", "rural", {"income": 1_000_000}, 3, N),
    (4, "2016", "urban", {"income": 1_300_000}, 2, CN),
    (5, "2016", "urban", {"income": 1_300_001}, 9, TB),
    (6, "2016", "urban", {"income": 900_000}, 0, N),
    (7, "2016", "urban", {"b1": 140}, 0, N),
    (8, "2016", "urban", {"b1": 141}, 3, N),
    (9, "2016", "urban", {"b1": 175}, 2, CN),
    (10, "2016", "rural", {"b1": 151}, 10, K),
    (11, "2022", "rural", {"income": 1_500_000}, 3, N),
    (12, "2022", "rural", {"income": 300_000}, 2, CN),
    (13, "2022", "rural", {"income": 1_500_001}, 12, TB),
    (14, "2022", "rural", {"income": 2_250_000}, 5, TB),
    (15, "2022", "rural", {"income": 2_250_001}, 5, K),
    (16, "2022", "urban", {"income": 2_000_000}, 0, CN),
    (17, "2022", "urban", {"income": 1_900_000}, 4, N),
    (18, "2022", "rural", {"b1": 140}, 3, N),
    (19, "2022", "rural", {"b1": 140}, 2, CN),
    (20, "2022", "rural", {"b1": 141}, 12, K),
    (21, "2022", "urban", {"b1": 175}, 3, N),
    (22, "2022", "urban", {"b1": 141}, 2, CN),
    (24, "2027", "rural", {"income": 1_600_000}, 6, N),
    (25, "2027", "rural", {"income": 1_000_000}, 2, CN),
    (26, "2027", "urban", {"income": 2_800_000}, 3, N),
    (27, "2027", "urban", {"income": 2_800_001}, 12, K),
    (40, "dong_nai_2022", "rural", {"income": 1_900_000}, 2, N),
    (40, "2022", "rural", {"income": 1_900_000}, 2, TB),
]


@pytest.mark.parametrize(("case", "code", "area", "value", "deprived", "expected"), CASES)
def test_acceptance_case(
    case: int, code: str, area: str, value: dict[str, int], deprived: int, expected: str
) -> None:
    assert result(code, area, deprived, **value).household_class == expected


def test_case_23_the_year_2026_keeps_the_old_line() -> None:
    standard = standard_for(STANDARDS, 2026)
    deprived = frozenset(standard.codes[:6])
    found = classify(standard, AreaType.RURAL, income=1_600_000, deprived=deprived)
    assert (standard.code, found.household_class) == ("2022", HouseholdClass.AVERAGE)
    next_year = standard_for(STANDARDS, 2027)
    deprived = frozenset(next_year.codes[:6])
    found = classify(next_year, AreaType.RURAL, income=1_600_000, deprived=deprived)
    assert (next_year.code, found.household_class) == ("2027", HouseholdClass.POOR)


@pytest.mark.parametrize(
    ("code", "value", "deprived", "branch"),
    [
        ("2016", {"income": 700_000}, 9, Branch.INCOME_POOR),
        ("2016", {"income": 700_001}, 3, Branch.DEPRIVATION_POOR),
        ("2016", {"b1": 120}, 0, Branch.INCOME_POOR),
        ("2016", {"b1": 121}, 3, Branch.DEPRIVATION_POOR),
        ("2022", {"income": 1}, 3, Branch.MULTIDIMENSIONAL_POOR),
        ("2022", {"income": 1}, 2, Branch.NEAR_POOR),
        ("2022", {"income": 2_250_001}, 2, Branch.ABOVE_AVERAGE),
        ("2022", {"b1": 141}, 2, Branch.ABOVE_CUTOFF),
        ("2027", {"income": 2_200_001}, 2, Branch.ABOVE_LINE),
    ],
)
def test_branch(code: str, value: dict[str, int], deprived: int, branch: Branch) -> None:
    assert result(code, "rural", deprived, **value).branch is branch


@pytest.mark.parametrize(
    ("code", "area", "said"),
    [
        ("2022", "urban", "(thành thị)"),
        ("2027", "urban", "(đô thị)"),  # the word of Nghị định 351/2025/NĐ-CP
        ("2027", "rural", "(nông thôn)"),
    ],
)
def test_the_area_is_called_as_in_the_law(code: str, area: str, said: str) -> None:
    assert said in reason_text(result(code, area, 3, income=1_000_000))


def test_a_missing_average_line_is_said() -> None:
    assert result("2027", "urban", 0, income=2_800_001).missing == ("average_line",)
    assert result("2027", "urban", 0, income=2_800_000).missing == ()


def test_unread_lines_are_named() -> None:
    assert result("2016", "rural", 0, income=1_200_000).to_confirm == ("average_line",)
    assert result("2016", "rural", 0, b1=121).to_confirm == ("score_upper_cutoff",)
    assert result("2016", "rural", 0, b1=120).to_confirm == ()
    assert result("2022", "rural", 0, income=1_200_000).to_confirm == ()


def test_the_unknown_indicators_are_the_questions_in_official_order() -> None:
    found = classify(
        STANDARDS.get("2022"),
        AreaType.RURAL,
        income=1_000_000,
        deprived=frozenset({"water", "toilet"}),
        unknown=frozenset({"telecom", "employment"}),
    )
    assert (found.deprived_min, found.deprived_max) == (2, 4)
    assert found.questions == ("employment", "telecom")
    assert reason_text(found) == (
        "Thu nhập 1.000.000 đồng/người/tháng không quá 1.500.000 đồng (nông thôn), thiếu hụt "
        "2–4 chỉ số: cận nghèo hoặc nghèo (nghèo khi từ 3 chỉ số trở lên), theo Điều 3 Nghị định "
        "07/2021/NĐ-CP. Cần trả lời: Việc làm, Dịch vụ viễn thông."
    )


@pytest.mark.parametrize(
    ("value", "deprived", "sentences"),
    [
        (
            {"income": 1_500_000},
            1,
            [
                "Thu nhập trên 1.500.000 đồng/người/tháng: mức sống trung bình.",
                "Thêm 2 chỉ số thiếu hụt: nghèo.",
            ],
        ),
        (
            {"income": 1_500_001},
            4,
            [
                "Thu nhập trên 2.250.000 đồng/người/tháng: không nghèo.",
                "Thu nhập không quá 1.500.000 đồng/người/tháng: nghèo.",
            ],
        ),
        (
            {"b1": 100},
            5,
            ["Điểm B1 trên 140 điểm: không nghèo.", "Bớt 3 chỉ số thiếu hụt: cận nghèo."],
        ),
    ],
)
def test_what_would_change(value: dict[str, int], deprived: int, sentences: list[str]) -> None:
    found = result("2022", "rural", deprived, **value)
    assert [what_if_text(item, found.measure) for item in found.what_would_change] == sentences


VALUES = st.one_of(
    st.builds(lambda v: {"income": v}, st.integers(0, 4_500_000)),
    st.builds(lambda v: {"income": v}, st.sampled_from([item[2] for item in INCOME_GRID])),
    st.builds(lambda v: {"b1": v}, st.integers(0, 200)),
)


@st.composite
def inputs(draw: st.DrawFn) -> tuple[PovertyStandard, AreaType, dict[str, int], set[str], set[str]]:
    standard = draw(st.sampled_from(STANDARDS.items))
    value = draw(VALUES.filter(lambda v: "income" in v or standard.has_score_form))
    states = draw(st.tuples(*(st.sampled_from(["no", "yes", "unknown"]) for _ in standard.codes)))
    chosen = {
        state: {code for code, given in zip(standard.codes, states, strict=True) if given == state}
        for state in ("yes", "unknown")
    }
    return standard, draw(st.sampled_from(AreaType)), value, chosen["yes"], chosen["unknown"]


def run(
    standard: PovertyStandard,
    area: AreaType,
    value: dict[str, int],
    deprived: set[str],
    unknown: set[str],
) -> Classification:
    return classify(
        standard, area, deprived=frozenset(deprived), unknown=frozenset(unknown), **value
    )


@given(inputs(), st.data())
def test_one_more_deprivation_never_betters_the_class(
    given_input: tuple[PovertyStandard, AreaType, dict[str, int], set[str], set[str]],
    data: st.DataObject,
) -> None:
    standard, area, value, deprived, _ = given_input
    free = sorted(set(standard.codes) - deprived)
    if not free:
        return
    more = data.draw(st.sampled_from(free))
    before = run(standard, area, value, deprived, set())
    after = run(standard, area, value, deprived | {more}, set())
    assert before.household_class is not None
    assert after.household_class is not None
    assert SEVERITY.index(after.household_class) <= SEVERITY.index(before.household_class)


@given(inputs(), st.data())
def test_every_completion_of_the_unknown_is_possible(
    given_input: tuple[PovertyStandard, AreaType, dict[str, int], set[str], set[str]],
    data: st.DataObject,
) -> None:
    standard, area, value, deprived, unknown = given_input
    found = run(standard, area, value, deprived, unknown)
    true = data.draw(st.sets(st.sampled_from(sorted(unknown)))) if unknown else set()
    complete = run(standard, area, value, deprived | true, set())
    assert complete.household_class in found.possible
    if found.household_class is not None:
        assert complete.household_class is found.household_class


@given(inputs())
def test_each_what_if_is_true_and_the_smallest(
    given_input: tuple[PovertyStandard, AreaType, dict[str, int], set[str], set[str]],
) -> None:
    standard, area, value, deprived, unknown = given_input
    found = run(standard, area, value, deprived, unknown)
    measure = next(iter(value))
    free = [code for code in standard.codes if code not in deprived | unknown]
    taken, open_codes = sorted(deprived), sorted(unknown)

    def after(kind: ChangeKind, amount: int) -> Classification:
        match kind:
            case ChangeKind.VALUE_ABOVE:
                return run(standard, area, {measure: amount + 1}, deprived, unknown)
            case ChangeKind.VALUE_UP_TO:
                return run(standard, area, {measure: amount}, deprived, unknown)
            case ChangeKind.MORE_DEPRIVED:
                return run(standard, area, value, deprived | set(free[:amount]), unknown)
            case ChangeKind.FEWER_DEPRIVED:
                return run(standard, area, value, set(taken[amount:]), unknown)
            case ChangeKind.UNKNOWN_DEPRIVED:
                known = set(open_codes[:amount])
                return run(standard, area, value, deprived | known, unknown - known)
            case ChangeKind.UNKNOWN_MET:
                return run(standard, area, value, deprived, set(open_codes[amount:]))

    for item in found.what_would_change:
        assert after(item.kind, item.amount).possible == item.possible != found.possible
        if item.kind is ChangeKind.VALUE_ABOVE:
            assert item.amount >= value[measure]
            assert after(item.kind, item.amount - 1).possible == found.possible
        elif item.kind is ChangeKind.VALUE_UP_TO:
            assert item.amount < value[measure]
            assert after(item.kind, item.amount + 1).possible == found.possible
        elif item.amount > 1:
            assert after(item.kind, item.amount - 1).possible == found.possible


@given(inputs())
def test_every_result_has_a_whole_sentence_with_its_article(
    given_input: tuple[PovertyStandard, AreaType, dict[str, int], set[str], set[str]],
) -> None:
    found = run(*given_input)
    sentence = reason_text(found)
    assert found.article in sentence
    assert "{" not in sentence
    assert "None" not in sentence
    assert sentence.endswith(".")
    if found.household_class is None:
        assert f"{found.deprived_min}–{found.deprived_max} chỉ số: cận nghèo hoặc nghèo" in sentence
        assert all(label in sentence for label in found.question_labels)


@pytest.mark.parametrize(
    ("code", "arguments", "error"),
    [
        ("2022", {}, "classify_one_value"),
        ("2022", {"income": 1, "b1": 1}, "classify_one_value"),
        ("2022", {"income": -1}, "classify_negative"),
        ("2022", {"b1": -1}, "classify_negative"),
        ("2027", {"b1": 100}, "classify_no_score_form"),
        ("dong_nai_2022", {"b1": 100}, "classify_no_score_form"),
        ("2027", {"income": 1, "deprived": {"information_assets"}}, "classify_unknown_code"),
        ("2016", {"income": 1, "unknown": {"employment"}}, "classify_unknown_code"),
        ("2022", {"income": 1, "deprived": {"water"}, "unknown": {"water"}}, "classify_code_twice"),
    ],
)
def test_refused_input(code: str, arguments: dict[str, object], error: str) -> None:
    frozen = {
        key: frozenset(value) if isinstance(value, set) else value
        for key, value in arguments.items()
    }
    with pytest.raises(ClassifyError) as caught:
        classify(STANDARDS.get(code), AreaType.RURAL, **frozen)  # type: ignore[arg-type]
    assert caught.value.code == error


def test_a_count_of_another_province_is_obeyed() -> None:
    national = STANDARDS.get("2022")
    own = replace(national, deprivation_count=Fact(5, Certainty.TO_CONFIRM, "ví dụ"))
    four, five = frozenset(own.codes[:4]), frozenset(own.codes[:5])
    poor = classify(own, AreaType.RURAL, income=0, deprived=five)
    near_poor = classify(own, AreaType.RURAL, income=0, deprived=four)
    assert poor.household_class is HouseholdClass.POOR
    assert near_poor.household_class is HouseholdClass.NEAR_POOR
