"""Numbers of issued papers: how they are read, which of them are missing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.issued import (
    leading_number,
    missing,
    numbered,
    padded,
    same_number,
    sign_of,
)

NUMBERS = st.integers(1, 9999)
SIGNS = st.sampled_from(("", "QĐ-UBND", "XN"))


@given(NUMBERS, SIGNS)
def test_a_written_number_is_read_again(number: int, sign: str) -> None:
    text = numbered(number, sign)
    assert (leading_number(text), sign_of(text)) == (number, sign)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("7/XN", "07/xn", True),
        ("7/XN", "7/TB", False),
        ("7", "07", True),
        ("7", "8", False),
        ("XN", "xn", True),
        ("", "7", False),
        ("15a/BC", "015A /bc", True),
        ("15", "15/BC-UBND", False),
    ],
)
def test_zeros_and_capitals_make_no_other_number(one: str, other: str, same: bool) -> None:
    assert same_number(one, other) is same
    assert same_number(other, one) is same


def test_a_book_has_one_row_of_numbers_whatever_the_sign() -> None:
    assert same_number("7/XN", "07", signed=False)
    assert not same_number("7/XN", "8/XN", signed=False)


@given(NUMBERS, NUMBERS, SIGNS, SIGNS)
def test_a_bare_number_is_that_of_any_sign(number: int, other: int, sign: str, that: str) -> None:
    same = same_number(numbered(number, sign), f"0{numbered(other, that)}", bare=True)
    assert same is (number == other and (sign == that or not sign or not that))


@given(st.lists(st.integers(1, 60), max_size=20), st.integers(1, 10))
def test_missing_and_used_numbers_make_the_whole_row(used: list[int], first: int) -> None:
    gaps = list(missing(used, first))
    unused = [number for start, end in gaps for number in range(start, end + 1)]
    kept = {number for number in used if number >= first}
    last = max(kept, default=first - 1)
    assert sorted([*unused, *kept]) == list(range(first, last + 1))
    assert all(start <= end for start, end in gaps)
    assert all(end + 1 < start for (_, end), (start, _) in pairwise(gaps))


@given(st.integers(1, 999), st.sampled_from(["", "/BC-UBND", "/XN", " /QĐ-UBND"]))
def test_a_number_of_one_digit_is_printed_with_a_nought(number: int, tail: str) -> None:
    plain = f"{number}{tail}"
    shown = padded(plain)
    assert shown == (f"0{plain}" if number < 10 else plain)
    assert padded(shown) == shown
    assert padded(f"Số: {plain}") == f"Số: {shown}"
    assert same_number(plain, shown)


@pytest.mark.parametrize("text", ["", "9a/BC-UBND", "Số:         /BC-UBND", "BC/9", "0/BC"])
def test_what_is_no_number_of_one_digit_stays(text: str) -> None:
    assert padded(text) == text
