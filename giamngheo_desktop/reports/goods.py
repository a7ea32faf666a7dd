"""Goods as papers print them: what, how much, of which unit."""

from __future__ import annotations

from decimal import Decimal

from giamngheo_desktop.reports.document import NumberFormat
from giamngheo_desktop.reports.layout import number_text


def quantity(hundredths: int | None) -> int | Decimal | None:
    """With the decimals it has."""
    if hundredths is None:
        return None
    whole, rest = divmod(hundredths, 100)
    if not rest:
        return whole
    return Decimal(hundredths).scaleb(-2) if rest % 10 else Decimal(hundredths // 10).scaleb(-1)


def goods_text(item: str, hundredths: int | None, unit: str) -> str:
    """`Gạo 15 kg`; the name alone where nobody said how much."""
    found = quantity(hundredths)
    said = "" if found is None else number_text(found, NumberFormat.MONEY)
    return " ".join(filter(None, (item, said, unit if said else "")))
