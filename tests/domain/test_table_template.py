"""A sheet read as a table: headings, the row of a unit, the total; every fault by its cell."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from giamngheo_desktop.domain.sheet_formula import place_of
from giamngheo_desktop.domain.table_template import Shape, TableTemplate, read_template
from giamngheo_desktop.texts import fault_text
from tests.harness.own_tables import CELLS, MERGES


def sheet(changed: Mapping[str, object] | None = None, *merges: str) -> Shape:
    cells = {**CELLS, **(changed or {})}
    areas = [area.split(":") for area in (*MERGES, *merges)]
    return Shape(
        sheet="Biểu",
        cells={place_of(name): value for name, value in cells.items() if value is not None},  # type: ignore[misc]
        merges=tuple((place_of(first), place_of(last)) for first, last in areas),
    )


def faults(template: TableTemplate) -> list[tuple[str, str]]:
    assert all(fault_text(fault) for fault in template.faults)
    return [(fault.code, fault.cell) for fault in template.faults]


def test_the_parts_of_a_table() -> None:
    found = read_template(sheet())
    assert faults(found) == []
    assert (found.first, found.last, found.total, found.total_label) == (8, 8, 9, "Toàn xã")
    assert [found.text(place) for place in found.title] == [CELLS["A3"]]
    assert (found.measure_unit, found.has_numbers) == ("Đơn vị tính: hộ, %", True)
    assert [found.path(one.column) for one in found.values] == [
        ("Hộ dân cư",), ("Trong đó", "Nghèo"), ("Trong đó", "Cận nghèo"), ("Trong đó", "Cộng"),
        ("Tỷ lệ nghèo (%)",), ("Nghèo năm {{năm trước}}",), ("So năm trước",), ("Bằng Excel",),
        ("Ghi chú",),
    ]  # fmt: skip
    assert [(one.number, one.formula) for one in found.values][2:5] == [
        ("3", ""), ("4", "2+3"), ("5", ""),
    ]  # fmt: skip
    assert [found.text(place) for place in found.notes] == [CELLS["A11"]]


@pytest.mark.parametrize(
    ("changed", "merges", "expected"),
    [
        ({"B8": "Thôn"}, (), [("no_unit_row", "")]),
        ({name: None for name, text in CELLS.items() if "{{" in str(text)}, (),
         [("no_binding", ""), ("no_unit_row", "")]),
        ({"B12": "{{đơn vị}}"}, (), [("two_unit_rows", "B12")]),
        ({"D8": "{{BC1.3"}, (), [("braces_open", "D8")]),
        ({"D8": "{{nghèo}}"}, (), [("unknown", "D8")]),
        ({"A4": "{{năm trướt}}"}, (), [("guess", "A4")]),
        ({"A4": "{{abc}}"}, (), [("unknown", "A4")]),
        ({"D8": "{{BC1.3}} hộ"}, (), [("mixed", "D8")]),
        ({"D8": "{{năm}}"}, (), [("fact_in_row", "D8")]),
        ({"E9": "{{BC1.6}}"}, (), [("other_in_total", "E9")]),
        ({"D6": "Nghèo {{xã}}"}, (), [("not_in_heading", "D6")]),
        ({"D5": None, "D6": None}, (), [("no_heading", "D5")]),
        ({}, ("K8:K9",), [("merge_over_block", "K8")]),
        ({"C11": "{{BC1.1}}"}, ("A11:C11",), [("in_merged", "C11")]),
        ({"B8": "{{thôn}}"}, ("B8:B10",), [("tall_block", "B8")]),
        ({"A10": "Cộng", "B10": "x", "C10": "=C9", "D10": "=D9"}, (), [("two_total_rows", "A10")]),
        ({"C7": None, **{f"{c}7": None for c in "ABDEFGHIJK"}, "C6": None}, (), []),
    ],
)  # fmt: skip
def test_every_fault_names_its_cell(
    changed: Mapping[str, object], merges: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    found = read_template(sheet(changed, *merges), ("năm trước", "BC1.3"))
    assert faults(found) == expected


@pytest.mark.parametrize(
    "text", ["{{cơ quan}}", "{{cơ quan cấp trên}}\n{{cơ quan}}", "{{địa danh}}, ngày {{ngày}}"]
)
def test_what_the_head_says_is_no_title(text: str) -> None:
    found = read_template(sheet({"A1": text, "G1": None}))
    assert [found.text(place) for place in found.title] == [CELLS["A3"]]
    more = read_template(sheet({"A1": f"BIỂU CỦA {text}", "G1": None}))
    assert len(more.title) == 2


PAIR = {
    "B8": "{{thôn}}", "C8": "Hộ", "D8": "{{BC2.1 hộ}}", "E8": "{{BC2.9 hộ}}",
    "C9": "Khẩu", "D9": "{{BC2.1 khẩu}}", "E9": "{{BC2.9 khẩu}}",
    "B7": "Thôn", "C7": "Phân tổ", "D7": "Đầu kỳ", "E7": "Cuối kỳ",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"D9": "{{BC2.2 khẩu}}"}, [("pair", "D9")]),
        ({"D9": "{{BC2.1 hộ}}"}, [("pair", "D9")]),
        ({"E9": "=D9"}, [("pair", "E9")]),
        ({"E8": "=D8", "E9": "=D9"}, []),
    ],
)
def test_households_and_persons_in_two_rows(
    changed: Mapping[str, str], expected: list[tuple[str, str]]
) -> None:
    cells = {place_of(name): text for name, text in {**PAIR, **changed}.items()}
    found = read_template(Shape("Biểu", cells, ((place_of("B8"), place_of("B9")),)))
    assert faults(found) == expected
    assert found.pairs
    assert [one.column for one in found.values] == [4, 5]
