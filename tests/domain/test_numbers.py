"""Numbers and money as people type them, and as papers print them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop import texts
from giamngheo_desktop.domain.numbers import (
    LARGEST,
    format_decimal,
    format_integer,
    format_money,
    format_rate,
    money_in_words,
    parse_decimal,
    parse_integer,
    parse_money,
    without_unit,
)

integers = st.one_of(st.integers(-LARGEST, LARGEST), st.integers(-2000, 2000))


def refusal(parse, *arguments):
    with pytest.raises(ValueError) as caught:
        parse(*arguments)
    code = str(caught.value)
    assert code in texts.PARSE_ERRORS
    return code


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234", 1234), ("1.234", 1234), ("1,234", 1234), ("1 234", 1234), ("1\u00a0234", 1234),
        ("1\u202f234", 1234), ("1.234.567", 1234567), ("１２３４", 1234), ("１．２３４", 1234),
        ("  12 ", 12), ("0", 0), ("007", 7), ("-5", -5), ("−1.234", -1234), ("+5", 5),
        ("12\u0301", 12), ("12\u200b", 12), ("100", 100), ("12.345", 12345),
    ],
)  # fmt: skip
def test_whole_numbers(text, value):
    assert parse_integer(text) == value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"), ("  ", "empty"), ("12a", "not_number"), ("mười", "not_number"),
        ("1ư2", "not_number"), ("5²", "not_number"), ("½", "not_number"), ("12%", "not_number"),
        ("-", "not_number"), ("--5", "not_number"), ("1'234", "not_number"), ("٣", "not_number"),
        ("1,5", "not_whole"), ("1.5", "not_whole"), ("0,123", "not_whole"), ("1.2345", "not_whole"),
        ("1.234,5", "not_whole"), ("1.234,00", "not_whole"), ("1.23.456", "grouping"),
        ("1.234,567.890", "grouping"), ("12.", "grouping"), ("12 34", "grouping"),
        ("0 123", "grouping"), ("1234.567.890", "grouping"), ("1..234", "grouping"),
        ("1" + "0" * 18, "too_large"),
    ],
)  # fmt: skip
def test_no_whole_numbers(text, code):
    assert refusal(parse_integer, text) == code


@given(integers)
def test_whole_numbers_come_back(value):
    printed = format_integer(value)
    assert parse_integer(printed) == value
    assert parse_integer(str(value)) == value
    assert parse_integer(printed.replace(".", ",")) == value
    assert parse_integer(printed.replace(".", " ")) == value
    assert parse_money(printed) == value


@given(st.text(max_size=12))
def test_a_parser_gives_a_number_or_a_known_code(text):
    for parse in (parse_integer, parse_money, lambda t: parse_decimal(t, 2)):
        try:
            outcome: object = parse(text)
        except ValueError as error:
            outcome = str(error)
        assert isinstance(outcome, int) or outcome in texts.PARSE_ERRORS


@given(st.text("0123456789., -", max_size=12))
def test_a_number_read_has_the_digits_typed(text):
    try:
        value = parse_integer(text)
    except ValueError:
        return
    typed = "".join(c for c in text if c.isdigit())
    assert str(abs(value)) == (typed.lstrip("0") or "0")


@pytest.mark.parametrize(
    ("text", "scale", "value"),
    [
        ("8,5", 1, 85), ("8.5", 1, 85), ("8", 1, 80), ("0,5", 1, 5), (",5", 1, 5), (".5", 1, 5),
        ("8,55", 2, 855), ("8,5", 2, 850), ("1.234,5", 1, 12345), ("1,234.5", 1, 12345),
        ("1 234,5", 1, 12345), ("1.234.567", 1, 12345670), ("1234,5", 1, 12345),
        ("1,234", 3, 1234), ("1234.567", 3, 1234567), ("-8,5", 1, -85), ("８，５", 1, 85),
        ("1.234", 0, 1234), ("12 000", 1, 120000),
    ],
)  # fmt: skip
def test_decimals(text, scale, value):
    assert parse_decimal(text, scale) == value


@pytest.mark.parametrize(
    ("text", "scale", "code"),
    [
        ("8,55", 1, "too_many_decimals"), ("8.55", 1, "too_many_decimals"),
        ("8,50", 1, "too_many_decimals"), ("1,234", 1, "too_many_decimals"),
        ("0.125", 2, "too_many_decimals"), ("1.234", 1, "ambiguous"), ("1.234", 3, "ambiguous"),
        ("8,5", 0, "not_whole"), ("", 1, "empty"), ("8,5kg", 1, "not_number"),
        ("8,", 1, "grouping"), ("1.23,4", 1, "grouping"), ("1,2,3", 1, "grouping"),
        ("1.234.5", 1, "grouping"), ("9" * 18, 1, "too_large"),
    ],
)  # fmt: skip
def test_no_decimals(text, scale, code):
    assert refusal(parse_decimal, text, scale) == code


@given(integers, st.integers(0, 6))
def test_decimals_come_back(value, scale):
    printed = format_decimal(value, scale)
    assert parse_decimal(printed, scale) == value
    plain = Decimal(value).scaleb(-scale)
    assert Decimal(printed.replace(".", "").replace(",", ".")) == plain


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.500.000", 1_500_000), ("1500000", 1_500_000), ("1,500,000", 1_500_000),
        ("1500", 1500), ("1500k", 1_500_000), ("1.500k", 1_500_000), ("1500 nghìn", 1_500_000),
        ("1500 ngàn đồng", 1_500_000), ("1,5tr", 1_500_000), ("1.5 tr", 1_500_000),
        ("1,5 triệu", 1_500_000), ("1,25 TRIỆU ĐỒNG", 1_250_000), ("2 tỷ", 2_000_000_000),
        ("2,3 tỉ", 2_300_000_000), ("1tr5", 1_500_000), ("1 tr 5", 1_500_000),
        ("1tr250", 1_250_000), ("2tỷ3", 2_300_000_000), ("1tr500k", 1_500_000),
        ("1 triệu 500 nghìn đồng", 1_500_000), ("2 tỷ 300 triệu", 2_300_000_000),
        ("1.500.000đ", 1_500_000), ("1.500.000 ₫", 1_500_000), ("500000 VNĐ", 500_000),
        ("500 đ.", 500), ("-5k", -5000), ("0", 0), ("1.500 triệu", 1_500_000_000),
    ],
)  # fmt: skip
def test_money(text, value):
    assert parse_money(text) == value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"), ("đồng", "not_number"), ("1,5", "not_whole"), ("1,2345k", "not_whole"),
        ("1tr25", "ambiguous"), ("1 triệu 500 đồng", "ambiguous"), ("1,500tr", "ambiguous"),
        ("5m", "unknown_unit"), ("5 t", "unknown_unit"), ("5 usd", "unknown_unit"),
        ("50k5", "not_number"), ("1,5tr5", "not_number"), ("1tr5tr", "not_number"),
        ("500k 1tr", "not_number"), ("2 tỷ rưỡi", "not_number"), ("tr5", "not_number"),
        ("1.23.456đ", "grouping"), ("9999999999 tỷ", "too_large"), ("$5", "not_number"),
    ],
)  # fmt: skip
def test_no_money(text, code):
    assert refusal(parse_money, text) == code


@given(st.integers(0, 10**9))
def test_money_of_any_unit_is_exact(value):
    for unit, factor, scale in (("k", 10**3, 3), ("tr", 10**6, 6), ("tỷ", 10**9, 9)):
        whole, rest = divmod(value, factor)
        assert parse_money(f"{whole},{rest:0{scale}d}0{unit}") == value


def test_money_is_printed_with_its_unit_unbroken():
    assert format_money(1_500_000) == "1.500.000"
    assert format_money(1_500_000, "đồng") == "1.500.000\u00a0đồng"
    assert parse_money(format_money(1_500_000, "đồng")) == 1_500_000


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        ("2.06", "2,06"), ("0", "0,00"), ("100", "100,00"), ("3.125", "3,13"), ("0.005", "0,01"),
        ("1234.5", "1.234,50"), ("-0.001", "0,00"), ("-1.5", "-1,50"),
    ],
)  # fmt: skip
def test_rates(rate, text):
    assert format_rate(Decimal(rate)) == text


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "không"), (1, "một"), (4, "bốn"), (5, "năm"), (10, "mười"), (11, "mười một"),
        (14, "mười bốn"), (15, "mười lăm"), (20, "hai mươi"), (21, "hai mươi mốt"),
        (24, "hai mươi tư"), (25, "hai mươi lăm"), (55, "năm mươi lăm"), (100, "một trăm"),
        (101, "một trăm lẻ một"), (104, "một trăm lẻ bốn"), (105, "một trăm lẻ năm"),
        (110, "một trăm mười"), (111, "một trăm mười một"), (115, "một trăm mười lăm"),
        (1000, "một nghìn"), (1005, "một nghìn không trăm lẻ năm"),
        (1015, "một nghìn không trăm mười lăm"), (10_021, "mười nghìn không trăm hai mươi mốt"),
        (1_500_000, "một triệu năm trăm nghìn"),
        (1_000_005, "một triệu không trăm lẻ năm"),
        (1_050_000, "một triệu không trăm năm mươi nghìn"),
        (2_000_000_000, "hai tỷ"), (21_001_000_000, "hai mươi mốt tỷ không trăm lẻ một triệu"),
        (10**12, "một nghìn tỷ"), (1_005 * 10**9, "một nghìn không trăm lẻ năm tỷ"),
        (-4, "âm bốn"),
    ],
)  # fmt: skip
def test_money_in_words(value, words):
    assert money_in_words(value) == f"{words} đồng"


def test_the_north_says_linh():
    assert money_in_words(1105, "linh") == "một nghìn một trăm linh năm đồng"


def heard(words: str) -> int:
    """What a listener understands; written apart from the speaker."""
    digit = {
        "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
        "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
    }  # fmt: skip
    billions, group, total = 0, 0, 0
    last = 0
    for word in words.removesuffix(" đồng").split():
        match word:
            case "trăm":
                group += last * 100
                last = 0
            case "mươi":
                group += last * 10
                last = 0
            case "mười":
                group += 10
            case "lẻ":
                pass
            case "nghìn" | "triệu":
                total += (group + last) * {"nghìn": 10**3, "triệu": 10**6}[word]
                group = last = 0
            case "tỷ":
                billions = total + group + last
                total = group = last = 0
            case _:
                last = digit[word]
    return billions * 10**9 + total + group + last


@given(st.one_of(st.integers(0, 10**15), st.integers(0, 5000)))
def test_words_are_understood(value):
    assert heard(money_in_words(value)) == value


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("100%", "% người", "100"),
        ("1,15 %", "điểm %", "1,15"),
        ("1,15 điểm %", "điểm %", "1,15"),
        ("16 Hộ", "hộ", "16"),
        ("16hộ", "hộ", "16hộ"),
        ("16 hộ", "%", "16 hộ"),
        ("100%", "hộ", "100%"),
        ("12", "", "12"),
    ],
)
def test_the_unit_of_a_number_may_stand_behind_it(text: str, unit: str, number: str) -> None:
    assert without_unit(text, unit) == number
