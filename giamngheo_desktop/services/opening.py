"""Opening and closing a database file: refuse what cannot be used, check, back up, bring up.

Whatever is refused stays byte for byte as it was, with one sentence that says what to do.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import backup, files, records, upgrade
from giamngheo_desktop.storage import lock as locks
from giamngheo_desktop.storage.backup import Backup
from giamngheo_desktop.storage.engine import Database, has_wal, is_cut_off
from giamngheo_desktop.storage.lock import DatabaseLock, Holder
from giamngheo_desktop.storage.network import is_network_path
from giamngheo_desktop.storage.schema import HEAD

_HEADER = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An open file. `notice` says why it may only be read where nobody asked for that.

    `upgraded_from` is the older schema it had, `backup` the one made before. `left_by` had the
    file open when the program was killed or the power failed: then drafts may be waiting.
    """

    database: Database
    lock: DatabaseLock | None
    read_only: bool = False
    created: bool = False
    upgraded_from: str | None = None
    backup: Backup | None = None
    left_by: Holder | None = None
    notice: AppError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """The newest proven backup of the closed file, or why none could be made now."""

    backup: Backup | None
    failure: AppError | None = None


def open_database(
    path: Path,
    context: Context,
    *,
    computer: str,
    read_only: bool = False,
    create: bool = True,
) -> Opened:
    """Open the file `path`, made new where there is none and `create` is set.

    Raises AppErrors: database_is_folder, database_on_network, database_missing, database_empty,
    not_a_database, foreign_database, database_newer, database_corrupt, database_in_use (then
    `read_only` may be asked for), database_old_read_only, database_unfinished_read_only, and
    those of `storage.files`.
    """
    _refuse_wrong_places(path)
    if not path.exists() and (read_only or not create):
        raise AppError("database_missing", path=path)
    if path.exists():
        _refuse_wrong_content(path)
    if read_only:
        return _look_at(path)
    if not path.exists():
        files.make_folder(path.parent)
    holder = Holder(user=context.actor, computer=computer, since=context.now())
    try:
        lock = locks.take(path, holder)
    except AppError as failure:
        if failure.code != "file_protected" or not path.exists():
            raise
        return _look_at(path, AppError("database_opened_read_only", path=path))
    with _released_on_failure(lock):
        if path.exists() and not os.access(path, os.W_OK):
            opened = _look_at(path, AppError("database_opened_read_only", path=path))
            lock.release(clean=not lock.unclean)
            return opened
        return _open_locked(path, context, lock)


def _refuse_wrong_places(path: Path) -> None:
    if path.is_dir():
        raise AppError("database_is_folder", path=path)
    if is_network_path(path):
        raise AppError("database_on_network", path=path)


def _refuse_wrong_content(path: Path) -> None:
    with files.explained(path), path.open("rb") as file:
        head = file.read(len(_HEADER))
    if not head:
        raise AppError("database_empty", path=path)
    if head != _HEADER:
        raise AppError("not_a_database", path=path)
    if is_cut_off(path):
        raise AppError("database_corrupt", path=path)


@contextmanager
def _released_on_failure(lock: DatabaseLock) -> Iterator[None]:
    done = False
    try:
        yield
        done = True
    finally:
        if not done:
            # Who finds the file damaged leaves the mark of the unclean end for the next one.
            lock.release(clean=not lock.unclean)


def _open_locked(path: Path, context: Context, lock: DatabaseLock) -> Opened:
    if not path.exists():
        _create(path)
        return Opened(database=Database(path), lock=lock, created=True)
    revision = _revision(path, check=lock.unclean)
    database = Database(path)
    done = False
    try:
        made = None
        if revision != HEAD:
            if revision is not None:
                made = backup.make(database, context.now(), "upgrade")
            upgrade.upgrade(database)
        done = True
    finally:
        if not done:
            database.close()
    older = revision if made else None
    return Opened(
        database=database, lock=lock, upgraded_from=older, backup=made, left_by=lock.left_by
    )


