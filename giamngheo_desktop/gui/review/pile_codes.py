"""A list of forms as typed: codes and STT between spaces or commas, ranges of STT. No widgets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from giamngheo_desktop.domain.form_code import read_form_code
from giamngheo_desktop.services.review.case_lists import CaseRow
from giamngheo_desktop.services.review.piles import is_position

_BETWEEN = re.compile(r"[\s,;]+")
_RANGE = re.compile(r"(\d{1,3})-(\d{1,3})")


def forms_of(typed: str, rows: Sequence[CaseRow]) -> tuple[list[CaseRow], list[str]]:
    """The forms meant, each once in list order; and the parts that mean none."""
    found: set[int] = set()
    unknown: list[str] = []
    for part in filter(None, _BETWEEN.split(typed)):
        places = _places(part, rows)
        if not places:
            unknown.append(part)
        found |= places
    return [row for at, row in enumerate(rows) if at in found], unknown


def _places(part: str, rows: Sequence[CaseRow]) -> set[int]:
    span = _RANGE.fullmatch(part)
    if span is not None:
        first, last = int(span[1]), int(span[2])
        return {at for at, row in enumerate(rows) if first <= (row.position or 0) <= last}
    if is_position(part):
        return {at for at, row in enumerate(rows) if row.position == int(part)}
    try:
        code = read_form_code(part)
    except ValueError:
        return set()
    return {at for at, row in enumerate(rows) if row.form_code == code}
