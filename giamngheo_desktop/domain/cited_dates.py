"""K13: a document is not older than what it cites or replaces.

Days are read where a text names a document: "Kế hoạch số 118/KH-UBND ngày 31/5/2023",
"ngày 05 tháng 01 năm 2023". "giai đoạn …" and deadlines ("trước ngày 10/4/2021") cite nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from giamngheo_desktop.domain.dates import parse_date

_KINDS = (
    "luật|bộ luật|pháp lệnh|nghị định|nghị quyết|quyết định|thông tư|chỉ thị|kế hoạch|công văn"
    "|kết luận|hướng dẫn|thông báo|báo cáo|tờ trình|chương trình|đề án|văn bản"
)
CITED = re.compile(
    rf"(?P<name>\b(?:{_KINDS})\s+(?:số\s*)?[\w-]+(?:/[\w.-]+)+(?:\s*-\s*\w+)?)"
    r"\s*,?\s*ngày\s*"
    r"(?P<day>\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}"
    r"|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that a text names, as it is written, with its day."""

    name: str
    day: date


def cited(text: str) -> Iterator[Cited]:
    """The documents with a day that a text names, in order; what is no real day is none."""
    for found in CITED.finditer(" ".join(text.split())):
        written = re.sub(r"\s*(?:tháng|năm)\s*", "/", found["day"])
        try:
            day = parse_date(re.sub(r"\s", "", written))
        except ValueError:
            continue
        yield Cited(" ".join(found["name"].split()), day)


def later_than(text: str, latest: date) -> tuple[Cited, ...]:
    """Those with a day behind the last one on which the document may have been written."""
    return tuple(dict.fromkeys(one for one in cited(text) if one.day > latest))
