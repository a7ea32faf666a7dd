"""Report definitions: what is refused when a file is loaded, and what the shipped ones say."""

from __future__ import annotations

import re
from datetime import date

import pytest

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.loader import DefinitionError, parse_toml
from giamngheo_desktop.definitions.reports import report_from
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.measures import CountOf, measure
from giamngheo_desktop.domain.movement import IN, OUT, Flow
from giamngheo_desktop.domain.report import (
    HEADING_PLACEHOLDERS,
    PLACEHOLDERS,
    Counted,
    Difference,
    Movement,
    NotCounted,
    Population,
    ReportDef,
    Share,
    Target,
)
from giamngheo_desktop.domain.report_columns import expanded
from giamngheo_desktop.reports.make import material_of
from giamngheo_desktop.services.settings import LOCAL_GROUPS
from tests.harness.tables import definitions

HEAD = """
code = "X"
version = 1
label = "Thử"
valid_from = 2022-01-01
legal_basis = "không"
title = ["BIỂU {STATUS} {year} {unit}"]
rows.village.label = "Thôn"
rows.commune.label = "Xã"
notes = ["Đầu năm: cuối năm {last_year}, {status}."]
"""
HOMES = '{ key = "homes", label = "Hộ", population = "households" }'
POOR = '{ key = "poor", label = "Nghèo", measure = "poor_households" }'
BEFORE = (
    '{ key = "before", label = "Đầu năm {year}", measure = "poor_households", year_offset = -1 }'
)
LESS = '{ key = "less", label = "Giảm", minuend = "before", subtrahend = "poor" }'
RATE = '{ key = "rate", label = "%", numerator = "poor", denominator = "homes" }'


def read(*columns: str, head: str = HEAD) -> ReportDef:
    return report_from(parse_toml(f"{head}\ncolumns = [{', '.join(columns)}]", "thử.toml"))


def refused(*columns: str, head: str = HEAD) -> DefinitionError:
    """The error, whose sentence must exist and name the file."""
    with pytest.raises(DefinitionError) as raised:
        read(*columns, head=head)
    assert "thử.toml" in texts.error_text(raised.value)
    return raised.value


def test_every_kind_of_column() -> None:
    report = read(HOMES, POOR, BEFORE, LESS, RATE)
    assert [leaf.value for leaf in report.leaves()] == [
        Population("households"),
        Counted("poor_households"),
        Counted("poor_households", -1),
        Difference("before", "poor"),
        Share("poor", "homes"),
    ]
    assert (report.has_status, report.total, report.number_row) == (False, "last", True)
    grouped = read(f'{{ label = "Hộ", columns = [{HOMES}, {POOR}] }}')
    assert [leaf.key for leaf in grouped.leaves()] == ["homes", "poor"]
    target = read('{ key = "t", label = "Giảm", target = "poor_decrease" }')
    assert target.leaves()[0].value == Target("poor_decrease")


@pytest.mark.parametrize(
    ("columns", "code", "key"),
    [
        ((), "definition_missing_key", "columns"),
        ((HOMES, HOMES), "definition_repeated_key", "columns"),
        (('{ label = "Hộ", population = "households" }',), "definition_repeated_key", "columns"),
        (('{ key = "x", population = "households" }',), "definition_missing_key", "label"),
        (('{ key = "x", label = "X" }',), "definition_missing_key", "numerator"),
        (('{ key = "x", label = "X", population = "dogs" }',), "definition_value", "population"),
        (('{ key = "x", label = "X", measure = "rich" }',), "definition_value", "measure"),
        (('{ key = "x", label = "X", target = "rich" }',), "definition_value", "target"),
        ((BEFORE.replace("-1", "1"),), "definition_value", "year_offset"),
        ((BEFORE.replace("-1", '"-1"'),), "definition_not_integer", "year_offset"),
        ((POOR.replace("}", ", colour = 1 }"),), "definition_unknown_key", "colour"),
        ((POOR.replace("}", ', target = "poor_decrease" }'),), "definition_unknown_key", "target"),
        ((HOMES, RATE), "definition_value", "columns"),
        # Shares are computed last: neither a difference nor a share can read one.
        (
            (HOMES, POOR, RATE, LESS.replace('"before"', '"rate"')),
            "definition_value",
            "columns",
        ),
        (
            (HOMES, POOR, RATE, RATE.replace('"rate"', '"r2"').replace('"poor"', '"rate"')),
            "definition_value",
            "columns",
        ),
        # Differences are computed in order.
        (
            (
                BEFORE,
                POOR,
                '{ key = "early", label = "X", minuend = "less", subtrahend = "poor" }',
                LESS,
            ),
            "definition_value",
            "columns",
        ),
        ((POOR.replace("Nghèo", "Nghèo {unit}"),), "definition_value", "columns"),
        ((POOR.replace("Nghèo", "Nghèo {"),), "definition_value", "columns"),
        (
            (f'{{ label = "Nhóm {{năm}}", columns = [{POOR}] }}',),
            "definition_value",
            "columns",
        ),
    ],
)
def test_what_would_stop_a_report_is_refused(columns: tuple[str, ...], code: str, key: str) -> None:
    error = refused(*columns)
    assert (error.code, error.params["key"]) == (code, key)


