"""Quantities of goods as the numbers that papers print."""

from __future__ import annotations

from decimal import Decimal


def quantity(hundredths: int | None) -> int | Decimal | None:
    """With the decimals it has."""
    if hundredths is None:
        return None
    whole, rest = divmod(hundredths, 100)
    if not rest:
        return whole
    return Decimal(hundredths).scaleb(-2) if rest % 10 else Decimal(hundredths // 10).scaleb(-1)
