"""A block of names and amounts finds its lines, and gives nothing where it may be another's."""

from __future__ import annotations

import pytest

from giamngheo_desktop.domain.named_amounts import Line, named_amounts

LINES = [
    Line("Nguyễn Văn An", "Thôn Đông"),
    Line("Trần Thị Bình", "Thôn Đông"),
    Line("Nguyễn Văn An", "Thôn Tây"),
    Line("Lê Hoà", "Thôn Tây"),
]


def found(*rows):
    read = named_amounts([row.split("|") for row in rows], LINES)
    return read and (read.columns, dict(read.amounts), read.unknown, read.unclear)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["Lê Hòa|500.000", "Trần Thị Bình|1tr"], (1, {3: ["500.000"], 1: ["1tr"]}, [], [])),
        (
            ["TT|Họ và tên|Năm sinh|CCCD|Tiền", "1|Lê Hoà|1970|001070000001|500000",
             "2|Ai Đó|1980|001080000002|5000", "|Tổng cộng|||505000"],
            (1, {3: ["500000"]}, ["Ai Đó"], []),
        ),
        (["Nguyễn Văn An|5000", "Lê Hoà|6000"], (1, {3: ["6000"]}, [], ["Nguyễn Văn An"])),
        (["Nguyễn Văn An|Thôn Tây|5000"], (1, {2: ["5000"]}, [], [])),
        (["Lê Hoà|5000", "Lê Hoà|6000"], (1, {}, [], ["Lê Hoà"])),
        (["Lê Hoà|5000|6000", "Trần Thị Bình||7000"],
         (2, {3: ["5000", "6000"], 1: ["", "7000"]}, [], [])),
        (["Lê Hoà|4|500"], (0, {3: []}, [], [])),  # persons, and thousands of đồng perhaps
        (["100", "200"], None),
        (["Ai Đó|5000"], None),
        ([], None),
    ],
)  # fmt: skip
def test_amounts_go_to_the_lines_that_are_named(rows, expected):
    assert found(*rows) == expected
