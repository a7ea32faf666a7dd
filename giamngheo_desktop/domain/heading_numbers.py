"""The numbers of headings: I. – 1. – a) as NĐ 30/2020/NĐ-CP has them, 1.1. and * as plans do.

What has a number of its own, typed as a plan prints it, does not count among its neighbours.
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
    STAR = "star"  # *
    NONE = "none"


_BY_DEPTH = (
    HeadingStyle.ROMAN,
    HeadingStyle.ARABIC,
    HeadingStyle.LETTER,
    HeadingStyle.STAR,
)
_LETTERS = "abcdđeghiklmnopqrstuvxy"
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
        elif one.typed:
            found.append(one.typed)
        else:
            style = one.style
            if style is HeadingStyle.DOTTED and not _dotted_above(above):
                style = HeadingStyle.ARABIC  # they look the same, and count together
            counts[style] += 1
            found.append(number(style, counts[style], above))
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
    times, place = divmod(at - 1, len(_LETTERS))
    return _LETTERS[place] * (times + 1)


def _dotted_above(above: str) -> str:
    """What a dotted number begins with: only the digits of what it stands in go on."""
    digits = above.strip().rstrip(".")
    return f"{digits}." if digits and all(part.isdigit() for part in digits.split(".")) else ""
