"""Values as the texts that the audit keeps, and rows of answers beside their code."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.form import FieldDef, FieldKind, Scalar
from giamngheo_desktop.domain.partial_date import PartialDate


def encode(value: Any) -> str | None:
    """`decode` is its inverse for a field, `storage.audit.decode` for a column. TypeError for what
    is no value.
    """
    match value:
        case None | str():
            return value
        case bool():
            return "1" if value else "0"
        case int():
            return str(value)
        case UUID():
            return value.hex
        case PartialDate():
            return value.iso()
        case date():
            return value.isoformat()
        case tuple():
            return " ".join(value)
    raise TypeError(type(value))


def decode(field: FieldDef, text: str | None) -> Scalar:
    """The value of a field of its kind; ValueError for what is none."""
    if text is None:
        return None
    match field.kind:
        case FieldKind.INTEGER | FieldKind.DECIMAL | FieldKind.MONEY:
            return int(text)
        case FieldKind.YES_NO:
            return text == "1"
        case FieldKind.DATE:
            return date.fromisoformat(text)
        case FieldKind.PARTIAL_DATE:
            return PartialDate.from_iso(text)
        case FieldKind.CHOICES:
            return tuple(text.split())
        case FieldKind.AREA | FieldKind.RECORD:
            return UUID(hex=text)
    return text
