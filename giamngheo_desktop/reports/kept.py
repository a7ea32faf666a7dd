"""The report that is kept of what an action took in, and opened again from the book."""

from __future__ import annotations

from uuid import UUID

from giamngheo_desktop.domain.changes import ChangeSet
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.stored_doc import loaded, stored
from giamngheo_desktop.services.exchange import book
from giamngheo_desktop.storage.engine import Database


def keep(database: Database, changes: ChangeSet, doc: ReportDoc) -> None:
    """Right after the action."""
    book.keep_report(database, changes, stored(doc))


def kept(database: Database, group: UUID) -> ReportDoc:
    """Raises AppErrors `report_not_kept`, and those of `stored_doc.loaded`."""
    found: ReportDoc = loaded(book.report_of(database, group))
    return found