def _create(path: Path) -> None:
    """A new file appears under its name only when it has its whole schema."""
    temporary = path.with_name(f"{path.name}.new")
    with files.explained(path):
        for rubbish in (temporary, *backup.beside(temporary)):
            rubbish.unlink(missing_ok=True)
    database = Database(temporary)
    try:
        upgrade.upgrade(database)
        database.checkpoint()
    finally:
        database.close()
    with files.explained(path):
        temporary.rename(path)
        files.sync_folder(path.parent)


def _revision(path: Path, *, check: bool) -> str | None:
    """The schema of a file of ours, read without touching it; `check` looks for damage too."""
    database = Database(path, read_only=True, immutable=not has_wal(path))
    try:
        revision = upgrade.revision_of(database)
        if check and database.damage(quick=True) is not None:
            raise AppError("database_corrupt", path=path)
    finally:
        database.close()
    return revision


def _look_at(path: Path, notice: AppError | None = None) -> Opened:
    """The file for reading only; another program may be writing it meanwhile."""
    protected = not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK)
    try:
        revision = _revision(path, check=False)
    except AppError as failure:
        if protected and failure.code in {"database_cannot_open", "database_read_only"}:
            raise AppError("database_unfinished_read_only", path=path) from failure
        raise
    if revision != HEAD:
        raise AppError("database_old_read_only", path=path)
    database = Database(path, read_only=True, immutable=protected and not has_wal(path))
    return Opened(database=database, lock=None, read_only=True, notice=notice)


def close_database(opened: Opened, context: Context) -> Closed:
    """Close the file, with a proven backup of what was written since the last one.

    Always closes and frees the file; what stopped the backup comes back in `failure`.
    """
    database, failure, newest = opened.database, None, None
    try:
        if not opened.read_only:
            newest = _backed_up(database, context)
            database.checkpoint()
    except AppError as caught:
        failure = caught
    finally:
        database.close()
        if opened.lock is not None:
            damaged = failure is not None and failure.code == "backup_not_proven"
            opened.lock.release(clean=not damaged)
    return Closed(backup=newest, failure=failure)


def _backed_up(database: Database, context: Context) -> Backup | None:
    with database.reader() as connection:
        now = backup.counts_of(connection)
    newest = backup.newest(database.path)
    if now.groups == 0 or (newest and newest.counts and newest.counts.last_hash == now.last_hash):
        return newest
    return backup.make(database, context.now(), "closing")


@dataclass(frozen=True, slots=True)
class _InUse:
    code: str
    version: int
    sha256: str
    text: str


def record_definitions(database: Database, context: Context, definitions: Definitions) -> Done[int]:
    """Copy the definitions into the file that it does not have yet; returns how many.

    Raises AppError `definition_changed` where the file has another text under the same code and
    version; then nothing is copied.
    """
    with write_unit(database, context, Op.RECORD_DEFINITIONS) as work:
        stored = {
            (row["code"], row["version"]): row["sha256"]
            for row in records.find(work.connection, Kind.DEFINITION)
        }
        added = 0
        for item in _in_use(definitions):
            known = stored.get((item.code, item.version))
            if known is None:
                work.insert(
                    Kind.DEFINITION,
                    code=item.code,
                    version=item.version,
                    sha256=item.sha256,
                    text=item.text,
                )
                added += 1
            elif known != item.sha256:
                raise AppError("definition_changed", name=item.code, version=item.version)
        work.subject = str(added)
    return Done(added, work.changes)


def _in_use(definitions: Definitions) -> Iterable[_InUse]:
    """All definitions; the kind is part of the code, for two kinds may use one code."""
    for (kind, code, version), source in definitions.sources.items():
        yield _InUse(f"{kind}/{code}", version, source.sha256, source.text)
    for standard in definitions.standards:
        code = f"standard/{standard.code}"
        yield _InUse(code, standard.version, standard.sha256, standard.text)
