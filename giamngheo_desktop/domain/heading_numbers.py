"""The numbers of headings: I. – 1. – a) as NĐ 30/2020/NĐ-CP has them, 1.1., a. and * as plans do.

What has a number of its own, typed as a plan prints it, counts among its neighbours only where it
says the number that would stand there anyhow ("2.1.1" for 2.1.1.).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class HeadingStyle(StrEnum):
    """How a heading is numbered."""

    ROMAN = "roman"  # I.
    ARABIC = "arabic"  # 1.
    DOTTED = "dotted"  # 1.1., behind the number of what it stands in
    LETTER = "letter"  # a)
    LETTER_STOP = "letter_stop"  # a.
    STAR = "star"  # *
    NONE = "none"


_BY_DEPTH = (
    HeadingStyle.ROMAN,
    HeadingStyle.ARABIC,
    HeadingStyle.LETTER,
    HeadingStyle.STAR,
)
LETTERS = "abcdđeghiklmnopqrstuvxy"
_SIGNS = ".)"
_ROMANS = (
    (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"),
    (1, "I"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heading:
    """What is known of a heading before it is numbered; `typed` prints instead of a number."""

    style: HeadingStyle
    typed: str = ""
    included: bool = True


def style_of_depth(depth: int) -> HeadingStyle:
    """The style of one that chooses none; `depth` 0 stands in nothing."""
    return _BY_DEPTH[depth] if depth < len(_BY_DEPTH) else HeadingStyle.NONE


def numbered(headings: Sequence[Heading], above: str = "") -> tuple[str, ...]:
    """The printed numbers of headings that stand in one, whose own is `above`; "" where none is
    printed.
    """
    counts: Counter[HeadingStyle] = Counter()
    found: list[str] = []
    for one in headings:
        if not one.included:
            found.append("")
            continue
        style = one.style
        if style is HeadingStyle.DOTTED and not _dotted_above(above):
            style = HeadingStyle.ARABIC  # they look the same, and count together
        counted = number(style, counts[style] + 1, above)
        if not one.typed or _same(one.typed, counted):
            counts[style] += 1
        found.append(one.typed or counted)
    return tuple(found)


def number(style: HeadingStyle, at: int, above: str = "") -> str:
    """The number of the heading that is `at` (1, 2 …) in a style."""
    match style:
        case HeadingStyle.ROMAN:
            return f"{roman(at)}."
        case HeadingStyle.ARABIC:
            return f"{at}."
        case HeadingStyle.DOTTED:
            return f"{_dotted_above(above)}{at}."
        case HeadingStyle.LETTER:
            return f"{letter(at)})"
        case HeadingStyle.LETTER_STOP:
            return f"{letter(at)}."
        case HeadingStyle.STAR:
            return "*"
        case HeadingStyle.NONE:
            return ""


def roman(at: int) -> str:
    """1 is I. ValueError below 1."""
    if at < 1:
        raise ValueError(at)
    signs: list[str] = []
    for value, sign in _ROMANS:
        count, at = divmod(at, value)
        signs.append(sign * count)
    return "".join(signs)


def letter(at: int) -> str:
    """a b c d đ e g h i k …, then aa bb … ValueError below 1."""
    if at < 1:
        raise ValueError(at)
    times, place = divmod(at - 1, len(LETTERS))
    return LETTERS[place] * (times + 1)


def following(number: str) -> str:
    """What is printed behind 2.1.1 or "d)": 2.1.2, "đ)". ValueError where no digits or letter of a
    list stand at its end.
    """
    said = number.rstrip(_SIGNS)
    above, stop, last = said.rpartition(".")
    after = str(int(last) + 1) if last.isdecimal() else letter(LETTERS.index(last) + 2)
    return f"{above}{stop}{after}{number[len(said) :]}"


def _same(typed: str, counted: str) -> bool:
    return typed.rstrip(_SIGNS) == counted.rstrip(_SIGNS) != ""


def _dotted_above(above: str) -> str:
    """What a dotted number begins with: only the digits of what it stands in go on."""
    digits = above.strip().rstrip(".")
    return f"{digits}." if digits and all(part.isdigit() for part in digits.split(".")) else ""
