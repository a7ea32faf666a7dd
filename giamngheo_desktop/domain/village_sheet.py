"""The sheet a village head fills in: which fields it asks, and how its rows are named.

A row is found by its key wherever it stands; a row that has none, or a key of the rows left for
new households (`M01`), is a new one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

HOUSEHOLD, MEMBER = "household", "member"  # the forms, one sheet each
KEY, OF_HOUSEHOLD, HEAD = "@key", "@household", "@head"  # columns that no form asks
NEW_KEY = re.compile(r"[Mm][0-9]{1,3}")
_LOST = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageSheetDef:
    """`fields` and `of_new` (asked of new rows only) are codes by form, in the order of print."""

    code: str
    version: int
    label: str
    valid_from: date
    valid_to: date | None
    legal_basis: str
    fields: Mapping[str, tuple[str, ...]]
    of_new: Mapping[str, frozenset[str]]


def household_key(number: int, book: UUID, record: UUID) -> str:
    """Unlike in every other workbook, so that a row copied from another one is told apart."""
    return f"H{number:03d}-{_check(book, record)}"


def member_key(household: str, number: int, book: UUID, record: UUID) -> str:
    return f"{household.partition('-')[0]}.{number}-{_check(book, record)}"


def new_key(number: int) -> str:
    return f"M{number:02d}"


def is_new_key(key: str) -> bool:
    return NEW_KEY.fullmatch(key) is not None


def sheet_text(text: str) -> str:
    """A text without the letters that no workbook keeps."""
    return _LOST.sub("", text)


def _check(book: UUID, record: UUID) -> str:
    return hashlib.sha256(book.bytes + record.bytes).hexdigest()[:4]


def derived_uid(*parts: object) -> UUID:
    """The same id for the same thing read twice, on whatever computer."""
    text = "\n".join(str(part) for part in parts)
    return UUID(bytes=hashlib.sha256(text.encode()).digest()[:16])