@pytest.mark.parametrize("bad", ["{năm}", "{", "{}", "{year.real}", "{0}"])
def test_titles_and_notes_that_nobody_can_fill(bad: str) -> None:
    for line in ("BIỂU {STATUS} {year} {unit}", "Đầu năm: cuối năm {last_year}, {status}."):
        error = refused(POOR, head=HEAD.replace(line, f"Biểu {bad}"))
        assert (error.code, error.params["key"]) == (
            "definition_value",
            "title" if line.startswith("BIỂU") else "notes",
        )
    refused(POOR, head=HEAD + 'total = "middle"')
    refused(POOR, head=HEAD + 'signature = "Chủ tịch"')


def test_placeholders_are_those_that_are_filled() -> None:
    words = texts.report_words(year=2026, status="official", unit="Xã", rows="THÔN")
    assert set(words) == set(PLACEHOLDERS)
    assert set(HEADING_PLACEHOLDERS) <= set(PLACEHOLDERS)


# --- the shipped ones ----------------------------------------------------------------------------

SHIPPED = [report for versions in definitions().reports.values() for report in versions]
STANDARDS = ("2016", "2022", "2027")
GROUPS = ("", "02 19 20")


def printed(report: ReportDef, standard: str, groups: str = "") -> ReportDef:
    chosen = definitions().standards.get(standard)
    return expanded(report, material_of(definitions(), chosen, {LOCAL_GROUPS: groups}))


@pytest.mark.parametrize("groups", GROUPS)
@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda report: report.code)
def test_numbers_and_formulas_of_the_form_fit_what_is_computed(
    shipped: ReportDef, standard: str, groups: str
) -> None:
    """`3/1*100` under a column must be the columns numbered 3 and 1."""
    report = printed(shipped, standard, groups)
    leaves = {leaf.key: leaf for leaf in report.leaves()}
    assert len(leaves) == len(report.leaves())
    numbers = [leaf.number for leaf in leaves.values() if leaf.number]
    if report.code == "BC9":
        more = [f"2.{place}" for place in range(1, len(groups.split()) + 2)]
        of_class = ["0", "1", "2", *more]
        assert numbers == [f"{name}.{number}" for name in "12" for number in of_class]
    else:
        assert numbers == [str(place) for place, _ in enumerate(numbers, start=1)]
    assert len(numbers) in {0, len(leaves)}
    assert report.number_row == bool(numbers)
    for leaf in leaves.values():
        if isinstance(leaf.value, Share):
            parts = [leaves[key] for key in (leaf.value.numerator, leaf.value.denominator)]
            if numbers:
                assert leaf.formula == f"{parts[0].number}/{parts[1].number}*100"
            # Households are divided by households, persons by persons.
            assert _what(parts[0].value, leaves) == _what(parts[1].value, leaves)
        elif isinstance(leaf.value, Movement) and leaf.value.flow == Flow.CLOSING:
            signs = {**dict.fromkeys(OUT, "-"), **dict.fromkeys(IN, "+")}
            flows = [(other.value.flow, other.number) for other in leaves.values()]
            terms = [f"{signs.get(flow, '')}{number}" for flow, number in flows[:-1]]
            assert leaf.formula == "".join(terms)
            assert [flow for flow, _ in flows] == list(Flow)
            assert {other.value.table for other in leaves.values()} == {leaf.value.table}
        elif leaf.formula:  # a sum of other columns; the paper says why it may not hold
            assert leaf.formula_note
            terms = re.findall(r"[\d.]+", leaf.formula)
            assert set(terms) <= set(numbers) - {leaf.number}
            named = {one.number: one.value for one in leaves.values()}
            assert {_what(named[term], leaves) for term in terms} == {_what(leaf.value, leaves)}
        if isinstance(leaf.value, Difference):
            first, second = leaves[leaf.value.minuend], leaves[leaf.value.subtrahend]
            assert _what(first.value, leaves) == _what(second.value, leaves)


