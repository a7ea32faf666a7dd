"""The sheet of a unit's own table as it will stand, filled: what each cell holds, and what its
formulas give.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from giamngheo_desktop.domain.sheet_formula import (
    Growth,
    Place,
    UnknownError,
    UnsupportedError,
    evaluate,
    is_formula,
    reads,
)
from giamngheo_desktop.domain.table_template import Content, Shape
from giamngheo_desktop.reports.document import Cell

_FURTHEST = 5_000  # rows of an area that are looked at


class FilledSheet:
    """`given` are the cells that are written: a number, a text, or (with a reason in `missing`)
    the sign of a number that is not known; `contents` are all others.
    """

    def __init__(self, shape: Shape, growth: Growth) -> None:
        self.growth = growth
        self.contents = dict(self._grown(shape))
        self.given: dict[Place, Cell] = {}
        self._results: dict[Place, Fraction | UnsupportedError | None] = {}

    def _grown(self, shape: Shape) -> Iterator[tuple[Place, Content]]:
        growth = self.growth
        for (row, column), content in shape.cells.items():
            inside = growth.first <= row <= growth.last
            for copy in range(max(growth.count, 1)) if inside else (None,):
                moved = (growth.row(row, copy or 0), column)
                if is_formula(content):
                    yield moved, growth.formula(str(content), copy)
                else:
                    yield moved, content

    def value(self, place: Place) -> Fraction | str | None:
        if place in self.given:
            cell = self.given[place]
            if isinstance(cell.value, str):
                if cell.missing:
                    raise UnknownError
                return cell.value or None
            if cell.value is None or cell.upper is not None:
                raise UnknownError
            return Fraction(cell.value)
        content = self.contents.get(place)
        if content is None or content == "":
            return None
        if is_formula(content):
            found = self.result(place)
            if found is None:
                raise UnknownError
            return found
        return content if isinstance(content, str) else Fraction(str(content))

    def result(self, place: Place) -> Fraction | None:
        """What a formula gives; None: not known. Raises UnsupportedError."""
        if place not in self._results:
            self._results[place] = UnsupportedError()  # of a formula that leads to itself
            try:
                self._results[place] = evaluate(str(self.contents[place]), self.value)
            except UnsupportedError as error:
                self._results[place] = error
        found = self._results[place]
        if isinstance(found, UnsupportedError):
            raise found
        return found

    def needs_unknown(self, place: Place, seen: frozenset[Place] = frozenset()) -> bool:
        """Whether a formula reads, by whatever way, a number that is not known."""
        for first, last in reads(str(self.contents[place])):
            for row in range(first[0], min(last[0], first[0] + _FURTHEST) + 1):
                for column in range(first[1], last[1] + 1):
                    at = (row, column)
                    if at in seen:
                        continue
                    if at in self.given:
                        cell = self.given[at]
                        if cell.missing or cell.upper is not None:
                            return True
                    elif is_formula(self.contents.get(at)) and self.needs_unknown(at, seen | {at}):
                        return True
        return False
