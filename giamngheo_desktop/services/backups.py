"""Backups as the user meets them: make one, see them with what is in them, go back to one."""

from __future__ import annotations

from pathlib import Path

from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.storage import backup, files
from giamngheo_desktop.storage import lock as locks
from giamngheo_desktop.storage.backup import KEPT, Backup, Counts
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.lock import Holder

__all__ = ["KEPT", "Backup", "Counts", "copy_to", "make", "newest", "newest_first", "restore"]


def make(database: Database, context: Context, reason: str = "manual") -> Backup:
    """A proven backup now; `reason` is manual, risky (before a merger …) or year (closing).

    Raises the AppErrors of `storage.backup.make`; nothing is lost then.
    """
    return backup.make(database, context.now(), reason)


def newest_first(path: Path) -> list[Backup]:
    """The backups of a database file, newest first; `counts` is None for an unreadable one."""
    return backup.newest_first(path)


def newest(path: Path) -> Backup | None:
    """The newest backup that can be opened, for the line at the foot of the window."""
    return backup.newest(path)


def restore(path: Path, chosen: Path, context: Context, *, computer: str) -> Path | None:
    """Put a backup in the place of the file `path`, which must be closed; open it afterwards.

    Returns where the present file is kept, None if there was none. Raises AppErrors
    `backup_damaged`, `database_in_use` and those of `storage.files`; nothing is changed then.
    """
    files.make_folder(path.parent)
    holder = Holder(user=context.actor, computer=computer, since=context.now())
    lock = locks.take(path, holder)
    try:
        return backup.restore(path, chosen, context.now())
    finally:
        lock.release()


def copy_to(database: Database, target: Path) -> None:
    """A proven copy to work on elsewhere: for a file that may only be read, or for another PC.

    Raises AppErrors `file_exists`, `backup_not_proven` and those of `storage.files`.
    """
    if target.exists():
        raise AppError("file_exists", path=target)
    backup.copy_proven(database, target)