def _what(value: object, leaves: dict[str, object]) -> str:
    match value:
        case Population(name):
            return name.partition("_")[0]
        case Counted(name):
            counted = measure(name)
            assert counted is not None
            return counted.of.value
        case Difference(first, _):
            return _what(leaves[first].value, leaves)  # type: ignore[attr-defined]
        case Target():
            return CountOf.HOUSEHOLDS.value
    raise AssertionError(value)


def test_tables_of_one_day_exist_as_preliminary() -> None:
    """All but those that speak of a plan; a movement of the whole year alone, not of a day."""
    counted = {f"BC{number}" for number in range(1, 14)}
    dated = counted - {"BC2", "BC3"}
    assert {report.code for report in SHIPPED if report.has_day} == dated
    assert {report.code for report in SHIPPED if report.has_status} == counted
    for report in SHIPPED:
        told = any("{STATUS}" in line or "{status}" in line for line in report.title)
        assert told == report.has_status


@pytest.mark.parametrize(("standard", "indicators"), [("2016", 10), ("2022", 12), ("2027", 12)])
def test_columns_of_indicators_are_those_of_the_standard(standard: str, indicators: int) -> None:
    chosen = definitions().standards.get(standard)
    for code, first in (("BC4", 3), ("BC6", 3), ("BC5", 2), ("BC7", 2)):
        leaves = printed(definitions().report(code), standard).leaves()[first - 1 :]
        assert [leaf.label for leaf in leaves] == [item.short for item in chosen.indicators]
        assert [leaf.number for leaf in leaves] == [str(first + n) for n in range(indicators)]
        measures = [leaf.value.measure for leaf in leaves]  # type: ignore[union-attr]
        assert [name.partition("/")[2] for name in measures] == [
            f"deprived={place}" for place in range(indicators)
        ]


def test_columns_of_ethnic_groups_are_a_setting() -> None:
    leaves = printed(definitions().report("BC9"), "2022", "19 02").leaves()
    assert [(leaf.number, leaf.label) for leaf in leaves[:6]] == [
        ("1.0", "Tổng số"),
        ("1.1", "Kinh"),
        ("1.2", "Tổng dân tộc thiểu số"),
        ("1.2.1", "Hrê"),
        ("1.2.2", "Tày"),
        ("1.2.3", "Khác"),
    ]
    assert leaves[5].value == Counted("poor_households/minority/ethnicity!=19,02")
    none = printed(definitions().report("BC9"), "2022").leaves()
    assert [leaf.number for leaf in none[:4]] == ["1.0", "1.1", "1.2", "1.2.1"]
    assert none[3].label == "Khác"


def test_children_of_what_the_standard_does_not_ask_are_not_counted() -> None:
    """2016 has no indicator of nutrition; the thresholds of 2027 are known for nutrition only."""
    values = {
        standard: [leaf.value for leaf in printed(definitions().report("BC11"), standard).leaves()]
        for standard in STANDARDS
    }
    assert values["2022"][:4] == [
        Counted("poor_children/ages=0-16"),
        Counted("poor_children_uninsured/ages=6-16/within=3"),
        Counted("poor_children_malnourished/ages=0-16/told=2"),
        Counted("poor_children_out_of_school/ages=3-16"),
    ]
    assert values["2016"][2] == NotCounted()
    assert values["2016"][3] == Counted("poor_children_out_of_school/ages=5-15/told=3")
    assert values["2027"][1] == values["2027"][3] == NotCounted()


def test_the_version_in_force() -> None:
    assert definitions().report("BC1", date(2026, 12, 31)) is definitions().report("BC1")
    with pytest.raises(AppError) as raised:
        definitions().report("BC99")
    known = ", ".join(definitions().reports)
    assert texts.error_text(raised.value) == f"Không có biểu “BC99”, chỉ có {known}."
