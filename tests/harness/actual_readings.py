"""Reads where the program reads an indicator otherwise than the independent count, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_PIECE = re.compile(r"--- instead of\n(.+?)\n--- asks\n(.+?)\n(?=\n--- instead of\n|\Z)", re.DOTALL)


@dataclass(frozen=True)
class Reading:
    """One reading: pieces of the independent queries, and what the program asks instead."""

    name: str
    why: str
    changes: tuple[tuple[str, str], ...]


def set_in(sql: str, readings: Iterable[Reading]) -> str:
    """The queries with these readings, the first of `READINGS`. Each piece must stand there."""
    for one in readings:
        for old, new in one.changes:
            assert old in sql, (one.name, old)
            sql = sql.replace(old, new)
    return sql


def _readings() -> tuple[Reading, ...]:
    text = Path(__file__).with_name("actual_readings.txt").read_text(encoding="utf-8")
    found = []
    for part in text.split("\n=== ")[1:]:
        name, rest = part.split("\n", 1)
        why, *_ = rest.split("\n\n", 1)
        found.append(Reading(name, " ".join(why.split()), tuple(_PIECE.findall(rest))))
    return tuple(found)


READINGS = _readings()
