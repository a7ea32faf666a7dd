"""What every definition file begins with."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from giamngheo_desktop.definitions.loader import Table


class DefinitionHead(TypedDict):
    """`valid_to` is the last day, None while nothing replaced it."""

    code: str
    version: int
    label: str
    valid_from: date
    valid_to: date | None
    legal_basis: str


def head_of(table: Table) -> DefinitionHead:
    """The head, as arguments of what the file defines; only `valid_to` may be absent."""
    return {
        "code": table.text("code"),
        "version": table.integer("version"),
        "label": table.text("label"),
        "valid_from": table.day("valid_from"),
        "valid_to": table.opt_day("valid_to"),
        "legal_basis": table.text("legal_basis"),
    }


def check_days(table: Table) -> None:
    """Refuse a file that ends before it begins."""
    last = table.opt_day("valid_to")
    if last is not None and last < table.day("valid_from"):
        table.fail("definition_years_order", "valid_to")
