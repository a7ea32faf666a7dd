"""Papers attached to an activity or a hand-out: copied into a folder beside the data, known by
their hash. The row says name, size and hash; the folder may have been left behind.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from giamngheo_desktop import paths
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.record_form import ATTACHED
from giamngheo_desktop.domain.vietnamese import clean, search_key
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import files, records
from giamngheo_desktop.storage.engine import Database

_CHUNK = 1 << 20
_LONGEST = 60  # letters of a name, so that the whole path stays within Windows' 260


class State(StrEnum):
    """Whether the file is there as it was attached."""

    THERE = "there"
    MISSING = "missing"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One paper; `size` in bytes."""

    uid: UUID
    title: str
    path: Path
    size: int
    sha256: str
    added_on: date
    state: State


def attached(database: Database, kind: Kind, holder: UUID) -> list[Attachment]:
    """The papers of an activity or hand-out, oldest first; each file is read to see its hash."""
    assert kind in ATTACHED
    with database.reader() as connection:
        rows = records.find(connection, Kind.ATTACHMENT, **{kind.value: holder})
    folder = paths.attachments_dir(database.path)
    found = []
    for row in rows:
        path = folder / Path(row["file"]).name
        state = _state(path, row["size"], row["sha256"])
        kept = {name: row[name] for name in ("uid", "title", "size", "sha256", "added_on")}
        found.append(Attachment(path=path, state=state, **kept))
    return found


def attach(
    database: Database, context: Context, kind: Kind, holder: UUID, source: Path
) -> Done[UUID]:
    """Copy a file and record it. Raises the AppErrors of `storage.files` and RefusedError
    `record_missing`.
    """
    assert kind in ATTACHED
    title = clean(source.name)
    copied, digest, size = _copy(source, paths.attachments_dir(database.path))
    with write_unit(database, context, Op.SAVE_RECORD) as work:
        work.living(kind, holder)
        uid = work.insert(
            Kind.ATTACHMENT,
            **{
                kind.value: holder,
                "title": title,
                "file": copied.name,
                "sha256": digest,
                "size": size,
                "added_on": context.today(),
            },
        )
        work.subject = title
    return Done(uid, work.changes)


def detach(database: Database, context: Context, uid: UUID) -> Done[None]:
    """A paper attached by mistake; its file stays, so that this can be undone."""
    with write_unit(database, context, Op.REMOVE_RECORD) as work:
        work.subject = work.living(Kind.ATTACHMENT, uid)["title"]
        work.remove(Kind.ATTACHMENT, uid)
    return Done(None, work.changes)


def _state(path: Path, size: int, sha256: str) -> State:
    try:
        if path.stat().st_size != size:
            return State.CHANGED
        with path.open("rb") as handle:
            return State.THERE if _digest(handle) == sha256 else State.CHANGED
    except OSError:
        return State.MISSING


def _digest(handle: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := handle.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _copy(source: Path, folder: Path) -> tuple[Path, str, int]:
    """The copy, with what was read back from it."""
    with files.explained(source), source.open("rb") as handle:
        before = _digest(handle)
    path = folder / f"{before[:12]}-{_plain(source)}"
    with files.explained(folder):
        folder.mkdir(exist_ok=True)
    files.copy_whole(source, path)
    with files.explained(path), path.open("rb") as handle:
        return path, _digest(handle), path.stat().st_size


def _plain(source: Path) -> str:
    """The name without marks and blanks, as old mail and USB tools keep it."""
    stem = "".join(c if c.isalnum() else "_" for c in search_key(source.stem))[:_LONGEST]
    ending = "".join(c for c in source.suffix.lower() if c.isascii() and (c.isalnum() or c == "."))
    return f"{stem or 'tep'}{ending[:8]}"
