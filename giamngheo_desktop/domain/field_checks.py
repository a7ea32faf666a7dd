"""Checks one record against its form: required, known answers, ranges, fields that do not apply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from giamngheo_desktop.domain.form import FieldDef, FieldKind, FormDef
from giamngheo_desktop.domain.numbers import format_decimal
from giamngheo_desktop.domain.problems import Problem, error, warning

# A school level without school changes an indicator; other leftovers only mislead a reader.
_CONTRADICTIONS = {"school_level": "school_level_not_attended"}


def record_of(item: object, form: FormDef) -> Mapping[str, object]:
    """The values of a dataclass whose field names are the form's codes."""
    return {field.code: getattr(item, field.code) for field in form}


def check_fields(
    record: Mapping[str, object], form: FormDef, uid: UUID, **params: str
) -> Iterator[Problem]:
    """Findings about single fields; `params` (the member's name) go into every sentence."""
    for field in form:
        value = record[field.code]
        if value is None or value == "":
            if field.required and _visible(field, record):
                yield error(uid, field.code, "required_missing", **params)
            continue
        if not _visible(field, record):
            yield from _not_applying(field, record, form, uid, params)
        yield from _check_value(field, value, uid, params)


def _visible(field: FieldDef, record: Mapping[str, object]) -> bool:
    return field.visible_if is None or field.visible_if.holds(record)


def _not_applying(
    field: FieldDef,
    record: Mapping[str, object],
    form: FormDef,
    uid: UUID,
    params: Mapping[str, str],
) -> Iterator[Problem]:
    """A value in a field that is hidden; where the deciding answer is unknown nothing is wrong."""
    if field.visible_if is None or record[field.visible_if.field] is None:
        return
    asked = form.field(field.visible_if.field)
    answer = _shown(asked, record[asked.code])
    code = _CONTRADICTIONS.get(field.code)
    if code is not None:
        yield error(uid, field.code, code, value=_shown(field, record[field.code]), **params)
    else:
        yield warning(
            uid, field.code, "value_not_applying", asked=asked.label, answer=answer, **params
        )


def _check_value(
    field: FieldDef, value: object, uid: UUID, params: Mapping[str, str]
) -> Iterator[Problem]:
    if field.kind in (FieldKind.CHOICE, FieldKind.CHOICES):
        for code in value if isinstance(value, tuple) else (value,):
            if code not in field.codes:
                yield error(uid, field.code, "unknown_choice", value=str(code), **params)
    elif isinstance(value, int) and not isinstance(value, bool) and not field.allows(value):
        low, high = field.minimum, field.maximum
        yield error(
            uid,
            field.code,
            "out_of_range",
            value=number_text(field, value),
            minimum="–" if low is None else number_text(field, low),
            maximum="–" if high is None else number_text(field, high),
            **params,
        )


def number_text(field: FieldDef, value: int) -> str:
    """A stored number as it is shown, with its unit: 325 with scale 1 and m² → 32,5 m²"""
    return " ".join(filter(None, (format_decimal(value, field.scale), field.unit)))


def _shown(field: FieldDef, value: object) -> str:
    if isinstance(value, bool):
        return field.choice_label("yes" if value else "no")
    return field.choice_label(value) if isinstance(value, str) else str(value)
