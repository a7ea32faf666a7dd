"""The fields of a record as columns of a table, and their values as it shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from giamngheo_desktop.domain import participants
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.gui.records.offering import Answers, offered_as
from giamngheo_desktop.gui.table.column import Column, as_decimal, as_text, number_column

_WIDTHS = {
    FieldKind.TEXT: 170,
    FieldKind.CHOICE: 130,
    FieldKind.CHOICES: 150,
    FieldKind.RECORD: 170,
    FieldKind.AREA: 110,
    FieldKind.YES_NO: 80,
}
_ALWAYS = 3  # columns that are never left out


def columns_of(fields: Sequence[FieldDef]) -> list[Column]:
    """The first text takes the room to spare; what is neither among the first nor money goes where
    there is too little.
    """
    first = next((field for field in fields if field.kind is FieldKind.TEXT), fields[0])
    made = [_column(field) for field in fields]
    return [
        replace(
            column,
            stretch=field is first,
            gives_way=at >= _ALWAYS and field is not first and not _is_money(field),
        )
        for at, (field, column) in enumerate(zip(fields, made, strict=True))
    ]


def _is_money(field: FieldDef) -> bool:
    return field.kind is FieldKind.MONEY or bool(money_in(field))


def _column(field: FieldDef) -> Column:
    """Numbers stand at the right; of rows their number, or their sum where they are money."""
    title, key = field.short_label, field.code
    match field.kind:
        case FieldKind.MONEY:
            return number_column(key, title, 120, sort=key)
        case FieldKind.INTEGER:
            return number_column(key, title, 80, sort=key)
        case FieldKind.ROWS:
            return number_column(key, title, 120 if money_in(field) else 100, sort=key)
        case FieldKind.DECIMAL:
            return replace(number_column(key, title, 90, sort=key), format=as_decimal(field.scale))
        case FieldKind.DATE | FieldKind.PARTIAL_DATE:
            return Column(key=key, title=title, width=96, sort=key)
    width = _WIDTHS.get(field.kind, 120)
    return Column(key=key, title=title, width=width, sort=key, tip=as_text)


def money_in(field: FieldDef) -> str:
    """The column of money of rows; empty where there is none."""
    return next((one.code for one in field.fields if one.kind is FieldKind.MONEY), "")


def shown(field: FieldDef, values: Mapping[str, Any], answers: Answers) -> Any:
    """What the column of a field shows of a record."""
    value = values.get(field.code)
    if field.kind is FieldKind.ROWS:
        money = money_in(field)
        rows = value or ()
        if field.of == Kind.PARTICIPANT.value:
            return participants.count(rows) or None
        return sum(row[money] or 0 for row in rows) if money and rows else len(rows) or None
    if value is None:
        return None
    if name := offered_as(field):
        return answers.short(name, value)
    if field.kind is FieldKind.CHOICE:
        return field.choice_label(value)
    if field.kind is FieldKind.CHOICES:
        return ", ".join(map(field.choice_label, value))
    return value
