"""The shipped standards are whole and sourced; a bad file is refused with its place."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.loader import DefinitionError, parse_toml, read_toml
from giamngheo_desktop.definitions.standards import load_standards, standard_from
from giamngheo_desktop.domain.standard import AreaType, Certainty, Fact, PovertyStandard
from giamngheo_desktop.texts import error_text

FOLDER = paths.resources() / "definitions" / "standards"
STANDARDS = load_standards(FOLDER)

CODES = {
    "2016": "medical_care health_insurance adult_education school_attendance housing_quality "
    "housing_area water toilet telecom information_assets",
    "2022": "employment dependents nutrition health_insurance adult_education school_attendance "
    "housing_quality housing_area water toilet telecom information_assets",
    "2027": "employment dependents nutrition health_insurance adult_education school_attendance "
    "housing_quality housing_area telecom water toilet waste_treatment",
}
SHORT_2022 = (
    "Việc làm · Người phụ thuộc · Dinh dưỡng · Bảo hiểm y tế · Trình độ giáo dục của người lớn · "
    "Tình trạng đi học của trẻ em · Chất lượng nhà ở · Diện tích nhà ở · Nguồn nước sinh hoạt · "
    "Nhà tiêu hợp vệ sinh · Dịch vụ viễn thông · Phương tiện tiếp cận thông tin"
)


def facts(standard: PovertyStandard) -> list[Fact[object]]:
    found: list[Fact[object] | None] = [
        standard.effective_on,
        standard.income_article,
        standard.score_article,
        standard.deprivation_count,
        standard.indicator_points,
        *(item.label for item in standard.dimensions),
    ]
    for indicator in standard.indicators:
        found += [indicator.label, indicator.short_label, indicator.threshold]
    for lines in standard.lines.values():
        found += [lines.income_line, lines.upper_line, lines.average_line]
        found += [lines.score_cutoff, lines.score_upper_cutoff]
    return [fact for fact in found if fact is not None]


@pytest.mark.parametrize("code", CODES)
def test_indicator_codes_and_order(code: str) -> None:
    assert list(STANDARDS.get(code).codes) == CODES[code].split()


def test_short_labels_of_2022() -> None:
    found = [indicator.short for indicator in STANDARDS.get("2022").indicators]
    assert found == SHORT_2022.split(" · ")


def test_the_provincial_example_repeats_the_national_indicators() -> None:
    national, province = STANDARDS.get("2022"), STANDARDS.get("dong_nai_2022")
    assert province.indicators == national.indicators
    assert province.dimensions == national.dimensions


@pytest.mark.parametrize("standard", STANDARDS.items, ids=lambda item: item.code)
def test_every_fact_has_a_certainty_and_a_source(standard: PovertyStandard) -> None:
    for fact in facts(standard):
        if fact.certainty is Certainty.MISSING:
            assert fact.value is None
            assert fact.note
        else:
            assert fact.value is not None
            assert fact.source in standard.sources
    memory = {key for key, text in standard.sources.items() if not text.startswith("https://")}
    for fact in facts(standard):
        assert not (fact.certainty is Certainty.CONFIRMED and fact.source in memory)


@pytest.mark.parametrize("standard", STANDARDS.items, ids=lambda item: item.code)
def test_the_sha256_is_that_of_the_file(standard: PovertyStandard) -> None:
    raw = (FOLDER / f"{standard.code}.toml").read_bytes().replace(b"\r\n", b"\n")
    assert standard.sha256 == hashlib.sha256(raw).hexdigest()
    assert standard.text.encode() == raw


def test_what_is_not_known_of_2027_is_missing() -> None:
    standard = STANDARDS.get("2027")
    assert standard.status == "chưa đủ ngưỡng – cần nhập theo Nghị định 351/2025"
    assert standard.effective_on.value is None
    assert not standard.has_score_form
    assert standard.indicator_points.value is None
    assert {standard.lines[area].average_line.value for area in AreaType} == {None}
    missing = [item.code for item in standard.indicators if item.threshold.value is None]
    assert missing == CODES["2027"].split()[3:]
    for item in standard.indicators[3:]:
        assert item.threshold.note == standard.status
        assert item.test is None


def test_points_and_cut_offs() -> None:
    assert STANDARDS.get("2022").indicator_points.value == 10
    assert STANDARDS.get("2016").indicator_points.certainty is Certainty.TO_CONFIRM
    upper = STANDARDS.get("2016").lines[AreaType.RURAL].score_upper_cutoff
    assert upper is not None
    assert (upper.value, upper.certainty) == (150, Certainty.TO_CONFIRM)


TEXT = (FOLDER / "2022.toml").read_text("utf-8")
ARTICLE = "Điều 3 Thông tư 07/2021/TT-BLĐTBXH"


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ('version = 2\n', '', "definition_missing_key", "version"),
        ('version = 2\n', 'version = "1"\n', "definition_not_integer", "version"),
        ('version = 2\n', 'version = true\n', "definition_not_integer", "version"),
        ('version = 2\n', 'version = 2\nvresion = 1\n', "definition_unknown_key", "vresion"),
        ('level = "national"', 'level = "world"', "definition_value", "level"),
        ('valid_to = 2026-12-31', 'valid_to = "2026"', "definition_not_day", "valid_to"),
        ('valid_to = 2026-12-31', 'valid_to = 2021-12-31', "definition_years_order", "valid_to"),
        ('last_review_year = 2026', 'last_review_year = 2021', "definition_years_order",
         "last_review_year"),
        ('{ value = 1500000, ', '{ value = 1500000.0, ', "definition_not_integer",
         "lines.rural.income_line.value"),
        ('{ value = 1500000, ', '{ ', "definition_missing_key", "lines.rural.income_line.value"),
        ('{ value = 1500000, certainty = "confirmed"', '{ value = 1500000, certainty = "sure"',
         "definition_value", "lines.rural.income_line.certainty"),
        ('{ value = 1500000, certainty = "confirmed", source = "nd07" }',
         '{ value = 1500000, certainty = "confirmed", source = "book" }',
         "definition_value", "lines.rural.income_line.source"),
        ('{ value = 1500000, certainty = "confirmed", source = "nd07" }',
         '{ certainty = "missing", note = "chưa có" }',
         "definition_missing_key", "lines.rural.income_line"),
        ('{ value = 140, certainty = "confirmed", source = "tt07" }',
         '{ value = 140, certainty = "missing", note = "chưa có" }',
         "definition_unknown_key", "lines.rural.score_cutoff.value"),
        ('{ value = 140, certainty = "confirmed", source = "tt07" }',
         '{ certainty = "missing" }',
         "definition_missing_key", "lines.rural.score_cutoff.note"),
        ('{ value = 2250000, ', '{ value = 1500000, ', "definition_lines_order",
         "lines.rural.average_line"),
        ('order = 12', 'order = 13', "definition_indicator_order", "indicators"),
        ('code = "toilet"', 'code = "water"', "definition_codes_twice", "indicators"),
        ('dimension = "health"', 'dimension = "wealth"', "definition_value", "indicators"),
        ('kind = "house_area_below"', 'kind = "house_area"', "definition_value",
         "indicators[8].test.kind"),
        ('square_metres = 8, ', '', "definition_missing_key", "indicators[8].test.square_metres"),
        ('after_retirement = true', 'after_retirement = 1', "definition_not_flag",
         "indicators[1].test.wage_work_after_retirement"),
        ('["septic", ', '[1, ', "definition_not_texts", "indicators[10].test.kinds"),
        ('[[dimensions]]\ncode = "employment"', '[[dimensions]]\ncode = 1', "definition_not_text",
         "dimensions[1].code"),
        ('[lines.rural]', '[lines.rurol]', "definition_missing_key", "lines.rural"),
        ('\n[sources]\n', '\n[springs]\n', "definition_missing_key", "sources"),
        (f'score_article = {{ value = "{ARTICLE}", certainty = "confirmed", source = "tt07" }}',
         'score_article = { certainty = "missing", note = "chưa có" }',
         "definition_missing_key", "score_article"),
        ('square_metres = 8, ', 'square_metres = 8, metres = 1, ', "definition_unknown_key",
         "indicators[8].test.metres"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_its_place(old: str, new: str, code: str, where: str) -> None:
    assert old in TEXT
    with pytest.raises(DefinitionError) as caught:
        standard_from(parse_toml(TEXT.replace(old, new, 1), "standards/2022.toml"))
    assert (caught.value.code, caught.value.params["where"]) == (code, where)
    sentence = error_text(caught.value)
    assert "standards/2022.toml" in sentence
    assert "{" not in sentence.replace("{ … }", "")


def test_two_files_with_one_code_or_year_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(TEXT, "utf-8")
    (tmp_path / "b.toml").write_text(TEXT, "utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_standards(tmp_path)
    assert caught.value.params == {"what": "2022", "file": "b.toml", "other": "a.toml"}
    (tmp_path / "b.toml").write_text(TEXT.replace('code = "2022"', 'code = "mine"', 1), "utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_standards(tmp_path)
    assert caught.value.params["what"] == 2022


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"\xff\xfe", "definition_unreadable"), (b"code = ", "definition_syntax")],
)
def test_a_file_that_is_no_toml(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_bytes(content)
    with pytest.raises(DefinitionError) as caught:
        read_toml(path)
    assert caught.value.code == code
    assert "bad.toml" in error_text(caught.value)


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "2022.toml"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert standard_from(read_toml(path)) == STANDARDS.get("2022")
