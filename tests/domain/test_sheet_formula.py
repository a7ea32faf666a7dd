"""Formulas of a worksheet: they move with added rows, and give what Excel would."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.sheet_formula import (
    Growth,
    Place,
    UnknownError,
    UnsupportedError,
    evaluate,
    half_up,
    name_of,
    place_of,
    reads,
)

places = st.tuples(st.integers(1, 1_000), st.integers(1, 700))
growths = st.builds(
    lambda first, height, count: Growth(first, first + height - 1, count),
    st.integers(2, 12),
    st.integers(1, 2),
    st.integers(0, 9),
)


def dollars(name: str, which: int) -> str:
    letters = name.rstrip("0123456789")
    return ("$" if which & 1 else "") + letters + ("$" if which & 2 else "") + name[len(letters) :]


@st.composite
def formulas(draw: st.DrawFn) -> str:
    parts = []
    for _ in range(draw(st.integers(1, 4))):
        name = dollars(name_of(draw(places)), draw(st.integers(0, 3)))
        other = name_of(draw(places))
        parts.append(
            draw(
                st.sampled_from(
                    [name, f"SUM({name}:{other})", f'IF({name}="A{other}",1,0)', f"'B 1'!{other}",
                     f"Trang2!{name}", f"LOG10({other})", "12.5", "TEN_B2"]
                )
            )
        )  # fmt: skip
    return "=" + draw(st.sampled_from("+-*/&")).join(parts)


@given(places)
def test_a_name_leads_back_to_its_cell(place: Place) -> None:
    assert place_of(name_of(place)) == place


@given(formulas(), growths)
def test_a_single_unit_changes_nothing(formula: str, growth: Growth) -> None:
    alone = Growth(growth.first, growth.last, 1)
    assert alone.formula(formula) == alone.formula(formula, 0) == formula


@given(formulas(), growths)
def test_every_reference_follows_its_cell(formula: str, growth: Growth) -> None:
    """Outside the rows of a unit a range ends at the last copy, inside at its own."""
    before, last = list(reads(formula)), max(growth.count, 1) - 1
    for copy in (None, *range(last + 1)):
        after = list(reads(growth.formula(formula, copy)))
        end = last if copy is None else copy
        for (first, until), (now, now_until) in zip(before, after, strict=True):
            assert now == (growth.row(first[0], copy or 0), first[1])
            if first != until:
                assert now_until == (growth.row(until[0], end), until[1])


@given(growths, st.lists(st.integers(0, 999), min_size=9, max_size=9))
def test_a_sum_over_the_row_of_a_unit_sums_all_units(growth: Growth, numbers: list[int]) -> None:
    growth = Growth(growth.first, growth.first, max(growth.count, 1))
    row = growth.first
    total = growth.formula(f"=SUM(C{row}:C{row})")
    sheet = {(growth.row(row, copy), 3): Fraction(numbers[copy]) for copy in range(growth.count)}
    assert evaluate(total, sheet.get) == sum(numbers[: growth.count])


@given(growths, places)
def test_rows_keep_their_order_and_none_is_lost(growth: Growth, place: Place) -> None:
    rows = [
        growth.row(row, copy)
        for row in range(1, 30)
        for copy in (range(max(growth.count, 1)) if growth.first <= row <= growth.last else (0,))
    ]
    assert sorted(rows) == list(range(1, len(rows) + 1))


CELLS = {(1, 1): Fraction(3), (1, 2): Fraction(32), (1, 3): "chữ", (2, 1): Fraction(0)}


def value(place: Place) -> Fraction | str | None:
    if place == (9, 9):
        raise UnknownError
    return CELLS.get(place)


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("=A1+B1-2", 33),
        ("=-A1*2", -6),
        ("=A1/B1*100", Fraction(75, 8)),
        ("=ROUND(A1/B1*100, 2)", Fraction("9.38")),
        ("=ROUND(-1/32*100,2)", Fraction("-3.13")),
        ("=SUM(A1:C2,5,Z9)", 40),
        ("=(A1+B1)*10%", Fraction("3.5")),
        ("=IF(A2=0,0,A1/A2)", 0),
        ("=IF(A1>=3,IF(A2<>0,1,2),A1/A2)", 2),
        ("=IFERROR(A1/A2*100,7)", 7),
        ("=IFERROR(B1/(A1+1),A1/A2)", 8),
        ("=A1/A2", None),
        ("=SUM(A1:I9)", None),
        ("=IFERROR(I9,0)", None),
    ],
)
def test_what_a_formula_gives(formula: str, result: object) -> None:
    assert evaluate(formula, value) == result


@pytest.mark.parametrize(
    "formula",
    ["=A1+C1", "=VLOOKUP(A1,B1,1)", '="a"', "=A1+", "=Sheet2!A1", "=SUM(A1", "=IF(A1,1,2)"],
)
def test_what_is_left_to_excel(formula: str) -> None:
    with pytest.raises(UnsupportedError):
        evaluate(formula, value)


@given(st.fractions(-1000, 1000), st.integers(0, 4))
def test_halves_are_rounded_away_from_nought(number: Fraction, places: int) -> None:
    rounded = half_up(number, places)
    assert abs(rounded) * 10**places == abs(number) * 10**places // 1 + (
        (abs(number) * 10**places) % 1 >= Fraction(1, 2)
    )
