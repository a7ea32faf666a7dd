"""K13: a document is not older than what it cites or replaces.

Days are read where a text names a document: "Kế hoạch số 118/KH-UBND ngày 31/5/2023",
"ngày 05 tháng 01 năm 2023". "giai đoạn …" and deadlines ("trước ngày 10/4/2021") cite nothing,
but may name a day that there is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_KINDS = (
    "luật|bộ luật|pháp lệnh|nghị định|nghị quyết|quyết định|thông tư|chỉ thị|kế hoạch|công văn"
    "|kết luận|hướng dẫn|thông báo|báo cáo|tờ trình|chương trình|đề án|văn bản"
)
_DAY = (
    r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}"
    r"|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}"
)
CITED = re.compile(
    rf"(?P<name>\b(?:{_KINDS})\s+(?:số\s*)?[\w-]+(?:/[\w.-]+)+(?:\s*-\s*\w+)?)"
    rf"\s*,?\s*ngày\s*(?P<day>{_DAY})",
    re.IGNORECASE,
)
_SAID = re.compile(rf"\bngày\s*(?P<day>{_DAY})(?!\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that a text names, as it is written, with its day."""

    name: str
    day: date


def cited(text: str) -> Iterator[Cited]:
    """The documents with a day that a text names, in order; what is no real day is none."""
    for found in CITED.finditer(" ".join(text.split())):
        if (day := _day(found["day"])) is not None:
            yield Cited(" ".join(found["name"].split()), day)


def no_days(text: str) -> tuple[str, ...]:
    """The days of a text that no calendar has, as they are written, each once."""
    found = _SAID.finditer(" ".join(text.split()))
    return tuple(dict.fromkeys(one["day"] for one in found if _day(one["day"]) is None))


def _day(written: str) -> date | None:
    """None: there is no such day."""
    day, month, year = map(int, re.findall(r"\d+", written))
    try:
        return date(year, month, day)
    except ValueError:
        return None


def later_than(text: str, latest: date) -> tuple[Cited, ...]:
    """Those with a day behind the last one on which the document may have been written."""
    return tuple(dict.fromkeys(one for one in cited(text) if one.day > latest))
