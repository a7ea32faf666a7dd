"""Lengths on paper as whole numbers; nothing that a table counts is ever rounded like this."""

from __future__ import annotations

from math import floor


def whole_length(length: float) -> int:
    """The nearest whole number of points, twips or millimetres; a half goes up."""
    return floor(length + 0.5)
