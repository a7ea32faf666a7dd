"""How whole numbers are spoken in Vietnamese: mốt, tư, lăm, lẻ or linh, không trăm."""

from __future__ import annotations

from typing import Literal

ZeroTen = Literal["lẻ", "linh"]

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_AFTER_TENS = (*_DIGITS[:1], "mốt", "hai", "ba", "tư", "lăm", *_DIGITS[6:])
_AFTER_TEN = (*_DIGITS[:5], "lăm", *_DIGITS[6:])
_BILLION = 10**9


def in_words(value: int, zero_ten: ZeroTen = "lẻ") -> str:
    """1005 → một nghìn không trăm lẻ năm; `zero_ten` is the word for an empty tens place."""
    if value == 0:
        return _DIGITS[0]
    words = _number(abs(value), zero_ten, leading=True)
    return " ".join(["âm", *words] if value < 0 else words)


def _number(value: int, zero_ten: ZeroTen, *, leading: bool) -> list[str]:
    """Words of a positive number; where it does not lead, empty hundreds are spoken."""
    words: list[str] = []
    for unit, name in ((_BILLION, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        count, value = divmod(value, unit)
        if count == 0:
            continue
        first = leading and not words
        if count >= 1000:  # only before tỷ: một nghìn tỷ, một triệu tỷ
            words += _number(count, zero_ten, leading=first)
        else:
            words += _group(count, zero_ten, leading=first)
        words += [name] if name else []
    return words


def _group(value: int, zero_ten: ZeroTen, *, leading: bool) -> list[str]:
    """Words of 1 to 999."""
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    words = [] if leading and hundreds == 0 else [_DIGITS[hundreds], "trăm"]
    if tens == 0:
        spoken = [_DIGITS[ones]] if ones else []
        return words + ([zero_ten, *spoken] if words and spoken else spoken)
    if tens == 1:
        return [*words, "mười", *([_AFTER_TEN[ones]] if ones else [])]
    return [*words, _DIGITS[tens], "mươi", *([_AFTER_TENS[ones]] if ones else [])]
