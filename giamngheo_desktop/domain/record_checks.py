"""What a form of records forbids: numbers out of bounds, answers that stand in no list.

A value that is stored already may stay as it is: an older definition may have known it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.field_checks import number_text
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.record_form import KnownCodes

_NUMBERS = (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY)


def refuse_values(
    fields: Iterable[FieldDef],
    values: Mapping[str, Any],
    stored: Mapping[str, Any],
    known: KnownCodes,
    *,
    within: str = "",
) -> None:
    """Raises RefusedError `record_number`, `record_below`, `record_above`, `record_unknown` or
    `record_component` for a new value; `within` is the label of the rows that the fields are of.
    """
    for field in fields:
        value = values.get(field.code)
        if value in (None, "", ()) or _is_stored(field, values, stored):
            continue
        label = f"{within}, {field.label}" if within else field.label
        if field.kind in _NUMBERS:
            _refuse_number(field, value, label)
        elif field.kind in (FieldKind.CHOICE, FieldKind.CHOICES):
            _refuse_codes(field, value, label, known)
            if field.of == "component":
                _refuse_component(value, values.get("programme"), label, known)


def _is_stored(field: FieldDef, values: Mapping[str, Any], stored: Mapping[str, Any]) -> bool:
    """A component is one of its programme."""
    names = (field.code, "programme") if field.of == "component" else (field.code,)
    return all(name in stored and values.get(name) == stored[name] for name in names)


def _refuse_number(field: FieldDef, value: object, label: str) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        raise RefusedError("record_number", label=label)
    low, high = field.minimum, field.maximum
    if low is not None and value < low:
        raise RefusedError("record_below", label=label, bound=number_text(field, low))
    if high is not None and value > high:
        raise RefusedError("record_above", label=label, bound=number_text(field, high))


def _refuse_codes(field: FieldDef, value: object, label: str, known: KnownCodes) -> None:
    codes = known.of.get(field.of) if field.of else field.codes
    if codes is None:
        return  # a list that the unit adds to itself
    for code in value if isinstance(value, tuple) else (value,):
        if code not in codes:
            raise RefusedError("record_unknown", label=label, value=str(code))


def _refuse_component(value: str, programme: str | None, label: str, known: KnownCodes) -> None:
    if programme is not None and value not in known.components.get(programme, frozenset()):
        raise RefusedError("record_component", label=label, value=value, programme=programme)
