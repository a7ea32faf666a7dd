"""What a column of a list is: its key, heading, width, and how a value becomes text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from giamngheo_desktop.domain.dates import format_date, format_partial_date
from giamngheo_desktop.domain.numbers import format_integer, format_quantity
from giamngheo_desktop.domain.partial_date import PartialDate

NO_DATA = "–"  # zero and "no data" must look different


class Align(StrEnum):
    """Where the text of a cell stands; numbers stand at the right."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


def as_text(value: object) -> str:
    """Any value as people read it; None is empty."""
    match value:
        case None:
            return ""
        case PartialDate():
            return format_partial_date(value)
        case date():
            return format_date(value)
        case bool():
            return "Có" if value else "Không"
        case int():
            return format_integer(value)
    return str(value)


def as_number(value: object) -> str:
    """A whole number with points; None is a dash."""
    return NO_DATA if value is None else as_text(value)


def as_decimal(scale: int) -> Callable[[object], str]:
    """A formatter of whole numbers that stand for value × 10**scale; None is a dash."""

    def formatted(value: object) -> str:
        return format_quantity(value, scale) if isinstance(value, int) else NO_DATA

    return formatted


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. `key` names the attribute of a row (or `sort` in SQL, where that is given).

    `sort` is what `sort_requested` says; empty: the heading does not sort. `chip` maps the raw
    value to the name of a chip of the theme; `tip` may say more than the cell shows.
    Room to spare goes to the `stretch` column; a column that `gives_way` is left out where there is
    too little. In a `mixed` one numbers stand among texts, and at the right. `code` columns (ID
    numbers, phones) stay text in Excel, with their zeros in front.
    """

    key: str
    title: str
    width: int = 120
    align: Align = Align.LEFT
    format: Callable[[object], str] = as_text
    sort: str = ""
    hidden: bool = False
    stretch: bool = False
    gives_way: bool = False
    mixed: bool = False
    code: bool = False
    chip: Callable[[object], str] | None = None
    tip: Callable[[object], str] | None = None


def number_column(key: str, title: str, width: int = 96, *, sort: str = "") -> Column:
    """A column of whole numbers, at the right, with a dash where nothing is known."""
    return Column(key=key, title=title, width=width, align=Align.RIGHT, format=as_number, sort=sort)
