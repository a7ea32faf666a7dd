"""Documents and requests as JSON that is kept for years, and back: equal values, equal bytes.

A value that JSON does not know is an object of one key, its type: `{"Cell": {…}}`. Fields that have
their default are left out, so a default that is changed, a field that is renamed or goes begins a
new `FORMAT`, which reads the older ones.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.reports import document

FORMAT = 1

_SIMPLE: dict[type, tuple[Callable[[Any], str], Callable[[str], Any]]] = {
    Decimal: (str, Decimal),
    date: (date.isoformat, date.fromisoformat),
    UUID: (str, UUID),
    bytes: (lambda data: b64encode(data).decode(), b64decode),
}
_DOCUMENT = (
    document.ReportDoc,
    document.Form,
    document.Letterhead,
    document.Signature,
    document.Table,
    document.Column,
    document.Row,
    document.Cell,
    document.Source,
    document.Paragraph,
    document.Run,
    document.PageBreak,
    document.Align,
    document.NumberFormat,
)


def stored(value: Any, *types: type) -> str:
    """The text of a tree of documents, or of values of the given types."""
    return json.dumps(
        {"format": FORMAT, "value": _written(value, _known(types))},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def loaded(text: str, *types: type) -> Any:
    """The value of a text of `stored`.

    Raises RefusedErrors `issued_newer` for a format to come, `issued_unreadable`.
    """
    try:
        whole = json.loads(text)
        if whole["format"] > FORMAT:
            raise RefusedError("issued_newer")
        return _read(whole["value"], {kind.__name__: kind for kind in _known(types)})
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError) as error:
        raise RefusedError("issued_unreadable") from error


def _known(types: tuple[type, ...]) -> tuple[type, ...]:
    return (*_DOCUMENT, *types)


def _written(value: Any, known: tuple[type, ...]) -> Any:
    kind = type(value)
    if value is None or kind in (str, int, float, bool):
        return value
    if kind is tuple:
        return [_written(one, known) for one in value]
    if kind in _SIMPLE:
        return {kind.__name__: _SIMPLE[kind][0](value)}
    if isinstance(value, Mapping):
        return {"map": {key: _written(one, known) for key, one in value.items()}}
    if isinstance(value, StrEnum):  # in a field of text a member is its text
        return {kind.__name__: value.value} if kind in known else value.value
    if kind not in known:
        raise TypeError(kind)
    return {
        kind.__name__: {
            field.name: _written(one, known)
            for field in fields(value)
            if field.init and not _is_default(one := getattr(value, field.name), field)
        }
    }


def _is_default(value: Any, field: Field[Any]) -> bool:
    default = field.default
    if field.default_factory is not MISSING:
        default = field.default_factory()
    # 13 and 13.0, 1 and True are equal, but not written alike.
    return default is not MISSING and type(value) is type(default) and bool(value == default)


def _read(value: Any, known: Mapping[str, type]) -> Any:
    if isinstance(value, list):
        return tuple(_read(one, known) for one in value)
    if not isinstance(value, dict):
        return value
    ((name, inner),) = value.items()
    if name == "map":
        return {key: _read(one, known) for key, one in inner.items()}
    for simple, (_, read) in _SIMPLE.items():
        if name == simple.__name__:
            return read(inner)
    kind = known[name]
    if is_dataclass(kind):
        return kind(**{key: _read(one, known) for key, one in inner.items()})
    return kind(inner)
