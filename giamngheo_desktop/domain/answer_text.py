"""An answer as it comes from a file: text as it is typed into a form, or a value of JSON."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from giamngheo_desktop.domain import dates, numbers
from giamngheo_desktop.domain.choices import resolve_choice, resolve_choices
from giamngheo_desktop.domain.form import FieldDef, FieldKind, Value
from giamngheo_desktop.domain.vietnamese import clean

_LONGEST = 1000  # letters of an answer in words

_TEXTS: dict[FieldKind, Callable[[str], Value]] = {
    FieldKind.TEXT: clean,
    FieldKind.INTEGER: numbers.parse_integer,
    FieldKind.MONEY: numbers.parse_money,
    FieldKind.DATE: dates.parse_date,
    FieldKind.PARTIAL_DATE: dates.parse_partial_date,
}


def read_answer(field: FieldDef, raw: object) -> Value:
    """The value of the field's kind; None for null and for an empty text.

    Answers of a list are named by code, label or alias, several in a list or parted by semicolons;
    a number stands in the unit of the form. Raises ValueError(code of `texts.PARSE_ERRORS`).
    """
    match raw:
        case None:
            return None
        case bool():
            if field.kind is FieldKind.YES_NO:
                return raw
        case int() | Decimal():
            return _number(field, Decimal(raw))
        case list():
            if field.kind is FieldKind.CHOICES and all(isinstance(item, str) for item in raw):
                return _several(field, "; ".join(raw)) if raw else ()
        case str():
            return _text(field, raw)
    raise ValueError("wrong_kind")


def allowed(field: FieldDef, value: Value) -> Value:
    """A form keeps what is impossible, with its error beside it; a file can be mended first."""
    if isinstance(value, int) and not isinstance(value, bool) and not field.allows(value):
        raise ValueError("out_of_range")
    if isinstance(value, str) and len(value) > _LONGEST:
        raise ValueError("too_long")
    return value


def _text(field: FieldDef, text: str) -> Value:
    if not clean(text):
        return None
    match field.kind:
        case FieldKind.DECIMAL:
            return read_decimal(text, field.scale)
        case FieldKind.CHOICES:
            return _several(field, text)
        case FieldKind.CHOICE | FieldKind.YES_NO:
            code = resolve_choice(field, text)
            if code is None:
                raise ValueError("no_such_choice")
            return code == "yes" if field.kind is FieldKind.YES_NO else code
    if field.kind not in _TEXTS:
        raise ValueError("wrong_kind")
    return _TEXTS[field.kind](text)


def read_decimal(text: str, scale: int) -> int:
    """`numbers.parse_decimal`; what is no number is told apart, since here 32,5 is one."""
    try:
        return numbers.parse_decimal(text, scale)
    except ValueError as error:
        if scale and error.args == ("not_number",):
            raise ValueError("not_decimal") from error
        raise


def _several(field: FieldDef, text: str) -> tuple[str, ...]:
    codes, strange = resolve_choices(field, text)
    if strange:
        raise ValueError("no_such_choice")
    return codes


def _number(field: FieldDef, number: Decimal) -> int:
    if field.kind not in (FieldKind.INTEGER, FieldKind.MONEY, FieldKind.DECIMAL):
        raise ValueError("wrong_kind")
    if not number.is_finite():
        raise ValueError("not_number")
    if abs(number) > numbers.LARGEST:
        raise ValueError("too_large")
    scaled = number.scaleb(field.scale)
    if scaled != int(scaled):
        raise ValueError("too_many_decimals" if field.scale else "not_whole")
    return int(scaled)
