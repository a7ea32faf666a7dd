"""The years a text speaks of: turned where it is taken over from another year, told where not.

“năm 2026” in a plan of 2026 is the plan's own year. A day, a month, a cited document and a span of
years (2021–2026) are what they are, whoever copies them.
"""

from __future__ import annotations

import re

from giamngheo_desktop.domain.cited_dates import CITED

_SPAN = re.compile(r"\b\d{4}\s*[-–—]\s*(?:\d{4}|\d{2})\b")
_MONTH = re.compile(r"\btháng\s+\d{1,2}\s+năm\s+\d{4}|\b(?:tháng\s+)?\d{1,2}/\d{4}", re.IGNORECASE)
_YEAR = re.compile(r"\b(năm\s+)(\d{4})\b", re.IGNORECASE)
_ANY = re.compile(r"(?<![\d.,])\d{4}(?![\d.,]*\d)")


def turned(text: str, own: int, year: int) -> str:
    """A text of the year `own` as one of `year` says it."""
    kept = _kept(text)

    def _turn(found: re.Match[str]) -> str:
        stays = int(found[2]) != own or any(a <= found.start() < b for a, b in kept)
        return found[0] if stays else f"{found[1]}{year}"

    return _YEAR.sub(_turn, text)


def years_of(text: str) -> frozenset[int]:
    """The years it speaks of, days and months among them; not those of cited documents or spans
    of years.
    """
    plain = _SPAN.sub(" ", CITED.sub(" ", text))
    return frozenset(int(found[0]) for found in _ANY.finditer(plain))


def _kept(text: str) -> list[tuple[int, int]]:
    """Where a year is no plan's own: in dates, and from a cited document to the clause's end."""
    found = [one.span() for pattern in (_SPAN, _MONTH) for one in pattern.finditer(text)]
    for one in CITED.finditer(text):
        ends = re.compile(r"[;\n]|\.\s|$").search(text, one.end())
        found.append((one.start(), ends.start() if ends else len(text)))
    return found
