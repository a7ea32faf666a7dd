"""What a returned sheet says does not hang on where its rows and columns stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from giamngheo_desktop.domain.sheet_return import Value, letter_of, read_back
from tests.harness.examples import examples

HEADINGS = {
    "household": {"Mã dòng": "@key", "Chủ hộ": "@head", "Địa chỉ": "address", "Ghi chú": "note"},
    "member": {"Mã dòng": "@key", "Mã dòng của hộ": "@household", "Họ và tên": "full_name"},
}
TITLES = list(HEADINGS["household"])
values = st.one_of(
    st.none(), st.text(max_size=4), st.integers(0, 9), st.floats(0, 9), st.booleans()
)


@dataclass(frozen=True)
class Row:
    number: int
    cells: tuple[Value, ...]
    sheet: str = "Trang 1"
    marks: Mapping[str, str] = field(default_factory=dict)


def said(grid: list[list[Value]]) -> set[tuple[tuple[str, str], ...]]:
    rows = [Row(number, tuple(row)) for number, row in enumerate(grid, start=1)]
    found = read_back(rows, HEADINGS)
    assert found.absent == ("member",)
    return {
        tuple(sorted((name, cell.text) for name, cell in row.cells.items())) for row in found.rows
    }


@settings(max_examples=examples(40, 2000))
@given(st.lists(st.lists(values, min_size=4, max_size=4), max_size=5), st.data())
def test_rows_and_columns_may_stand_anywhere(body: list[list[Value]], data: Any) -> None:
    before = said([["Phiếu thôn"], list(TITLES), *body])
    order = data.draw(st.permutations(range(4)))
    moved: list[list[Value]] = [[row[at] for at in order] for row in [list(TITLES), *body]]
    title, rows = moved[0], data.draw(st.permutations(moved[1:]))
    blank: list[Value] = [None] * 4
    assert said([blank, title, *rows, blank, title]) == before


@given(st.lists(st.lists(values, min_size=4, max_size=4), max_size=4))
@settings(max_examples=examples(20, 500))
def test_a_lost_column_says_nothing(body: list[list[Value]]) -> None:
    grid: list[list[Value]] = [row[:3] for row in [list(TITLES), *body]]
    rows = [Row(number, tuple(row)) for number, row in enumerate(grid, start=1)]
    found = read_back(rows, HEADINGS)
    assert found.lost == (("household", "Ghi chú"),)
    assert not any("note" in row.cells for row in found.rows)


def test_columns_are_named_as_in_excel() -> None:
    assert [letter_of(at) for at in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip
