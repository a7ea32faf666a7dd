"""How the drafts of the lines of a document are called, and what was typed there last."""

from __future__ import annotations

from uuid import UUID

from giamngheo_desktop.gui.documents.head_forms import END_COLUMNS
from giamngheo_desktop.gui.documents.outline import END, HEAD, key_of
from giamngheo_desktop.gui.review.drafting import OF_DOCUMENTS
from giamngheo_desktop.services.documents.typed_at import typed_at
from giamngheo_desktop.storage.engine import Database

_NODES = {HEAD: "dau", END: "cuoi"}


def draft_node(key: str) -> str:
    """How the key of the draft of a line ends."""
    return _NODES.get(key, key[-12:])


def place_of_drafts(type_: str, year: int, document: UUID) -> str:
    """What the keys of the drafts of a document begin with."""
    return f"{type_}-{year}-{document.hex[-12:]}"


def draft_of_action(database: Database, group: UUID) -> str:
    """The key of the draft of the line that an action wrote; "" where it wrote in none."""
    found = typed_at(database, group)
    if found is None:
        return ""
    line = END if found.columns and found.columns <= END_COLUMNS else HEAD
    if found.section is not None:
        line = key_of(found.section)
    place = place_of_drafts(found.type, found.year, found.document)
    return f"{OF_DOCUMENTS}{place}-{draft_node(line)}"
