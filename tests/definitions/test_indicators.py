"""The catalogue of indicators is whole and sourced; a bad file is refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from giamngheo_desktop import paths, texts
from giamngheo_desktop.definitions.indicators import load_indicators
from giamngheo_desktop.definitions.loader import DefinitionError
from giamngheo_desktop.domain.indicator_catalogue import IndicatorType
from giamngheo_desktop.domain.standard import Certainty
from giamngheo_desktop.domain.target_sentence import NO_NUMBER, NUMBER
from tests.domain.target_rows import ROWS
from tests.harness.tables import definitions

FILE = paths.resources() / "definitions" / "indicators.toml"
GOOD = FILE.read_text(encoding="utf-8")
CATALOGUE = load_indicators(FILE)
# Of the analysis of poor households and of reports, and what no plan that was read has.
WITHOUT_TARGET = {"HN-BTXH", "HN-NTM", "KP-GIAINGAN", "KHAC"}


def refused(tmp_path: Path, text: str) -> str:
    file = tmp_path / "indicators.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_indicators(file)
    return texts.error_text(caught.value)


def test_the_indicators_are_those_of_the_plans() -> None:
    of_plans = {code for row in ROWS.values() for code in row["indicator_code"].split("; ")}
    assert set(CATALOGUE.indicators) == of_plans | WITHOUT_TARGET
    assert len(CATALOGUE.indicators) == 39


def test_every_indicator_says_what_it_counts_and_where_it_comes_from() -> None:
    needs = {entry.code for entry in definitions().choice_list("support_needs").entries}
    for one in CATALOGUE.indicators.values():
        assert one.source
        assert one.numerator, one.code
        assert one.data, one.code
        assert {NUMBER, NO_NUMBER} <= set(one.sentences)
        assert bool(one.denominator) or one.type in (IndicatorType.COUNT, IndicatorType.POINTS)
        assert ("%" in one.unit) == (one.type is not IndicatorType.COUNT)
        assert bool(one.need) == (one.type is IndicatorType.NEED)
        assert not one.need or one.need in needs
        assert one.computed or "kèm nguồn và ngày" in one.note
        assert one.note or one.certainty is Certainty.CONFIRMED, one.code


def test_the_source_of_an_indicator_names_the_plans_that_set_it() -> None:
    names = {
        "000": "xã Hòa Bình 2023",
        "001": "phường Phổ Minh 2024",
        "002": "phường Cam Phúc Nam 2023",
        "003": "tỉnh Thừa Thiên Huế 2021",
        "004": "xã Sơn Tây 2021",
    }
    for one in CATALOGUE.indicators.values():
        if one.code in WITHOUT_TARGET:
            continue
        plans = {
            row["plan"] for row in ROWS.values() if one.code in row["indicator_code"].split("; ")
        }
        assert {plan for plan, name in names.items() if name in one.source} == plans, one.code


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('code = "HCN-TL"', 'code = "HN-TL"', "mục indicator[2].code: có mã lặp lại"),
        ('groups = ["poor"]', 'groups = ["rich"]', "groups: không nhận “rich”"),
        ('type = "rate"', 'type = "speed"', "mục indicator[1].type: không nhận “speed”"),
        ('comparator = "at_most"', 'comparator = "less"', "không nhận “less”"),
        ('actual = "computed"', 'actual = "guessed"', "không nhận “guessed”"),
        ('certainty = "confirmed"', 'certainty = "sure"', "không nhận “sure”"),
        ("[indicator.sentences]", "[indicator.words]", "indicator[1].sentences: thiếu"),
        ("no_number = ", "nonumber = ", "indicator[1].sentences.no_number: thiếu"),
        ("no_number = ", 'no_number_law = "x"\nno_number = ', "no_number_law: chương trình không"),
        ("hộ nghèo {unit} {number}", "hộ nghèo {unit}", "sentences.number: không nhận “Tỷ lệ"),
        ("hộ nghèo {unit} {number}", "{number} {number}", "sentences.number: không nhận “Tỷ lệ"),
        ("hộ nghèo {unit} {number}", "{number} {where}", "không nhận “where”"),
        ("{unit} {number}", "{number} {households}", "sentences.number: không nhận “Tỷ lệ"),
        ("{number} số xã", "{number} {workers}", "sentences.number: không nhận “{number}"),
        ("Giảm tỷ lệ hộ nghèo {unit}", "Giảm {number}", "sentences.no_number: không nhận"),
        (
            "{number} {households} sử dụng nhà tiêu",
            "{number} hộ sử dụng nhà tiêu",
            "sentences.number: không nhận “{number} hộ sử dụng",
        ),
    ],
)
def test_a_bad_file_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in GOOD
    assert said in refused(tmp_path, GOOD.replace(old, new, 1))
