"""What stands in a column of a list, as printed: days as dd/mm/yyyy, answers by their labels."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from giamngheo_desktop.domain.name_list import LIST_FIELDS, Kind, ListColumn
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.services.listed_facts import Line, Material, Values

MARK = "x"
NUMBERS = (Kind.COUNT, Kind.SCORE, Kind.MONEY)


def shown(
    column: ListColumn, line: Line, number: int, member: Values, material: Material
) -> str | int:
    """`number` is that of the household in the list; nothing known prints nothing."""
    if not column.field:
        return ""
    field = LIST_FIELDS[column.field]
    value = number if field.source == "line.number" else line.value(field, member)
    return written(value, field.kind, material.labels.get(field.choices, {}))


def written(value: Any, kind: Kind, labels: Mapping[str, str]) -> str | int:
    if value is None:
        return ""
    match kind:
        case Kind.COUNT | Kind.SCORE | Kind.MONEY:
            return int(value)
        case Kind.MARK:
            return MARK if value else ""
        case Kind.DAY:
            return day_text(value)
        case Kind.CHOICE:
            return labels.get(value, str(value))
        case Kind.CHOICES:
            return "; ".join(labels.get(code, code) for code in value)
        case Kind.TEXT:
            return str(value)


def day_text(value: date | PartialDate) -> str:
    """dd/mm/yyyy, or as much of it as is known."""
    if isinstance(value, date):
        return f"{value:%d/%m/}{value.year:04d}"
    parts = [f"{part:02d}" for part in (value.day, value.month) if part is not None]
    return "/".join([*parts, f"{value.year:04d}"])
