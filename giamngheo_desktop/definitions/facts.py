"""Reads facts of the law from a definition: a value with its certainty and a named source."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from giamngheo_desktop.definitions.loader import Table
from giamngheo_desktop.domain.standard import Certainty, Fact

T = TypeVar("T")
_CERTAINTIES = {certainty.value: certainty for certainty in Certainty}


def sources_of(table: Table) -> dict[str, str]:
    """The `[sources]` of a file: what each fact may point to."""
    sources = table.table("sources")
    return {key: sources.text(key) for key in sources.values}


class Facts:
    """Reads facts: an inline table, or a plain value where its table states the certainty."""

    def __init__(self, sources: frozenset[str]) -> None:
        self._sources = sources

    def text(self, table: Table, key: str) -> Fact[str]:
        return self._fact(table, key, Table.text)

    def integer(self, table: Table, key: str) -> Fact[int]:
        return self._fact(table, key, Table.integer)

    def day(self, table: Table, key: str) -> Fact[date]:
        return self._fact(table, key, Table.day)

    def flag(self, table: Table, key: str) -> Fact[bool]:
        return self._fact(table, key, Table.flag)

    def texts(self, table: Table, key: str) -> Fact[tuple[str, ...]]:
        return self._fact(table, key, Table.texts)

    def known(self, read: Callable[[Table, str], Fact[T]], table: Table, key: str) -> Fact[T]:
        """A fact without which no household could be classified."""
        fact = read(table, key)
        if fact.value is None:
            table.fail("definition_missing_key", key)
        return fact

    def grounds(self, table: Table) -> tuple[Certainty, str]:
        certainty = table.one_of("certainty", _CERTAINTIES)
        source = table.text("source", "")
        if certainty is not Certainty.MISSING and source not in self._sources:
            table.fail("definition_value", "source", value=source, allowed=names(self._sources))
        return certainty, source

    def _fact(self, table: Table, key: str, read: Callable[[Table, str], T]) -> Fact[T]:
        if not isinstance(table.values.get(key), dict):
            value = read(table, key)
            certainty, source = self.grounds(table)
            return Fact(value, certainty, source)
        inner = table.table(key)
        certainty, source = self.grounds(inner)
        note = inner.text("note", "")
        if certainty is not Certainty.MISSING:
            fact = Fact(read(inner, "value"), certainty, source, note)
        elif note:
            fact = Fact(None, certainty, source, note)
        else:
            inner.fail("definition_missing_key", "note")  # say what has to be found
        inner.finish()  # also refuses a value that is called missing
        return fact


def names(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
