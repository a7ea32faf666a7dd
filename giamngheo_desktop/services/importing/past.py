"""Which files were imported before: told by the audit, so that undone ones do not count."""

from __future__ import annotations

from datetime import datetime

from giamngheo_desktop.domain.changes import Op
from giamngheo_desktop.storage import audit
from giamngheo_desktop.storage.engine import Connection


def applied_before(connection: Connection, sha256: str, op: Op = Op.IMPORT_LIST) -> datetime | None:
    """When the file of this hash was last imported; None where never, or taken back since."""
    return audit.last_with_reason(connection, op, reason_of(sha256))


def reason_of(sha256: str) -> str:
    """What the group of an import keeps of its file."""
    return f"sha256:{sha256}"
