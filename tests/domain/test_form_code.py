"""The code on a form: short, and no slip of the finger opens another household."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.form_code import SIGNS, form_code, form_number, read_form_code

NUMBERS = st.integers(1, 17**4 - 1)


def test_codes_of_a_commune_have_four_signs() -> None:
    assert form_code(1) == "001T"
    assert len(form_code(4_912)) == 4
    assert len(form_code(4_913)) == 5
    assert len({form_code(number) for number in range(1, 10_000)}) == 9_999
    with pytest.raises(ValueError):
        form_code(0)


def test_unikey_leaves_a_code_alone() -> None:
    composing = "AEIOUYWDSFRXJZ"  # vowels and modifiers, tones of Telex; VNI needs a vowel
    assert not set(SIGNS) & set(composing)


@given(NUMBERS)
def test_a_code_is_read_back_however_it_is_typed(number: int) -> None:
    code = form_code(number)
    assert form_number(code) == number
    typed = f" {code[:2].lower()}-{code[2:]} ".replace("0", "o").replace("1", "l")
    assert read_form_code(typed) == code


@given(NUMBERS, st.data())
def test_one_mistyped_sign_is_noticed(number: int, data: st.DataObject) -> None:
    code = form_code(number)
    place = data.draw(st.integers(0, len(code) - 1))
    wrong = data.draw(st.sampled_from([sign for sign in SIGNS if sign != code[place]]))
    with pytest.raises(ValueError, match="form_code"):
        read_form_code(code[:place] + wrong + code[place + 1 :])


@given(NUMBERS, st.data())
def test_two_swapped_signs_are_noticed(number: int, data: st.DataObject) -> None:
    code = form_code(number)
    first = data.draw(st.integers(0, len(code) - 2))
    second = data.draw(st.integers(first + 1, len(code) - 1))
    signs = list(code)
    signs[first], signs[second] = signs[second], signs[first]
    if signs[first] != signs[second]:
        with pytest.raises(ValueError, match="form_code"):
            read_form_code("".join(signs))


@pytest.mark.parametrize("typed", ["001", "00!1", "ĐHKM", "A001"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="form_code"):
        read_form_code(typed)
    with pytest.raises(ValueError, match="empty"):
        read_form_code(" - ")
