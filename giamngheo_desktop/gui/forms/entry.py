"""What a field of a form holds: a value, nothing, or text that is not understood yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from giamngheo_desktop.domain.form import Value


@dataclass(frozen=True, slots=True)
class Unparsed:
    """Text as typed that could not be read; kept, so that nothing typed is lost.

    `code` names its sentence in `texts.PARSE_ERRORS` (or the field's own).
    """

    text: str
    code: str


Entry = Value | Unparsed


def has_unparsed(entry: object) -> bool:
    """Whether the entry, or a cell of its rows, is text that could not be read."""
    if isinstance(entry, tuple):
        return any(
            has_unparsed(cell) for row in entry if isinstance(row, Mapping) for cell in row.values()
        )
    return isinstance(entry, Unparsed)
