"""Lines of JSON read strictly: what is misspelt or said twice is refused, never passed over."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn, TextIO

from giamngheo_desktop.domain.errors import AppError

_SHOWN = 60  # characters of a bad value that an error repeats


def read_object(line: str, keys: Collection[str]) -> dict[str, Any]:
    """One line as a JSON object with no other keys; numbers with decimals come as Decimal.

    Raises AppErrors `cli_not_json`, `cli_not_object`, `cli_unknown_key`, `cli_key_twice`.
    """
    try:
        record = json.loads(
            line.removeprefix("\ufeff"),
            object_pairs_hook=_no_key_twice,
            parse_constant=_no_constant,
            parse_float=Decimal,
        )
    except (ValueError, ArithmeticError, RecursionError):  # also beyond Python's limits
        refuse("cli_not_json")
    if not isinstance(record, dict):
        refuse("cli_not_object")
    # A misspelt key would silently count as "not answered".
    if strange := [key for key in record if key not in keys]:
        refuse("cli_unknown_key", keys=", ".join(map(shown, strange)), known=", ".join(keys))
    return record


def text_of(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    if not isinstance(value, str):
        refuse("cli_text", key=key)
    return shown(value)


def shown(text: str) -> str:
    """Short, and printable as UTF-8: JSON may smuggle in half a surrogate pair."""
    text = text.encode("utf-8", "replace").decode()
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def refuse(code: str, **params: object) -> NoReturn:
    raise AppError(code, **params)


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        refuse("cli_key_twice")
    return record


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)  # NaN and Infinity are no JSON


@contextmanager
def lines_of(name: str) -> Iterator[Iterable[str]]:
    """The lines of a file, of the keyboard for `-`. Raises AppErrors `file_…`."""
    # A line that is no UTF-8 has its answer as any other bad line.
    if name == "-":
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        yield sys.stdin
        return
    with _opened(name) as file:
        yield file


def _opened(name: str) -> TextIO:
    if Path(name).is_dir():  # Windows calls reading one forbidden
        raise AppError("file_is_folder", name=name)
    try:
        return Path(name).open(encoding="utf-8-sig", errors="replace")
    except FileNotFoundError as error:
        raise AppError("file_missing", path=name) from error
    except PermissionError as error:
        raise AppError("file_protected", path=name) from error
    except OSError as error:
        raise AppError("file_unreadable", path=name, detail=error.errno or 0) from error
