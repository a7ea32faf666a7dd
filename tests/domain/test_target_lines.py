"""Targets as numbered lines: each once, in order, one aim in one line."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.target_lines import in_order, numbered_lines

POOR = ("HN-TL", "HN-GIAM-DIEM", "HN-GIAM-HO")
NEAR = ("HCN-TL", "HCN-GIAM-DIEM", "HCN-GIAM-HO")


def row(indicator: str, position: int | None = 1, dimension: str | None = None) -> dict[str, Any]:
    return {"indicator": indicator, "position": position, "dimension": dimension}


def codes(rows: list[dict[str, Any]]) -> list[list[str]]:
    return [[one["indicator"] for one in line] for line in numbered_lines(rows)]


def test_what_says_one_aim_is_one_line_where_its_first_stands() -> None:
    rows = [row(code, at) for at, code in enumerate(("HN-GIAM-DIEM", "MH-MOI", "HN-GIAM-HO",
                                                     "HCN-TL", "MH-MOI"))]  # fmt: skip
    assert codes(rows) == [["HN-GIAM-DIEM", "HN-GIAM-HO"], ["MH-MOI"], ["HCN-TL"], ["MH-MOI"]]


def test_a_second_number_of_an_indicator_is_another_aim() -> None:
    rows = [row(code, at) for at, code in enumerate(("HN-GIAM-HO", "HN-GIAM-HO", "HN-TL"))]
    assert codes(rows) == [["HN-GIAM-HO"], ["HN-GIAM-HO", "HN-TL"]]


_ROWS = st.lists(
    st.builds(
        row,
        st.sampled_from((*POOR, *NEAR, "MH-MOI", "YT-BHYT")),
        st.none() | st.integers(0, 9),
        st.sampled_from((None, "", "health")),
    ),
    max_size=20,
)


@given(_ROWS)
def test_each_target_of_no_dimension_stands_once(rows: list[dict[str, Any]]) -> None:
    lines = numbered_lines(rows)
    wanted = [one for one in in_order(rows) if not one["dimension"]]
    found = [one for line in lines for one in line]
    assert sorted(map(id, found)) == sorted(map(id, wanted))
    places = {id(one): at for at, one in enumerate(wanted)}
    for line in lines:
        said = [one["indicator"] for one in line]
        assert len(set(said)) == len(said)
        assert len(line) == 1 or {*said} <= {*POOR} or {*said} <= {*NEAR}
        assert [places[id(one)] for one in line] == sorted(places[id(one)] for one in line)
    firsts = [places[id(line[0])] for line in lines]
    assert firsts == sorted(firsts)
