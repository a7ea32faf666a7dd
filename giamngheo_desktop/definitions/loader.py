"""Reads a TOML definition and complains with file, table and key; knows no kind of definition.

table = read_toml(path)
code = table.text("code")
for row in table.tables("indicators"):
    row.text("label"); row.integer("points"); row.finish()
table.finish()  # refuses misspelt keys
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn, TypeVar

from giamngheo_desktop.domain.errors import AppError

T = TypeVar("T")


class DefinitionError(AppError):
    """A definition file that cannot be used; params: file, table, key, `where` = table.key."""


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one definition file; `sha256` is what reviews and papers point to."""

    name: str
    text: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Table:
    """One TOML table with its place in the file; every reader checks the type of the value.

    Readers without a default raise DefinitionError when the key is absent.
    """

    source: Source
    path: str  # "" for the top of the file, else "lines.rural" or "indicators[3]"
    values: Mapping[str, object]
    _read: set[str] = field(default_factory=set, compare=False, repr=False)

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def keys(self) -> tuple[str, ...]:
        return tuple(self.values)

    def fail(self, code: str, key: str, **params: object) -> NoReturn:
        """Refuse the file because of `key`; `code` names the sentence in `texts.ERRORS`."""
        place = {"file": self.source.name, "table": self.path, "key": key}
        raise DefinitionError(code, where=self._path(key), **place, **params)

    def text(self, key: str, default: str | None = None) -> str:
        return self._required(key, self._value(key, str, "text"), default)

    def opt_text(self, key: str) -> str | None:
        return self._value(key, str, "text")

    def integer(self, key: str, default: int | None = None) -> int:
        return self._required(key, self._value(key, int, "integer"), default)

    def opt_integer(self, key: str) -> int | None:
        return self._value(key, int, "integer")

    def flag(self, key: str, default: bool | None = None) -> bool:
        return self._required(key, self._value(key, bool, "flag"), default)

    def opt_flag(self, key: str) -> bool | None:
        return self._value(key, bool, "flag")

    def day(self, key: str) -> date:
        return self._required(key, self._value(key, date, "day"))

    def opt_day(self, key: str) -> date | None:
        return self._value(key, date, "day")

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, () where the key is absent."""
        return self._list(key, str, "texts")

    def integers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers, () where the key is absent."""
        return self._list(key, int, "integers")

    def one_of(self, key: str, allowed: Mapping[str, T], default: T | None = None) -> T:
        """The value that `allowed` names by the text of the key."""
        name = self.opt_text(key)
        if name is None:
            return self._required(key, default)
        if name not in allowed:
            self.fail("definition_value", key, value=name, allowed=", ".join(allowed))
        return allowed[name]

    def table(self, key: str) -> Table:
        return self._required(key, self.opt_table(key))

    def opt_table(self, key: str) -> Table | None:
        values = self._value(key, dict, "table")
        return None if values is None else Table(self.source, self._path(key), values)

    def tables(self, key: str) -> tuple[Table, ...]:
        """An array of tables, () where the key is absent."""
        rows: tuple[dict[str, object], ...] = self._list(key, dict, "tables")
        return tuple(
            Table(self.source, f"{self._path(key)}[{number}]", row)
            for number, row in enumerate(rows, start=1)
        )

    def finish(self) -> None:
        """Refuse keys that nobody read: they are misspelt or of a newer program."""
        for key in self.values:
            if key not in self._read:
                self.fail("definition_unknown_key", key)

    def _path(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _required(self, key: str, value: T | None, default: T | None = None) -> T:
        if value is None:
            value = default
        if value is None:
            self.fail("definition_missing_key", key)
        return value

    def _value(self, key: str, kind: type[T], expected: str) -> T | None:
        self._read.add(key)
        value = self.values.get(key)
        if value is not None and not _is_a(value, kind):
            self.fail(f"definition_not_{expected}", key, value=value)
        return value  # type: ignore[return-value]  # checked by _is_a

    def _list(self, key: str, kind: type[T], expected: str) -> tuple[T, ...]:
        values = self._value(key, list, expected) or []
        for value in values:
            if not _is_a(value, kind):
                self.fail(f"definition_not_{expected}", key, value=value)
        return tuple(values)


def _is_a(value: object, kind: type) -> bool:
    # In Python true is an integer and a moment is a day; in a definition neither is meant.
    if isinstance(value, bool):
        return kind is bool
    if isinstance(value, datetime):
        return kind is datetime
    return isinstance(value, kind)


def parse_toml(text: str, name: str) -> Table:
    """The top table of a definition text; `name` is how complaints call it."""
    text = text.replace("\r\n", "\n")  # one sha256 on Windows and Linux
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError("definition_syntax", file=name, detail=str(error)) from error
    return Table(Source(name, text, hashlib.sha256(text.encode()).hexdigest()), "", values)


def read_toml(path: Path) -> Table:
    """The top table of a definition file.

    Raises DefinitionError for a file that cannot be read, is no UTF-8 or no TOML.
    """
    name = f"{path.parent.name}/{path.name}"
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DefinitionError("definition_unreadable", file=name, detail=str(error)) from error
    return parse_toml(text, name)
