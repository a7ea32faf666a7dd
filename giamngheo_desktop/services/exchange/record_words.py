"""What records are called where copies meet: by their names, those of a plan in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.record_names import names_of

Row = Mapping[str, Any]


def called(connection: Connection, wanted: Iterable[UUID]) -> dict[UUID, str]:
    """The names of those that have one; a target has the code of its indicator, for whoever knows
    the catalogue.
    """
    uids = {*wanted}
    found = names_of(connection, uids)
    words: Mapping[Kind, Callable[[Connection, Row], str]] = {
        Kind.DOCUMENT: lambda _, row: texts.document_name(row),
        Kind.DOCUMENT_SECTION: _section,
        Kind.TARGET: lambda _, row: str(row["indicator"]),
        Kind.TARGET_RESULT: _result,
        Kind.REPORT_RECEIPT: _receipt,
    }
    for kind, word in words.items():
        unnamed = sorted(uids - found.keys())
        rows = records.get_many(connection, kind, unnamed) if unnamed else {}
        found |= {uid: name for uid, row in rows.items() if (name := word(connection, row))}
    return found


def _section(connection: Connection, row: Row) -> str:
    """One without a heading by whose it is."""
    above = records.get(connection, Kind.DOCUMENT, row["document"])
    return texts.document_name(above) if above else ""


def _result(connection: Connection, row: Row) -> str:
    found = records.find(connection, Kind.TARGET, key=row["key"])
    return str(found[-1]["indicator"]) if found else ""


def _receipt(connection: Connection, row: Row) -> str:
    """The report and who sent it."""
    found = records.find(connection, Kind.REPORT_SCHEDULE, key=row["key"])
    said = found[-1]["content"] if found else ""
    sender = next((row[name] for name in ("village", "body", "officer") if row[name]), None)
    name = names_of(connection, [sender]).get(sender, "") if sender else ""
    report = texts.occurrence_name(said, row["period"], row["year"])
    return f"{report} – {name}" if name else report
