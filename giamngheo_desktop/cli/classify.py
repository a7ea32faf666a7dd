"""`giamngheo classify`: the facts of a household a JSON line in, its class a JSON line out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from giamngheo_desktop.cli.json_lines import read_object, refuse, shown, text_of
from giamngheo_desktop.domain.classify import classify
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.standard import AreaType, Standards
from giamngheo_desktop.texts import error_text, reason_text

_KEYS = ("standard", "area", "income", "b1", "deprived", "unknown")
_AREAS = {area.value: area for area in AreaType}


def classify_lines(lines: Iterable[str], standards: Standards) -> Iterator[dict[str, Any]]:
    """One answer for each line, a blank one included.

    A line is `{"standard": "2022", "area": "rural" | "urban", "income": n | null, "b1": n | null,
    "deprived": [code …], "unknown": [code …]}`; keys may be left out where null or empty. An
    answer is `{"class", "possible", "reason", "basis"}`, with `"missing"` where a fact of the
    standard is not known, or `{"error": sentence}`.
    """
    for line in lines:
        try:
            yield _answer(read_object(line, _KEYS), standards)
        except AppError as error:
            yield {"error": error_text(error)}


def _answer(record: dict[str, Any], standards: Standards) -> dict[str, Any]:
    standard = standards.get(text_of(record, "standard"))
    area = _AREAS.get(area_text := text_of(record, "area"))
    if area is None:
        refuse("cli_area", value=area_text)
    result = classify(
        standard,
        area,
        income=_whole_number(record, "income"),
        b1=_whole_number(record, "b1"),
        deprived=_codes(record, "deprived"),
        unknown=_codes(record, "unknown"),
    )
    answer: dict[str, Any] = {
        "class": result.household_class,
        "possible": list(result.possible),
        "reason": reason_text(result),
        "basis": result.basis,
    }
    if result.missing:
        answer["missing"] = list(result.missing)
    return answer


def _whole_number(record: dict[str, Any], key: str) -> int | None:
    value = record.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        said = json.dumps(value, ensure_ascii=False, default=float)
        refuse("cli_number", key=key, value=shown(said))
    return value


def _codes(record: dict[str, Any], key: str) -> frozenset[str]:
    values = record.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        refuse("cli_codes", key=key)
    if twice := [value for value, times in Counter(map(shown, values)).items() if times > 1]:
        refuse("cli_code_repeated", key=key, codes=", ".join(twice))
    return frozenset(map(shown, values))
