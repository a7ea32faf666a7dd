"""Where in a document an action wrote, so that its undo is looked at there."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.storage import audit, records
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True, slots=True)
class TypedAt:
    """`section` is None of what stands above and below the sections: then `columns` tell."""

    document: UUID
    type: str
    year: int
    section: UUID | None
    columns: frozenset[str]


def typed_at(database: Database, group: UUID) -> TypedAt | None:
    """The first section that the action wrote, else the document itself; None where neither."""
    with database.reader() as connection:
        _, changes = audit.read_group(connection, group)
        columns: dict[tuple[Kind, UUID], set[str]] = {}
        for change in changes:
            columns.setdefault((change.kind, change.record), set()).add(change.field)
        touched = list(columns)
        section = next((uid for kind, uid in touched if kind is Kind.DOCUMENT_SECTION), None)
        document = next((uid for kind, uid in touched if kind is Kind.DOCUMENT), None)
        if section is not None:
            held = records.get(connection, Kind.DOCUMENT_SECTION, section)
            document = held["document"] if held is not None else document
        row = records.get(connection, Kind.DOCUMENT, document) if document is not None else None
        if row is None or document is None:
            return None
        kind = Kind.DOCUMENT if section is None else Kind.DOCUMENT_SECTION
        written = columns.get((kind, section or document), set())
    return TypedAt(document, row["type"], row["year"], section, frozenset(written))
