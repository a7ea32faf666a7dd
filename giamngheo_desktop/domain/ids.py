"""Time-ordered ids (UUID version 7, RFC 9562) from a given clock and randomness."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID


def uuid7_factory(
    now: Callable[[], datetime], random_bits: Callable[[int], int]
) -> Callable[[], UUID]:
    """A maker of strictly increasing ids; `random_bits(n)` returns n random bits."""
    last = 0

    def new_id() -> UUID:
        nonlocal last
        milliseconds = int(now().timestamp() * 1000) & ((1 << 48) - 1)
        # 12 bits of counter behind the clock keep ids of one millisecond in order.
        last = max(last + 1, milliseconds << 12)
        value = (last >> 12) << 80 | 0x7 << 76 | (last & 0xFFF) << 64
        return UUID(int=value | 0b10 << 62 | random_bits(62))

    return new_id
