"""Column types for the values SQL has no type for; all are text, readable in any SQLite tool."""

from __future__ import annotations

from typing import Any
from uuid import UUID, SafeUUID

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

from giamngheo_desktop.domain.partial_date import PartialDate


class Codes(TypeDecorator[tuple[str, ...]]):
    """Several codes of a closed list, space-separated; the empty text means "none of them"."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Any) -> str | None:
        return None if value is None else " ".join(value)

    def process_result_value(self, value: str | None, dialect: Any) -> tuple[str, ...] | None:
        return None if value is None else tuple(value.split())


class PartialDay(TypeDecorator[PartialDate]):
    """`1987`, `1987-03` or `1987-03-05`."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: PartialDate | None, dialect: Any) -> str | None:
        return None if value is None else value.iso()

    def process_result_value(self, value: str | None, dialect: Any) -> PartialDate | None:
        return None if value is None else PartialDate.from_iso(value)


class LevelCode(sa.Text):
    """The value of a `Level`: a unit of another one would hold up every tree of the file."""


def uuid_of(stored: str) -> UUID:
    """A key as `sa.Uuid` stored it; twice as fast as UUID(), which checks the form anew."""
    uid = object.__new__(UUID)
    object.__setattr__(uid, "int", int(stored, 16))
    object.__setattr__(uid, "is_safe", SafeUUID.unknown)
    return uid
