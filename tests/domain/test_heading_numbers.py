"""Numbers of headings: in order, unique among what counts, typed ones as they are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.heading_numbers import (
    Heading,
    HeadingStyle,
    letter,
    numbered,
    roman,
    style_of_depth,
)

_COUNTED = (
    HeadingStyle.ROMAN,
    HeadingStyle.ARABIC,
    HeadingStyle.DOTTED,
    HeadingStyle.LETTER,
    HeadingStyle.LETTER_STOP,
)
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@pytest.mark.parametrize(
    ("style", "above", "expected"),
    [
        (HeadingStyle.ROMAN, "", ["I.", "II.", "III.", "IV."]),
        (HeadingStyle.ARABIC, "II.", ["1.", "2.", "3.", "4."]),
        (HeadingStyle.DOTTED, "II.", ["1.", "2.", "3.", "4."]),
        (HeadingStyle.DOTTED, "1.", ["1.1.", "1.2.", "1.3.", "1.4."]),
        (HeadingStyle.DOTTED, "2.1", ["2.1.1.", "2.1.2.", "2.1.3.", "2.1.4."]),
        (HeadingStyle.LETTER, "1.", ["a)", "b)", "c)", "d)"]),
        (HeadingStyle.LETTER_STOP, "1.", ["a.", "b.", "c.", "d."]),
        (HeadingStyle.STAR, "a)", ["*", "*", "*", "*"]),
        (HeadingStyle.NONE, "", ["", "", "", ""]),
    ],
)
def test_each_style(style: HeadingStyle, above: str, expected: list[str]) -> None:
    assert list(numbered([Heading(style)] * 4, above)) == expected


def test_letters_go_as_in_vietnamese() -> None:
    assert "".join(letter(at) for at in range(1, 24)) == "abcdđeghiklmnopqrstuvxy"
    assert [letter(24), letter(28)] == ["aa", "đđ"]
    for spoilt in (letter, roman):
        with pytest.raises(ValueError, match="0"):
            spoilt(0)


def test_what_is_typed_or_left_out_does_not_count() -> None:
    one = Heading(HeadingStyle.ROMAN)
    typed, out = Heading(HeadingStyle.ROMAN, "II."), Heading(HeadingStyle.ROMAN, included=False)
    assert numbered([one, out, one, typed, one]) == ("I.", "", "II.", "II.", "III.")


def test_what_is_typed_and_says_what_stands_there_counts() -> None:
    dotted, letter_ = Heading(HeadingStyle.DOTTED), Heading(HeadingStyle.LETTER_STOP)
    typed = Heading(HeadingStyle.DOTTED, "2.1.1")
    assert numbered([typed, dotted, dotted], "2.1.") == ("2.1.1", "2.1.2.", "2.1.3.")
    same, again = Heading(HeadingStyle.LETTER_STOP, "a)"), Heading(HeadingStyle.LETTER_STOP, "a.")
    assert numbered([same, again, letter_], "1.") == ("a)", "a.", "b.")


def test_depths_have_their_styles() -> None:
    found = [numbered([Heading(style_of_depth(depth))])[0] for depth in range(5)]
    assert found == ["I.", "1.", "a)", "*", ""]


_typed = st.sampled_from(["", "", "II.", "1.3."])
_headings = st.lists(
    st.builds(Heading, st.sampled_from(HeadingStyle), _typed, st.booleans()), max_size=30
)


@given(_headings, st.sampled_from(["", "IV.", "2.", "1.2."]))
def test_numbers_are_in_order_and_unique_unless_typed(headings: list[Heading], above: str) -> None:
    found = numbered(headings, above)
    for style in _COUNTED:
        own = [
            number
            for number, one in zip(found, headings, strict=True)
            if one.included and not one.typed and one.style is style
        ]
        values = [_value(number, style) for number in own]
        assert values == sorted(values)
        assert len(set(own)) == len(own)
    for number, one in zip(found, headings, strict=True):
        assert number == ("" if not one.included else one.typed or number)


def _value(number: str, style: HeadingStyle) -> int:
    text = re.split(r"[.)]", number.rstrip(".)"))[-1]
    if style in (HeadingStyle.LETTER, HeadingStyle.LETTER_STOP):
        return "abcdđeghiklmnopqrstuvxy".index(text[0]) + 23 * len(text)
    if style is not HeadingStyle.ROMAN:
        return int(text)
    values = [_VALUES[sign] for sign in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)
