"""An answer as a paper prints it: the counterpart of `answer_text`, which reads one."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.dates import format_date, format_partial_date
from giamngheo_desktop.domain.field_checks import number_text
from giamngheo_desktop.domain.form import Choice, FieldDef, FieldKind
from giamngheo_desktop.domain.numbers import format_decimal
from giamngheo_desktop.domain.partial_date import PartialDate

_NUMBERS = (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY)


def answer_words(field: FieldDef, value: object, *, none: str = "") -> str:
    """The answer in words, a number with its unit; `none` is that of an empty choice of several."""
    match value:
        case None | "":
            return ""
        case bool():
            return field.choice_label("yes" if value else "no")
        case int():
            return number_text(field, value)
        case date():
            return format_date(value)
        case PartialDate():
            return format_partial_date(value)
        case tuple():
            return "; ".join(field.choice_label(str(code)) for code in value) or none
        case UUID():
            return ""
    return field.choice_label(str(value))


def answer_code(field: FieldDef, value: object) -> str:
    """The answer as written into a narrow cell: the number of the choice, a bare number, a text."""
    numbers = {choice.code: str(at) for at, choice in numbered(field)}
    match value:
        case bool():
            return numbers["yes" if value else "no"]
        case tuple():
            return ",".join(numbers.get(code, str(code)) for code in value) or "0"
        case int() if field.kind in _NUMBERS:
            return format_decimal(value, field.scale)
        case str() if field.choices:
            return numbers.get(value, value)
    return answer_words(field, value)


def numbered(field: FieldDef) -> list[tuple[int, Choice]]:
    """The choices of a field with the numbers a paper form gives them."""
    return list(enumerate(field.choices, start=1))
