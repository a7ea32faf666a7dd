"""All 65 targets of five real plans come out as sentences, from codes and numbers alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.indicator_catalogue import (
    CatalogueIndicator,
    Comparator,
    Group,
    IndicatorType,
)
from giamngheo_desktop.texts import target_sentence
from giamngheo_desktop.texts.target_sentences import WORDS
from tests.domain.target_rows import CATALOGUE, HELD, ROWS, UNITS, sentences
from tests.harness.tables import definitions

NUMBER = re.compile(r"\d[\d.]*(?:,\d+)?%?")
NO_NUMBER = "(no number)"
SIGNS = {
    "=": Comparator.EQUAL,
    ">=": Comparator.AT_LEAST,
    ">": Comparator.MORE,
    "<=": Comparator.AT_MOST,
    "~": Comparator.ABOUT,
}
AT_LEAST = re.compile(r"(?:tối thiểu|ít nhất|từ) (?=\d)", re.IGNORECASE)
WORD_BEFORE = {
    Comparator.MORE: re.compile(r"trên (?=\d)", re.IGNORECASE),
    Comparator.ABOUT: re.compile(r"khoảng (?=\d)", re.IGNORECASE),
    Comparator.AT_MOST: re.compile(r"còn (?=\d)", re.IGNORECASE),
}
# More numbers than one, or printed otherwise: a table pads its rates.
PRINTED = {
    "003-7": ["100%", "95%"],
    "003-12": ["1.220", "3,05%", "0,4%"],
    "004-11": ["03", "1,94%", "04", "2,83%"],
}
NAMES = {
    Group.POOR: r"hộ nghèo|\bHN\b",
    Group.NEAR_POOR: r"(?<!thoát )cận nghèo|\bHCN\b",
    Group.NEW_ESCAPE: r"mới thoát nghèo|\bHMTN\b",
    Group.NEAR_ESCAPE: r"thoát cận nghèo",
    Group.AVERAGE_LIVING: r"mức sống trung bình",
    Group.LOW_INCOME: r"thu nhập thấp",
}
CLASSES = {"HN": Group.POOR, "HCN": Group.NEAR_POOR}  # whose numbers an indicator is about
EVERY_ROW = pytest.mark.parametrize("row", list(ROWS))
INDICATORS = st.sampled_from(list(CATALOGUE.indicators.values()))
WITH_GROUPS = st.sampled_from([one for one in CATALOGUE.indicators.values() if one.groups])
GROUPS = st.sets(st.sampled_from(Group), min_size=1)
COMPARATORS = st.sampled_from(Comparator)
VALUES = st.integers(min_value=1, max_value=10**9)
BASES = st.sampled_from(("target", "policy", "output"))


def printed(row: dict[str, str]) -> list[str]:
    """The numbers as the plan prints them, with the sign of a rate."""
    if row["id"] in PRINTED:
        return PRINTED[row["id"]]
    if row["target"] == NO_NUMBER:
        return []
    return [f"{row['target']}%" if "%" in row["unit"] else row["target"].rjust(2, "0")]


def named(text: str) -> set[Group]:
    return {group for group, name in NAMES.items() if re.search(name, text, re.IGNORECASE)}


def test_every_row_is_held_by_hand() -> None:
    assert len(ROWS) == 65
    assert list(HELD) == list(ROWS)


@EVERY_ROW
def test_a_row_is_held_by_its_indicators_and_its_comparator(row: str) -> None:
    stored = ROWS[row]
    assert [one.code for one in HELD[row] if not one.content] == stored["indicator_code"].split(
        "; "
    )
    for one in HELD[row]:
        assert one.value is not None or not one.comparator
        if len(HELD[row]) == 1 and one.value is not None:
            assert one.comparator == SIGNS[stored["comparator"]]


@EVERY_ROW
def test_a_sentence_holds_the_numbers_as_printed(row: str) -> None:
    found = [NUMBER.findall(one) for one in sentences(row)]
    expected = printed(ROWS[row])
    if not expected:
        assert found == [[]]
    for number, of_one in zip(expected, found, strict=False):
        assert number in of_one
    assert len(found) == max(1, len(expected))


@EVERY_ROW
def test_a_sentence_holds_the_word_of_the_comparator(row: str) -> None:
    stored = ROWS[row]["text_vi"]
    for one, said in zip(HELD[row], sentences(row), strict=True):
        if AT_LEAST.search(stored) and one.comparator == Comparator.AT_LEAST:
            assert AT_LEAST.search(said)
        for comparator, word in WORD_BEFORE.items():
            assert bool(word.search(said)) == (one.comparator == comparator), said
            if len(HELD[row]) == 1 and word.search(stored):
                assert one.comparator == comparator
        if one.comparator == Comparator.EQUAL:
            assert not AT_LEAST.search(said)


@EVERY_ROW
def test_a_sentence_names_the_groups_of_its_row_and_no_others(row: str) -> None:
    stored = ROWS[row]
    asked = named(stored["text_vi"]) | named(stored["breakdown"])
    asked |= {CLASSES[one.code.partition("-")[0]] for one in HELD[row] if one.code[0] == "H"}
    said = named(" ".join(sentences(row)))
    assert asked <= said
    if "…" not in stored["text_vi"] and "của hộ" not in stored["text_vi"]:
        assert asked == said


@EVERY_ROW
def test_a_sentence_is_one_clean_line_of_vietnamese(row: str) -> None:
    for said in sentences(row):
        assert said == " ".join(said.split())
        assert said[0].isdigit() or said[0].isupper()
        assert not said.endswith((".", ";", ","))
        assert not re.search(r"[fjwz{}\[\]_]", said, re.IGNORECASE), said
        assert not re.search(r" [,;.)]", said)


@EVERY_ROW
def test_what_is_about_the_whole_unit_says_which(row: str) -> None:
    for one, said in zip(HELD[row], sentences(row), strict=True):
        if one.code.startswith(("HN-", "HCN-")):
            assert UNITS.get(row[:3], "toàn xã") in said.lower()


def test_the_sentences_as_they_stand(golden: Callable[[str, str], None]) -> None:
    """Beside the stored text, for the eye."""
    text = "".join(
        f"{row}  {ROWS[row]['text_vi']}\n" + "".join(f"    = {one}\n" for one in sentences(row))
        for row in ROWS
    )
    golden("target_sentences.txt", text)


def test_without_groups_or_comparator_those_of_the_indicator_hold() -> None:
    said = target_sentence(CATALOGUE["NS-HVS"], (), None, 80_00)
    assert said == "Ít nhất 80% hộ nghèo, hộ cận nghèo sử dụng nước sinh hoạt hợp vệ sinh"


def test_nobody_says_at_least_of_a_whole() -> None:
    said = target_sentence(CATALOGUE["NS-HVS"], ("poor",), "at_least", 100_00)
    assert said == "100% hộ nghèo sử dụng nước sinh hoạt hợp vệ sinh"


def test_workers_of_no_class_stand_beside_those_of_households() -> None:
    for groups, said in (
        (("low_income",), "người lao động có thu nhập thấp"),
        (
            ("low_income", "near_poor"),
            "người lao động thuộc hộ cận nghèo, người lao động có thu nhập thấp",
        ),
    ):
        sentence = target_sentence(CATALOGUE["DT-NGHE"], groups, "about", 12_00)
        assert sentence == f"Đào tạo nghề sơ cấp và dưới 3 tháng cho khoảng 12 {said}"


def test_groups_are_said_in_one_order_and_where_they_are_not_usual_too() -> None:
    model = CATALOGUE["MH-MOI"]
    said = target_sentence(model, ("near_poor", "poor"), "equal", 1_00)
    assert said == (
        "Xây dựng 01 mô hình giảm nghèo, phát triển sản xuất cho hộ nghèo, hộ cận nghèo"
    )


def test_a_deprivation_says_its_dimension_and_a_village_its_name() -> None:
    said = target_sentence(CATALOGUE["TH-CHISO"], ("poor",), "at_most", 12_00, dimension="health")
    assert said == "Còn không quá 12 hộ nghèo thiếu hụt dịch vụ xã hội cơ bản về y tế"
    fewer = CATALOGUE["HN-GIAM-HO"]
    said = target_sentence(fewer, (), "equal", 1_00, unit_word="thôn Tân Thủy")
    assert said == "Thôn Tân Thủy giảm 01 hộ nghèo"
    assert target_sentence(fewer, (), "equal", 0) == "Toàn xã giảm 0 hộ nghèo"


def test_every_dimension_of_the_list_has_a_word() -> None:
    codes = [entry.code for entry in definitions().choice_list("target_dimensions").entries]
    assert list(WORDS.dimensions) == codes


@pytest.mark.parametrize(
    ("addition", "end"),
    [
        ("so với đầu năm 2023", " so với đầu năm 2023"),
        (", tương ứng 16 hộ. ", ", tương ứng 16 hộ"),
        ("  ", ""),
    ],
)
def test_an_addition_follows_as_it_begins(addition: str, end: str) -> None:
    indicator = CATALOGUE["HN-TL"]
    plain = target_sentence(indicator, (), None, 1_15)
    assert target_sentence(indicator, (), None, 1_15, addition=addition) == plain + end


def test_the_content_is_said_only_without_a_number() -> None:
    indicator = CATALOGUE["SX-HO"]
    said = target_sentence(indicator, (), None, None, content="nâng cao  năng suất; ")
    assert said == "Nâng cao năng suất"
    plain = target_sentence(indicator, (), None, 5_00)
    assert target_sentence(indicator, (), None, 5_00, content="khác") == plain


@pytest.mark.parametrize(("groups", "comparator"), [(("rich",), None), (("poor",), "less")])
def test_an_unknown_group_or_comparator_is_refused(
    groups: tuple[str, ...], comparator: str | None
) -> None:
    with pytest.raises(ValueError, match="is not a valid"):
        target_sentence(CATALOGUE["NS-HVS"], groups, comparator, 80_00)


@given(INDICATORS, COMPARATORS, VALUES, BASES)
def test_the_number_read_back_is_the_value(
    indicator: CatalogueIndicator, comparator: Comparator, value: int, basis: str
) -> None:
    said = NUMBER.findall(target_sentence(indicator, (), comparator, value, basis=basis))
    for fixed in NUMBER.findall(indicator.sentences["number"]):
        said.remove(fixed)
    assert len(said) == 1
    assert ("%" in said[0]) == ("%" in indicator.unit)
    plain = said[0].rstrip("%").replace(".", "").replace(",", ".")
    assert Decimal(plain) * 100 == value


@given(WITH_GROUPS, GROUPS, GROUPS, st.none() | VALUES, BASES)
def test_other_groups_give_another_sentence(
    indicator: CatalogueIndicator, one: set[Group], other: set[Group], value: int | None, basis: str
) -> None:
    first, second = (
        target_sentence(indicator, groups, None, value, basis=basis) for groups in (one, other)
    )
    assert (first == second) == (one == other)


@given(INDICATORS, COMPARATORS, COMPARATORS, VALUES)
def test_another_comparator_gives_another_sentence(
    indicator: CatalogueIndicator, one: Comparator, other: Comparator, value: int
) -> None:
    first, second = (target_sentence(indicator, (), how, value) for how in (one, other))
    whole = value == 100_00 and indicator.type in (IndicatorType.COVERAGE, IndicatorType.NEED)
    at_least = {one, other} == {Comparator.AT_LEAST, Comparator.EQUAL}
    assert (first == second) == (one == other or (whole and at_least))
