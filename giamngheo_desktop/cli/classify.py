"""`giamngheo classify`: the facts of a household a JSON line in, its class a JSON line out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

from giamngheo_desktop.domain.classify import classify
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.standard import AreaType, Standards
from giamngheo_desktop.texts import error_text, reason_text

_KEYS = ("standard", "area", "income", "b1", "deprived", "unknown")
_AREAS = {area.value: area for area in AreaType}
_SHOWN = 60  # characters of a bad value that an error repeats


def classify_lines(lines: Iterable[str], standards: Standards) -> Iterator[dict[str, Any]]:
    """One answer for each line, a blank one included.

    A line is `{"standard": "2022", "area": "rural" | "urban", "income": n | null, "b1": n | null,
    "deprived": [code …], "unknown": [code …]}`; keys may be left out where null or empty. An
    answer is `{"class", "possible", "reason", "basis"}`, with `"missing"` where a fact of the
    standard is not known, or `{"error": sentence}`.
    """
    for line in lines:
        try:
            yield _answer(_record(line), standards)
        except AppError as error:
            yield {"error": error_text(error)}


def _answer(record: dict[str, Any], standards: Standards) -> dict[str, Any]:
    standard = standards.get(_text(record, "standard"))
    area = _AREAS.get(area_text := _text(record, "area"))
    if area is None:
        _refuse("cli_area", value=area_text)
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


def _record(line: str) -> dict[str, Any]:
    try:
        record = json.loads(
            line.removeprefix("\ufeff"),
            object_pairs_hook=_no_key_twice,
            parse_constant=_no_constant,
        )
    except (ValueError, RecursionError):  # also numbers and nestings beyond Python's limits
        _refuse("cli_not_json")
    if not isinstance(record, dict):
        _refuse("cli_not_object")
    # A misspelt key would silently count as "not deprived".
    if strange := [key for key in record if key not in _KEYS]:
        _refuse("cli_unknown_key", keys=", ".join(map(_shown, strange)), known=", ".join(_KEYS))
    return record


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        _refuse("cli_key_twice")
    return record


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)  # NaN and Infinity are no JSON


def _text(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    if not isinstance(value, str):
        _refuse("cli_text", key=key)
    return _shown(value)


def _whole_number(record: dict[str, Any], key: str) -> int | None:
    value = record.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        _refuse("cli_number", key=key, value=_shown(json.dumps(value, ensure_ascii=False)))
    return value


def _codes(record: dict[str, Any], key: str) -> frozenset[str]:
    values = record.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        _refuse("cli_codes", key=key)
    if twice := [value for value, times in Counter(map(_shown, values)).items() if times > 1]:
        _refuse("cli_code_repeated", key=key, codes=", ".join(twice))
    return frozenset(map(_shown, values))


def _shown(text: str) -> str:
    """Short, and printable as UTF-8: JSON may smuggle in half a surrogate pair."""
    text = text.encode("utf-8", "replace").decode()
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _refuse(code: str, **params: object) -> NoReturn:
    raise AppError(code, **params)
