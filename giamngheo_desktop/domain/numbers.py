"""How numbers and money are typed and written in Vietnamese: 1.234.567,89.

Parsers take what people type or paste and refuse what has two readings. They raise
ValueError(code); `texts.PARSE_ERRORS` has the sentence of each code. Nothing is skipped silently
but spaces, stray combining marks and invisible characters; full-width digits are read.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from giamngheo_desktop.domain.number_words import ZeroTen, in_words
from giamngheo_desktop.domain.vietnamese import clean, lower, search_key

LARGEST = 10**18 - 1  # fits a 64-bit column, scaled or not

_GROUPED = re.compile(r"[1-9][0-9]{0,2}([., ])[0-9]{3}(?:\1[0-9]{3})*")
_LONE_GROUP = re.compile(r"[0-9]+([., ])[0-9]{3}")
_WITH_DECIMALS = re.compile(r"(.*)([.,])([0-9]+)")
_MONEY_PART = re.compile(r" ?([0-9., ]*[0-9]) ?([a-z]+)\.?")
_CURRENCY = re.compile(r" ?(?:dong|vnd|d)\.?$")
_UNITS = {
    "k": 10**3,
    "nghin": 10**3,
    "ngan": 10**3,
    "tr": 10**6,
    "trieu": 10**6,
    "ty": 10**9,
    "ti": 10**9,
}
_FORGIVEN = (
    {0xFF10 + digit: str(digit) for digit in range(10)}
    | {ord("．"): ".", ord("，"): ",", ord("−"): "-", ord("－"): "-", ord("＋"): "+", ord("₫"): "đ"}
    | dict.fromkeys(range(0x300, 0x370))
)


def without_unit(text: str, unit: str) -> str:
    """A number without the unit typed behind it: 100%, 1,15 điểm %, 16 hộ. A share of something
    (% hộ, điểm %) may be said as % alone; another unit stays, and is refused as no number.
    """
    plain = clean(text)
    said = sorted({unit, *(("%",) if "%" in unit else ())} - {""}, key=len, reverse=True)
    for one in said:
        number = plain[: -len(one)]
        if lower(plain).endswith(lower(one)) and (one[0] == "%" or number[-1:] in (" ", "")):
            return number.rstrip()
    return plain


def parse_integer(text: str) -> int:
    """1.234, 1,234, 1 234 and 1234 are all 1234.

    Codes: empty, not_number, not_whole (1,5), grouping (1.23.456), too_large.
    """
    sign, plain = _signed(text)
    return sign * _limited(_whole(plain))


def parse_decimal(text: str, scale: int) -> int:
    """The value times 10**scale: with scale 1, 8,5 and 8.5 are 85, and 8 is 80.

    A comma begins the decimals; a point too, but 1.234 is refused as ambiguous: it may be meant
    as a thousand. Codes: empty, not_number, grouping, too_many_decimals, ambiguous, too_large.
    """
    sign, plain = _signed(text)
    if scale == 0:
        return sign * _limited(_whole(plain))
    if (lone := _LONE_GROUP.fullmatch(plain)) and lone[1] == "." and _GROUPED.fullmatch(plain):
        raise ValueError("ambiguous")
    whole, decimals = _parts(plain)
    if len(decimals) > scale:
        raise ValueError("too_many_decimals")
    return sign * _limited(int(whole + decimals.ljust(scale, "0")))


def parse_money(text: str) -> int:
    """Whole đồng: 1.500.000, 1500k, 1,5tr, 2 tỷ, 1 triệu 500 nghìn; đồng, đ or VND may follow.

    1tr5 is 1.500.000 and 1tr250 is 1.250.000, as people say them; 1tr25 is refused, and so is
    1,500tr (Vietnamese 1,5 or English 1500) and 1 triệu 500 đồng. A point before three digits
    always groups: 1.500k is 1.500.000. Codes: those of parse_integer, ambiguous, unknown_unit.
    """
    sign, plain = _signed(text, letters=True)
    folded = search_key(plain)
    body = _CURRENCY.sub("", folded)
    if not re.search("[a-z]", body):
        return sign * _limited(_whole(body))
    return sign * _limited(_money_sum(body, has_currency=body != folded))


def format_integer(value: int) -> str:
    """1234567 → 1.234.567"""
    return f"{value:,}".replace(",", ".")


def format_signed(value: int) -> str:
    """As it is printed, a negative one with the sign of a number, no hyphen: -12 → −12"""
    return f"−{format_integer(-value)}" if value < 0 else format_integer(value)


def format_decimal(value: int, scale: int) -> str:
    """A value times 10**scale, always with its decimals: 85 with scale 1 → 8,5"""
    if scale == 0:
        return format_integer(value)
    whole, decimals = divmod(abs(value), 10**scale)
    return f"{'-' if value < 0 else ''}{format_integer(whole)},{decimals:0{scale}d}"


def format_quantity(value: int, scale: int) -> str:
    """A value times 10**scale with the decimals it needs: 250 with scale 2 → 2,5; 100 → 1"""
    said = format_decimal(value, scale)
    return said.rstrip("0").rstrip(",") if scale else said


def format_money(value: int, unit: str = "") -> str:
    """1500000 → 1.500.000, with the unit behind where given (not broken from it)."""
    return f"{format_integer(value)}\u00a0{unit}" if unit else format_integer(value)


def format_rate(value: Decimal) -> str:
    """A percentage with two decimals, half up: 2.06 → 2,06"""
    return format_decimal(int(value.scaleb(2).quantize(Decimal(1), ROUND_HALF_UP)), 2)


def money_in_words(value: int, zero_ten: ZeroTen = "lẻ") -> str:
    """1500000 → một triệu năm trăm nghìn đồng; 105 → một trăm lẻ (or linh) năm đồng."""
    return f"{in_words(value, zero_ten)} đồng"


def _signed(text: str, *, letters: bool = False) -> tuple[int, str]:
    """Sign and the rest, which holds only digits, points, commas, single spaces (and letters)."""
    plain = clean(clean(text).translate(_FORGIVEN))
    if not plain:
        raise ValueError("empty")
    sign = -1 if plain[0] == "-" else 1
    plain = plain.removeprefix("-" if sign < 0 else "+").lstrip()
    allowed = all(c in "0123456789., " or (letters and c.isalpha()) for c in plain)
    if not allowed or not re.search("[0-9]", plain):
        raise ValueError("not_number")
    return sign, plain


def _limited(value: int) -> int:
    if value > LARGEST:
        raise ValueError("too_large")
    return value


def _whole(plain: str) -> int:
    if plain.isdigit() or _GROUPED.fullmatch(plain):
        return int(re.sub("[., ]", "", plain))
    _parts(plain)
    raise ValueError("not_whole")


def _parts(plain: str) -> tuple[str, str]:
    """The digits before and behind the decimal mark; a lone comma is the mark."""
    lone = _LONE_GROUP.fullmatch(plain)
    if plain.isdigit() or (_GROUPED.fullmatch(plain) and not (lone and lone[1] == ",")):
        return re.sub("[., ]", "", plain), ""
    if not (found := _WITH_DECIMALS.fullmatch(plain)):
        raise ValueError("grouping")
    whole, mark, decimals = found.groups()
    grouped = _GROUPED.fullmatch(whole)
    if not (whole == "" or whole.isdigit() or (grouped and grouped[1] != mark)):
        raise ValueError("grouping")
    return re.sub("[., ]", "", whole) or "0", decimals


def _money_sum(body: str, *, has_currency: bool) -> int:
    """The sum of parts like `1 trieu 500 nghin`; the units must fall."""
    total, last, position = 0, 0, 0
    while part := _MONEY_PART.match(body, position):
        number, name = part.groups()
        unit = _UNITS.get(name)
        if unit is None:
            raise ValueError("unknown_unit")
        if last and unit >= last:
            raise ValueError("not_number")
        total += _of_unit(number, unit)
        last, position = unit, part.end()
    if tail := body[position:].strip():
        whole_million = last >= 10**6 and total % last == 0
        if not tail.isdigit() or not whole_million:
            raise ValueError("not_number")
        if has_currency or len(tail) not in (1, 3):
            raise ValueError("ambiguous")
        total += int(tail) * last // 10 ** len(tail)
    return total


def _of_unit(number: str, unit: int) -> int:
    if (lone := _LONE_GROUP.fullmatch(number)) and lone[1] == "," and _GROUPED.fullmatch(number):
        raise ValueError("ambiguous")
    whole, decimals = _parts(number)
    scale: int = 10 ** len(decimals)
    value, rest = divmod(int(whole + decimals) * unit, scale)
    if rest:
        raise ValueError("not_whole")
    return value
