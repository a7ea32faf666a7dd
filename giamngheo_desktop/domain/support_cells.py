"""Money in the cells of a foreign list: whole đồng, in the unit that the list says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from giamngheo_desktop.domain import numbers
from giamngheo_desktop.domain.cell_reading import NOTHING, Read
from giamngheo_desktop.domain.sheet_table import Cell, text_of
from giamngheo_desktop.domain.vietnamese import lower

LEAST, MOST = 1_000, 1_000_000_000  # đồng; outside of them a unit may be mistaken
_EMPTY = frozenset({"", "-", "–", "—", "...", "…"})
_MONEY = r"(?:đồng|vnđ|vnd|đ)(?!\w)"
_UNITS = (
    (1_000_000, re.compile(rf"(?<![\d.,] )(?<![\d.,])(?:triệu|tr|1[.,]?000[.,]?000) ?{_MONEY}")),
    (1_000, re.compile(rf"(?<![\d.,] )(?<![\d.,])(?:nghìn|ngàn|1[.,]?000) ?{_MONEY}")),
    (1, re.compile(rf"[(:] ?{_MONEY}")),
)
_IN_TITLE = re.compile(r"(?:đvt|đơn vị(?: tính)?) ?:?(?P<unit>[^|]*)")
_LONE = re.compile(r"[1-9][0-9]{0,2}([., ])[0-9]{3}")


def money_factor(heading: str, titles: Iterable[str], beside: str = "") -> int:
    """How many đồng one of a column is: what its heading says, else that of the amounts `beside`
    it that it adds up, else `ĐVT: nghìn đồng` above.
    """
    for text in (heading, beside):
        if (said := _factor(lower(text))) is not None:
            return said
    for title in titles:
        for found in _IN_TITLE.finditer(lower(title)):
            if (said := _factor(found["unit"])) is not None:
                return said
    return 1


def _factor(text: str) -> int | None:
    return next((factor for factor, unit in _UNITS if unit.search(text)), None)


def read_money(cell: Cell, factor: int) -> Read:
    """Whole đồng; what may be meant in two ways is no amount."""
    match cell:
        case None:
            return NOTHING
        case bool():
            return Read(finding="amount_unreadable")
        case int() | float():
            return _whole(Decimal(str(cell)) * factor)
        case str():
            text = text_of(cell).lstrip("'")
            return NOTHING if text in _EMPTY else _text(text, factor)
    return Read(finding="amount_day")


def _text(text: str, factor: int) -> Read:
    try:
        if factor == 1:
            return _whole(Decimal(numbers.parse_money(text)))
        if any(map(str.isalpha, text)):
            return Read(finding="amount_unit_twice")
        lone = _LONE.fullmatch(text)
        if lone and (lone[1] == "," or (lone[1] == "." and factor > 1_000)):
            return Read(finding="amount_ambiguous")
        try:
            return _whole(Decimal(numbers.parse_integer(text)) * factor)
        except ValueError:
            return _whole(Decimal(numbers.parse_decimal(text, 3)) * factor / 1_000)
    except ValueError:
        return Read(finding="amount_unreadable")


def _whole(value: Decimal) -> Read:
    if value < 0:
        return Read(finding="amount_negative")
    if value != int(value) or value > numbers.LARGEST:
        return Read(finding="amount_not_whole")
    return Read(int(value))


def is_odd(amount: int) -> bool:
    """Whether an amount is so small or large that its unit may have been mistaken."""
    return 0 < amount < LEAST or amount >= MOST
