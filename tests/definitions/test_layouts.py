"""Layouts of plans and reports: what they may say, and what is refused in a file."""

from __future__ import annotations

import re
from datetime import date

import pytest

from giamngheo_desktop.definitions.layouts import layout_from
from giamngheo_desktop.definitions.loader import DefinitionError, parse_toml
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.outdated_words import outdated_in
from giamngheo_desktop.domain.plan_layout import PLACEHOLDERS, Layout, filled, in_order
from giamngheo_desktop.domain.report_periods import PeriodType
from tests.harness.review import shipped

LAYOUTS = {code: versions[-1] for code, versions in shipped().layouts.items()}
# Where the plans are from, and who wrote them.
_NAMES = re.compile(
    r"Kon Tum|Hòa Bình|Đức Phổ|Quảng Ngãi|Ph[ổô] Minh|Cam Ranh|Cam Phúc|Khánh Hòa|Hương Sơn|Sơn Tây"
    r"|Hà Tĩnh|Huế|Vingrup|Nhung"
)
FILE = """
code = "x"
version = 1
label = "X"
valid_from = 2016-01-01
legal_basis = "Y"
type = "plan"
source = "Z"
certainty = "confirmed"
title = "KẾ HOẠCH"
summary = "S"

[[section]]
level = 1
code = "a"
title = "A"

[[section]]
level = 2
code = "b"
"""


def texts_of(layout: Layout) -> list[str]:
    head = (layout.label, layout.summary, layout.grounds, layout.opening, layout.closing)
    return [*head, *(text for one in layout.walk() for text in (one.title, one.text))]


@pytest.mark.parametrize("code", LAYOUTS)
def test_no_person_and_no_place_is_named(code: str) -> None:
    words = dict.fromkeys(PLACEHOLDERS, "x")
    for text in texts_of(LAYOUTS[code]):
        assert not _NAMES.search(text), text
        assert "{" not in filled(text, words), text


def test_each_period_has_a_report() -> None:
    asked = [period for one in LAYOUTS.values() for period in one.periods]
    assert sorted(asked) == sorted(one.value for one in PeriodType)
    assert all(bool(one.periods) == (one.type == "report") for one in LAYOUTS.values())


def test_the_usual_layout_is_tied_to_no_year() -> None:
    (usual,) = (one for one in LAYOUTS.values() if one.recommended)
    assert usual.code == "ke_hoach_chuan"
    assert (usual.level, usual.valid_to, usual.misprints) == (None, None, ())
    assert not usual.outdated(2100, shipped().outdated)
    assert not re.search(r"[0-9]{4}", " ".join(texts_of(usual)))


def test_old_plans_say_whose_they_are_and_what_no_longer_holds() -> None:
    old = [one for one in LAYOUTS.values() if one.valid_to is not None]
    assert {(one.valid_from.year, one.level, *one.kinds) for one in old} == {
        (2021, Level.COMMUNE, "xa"),
        (2021, Level.PROVINCE, "tinh", "thanh_pho"),
        (2023, Level.COMMUNE, "xa"),
        (2023, Level.COMMUNE, "phuong"),
        (2024, Level.COMMUNE, "phuong"),
    }
    for one in old:
        assert f"năm {one.valid_from.year} " in one.source
        assert one.is_of(one.valid_from.year)
        assert not one.is_of(2026)
        assert one.outdated(2026, shipped().outdated)
    texts = "\n".join(text for one in LAYOUTS.values() for text in texts_of(one))
    for words in shipped().outdated:  # nothing is watched for that no plan says
        assert any(outdated_in(texts, date.max, [words]))
    unsure = {
        words for one in shipped().outdated if one.certainty != "confirmed" for words in one.words
    }
    assert {"thị trấn", "Nghị định 136/2013/NĐ-CP", "Sở Kế hoạch và Đầu tư"} <= unsure
    assert "cấp huyện" not in unsure
    order = [one.code for one in in_order([*old, LAYOUTS["ke_hoach_chuan"]], 2023)]
    assert order[0] == "ke_hoach_chuan"
    assert {*order[1:3]} == {"ke_hoach_theo_du_an_xa", "ke_hoach_an_sinh_phuong"}


def test_levels_are_read_as_a_tree() -> None:
    (top,) = layout_from(parse_toml(FILE, "x.toml")).sections
    assert [one.code for one in top.walk()] == ["a", "b"]
    assert top.sections[0].code == "b"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('code = "b"', 'code = "a"', "definition_codes_twice"),
        ("level = 2", "level = 3", "definition_value"),
        ("level = 1", "level = 2", "definition_value"),
        ('title = "A"', 'content = "soup"', "definition_value"),
        ('title = "A"', 'style = "greek"', "definition_value"),
        ('type = "plan"', 'type = "plan"\nlevel = "village"', "definition_value"),
        ('type = "plan"', 'type = "letter"', "definition_value"),
        ('type = "plan"', 'type = "report"\nperiods = ["week"]', "definition_value"),
    ],
)
def test_a_spoilt_file_is_refused(old: str, new: str, reason: str) -> None:
    with pytest.raises(DefinitionError, match=reason):
        layout_from(parse_toml(FILE.replace(old, new, 1), "x.toml"))
