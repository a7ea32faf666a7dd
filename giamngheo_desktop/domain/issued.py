"""What was issued: its kinds, its numbers (số, ký hiệu) and the numbers that are missing; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from giamngheo_desktop.domain.vietnamese import clean

# A number of one digit, at the beginning or behind "Số:"; NĐ 30/2020 writes it with a nought.
_LONELY = re.compile(r"^([^:/\d]*:\s*)?([1-9])(?=\s*(?:/|$))")
_WORD = re.compile(r"^số\s*[:.]?\s*(?=\d)", re.IGNORECASE)
_DIGITS = re.compile(r"\s*[0-9]+")
# Some văn thư put a letter behind a number that was forgotten.
_NUMBER = re.compile(r"0*[1-9][0-9]*[^\W\d_]?\s*([/-]|$)")


class IssuedKind(StrEnum):
    """The books of issued things."""

    REPORT = "report"
    PAPER = "paper"
    CONFIRMATION = "confirmation"  # numbered by the commune's own book


class State(StrEnum):
    """What became of an issued thing; its number stays."""

    ISSUED = "issued"
    CANCELLED = "cancelled"
    REPLACED = "replaced"


def typed_number(text: str) -> str:
    """`05/BC-UBND` of `Số: 5/BC-UBND`, as the line of a paper begins."""
    return padded(_WORD.sub("", clean(text)))


def leading_number(number: str) -> int:
    """12 of `12/QĐ-UBND`, 15 of `15a`; 0 where it begins with none."""
    found = _DIGITS.match(number)
    return int(found[0]) if found else 0


def sign_of(number: str) -> str:
    """The ký hiệu: `QĐ-UBND` of `12/QĐ-UBND`."""
    return number.partition("/")[2].strip()


def is_number(text: str) -> bool:
    """Whether it begins as a số does: `15/BC-UBND`, `15a`, `15-BC/ĐU`; nought is none."""
    return _NUMBER.match(text.strip()) is not None


def numbered(number: int, sign: str) -> str:
    """The number as written: `07/QĐ-UBND`."""
    return f"{number:02d}/{sign}" if sign else f"{number:02d}"


def padded(text: str) -> str:
    """A typed number, or the line it is printed in, as a paper writes it: `09/BC-UBND`."""
    return _LONELY.sub(r"\g<1>0\2", text)


def same_number(
    one: str, other: str, *, signed: bool = True, bare: bool = False, letters: bool = True
) -> bool:
    """`7/XN` and `07/xn` are one number; not `signed`: whatever the ký hiệu is; `bare`: one that
    is written without a ký hiệu may be any of them; not `letters`: `7a` is like `7`.
    """
    (number, sign), (other_number, other_sign) = _parts(one), _parts(other)
    if (number != other_number) if letters else (leading_number(one) != leading_number(other)):
        return False
    return not signed or sign == other_sign or (bare and not (sign and other_sign))


def _parts(number: str) -> tuple[str, str]:
    """`15a`, `bc-ubnd` of `015A /BC-UBND`."""
    head, _, sign = "".join(number.casefold().split()).partition("/")
    return head.lstrip("0"), sign


def missing(numbers: Iterable[int], first: int) -> Iterator[tuple[int, int]]:
    """The stretches from `first` to the largest number that nobody has used."""
    expected = first
    for number in sorted({number for number in numbers if number >= first}):
        if number > expected:
            yield expected, number - 1
        expected = number + 1
