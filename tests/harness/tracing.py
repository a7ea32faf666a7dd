"""Which tests are traced for coverage."""

from __future__ import annotations

from zlib import crc32


def is_traced(nodeid: str) -> bool:
    """One test in three, none of a screen: to trace one takes longer than to run it."""
    return "/gui/" not in nodeid and crc32(nodeid.encode()) % 3 == 0
