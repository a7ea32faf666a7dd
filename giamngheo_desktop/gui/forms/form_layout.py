"""Where the fields of a form stand: the order of the paper, two columns where room allows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from giamngheo_desktop.domain.form import FieldDef, FieldKind

TWO_COLUMNS_FROM = 900  # logical pixels at 100 % text size
NARROW = 560  # below it an answer of more than LONG letters stands below its label
LONG = 32
_WIDE = (FieldKind.ROWS, FieldKind.CHOICES)


@dataclass(frozen=True, slots=True)
class Place:
    """Line and column (0 or 1) of a field; `wide` takes the whole line, `above` its label too."""

    code: str
    line: int
    column: int
    wide: bool
    above: bool


def columns_for(width: int, percent: int) -> int:
    """How many columns a form of this width has at this text size."""
    return 2 if width * 100 >= TWO_COLUMNS_FROM * percent else 1


def is_wide(field: FieldDef) -> bool:
    """Whether the field takes a whole line."""
    return field.kind in _WIDE or field.lines > 0


def arrange(fields: Sequence[FieldDef], columns: int, above: Collection[str] = ()) -> list[Place]:
    """Places of the visible fields of a section: left to right, then the next line.

    `above` are those whose label takes the line above them.
    """
    places: list[Place] = []
    line = column = 0
    for field in fields:
        wide = is_wide(field) or columns == 1
        if wide and column:
            line, column = line + 1, 0
        places.append(
            Place(
                field.code, line, column, wide, field.kind is FieldKind.ROWS or field.code in above
            )
        )
        if wide or column == columns - 1:
            line, column = line + 1, 0
        else:
            column += 1
    return places
