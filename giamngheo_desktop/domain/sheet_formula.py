"""Formulas of a worksheet: which cells they read, how they move with added rows, what they give.

Only sums, products and quotients of cells, SUM, ROUND, IF and IFERROR are worked out here; any
other formula is left to Excel.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

Place = tuple[int, int]  # row and column, from 1
Area = tuple[Place, Place]  # first and last cell

_CELL = r"\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6}"
_TOKEN = re.compile(
    rf"""
      "(?:[^"]|"")*"                                    # a text
    | (?:'(?:[^']|'')+'|[^\W\d][\w.]*)!{_CELL}(?::{_CELL})?  # cells of another sheet
    | [^\W\d][\w.]*\(                                    # a function
    | (?P<first>{_CELL})(?::(?P<last>{_CELL}))?(?![\w(.!])
    | [^\W\d][\w.]*                                      # a name
    """,
    re.VERBOSE,
)
_PARTS = re.compile(r"(\$?)([A-Z]{1,3})(\$?)([0-9]+)")


class UnsupportedError(Exception):
    """A formula, or the text in a cell it reads, that only Excel can work out."""


class UnknownError(Exception):
    """A cell whose number is not known."""


def letter(column: int) -> str:
    """1 is A, 27 is AA."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def name_of(place: Place) -> str:
    """(3, 2) is B3."""
    return f"{letter(place[1])}{place[0]}"


def place_of(name: str) -> Place:
    """B3 is (3, 2); dollars do not count."""
    found = _PARTS.fullmatch(name)
    if found is None:
        raise ValueError(name)
    column = 0
    for char in found[2]:
        column = column * 26 + ord(char) - ord("A") + 1
    return int(found[4]), column


def is_formula(text: object) -> bool:
    return isinstance(text, str) and text.startswith("=") and len(text) > 1


def reads(formula: str) -> Iterator[Area]:
    """The cells of its own sheet that a formula names."""
    for found in _TOKEN.finditer(formula):
        if found["first"]:
            yield place_of(found["first"]), place_of(found["last"] or found["first"])


@dataclass(frozen=True, slots=True)
class Growth:
    """Rows `first` to `last` of a template stand `count` times, one below the other."""

    first: int
    last: int
    count: int

    @property
    def height(self) -> int:
        return self.last - self.first + 1

    @property
    def added(self) -> int:
        """Rows more than in the template: without a unit the block stays, empty."""
        return (max(self.count, 1) - 1) * self.height

    def row(self, row: int, copy: int = 0) -> int:
        """Where a row of the template stands; `copy` tells which one of the block."""
        if row < self.first:
            return row
        return row + (self.added if row > self.last else copy * self.height)

    def formula(self, text: str, copy: int | None = None) -> str:
        """A formula as it stands in a copy of the block, or (None) outside of it: there a range
        over the block covers every copy, a single cell is that of the first one.
        """
        end = max(self.count, 1) - 1

        def moved(found: re.Match[str]) -> str:
            if not found["first"]:
                return found[0]
            first = self._cell(found["first"], copy or 0)
            if not found["last"]:
                return first
            return f"{first}:{self._cell(found['last'], end if copy is None else copy)}"

        return _TOKEN.sub(moved, text)

    def _cell(self, name: str, copy: int) -> str:
        found = _PARTS.fullmatch(name)
        assert found is not None, name
        return f"{found[1]}{found[2]}{found[3]}{self.row(int(found[4]), copy)}"


_LEXEME = re.compile(
    rf"\s*(?:(?P<cells>{_CELL}(?::{_CELL})?)(?![\w(.!])|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<call>SUM|ROUND|IFERROR|IF)\(|(?P<sign>[-+*/(),%])|(?P<test><>|<=|>=|[<>=]))",
)
Value = Callable[[Place], Fraction | str | None]  # None: an empty cell


def is_ratio(formula: str) -> bool:
    """Whether its result need not be a whole number."""
    return any(sign in formula for sign in "/*%")


def evaluate(formula: str, value: Value) -> Fraction | None:
    """What a formula gives, None where a number it reads is not known or it divides by nought.

    Raises UnsupportedError for what only Excel works out; `value` may raise it and UnknownError.
    """
    try:
        return _Reader(formula, value).whole()
    except (UnknownError, ZeroDivisionError):
        return None


class _Reader:
    """Works out a formula from left to right."""

    def __init__(self, formula: str, value: Value) -> None:
        self._value = value
        self._lexemes: list[tuple[str, str]] = []
        at = 1
        text = formula.rstrip()
        while at < len(text):
            found = _LEXEME.match(text, at)
            if found is None or found.lastgroup is None:
                raise UnsupportedError(formula)
            self._lexemes.append((found.lastgroup, found[found.lastgroup]))
            at = found.end()
        self._lexemes.append(("end", ""))
        self._at = 0

    def whole(self) -> Fraction:
        total = self._sum()
        if self._next[0] != "end":
            raise UnsupportedError(self._next[1])
        return total

    @property
    def _next(self) -> tuple[str, str]:
        return self._lexemes[self._at]

    def _takes(self, signs: str) -> str:
        kind, text = self._next
        if kind == "sign" and text in signs:
            self._at += 1
            return text
        return ""

    def _wants(self, sign: str) -> None:
        if not self._takes(sign):
            raise UnsupportedError(self._next[1])

    def _sum(self) -> Fraction:
        total = self._product()
        while sign := self._takes("+-"):
            other = self._product()
            total += -other if sign == "-" else other
        return total

    def _product(self) -> Fraction:
        total = self._signed()
        while sign := self._takes("*/"):
            other = self._signed()
            total = total / other if sign == "/" else total * other
        return total

    def _signed(self) -> Fraction:
        if sign := self._takes("+-"):
            other = self._signed()
            return -other if sign == "-" else other
        found = self._single()
        while self._takes("%"):
            found /= 100
        return found

    def _single(self) -> Fraction:
        kind, text = self._next
        self._at += 1
        if kind == "number":
            return Fraction(text)
        if kind == "cells" and ":" not in text:
            found = self._value(place_of(text))
            if isinstance(found, str):
                raise UnsupportedError(text)
            return Fraction(0) if found is None else found
        if kind == "call":
            calls = {"SUM": self._sum_of, "ROUND": self._rounded, "IF": self._either}
            return calls.get(text, self._or_else)()
        if (kind, text) == ("sign", "("):
            inner = self._sum()
            self._wants(")")
            return inner
        raise UnsupportedError(text)

    def _sum_of(self) -> Fraction:
        total = Fraction(0)
        while True:
            kind, text = self._next
            if kind == "cells" and ":" in text:
                self._at += 1
                total += sum(self._cells(*map(place_of, text.split(":"))), Fraction(0))
            else:
                total += self._sum()
            if self._takes(")"):
                return total
            self._wants(",")

    def _cells(self, first: Place, last: Place) -> Iterator[Fraction]:
        for row in range(first[0], last[0] + 1):
            for column in range(first[1], last[1] + 1):
                found = self._value((row, column))
                if isinstance(found, Fraction):  # a sum passes over texts
                    yield found

    def _rounded(self) -> Fraction:
        number = self._sum()
        self._wants(",")
        places = self._sum()
        self._wants(")")
        return half_up(number, int(places))

    def _either(self) -> Fraction:
        """Of IF only the branch that holds is worked out: the other may divide by nought."""
        first = self._sum()
        kind, sign = self._next
        if kind != "test":
            raise UnsupportedError(sign)
        self._at += 1
        holds = _TESTS[sign](first, self._sum())
        self._wants(",")
        if not holds:
            self._skip()
            self._wants(",")
        found = self._sum()
        if holds:
            self._wants(",")
            self._skip()
        self._wants(")")
        return found

    def _or_else(self) -> Fraction:
        """IFERROR: a number that is not known is no error, the paper leaves it open."""
        start = self._at
        try:
            found, failed = self._sum(), False
        except ZeroDivisionError:
            found, failed, self._at = Fraction(0), True, start
            self._skip()
        self._wants(",")
        if failed:
            found = self._sum()
        else:
            self._skip()
        self._wants(")")
        return found

    def _skip(self) -> None:
        """Past an argument."""
        depth = 0
        while depth or self._next[1] not in (",", ")"):
            kind, text = self._next
            if kind == "end":
                raise UnsupportedError(text)
            depth += (kind == "call" or text == "(") - (text == ")")
            self._at += 1


_TESTS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def half_up(number: Fraction, places: int) -> Fraction:
    """Rounded as Excel does: halves away from nought."""
    scale = Fraction(10) ** places
    whole = int(abs(number) * scale + Fraction(1, 2))
    return Fraction(-whole if number < 0 else whole) / scale
