"""Identity numbers: their structure against sex and birth year; having none is normal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop import texts
from giamngheo_desktop.domain.identity_numbers import (
    PersonalNumber,
    check_identity,
    fold_identity,
    make_personal_number,
    read_personal_number,
)
from giamngheo_desktop.domain.partial_date import PartialDate

BORN_1987 = PartialDate(1987)
MAN_1987 = "051087012345"


@pytest.mark.parametrize("number", [None, "", "  ", " . "])
@pytest.mark.parametrize("kind", ["cccd", "cmnd", "personal_number", "none", None])
def test_no_number_is_normal(kind, number):
    assert check_identity(kind, number, "male", BORN_1987) == []


@pytest.mark.parametrize(
    ("kind", "number", "sex", "birth", "problems"),
    [
        ("cccd", MAN_1987, "male", PartialDate(1987, 3, 5), []),
        ("cccd", "051 087 012345", "male", BORN_1987, []),
        ("personal_number", "051321000001", "female", PartialDate(2021), []),
        ("cccd", MAN_1987, None, None, []),
        ("cmnd", "212345678", "male", BORN_1987, []),
        (None, "212345678", "male", BORN_1987, []),
        (None, MAN_1987, "male", BORN_1987, []),
        ("cccd", MAN_1987, "female", BORN_1987, ["id_sex"]),
        ("cccd", MAN_1987, "male", PartialDate(1988), ["id_birth_year"]),
        ("cccd", MAN_1987, "male", PartialDate(2087), ["id_birth_year"]),
        ("cccd", MAN_1987, "female", PartialDate(1978), ["id_sex", "id_birth_year"]),
        ("cccd", "051487012345", "male", BORN_1987, ["id_century"]),
        ("cccd", "05108701234", "male", BORN_1987, ["id_length_12"]),
        ("cccd", "212345678", "male", BORN_1987, ["id_length_12"]),
        ("personal_number", "0", "male", BORN_1987, ["id_length_12"]),
        ("cmnd", MAN_1987, "male", BORN_1987, ["id_length_9"]),
        ("none", "12345", "male", BORN_1987, ["id_length"]),
        ("cccd", "05108701234O", "male", BORN_1987, ["id_not_digits"]),
        ("cccd", "٠٥١٠٨٧٠١٢٣٤٥", "male", BORN_1987, ["id_not_digits"]),
        ("cmnd", "000000000", "male", BORN_1987, ["id_placeholder"]),
        ("cccd", "111111111111", "female", PartialDate(1911), ["id_placeholder"]),
    ],
)
def test_checks(kind, number, sex, birth, problems):
    assert check_identity(kind, number, sex, birth) == problems
    assert all(code in texts.IDENTITY_PROBLEMS for code in problems)


@pytest.mark.parametrize(
    "typed",
    [
        "051 087 012 345", "051.087.012345", "051-087-012345", "０５１０８７０１２３４５",
        "051087012345\u0301", "051087s012345", "051087ư012345", "051087w012345",
        "\u200b051087012345\n", "051087u\u031b012345",
    ],
)  # fmt: skip
def test_what_the_input_method_adds_is_forgiven(typed):
    assert fold_identity(typed) == MAN_1987


def test_letters_that_may_stand_for_digits_stay_visible():
    assert fold_identity("O51087l12345") == "O51087l12345"


@given(
    st.sampled_from(["001", "051", "096"]),
    st.sampled_from(["male", "female"]),
    st.integers(1900, 2099),
    st.integers(0, 999_999),
)
def test_a_number_says_what_was_put_in(province, sex, year, serial):
    number = make_personal_number(province, sex, year, serial)
    assert read_personal_number(number) == PersonalNumber(province, sex, year)
    assert check_identity("cccd", number, sex, PartialDate(year)) == []
    other = "female" if sex == "male" else "male"
    assert check_identity("cccd", number, other, PartialDate(year)) == ["id_sex"]
    assert check_identity("cccd", number, sex, PartialDate(year + 1)) == ["id_birth_year"]


@pytest.mark.parametrize(
    ("digit", "sex", "century"),
    [("0", "male", 19), ("1", "female", 19), ("2", "male", 20), ("3", "female", 20)],
)
def test_the_fourth_digit(digit, sex, century):
    number = f"051{digit}05000001"
    assert read_personal_number(number) == PersonalNumber("051", sex, century * 100 + 5)


@pytest.mark.parametrize(("sex", "year"), [("male", 1899), ("male", 2100), ("x", 1987)])
def test_no_number_for_births_the_structure_cannot_hold(sex, year):
    with pytest.raises(ValueError):
        make_personal_number("051", sex, year, 1)


@given(st.text(max_size=15))
def test_any_text_has_known_problems(text):
    for kind in ("cccd", "cmnd", None):
        for code in check_identity(kind, text, "male", BORN_1987):
            assert code in texts.IDENTITY_PROBLEMS
