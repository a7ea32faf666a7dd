"""Reads `outdated.toml`: words of earlier plans that no longer hold, each with its day."""

from __future__ import annotations

from pathlib import Path

from giamngheo_desktop.definitions.head import head_of
from giamngheo_desktop.definitions.loader import Table, read_toml
from giamngheo_desktop.domain.outdated_words import Outdated
from giamngheo_desktop.domain.standard import Certainty

_CERTAINTIES = {one.value: one for one in Certainty}


def load_outdated(path: Path) -> tuple[Outdated, ...]:
    """Those of one file; DefinitionError where it cannot be used."""
    table = read_toml(path)
    head_of(table)
    found = tuple(_outdated(row) for row in table.tables("outdated"))
    table.finish()
    return found


def _outdated(row: Table) -> Outdated:
    found = Outdated(
        words=row.texts("words"),
        since=row.day("since"),
        why=row.text("why"),
        source=row.text("source"),
        certainty=row.one_of("certainty", _CERTAINTIES).value,
    )
    if not all(found.words):
        row.fail("definition_missing_key", "words")
    row.finish()
    return found
