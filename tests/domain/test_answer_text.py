"""Answers read from files: what a number may be."""

from __future__ import annotations

from decimal import Decimal

import pytest

from giamngheo_desktop.domain.answer_text import read_answer
from giamngheo_desktop.domain.form import FieldDef, FieldKind

AREA = FieldDef(code="house_area", kind=FieldKind.DECIMAL, label="Diện tích", scale=1)


@pytest.mark.parametrize("text", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_what_is_no_finite_number_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="not_number"):
        read_answer(AREA, Decimal(text))


def test_a_number_stands_in_the_unit_of_the_form() -> None:
    assert read_answer(AREA, Decimal("24.5")) == 245
    with pytest.raises(ValueError, match="too_many_decimals"):
        read_answer(AREA, Decimal("24.55"))
