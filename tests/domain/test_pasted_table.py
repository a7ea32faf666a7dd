"""Blocks from Excel: headings in any order, running numbers, totals, numbers with points."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.pasted_table import PasteColumn, read_block

COLUMNS = (
    PasteColumn("name", ("Thôn", "Thôn, tổ dân phố", "Tên thôn", "Đơn vị")),
    PasteColumn("households", ("Số hộ", "Tổng số hộ"), number=True),
    PasteColumn("persons", ("Nhân khẩu", "Số khẩu"), number=True),
)


def read(text):
    return read_block([line.split("|") for line in text.strip("\n").split("\n")], COLUMNS)


def values(pasted):
    return [tuple(row.cells[key].value for key in row.cells) for row in pasted.rows]


def test_names_and_numbers_without_headings():
    assert values(read("Cây Tắt|183|549\nTân Thủy|129|388")) == [
        ("Cây Tắt", 183, 549),
        ("Tân Thủy", 129, 388),
    ]


def test_running_numbers_and_points_are_understood():
    pasted = read("1|Kim Thành|1.384|4.102\n2|Hà Chua|393|1,179")
    assert values(pasted) == [("Kim Thành", 1384, 4102), ("Hà Chua", 393, 1179)]
    assert pasted.ignored == ()


def test_villages_that_are_called_1_2_3_are_no_running_numbers():
    assert values(read("1|100|400\n2|50|180")) == [("1", 100, 400), ("2", 50, 180)]


def test_headings_in_another_order_and_column_numbers_and_totals():
    pasted = read(
        "STT|Nhân khẩu|Thôn, tổ dân phố|Tổng số hộ (hộ)|Ghi chú\n"
        "A|1|B|2|3\n"
        "1|549|Cây Tắt|183|xa\n"
        "||||\n"
        "2|388|Tân Thủy|129|\n"
        "|937|Tổng cộng|312|"
    )
    assert values(pasted) == [("Cây Tắt", 183, 549), ("Tân Thủy", 129, 388)]
    assert [(s.line, s.reason) for s in pasted.skipped] == [
        (1, "heading"),
        (2, "numbers"),
        (6, "total"),
    ]
    assert pasted.headings == {
        "name": "Thôn, tổ dân phố",
        "households": "Tổng số hộ (hộ)",
        "persons": "Nhân khẩu",
    }
    assert pasted.ignored == ("Ghi chú",)


def test_headings_over_three_lines_as_in_bc1():
    pasted = read(
        "STT|Thôn, tổ dân phố|Tổng số hộ dân cư||Kết quả rà soát về hộ|\n"
        "||||Hộ nghèo|\n"
        "||Số hộ|Nhân khẩu|Số hộ|Tỷ lệ (%)\n"
        "A|B|(1)|(2)|(3)|(4=3/1*100)\n"
        "1|Cây Tắt|183|549|4|2,19\n"
        "Tổng cộng||183|549|4|2,19"
    )
    assert values(pasted) == [("Cây Tắt", 183, 549)]
    assert [s.reason for s in pasted.skipped] == ["heading"] * 3 + ["numbers", "total"]


@pytest.mark.parametrize(
    ("text", "code"), [("12a", "not_number"), ("1,5", "not_whole"), ("-3", "not_number")]
)
def test_what_is_no_number_stays_with_its_problem(text, code):
    pasted = read(f"Cây Tắt|{text}|5")
    cell = pasted.rows[0].cells["households"]
    assert (cell.text, cell.value, cell.problem) == (text, None, code)
    assert pasted.problem_count == 1


@pytest.mark.parametrize("text", ["", "-", "–"])
def test_no_data_is_not_zero(text):
    cell = read(f"Cây Tắt|{text}|5").rows[0].cells["households"]
    assert (cell.value, cell.problem) == (None, "")


def test_the_same_village_twice_is_told_in_both_spellings():
    pasted = read("Hoà Bình|1|2\nHòa Bình|3|4")
    assert [row.problems for row in pasted.rows] == [(), ("name_twice",)]


def test_one_column_of_names():
    assert values(read("Thôn\nThôn 1\nThôn 2")) == [("Thôn 1",), ("Thôn 2",)]


def test_a_line_with_numbers_but_no_name_is_told():
    pasted = read("Cây Tắt|183|549\n|20|60")
    assert [(s.line, s.reason) for s in pasted.skipped] == [(2, "nameless")]


def test_nothing_is_nothing():
    assert read_block([], COLUMNS).rows == ()
    assert read_block([[""], ["", " "]], COLUMNS).rows == ()


@given(
    st.lists(st.tuples(st.integers(0, 99_999), st.integers(0, 999_999)), min_size=1, max_size=30),
    st.booleans(),
    st.booleans(),
)
def test_a_printed_table_reads_back(counts, numbered, headed):
    names = [f"Thôn {at}" for at in range(1, len(counts) + 1)]
    rows = [
        [*([str(at)] if numbered else []), name, format_integer(homes), format_integer(people)]
        for at, (name, (homes, people)) in enumerate(zip(names, counts, strict=True), start=1)
    ]
    if headed:
        rows.insert(0, [*(["TT"] if numbered else []), "Thôn", "Số hộ", "Số khẩu"])
    expected = [(name, *pair) for name, pair in zip(names, counts, strict=True)]
    assert values(read_block(rows, COLUMNS)) == expected
