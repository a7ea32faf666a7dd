"""Pieces of a page as values: texts and rules at places below the piece's top, in points."""

from __future__ import annotations

from dataclasses import dataclass

from giamngheo_desktop.reports.document import Align
from giamngheo_desktop.reports.fonts import Face

LEADING = 1.2  # line height against letter size: stacked marks (Ẫ, Ộ) must not touch
_ASCENT = 0.9  # of the line height's letter size, marks of capitals included


@dataclass(frozen=True, slots=True)
class Text:
    """One line; `x` is its left end, centre or right end by `align`, `y` its baseline."""

    x: float
    y: float
    text: str
    face: Face
    size: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line from (x0, y0) to (x1, y1), horizontal or vertical."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell of the table stands inside its block."""

    x: float
    y: float
    width: float
    height: float
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Block:
    """A piece that is never broken over two pages; y counts downwards from its top."""

    height: float
    texts: tuple[Text, ...] = ()
    rules: tuple[Rule, ...] = ()
    places: tuple[Place, ...] = ()


class Stack:
    """Lines set one below the other; `y` is where the next one begins."""

    def __init__(self, y: float = 0.0) -> None:
        self.y = y
        self.texts: list[Text] = []
        self.rules: list[Rule] = []

    def add(
        self, x: float, lines: tuple[str, ...], face: Face, size: float, align: Align = Align.CENTER
    ) -> None:
        for line in lines:
            baseline = self.y + size * _ASCENT + size * (LEADING - 1) / 2
            self.texts.append(Text(x, baseline, line, face, size, align))
            self.y += size * LEADING

    def underline(self, centre: float, length: float) -> None:
        """A rule below the last line, with a little room on both sides."""
        self.y += 3
        self.rules.append(Rule(centre - length / 2, self.y, centre + length / 2, self.y))
        self.y += 2

    def block(self) -> Block:
        return Block(self.y, tuple(self.texts), tuple(self.rules))


def boxed(
    x: float, y: float, width: float, height: float, *,
    lines: tuple[str, ...], face: Face, size: float, align: Align, pad: float,
) -> list[Text]:  # fmt: skip
    """Lines in a cell, in the middle of its height."""
    left = {Align.LEFT: x + pad, Align.CENTER: x + width / 2, Align.RIGHT: x + width - pad}[align]
    stack = Stack(y + (height - len(lines) * size * LEADING) / 2)
    stack.add(left, lines, face, size, align)
    return stack.texts
